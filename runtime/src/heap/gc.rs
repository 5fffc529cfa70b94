//! When to collect: GOGC, GOMEMLIMIT, GODEBUG, and the check that allocation makes.

use super::cycle;
use super::snapshot;
use super::stats::stats;
use crate::lock::Global;
use crate::sched::{proc, world};
use crate::sys;
use core::sync::atomic::Ordering;

const MIN_HEAP: usize = 4 << 20;
/// By default. Those of a sixteenth of this are marked in little more time than it takes to copy a process.
const LARGE: usize = 48 << 20;
/// Where collections are that far apart, it does not matter what each of them takes.
const RARE: i64 = 200_000_000;

pub struct Pacer {
    /// Percentage of growth between collections; negative: off.
    pub percent: i64,
    pub limit: i64,
    /// Collect when `stats.live` gets here.
    pub trigger: usize,
    /// Where collection is due by the rule of GOGC.
    pub goal: usize,
    /// Collect at every n-th refill.
    stress: u32,
    stress_count: u32,
    pub trace: bool,
    pub start: i64,
    /// Stacks and globals at the last collection.
    pub roots: usize,
    /// Heaps with so much that may hold pointers are marked by a copy of the process, so that nobody waits.
    large: usize,
    /// How much of what was marked last may hold pointers, in 1/1024.
    share: usize,
    /// Nearly everything survived the last collection.
    grows: bool,
    /// When it ended.
    end: i64,
    /// Allocated while the last such copy marked.
    pub meanwhile: usize,
}

static PACER: Global<Pacer> = Global::new(Pacer {
    percent: 100,
    limit: i64::MAX,
    trigger: MIN_HEAP,
    goal: MIN_HEAP,
    stress: 0,
    stress_count: 0,
    trace: false,
    start: 0,
    roots: 0,
    large: LARGE,
    share: 1024,
    grows: false,
    end: 0,
    meanwhile: 0,
});

impl Pacer {
    /// A cycle has ended that marked `marked` of `of` bytes, and scanned `scanned` of them.
    pub fn ended(&mut self, of: usize, marked: usize, scanned: usize) {
        self.share = scanned / (marked / 1024 + 1);
        self.grows = marked > of - of / 8;
        self.end = sys::nanotime();
    }

    /// Whether a collection of a heap of `live` bytes is done by a copy of the process, which makes it cost more on the whole.
    /// With many goroutines a copy takes longer: each stack has pages and page tables of its own.
    fn is_large(&self, live: usize) -> bool {
        let goroutines = proc::LIVE.load(Ordering::Relaxed) as usize;
        let large = self.large.saturating_add((self.large / 512).saturating_mul(goroutines));
        let scanned = live / 1024 * self.share;
        scanned >= large
            || scanned >= large / 16 && (self.grows || sys::nanotime() - self.end >= RARE)
    }
}

pub fn pacer() -> *mut Pacer {
    PACER.get()
}

/// Reads GOGC and GODEBUG.
pub unsafe fn init() {
    let p = &mut *pacer();
    p.start = sys::nanotime();
    if let Some(v) = sys::getenv(c"GOGC") {
        if v == b"off" {
            p.percent = -1;
        } else if let Some(n) = parse(v) {
            p.percent = n;
        }
    }
    if let Some(v) = sys::getenv(c"GODEBUG") {
        for item in v.split(|&b| b == b',') {
            if let Some(n) = item.strip_prefix(b"gctrace=").and_then(parse) {
                p.trace = n > 0;
            } else if let Some(n) = item.strip_prefix(b"gcstress=").and_then(parse) {
                p.stress = n as u32;
            } else if let Some(n) = item.strip_prefix(b"gcsnapshot=").and_then(parse) {
                // Megabytes; negative: never.
                p.large = if n < 0 { usize::MAX } else { (n as usize) << 20 };
            }
        }
    }
    if cfg!(feature = "race") {
        // A copy of the process would be one of the sanitizer's memory, too.
        p.large = usize::MAX;
    }
    set_trigger();
}

fn parse(v: &[u8]) -> Option<i64> {
    core::str::from_utf8(v).ok()?.parse().ok()
}

/// Sets the percentage (negative: off) and returns the old one.
pub unsafe fn set_percent(n: i64) -> i64 {
    let p = &mut *pacer();
    let old = p.percent;
    p.percent = if n < 0 { -1 } else { n };
    set_trigger();
    old
}

/// Sets goal and trigger from what was alive last.
pub unsafe fn set_trigger() {
    let p = &mut *pacer();
    let marked = (*stats()).marked;
    p.goal = if p.percent < 0 {
        usize::MAX
    } else {
        let grow = (marked + p.roots) as u128 * p.percent as u128 / 100;
        let min = MIN_HEAP as u128 * p.percent as u128 / 100;
        (marked as u128 + grow).max(min).min(usize::MAX as u128) as usize
    };
    if p.limit < i64::MAX {
        // Leave a tenth of what is live, so that a limit below the live heap does not collect all the time.
        p.goal = p.goal.min((p.limit as usize).max(marked + marked / 10 + (1 << 20)));
    }
    p.trigger = p.goal;
    if snapshot::running() {
        // Whoever allocates looks whether it has ended.
        p.trigger = 0;
    } else if p.goal != usize::MAX && p.is_large(p.goal) {
        // Marking shall end when the goal is reached.
        let room = p.goal.saturating_sub(marked);
        let ahead = if p.meanwhile == 0 { room / 4 } else { p.meanwhile + p.meanwhile / 4 };
        p.trigger = p.goal - ahead.clamp(room / 16, room / 2);
    }
}

/// Sets the memory limit and returns the old one.
pub unsafe fn set_limit(n: i64) -> i64 {
    let p = &mut *pacer();
    let old = p.limit;
    if n >= 0 {
        p.limit = n;
        set_trigger();
    }
    old
}

/// Called where `bytes` are about to be taken from the heap: collects if it is time.
#[inline]
pub unsafe fn before_allocation(bytes: usize) {
    world::stop_point();
    let p = &mut *pacer();
    if (*stats()).live.saturating_add(bytes) >= p.trigger || p.stress != 0 {
        due(bytes);
    }
}

#[cold]
unsafe fn due(bytes: usize) {
    let p = &mut *pacer();
    if snapshot::running() {
        // Far beyond the goal there is no other way than to wait.
        let far = p.goal.saturating_add(p.goal / 4);
        while !snapshot::finish() && (*stats()).live.saturating_add(bytes) > far {
            sys::sleep(100_000);
            world::stop_point();
        }
        return;
    }
    let live = (*stats()).live.saturating_add(bytes);
    if p.stress != 0 && live < p.trigger {
        p.stress_count += 1;
        if p.stress_count < p.stress {
            return;
        }
        p.stress_count = 0;
    }
    if !p.is_large(live) || (snapshot::ready(live >= p.goal) && !snapshot::start()) {
        cycle::stop_and_collect();
    }
}

/// Whether runs are to be of one object, so that every allocation passes `before_allocation`.
pub unsafe fn stressed() -> bool {
    (*pacer()).stress != 0
}

/// Whether collections of the heap as it is now are done by a copy of the process.
pub unsafe fn is_large() -> bool {
    (*pacer()).is_large((*stats()).live)
}
