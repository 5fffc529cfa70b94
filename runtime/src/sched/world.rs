//! Stopping all threads that run Go code, for the collector and for what must see everything at rest.
//!
//! A thread stops where it is, with its processor: in the signal's handler if it is in Go code, else at the next point where
//! the runtime allows it (allocation of a new run, scheduling). Threads in system calls lose their processor instead.
//! The runtime never stops while it holds a lock or an object that only its own registers know.

use super::preempt;
use super::proc::{self, LOCK, all};
use super::thread;
use crate::asm;
use crate::g::{P, getp, pstatus};
use crate::sys;
use core::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};

/// The world is stopped, or being stopped.
static WAITING: AtomicBool = AtomicBool::new(false);
/// Processors that have yet to stop.
static LEFT: AtomicU32 = AtomicU32::new(0);
/// Counts starts; stopped threads wait for it to change.
static EPOCH: AtomicU32 = AtomicU32::new(0);
/// When whoever stops or has stopped the world began to.
static ASKED_AT: AtomicI64 = AtomicI64::new(0);
/// Somebody has stopped the world, or is about to.
static OWNED: AtomicBool = AtomicBool::new(false);

/// How long to wait for threads to stop before they are signalled again.
const PATIENCE: i64 = 50_000;

#[inline(always)]
pub fn waiting() -> bool {
    WAITING.load(Ordering::Relaxed)
}

/// The processor has stopped, if it was asked to.
pub unsafe fn stopped(p: *mut P) {
    if (*p).stop_pending.load(Ordering::Relaxed)
        && (*p).stop_pending.swap(false, Ordering::SeqCst)
        && LEFT.fetch_sub(1, Ordering::SeqCst) == 1
    {
        sys::futex_wake(&LEFT, 1);
    }
}

/// Stops here until the world goes on, if it is being stopped. The caller's registers have been saved.
pub unsafe fn wait_for_start() {
    loop {
        let epoch = EPOCH.load(Ordering::SeqCst);
        if !WAITING.load(Ordering::SeqCst) {
            return;
        }
        stopped(getp());
        while EPOCH.load(Ordering::SeqCst) == epoch {
            sys::futex_wait(&EPOCH, epoch);
        }
    }
}

/// A point where the runtime can stop.
#[inline]
pub unsafe fn stop_point() {
    if waiting() {
        stop_here();
    }
}

#[cold]
#[inline(never)]
unsafe fn stop_here() {
    asm::systemstack(|| wait_for_start());
}

/// The time from which on threads have been asked to stop, for whoever has stopped them: pauses begin then.
pub fn asked_at() -> i64 {
    ASKED_AT.load(Ordering::Relaxed)
}

/// Stops all other threads; false (after the fact) if another thread did so first.
pub unsafe fn try_stop() -> bool {
    if OWNED.swap(true, Ordering::SeqCst) {
        stop_point();
        core::hint::spin_loop();
        return false;
    }
    ASKED_AT.store(sys::nanotime(), Ordering::Relaxed);
    let own = getp();
    LOCK.with(|| {
        let others = proc::count() - 1;
        LEFT.store(others as u32, Ordering::SeqCst);
        for p in all().filter(|&p| p != own) {
            (*p).stop_pending.store(true, Ordering::SeqCst);
        }
        WAITING.store(true, Ordering::SeqCst);
        for p in all().filter(|&p| p != own) {
            if (*p).status.load(Ordering::SeqCst) == pstatus::IDLE {
                stopped(p);
            }
        }
        retake_system_calls();
    });
    for p in all().filter(|&p| p != own) {
        ask(p);
    }
    loop {
        let left = LEFT.load(Ordering::SeqCst);
        if left == 0 {
            return true;
        }
        sys::futex_wait_for(&LEFT, left, PATIENCE);
        LOCK.with(|| retake_system_calls());
        for p in all().filter(|&p| p != own) {
            ask(p);
        }
    }
}

pub unsafe fn stop() {
    while !try_stop() {}
}

/// Takes the processors of threads in system calls. Under `LOCK`.
unsafe fn retake_system_calls() {
    for p in all() {
        let pending = (*p).stop_pending.load(Ordering::SeqCst);
        if pending && take_from_system_call(p) {
            proc::put_idle_p(p);
            stopped(p);
        }
    }
}

/// Makes the processor of a thread in a system call nobody's; false if it isn't one.
pub unsafe fn take_from_system_call(p: *mut P) -> bool {
    let (from, to) = (pstatus::SYSCALL, pstatus::IDLE);
    let done = (*p).status.compare_exchange(from, to, Ordering::SeqCst, Ordering::SeqCst).is_ok();
    if done {
        (*p).syscall_tick.fetch_add(1, Ordering::Relaxed);
        (*p).m.store(core::ptr::null_mut(), Ordering::Release);
    }
    done
}

unsafe fn ask(p: *mut P) {
    if (*p).stop_pending.load(Ordering::SeqCst) {
        preempt::raise_limit(p);
        preempt::signal(p);
    }
}

/// Lets everybody go on.
pub unsafe fn start() {
    WAITING.store(false, Ordering::SeqCst);
    OWNED.store(false, Ordering::SeqCst);
    EPOCH.fetch_add(1, Ordering::SeqCst);
    sys::futex_wake(&EPOCH, i32::MAX);
    // Processors that were taken from system calls may have work left.
    loop {
        LOCK.lock();
        let p = proc::take_idle_p_with_work();
        if p.is_null() {
            LOCK.unlock();
            break;
        }
        thread::start_unlock(p, false);
    }
    thread::wake_p();
}

/// Sets GOMAXPROCS if `n` is above 0; returns what it was. Processors beyond it retire when they next look for work.
pub unsafe fn set_procs(n: i64) -> i64 {
    let old = proc::limit();
    let n = (n.max(0) as usize).min(proc::MAX_PROCS);
    if n == 0 || n == old {
        return old as i64;
    }
    stop();
    LOCK.with(|| {
        proc::grow(n);
        proc::clear_idle_ps();
        for p in all() {
            if (*p).status.load(Ordering::SeqCst) == pstatus::IDLE {
                proc::put_idle_p(p);
            } else if (*p).id as usize >= n {
                (*p).preempt.store(true, Ordering::SeqCst);
                preempt::raise_limit(p);
            }
        }
    });
    start();
    super::gosubc_gosched();
    old as i64
}
