//! What a thread without a goroutine does: finds the next one, on the thread's own stack.

use super::proc::{self, IDLE_PS, LOCK, QUEUED, SPINNING};
use super::runq::SIZE;
use super::{netpoll, thread, timer, world};
use crate::asm;
use crate::g::{G, P, Status, getg, getm, getp};
use core::ptr::null_mut;
use core::sync::atomic::Ordering;

/// After so many switches the scheduler looks at timers and files first, and after so many time slices at the global queue:
/// goroutines that hand over to each other don't let those run that would keep the processor.
pub const TURNS: u32 = 61;

/// Runs goroutines for ever.
pub unsafe fn schedule() -> ! {
    loop {
        let m = getm();
        if !(*m).locked_g.is_null() {
            run_locked();
            continue;
        }
        if getp().is_null() {
            thread::stop();
        }
        let p = getp();
        let mut g = core::mem::replace(&mut (*p).chosen, null_mut());
        if g.is_null() {
            g = find();
        }
        stop_spinning();
        if !(*g).locked_m.is_null() {
            start_locked(g);
            continue;
        }
        execute(g);
    }
}

/// Switches to `g`; returns when the thread needs another goroutine.
unsafe fn execute(g: *mut G) {
    // Its last thread may not have left its stack yet.
    let mut spins = 0u32;
    while (*g).on_cpu.load(Ordering::Acquire) != 0 {
        spins += 1;
        if spins.is_multiple_of(1000) {
            libc::sched_yield();
        }
        core::hint::spin_loop();
    }
    let g0 = getg();
    let p = getp();
    enter(p, g);
    crate::race::switch(g);
    asm::gosubc_switch(&raw mut (*g0).sp, (*g).sp, g.cast(), (*g).soft, (*g0).on_cpu.as_ptr());
}

/// Notes that `p`'s thread runs `g` from now on.
#[inline(always)]
pub unsafe fn enter(p: *mut P, g: *mut G) {
    super::first_frame(g);
    (*g).status = Status::Running;
    (*g).p = p;
    (*g).on_cpu.store(1, Ordering::Relaxed);
}

/// The thread's goroutine is locked to it and has stopped running.
unsafe fn run_locked() {
    if !getp().is_null() {
        thread::hand_off();
    }
    thread::wait_for_locked();
    execute((*getm()).locked_g);
}

/// Only another thread runs `g`: gives it this processor.
unsafe fn start_locked(g: *mut G) {
    let p = getp();
    LOCK.with(|| (*proc::sched()).busy += 1);
    crate::g::setp(null_mut());
    thread::wake((*g).locked_m, p);
    thread::stop();
}

/// The thread has found work: if it was the last that looked, another one does from now on.
unsafe fn stop_spinning() {
    let m = getm();
    if !(*m).spinning {
        return;
    }
    (*m).spinning = false;
    SPINNING.fetch_sub(1, Ordering::SeqCst);
    thread::wake_p();
}

/// The next goroutine to run; waits for one.
unsafe fn find() -> *mut G {
    loop {
        let p = getp();
        world::stop_point();
        if (*p).preempt.load(Ordering::Relaxed) {
            (*p).preempt.store(false, Ordering::Relaxed);
            // Whoever comes next has a time slice of its own, also one that is handed over.
            (*p).tick.store((*p).tick.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
        }
        if (*p).id as usize >= proc::limit() {
            LOCK.with(|| proc::put_idle_p(proc::release_p()));
            // What it had in its queue is everybody's now.
            stop_spinning();
            thread::wake_p();
            wait();
            continue;
        }
        timer::fire_due();
        (*p).turns += 1;
        if (*p).turns >= TURNS {
            (*p).turns = 0;
            netpoll::poll();
        }
        let tick = (*p).tick.load(Ordering::Relaxed);
        if tick.wrapping_sub((*p).fair_tick) >= TURNS {
            (*p).fair_tick = tick;
            let g = proc::take_global(p, 0);
            if !g.is_null() {
                (*p).tick.fetch_add(1, Ordering::Relaxed);
                return g;
            }
        }
        let g = take_local(p);
        if !g.is_null() {
            return g;
        }
        let mut g = proc::take_global(p, SIZE / 2);
        if g.is_null() && netpoll::poll() {
            continue;
        }
        if g.is_null() {
            g = steal(p);
        }
        if !g.is_null() {
            (*p).tick.fetch_add(1, Ordering::Relaxed);
            return g;
        }
        if give_up() {
            wait();
        }
    }
}

/// The next of the processor's own queue. One that was handed over shares its predecessor's time slice.
#[inline(always)]
pub unsafe fn take_local(p: *mut P) -> *mut G {
    let (g, handed_over) = (*p).runq.take();
    if !handed_over {
        (*p).tick.store((*p).tick.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
    }
    g
}

/// A goroutine of another processor's queue, and half of that queue.
unsafe fn steal(p: *mut P) -> *mut G {
    let m = getm();
    let n = proc::count();
    if !(*m).spinning {
        let busy = proc::limit().saturating_sub(IDLE_PS.load(Ordering::SeqCst) as usize);
        if 2 * SPINNING.load(Ordering::SeqCst) as usize >= busy || n == 1 {
            return null_mut();
        }
        (*m).spinning = true;
        SPINNING.fetch_add(1, Ordering::SeqCst);
    }
    let mut out = [null_mut(); SIZE / 2];
    for round in 0..4 {
        let first = (*p).rand() as usize;
        for i in 0..n {
            let other = proc::at((first + i) % n);
            if other == p {
                continue;
            }
            let last = round == 3;
            if last && !(*other).runq.next.load(Ordering::Relaxed).is_null() {
                // Its owner is likely about to run it.
                crate::sys::sleep(3_000);
            }
            let k = (*other).runq.take_half(&mut out, last);
            if k > 0 {
                for &g in &out[1..k] {
                    proc::put_local(p, g);
                }
                return out[0];
            }
            if world::waiting() {
                return null_mut();
            }
        }
    }
    null_mut()
}

/// Goes without processor, unless there is something to do after all. Whether it did.
unsafe fn give_up() -> bool {
    let m = getm();
    let p = getp();
    LOCK.lock();
    if world::waiting() || QUEUED.load(Ordering::SeqCst) > 0 || !(*p).runq.is_empty() {
        LOCK.unlock();
        return false;
    }
    proc::put_idle_p(proc::release_p());
    LOCK.unlock();
    if (*m).spinning {
        (*m).spinning = false;
        SPINNING.fetch_sub(1, Ordering::SeqCst);
    }
    if !proc::work_anywhere() {
        return true;
    }
    // Somebody queued a goroutine while we looked, and relied on us.
    if !take_idle() {
        return true;
    }
    (*m).spinning = true;
    SPINNING.fetch_add(1, Ordering::SeqCst);
    false
}

/// Takes an idle processor, if there is one.
unsafe fn take_idle() -> bool {
    let p = LOCK.with(|| proc::take_idle_p(null_mut()));
    if !p.is_null() {
        proc::acquire_p(getm(), p);
    }
    !p.is_null()
}

/// Waits without processor for files and timers, if nobody else does, else for others to have something to do.
unsafe fn wait() {
    if (netpoll::waiting() || timer::pending()) && netpoll::begin() {
        let mut list = netpoll::wait();
        let got = take_idle();
        while !list.is_null() {
            let g = list;
            list = (*g).next;
            if got {
                super::ready(g);
            } else {
                (*g).status = Status::Runnable;
                proc::put_global(g);
            }
        }
        if got {
            return;
        }
    }
    thread::stop();
}
