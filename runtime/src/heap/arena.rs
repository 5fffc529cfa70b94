//! The address space of the heap: one reservation, handed out in runs of 8 KiB pages, and the table that leads from an
//! address to its span.
//!
//! In: requests for page runs. Out: runs (zeroed or not), spans by address. Guarded by `heap::LOCK`, except for
//! the table, which anyone may read.

use super::classes::HEAP_PAGE;
use super::span::Span;
use crate::lock::Global;
use crate::sys;
use alloc::collections::{BTreeMap, BTreeSet};
use core::ptr::null_mut;

/// Where the heap would like to begin: addresses that are easy to tell from others.
const HINT: usize = 0xc0_0000_0000;
const LARGEST: usize = 1 << 40;
const SMALLEST: usize = 1 << 28;
/// The heap grows by at least this much.
const GROW_PAGES: usize = 128;

pub struct Arena {
    pub lo: usize,
    /// End of what has been handed out so far.
    pub hi: usize,
    end: usize,
    /// Huge pages have been asked for up to here.
    huge: usize,
    /// Span by page, null for free pages.
    table: *mut *mut Span,
    free: BTreeMap<usize, Free>,
    by_size: BTreeSet<(usize, usize)>,
    pub free_pages: usize,
    /// Free pages that may hold memory.
    pub dirty_pages: usize,
    pub released_bytes: usize,
}

#[derive(Clone, Copy)]
struct Free {
    pages: usize,
    /// Untouched or given back: reads as zero.
    zero: bool,
}

static ARENA: Global<Arena> = Global::new(Arena {
    lo: 0,
    hi: 0,
    end: 0,
    huge: 0,
    table: null_mut(),
    free: BTreeMap::new(),
    by_size: BTreeSet::new(),
    free_pages: 0,
    dirty_pages: 0,
    released_bytes: 0,
});

/// The arena; callers that change it hold `heap::LOCK` or have stopped the world.
#[inline(always)]
pub fn arena() -> *mut Arena {
    ARENA.get()
}

impl Arena {
    /// Reserves the address space: as much as the system allows.
    pub unsafe fn init(&mut self) {
        if self.lo != 0 {
            return;
        }
        let mut size = LARGEST;
        while size >= SMALLEST {
            if let Some(p) = sys::map(HINT, size + HEAP_PAGE) {
                let table = sys::map(0, size / HEAP_PAGE * size_of::<*mut Span>());
                if let Some(t) = table {
                    self.lo = (p as usize).next_multiple_of(HEAP_PAGE);
                    // The first page stays unused: `lo` itself, in global data, must not look like a pointer.
                    self.hi = self.lo + HEAP_PAGE;
                    self.end = self.lo + size;
                    self.table = t.cast();
                    return;
                }
                libc::munmap(p.cast(), size + HEAP_PAGE);
            }
            size /= 2;
        }
        crate::panic::fatal::throw("cannot reserve heap address space");
    }

    /// Bytes of the reservation.
    pub fn size(&self) -> usize {
        self.end - self.lo
    }

    /// The span that the address lies in, null if it is none of the heap's.
    #[inline(always)]
    pub unsafe fn span_of(&self, addr: usize) -> *mut Span {
        let off = addr.wrapping_sub(self.lo);
        if off >= self.hi.wrapping_sub(self.lo) {
            return null_mut();
        }
        *self.table.add(off / HEAP_PAGE)
    }

    pub unsafe fn set_span(&mut self, base: usize, pages: usize, span: *mut Span) {
        let first = self.table.add((base - self.lo) / HEAP_PAGE);
        for i in 0..pages {
            *first.add(i) = span;
        }
    }

    /// Whether there is a free run of so many pages.
    pub unsafe fn has(&self, pages: usize) -> bool {
        self.by_size.range((pages, 0)..).next().is_some()
    }

    /// A run of pages: address, and whether it reads as zero. `None`: out of address space.
    pub unsafe fn take(&mut self, pages: usize) -> Option<(usize, bool)> {
        if let Some(&(n, at)) = self.by_size.range((pages, 0)..).next() {
            let run = self.remove(at);
            if n > pages {
                self.insert(at + pages * HEAP_PAGE, Free { pages: n - pages, zero: run.zero });
            }
            return Some((at, run.zero));
        }
        let grow = pages.max(GROW_PAGES);
        let at = self.hi;
        let grow = if self.end - at >= grow * HEAP_PAGE { grow } else { pages };
        if self.end - at < grow * HEAP_PAGE {
            return None;
        }
        self.hi = at + grow * HEAP_PAGE;
        self.ask_for_huge_pages();
        if grow > pages {
            self.put(at + pages * HEAP_PAGE, grow - pages, true);
        }
        Some((at, true))
    }

    /// Large heaps get huge pages: marking visits memory in no order, and misses of the TLB dominate it.
    unsafe fn ask_for_huge_pages(&mut self) {
        const STEP: usize = 4 << 20;
        while self.hi > self.huge.max(self.lo + STEP) {
            let at = self.huge.max(self.lo + STEP) & !(STEP - 1);
            let end = (at + STEP).min(self.end);
            libc::madvise(at as *mut _, end - at, libc::MADV_HUGEPAGE);
            self.huge = end;
        }
    }

    /// Takes back a run, merging it with free neighbours of the same state.
    pub unsafe fn put(&mut self, at: usize, pages: usize, zero: bool) {
        let (mut at, mut pages) = (at, pages);
        if let Some((&prev, &run)) = self.free.range(..at).next_back()
            && prev + run.pages * HEAP_PAGE == at
            && run.zero == zero
        {
            self.remove(prev);
            at = prev;
            pages += run.pages;
        }
        let next = at + pages * HEAP_PAGE;
        if let Some(&run) = self.free.get(&next)
            && run.zero == zero
        {
            self.remove(next);
            pages += run.pages;
        }
        self.insert(at, Free { pages, zero });
    }

    fn insert(&mut self, at: usize, run: Free) {
        self.free_pages += run.pages;
        if !run.zero {
            self.dirty_pages += run.pages;
        }
        self.free.insert(at, run);
        self.by_size.insert((run.pages, at));
    }

    fn remove(&mut self, at: usize) -> Free {
        let run = self.free.remove(&at).unwrap_or(Free { pages: 0, zero: false });
        self.by_size.remove(&(run.pages, at));
        self.free_pages -= run.pages;
        if !run.zero {
            self.dirty_pages -= run.pages;
        }
        run
    }

    /// Whether free memory in the range may be without pages, untouched or given back.
    pub fn any_untouched(&self, lo: usize, hi: usize) -> bool {
        let mut runs = self.free.range(..hi).rev();
        runs.by_ref().take_while(|&(&at, r)| at + r.pages * HEAP_PAGE > lo).any(|(_, r)| r.zero)
    }

    /// Gives memory of free pages back to the system until at most `keep` dirty ones are left, largest runs first.
    pub unsafe fn release(&mut self, keep: usize) {
        if self.dirty_pages <= keep {
            return;
        }
        let runs: alloc::vec::Vec<(usize, usize)> = self.by_size.iter().rev().copied().collect();
        for (pages, at) in runs {
            if self.dirty_pages <= keep {
                break;
            }
            // Merging below may have removed it meanwhile.
            if self.free.get(&at).is_some_and(|r| !r.zero && r.pages == pages) {
                self.remove(at);
                sys::release(at as *mut u8, pages * HEAP_PAGE);
                crate::race::fresh(at, pages * HEAP_PAGE);
                self.released_bytes += pages * HEAP_PAGE;
                self.put(at, pages, true);
            }
        }
    }
}
