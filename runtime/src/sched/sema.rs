//! Semaphores for package sync: a 32-bit count in the program's memory, waiters here; and the queues of sync.Cond.
//!
//! Goroutines that wait are in queues by address, linked through `G::next`: a long queue's stacks, which are in no cache, stay
//! untouched. A table of buckets, each with a lock, leads from an address to its queue.

use super::{park_unlock, prefetch, prepare, ready, yield_to_next};
use crate::g::{G, getg};
use crate::lock::{Global, Lock};
use alloc::vec::Vec;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicU32, Ordering};

/// The goroutines that wait for one address.
struct Queue {
    addr: usize,
    first: *mut G,
    last: *mut G,
}

struct Bucket {
    lock: Lock,
    queues: Global<Vec<Queue>>,
}

const BUCKETS: usize = 256;
static TABLE: [Bucket; BUCKETS] =
    [const { Bucket { lock: Lock::new(), queues: Global::new(Vec::new()) } }; BUCKETS];

fn bucket(addr: usize) -> &'static Bucket {
    &TABLE[(addr.wrapping_mul(0x9e37_79b9_7f4a_7c15)) >> (64 - BUCKETS.trailing_zeros())]
}

impl Bucket {
    /// Under the lock.
    unsafe fn push(&self, addr: usize, w: *mut G, first: bool) {
        (*w).next = null_mut();
        let queues = &mut *self.queues.get();
        let Some(q) = queues.iter_mut().find(|q| q.addr == addr) else {
            queues.push(Queue { addr, first: w, last: w });
            return;
        };
        if first {
            (*w).next = q.first;
            q.first = w;
        } else {
            (*q.last).next = w;
            q.last = w;
        }
    }

    /// Takes out the first waiter that `want` accepts. Under the lock.
    unsafe fn take(&self, addr: usize, want: impl Fn(&G) -> bool) -> *mut G {
        let queues = &mut *self.queues.get();
        let Some(i) = queues.iter().position(|q| q.addr == addr) else { return null_mut() };
        let q = &mut queues[i];
        let (mut prev, mut w): (*mut G, _) = (null_mut(), q.first);
        while !w.is_null() && !want(&*w) {
            prev = w;
            w = (*w).next;
        }
        if w.is_null() {
            return w;
        }
        if prev.is_null() {
            q.first = (*w).next;
        } else {
            (*prev).next = (*w).next;
        }
        if q.last == w {
            q.last = prev;
        }
        match q.first.as_ref() {
            Some(first) => {
                // It is the next to wake. Its own line was fetched when its predecessor became the first.
                prefetch(first.sp as *const u8);
                prefetch(first.next.cast());
            }
            None => {
                queues.swap_remove(i);
            }
        }
        w
    }
}

unsafe fn take_one(count: &AtomicU32) -> bool {
    let mut n = count.load(Ordering::Relaxed);
    while n > 0 {
        match count.compare_exchange_weak(n, n - 1, Ordering::SeqCst, Ordering::Relaxed) {
            Ok(_) => return true,
            Err(now) => n = now,
        }
    }
    false
}

unsafe fn acquire(addr: *mut u32, lifo: bool, reason: &'static str) {
    let count = AtomicU32::from_ptr(addr);
    if take_one(count) {
        return;
    }
    let b = bucket(addr as usize);
    b.lock.lock();
    if take_one(count) {
        b.lock.unlock();
        return;
    }
    prepare(reason);
    b.push(addr as usize, getg(), lifo);
    // The releaser hands its unit over, so there is nothing to take after waking.
    park_unlock(&b.lock);
}

/// Takes one from the count, waiting until there is one. `lifo`: in front of the other waiters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_semacquire(addr: *mut u32, lifo: bool) {
    acquire(addr, lifo, "semacquire");
}

/// The same, with what tracebacks call it: 1 Mutex.Lock, 2 RWMutex.RLock, 3 RWMutex.Lock, 4 WaitGroup.Wait.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_semacquire_for(addr: *mut u32, lifo: bool, what: i64) {
    let reason = match what {
        1 => "sync.Mutex.Lock",
        2 => "sync.RWMutex.RLock",
        3 => "sync.RWMutex.Lock",
        4 => "sync.WaitGroup.Wait",
        _ => "semacquire",
    };
    acquire(addr, lifo, reason);
}

