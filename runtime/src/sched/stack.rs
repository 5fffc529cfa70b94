//! Goroutine stacks: address space reserved at full size and committed on use. Dead goroutines keep theirs; what was used
//! for depth is given back when there are many of them, the rest of it, and what nobody needs any more, when the collector runs.
//!
//! Function prologues compare the stack pointer with a limit. At first that is not far from the top (`soft`), so that it is
//! known which stacks have been deep; the real one is `limit`. What prologues don't check, runtime and C code, runs in the reserve
//! below it, and then, in stacks that have one, into a guard.

use super::proc::{self, sched};
use crate::g::{G, getg, getm};
use crate::lock::{Global, Lock};
use crate::panic::fatal;
use crate::sys;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicUsize, Ordering};

#[derive(Clone, Copy)]
pub struct Stack {
    /// `guard..lo` faults.
    pub guard: usize,
    pub lo: usize,
    pub hi: usize,
}

const GUARD: usize = 64 << 10;
/// Below the limit, for the runtime's own frames.
const RESERVE: usize = 128 << 10;
/// What a goroutine may use before its stack counts as deep.
const SHALLOW: usize = if cfg!(feature = "race") { 32 << 10 } else { 16 << 10 };
/// What it may use before that is so deep that nobody keeps it.
const DEEP: usize = 256 << 10;
/// Go's limit for one stack.
const MAX: usize = 1_000_000_000;
/// Added to sizes: without it the entries of all stacks in page tables, as those of their first pages in the tables above, would
/// compete for the same few lines of the processor's caches.
const ODD: usize = (2 << 20) + (36 << 10);
/// Up to so many stacks have such a size and come from slabs of so many: reservations get smaller as there are more of
/// them, so that address space (these take 20 TiB of 128) and page tables (one of 4 KiB for each 2 MiB that are used) last. A goroutine
/// beyond the first 32,768 that live at the same time overflows at less than 1 MiB, one beyond 262,144 at 128 KiB.
const SIZES: [(usize, usize, usize); 4] = if cfg!(feature = "race") { NARROW } else { WIDE };
const WIDE: [(usize, usize, usize); 4] = [
    (1 << 14, (MAX + RESERVE).next_multiple_of(2 << 20) + ODD, 64),
    (1 << 15, (256 << 20) + ODD, 256),
    (1 << 18, (1 << 20) + (36 << 10), 4096),
    (usize::MAX, 256 << 10, 4096),
];
/// The sanitizer lets programs have the upper 6 TiB only.
const NARROW: [(usize, usize, usize); 4] = [
    (1 << 13, 256 << 20, 64),
    (1 << 15, 16 << 20, 64),
    (1 << 17, 1 << 20, 256),
    (usize::MAX, 256 << 10, 256),
];
/// The first ones have guards. Mappings are few: the kernel allows some 65,000.
const GUARDED: usize = 64;

/// Dead goroutines whose stacks don't matter.
const FEW: usize = 64;
/// So many of them may keep what they used for depth.
const SOME: usize = 256;

struct Pool {
    made: usize,
    /// What is left of the last slab of each size.
    slabs: [(usize, usize); SIZES.len()],
    /// And of that for goroutines themselves.
    records: (usize, usize),
}

static LOCK: Lock = Lock::new();
/// Guarded by `LOCK`.
static POOL: Global<Pool> =
    Global::new(Pool { made: 0, slabs: [(0, 0); SIZES.len()], records: (0, 0) });

/// Where Go code must stop on a stack that begins at `lo`.
pub fn limit(lo: usize) -> usize {
    lo + RESERVE
}

/// Where it becomes deep.
pub fn shallow(hi: usize) -> usize {
    hi - SHALLOW
}

/// What is noted of a stack whose pointer gets to `sp`: the next depth that matters.
pub unsafe fn next_soft(g: *mut G, sp: usize) -> usize {
    let limit = limit((*g).stack_lo);
    let deep = ((*g).stack_hi - DEEP).max(limit);
    if sp >= deep { deep } else { limit }
}

