//! Goroutines on one thread: a run queue, parking and waking, sleeping, deadlock detection.
//!
//! In: `newproc`, park and ready. Out: switches between goroutine stacks. Switching is cooperative: a goroutine runs
//! until it parks, yields or ends. Everything here is touched by the one thread that runs Go code only.

pub mod chan;
pub mod netpoll;
pub mod select;
pub mod sema;
pub mod stack;
pub mod timer;

use crate::abi::Closure;
use crate::asm;
use crate::g::{G, P, Status, getg};
use crate::heap::mark::Marker;
use crate::heap::special;
use crate::lock::Global;
use crate::panic::fatal;
use alloc::boxed::Box;
use core::ptr::{null, null_mut};

pub struct Sched {
    /// Runnable goroutines, first in first out.
    head: *mut G,
    tail: *mut G,
    /// All goroutines ever made; dead ones are reused.
    all: *mut G,
    dead: *mut G,
    next_id: u64,
    /// Goroutines of the program that have not ended.
    pub live: usize,
    main_exited: bool,
    finalizer: *mut G,
    finalizer_idle: bool,
}

static SCHED: Global<Sched> = Global::new(Sched {
    head: null_mut(),
    tail: null_mut(),
    all: null_mut(),
    dead: null_mut(),
    next_id: 1,
    live: 0,
    main_exited: false,
    finalizer: null_mut(),
    finalizer_idle: false,
});

pub fn sched() -> *mut Sched {
    SCHED.get()
}

/// Head of the list through `all_next`.
pub unsafe fn all_goroutines() -> *mut G {
    (*sched()).all
}

/// Queued goroutines are on the list of all; only waiting timers hold more.
pub unsafe fn mark_roots(m: &mut Marker) {
    timer::mark_roots(m);
    crate::reflect::mark_roots(m);
}

/// A goroutine that will run `start`, with a stack of its own. `stack` of 0: the pool's.
pub unsafe fn new_goroutine(start: *const Closure, stack: stack::Stack) -> *mut G {
    let s = &mut *sched();
    let g = if s.dead.is_null() {
        let g = Box::into_raw(Box::new(G::new()));
        (*g).all_next = s.all;
        s.all = g;
        g
    } else {
        let g = s.dead;
        s.dead = (*g).next;
        let all_next = (*g).all_next;
        *g = G::new();
        (*g).all_next = all_next;
        g
    };
    (*g).id = s.next_id;
    s.next_id += 1;
    (*g).start = start;
    (*g).p = (*getg()).p;
    (*g).stack_guard = stack.guard;
    (*g).stack_lo = stack.lo;
    (*g).stack_hi = stack.hi;
    // What gosubc_switch pops: six registers and the address of the first code, which begins on an aligned stack.
    let sp = (stack.hi - 72) as *mut usize;
    for i in 0..6 {
        *sp.add(i) = 0;
    }
    *sp.add(6) = asm::gosubc_gostart as *const () as usize;
    (*g).sp = sp as usize;
    g
}

/// First Rust code of every goroutine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_goroutine_main() -> ! {
    let g = getg();
    (*g).status = Status::Running;
    let start = (*g).start;
    (*g).start = null();
    asm::gosubc_callclosure(start, 0, 0);
    exit_goroutine(g)
}

/// The goroutine's deferred calls have run after Goexit.
pub unsafe fn goexit_done(g: *mut G) -> ! {
    if (*g).id == 1 {
        (*sched()).main_exited = true;
    }
    exit_goroutine(g)
}

/// Ends the running goroutine. Its stack goes back to the pool, from where nobody takes it before the switch.
unsafe fn exit_goroutine(g: *mut G) -> ! {
    let s = &mut *sched();
    if !(*g).system {
        s.live -= 1;
    }
    (*g).status = Status::Dead;
    (*g).next = s.dead;
    s.dead = g;
    stack::put(stack::Stack { guard: (*g).stack_guard, lo: (*g).stack_lo, hi: (*g).stack_hi });
    switch_to(g, next());
    fatal::throw("dead goroutine was resumed")
}

/// Makes a goroutine runnable.
pub unsafe fn ready(g: *mut G) {
    let s = &mut *sched();
    (*g).status = Status::Runnable;
    (*g).next = null_mut();
    if s.head.is_null() {
        s.head = g;
    } else {
        (*s.tail).next = g;
    }
    s.tail = g;
}

