//! Goroutines (G), processors (P) and threads (M): who they are; `sched` says what they do.
//!
//! The running goroutine is the thread-local symbol `gosubc_g`. It is constant during a function's activation, so
//! reading it has no side effects. The thread's processor (`gosubc_p`) and the thread itself (`gosubc_m`) stay put as
//! long as the function neither parks nor calls Go code.

use crate::abi::Closure;
use crate::heap::cache::{Cache, TYPE_ENTRIES, TypeEntry};
use crate::heap::stats::Taken;
use crate::panic::defer::{CLASSES, Pool};
use crate::panic::unwind::Regs;
use crate::panic::{Defer, Panic};
use crate::sched::runq::RunQueue;
use alloc::vec::Vec;
use core::arch::asm;
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Runnable,
    Running,
    Waiting,
    Dead,
}

/// A goroutine. What a switch touches comes first: two cache lines.
#[repr(C, align(64))]
pub struct G {
    /// Pending deferred calls, innermost frame first. Generated code knows that they come first.
    pub defer: *mut Defer,
    /// The processor that runs it.
    pub p: *mut P,
    /// Saved stack pointer while it isn't running, or while the runtime works on the system stack.
    pub sp: usize,
    /// What function prologues compare with: see `sched::stack`.
    pub soft: usize,
    /// Next in whatever queue holds it.
    pub next: *mut G,
    /// The only thread that may run it.
    pub locked_m: *mut M,
    /// Handed over by who made it runnable again.
    pub param: usize,
    /// 1 while a thread still works on its stack. Whoever wants to run it waits for 0: it may have been made runnable
    /// before its thread has left it.
    pub on_cpu: AtomicU32,
    /// Of a goroutine that waits for a `sync.Cond`: when it came.
    pub ticket: u32,
    pub status: Status,
    /// Started by the runtime for itself: doesn't count for deadlock detection.
    pub system: bool,
    /// As tracebacks show it: `chan receive`, `select`, ...
    pub wait_reason: &'static str,
    /// Panics in progress, newest first.
    pub panic: *mut Panic,
    /// The stack is `lo..hi`; `guard..lo` faults.
    pub stack_guard: usize,
    pub stack_lo: usize,
    pub stack_hi: usize,
    pub id: u64,
    /// What the goroutine runs.
    pub start: *const Closure,
    pub parent: u64,
    pub create_pc: usize,
    /// Link in the list of all goroutines.
    pub all_next: *mut G,
    /// The last memory fault that was turned into a panic.
    pub fault: Fault,
    /// Is printing, and how deep `printlock` is nested.
    pub printing: u32,
    /// Calls of LockOSThread that have not been undone.
    pub lock_count: u32,
    /// Interrupted by a signal while the world stops: where the kernel saved its registers, which are roots.
    pub frame_lo: usize,
    pub frame_hi: usize,
    /// Interrupted by a signal, there, unless `rip` is 0.
    pub interrupted: Regs,
    /// What runtime/pprof calls its labels: a pointer into the heap.
    pub labels: *const core::ffi::c_void,
    /// What the race detector keeps.
    pub race: crate::race::State,
}

#[derive(Clone, Copy)]
pub struct Fault {
    pub signal: i32,
    pub code: i32,
    pub addr: usize,
    pub pc: usize,
    /// Left by the signal handler for `gosubc_panic_mem`.
    pub handled: bool,
}

impl Fault {
    pub const NONE: Fault = Fault { signal: 0, code: 0, addr: 0, pc: 0, handled: false };
}

/// What a processor is doing.
pub mod pstatus {
    /// Nobody's; in the list of idle ones, or about to be.
    pub const IDLE: u32 = 0;
    /// A thread's, which runs Go code or the runtime.
    pub const RUNNING: u32 = 1;
    /// Its thread is in a system call; anyone may take it away (`RUNNING` and `IDLE` are entered by compare-and-swap).
    pub const SYSCALL: u32 = 2;
}

/// A processor: what a thread needs to run Go code.
pub struct P {
    /// One of `pstatus`.
    pub status: AtomicU32,
    /// Counts switches (not to goroutines that were handed over) and system calls: the monitor sees progress by them.
    pub tick: AtomicU32,
    pub syscall_tick: AtomicU32,
    /// The running goroutine shall give way.
    pub preempt: AtomicBool,
    /// The world is being stopped and this processor is yet to stop.
    pub stop_pending: AtomicBool,
    pub id: u32,
    /// The thread that has it.
    pub m: AtomicPtr<M>,
    pub runq: RunQueue,
    /// Chosen to run next on this thread's scheduler stack.
    pub chosen: *mut G,
    /// Switches since the scheduler last looked at timers and files.
    pub turns: u32,
    /// `tick` when it last looked at the global queue before its own.
    pub fair_tick: u32,
    /// Next in the list of idle processors.
    pub idle_next: *mut P,
    /// Dead goroutines, with their stacks.
    pub dead: Vec<*mut G>,
    /// Allocation caches by slot (see `heap::cache`).
    pub caches: *mut Cache,
    pub taken: Taken,
    /// Caches by type.
    pub types: [TypeEntry; TYPE_ENTRIES],
    pub defer_pools: [Pool; CLASSES],
    pub rng: u64,
    /// The thread's stack on which the runtime does its own deep work.
    pub system_sp: usize,
    pub on_system_stack: bool,
}