/// Gives back what goroutines that have died used for depth, if there are many or it is a lot. All threads have left them.
pub unsafe fn release_depth(dead: &[*mut G]) {
    let many = (*sched()).dead.len() >= SOME;
    for &g in dead {
        let (soft, hi) = ((*g).soft, (*g).stack_hi);
        let deep = soft < shallow(hi) && (many || soft < hi - DEEP);
        if deep && (*g).on_cpu.load(Ordering::Acquire) == 0 {
            sys::release((*g).stack_lo as *mut u8, hi - sys::PAGE - (*g).stack_lo);
            (*g).soft = shallow(hi);
        }
    }
}

/// Cuts a stack from the current slab.
unsafe fn from_slab(slab: &mut (usize, usize), size: usize, share: usize) -> Option<usize> {
    if slab.0 == slab.1 {
        let base = sys::map(0, size * share)?;
        // A huge page per stack would be far more than what most goroutines use.
        libc::madvise(base.cast(), size * share, libc::MADV_NOHUGEPAGE);
        *slab = (base as usize, base as usize + size * share);
    }
    let lo = slab.0;
    slab.0 += size;
    Some(lo)
}

/// A stack for a new goroutine.
pub unsafe fn take() -> Stack {
    match LOCK.with(|| make()) {
        Some(s) => s,
        None => fatal::throw("out of address space for goroutine stacks"),
    }
}

/// Memory for a goroutine itself: they lie beside each other, so that many need few pages and page tables.
pub unsafe fn record() -> *mut G {
    const TOGETHER: usize = 256;
    LOCK.with(|| {
        let records = &mut (*POOL.get()).records;
        if records.0 == records.1 {
            let size = TOGETHER * size_of::<G>();
            let Some(at) = sys::map(0, size) else { fatal::throw("out of memory for goroutines") };
            *records = (at as usize, at as usize + size);
        }
        records.0 += size_of::<G>();
        (records.0 - size_of::<G>()) as *mut G
    })
}

unsafe fn make() -> Option<Stack> {
    let pool = &mut *POOL.get();
    pool.made += 1;
    for (i, &(count, size, share)) in SIZES.iter().enumerate() {
        if pool.made > count {
            continue;
        }
        if let Some(lo) = from_slab(&mut pool.slabs[i], size, share) {
            let guarded = pool.made <= GUARDED && sys::protect(lo as *mut u8, GUARD);
            return Some(Stack {
                guard: lo,
                lo: lo + if guarded { GUARD } else { 0 },
                hi: lo + size,
            });
        }
    }
    None
}

/// Gives back what goroutines used for depth and have left, with the world stopped.
pub unsafe fn shrink() {
    let own = getg();
    let mut g = super::all_goroutines();
    while !g.is_null() {
        let top = shallow((*g).stack_hi);
        // What runs or was interrupted by a signal may have frames below `sp`.
        let parked = (*g).on_cpu.load(Ordering::Acquire) == 0 || g == own;
        let deep = (*g).soft != 0 && (*g).soft < top;
        if deep && parked && (*g).frame_lo == 0 && (*g).sp > top {
            sys::release((*g).stack_lo as *mut u8, top - sys::PAGE - (*g).stack_lo);
            (*g).soft = top;
            if g == own {
                AtomicUsize::from_ptr((*getm()).limit).store(top, Ordering::SeqCst);
            }
        }
        g = (*g).all_next;
    }
}

/// Whether that is worth while.
pub unsafe fn any_to_release() -> bool {
    let s = &*sched();
    proc::LOCK.with(|| s.dead.len() > FEW)
}

/// Gives back the stacks of dead goroutines that nobody has needed since the last call.
pub unsafe fn release_dead() {
    let mut list: Vec<*mut G> = proc::LOCK.with(|| {
        let s = &mut *sched();
        let n = s.dead_min.min(s.dead.len()).saturating_sub(FEW / 2);
        s.dead_min = s.dead.len() - n;
        s.dead.drain(..n).collect()
    });
    for &g in &list {
        // One whose thread has yet to leave it must stay as it is.
        if (*g).on_cpu.load(Ordering::Acquire) == 0 {
            sys::release((*g).stack_lo as *mut u8, (*g).stack_hi - (*g).stack_lo);
            (*g).soft = shallow((*g).stack_hi);
        }
    }
    proc::LOCK.with(|| (*sched()).released.append(&mut list));
}