unsafe fn pop() -> *mut G {
    let s = &mut *sched();
    let g = s.head;
    if !g.is_null() {
        s.head = (*g).next;
    }
    g
}

/// How many goroutines run between two looks at timers and files.
const POLL_EVERY: u32 = 64;
static TICKS: Global<u32> = Global::new(0);

/// The goroutine to run next: waits for timers and files if none is runnable; reports a deadlock if none can ever be.
unsafe fn next() -> *mut G {
    let t = &mut *TICKS.get();
    *t += 1;
    if *t >= POLL_EVERY {
        *t = 0;
        timer::fire_due();
        netpoll::poll(0);
    }
    loop {
        let g = pop();
        if !g.is_null() {
            return g;
        }
        let wait = timer::fire_due();
        if !(*sched()).head.is_null() {
            continue;
        }
        if netpoll::waiting() {
            netpoll::poll(wait.unwrap_or(-1));
        } else if let Some(ns) = wait {
            sleep_thread(ns);
        } else {
            deadlock();
        }
    }
}

fn sleep_thread(ns: i64) {
    let t = libc::timespec { tv_sec: ns / 1_000_000_000, tv_nsec: ns % 1_000_000_000 };
    // SAFETY: reads the timespec; a signal may end the sleep early, the caller looks at the clock again.
    unsafe { libc::nanosleep(&t, null_mut()) };
}

unsafe fn deadlock() -> ! {
    if (*sched()).main_exited {
        fatal::fatal(b"no goroutines (main called runtime.Goexit) - deadlock!", true);
    }
    fatal::fatal(b"all goroutines are asleep - deadlock!", true)
}

unsafe fn switch_to(from: *mut G, to: *mut G) {
    (*to).status = Status::Running;
    if from == to {
        return;
    }
    asm::gosubc_switch(&raw mut (*from).sp, (*to).sp, to.cast(), stack::limit((*to).stack_lo));
}

/// Parks the running goroutine until somebody calls `ready`; returns what that left in `param`.
pub unsafe fn park(reason: &'static str) -> usize {
    let g = getg();
    (*g).status = Status::Waiting;
    (*g).wait_reason = reason;
    (*g).param = 0;
    switch_to(g, next());
    (*g).param
}

/// Parks for ever.
pub unsafe fn park_forever(reason: &'static str) -> ! {
    loop {
        park(reason);
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_gosched() {
    let g = getg();
    // Timers that are due run even if everybody only yields.
    timer::fire_due();
    if (*sched()).head.is_null() {
        return;
    }
    ready(g);
    switch_to(g, next());
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_newproc(start: *const Closure) {
    if start.is_null() {
        fatal::throw("go of nil func value");
    }
    let parent = getg();
    let g = new_goroutine(start, stack::take());
    (*g).parent = (*parent).id;
    (*g).create_pc = crate::trace::caller_pc();
    (*sched()).live += 1;
    ready(g);
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_numgoroutine() -> i64 {
    (*sched()).live as i64
}

/// The id of the running goroutine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_goid() -> i64 {
    (*getg()).id as i64
}

/// Starts or wakes the goroutine that runs finalizers and cleanups.
pub unsafe fn wake_finalizer() {
    let s = &mut *sched();
    if s.finalizer.is_null() {
        static START: Closure = Closure { code: run_finalizers as *const core::ffi::c_void };
        let g = new_goroutine(&START, stack::take());
        (*g).system = true;
        s.finalizer = g;
        ready(g);
    } else if s.finalizer_idle {
        s.finalizer_idle = false;
        ready(s.finalizer);
    }
}

unsafe extern "C" fn run_finalizers() {
    loop {
        while let Some(due) = special::next_due() {
            due.run();
        }
        (*sched()).finalizer_idle = true;
        park("finalizer wait");
    }
}

/// Sets up the main goroutine on `p` and switches to it; never returns.
pub unsafe fn start_main(p: *mut P, main: &'static Closure) -> ! {
    // The thread's first stack is a goroutine's as far as the switch is concerned.
    let g0 = Box::leak(Box::new(G::new()));
    g0.p = p;
    crate::g::setg(g0);
    let g = new_goroutine(main, stack::main());
    (*sched()).live = 1;
    switch_to(g0, g);
    fatal::throw("main thread was resumed")
}

// SAFETY: the code pointer is a function.
unsafe impl Sync for Closure {}
