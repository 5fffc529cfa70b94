//! Channels: a ring buffer and two queues of waiting goroutines.
//!
//! A waiter lies in the stack frame of the goroutine that waits, and so does the value it sends or the place it receives
//! to; the other side copies directly. Each channel has a lock.

use super::{park_forever, park_unlock, prepare, ready};
use crate::abi::Type;
use crate::g::{G, getg};
use crate::heap::cache;
use crate::lock::Lock;
use crate::panic::errors;
use crate::race;
use core::ptr::{copy_nonoverlapping, null_mut, write_bytes};
use core::sync::atomic::{AtomicI64, Ordering};

#[repr(C)]
pub struct Chan {
    /// Elements in the buffer. (`len` reads it.)
    pub count: usize,
    pub cap: usize,
    buf: *mut u8,
    elem_size: usize,
    send_at: usize,
    recv_at: usize,
    /// Guards everything but `cap`, and the waiters in the queues but for `fired`.
    pub lock: Lock,
    closed: bool,
    /// A timer's: its buffer is not to be seen.
    timer: bool,
    recv_queue: Queue,
    send_queue: Queue,
}

/// The collector's view of a channel: the buffer is its only pointer into the heap.
const BUF_MASK: u64 = 1 << 2;

#[derive(Clone, Copy)]
struct Queue {
    first: *mut Waiter,
    last: *mut Waiter,
}

/// A goroutine in a channel's queue.
pub struct Waiter {
    g: *mut G,
    /// The value to send, or where to put the received one (may be null).
    elem: *mut u8,
    next: *mut Waiter,
    prev: *mut Waiter,
    /// Of a select: set from -1 to the index of the case that fires, by whoever comes first.
    fired: *mut i64,
    index: i64,
    /// False: woken because the channel was closed.
    ok: bool,
    queued: bool,
}

impl Waiter {
    pub const fn new(g: *mut G, elem: *mut u8, fired: *mut i64, index: i64) -> Waiter {
        Waiter {
            g,
            elem,
            next: null_mut(),
            prev: null_mut(),
            fired,
            index,
            ok: false,
            queued: false,
        }
    }

    pub fn ok(&self) -> bool {
        self.ok
    }

    /// The goroutine goes on: what the other side did before happened before what follows.
    pub unsafe fn resumed(&self) {
        race::acquire(self);
    }

    /// The other side is with the waiter: each is behind what the other did before.
    unsafe fn meet(&self) {
        race::hand_over(self);
    }
}

impl Queue {
    unsafe fn push(&mut self, w: *mut Waiter) {
        (*w).queued = true;
        (*w).prev = self.last;
        (*w).next = null_mut();
        if self.last.is_null() {
            self.first = w;
        } else {
            (*self.last).next = w;
        }
        self.last = w;
    }

    unsafe fn remove(&mut self, w: *mut Waiter) {
        if !(*w).queued {
            return;
        }
        (*w).queued = false;
        let (prev, next) = ((*w).prev, (*w).next);
        *(if prev.is_null() { &mut self.first } else { &mut (*prev).next }) = next;
        *(if next.is_null() { &mut self.last } else { &mut (*next).prev }) = prev;
    }

    /// Takes the first waiter out whose select (if it is one) has not fired yet; the caller lets it go on.
    #[inline]
    unsafe fn pop(&mut self) -> *mut Waiter {
        loop {
            let w = self.first;
            if w.is_null() {
                return w;
            }
            self.remove(w);
            if (*w).fired.is_null() || fire((*w).fired, (*w).index) {
                return w;
            }
        }
    }
}

unsafe fn fire(fired: *mut i64, index: i64) -> bool {
    let fired = AtomicI64::from_ptr(fired);
    fired.compare_exchange(-1, index, Ordering::AcqRel, Ordering::Relaxed).is_ok()
}

