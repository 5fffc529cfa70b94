//! What an input may cost: memory by a counting allocator, time by the thread's own clock, and
//! endless loops by a second thread that looks on.

use mimalloc::MiMalloc;
use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

/// Refused beyond this.
pub const MAX_MEMORY: usize = 1 << 30;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

pub struct Counting;

/// Loads and stores are cheaper than additions with a lock. One thread alone does the work, so that
/// nothing to speak of is lost.
fn count(size: usize) {
    let live = LIVE.load(Relaxed).wrapping_add(size);
    LIVE.store(live, Relaxed);
    if live > PEAK.load(Relaxed) && live < usize::MAX / 2 {
        PEAK.store(live, Relaxed);
    }
}

// SAFETY: everything is handed on to another allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        let live = LIVE.load(Relaxed);
        if live > MAX_MEMORY && live < usize::MAX / 2 {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { MiMalloc.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        count(layout.size().wrapping_neg());
        // SAFETY: as above.
        unsafe { MiMalloc.dealloc(ptr, layout) }
    }
}

/// The most bytes that were in use at once.
pub fn peak_memory() -> usize {
    PEAK.load(Relaxed)
}

/// Time that this thread has had on a processor; other programs' load doesn't count.
pub fn thread_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists on all systems that gosubc runs on, and `time` is ours.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

static CURRENT: AtomicU64 = AtomicU64::new(0);

pub fn begin(seed: u64) {
    CURRENT.store(seed, Relaxed);
}

/// Ends the process when one input takes a minute; `report` gets its seed before.
pub fn watch(report: impl Fn(u64) + Send + 'static) {
    std::thread::spawn(move || {
        let mut last = u64::MAX;
        loop {
            std::thread::sleep(Duration::from_secs(60));
            let now = CURRENT.load(Relaxed);
            if now == last {
                report(now);
                std::process::abort();
            }
            last = now;
        }
    });
}
