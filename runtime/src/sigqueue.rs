//! Signals for package os/signal: handlers note them, a goroutine that waits at an eventfd takes them.

use crate::signal;
use core::ffi::c_void;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicI32, AtomicU64, Ordering};

/// A bit per signal: wanted by the program; arrived and not yet taken.
static WANTED: AtomicU64 = AtomicU64::new(0);
static ARRIVED: AtomicU64 = AtomicU64::new(0);
/// Readable when signals have arrived.
static FD: AtomicI32 = AtomicI32::new(-1);

pub fn wanted(sig: i32) -> bool {
    WANTED.load(Ordering::Relaxed) & (1 << sig) != 0
}

/// Notes a signal; called by handlers.
pub unsafe fn note(sig: i32) {
    ARRIVED.fetch_or(1 << sig, Ordering::SeqCst);
    let one = 1u64;
    libc::write(FD.load(Ordering::Relaxed), (&raw const one).cast(), 8);
}

unsafe extern "C" fn on_wanted(sig: i32, _: *mut libc::siginfo_t, _: *mut c_void) {
    let errno = *libc::__errno_location();
    note(sig);
    *libc::__errno_location() = errno;
}

/// Whether the runtime has a handler of its own, which also notes the signal when it is wanted.
fn own(sig: i32) -> bool {
    use libc::{SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGURG};
    matches!(sig, SIGSEGV | SIGBUS | SIGFPE | SIGILL | SIGTRAP | SIGURG)
}

/// The eventfd that is readable when signals have arrived; made on the first call, of which there is one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_signal_fd() -> i32 {
    let fd = libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK);
    FD.store(fd, Ordering::SeqCst);
    fd
}

/// Takes the signals that have arrived, as bits.
#[unsafe(no_mangle)]
pub extern "C" fn gosubc_signal_take() -> u64 {
    ARRIVED.swap(0, Ordering::SeqCst)
}

/// What becomes of a signal: 0 what became of it at the start, 1 it is noted, 2 it is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_signal_set(sig: i32, mode: i32) {
    if !(1..64).contains(&sig) || sig == libc::SIGKILL || sig == libc::SIGSTOP {
        return;
    }
    if mode == 1 {
        WANTED.fetch_or(1 << sig, Ordering::SeqCst);
    } else {
        WANTED.fetch_and(!(1 << sig), Ordering::SeqCst);
    }
    // The C library keeps two signals behind the standard ones to itself; sigaction refuses them.
    if own(sig) || sig == 32 || sig == 33 {
        return;
    }
    let mut a: libc::sigaction = core::mem::zeroed();
    match mode {
        1 => {
            a.sa_flags = libc::SA_ONSTACK | libc::SA_SIGINFO | libc::SA_RESTART;
            a.sa_sigaction = on_wanted as *const () as usize;
        }
        2 => a.sa_sigaction = libc::SIG_IGN,
        _ if sig == libc::SIGQUIT => return signal::install_quit(),
        _ if sig == libc::SIGPIPE => a.sa_sigaction = libc::SIG_IGN,
        _ => a.sa_sigaction = libc::SIG_DFL,
    }
    crate::sys::sigaction(sig, &a, null_mut());
}

/// Whether a signal is ignored now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_signal_ignored(sig: i32) -> bool {
    let mut a: libc::sigaction = core::mem::zeroed();
    crate::sys::sigaction(sig, core::ptr::null(), &mut a) == 0
        && a.sa_sigaction == libc::SIG_IGN
        && sig != libc::SIGPIPE
}
