//! The collection cycle: stop, mark, and sweep as memory is needed.
//!
//! A cycle begins with all spans swept and all caches empty, and gets a number. Marking decides about the spans that were there
//! then; what is made later is alive (only a snapshot, see there, lets anything be made before marking ends).
//! Sweeping touches metadata only: survivors' mark bits become the allocation bits, empty spans go back to
//! the arena. Free memory is zeroed when a cache takes it.

use super::arena::arena;
use super::cache;
use super::classes::HEAP_PAGE;
use super::gc::{pacer, set_trigger};
use super::mark::Marker;
use super::span::Span;
use super::stats::stats;
use super::{LOCK, roots, snapshot, spans, special};
use crate::lock::Global;
use crate::sched::{proc, stack, world};
use crate::sys;
use core::fmt::Write;

/// Guarded by `heap::LOCK`; `number` changes only while the world is stopped.
struct Cycle {
    number: u32,
    /// How many of the first spans of the list may have to be swept.
    left: usize,
}

static CYCLE: Global<Cycle> = Global::new(Cycle { number: 1, left: 0 });

/// Spans that are swept at once where nobody waits.
const CHUNK: usize = 256;

/// The number of the cycle that began last.
#[inline(always)]
pub fn number() -> u32 {
    // SAFETY: it changes only while the world is stopped.
    unsafe { (*CYCLE.get()).number }
}

/// What a cycle is about, for statistics.
#[derive(Clone, Copy)]
pub struct Report {
    pub begin: i64,
    pub marked_at: i64,
    /// Live bytes when it began, and when marking had ended.
    pub before: usize,
    pub after: usize,
    pub goal: usize,
    /// Of marking.
    pub objects: usize,
    pub bytes: usize,
    pub plain: usize,
    pub stacks: usize,
    /// Time for which the world was stopped or asked to.
    pub pause: i64,
}

/// Collects with the world stopped until all is marked, unless somebody else does.
pub unsafe fn stop_and_collect() {
    let cycles = (*stats()).cycles;
    while !world::try_stop() {
        if (&raw const (*stats()).cycles).read_volatile() != cycles {
            return;
        }
    }
    if !snapshot::running() {
        crate::asm::systemstack(|| collect());
    }
    world::start();
    sweep_some(CHUNK);
    special::wake();
}

/// A complete collection: what is unreachable now is free when this returns.
pub unsafe fn collect_now() {
    loop {
        snapshot::wait();
        world::stop();
        if !snapshot::running() {
            break;
        }
        world::start();
    }
    crate::asm::systemstack(|| collect());
    world::start();
    sweep_all();
    special::wake();
}

/// Begins a cycle, with the world stopped.
pub unsafe fn begin() {
    stack::shrink();
    LOCK.with(|| {
        sweep(usize::MAX);
        for p in proc::all() {
            cache::flush(p);
        }
        crate::panic::defer::drop_pools();
        for s in (*cache::slots()).iter_mut() {
            s.partial.clear();
        }
        (*CYCLE.get()).number = number().wrapping_add(1);
    });
}

/// Marks and lets sweeping begin, with the world stopped.
pub unsafe fn collect() {
    let begin_at = world::asked_at();
    begin();
    let before = (*stats()).live;
    (*stats()).begin_objects = (*stats()).live_objects;
    let goal = (*pacer()).goal;
    let mut m = Marker::new();
    let stacks = roots::mark(&mut m);
    special::after_mark(&mut m);
    let marked_at = sys::nanotime();
    let (objects, bytes, plain) = (m.objects, m.bytes, m.plain);
    drop(m);
    end(Report {
        begin: begin_at,
        marked_at,
        before,
        after: before,
        goal,
        objects,
        bytes,
        plain,
        stacks,
        pause: sys::nanotime() - begin_at,
    });
}

