//! Timers, ordered by time. Firing makes a goroutine runnable or calls a function that does not block.

use super::{netpoll, park_unlock, prepare, ready, thread};
use crate::abi::Closure;
use crate::asm;
use crate::g::{G, getg, getm};
use crate::heap::mark::Marker;
use crate::lock::{Global, Lock};
use crate::sys;
use alloc::vec::Vec;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicI64, Ordering};

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

/// A place in the queue: a goroutine to be woken, or else a timer, unless that has got another number since.
#[derive(Clone, Copy)]
struct Entry {
    when: i64,
    seq: u64,
    g: *mut G,
    t: *mut Timer,
}

impl Entry {
    /// Under `LOCK`. Timers in the queue are roots, so reading them is sound.
    unsafe fn is_live(&self) -> bool {
        self.t.is_null() || (*self.t).state / 2 == self.seq
    }

    fn before(&self, other: &Entry) -> bool {
        (self.when, self.seq) < (other.when, other.seq)
    }
}

/// A heap with four children per node. Timers that are stopped stay in it until they come to the top or are many.
struct Queue {
    heap: Vec<Entry>,
    live: usize,
    next: u64,
    /// Timers whose functions run now.
    firing: Vec<*mut Timer>,
}

const CHILDREN: usize = 4;
/// Entries of stopped timers that don't matter.
const FEW: usize = 64;
/// So many fire before what they made runnable gets its turn: often that is short, and the next ones use its stacks.
const BATCH: usize = 64;

impl Queue {
    fn up(&mut self, mut i: usize) {
        let e = self.heap[i];
        while i > 0 {
            let parent = (i - 1) / CHILDREN;
            if !e.before(&self.heap[parent]) {
                break;
            }
            self.heap[i] = self.heap[parent];
            i = parent;
        }
        self.heap[i] = e;
    }

    fn down(&mut self, mut i: usize) {
        let n = self.heap.len();
        let e = self.heap[i];
        loop {
            let first = i * CHILDREN + 1;
            let mut least = first;
            for c in first + 1..(first + CHILDREN).min(n) {
                if self.heap[c].before(&self.heap[least]) {
                    least = c;
                }
            }
            if least >= n || !self.heap[least].before(&e) {
                break;
            }
            self.heap[i] = self.heap[least];
            i = least;
        }
        self.heap[i] = e;
    }

    fn pop(&mut self) {
        self.heap.swap_remove(0);
        if !self.heap.is_empty() {
            self.down(0);
        }
    }

    /// Afterwards the top is live, or the queue is empty; most of it is live in any case.
    unsafe fn tidy(&mut self) {
        while self.heap.first().is_some_and(|e| !e.is_live()) {
            self.pop();
        }
        if self.heap.len() > 2 * self.live + FEW {
            self.heap.retain(|e| e.is_live());
            for i in (0..self.heap.len() / CHILDREN + 1).rev() {
                if i < self.heap.len() {
                    self.down(i);
                }
            }
        }
    }
}

/// Guards the queue and the `state` of all timers.
static LOCK: Lock = Lock::new();
static QUEUE: Global<Queue> =
    Global::new(Queue { heap: Vec::new(), live: 0, next: 1, firing: Vec::new() });
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
    let q = &mut *QUEUE.get();
    q.tidy();
    NEXT.store(q.heap.first().map_or(i64::MAX, |e| e.when), Ordering::SeqCst);
}

/// Queues a goroutine or a timer, under `LOCK`. Returns the number in the queue.
unsafe fn add(when: i64, g: *mut G, t: *mut Timer) -> u64 {
    let q = &mut *QUEUE.get();
    let seq = q.next;
    q.next += 1;
    q.live += 1;
    q.heap.push(Entry { when, seq, g, t });
    q.up(q.heap.len() - 1);
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
    for _ in 0..BATCH {
        (*q).tidy();
        let Some(&e) = (*q).heap.first() else { break };
        if e.when > now {
            break;
        }
        (*q).pop();
        (*q).live -= 1;
        if !e.g.is_null() {
            note_next();
            LOCK.unlock();
            ready(e.g);
            LOCK.lock();
            continue;
        }
        let t = e.t;
        (*t).state = FIRING;
        if (*t).period > 0 {
            // Ticks that were missed are dropped.
            let late = (now - (*t).when).max(0);
            (*t).when += (*t).period * (1 + late / (*t).period);
            (*t).state |= 2 * add((*t).when, null_mut(), t);
        }
        (*q).firing.push(t);
        let (f, arg) = ((*t).f, (*t).arg);
        note_next();
        LOCK.unlock();
        (*m).scan_g0 = true;
        crate::race::acquire(t);
        asm::gosubc_callclosure(f, arg, now as usize);
        (*m).scan_g0 = false;
        LOCK.lock();
        (*t).state &= !FIRING;
        (*q).firing.retain(|&x| x != t);
    }
    note_next();
    LOCK.unlock();
}

pub unsafe fn mark_roots(m: &mut Marker) {
    let q = &*QUEUE.get();
    for e in &q.heap {
        m.root(e.t as usize);
    }
    for &t in &q.firing {
        m.root(t as usize);
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
    add(when, getg(), null_mut());
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
    crate::race::release_merge(t);
    LOCK.lock();
    let mut was = false;
    if (*t).state != 0 {
        LOCK.unlock();
        was = gosubc_timer_stop(t);
        LOCK.lock();
    }
    let when = (*t).when;
    (*t).state = ((*t).state & FIRING) | (2 * add(when, null_mut(), t));
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
            // Its entry has another number from now on.
            (*t).state &= FIRING;
            (*QUEUE.get()).live -= 1;
            was = true;
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
