//! Waiting for file descriptors with epoll.
//!
//! In: a goroutine that wants to read or write. Out: it is made runnable when the descriptor is ready.

use super::{park, ready};
use crate::g::{G, getg};
use crate::lock::Global;
use crate::sys;
use alloc::collections::BTreeMap;
use core::ptr::null_mut;

#[derive(Clone, Copy)]
struct Waiters {
    read: *mut G,
    write: *mut G,
    registered: bool,
}

struct Poller {
    epoll: i32,
    by_fd: BTreeMap<i32, Waiters>,
    waiting: usize,
}

static POLLER: Global<Poller> =
    Global::new(Poller { epoll: -1, by_fd: BTreeMap::new(), waiting: 0 });

/// Whether a goroutine waits for a descriptor.
pub unsafe fn waiting() -> bool {
    (*POLLER.get()).waiting > 0
}

/// Looks at the descriptors, for up to `ns` nanoseconds (-1: until one is ready).
pub unsafe fn poll(ns: i64) {
    let p = &mut *POLLER.get();
    if p.waiting == 0 {
        return;
    }
    let mut events = [libc::epoll_event { events: 0, u64: 0 }; 64];
    let ms = if ns < 0 { -1 } else { ((ns + 999_999) / 1_000_000).min(i32::MAX as i64) as i32 };
    let n = libc::epoll_wait(p.epoll, events.as_mut_ptr(), events.len() as i32, ms);
    for e in events.iter().take(n.max(0) as usize) {
        let (bits, fd) = (e.events, e.u64 as i32);
        let Some(w) = p.by_fd.get_mut(&fd) else { continue };
        let ends = (libc::EPOLLERR | libc::EPOLLHUP) as u32;
        if bits & (libc::EPOLLIN as u32 | libc::EPOLLRDHUP as u32 | ends) != 0 {
            wake(&mut w.read, &mut p.waiting);
        }
        if bits & (libc::EPOLLOUT as u32 | ends) != 0 {
            wake(&mut w.write, &mut p.waiting);
        }
        update(p.epoll, fd, w);
    }
}

unsafe fn wake(place: &mut *mut G, waiting: &mut usize) {
    let g = core::mem::replace(place, null_mut());
    if !g.is_null() {
        *waiting -= 1;
        (*g).param = 1;
        ready(g);
    }
}

/// Tells the kernel what is waited for.
unsafe fn update(epoll: i32, fd: i32, w: &mut Waiters) -> bool {
    let mut bits = 0;
    if !w.read.is_null() {
        bits |= libc::EPOLLIN | libc::EPOLLRDHUP;
    }
    if !w.write.is_null() {
        bits |= libc::EPOLLOUT;
    }
    let mut e = libc::epoll_event { events: bits as u32, u64: fd as u64 };
    let op = if w.registered { libc::EPOLL_CTL_MOD } else { libc::EPOLL_CTL_ADD };
    if libc::epoll_ctl(epoll, op, fd, &mut e) == 0 {
        w.registered = true;
        return true;
    }
    // The descriptor was closed and opened anew behind our back.
    if sys::errno() == libc::ENOENT && libc::epoll_ctl(epoll, libc::EPOLL_CTL_ADD, fd, &mut e) == 0
    {
        w.registered = true;
        return true;
    }
    false
}

/// Waits until `fd` can be read (or written). False: cannot be waited for, or was unblocked by `gosubc_poll_unblock`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_poll_wait(fd: i32, write: bool) -> bool {
    let p = &mut *POLLER.get();
    if p.epoll < 0 {
        p.epoll = libc::epoll_create1(libc::EPOLL_CLOEXEC);
    }
    let none = Waiters { read: null_mut(), write: null_mut(), registered: false };
    let w = p.by_fd.entry(fd).or_insert(none);
    *(if write { &mut w.write } else { &mut w.read }) = getg();
    if !update(p.epoll, fd, w) {
        *(if write { &mut w.write } else { &mut w.read }) = null_mut();
        return false;
    }
    p.waiting += 1;
    park("IO wait") == 1
}

/// Wakes whoever waits for the descriptor; their waits return false. For deadlines (`read` and `write` say whose) and closing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_poll_unblock(fd: i32, read: bool, write: bool) {
    let p = &mut *POLLER.get();
    let Some(w) = p.by_fd.get_mut(&fd) else { return };
    for (place, wanted) in [(&mut w.read, read), (&mut w.write, write)] {
        if wanted && !place.is_null() {
            p.waiting -= 1;
            (**place).param = 0;
            ready(*place);
            *place = null_mut();
        }
    }
}

/// Forgets a descriptor that is about to be closed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_poll_close(fd: i32) {
    gosubc_poll_unblock(fd, true, true);
    let p = &mut *POLLER.get();
    if p.by_fd.remove(&fd).is_some_and(|w| w.registered) {
        libc::epoll_ctl(p.epoll, libc::EPOLL_CTL_DEL, fd, null_mut());
    }
}
