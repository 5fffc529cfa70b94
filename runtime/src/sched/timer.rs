//! Timers, ordered by time. Firing makes a goroutine runnable or calls a function that does not block.

use super::{netpoll, park_unlock, prepare, ready, thread};
use crate::abi::Closure;
use crate::asm;
use crate::g::{G, getg, getm};
use crate::heap::mark::Marker;
use crate::lock::{Global, Lock};
use crate::sys;
use alloc::collections::BTreeMap;
use core::sync::atomic::{AtomicI64, Ordering};

enum Action {
    Wake(*mut G),
    /// A timer object of package time.
    Call(*mut Timer),
}

/// A timer of package time, in its memory: `when` and `period` in nanoseconds; `f(arg, now)` runs on the scheduler's
/// behalf on a thread's own stack, and must not park.
#[repr(C)]
pub struct Timer {
    when: i64,
    period: i64,
    f: *const Closure,
    arg: usize,
    /// Twice its number in the queue (0: not in it), and `FIRING`.
    state: u64,
}

/// Set while `f` runs.
const FIRING: u64 = 1;

struct Queue {
    by_time: BTreeMap<(i64, u64), Action>,
    next: u64,
    /// Timers whose functions run now.
    firing: BTreeMap<usize, usize>,
}

/// Guards the queue and the `state` of all timers.
static LOCK: Lock = Lock::new();
static QUEUE: Global<Queue> =
    Global::new(Queue { by_time: BTreeMap::new(), next: 1, firing: BTreeMap::new() });
/// When the first timer is due; `i64::MAX` if there is none.
static NEXT: AtomicI64 = AtomicI64::new(i64::MAX);

/// When the first timer is due.
pub fn next() -> i64 {
    NEXT.load(Ordering::SeqCst)
}

pub fn pending() -> bool {
    next() != i64::MAX
}

/// Under `LOCK`.
unsafe fn note_next() {
    let first = (*QUEUE.get()).by_time.first_key_value();
    NEXT.store(first.map_or(i64::MAX, |(k, _)| k.0), Ordering::SeqCst);
}

/// Under `LOCK`. Returns the number in the queue.
unsafe fn add(when: i64, a: Action) -> u64 {
    let q = &mut *QUEUE.get();
    let seq = q.next;
    q.next += 1;
    q.by_time.insert((when, seq), a);
    if when < NEXT.load(Ordering::Relaxed) {
        NEXT.store(when, Ordering::SeqCst);
    }
    seq
}

/// A timer was queued that is due at `when`: somebody must be awake then.
unsafe fn announce(when: i64) {
    if when <= next() && !netpoll::interrupt_before(when) {
        super::monitor::start();
        thread::wake_p();
    }
}

/// Runs what is due. The running thread is on its scheduler's stack.
#[inline]
pub unsafe fn fire_due() {
    if pending() && next() <= sys::nanotime() {
        fire();
    }
}

#[cold]
unsafe fn fire() {
    let m = getm();
    let now = sys::nanotime();
    LOCK.lock();
    let q = QUEUE.get();
    while let Some((&(when, seq), _)) = (*q).by_time.first_key_value() {
        if when > now {
            break;
        }
        match (*q).by_time.remove(&(when, seq)) {
            Some(Action::Wake(g)) => {
                note_next();
                LOCK.unlock();
                ready(g);
                LOCK.lock();
            }
            Some(Action::Call(t)) => {
                (*t).state = FIRING;
                if (*t).period > 0 {
                    // Ticks that were missed are dropped.
                    let late = (now - (*t).when).max(0);
                    (*t).when += (*t).period * (1 + late / (*t).period);
                    (*t).state |= 2 * add((*t).when, Action::Call(t));
                }
                (*q).firing.insert(t as usize, 0);
                let (f, arg) = ((*t).f, (*t).arg);
                note_next();
                LOCK.unlock();
                (*m).scan_g0 = true;
                asm::gosubc_callclosure(f, arg, now as usize);
                (*m).scan_g0 = false;
                LOCK.lock();
                (*t).state &= !FIRING;
                (*q).firing.remove(&(t as usize));
            }
            None => {}
        }
    }
    note_next();
    LOCK.unlock();
}

pub unsafe fn mark_roots(m: &mut Marker) {
    let q = &*QUEUE.get();
    for a in q.by_time.values() {
        if let Action::Call(t) = a {
            m.root(*t as usize);
        }
    }
    for &t in q.firing.keys() {
        m.root(t);
    }
}

/// Parks the goroutine for `ns` nanoseconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_sleep(ns: i64) {
    if ns <= 0 {
        super::gosubc_gosched();
        return;
    }
    let when = sys::nanotime().saturating_add(ns);
    LOCK.lock();
    prepare("sleep");
    add(when, Action::Wake(getg()));
    // This thread looks at timers itself, unless it has others to run first. Announced under the lock: afterwards the
    // goroutine may run elsewhere.
    if !netpoll::interrupt_before(when) && !(*crate::g::getp()).runq.is_empty() {
        announce(when);
    }
    park_unlock(&LOCK);
}

/// Puts the timer in the queue, again if it was there. Returns whether it was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_timer_start(t: *mut Timer) -> bool {
    let was = gosubc_timer_stop(t);
    LOCK.lock();
    let when = (*t).when;
    (*t).state = ((*t).state & FIRING) | (2 * add(when, Action::Call(t)));
    LOCK.unlock();
    announce(when);
    was
}

/// Takes the timer out of the queue, and waits until its function isn't running. Returns whether it was in the queue.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_timer_stop(t: *mut Timer) -> bool {
    let mut was = false;
    loop {
        LOCK.lock();
        let seq = (*t).state / 2;
        let firing = (*t).state & FIRING != 0;
        if seq != 0 {
            (*t).state &= FIRING;
            // `when` may have been changed for a restart: search by number if need be.
            let q = &mut (*QUEUE.get()).by_time;
            was |= q.remove(&((*t).when, seq)).is_some() || {
                let key = q.keys().find(|k| k.1 == seq).copied();
                key.is_some_and(|k| q.remove(&k).is_some())
            };
            note_next();
        }
        LOCK.unlock();
        // On the scheduler's stack this is a timer's function itself, which cannot wait.
        if !firing || getg() == (*getm()).g0 {
            return was;
        }
        super::gosubc_gosched();
    }
}
