//! Waiting for file descriptors with epoll, and for the next timer.
//!
//! In: a goroutine that wants to read or write. Out: it is made runnable when the descriptor is ready. One idle thread
//! at a time blocks in the kernel; an eventfd gets it out.

use super::{park_unlock, polldesc, prepare, ready, timer};
use crate::g::{G, getg};
use crate::lock::{Global, Lock};
use crate::sys;
use alloc::collections::BTreeMap;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicI64, AtomicUsize, Ordering};

#[derive(Clone, Copy)]
struct Waiters {
    read: *mut G,
    write: *mut G,
    registered: bool,
}

const NOBODY: Waiters = Waiters { read: null_mut(), write: null_mut(), registered: false };

/// Guards `BY_FD`.
static LOCK: Lock = Lock::new();
static BY_FD: Global<BTreeMap<i32, Waiters>> = Global::new(BTreeMap::new());
static EPOLL: AtomicI32 = AtomicI32::new(-1);
static WAKE_FD: AtomicI32 = AtomicI32::new(-1);
/// Goroutines that wait for descriptors.
pub static WAITING: AtomicUsize = AtomicUsize::new(0);
/// A thread blocks in the kernel, or is about to.
static POLLING: AtomicBool = AtomicBool::new(false);
/// Until when it does.
static UNTIL: AtomicI64 = AtomicI64::new(0);
/// When descriptors were last looked at.
static LAST: AtomicI64 = AtomicI64::new(0);

/// Whether a goroutine waits for a descriptor.
pub fn waiting() -> bool {
    WAITING.load(Ordering::SeqCst) > 0
}

pub fn polling() -> bool {
    POLLING.load(Ordering::SeqCst)
}

pub fn last_poll() -> i64 {
    LAST.load(Ordering::Relaxed)
}

/// The epoll descriptor, made on first use.
pub unsafe fn epoll() -> i32 {
    let fd = EPOLL.load(Ordering::Acquire);
    if fd >= 0 {
        return fd;
    }
    let fd = libc::epoll_create1(libc::EPOLL_CLOEXEC);
    let wake = libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK);
    let mut e = libc::epoll_event { events: (libc::EPOLLIN | libc::EPOLLET) as u32, u64: u64::MAX };
    libc::epoll_ctl(fd, libc::EPOLL_CTL_ADD, wake, &mut e);
    if EPOLL.compare_exchange(-1, fd, Ordering::AcqRel, Ordering::Acquire).is_err() {
        libc::close(fd);
        libc::close(wake);
    } else {
        WAKE_FD.store(wake, Ordering::Release);
    }
    EPOLL.load(Ordering::Acquire)
}

/// Collects what is ready within `ns` nanoseconds (-1: for ever) into a list through `next`.
unsafe fn collect(ns: i64) -> *mut G {
    let fd = epoll();
    let mut events = [libc::epoll_event { events: 0, u64: 0 }; 64];
    let n = sys::epoll_wait(fd, &mut events, ns);
    LAST.store(sys::nanotime(), Ordering::Relaxed);
    let mut list = null_mut();
    LOCK.lock();
    for e in events.iter().take(n) {
        if e.u64 == u64::MAX {
            continue;
        }
        let (bits, fd) = (e.events, e.u64 as i32);
        if let Some(pd) = polldesc::of_event(e.u64) {
            polldesc::event(pd, bits, &mut list);
            continue;
        }
        let Some(w) = (*BY_FD.get()).get_mut(&fd) else { continue };
        let ends = (libc::EPOLLERR | libc::EPOLLHUP) as u32;
        if bits & (libc::EPOLLIN as u32 | libc::EPOLLRDHUP as u32 | ends) != 0 {
            take(&mut w.read, 1, &mut list);
        }
        if bits & (libc::EPOLLOUT as u32 | ends) != 0 {
            take(&mut w.write, 1, &mut list);
        }
        // One event disarms the descriptor.
        if !w.read.is_null() || !w.write.is_null() {
            arm(fd, w);
        }
    }
    LOCK.unlock();
    list
}

