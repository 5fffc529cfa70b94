//! Channels: a ring buffer and two queues of waiting goroutines.
//!
//! A waiter lies in the stack frame of the goroutine that waits, and so does the value it sends or the place it receives
//! to; the other side copies directly. The one scheduler thread guards everything.

use super::{park, park_forever, ready};
use crate::abi::Type;
use crate::g::{G, getg};
use crate::heap::cache;
use crate::panic::errors;
use core::ptr::{copy_nonoverlapping, null_mut, write_bytes};

#[repr(C)]
pub struct Chan {
    /// Elements in the buffer. (`len` reads it.)
    pub count: usize,
    pub cap: usize,
    buf: *mut u8,
    elem_size: usize,
    send_at: usize,
    recv_at: usize,
    pub closed: bool,
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
    /// Of a select: set to the index of the case that fired, by whoever fires it first.
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

    /// The first waiter whose select (if it is one) has not fired yet.
    unsafe fn peek(&mut self) -> *mut Waiter {
        loop {
            let w = self.first;
            if w.is_null() || (*w).fired.is_null() || *(*w).fired < 0 {
                return w;
            }
            self.remove(w);
        }
    }

    unsafe fn pop(&mut self) -> *mut Waiter {
        let w = self.peek();
        if !w.is_null() {
            self.remove(w);
            if !(*w).fired.is_null() {
                *(*w).fired = (*w).index;
            }
        }
        w
    }
}

unsafe fn wake(w: *mut Waiter, ok: bool) {
    (*w).ok = ok;
    ready((*w).g);
}

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
        c = cache::with_mask(header, BUF_MASK).cast();
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

    /// Whether a send would not block.
    pub unsafe fn can_send(&mut self) -> bool {
        self.closed || self.count < self.cap || !self.recv_queue.peek().is_null()
    }

    pub unsafe fn can_recv(&mut self) -> bool {
        self.closed || self.count > 0 || !self.send_queue.peek().is_null()
    }

    /// Sends without blocking; false if that cannot be.
    #[inline]
    pub unsafe fn try_send(&mut self, elem: *const u8) -> bool {
        if self.closed {
            errors::plain("send on closed channel");
        }
        let w = self.recv_queue.pop();
        if !w.is_null() {
            if !(*w).elem.is_null() {
                copy_nonoverlapping(elem, (*w).elem, self.elem_size);
            }
            wake(w, true);
            return true;
        }
        if self.count == self.cap {
            return false;
        }
        copy_nonoverlapping(elem, self.slot(self.send_at), self.elem_size);
        self.send_at = self.next(self.send_at);
        self.count += 1;
        true
    }

    /// Receives without blocking: whether it did, and whether it was a sent value.
    #[inline]
    pub unsafe fn try_recv(&mut self, elem: *mut u8) -> Option<bool> {
        if self.count > 0 {
            let slot = self.slot(self.recv_at);
            if !elem.is_null() {
                copy_nonoverlapping(slot, elem, self.elem_size);
            }
            write_bytes(slot, 0, self.elem_size);
            self.recv_at = self.next(self.recv_at);
            self.count -= 1;
            // A blocked sender takes the place that became free.
            let w = self.send_queue.pop();
            if !w.is_null() {
                copy_nonoverlapping((*w).elem, self.slot(self.send_at), self.elem_size);
                self.send_at = self.next(self.send_at);
                self.count += 1;
                wake(w, true);
            }
            return Some(true);
        }
        let w = self.send_queue.pop();
        if !w.is_null() {
            if !elem.is_null() {
                copy_nonoverlapping((*w).elem, elem, self.elem_size);
            }
            wake(w, true);
            return Some(true);
        }
        if self.closed {
            if !elem.is_null() {
                write_bytes(elem, 0, self.elem_size);
            }
            return Some(false);
        }
        None
    }

    pub unsafe fn enqueue(&mut self, w: *mut Waiter, send: bool) {
        if send { self.send_queue.push(w) } else { self.recv_queue.push(w) }
    }

    pub unsafe fn dequeue(&mut self, w: *mut Waiter, send: bool) {
        if send { self.send_queue.remove(w) } else { self.recv_queue.remove(w) }
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_chansend(c: *mut Chan, elem: *mut u8) {
    if c.is_null() {
        park_forever("chan send (nil chan)");
    }
    if (*c).try_send(elem) {
        return;
    }
    let mut w = Waiter::new(getg(), elem, null_mut(), 0);
    (*c).enqueue(&raw mut w, true);
    park("chan send");
    if !(&raw const w.ok).read_volatile() {
        errors::plain("send on closed channel");
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_chanrecv(c: *mut Chan, elem: *mut u8) -> bool {
    if c.is_null() {
        park_forever("chan receive (nil chan)");
    }
    if let Some(ok) = (*c).try_recv(elem) {
        return ok;
    }
    let mut w = Waiter::new(getg(), elem, null_mut(), 0);
    (*c).enqueue(&raw mut w, false);
    park("chan receive");
    (&raw const w.ok).read_volatile()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_closechan(c: *mut Chan) {
    if c.is_null() {
        errors::plain("close of nil channel");
    }
    if (*c).closed {
        errors::plain("close of closed channel");
    }
    (*c).closed = true;
    loop {
        let w = (*c).recv_queue.pop();
        if w.is_null() {
            break;
        }
        if !(*w).elem.is_null() {
            write_bytes((*w).elem, 0, (*c).elem_size);
        }
        wake(w, false);
    }
    loop {
        let w = (*c).send_queue.pop();
        if w.is_null() {
            break;
        }
        wake(w, false);
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_chanlen(c: *const Chan) -> i64 {
    if c.is_null() { 0 } else { (*c).count as i64 }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_chancap(c: *const Chan) -> i64 {
    if c.is_null() { 0 } else { (*c).cap as i64 }
}