/// Adds one to the count, or hands it to the first waiter; `handoff`: and lets that one run now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_semrelease(addr: *mut u32, handoff: bool) {
    let b = bucket(addr as usize);
    b.lock.lock();
    let g = b.take(addr as usize, |_| true);
    if g.is_null() {
        AtomicU32::from_ptr(addr).fetch_add(1, Ordering::SeqCst);
        b.lock.unlock();
        return;
    }
    b.lock.unlock();
    ready(g);
    if handoff {
        yield_to_next();
    }
}

/// The two counts of a `sync.Cond`: tickets given out, and those that have been called.
#[repr(C)]
pub struct Tickets {
    waiting: u32,
    called: u32,
}

/// A ticket for a goroutine that is about to release its lock and wait.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_notify_ticket(t: *mut Tickets) -> u32 {
    AtomicU32::from_ptr(&raw mut (*t).waiting).fetch_add(1, Ordering::SeqCst)
}

fn before(a: u32, b: u32) -> bool {
    (a.wrapping_sub(b) as i32) < 0
}

/// Waits until the ticket is called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_notify_wait(t: *mut Tickets, ticket: u32) {
    let b = bucket(t as usize);
    b.lock.lock();
    if before(ticket, (*t).called) {
        b.lock.unlock();
        return;
    }
    prepare("sync.Cond.Wait");
    let g = getg();
    (*g).ticket = ticket;
    b.push(t as usize, g, false);
    park_unlock(&b.lock);
}

/// Calls the oldest ticket.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_notify_one(t: *mut Tickets) {
    let waiting = AtomicU32::from_ptr(&raw mut (*t).waiting);
    let called = AtomicU32::from_ptr(&raw mut (*t).called);
    if waiting.load(Ordering::SeqCst) == called.load(Ordering::SeqCst) {
        return;
    }
    let b = bucket(t as usize);
    b.lock.lock();
    let next = (*t).called;
    if waiting.load(Ordering::SeqCst) == next {
        b.lock.unlock();
        return;
    }
    called.store(next.wrapping_add(1), Ordering::SeqCst);
    // Its owner may not have come to wait yet: it won't, then.
    let g = b.take(t as usize, |w| w.ticket == next);
    b.lock.unlock();
    if !g.is_null() {
        ready(g);
    }
}

/// Calls all tickets.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_notify_all(t: *mut Tickets) {
    let waiting = AtomicU32::from_ptr(&raw mut (*t).waiting);
    let called = AtomicU32::from_ptr(&raw mut (*t).called);
    if waiting.load(Ordering::SeqCst) == called.load(Ordering::SeqCst) {
        return;
    }
    let b = bucket(t as usize);
    b.lock.lock();
    called.store(waiting.load(Ordering::SeqCst), Ordering::SeqCst);
    let mut list: *mut G = null_mut();
    let mut end = &raw mut list;
    loop {
        let w = b.take(t as usize, |_| true);
        if w.is_null() {
            break;
        }
        (*w).next = null_mut();
        *end = w;
        end = &raw mut (*w).next;
    }
    b.lock.unlock();
    while !list.is_null() {
        let g = list;
        list = (*g).next;
        ready(g);
    }
}

/// Whether the i-th attempt of a spin lock may spin: only if another thread could release it soon.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_can_spin(i: i64) -> bool {
    use super::proc::{IDLE_PS, SPINNING, limit};
    let idle = IDLE_PS.load(Ordering::Relaxed) + SPINNING.load(Ordering::Relaxed);
    i < 4
        && limit() > 1
        && crate::os::gosubc_numcpu() > 1
        && limit() as u32 > idle + 1
        && (*crate::g::getp()).runq.is_empty()
}

#[unsafe(no_mangle)]
pub extern "C" fn gosubc_spin() {
    for _ in 0..30 {
        core::hint::spin_loop();
    }
}
