//! Making a goroutine give way: by its stack limit at its next call, or by a signal wherever it is in Go code.
//!
//! Raising the limit makes the next function prologue call `__morestack`, which yields. Where no call comes, SIGURG does it: the
//! handler makes the goroutine look as if it had called `gosubc_preempted` where it was interrupted, below the red zone. That saves
//! all registers on the goroutine's stack and yields, so any thread may go on with the goroutine later. (When the world is being
//! stopped, the thread waits in the handler instead.) Code of the runtime and of C libraries is never interrupted in this way, so the
//! runtime needs no care for it; compiled Go code must not contain inlined pieces of the runtime that hold a
//! pointer to free memory, change the state of a processor, or keep the address of a thread-local variable.

use super::{stack, world};
use crate::asm::{self, Interrupted};
use crate::g::{G, P, getg, getm, getp, pstatus};
use crate::lock::Global;
use crate::panic::fatal;
use crate::panic::unwind::Regs;
use crate::sys;
use core::sync::atomic::{AtomicUsize, Ordering};

/// Compiled Go code: linked in front of the runtime, whose first function is `gosubc_gopanic`.
static GO_TEXT: Global<(usize, usize)> = Global::new((0, 0));
/// The red zone below the stack pointer of an interrupted function.
const RED_ZONE: usize = 128;
/// What saving the registers and yielding takes of the stack, generously.
const TO_YIELD: usize = 16 << 10;
/// Smaller frames may go so far below the limit.
const UNCHECKED: usize = 256;

pub unsafe fn init() {
    unsafe extern "C" {
        fn _start();
        fn gosubc_gopanic();
    }
    let (lo, hi) = (_start as *const () as usize, gosubc_gopanic as *const () as usize);
    if lo < hi {
        *GO_TEXT.get() = (lo, hi);
    }
}

/// Lets the goroutine that runs on `p` notice at its next call.
pub unsafe fn raise_limit(p: *mut P) {
    let m = (*p).m.load(Ordering::Acquire);
    if !m.is_null() && !(*m).limit.is_null() {
        let limit = AtomicUsize::from_ptr((*m).limit);
        limit.store(usize::MAX, Ordering::SeqCst);
    }
}

/// Interrupts the thread that has `p`.
pub unsafe fn signal(p: *mut P) {
    let m = (*p).m.load(Ordering::Acquire);
    if !m.is_null() && (*p).status.load(Ordering::Relaxed) == pstatus::RUNNING {
        (*m).urged.store(true, Ordering::SeqCst);
        sys::tgkill((*m).tid, libc::SIGURG);
    }
}

/// Whether the goroutine must not be taken off its processor now.
unsafe fn pinned(g: *mut G) -> bool {
    (*g).printing > 0 || (*getm()).no_preempt.load(Ordering::Relaxed) > 0
}

/// Called by `__morestack`: `sp` points to the return address `pc` in the prologue of a function with a frame of `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_morestack(sp: usize, pc: usize, size: usize) {
    let g = getg();
    let m = getm();
    let on_g0 = g == (*m).g0;
    let limit = if on_g0 { 0 } else { stack::limit((*g).stack_lo) };
    if !on_g0 && sp.wrapping_sub(size).wrapping_add(UNCHECKED) < limit || size > sp {
        fatal::gosubc_stack_overflow(sp, pc);
    }
    if !on_g0 && sp.wrapping_sub(size) < (*g).soft {
        (*g).soft = stack::next_soft(g, sp - size);
    }
    let soft = if on_g0 { 0 } else { (*g).soft };
    AtomicUsize::from_ptr((*m).limit).store(soft, Ordering::SeqCst);
    if on_g0 || pinned(g) {
        return;
    }
    world::stop_point();
    if (*getp()).preempt.load(Ordering::Relaxed) {
        super::yield_now();
    }
}

/// Disables preemption of the running goroutine; returns the number of its processor, which it keeps.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_pin() -> i64 {
    (*getm()).no_preempt.fetch_add(1, Ordering::Relaxed);
    (*getp()).id as i64
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_unpin() {
    (*getm()).no_preempt.fetch_sub(1, Ordering::Relaxed);
}

/// What the kernel saved of the interrupted code, as far as it may hold pointers.
unsafe fn note_frame(g: *mut G, uc: *mut libc::ucontext_t, regs: &Regs) {
    (*g).sp = regs.rsp - RED_ZONE;
    (*g).interrupted = *regs;
    let gregs = &raw const (*uc).uc_mcontext.gregs as usize;
    let mut hi = gregs + size_of_val(&(*uc).uc_mcontext.gregs);
    let fp = (*uc).uc_mcontext.fpregs as usize;
    if fp > gregs {
        // The extended state's size is in the bytes that the old format leaves to software.
        const SOFTWARE: usize = 464;
        const MAGIC: u32 = 0x4650_5853;
        let words = (fp + SOFTWARE) as *const u32;
        let size = if *words == MAGIC { *words.add(1) as usize } else { 512 };
        hi = fp + size;
    }
    (*g).frame_lo = gregs;
    (*g).frame_hi = hi;
}

/// SIGURG arrived.
pub unsafe fn on_signal(uc: *mut libc::ucontext_t, regs: &Regs) {
    let (lo, hi) = *GO_TEXT.get();
    if regs.rip < lo || regs.rip >= hi {
        return;
    }
    let (g, m) = (getg(), getm());
    if g.is_null() || m.is_null() || g == (*m).g0 || pinned(g) {
        return;
    }
    let p = getp();
    if p.is_null() || (*p).on_system_stack {
        return;
    }
    if world::waiting() {
        note_frame(g, uc, regs);
        world::wait_for_start();
        (*g).frame_lo = 0;
        (*g).frame_hi = 0;
        (*g).interrupted.rip = 0;
    }
    let sp = regs.rsp - RED_ZONE - 8;
    let room = sp < (*g).stack_hi && sp >= (*g).stack_lo + TO_YIELD;
    if room && (*p).preempt.load(Ordering::Relaxed) {
        *(sp as *mut usize) = regs.rip;
        (*uc).uc_mcontext.gregs[libc::REG_RSP as usize] = sp as i64;
        (*uc).uc_mcontext.gregs[libc::REG_RIP as usize] = asm::gosubc_preempted as *const () as i64;
    }
}

/// Called by `gosubc_preempted`, on the stack of the goroutine that was interrupted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_yield_preempted(saved: *const Interrupted) {
    let (g, s) = (getg(), &*saved);
    (*g).interrupted = Regs {
        rbx: s.rbx,
        rbp: s.rbp,
        r12: s.r12,
        r13: s.r13,
        r14: s.r14,
        r15: s.r15,
        rsp: saved.add(1) as usize + RED_ZONE,
        rip: s.rip,
    };
    super::yield_now();
    (*g).interrupted.rip = 0;
}
