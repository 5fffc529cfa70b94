//! Keeps large heaps in huge pages, so that making a copy of the process (see `snapshot`) takes little time.
//!
//! A huge page that the program writes to while such a copy exists falls apart into 512 small ones, and the time that the next
//! copy takes grows with the number of pages. When the copy has ended, a thread without processor lets the kernel
//! put them together again.

use super::arena::arena;
use super::stats::stats;
use super::{LOCK, snapshot};
use crate::g::{M, setm};
use crate::sched::thread;
use crate::sys;
use core::ffi::c_void;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Bytes of a huge page.
pub const HUGE: usize = 2 << 20;
/// Smaller heaps are copied quickly enough.
const ENOUGH: usize = 48 << 20;
/// Each call makes the kernel's threads on all processors put their lists in order first.
const TOGETHER: usize = 16 * HUGE;
/// Between two rounds.
const PAUSE: i64 = 5_000_000;

static STARTED: AtomicBool = AtomicBool::new(false);
/// Counts the times that there was something to do.
static ROUNDS: AtomicU32 = AtomicU32::new(0);
/// What `ROUNDS` was when the thread began what it has done.
static DONE: AtomicU32 = AtomicU32::new(0);
/// Somebody is about to copy the process, which the kernel does not do while it works here.
static WANTED: AtomicBool = AtomicBool::new(false);
static BUSY: AtomicBool = AtomicBool::new(false);

/// A copy has been made.
pub unsafe fn mend() {
    WANTED.store(false, Ordering::SeqCst);
    if (*stats()).live < ENOUGH {
        return;
    }
    ROUNDS.fetch_add(1, Ordering::SeqCst);
    sys::futex_wake(&ROUNDS, 1);
    if !STARTED.swap(true, Ordering::Relaxed) {
        // Without it pauses are only longer.
        thread::spawn(run, null_mut());
    }
}

/// Whether the last copy's pages have been put together.
pub fn is_done() -> bool {
    DONE.load(Ordering::SeqCst) == ROUNDS.load(Ordering::SeqCst)
}

/// Lets the thread stop until the next call of `mend`; whether it has.
pub fn stop() -> bool {
    WANTED.store(true, Ordering::SeqCst);
    !BUSY.load(Ordering::SeqCst)
}

extern "C" fn run(_: *mut c_void) -> *mut c_void {
    // SAFETY: the thread reads the arena under its lock, and lets the kernel do the rest.
    unsafe {
        setm(null_mut::<M>());
        loop {
            let done = DONE.load(Ordering::SeqCst);
            while is_done() {
                sys::futex_wait(&ROUNDS, done);
            }
            let begun = ROUNDS.load(Ordering::SeqCst);
            // A page that was put together while the copy is still there is the program's alone: nothing in it
            // has to be copied when it is written to.
            while snapshot::has_copy() && round() {
                sys::sleep(PAUSE);
            }
            round();
            DONE.store(begun, Ordering::SeqCst);
        }
    }
}

/// Goes through the heap once. False: somebody wants it to stop.
unsafe fn round() -> bool {
    let mut at = (*arena()).lo.next_multiple_of(HUGE);
    loop {
        let (mut lo, mut hi) = (at, at);
        LOCK.with(|| {
            // Pages that are not in use at all must not get memory.
            let a = &*arena();
            while lo + HUGE <= a.hi && a.any_untouched(lo, lo + HUGE) {
                lo += HUGE;
            }
            hi = lo;
            while hi + HUGE <= a.hi && hi < lo + TOGETHER && !a.any_untouched(hi, hi + HUGE) {
                hi += HUGE;
            }
        });
        if lo == hi {
            return true;
        }
        BUSY.store(true, Ordering::SeqCst);
        let go = !WANTED.load(Ordering::SeqCst);
        if go {
            libc::madvise(lo as *mut _, hi - lo, MADV_COLLAPSE);
        }
        BUSY.store(false, Ordering::SeqCst);
        if !go {
            return false;
        }
        at = hi;
    }
}

/// Since Linux 6.1; older ones return at once, like this one for huge pages.
const MADV_COLLAPSE: i32 = 25;
