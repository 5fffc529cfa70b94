//! Descriptors that the kernel reports once per change (edge-triggered epoll): sockets.
//!
//! In: a non-blocking descriptor, and goroutines of which at most one waits to read and one to write. Out: they are
//! made runnable when the descriptor is ready or when their wait has been ended. In contrast to `gosubc_poll_wait`,
//! which anything can be asked for at any time, waiting costs no system call, and an end of waiting is remembered: a
//! deadline that is over before the goroutine has parked isn't lost.

use super::netpoll::{WAITING, epoll};
use super::{prepare, ready};
use crate::g::{G, getg};
use crate::lock::{Global, Lock};
use crate::sys;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ptr::null_mut;
use core::sync::atomic::Ordering;

/// One direction.
struct Half {
    waiter: *mut G,
    /// The kernel has reported a change that nobody has waited for.
    ready: bool,
    /// Waits end at once.
    ended: bool,
}

const IDLE: Half = Half { waiter: null_mut(), ready: false, ended: false };

pub struct PollDesc {
    lock: Lock,
    fd: i32,
    /// Reading, writing.
    half: [Half; 2],
}

/// Unused ones. They are never freed: an event that was on its way when one was closed wakes its next user for nothing,
/// who tries again.
static FREE: Global<Vec<*mut PollDesc>> = Global::new(Vec::new());
/// Guards `FREE`.
static LOCK: Lock = Lock::new();

/// Marks addresses among the numbers that events carry; the others are descriptors.
const TAG: u64 = 1 << 63;

pub fn of_event(data: u64) -> Option<*mut PollDesc> {
    (data & TAG != 0).then_some((data & !TAG) as *mut PollDesc)
}

/// What the poller does with an event: waiters go on the list.
pub unsafe fn event(pd: *mut PollDesc, bits: u32, list: &mut *mut G) {
    let ends = (libc::EPOLLERR | libc::EPOLLHUP) as u32;
    let wants =
        [libc::EPOLLIN as u32 | libc::EPOLLRDHUP as u32 | ends, libc::EPOLLOUT as u32 | ends];
    (*pd).lock.lock();
    for (h, mask) in (*pd).half.iter_mut().zip(wants) {
        if bits & mask == 0 {
            continue;
        }
        if !wake(h, 0, list) {
            h.ready = true;
        }
    }
    (*pd).lock.unlock();
}

/// Puts the waiter on the list; whether there was one. Under the descriptor's lock.
unsafe fn wake(h: &mut Half, result: usize, list: &mut *mut G) -> bool {
    let g = core::mem::replace(&mut h.waiter, null_mut());
    if g.is_null() {
        return false;
    }
    WAITING.fetch_sub(1, Ordering::SeqCst);
    (*g).param = result;
    (*g).next = *list;
    *list = g;
    true
}

/// Registers a non-blocking descriptor; null with the error number in `errno` if it can't be waited for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_polldesc_open(fd: i32, errno: *mut i32) -> *mut PollDesc {
    LOCK.lock();
    let free = (*FREE.get()).pop();
    LOCK.unlock();
    let new = || Box::into_raw(Box::new(PollDesc { lock: Lock::new(), fd, half: [IDLE, IDLE] }));
    let pd = free.unwrap_or_else(new);
    (*pd).lock.lock();
    (*pd).fd = fd;
    (*pd).half = [IDLE, IDLE];
    (*pd).lock.unlock();
    let bits = libc::EPOLLIN | libc::EPOLLOUT | libc::EPOLLRDHUP | libc::EPOLLET;
    let mut e = libc::epoll_event { events: bits as u32, u64: pd as u64 | TAG };
    if libc::epoll_ctl(epoll(), libc::EPOLL_CTL_ADD, fd, &mut e) != 0 {
        *errno = sys::errno();
        LOCK.with(|| (*FREE.get()).push(pd));
        return null_mut();
    }
    pd
}

/// Parks until the descriptor may be ready since the last call; true if waiting has been ended.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_polldesc_wait(pd: *mut PollDesc, write: bool) -> bool {
    (*pd).lock.lock();
    let h = &mut (*pd).half[write as usize];
    if h.ended || h.ready {
        h.ready = false;
        let ended = h.ended;
        (*pd).lock.unlock();
        return ended;
    }
    prepare("IO wait");
    h.waiter = getg();
    WAITING.fetch_add(1, Ordering::SeqCst);
    super::park_unlock(&(*pd).lock) == 1
}

/// Ends waits for reading, for writing or for both from now on, or lets them wait again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_polldesc_end(
    pd: *mut PollDesc,
    read: bool,
    write: bool,
    end: bool,
) {
    let mut list = null_mut();
    (*pd).lock.lock();
    for (h, on) in (*pd).half.iter_mut().zip([read, write]) {
        if !on {
            continue;
        }
        h.ended = end;
        if end {
            wake(h, 1, &mut list);
        }
    }
    (*pd).lock.unlock();
    while !list.is_null() {
        let g: *mut G = list;
        list = (*g).next;
        ready(g);
    }
}

/// Forgets a descriptor that nobody waits for, before it is closed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_polldesc_close(pd: *mut PollDesc) {
    libc::epoll_ctl(epoll(), libc::EPOLL_CTL_DEL, (*pd).fd, null_mut());
    LOCK.with(|| (*FREE.get()).push(pd));
}
