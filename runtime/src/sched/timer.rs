//! Timers: a heap ordered by time. Firing makes a goroutine runnable or calls a function that does not block.

use super::{park, ready};
use crate::abi::Closure;
use crate::asm;
use crate::g::{G, getg};
use crate::heap::mark::Marker;
use crate::lock::Global;
use crate::sys;
use alloc::collections::BTreeMap;

enum Action {
    Wake(*mut G),
    /// A timer object of package time.
    Call(*mut Timer),
}

/// A timer of package time, in its memory: `when` and `period` in nanoseconds; `f(arg, seq)` runs on the scheduler's
/// behalf on whatever goroutine is running, and must not park.
#[repr(C)]
pub struct Timer {
    when: i64,
    period: i64,
    f: *const Closure,
    arg: usize,
    /// Key in the queue, 0 if not in it.
    seq: u64,
}

struct Queue {
    by_time: BTreeMap<(i64, u64), Action>,
    next: u64,
    firing: bool,
}

static QUEUE: Global<Queue> =
    Global::new(Queue { by_time: BTreeMap::new(), next: 1, firing: false });

unsafe fn add(when: i64, a: Action) -> u64 {
    let q = &mut *QUEUE.get();
    let seq = q.next;
    q.next += 1;
    q.by_time.insert((when, seq), a);
    seq
}

/// Runs what is due. Returns the nanoseconds until the next timer, if there is one.
pub unsafe fn fire_due() -> Option<i64> {
    let q = QUEUE.get();
    (*q).by_time.first_key_value()?;
    if (*q).firing {
        return None;
    }
    (*q).firing = true;
    let mut now = sys::nanotime();
    let wait = loop {
        let Some((&(when, seq), _)) = (*q).by_time.first_key_value() else { break None };
        if when > now {
            let again = sys::nanotime();
            if when > again {
                break Some(when - again);
            }
            now = again;
        }
        match (*q).by_time.remove(&(when, seq)) {
            Some(Action::Wake(g)) => ready(g),
            Some(Action::Call(t)) => fire(t, now),
            None => {}
        }
    };
    (*q).firing = false;
    wait
}

unsafe fn fire(t: *mut Timer, now: i64) {
    (*t).seq = 0;
    if (*t).period > 0 {
        // Ticks that were missed are dropped.
        let late = (now - (*t).when).max(0);
        (*t).when += (*t).period * (1 + late / (*t).period);
        (*t).seq = add((*t).when, Action::Call(t));
    }
    asm::gosubc_callclosure((*t).f, (*t).arg, now as usize);
}

pub unsafe fn mark_roots(m: &mut Marker) {
    for a in (*QUEUE.get()).by_time.values() {
        if let Action::Call(t) = a {
            m.root(*t as usize);
        }
    }
}

/// Parks the goroutine for `ns` nanoseconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_sleep(ns: i64) {
    if ns <= 0 {
        super::gosubc_gosched();
        return;
    }
    add(sys::nanotime().saturating_add(ns), Action::Wake(getg()));
    park("sleep");
}

/// Puts the timer in the queue, again if it was there. Returns whether it was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_timer_start(t: *mut Timer) -> bool {
    let was = gosubc_timer_stop(t);
    (*t).seq = add((*t).when, Action::Call(t));
    was
}

/// Takes the timer out of the queue. Returns whether it was there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_timer_stop(t: *mut Timer) -> bool {
    if (*t).seq == 0 {
        return false;
    }
    // `when` may have been changed for a restart: search by number if need be.
    let q = &mut (*QUEUE.get()).by_time;
    let seq = core::mem::replace(&mut (*t).seq, 0);
    if q.remove(&((*t).when, seq)).is_some() {
        return true;
    }
    let key = q.keys().find(|k| k.1 == seq).copied();
    key.is_some_and(|k| q.remove(&k).is_some())
}
