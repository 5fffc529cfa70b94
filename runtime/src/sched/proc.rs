//! The scheduler's shared state: processors, threads, the global queue, who is idle.
//!
//! Rules that keep it consistent. A processor becomes `RUNNING` from `IDLE` only under `LOCK` and never while the world
//! is being stopped; it becomes `IDLE` only under `LOCK`, or by compare-and-swap from `SYSCALL`. Whoever queues a goroutine looks
//! for idle processors afterwards, and whoever goes idle looks at all queues after having said so: no wake-up is lost.

use super::world;
use crate::g::{G, M, P, getp, pstatus};
use crate::lock::{Global, Lock};
use alloc::vec::Vec;
use core::ptr::null_mut;
use core::sync::atomic::{
    AtomicI64, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence,
};

pub const MAX_PROCS: usize = 256;

/// Guards `Sched`.
pub static LOCK: Lock = Lock::new();

pub struct Sched {
    /// Runnable goroutines of no processor, first in first out.
    head: *mut G,
    tail: *mut G,
    idle_ps: *mut P,
    pub idle_ms: *mut M,
    pub all_ms: *mut M,
    pub threads: usize,
    /// Threads that aren't waiting for something to do.
    pub busy: usize,
    /// Dead goroutines, for processors that have none.
    pub dead: Vec<*mut G>,
    /// Least length of `dead` since the stacks of some were given back.
    pub dead_min: usize,
    /// Those whose stacks have no memory.
    pub released: Vec<*mut G>,
    pub main_exited: bool,
    pub finalizer: *mut G,
    pub finalizer_idle: bool,
}

static SCHED: Global<Sched> = Global::new(Sched {
    head: null_mut(),
    tail: null_mut(),
    idle_ps: null_mut(),
    idle_ms: null_mut(),
    all_ms: null_mut(),
    threads: 0,
    busy: 0,
    dead: Vec::new(),
    dead_min: 0,
    released: Vec::new(),
    main_exited: false,
    finalizer: null_mut(),
    finalizer_idle: false,
});

/// Length of the global queue.
pub static QUEUED: AtomicU32 = AtomicU32::new(0);
pub static IDLE_PS: AtomicU32 = AtomicU32::new(0);
/// Threads that look for work.
pub static SPINNING: AtomicU32 = AtomicU32::new(0);
/// Goroutines of the program that have not ended.
pub static LIVE: AtomicI64 = AtomicI64::new(0);
pub static NEXT_ID: AtomicU64 = AtomicU64::new(1);
/// All goroutines ever made, through `all_next`; dead ones are reused.
pub static ALL_GS: AtomicPtr<G> = AtomicPtr::new(null_mut());

static ALL_PS: [AtomicPtr<P>; MAX_PROCS] = [const { AtomicPtr::new(null_mut()) }; MAX_PROCS];
static COUNT: AtomicUsize = AtomicUsize::new(0);
static LIMIT: AtomicUsize = AtomicUsize::new(0);

pub fn sched() -> *mut Sched {
    SCHED.get()
}

/// GOMAXPROCS.
pub fn limit() -> usize {
    LIMIT.load(Ordering::Relaxed)
}

pub fn count() -> usize {
    COUNT.load(Ordering::Relaxed)
}

pub fn at(i: usize) -> *mut P {
    ALL_PS[i].load(Ordering::Acquire)
}

/// All processors ever made. Those beyond GOMAXPROCS are retired, or will be soon.
pub fn all() -> impl Iterator<Item = *mut P> {
    (0..count()).map(at)
}

/// Sets GOMAXPROCS, making processors if need be. Under `LOCK`, with the world stopped.
pub unsafe fn grow(n: usize) {
    for (i, place) in ALL_PS.iter().enumerate().take(n).skip(count()) {
        let p = alloc::boxed::Box::into_raw(alloc::boxed::Box::new(P::new(i as u32)));
        place.store(p, Ordering::Release);
        COUNT.store(i + 1, Ordering::SeqCst);
    }
    LIMIT.store(n, Ordering::SeqCst);
}

/// For the start and for tests: `p` is the only processor.
pub unsafe fn set_only(p: *mut P) {
    ALL_PS[0].store(p, Ordering::Release);
    COUNT.store(1, Ordering::SeqCst);
    LIMIT.store(1, Ordering::SeqCst);
}

pub unsafe fn add_goroutine(g: *mut G) {
    let mut head = ALL_GS.load(Ordering::Relaxed);
    loop {
        (*g).all_next = head;
        match ALL_GS.compare_exchange_weak(head, g, Ordering::AcqRel, Ordering::Relaxed) {
            Ok(_) => return,
            Err(h) => head = h,
        }
    }
}