/// Lets a waiter go on that has been taken out of its queue.
#[inline]
unsafe fn wake(w: *mut Waiter, ok: bool) {
    let g = (*w).g;
    (*w).ok = ok;
    ready(g);
}

/// The slot of channels' headers, once known.
static HEADERS: cache::MaskSlot = cache::MaskSlot::new();

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_makechan(ty: *const Type, size: i64) -> *mut Chan {
    let elem = (*ty).elem;
    let bytes = usize::try_from(size).ok().and_then(|n| n.checked_mul((*elem).size));
    let Some(bytes) = bytes.filter(|&b| b < 1 << 47) else {
        errors::plain("makechan: size out of range")
    };
    let header = size_of::<Chan>();
    let c: *mut Chan;
    if (*elem).ptrdata == 0 {
        // One object; the buffer pointer points into it.
        c = cache::noscan(header + bytes, true).cast();
        (*c).buf = c.add(1).cast();
    } else {
        c = HEADERS.new_object(header, BUF_MASK).cast();
        // Reachable from this frame only, by a callee-saved register or the stack.
        (*c).buf = cache::array(elem, bytes);
    }
    (*c).cap = size as usize;
    (*c).elem_size = (*elem).size;
    c
}

impl Chan {
    unsafe fn slot(&self, i: usize) -> *mut u8 {
        self.buf.add(i * self.elem_size)
    }

    fn next(&self, i: usize) -> usize {
        if i + 1 == self.cap { 0 } else { i + 1 }
    }

    /// Sends if that doesn't block; releases the lock if it does or panics.
    #[inline]
    pub unsafe fn try_send(&mut self, elem: *const u8, unlock: impl Fn()) -> bool {
        if self.closed {
            unlock();
            errors::plain("send on closed channel");
        }
        let w = self.recv_queue.pop();
        if !w.is_null() {
            (*w).meet();
            if !(*w).elem.is_null() {
                copy(elem, (*w).elem, self.elem_size);
            }
            unlock();
            wake(w, true);
            return true;
        }
        if self.count == self.cap {
            return false;
        }
        self.pass(self.send_at);
        copy(elem, self.slot(self.send_at), self.elem_size);
        self.send_at = self.next(self.send_at);
        self.count += 1;
        unlock();
        true
    }

    /// Receives if that doesn't block, and releases the lock then: whether it was a sent value.
    #[inline]
    pub unsafe fn try_recv(&mut self, elem: *mut u8, unlock: impl Fn()) -> Option<bool> {
        if self.count > 0 {
            let slot = self.slot(self.recv_at);
            self.pass(self.recv_at);
            if !elem.is_null() {
                copy(slot, elem, self.elem_size);
            }
            clear(slot, self.elem_size);
            self.recv_at = self.next(self.recv_at);
            self.count -= 1;
            // A blocked sender takes the place that became free.
            let w = self.send_queue.pop();
            if !w.is_null() {
                // The slot gets the sender's past by way of this goroutine, which so is behind it as well.
                (*w).meet();
                self.pass(self.send_at);
                copy((*w).elem, self.slot(self.send_at), self.elem_size);
                self.send_at = self.next(self.send_at);
                self.count += 1;
            }
            unlock();
            if !w.is_null() {
                wake(w, true);
            }
            return Some(true);
        }
        let w = self.send_queue.pop();
        if !w.is_null() {
            (*w).meet();
            if !elem.is_null() {
                copy((*w).elem, elem, self.elem_size);
            }
            unlock();
            wake(w, true);
            return Some(true);
        }
        if self.closed {
            race::acquire(&raw const self.closed);
            unlock();
            if !elem.is_null() {
                clear(elem, self.elem_size);
            }
            return Some(false);
        }
        None
    }

    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// A slot of the buffer is filled or emptied: the k-th receive comes before the k+cap-th send, and behind the k-th.
    #[inline(always)]
    unsafe fn pass(&self, i: usize) {
        if self.elem_size == 0 {
            race::acquire(self);
            race::release_merge(self);
        } else {
            race::hand_over(self.slot(i));
        }
    }

