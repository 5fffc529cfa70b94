//! The operating system as the runtime itself needs it: memory mappings, futexes, standard error, clocks, exit.

use core::fmt;
use core::sync::atomic::{AtomicI32, AtomicU32, Ordering};

pub const PAGE: usize = 4096;

/// Reserves and maps `size` bytes, readable and writable, committed on use. `None` if the system refuses.
pub fn map(hint: usize, size: usize) -> Option<*mut u8> {
    // SAFETY: a fresh anonymous mapping; the hint does not replace existing ones.
    // Not libc's function: the race detector would take it for a write by the calling goroutine.
    let p = unsafe {
        libc::syscall(
            libc::SYS_mmap,
            hint,
            size,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
            -1,
            0usize,
        )
    };
    if p == -1 { None } else { Some(p as *mut u8) }
}

/// Gives the pages back; they read as zero afterwards. The range is page-aligned and owned by the caller.
pub unsafe fn release(p: *mut u8, size: usize) {
    libc::madvise(p.cast(), size, libc::MADV_DONTNEED);
}

/// Makes a range fault on every access.
pub unsafe fn protect(p: *mut u8, size: usize) -> bool {
    libc::mprotect(p.cast(), size, libc::PROT_NONE) == 0
}

pub fn futex_wait(a: &AtomicU32, value: u32) {
    wait(a, value, core::ptr::null());
}

/// The same for at most `ns` nanoseconds.
pub fn futex_wait_for(a: &AtomicU32, value: u32, ns: i64) {
    let t = libc::timespec { tv_sec: ns / 1_000_000_000, tv_nsec: ns % 1_000_000_000 };
    wait(a, value, &raw const t);
}

/// For as long as `time` says; null is for ever.
fn wait(a: &AtomicU32, value: u32, time: *const libc::timespec) {
    let op = libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG;
    // SAFETY: the kernel reads the word and the time, which outlive the call.
    unsafe {
        libc::syscall(libc::SYS_futex, a.as_ptr(), op, value, time);
    }
}

pub fn sleep(ns: i64) {
    let t = libc::timespec { tv_sec: ns / 1_000_000_000, tv_nsec: ns % 1_000_000_000 };
    // SAFETY: reads the timespec; a signal may end the sleep early, callers don't mind.
    unsafe { libc::nanosleep(&t, core::ptr::null_mut()) };
}

pub fn gettid() -> i32 {
    // SAFETY: no arguments.
    unsafe { libc::syscall(libc::SYS_gettid) as i32 }
}

/// Sends a signal to a thread of this process.
pub fn tgkill(tid: i32, signal: i32) {
    // SAFETY: numbers only.
    unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), tid, signal) };
}

/// Waits for events for up to `ns` nanoseconds (-1: for ever); returns their number, 0 also if interrupted.
pub unsafe fn epoll_wait(epoll: i32, events: &mut [libc::epoll_event], ns: i64) -> usize {
    const SYS_EPOLL_PWAIT2: i64 = 441;
    let (list, max) = (events.as_mut_ptr(), events.len() as i32);
    if ns <= 0 {
        return libc::epoll_wait(epoll, list, max, if ns < 0 { -1 } else { 0 }).max(0) as usize;
    }
    let t = libc::timespec { tv_sec: ns / 1_000_000_000, tv_nsec: ns % 1_000_000_000 };
    let none = core::ptr::null::<u8>();
    let n = libc::syscall(SYS_EPOLL_PWAIT2, epoll, list, max, &raw const t, none, 0usize);
    if n < 0 && errno() == libc::ENOSYS {
        let ms = ((ns + 999_999) / 1_000_000).min(i32::MAX as i64) as i32;
        return libc::epoll_wait(epoll, list, max, ms).max(0) as usize;
    }
    n.max(0) as usize
}

pub fn futex_wake(a: &AtomicU32, n: i32) {
    // SAFETY: the kernel only uses the address.
    unsafe {
        libc::syscall(libc::SYS_futex, a.as_ptr(), libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG, n);
    }
}

/// A descriptor that gets what is written to standard error, too; -1: none.
pub static COPY_FD: AtomicI32 = AtomicI32::new(-1);

/// Writes everything to standard error; errors are nobody's business any more.
pub fn write_err(b: &[u8]) {
    write_all(2, b);
    let copy = COPY_FD.load(Ordering::Relaxed);
    if copy >= 0 {
        write_all(copy, b);
    }
}

fn write_all(fd: i32, mut b: &[u8]) {
    while !b.is_empty() {
        // SAFETY: the buffer is valid for its length.
        let n = unsafe { libc::write(fd, b.as_ptr().cast(), b.len()) };
        if n < 0 && errno() == libc::EINTR {
            continue;
        }
        if n <= 0 {
            return;
        }
        b = &b[n as usize..];
    }
}

/// Standard error as a formatter's sink, unbuffered.
pub struct Stderr;

impl fmt::Write for Stderr {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        write_err(s.as_bytes());
        Ok(())
    }
}

pub fn errno() -> i32 {
    // SAFETY: libc's errno of this thread.
    unsafe { *libc::__errno_location() }
}

fn clock(id: libc::clockid_t) -> (i64, i64) {
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes the timespec.
    unsafe { libc::clock_gettime(id, &mut t) };
    (t.tv_sec, t.tv_nsec)
}

/// Monotonic time in nanoseconds.
pub fn nanotime() -> i64 {
    let (s, n) = clock(libc::CLOCK_MONOTONIC);
    s * 1_000_000_000 + n
}

/// Seconds and nanoseconds since 1970.
pub fn walltime() -> (i64, i64) {
    clock(libc::CLOCK_REALTIME)
}

pub fn exit(code: i32) -> ! {
    exit_now(crate::race::exit_code(code))
}

/// The same, whatever the race detector has found.
pub fn exit_now(code: i32) -> ! {
    loop {
        // SAFETY: exit_group does not return; no destructors or exit handlers are wanted.
        unsafe { libc::syscall(libc::SYS_exit_group, code) };
    }
}

unsafe extern "C" {
    /// libc's sigaction by the name that ThreadSanitizer doesn't intercept: it would hold signals back.
    fn __sigaction(signal: i32, new: *const libc::sigaction, old: *mut libc::sigaction) -> i32;
}

pub unsafe fn sigaction(
    signal: i32,
    new: *const libc::sigaction,
    old: *mut libc::sigaction,
) -> i32 {
    __sigaction(signal, new, old)
}

/// Sets what a signal does to `SIG_IGN` or `SIG_DFL`.
pub unsafe fn signal(signal: i32, action: libc::sighandler_t) {
    let mut a: libc::sigaction = core::mem::zeroed();
    a.sa_sigaction = action;
    a.sa_flags = libc::SA_RESTART;
    sigaction(signal, &a, core::ptr::null_mut());
}

/// Fills `b` with random bytes of the kernel.
pub fn random(b: &mut [u8]) {
    let mut done = 0;
    while done < b.len() {
        // SAFETY: the rest of the buffer is valid.
        let n = unsafe { libc::getrandom(b[done..].as_mut_ptr().cast(), b.len() - done, 0) };
        if n > 0 {
            done += n as usize;
        } else if errno() != libc::EINTR {
            return;
        }
    }
}

/// The value of an environment variable of the process as it was started.
pub fn getenv(name: &core::ffi::CStr) -> Option<&'static [u8]> {
    // SAFETY: nobody changes the C environment; Go's Setenv keeps a copy of its own.
    unsafe {
        let p = libc::getenv(name.as_ptr());
        if p.is_null() { None } else { Some(core::ffi::CStr::from_ptr(p).to_bytes()) }
    }
}
