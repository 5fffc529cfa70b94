//! Threads: how they are made, wait, and are woken with a processor.

use super::proc::{self, IDLE_PS, LOCK, SPINNING, sched};
use super::{find, netpoll, timer, world};
use crate::g::{G, M, P, getm};
use crate::panic::fatal;
use crate::{signal, sys};
use alloc::boxed::Box;
use core::ffi::c_void;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// The stack that the scheduler and timers' functions run on.
pub const THREAD_STACK: usize = 512 << 10;
/// The stack for the runtime's deep work: collection.
pub const SYSTEM_STACK: usize = 1 << 20;
/// Go's limit.
const MAX_THREADS: usize = 10_000;

/// A thread's record, with its stacks.
pub unsafe fn new_record() -> *mut M {
    let Some(stack) = sys::map(0, SYSTEM_STACK) else {
        fatal::throw("out of memory for the system stack")
    };
    let g0 = Box::leak(Box::new(G::new()));
    Box::leak(Box::new(M {
        g0,
        tid: 0,
        limit: null_mut(),
        system_sp: stack as usize + SYSTEM_STACK - 64,
        wake: AtomicU32::new(0),
        next_p: null_mut(),
        spinning: false,
        locked_g: null_mut(),
        scan_g0: false,
        no_preempt: AtomicU32::new(0),
        urged: AtomicBool::new(false),
        idle_next: null_mut(),
        all_next: null_mut(),
    }))
}

/// Makes `m` the record of the calling thread.
pub unsafe fn adopt(m: *mut M) {
    (*m).tid = sys::gettid();
    (*m).limit = crate::g::limit_address();
    let here = 0usize;
    (*(*m).g0).stack_hi = (&raw const here as usize).next_multiple_of(sys::PAGE);
    (*(*m).g0).stack_lo = 0;
    crate::g::setm(m);
    crate::g::setg((*m).g0);
    crate::race::adopt((*m).g0);
    LOCK.with(|| {
        (*m).all_next = (*sched()).all_ms;
        (*sched()).all_ms = m;
    });
}

extern "C" fn thread_main(arg: *mut c_void) -> *mut c_void {
    // SAFETY: the new thread's record, with a processor.
    unsafe {
        let m: *mut M = arg.cast();
        adopt(m);
        signal::init_thread();
        let p = core::mem::replace(&mut (*m).next_p, null_mut());
        proc::acquire_p(m, p);
        find::schedule()
    }
}

/// Starts a thread that is none of Go's.
pub unsafe fn spawn(f: extern "C" fn(*mut c_void) -> *mut c_void, arg: *mut c_void) -> bool {
    let mut attr: libc::pthread_attr_t = core::mem::zeroed();
    libc::pthread_attr_init(&mut attr);
    libc::pthread_attr_setstacksize(&mut attr, THREAD_STACK);
    libc::pthread_attr_setdetachstate(&mut attr, libc::PTHREAD_CREATE_DETACHED);
    let mut id: libc::pthread_t = 0;
    let r = libc::pthread_create(&mut id, &attr, f, arg);
    libc::pthread_attr_destroy(&mut attr);
    r == 0
}

/// Gives `p`, which is the caller's, to a thread that waits, or to a new one. Called with `LOCK`, returns without.
pub unsafe fn start_unlock(p: *mut P, spinning: bool) {
    let s = &mut *sched();
    s.busy += 1;
    let m = s.idle_ms;
    if !m.is_null() {
        s.idle_ms = (*m).idle_next;
        LOCK.unlock();
        (*m).spinning = spinning;
        wake(m, p);
        return;
    }
    s.threads += 1;
    if s.threads > MAX_THREADS {
        LOCK.unlock();
        fatal::throw("thread exhaustion");
    }
    LOCK.unlock();
    let m = new_record();
    (*m).next_p = p;
    (*m).spinning = spinning;
    if !spawn(thread_main, m.cast()) {
        fatal::throw("cannot create a thread");
    }
}

/// Lets a waiting thread go on with `p`.
pub unsafe fn wake(m: *mut M, p: *mut P) {
    (*m).next_p = p;
    (*m).wake.store(1, Ordering::SeqCst);
    sys::futex_wake(&(*m).wake, 1);
}

/// Waits to be woken, then has a processor.
unsafe fn sleep(m: *mut M) {
    while (*m).wake.swap(0, Ordering::SeqCst) == 0 {
        sys::futex_wait(&(*m).wake, 0);
    }
    let p = core::mem::replace(&mut (*m).next_p, null_mut());
    proc::acquire_p(m, p);
}

/// Waits as one of the idle threads. The thread has no processor.
pub unsafe fn stop() {
    let m = getm();
    LOCK.lock();
    (*m).idle_next = (*sched()).idle_ms;
    (*sched()).idle_ms = m;
    idle_locked();
    LOCK.unlock();
    sleep(m);
}

/// Waits until somebody has a processor for the goroutine that only this thread runs. The thread has no processor.
pub unsafe fn wait_for_locked() {
    LOCK.lock();
    idle_locked();
    LOCK.unlock();
    sleep(getm());
}

/// One thread less is busy; reports a deadlock if that was the last and nothing will ever happen. Under `LOCK`.
unsafe fn idle_locked() {
    let s = &mut *sched();
    s.busy -= 1;
    if s.busy > 0 || world::waiting() || proc::work_anywhere() {
        return;
    }
    let collecting = crate::heap::snapshot::running();
    if timer::pending() || netpoll::waiting() || collecting {
        return;
    }
    LOCK.unlock();
    if s.main_exited {
        fatal::fatal(b"no goroutines (main called runtime.Goexit) - deadlock!", true);
    }
    fatal::fatal(b"all goroutines are asleep - deadlock!", true)
}

/// Gives the running thread's processor away: to a thread that runs what is queued, or that will look for work if nobody
/// does, else to the idle ones.
pub unsafe fn hand_off() {
    LOCK.lock();
    let p = proc::release_p();
    hand_off_unlock(p);
}

/// The same for a processor that is nobody's. Called with `LOCK`, returns without.
pub unsafe fn hand_off_unlock(p: *mut P) {
    proc::put_idle_p(p);
    let work = !(*p).runq.is_empty() || proc::QUEUED.load(Ordering::SeqCst) > 0;
    let poll = !netpoll::polling() && (timer::pending() || netpoll::waiting());
    let look = poll || IDLE_PS.load(Ordering::SeqCst) == 1;
    let look = look && SPINNING.load(Ordering::SeqCst) == 0;
    if (work || look) && !proc::take_idle_p(p).is_null() {
        let spinning = !work;
        if spinning {
            SPINNING.fetch_add(1, Ordering::SeqCst);
        }
        start_unlock(p, spinning);
    } else {
        LOCK.unlock();
        if work {
            // The processor has retired and left its queue to the others.
            wake_p();
        }
    }
}

/// A goroutine has been queued: lets another thread look for work, if there is a processor for it and nobody looks.
#[inline]
pub unsafe fn wake_p() {
    if IDLE_PS.load(Ordering::SeqCst) != 0 && SPINNING.load(Ordering::SeqCst) == 0 {
        wake_p_slow();
    }
}

#[cold]
#[inline(never)]
unsafe fn wake_p_slow() {
    if SPINNING.compare_exchange(0, 1, Ordering::SeqCst, Ordering::SeqCst).is_err() {
        return;
    }
    LOCK.lock();
    let p = proc::take_idle_p(null_mut());
    if p.is_null() {
        LOCK.unlock();
        SPINNING.fetch_sub(1, Ordering::SeqCst);
        return;
    }
    start_unlock(p, true);
}
