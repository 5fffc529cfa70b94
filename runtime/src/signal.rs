//! Signals: memory faults become nil-dereference panics where the compiler allowed for it, everything else that
//! only a broken program raises is fatal. Handlers run on a stack of their own.
//!
//! Section `gofaults` says which instructions may fault and where the program goes on then.

use crate::g::{Fault, getg, getm};
use crate::lock::Global;
use crate::panic::unwind::Regs;
use crate::panic::{fatal, report};
use crate::sigqueue;
use crate::sys::{self, Stderr};
use crate::trace;
use core::arch::{asm, global_asm};
use core::ffi::c_void;
use core::fmt::Write;
use core::ptr::null_mut;
use core::sync::atomic::Ordering;

global_asm!(".weak __start_gofaults", ".weak __stop_gofaults");

const SIGNAL_STACK: usize = 256 << 10;
/// Below this address lies nothing: a fault there is a dereference of nil.
const NIL_PAGE: usize = 4096;

/// Sorted (faulting instruction, where to go on), made at the first fault.
static FAULTS: Global<Option<&'static [(usize, usize)]>> = Global::new(None);

/// The calling thread's stack for handlers.
pub unsafe fn init_thread() {
    let Some(stack) = sys::map(0, SIGNAL_STACK) else { return };
    let s = libc::stack_t { ss_sp: stack.cast(), ss_flags: 0, ss_size: SIGNAL_STACK };
    libc::sigaltstack(&s, null_mut());
    // The thread may have been made by a handler, and have inherited what that blocks.
    let mut urgent: libc::sigset_t = core::mem::zeroed();
    libc::sigaddset(&mut urgent, libc::SIGURG);
    libc::pthread_sigmask(libc::SIG_UNBLOCK, &urgent, null_mut());
    crate::profile::thread_start();
}

unsafe extern "C" fn on_urgent(_: i32, _: *mut libc::siginfo_t, uc: *mut c_void) {
    let errno = *libc::__errno_location();
    let uc: *mut libc::ucontext_t = uc.cast();
    let m = getm();
    let ours = !m.is_null() && (*m).urged.swap(false, Ordering::SeqCst);
    if !ours && sigqueue::wanted(libc::SIGURG) {
        sigqueue::note(libc::SIGURG);
    }
    crate::sched::preempt::on_signal(uc, &regs_of(uc));
    *libc::__errno_location() = errno;
}

pub unsafe fn init() {
    init_thread();
    let mut a: libc::sigaction = core::mem::zeroed();
    a.sa_flags = libc::SA_ONSTACK | libc::SA_SIGINFO | libc::SA_NODEFER | libc::SA_RESTART;
    a.sa_sigaction = on_fault as *const () as usize;
    for signal in [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGTRAP] {
        sys::sigaction(signal, &a, null_mut());
    }
    install_quit();
    a.sa_sigaction = on_urgent as *const () as usize;
    a.sa_flags = libc::SA_ONSTACK | libc::SA_SIGINFO | libc::SA_RESTART;
    sys::sigaction(libc::SIGURG, &a, null_mut());
    // Writes to closed pipes report EPIPE; package os decides.
    sys::signal(libc::SIGPIPE, libc::SIG_IGN);
}

/// SIGQUIT prints where all goroutines are.
pub unsafe fn install_quit() {
    let mut a: libc::sigaction = core::mem::zeroed();
    a.sa_flags = libc::SA_ONSTACK | libc::SA_SIGINFO | libc::SA_NODEFER | libc::SA_RESTART;
    a.sa_sigaction = on_quit as *const () as usize;
    sys::sigaction(libc::SIGQUIT, &a, null_mut());
}

fn fault_section() -> &'static [[i32; 2]] {
    let (lo, hi): (usize, usize);
    // SAFETY: loads two addresses; between them lie pairs of i32.
    unsafe {
        asm!(
            "mov {}, [rip+__start_gofaults@GOTPCREL]",
            "mov {}, [rip+__stop_gofaults@GOTPCREL]",
            out(reg) lo, out(reg) hi, options(pure, nomem, nostack, preserves_flags)
        );
        if lo == 0 {
            return &[];
        }
        core::slice::from_raw_parts(lo as *const [i32; 2], (hi - lo) / 8)
    }
}

