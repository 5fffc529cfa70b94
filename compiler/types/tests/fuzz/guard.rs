//! What an input may cost: memory by a counting allocator, time by the thread's own clock, and
//! endless loops by a second thread that looks on.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

/// Refused beyond this.
pub const MAX_MEMORY: usize = 1 << 30;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

pub struct Counting;

// SAFETY: everything is handed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Relaxed) + layout.size();
        if live > PEAK.load(Relaxed) {
            PEAK.store(live, Relaxed);
        }
        if live > MAX_MEMORY {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(ptr, layout) }
    }
}

/// The most bytes that were in use at once.
pub fn peak_memory() -> usize {
    PEAK.load(Relaxed)
}

/// Time that this thread has had on a processor; other programs' load doesn't count.
pub fn thread_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = stat.split(' ').next().and_then(|s| s.parse().ok()).unwrap_or(0);
    Duration::from_nanos(nanos)
}

static CURRENT: AtomicU64 = AtomicU64::new(0);

pub fn begin(seed: u64) {
    CURRENT.store(seed, Relaxed);
}

/// Ends the process when one input takes minutes. The seed that is printed makes the input again.
pub fn watch() {
    std::thread::spawn(|| {
        let mut last = u64::MAX;
        loop {
            std::thread::sleep(Duration::from_secs(120));
            let now = CURRENT.load(Relaxed);
            if now == last {
                eprintln!("FUZZ_SEED={now} does not end");
                std::process::abort();
            }
            last = now;
        }
    });
}
