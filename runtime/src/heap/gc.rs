//! The collection cycle: when to collect, stop, mark, sweep, and how large the heap may grow until the next.
//!
//! Sweeping touches metadata only: survivors' mark bits become the allocation bits, empty spans go back to the arena.
//! Free memory is zeroed when a cache takes it.

use super::arena::arena;
use super::cache;
use super::classes::HEAP_PAGE;
use super::mark::Marker;
use super::span::Span;
use super::stats::stats;
use super::{LOCK, roots, spans, special};
use crate::lock::Global;
use crate::sched::{proc, world};
use crate::sys;
use core::fmt::Write;

const MIN_HEAP: usize = 4 << 20;

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
    trace: bool,
    start: i64,
    /// Stacks and globals at the last collection.
    roots: usize,
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
});

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
            }
        }
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

unsafe fn set_trigger() {
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
        due();
    }
}

#[cold]
unsafe fn due() {
    let p = &mut *pacer();
    if p.stress != 0 && (*stats()).live < p.trigger {
        p.stress_count += 1;
        if p.stress_count < p.stress {
            return;
        }
        p.stress_count = 0;
    }
    collect_now();
}

/// Whether runs are to be of one object, so that every allocation passes `before_allocation`.
pub unsafe fn stressed() -> bool {
    (*pacer()).stress != 0
}

/// Collects, and wakes the finalizer goroutine if it got work.
pub unsafe fn collect_now() {
    // Somebody else's collection does as well.
    let cycles = (*stats()).cycles;
    while !world::try_stop() {
        if (&raw const (*stats()).cycles).read_volatile() != cycles {
            return;
        }
    }
    crate::asm::systemstack(|| collect());
    world::start();
    special::wake();
}

unsafe fn collect() {
    let begin = sys::nanotime();
    let before = (*stats()).live;
    let goal = (*pacer()).goal;
    for p in proc::all() {
        cache::flush(p);
        (*p).defer_pools = [core::ptr::null_mut(); crate::g::DEFER_CLASSES];
    }
    let mut m = Marker::new();
    let stacks = roots::mark(&mut m);
    special::after_mark(&mut m);
    drop(m);
    let marked_at = sys::nanotime();
    LOCK.with(|| sweep());
    let s = &mut *stats();
    s.stacks = stacks;
    (*pacer()).roots = stacks + roots::data_size();
    set_trigger();
    release_memory();
    let end = sys::nanotime();
    let pause = (end - begin) as u64;
    s.cycles += 1;
    s.pause_total += pause;
    s.last_pause = pause;
    let (sec, nsec) = sys::walltime();
    s.last_end = (sec * 1_000_000_000 + nsec) as u64;
    let i = (s.cycles as usize + 255) % 256;
    s.pauses[i] = pause;
    s.pause_ends[i] = s.last_end;
    if (*pacer()).trace {
        trace(begin, marked_at, end, before, goal);
    }
}

unsafe fn sweep() {
    let slots = &mut *cache::slots();
    for s in slots.iter_mut() {
        s.partial.clear();
    }
    let (mut live, mut live_objects) = (0, 0);
    (*spans()).retain(|&s| {
        let marks = Span::marks(s);
        let words = (*s).words as usize;
        let mut n = 0;
        for i in 0..words {
            n += (*marks.add(i)).count_ones() as usize;
        }
        if n == 0 {
            Span::destroy(s);
            return false;
        }
        core::ptr::copy_nonoverlapping(marks, Span::allocs(s), words);
        core::ptr::write_bytes(marks, 0, words);
        (*s).cursor = 0;
        (*s).needs_zero = true;
        live += n * (*s).elem_size;
        live_objects += n;
        if n < (*s).nelems as usize {
            slots[(*s).slot as usize].partial.push(s);
        }
        true
    });
    let st = &mut *stats();
    st.freed_objects += st.live_objects.saturating_sub(live_objects) as u64;
    st.live = live;
    st.live_objects = live_objects;
    st.marked = live;
}

/// Keeps as much free memory as the heap is expected to take until the next collection, and a tenth more.
unsafe fn release_memory() {
    let goal = (*pacer()).goal;
    if goal == usize::MAX {
        return;
    }
    let keep = (goal + goal / 10).saturating_sub((*stats()).live) / HEAP_PAGE;
    LOCK.with(|| (*arena()).release(keep));
}

/// One line in the form of Go's gctrace.
unsafe fn trace(begin: i64, marked: i64, end: i64, before: usize, goal: usize) {
    let s = &*stats();
    let p = &*pacer();
    let mb = |b: usize| b >> 20;
    let ms = |ns: i64| ns as f64 / 1e6;
    let at = begin - p.start;
    let _ = writeln!(
        sys::Stderr,
        "gc {} @{:.3}s {}%: {:.3}+{:.3}+{:.3} ms clock, {:.3}+0/{:.3}/0+{:.3} ms cpu, {}->{}->{} MB, {} MB goal, {} MB stacks, {} MB globals, {} P",
        s.cycles,
        at as f64 / 1e9,
        s.pause_total as i64 * 100 / (end - p.start).max(1),
        0.0,
        ms(marked - begin),
        ms(end - marked),
        0.0,
        ms(marked - begin),
        ms(end - marked),
        mb(before),
        mb(before),
        mb(s.marked),
        if goal == usize::MAX { 0 } else { mb(goal) },
        mb(s.stacks),
        mb(roots::data_size()),
        proc::limit(),
    );
}
