//! Spans: runs of pages cut into objects of one size and one pointer layout.

use super::arena::arena;
use super::{cycle, meta};
use crate::abi::Type;

/// What the collector finds in the objects of a span.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Scan {
    /// No pointers.
    None,
    /// `Contents::mask` has a bit for each word that may be a pointer.
    Mask,
    /// The first word is the type; the object behind it repeats that type.
    Header,
    /// A large object, which repeats `Contents::ty`.
    Large,
}

/// Metadata of a span, followed by the mark bits, then the allocation bits, one for each object.
///
/// After sweeping, the allocation bits are the objects that survived; taking a run of free objects sets
/// its bits. So an object whose bit is clear is free, whatever a stray word on a stack claims.
#[repr(C, align(64))]
pub struct Span {
    pub base: usize,
    /// End of the last object.
    pub limit: usize,
    pub elem_size: usize,
    /// ceil(2^40 / elem_size): offset to object index by multiplication.
    pub magic: u64,
    /// By `scan`: the mask of pointer words, or the type of a large object.
    pub layout: Contents,
    pub nelems: u32,
    /// The cycle in which it was made or swept last: its allocation bits tell what is alive as that begins, or since.
    pub cycle: u32,
    pub pages: u32,
    /// Where the search for the next free run begins.
    pub cursor: u32,
    pub slot: u16,
    /// Words of each of the two bitmaps.
    pub words: u16,
    pub scan: Scan,
    /// Free memory in it may be dirty.
    pub needs_zero: bool,
    /// The address behind an object may stand for it.
    pub arrays: bool,
}

#[derive(Clone, Copy)]
pub union Contents {
    pub mask: u64,
    pub ty: *const Type,
}

const _: () = assert!(size_of::<Span>() == 64);

impl Span {
    /// Metadata for the run at `base`, entered into the page table.
    pub unsafe fn create(base: usize, pages: usize, elem_size: usize, nelems: usize) -> *mut Span {
        let words = nelems.div_ceil(64);
        let s: *mut Span = meta::alloc(words).cast();
        if s.is_null() {
            crate::panic::fatal::throw("out of memory for span metadata");
        }
        (*s).base = base;
        (*s).limit = base + nelems * elem_size;
        (*s).elem_size = elem_size;
        (*s).magic = if nelems == 1 { 0 } else { (1u64 << 40).div_ceil(elem_size as u64) };
        (*s).nelems = nelems as u32;
        (*s).words = words as u16;
        (*s).pages = pages as u32;
        (*s).cycle = cycle::number();
        (*s).arrays = true;
        (*arena()).set_span(base, pages, s);
        s
    }

    /// Removes it from the page table and frees its pages and metadata.
    pub unsafe fn destroy(s: *mut Span) {
        let (base, pages) = ((*s).base, (*s).pages as usize);
        (*arena()).set_span(base, pages, core::ptr::null_mut());
        (*arena()).put(base, pages, false);
        meta::free(s.cast(), (*s).words as usize);
    }

    /// Index of the object that the address lies in; it is below `limit`.
    #[inline(always)]
    pub fn index(&self, addr: usize) -> usize {
        (((addr - self.base) as u64 * self.magic) >> 40) as usize
    }

    #[inline(always)]
    pub fn marks(s: *mut Span) -> *mut u64 {
        // The bitmaps lie right behind the header.
        s.wrapping_add(1).cast()
    }

    #[inline(always)]
    pub unsafe fn allocs(s: *mut Span) -> *mut u64 {
        Span::marks(s).wrapping_add((*s).words as usize)
    }

    #[inline(always)]
    pub unsafe fn is_allocated(s: *mut Span, i: usize) -> bool {
        *Span::allocs(s).add(i / 64) >> (i % 64) & 1 != 0
    }

    #[inline(always)]
    pub unsafe fn is_marked(s: *mut Span, i: usize) -> bool {
        *Span::marks(s).add(i / 64) >> (i % 64) & 1 != 0
    }

    /// The next run of free objects, at most `max` of them: (first index, count). Their allocation bits are set.
    pub unsafe fn take_run(s: *mut Span, max: usize) -> Option<(usize, usize)> {
        let n = (*s).nelems as usize;
        let bits = Span::allocs(s);
        let first = next_bit(bits, (*s).cursor as usize, n, false);
        if first == n {
            (*s).cursor = n as u32;
            return None;
        }
        let end = next_bit(bits, first + 1, n.min(first + max), true);
        set_bits(bits, first, end);
        (*s).cursor = end as u32;
        Some((first, end - first))
    }
}

/// The first index from `i` on whose bit is `want`, or `n`.
unsafe fn next_bit(bits: *const u64, mut i: usize, n: usize, want: bool) -> usize {
    while i < n {
        let w = *bits.add(i / 64);
        let w = (if want { w } else { !w }) >> (i % 64);
        if w != 0 {
            return (i + w.trailing_zeros() as usize).min(n);
        }
        i = (i / 64 + 1) * 64;
    }
    n
}

/// Sets the bits `i..end`.
unsafe fn set_bits(bits: *mut u64, mut i: usize, end: usize) {
    while i < end {
        let n = (end - i).min(64 - i % 64);
        *bits.add(i / 64) |= (!0 >> (64 - n)) << (i % 64);
        i += n;
    }
}