    pub unsafe fn enqueue(&mut self, w: *mut Waiter, send: bool) {
        race::release(w);
        if send { self.send_queue.push(w) } else { self.recv_queue.push(w) }
    }

    pub unsafe fn dequeue(&mut self, w: *mut Waiter, send: bool) {
        if send { self.send_queue.remove(w) } else { self.recv_queue.remove(w) }
    }
}

/// Most elements are words; libc's functions cost more than the copy.
#[inline(always)]
unsafe fn copy(from: *const u8, to: *mut u8, n: usize) {
    if n == 8 {
        to.cast::<u64>().write_unaligned(from.cast::<u64>().read_unaligned());
    } else {
        copy_nonoverlapping(from, to, n);
    }
}

#[inline(always)]
unsafe fn clear(to: *mut u8, n: usize) {
    if n == 8 {
        to.cast::<u64>().write_unaligned(0);
    } else {
        write_bytes(to, 0, n);
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_chansend(c: *mut Chan, elem: *mut u8) {
    if c.is_null() {
        park_forever("chan send (nil chan)");
    }
    (*c).lock.lock();
    if (*c).try_send(elem, || (*c).lock.unlock()) {
        return;
    }
    let mut w = Waiter::new(getg(), elem, null_mut(), 0);
    prepare("chan send");
    (*c).enqueue(&raw mut w, true);
    park_unlock(&(*c).lock);
    w.resumed();
    if !(&raw const w.ok).read_volatile() {
        errors::plain("send on closed channel");
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_chanrecv(c: *mut Chan, elem: *mut u8) -> bool {
    if c.is_null() {
        park_forever("chan receive (nil chan)");
    }
    (*c).lock.lock();
    if let Some(ok) = (*c).try_recv(elem, || (*c).lock.unlock()) {
        return ok;
    }
    let mut w = Waiter::new(getg(), elem, null_mut(), 0);
    prepare("chan receive");
    (*c).enqueue(&raw mut w, false);
    park_unlock(&(*c).lock);
    w.resumed();
    (&raw const w.ok).read_volatile()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_closechan(c: *mut Chan) {
    if c.is_null() {
        errors::plain("close of nil channel");
    }
    (*c).lock.lock();
    if (*c).closed {
        (*c).lock.unlock();
        errors::plain("close of closed channel");
    }
    (*c).closed = true;
    race::release(&raw const (*c).closed);
    // Whoever waits goes on when the lock is free: they are many, perhaps.
    let mut list: *mut Waiter = null_mut();
    loop {
        let w = (*c).recv_queue.pop();
        if w.is_null() {
            break;
        }
        race::release(w);
        if !(*w).elem.is_null() {
            clear((*w).elem, (*c).elem_size);
        }
        (*w).next = list;
        list = w;
    }
    loop {
        let w = (*c).send_queue.pop();
        if w.is_null() {
            break;
        }
        (*w).next = list;
        list = w;
    }
    (*c).lock.unlock();
    // The queues' order: the first to wait is the first to run.
    let mut ordered: *mut Waiter = null_mut();
    while !list.is_null() {
        let w = list;
        list = (*w).next;
        (*w).next = ordered;
        ordered = w;
    }
    while !ordered.is_null() {
        let w = ordered;
        ordered = (*w).next;
        wake(w, false);
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_chanlen(c: *const Chan) -> i64 {
    if c.is_null() || (*c).timer { 0 } else { (&raw const (*c).count).read_volatile() as i64 }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_chancap(c: *const Chan) -> i64 {
    if c.is_null() || (*c).timer { 0 } else { (*c).cap as i64 }
}

/// The channel is a timer's, whose length and capacity are 0 for the program (since Go 1.23).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_timer_channel(c: *mut Chan) {
    (*c).timer = true;
}
