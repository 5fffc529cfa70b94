//! Goroutines and processors: the `g` of the running goroutine (thread-local symbol `gosubc_g`) and what hangs on it.
//!
//! `g` is constant during a function's activation, so reading it has no side effects; per-processor data is reached
//! through it and stays put as long as the function neither parks nor calls Go code.

use crate::abi::Closure;
use crate::heap::cache::{Cache, TYPE_ENTRIES, TypeEntry};
use crate::panic::{Defer, Panic};
use core::arch::asm;

/// Size classes of pooled defer records.
pub const DEFER_CLASSES: usize = 6;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Runnable,
    Running,
    Waiting,
    Dead,
}

/// A goroutine.
#[repr(C)]
pub struct G {
    /// Pending deferred calls, innermost frame first.
    pub defer: *mut Defer,
    /// Panics in progress, newest first.
    pub panic: *mut Panic,
    /// The processor that runs it.
    pub p: *mut P,
    /// Saved stack pointer while it isn't running, or while the runtime works on the system stack.
    pub sp: usize,
    /// The stack is `lo..hi`; `guard..lo` faults.
    pub stack_guard: usize,
    pub stack_lo: usize,
    pub stack_hi: usize,
    pub id: u64,
    pub status: Status,
    /// As tracebacks show it: `chan receive`, `select`, ...
    pub wait_reason: &'static str,
    /// Next in whatever queue holds it.
    pub next: *mut G,
    /// What the goroutine runs.
    pub start: *const Closure,
    pub parent: u64,
    pub create_pc: usize,
    /// Handed over by who made it runnable again.
    pub param: usize,
    /// Link in the list of all goroutines.
    pub all_next: *mut G,
    /// The last memory fault that was turned into a panic.
    pub fault: Fault,
    /// Started by the runtime for itself: doesn't count for deadlock detection.
    pub system: bool,
    /// Is printing, and how deep `printlock` is nested.
    pub printing: u32,
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

/// A processor: what a thread needs to run Go code.
pub struct P {
    /// Allocation caches by slot (see `heap::cache`).
    pub caches: *mut Cache,
    /// Caches by type.
    pub types: [TypeEntry; TYPE_ENTRIES],
    pub defer_pools: [*mut Defer; DEFER_CLASSES],
    pub rng: u64,
    /// The stack on which the runtime does its own deep work.
    pub system_sp: usize,
    pub on_system_stack: bool,
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

pub unsafe fn setp(p: *mut P) {
    asm!("mov qword ptr fs:[gosubc_p@tpoff], {}", in(reg) p, options(nostack, preserves_flags));
}

/// Only for start-up and tests; switches set the variable in assembly.
pub unsafe fn setg(g: *mut G) {
    asm!("mov qword ptr fs:[gosubc_g@tpoff], {}", in(reg) g, options(nostack, preserves_flags));
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
            id: 0,
            status: Status::Runnable,
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
        }
    }
}

impl P {
    pub fn new() -> P {
        let caches = crate::heap::cache::new_caches();
        let mut seed = [0u8; 8];
        crate::sys::random(&mut seed);
        P {
            caches,
            types: [TypeEntry::EMPTY; TYPE_ENTRIES],
            defer_pools: [core::ptr::null_mut(); DEFER_CLASSES],
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
