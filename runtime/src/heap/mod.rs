//! The garbage-collected heap: size-class spans, per-processor caches, mark and sweep. Small heaps are marked with the
//! world stopped, large ones by a copy of the process (see `snapshot`); sweeping is done as memory is needed.
//!
//! In: sizes and types from generated code. Out: zeroed objects. Objects never move; any address inside an object
//! leads to it in constant time (page table, then a multiplication). Stacks, registers and global data are
//! scanned conservatively, heap objects by their types.

pub mod arena;
pub mod cache;
pub mod classes;
pub mod cycle;
pub mod exports;
pub mod gc;
pub mod hugepages;
mod mapvec;
pub mod mark;
mod meta;
pub mod roots;
pub mod snapshot;
pub mod span;
pub mod special;
pub mod stats;
pub mod types;

use crate::lock::{Global, Lock};
use alloc::vec::Vec;
use span::Span;

/// Guards the arena, the slots, the list of spans and the statistics.
pub static LOCK: Lock = Lock::new();

static SPANS: Global<Vec<*mut Span>> = Global::new(Vec::new());

/// All spans in use. Guarded by `LOCK`.
pub fn spans() -> *mut Vec<*mut Span> {
    SPANS.get()
}

pub unsafe fn add_span(s: *mut Span) {
    (*spans()).push(s);
}

/// What pointers to variables of size zero point to.
#[repr(align(16))]
pub struct Zero(#[allow(dead_code)] [u8; 16]);
#[unsafe(no_mangle)]
pub static gosubc_zerobase: Global<Zero> = Global::new(Zero([0; 16]));

pub fn zerobase() -> *mut u8 {
    gosubc_zerobase.get().cast()
}

const fn static_bytes() -> [u64; 256] {
    let mut t = [0; 256];
    let mut i = 0;
    while i < 256 {
        t[i] = i as u64;
        i += 1;
    }
    t
}

/// Boxes of all single bytes, 8 bytes apart.
#[unsafe(no_mangle)]
pub static gosubc_staticbytes: [u64; 256] = static_bytes();

pub unsafe fn init() {
    let a = &mut *arena::arena();
    a.init();
    crate::race::init(a.lo, a.size());
    cache::init();
    gc::init();
}

#[cfg(test)]
mod tests;