/// A thread.
pub struct M {
    /// Runs the scheduler, on the thread's own stack.
    pub g0: *mut G,
    pub tid: i32,
    /// Address of the thread's stack limit (`%fs:0x70`).
    pub limit: *mut usize,
    pub system_sp: usize,
    /// Set and woken on when the thread shall go on; then `next_p` is its processor.
    pub wake: AtomicU32,
    pub next_p: *mut P,
    /// Is looking for work.
    pub spinning: bool,
    /// The goroutine that only this thread runs.
    pub locked_g: *mut G,
    /// The scheduler's stack is running Go code (a timer's function): it holds roots below `g0.sp`.
    pub scan_g0: bool,
    pub no_preempt: AtomicU32,
    /// Has been sent a SIGURG that isn't the program's.
    pub urged: AtomicBool,
    pub idle_next: *mut M,
    pub all_next: *mut M,
}

#[inline(always)]
pub fn getg() -> *mut G {
    let g;
    // SAFETY: reads the thread-local variable, which is constant during the activation.
    unsafe {
        asm!("mov {}, qword ptr fs:[gosubc_g@tpoff]", out(reg) g,
            options(pure, nomem, nostack, preserves_flags));
    }
    g
}

/// The processor of this thread. It does not change while the runtime neither parks nor calls Go code.
#[inline(always)]
pub fn getp() -> *mut P {
    let p;
    // SAFETY: reads a thread-local variable; not `pure`, as it changes with the thread.
    unsafe {
        asm!("mov {}, qword ptr fs:[gosubc_p@tpoff]", out(reg) p, options(nostack, preserves_flags));
    }
    p
}

/// This thread; null in threads that never run goroutines.
#[inline(always)]
pub fn getm() -> *mut M {
    let m;
    // SAFETY: reads a thread-local variable; not `pure`, as a goroutine changes threads.
    unsafe {
        asm!("mov {}, qword ptr fs:[gosubc_m@tpoff]", out(reg) m, options(nostack, preserves_flags));
    }
    m
}

pub unsafe fn setp(p: *mut P) {
    asm!("mov qword ptr fs:[gosubc_p@tpoff], {}", in(reg) p, options(nostack, preserves_flags));
}

pub unsafe fn setm(m: *mut M) {
    asm!("mov qword ptr fs:[gosubc_m@tpoff], {}", in(reg) m, options(nostack, preserves_flags));
}

/// Only for start-up and tests; switches set the variable in assembly.
pub unsafe fn setg(g: *mut G) {
    asm!("mov qword ptr fs:[gosubc_g@tpoff], {}", in(reg) g, options(nostack, preserves_flags));
}

/// Address of this thread's stack limit.
pub fn limit_address() -> *mut usize {
    let base: usize;
    // SAFETY: the thread control block begins with its own address.
    unsafe { asm!("mov {}, qword ptr fs:[0]", out(reg) base, options(nostack, preserves_flags)) };
    (base + 0x70) as *mut usize
}

impl G {
    pub const fn new() -> G {
        use core::ptr::{null, null_mut};
        G {
            defer: null_mut(),
            panic: null_mut(),
            p: null_mut(),
            sp: 0,
            stack_guard: 0,
            stack_lo: 0,
            stack_hi: 0,
            soft: 0,
            id: 0,
            status: Status::Runnable,
            ticket: 0,
            wait_reason: "",
            next: null_mut(),
            start: null(),
            parent: 0,
            create_pc: 0,
            param: 0,
            all_next: null_mut(),
            fault: Fault::NONE,
            system: false,
            printing: 0,
            on_cpu: AtomicU32::new(0),
            locked_m: null_mut(),
            lock_count: 0,
            frame_lo: 0,
            frame_hi: 0,
            interrupted: Regs::ZERO,
            labels: null(),
            race: crate::race::State::NEW,
        }
    }
}

impl P {
    pub fn new(id: u32) -> P {
        use core::ptr::null_mut;
        let caches = crate::heap::cache::new_caches();
        let mut seed = [0u8; 8];
        crate::sys::random(&mut seed);
        P {
            status: AtomicU32::new(pstatus::IDLE),
            tick: AtomicU32::new(0),
            syscall_tick: AtomicU32::new(0),
            preempt: AtomicBool::new(false),
            stop_pending: AtomicBool::new(false),
            id,
            m: AtomicPtr::new(null_mut()),
            runq: RunQueue::new(),
            chosen: null_mut(),
            turns: 0,
            fair_tick: 0,
            idle_next: null_mut(),
            dead: Vec::new(),
            caches,
            taken: Taken::NONE,
            types: [TypeEntry::EMPTY; TYPE_ENTRIES],
            defer_pools: [const { Pool::EMPTY }; CLASSES],
            rng: u64::from_ne_bytes(seed) | 1,
            system_sp: 0,
            on_system_stack: false,
        }
    }

    /// A random number that needn't be good (select order, sampling).
    pub fn rand(&mut self) -> u64 {
        self.rng = self.rng.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.rng ^ (self.rng >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }
}