/// Moves a waiting goroutine to the list; its wait returns `result`. Under `LOCK`.
unsafe fn take(place: &mut *mut G, result: usize, list: &mut *mut G) {
    let g = core::mem::replace(place, null_mut());
    if !g.is_null() {
        WAITING.fetch_sub(1, Ordering::SeqCst);
        (*g).param = result;
        (*g).next = *list;
        *list = g;
    }
}

/// Makes everything on the list runnable.
unsafe fn ready_all(mut list: *mut G) {
    while !list.is_null() {
        let g = list;
        list = (*g).next;
        ready(g);
    }
}

/// Looks at the descriptors without waiting; whether a goroutine became runnable.
pub unsafe fn poll() -> bool {
    if !waiting() {
        return false;
    }
    let list = collect(0);
    ready_all(list);
    !list.is_null()
}

/// The same for the monitor thread, which has no processor: the list is the caller's.
pub unsafe fn poll_list() -> *mut G {
    if waiting() { collect(0) } else { null_mut() }
}

/// Becomes the thread that blocks; false if there is one.
pub fn begin() -> bool {
    !POLLING.swap(true, Ordering::SeqCst)
}

/// Blocks until a descriptor is ready, a timer is due or somebody calls `interrupt_before`. Called after `begin`.
pub unsafe fn wait() -> *mut G {
    epoll();
    UNTIL.store(i64::MIN, Ordering::SeqCst);
    let next = timer::next();
    UNTIL.store(next, Ordering::SeqCst);
    // A timer that was started meanwhile has seen either the old or the new value.
    let next = next.min(timer::next());
    let ns = if next == i64::MAX { -1 } else { (next - sys::nanotime()).max(0) };
    let list = collect(ns);
    POLLING.store(false, Ordering::SeqCst);
    list
}

/// A timer will be due at `when`: the thread that blocks must not sleep longer. False if no thread blocks.
pub unsafe fn interrupt_before(when: i64) -> bool {
    if !polling() {
        return false;
    }
    let until = UNTIL.load(Ordering::SeqCst);
    if when < until || until == i64::MIN {
        let one = 1u64;
        libc::write(WAKE_FD.load(Ordering::Acquire), (&raw const one).cast(), 8);
    }
    true
}

/// Tells the kernel what is waited for. Under `LOCK`.
unsafe fn arm(fd: i32, w: &mut Waiters) -> bool {
    let mut bits = libc::EPOLLONESHOT;
    if !w.read.is_null() {
        bits |= libc::EPOLLIN | libc::EPOLLRDHUP;
    }
    if !w.write.is_null() {
        bits |= libc::EPOLLOUT;
    }
    let mut e = libc::epoll_event { events: bits as u32, u64: fd as u64 };
    let op = if w.registered { libc::EPOLL_CTL_MOD } else { libc::EPOLL_CTL_ADD };
    let epoll = epoll();
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
    LOCK.lock();
    let w = (*BY_FD.get()).entry(fd).or_insert(NOBODY);
    prepare("IO wait");
    *(if write { &mut w.write } else { &mut w.read }) = getg();
    if !arm(fd, w) {
        *(if write { &mut w.write } else { &mut w.read }) = null_mut();
        LOCK.unlock();
        super::cancel_park();
        return false;
    }
    WAITING.fetch_add(1, Ordering::SeqCst);
    park_unlock(&LOCK) == 1
}

/// Wakes whoever waits for the descriptor; their waits return false. For deadlines (`read` and `write` say whose) and closing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_poll_unblock(fd: i32, read: bool, write: bool) {
    let mut list = null_mut();
    LOCK.lock();
    if let Some(w) = (*BY_FD.get()).get_mut(&fd) {
        if read {
            take(&mut w.read, 0, &mut list);
        }
        if write {
            take(&mut w.write, 0, &mut list);
        }
    }
    LOCK.unlock();
    ready_all(list);
}

/// Forgets a descriptor that is about to be closed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_poll_close(fd: i32) {
    gosubc_poll_unblock(fd, true, true);
    LOCK.lock();
    if (*BY_FD.get()).remove(&fd).is_some_and(|w| w.registered) {
        libc::epoll_ctl(epoll(), libc::EPOLL_CTL_DEL, fd, null_mut());
    }
    LOCK.unlock();
}
