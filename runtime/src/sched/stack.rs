//! Goroutine stacks: address space reserved at full size and committed on use. Dead goroutines keep theirs.
//!
//! Function prologues compare the stack pointer with a limit (see `limit`); what they don't check, runtime and C code,
//! runs in the reserve below it, and then into a guard.

use crate::lock::{Global, Lock};
use crate::panic::fatal;
use crate::sys;

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
/// Go's limit for one stack.
const MAX: usize = 1_000_000_000;
/// Reservations get smaller as there are more of them, so that address space and page tables last. The kernel allows some
/// 65,000 mappings, of which a stack with a guard takes two.
const SIZES: [(usize, usize); 4] =
    [(1024, MAX), (1 << 14, 256 << 20), (1 << 17, 16 << 20), (usize::MAX, 1 << 20)];
/// From this size on, stacks are cut from slabs and have no guards: mappings are few.
const FIRST_SLAB: usize = 2;
const SLAB_SHARE: usize = 64;

struct Pool {
    made: usize,
    /// What is left of the last slab of each size.
    slabs: [(usize, usize); SIZES.len()],
}

static LOCK: Lock = Lock::new();
/// Guarded by `LOCK`.
static POOL: Global<Pool> = Global::new(Pool { made: 0, slabs: [(0, 0); SIZES.len()] });

/// Where Go code must stop on a stack that begins at `lo`.
pub fn limit(lo: usize) -> usize {
    lo + RESERVE
}

unsafe fn new(size: usize, guard: bool) -> Option<Stack> {
    let usable = (size + RESERVE).next_multiple_of(sys::PAGE);
    let base = sys::map(0, usable + GUARD)? as usize;
    if guard {
        sys::protect(base as *mut u8, GUARD);
    }
    Some(Stack { guard: base, lo: base + GUARD, hi: base + GUARD + usable })
}

/// Cuts a stack from the current slab.
unsafe fn from_slab(slab: &mut (usize, usize), size: usize) -> Option<Stack> {
    if slab.0 == slab.1 {
        let base = sys::map(0, size * SLAB_SHARE)? as usize;
        *slab = (base, base + size * SLAB_SHARE);
    }
    let lo = slab.0;
    slab.0 += size;
    Some(Stack { guard: lo, lo, hi: lo + size })
}

/// A stack for a new goroutine.
pub unsafe fn take() -> Stack {
    match LOCK.with(|| make()) {
        Some(s) => s,
        None => fatal::throw("out of address space for goroutine stacks"),
    }
}

unsafe fn make() -> Option<Stack> {
    let pool = &mut *POOL.get();
    pool.made += 1;
    for (i, &(count, size)) in SIZES.iter().enumerate() {
        if pool.made > count {
            continue;
        }
        let s = if i >= FIRST_SLAB { from_slab(&mut pool.slabs[i], size) } else { new(size, true) };
        if s.is_some() {
            return s;
        }
    }
    None
}

/// The main goroutine's stack.
pub unsafe fn main() -> Stack {
    match new(MAX, true) {
        Some(s) => s,
        None => take(),
    }
}