/// Marking has ended; the world is stopped.
pub unsafe fn end(r: Report) {
    LOCK.with(|| (*CYCLE.get()).left = (*spans()).len());
    let s = &mut *stats();
    // What was allocated since the cycle began is alive.
    let (made, made_objects) = (s.live - r.before, s.live_objects - s.begin_objects);
    s.freed_objects += s.begin_objects.saturating_sub(r.objects) as u64;
    s.live = r.bytes + made;
    s.live_objects = r.objects + made_objects;
    s.marked = s.live;
    s.stacks = r.stacks;
    (*pacer()).roots = r.stacks + roots::data_size();
    (*pacer()).ended(r.before, r.bytes, r.bytes - r.plain);
    set_trigger();
    s.cycles += 1;
    s.pause_total += r.pause as u64;
    s.last_pause = r.pause as u64;
    let (sec, nsec) = sys::walltime();
    s.last_end = (sec * 1_000_000_000 + nsec) as u64;
    let i = (s.cycles as usize + 255) % 256;
    s.pauses[i] = r.pause as u64;
    s.pause_ends[i] = s.last_end;
    if (*pacer()).trace {
        trace(&r);
    }
}

/// Whether there is anything left to sweep.
pub fn sweeping() -> bool {
    // SAFETY: a word that is only compared with zero.
    unsafe { (&raw const (*CYCLE.get()).left).read_volatile() != 0 }
}

/// Sweeps up to `n` spans; whether some are left. Under `LOCK`.
pub unsafe fn sweep(n: usize) -> bool {
    let c = &mut *CYCLE.get();
    let list = &mut *spans();
    let slots = &mut *cache::slots();
    for _ in 0..n {
        if c.left == 0 {
            return false;
        }
        c.left -= 1;
        let s = list[c.left];
        if (*s).cycle == c.number {
            continue;
        }
        let marks = Span::marks(s);
        let words = (*s).words as usize;
        let mut n = 0;
        for i in 0..words {
            n += (*marks.add(i)).count_ones() as usize;
        }
        if n == 0 {
            // Those behind it have been dealt with.
            list.swap_remove(c.left);
            Span::destroy(s);
            continue;
        }
        core::ptr::copy_nonoverlapping(marks, Span::allocs(s), words);
        core::ptr::write_bytes(marks, 0, words);
        (*s).cursor = 0;
        (*s).needs_zero = true;
        (*s).cycle = c.number;
        if n < (*s).nelems as usize {
            slots[(*s).slot as usize].partial.push(s);
        }
    }
    if c.left == 0 {
        release_memory();
    }
    c.left > 0
}

/// The same for callers without the lock.
pub unsafe fn sweep_some(n: usize) -> bool {
    sweeping() && LOCK.with(|| sweep(n))
}

/// Sweeps what is left, in steps that let others have the lock.
pub unsafe fn sweep_all() {
    while sweep_some(CHUNK) {
        world::stop_point();
    }
}

/// Forgets all marks, of a marking that has failed. The world is stopped.
pub unsafe fn clear_marks() {
    for &s in &*spans() {
        core::ptr::write_bytes(Span::marks(s), 0, (*s).words as usize);
    }
}

/// Keeps as much free memory as the heap is expected to take until the next collection, and a tenth more. Under `LOCK`.
unsafe fn release_memory() {
    let goal = (*pacer()).goal;
    if goal == usize::MAX {
        return;
    }
    let keep = (goal + goal / 10).saturating_sub((*stats()).live) / HEAP_PAGE;
    (*arena()).release(keep);
}

/// One line in the form of Go's gctrace: the clock's three times are stopping and beginning, marking, ending.
unsafe fn trace(r: &Report) {
    let s = &*stats();
    let p = &*pacer();
    let mb = |b: usize| b >> 20;
    let ms = |ns: i64| ns as f64 / 1e6;
    let end = sys::nanotime();
    let mark = r.marked_at - r.begin;
    let at = r.begin - p.start;
    let _ = writeln!(
        sys::Stderr,
        "gc {} @{:.3}s {}%: {:.3}+{:.3}+{:.3} ms clock, {:.3}+0/{:.3}/0+{:.3} ms cpu, {}->{}->{} MB, {} MB goal, {} MB stacks, {} MB globals, {} P",
        s.cycles,
        at as f64 / 1e9,
        s.pause_total as i64 * 100 / (end - p.start).max(1),
        ms(r.pause.min(mark)),
        ms(mark),
        ms(end - r.marked_at),
        ms(r.pause.min(mark)),
        ms(mark),
        ms(end - r.marked_at),
        mb(r.before),
        mb(r.after),
        mb(s.marked),
        if r.goal == usize::MAX { 0 } else { mb(r.goal) },
        mb(s.stacks),
        mb(roots::data_size()),
        proc::limit(),
    );
}