/// Memory comes from mmap: the handler may have interrupted malloc.
unsafe fn fault_table() -> &'static [(usize, usize)] {
    if let Some(t) = *FAULTS.get() {
        return t;
    }
    let section = fault_section();
    let Some(p) = sys::map(0, (section.len() * 16).max(1)) else { return &[] };
    let table = core::slice::from_raw_parts_mut(p.cast::<(usize, usize)>(), section.len());
    for (entry, pair) in table.iter_mut().zip(section) {
        let at = |i: usize| (&raw const pair[i] as usize).wrapping_add_signed(pair[i] as isize);
        *entry = (at(0), at(1));
    }
    table.sort_unstable();
    *FAULTS.get() = Some(table);
    table
}

/// Where the program goes on after a fault at `pc`.
unsafe fn handler_for(pc: usize) -> Option<usize> {
    let t = fault_table();
    t.binary_search_by_key(&pc, |e| e.0).ok().map(|i| t[i].1)
}

unsafe fn register(uc: *mut libc::ucontext_t, r: i32) -> *mut i64 {
    &raw mut (*uc).uc_mcontext.gregs[r as usize]
}

pub unsafe fn regs_of(uc: *mut libc::ucontext_t) -> Regs {
    let get = |r| *register(uc, r) as usize;
    Regs {
        rbx: get(libc::REG_RBX),
        rbp: get(libc::REG_RBP),
        r12: get(libc::REG_R12),
        r13: get(libc::REG_R13),
        r14: get(libc::REG_R14),
        r15: get(libc::REG_R15),
        rsp: get(libc::REG_RSP),
        rip: get(libc::REG_RIP),
    }
}

unsafe extern "C" fn on_fault(signal: i32, info: *mut libc::siginfo_t, uc: *mut c_void) {
    let uc: *mut libc::ucontext_t = uc.cast();
    // Sent by somebody, not raised by the program.
    if (*info).si_code <= 0 && sigqueue::wanted(signal) {
        return sigqueue::note(signal);
    }
    let pc = *register(uc, libc::REG_RIP) as usize;
    let addr = (*info).si_addr() as usize;
    let g = getg();
    let memory = signal == libc::SIGSEGV || signal == libc::SIGBUS;
    let nil = !g.is_null() && memory && addr < NIL_PAGE && (*info).si_code > 0;
    if nil && let Some(h) = handler_for(pc) {
        (*g).fault = Fault { signal, code: (*info).si_code, addr, pc, handled: true };
        *register(uc, libc::REG_RIP) = h as i64;
        return;
    }
    if !g.is_null() && memory && (*g).stack_guard <= addr && addr < (*g).stack_lo {
        fatal::gosubc_stack_overflow(*register(uc, libc::REG_RSP) as usize, pc);
    }
    unexpected(signal, (*info).si_code, addr, &regs_of(uc))
}

/// A signal that Go code cannot recover from.
unsafe fn unexpected(signal: i32, code: i32, addr: usize, regs: &Regs) -> ! {
    fatal::claim();
    let _ = Stderr.write_str("fatal error: unexpected signal during runtime execution\n");
    report::print_signal(signal, code, addr, regs.rip);
    let g = getg();
    if !g.is_null() {
        trace::print_interrupted(g, regs);
    }
    fatal::exit()
}

unsafe extern "C" fn on_quit(_: i32, _: *mut libc::siginfo_t, uc: *mut c_void) {
    let _ = writeln!(Stderr, "SIGQUIT: quit");
    let g = getg();
    if !g.is_null() {
        trace::print_interrupted(g, &regs_of(uc.cast()));
        trace::print_others(g);
    }
    fatal::exit()
}