/// Behind the global queue; under `LOCK`.
pub unsafe fn put_global_locked(g: *mut G) {
    let s = &mut *sched();
    (*g).next = null_mut();
    if s.head.is_null() {
        s.head = g;
    } else {
        (*s.tail).next = g;
    }
    s.tail = g;
    QUEUED.fetch_add(1, Ordering::SeqCst);
}

pub unsafe fn put_global(g: *mut G) {
    LOCK.with(|| put_global_locked(g));
}

unsafe fn pop_global_locked() -> *mut G {
    let s = &mut *sched();
    let g = s.head;
    if !g.is_null() {
        s.head = (*g).next;
        QUEUED.fetch_sub(1, Ordering::SeqCst);
    }
    g
}

/// The first of the global queue; `p` gets its share of the others, at most `more`.
pub unsafe fn take_global(p: *mut P, more: usize) -> *mut G {
    if QUEUED.load(Ordering::Relaxed) == 0 {
        return null_mut();
    }
    LOCK.with(|| {
        let g = pop_global_locked();
        let share = (QUEUED.load(Ordering::Relaxed) as usize / limit()).min(more);
        for _ in 0..share {
            let g = pop_global_locked();
            if g.is_null() {
                break;
            }
            if !(*p).runq.put(g) {
                put_global_locked(g);
                break;
            }
        }
        g
    })
}

/// Behind the processor's own queue; if that is full, half of it goes to the global one.
pub unsafe fn put_local(p: *mut P, g: *mut G) {
    if (*p).runq.put(g) {
        return;
    }
    let mut half = [null_mut(); super::runq::SIZE / 2];
    let n = (*p).runq.take_half(&mut half, false);
    LOCK.with(|| {
        for &g in &half[..n] {
            put_global_locked(g);
        }
        put_global_locked(g);
    });
}

/// In front of the processor's own queue.
pub unsafe fn put_front(p: *mut P, g: *mut G) {
    let old = (*p).runq.put_next(g);
    if !old.is_null() {
        put_local(p, old);
        fence(Ordering::SeqCst);
    }
}

/// Puts a processor that is nobody's on the list of idle ones, or retires it; under `LOCK`.
pub unsafe fn put_idle_p(p: *mut P) {
    let s = &mut *sched();
    if (*p).id as usize >= limit() {
        loop {
            let (g, _) = (*p).runq.take();
            if g.is_null() {
                break;
            }
            put_global_locked(g);
        }
        s.dead.append(&mut (*p).dead);
        return;
    }
    (*p).idle_next = s.idle_ps;
    s.idle_ps = p;
    IDLE_PS.fetch_add(1, Ordering::SeqCst);
}

/// Takes an idle processor, `wanted` if it is one, else any if that is null; it is the caller's then. Under `LOCK`.
pub unsafe fn take_idle_p(wanted: *mut P) -> *mut P {
    if world::waiting() {
        return null_mut();
    }
    let mut at = &raw mut (*sched()).idle_ps;
    while !(*at).is_null() && !wanted.is_null() && *at != wanted {
        at = &raw mut (**at).idle_next;
    }
    let p = *at;
    if !p.is_null() {
        *at = (*p).idle_next;
        (*p).idle_next = null_mut();
        IDLE_PS.fetch_sub(1, Ordering::SeqCst);
        (*p).status.store(pstatus::RUNNING, Ordering::SeqCst);
    }
    p
}

/// An idle processor that has goroutines to run, which only a stopped world leaves behind. Under `LOCK`.
pub unsafe fn take_idle_p_with_work() -> *mut P {
    let mut p = (*sched()).idle_ps;
    while !p.is_null() {
        if !(*p).runq.is_empty() {
            return take_idle_p(p);
        }
        p = (*p).idle_next;
    }
    null_mut()
}

/// Empties the list of idle processors. Under `LOCK`.
pub unsafe fn clear_idle_ps() {
    (*sched()).idle_ps = null_mut();
    IDLE_PS.store(0, Ordering::SeqCst);
}

/// The running thread gives its processor up. Under `LOCK`; the caller puts it somewhere.
pub unsafe fn release_p() -> *mut P {
    let p = getp();
    crate::g::setp(null_mut());
    (*p).m.store(null_mut(), Ordering::Release);
    (*p).status.store(pstatus::IDLE, Ordering::SeqCst);
    world::stopped(p);
    p
}

/// The running thread has been given `p`.
pub unsafe fn acquire_p(m: *mut M, p: *mut P) {
    (*p).m.store(m, Ordering::Release);
    (*p).system_sp = (*m).system_sp;
    crate::g::setp(p);
}

/// Whether a goroutine waits to run in any queue.
pub unsafe fn work_anywhere() -> bool {
    QUEUED.load(Ordering::SeqCst) > 0 || all().any(|p| !(*p).runq.is_empty())
}
