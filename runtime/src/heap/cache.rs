//! Allocation: per-processor caches of free runs by *slot*, a pair of size class and pointer layout.
//!
//! In: sizes and types. Out: objects. The fast path bumps a pointer in a run that has been zeroed; `refill` takes the
//! next run of a span, the next span of the slot, or a new one, and starts a collection when it is due.

use super::arena::arena;
use super::classes::*;
use super::span::{Scan, Span};
use super::{LOCK, cycle, gc, stats};
use crate::abi::Type;
use crate::g::{P, getp};
use crate::lock::Global;
use alloc::vec::Vec;
use core::ptr::{null, null_mut};
use core::sync::atomic::{AtomicUsize, Ordering};

/// What a processor may still hand out of a run. `cur..end` is zero if the slot's runs are zeroed ahead.
#[repr(C)]
pub struct Cache {
    pub cur: usize,
    pub end: usize,
    pub size: usize,
    pub span: *mut Span,
}

/// Remembers the slot of a type (and size class, for arrays). `Cache` addresses are stable.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TypeEntry {
    key: usize,
    cache: *mut Cache,
}

/// The central part of a slot.
pub struct Slot {
    pub class: u8,
    pub scan: Scan,
    pub mask: u64,
    /// Its objects may end with an array (see `Marker::stack_root`).
    pub arrays: bool,
    /// Swept spans with free objects.
    pub partial: Vec<*mut Span>,
}

/// Spans that are swept at once when a cache needs one.
const SWEEP: usize = 16;
pub const MAX_SLOTS: usize = 4096;
pub const TYPE_ENTRIES: usize = 512;
/// Runs are zeroed in pieces of at most this size, so that they are still in the cache when used.
const ZERO_AHEAD: usize = 8192;
/// Pointer-free objects above this size are zeroed one by one, if at all.
pub const MAX_ZERO_AHEAD: usize = 1024;

/// Slots 0..CLASSES are pointer-free by class, the next CLASSES have headers, masks follow.
static SLOTS: Global<Vec<Slot>> = Global::new(Vec::new());

/// Guarded by `LOCK`.
pub fn slots() -> *mut Vec<Slot> {
    SLOTS.get()
}

/// The caches of a new processor.
pub fn new_caches() -> *mut Cache {
    match crate::sys::map(0, MAX_SLOTS * size_of::<Cache>()) {
        Some(p) => p.cast(),
        None => crate::panic::fatal::throw("out of memory for allocation caches"),
    }
}

impl TypeEntry {
    pub const EMPTY: TypeEntry = TypeEntry { key: 0, cache: null_mut() };
}

pub unsafe fn init() {
    let slots = &mut *slots();
    if !slots.is_empty() {
        return;
    }
    for scan in [Scan::None, Scan::Header] {
        for class in 0..CLASSES {
            slots.push(Slot {
                class: class as u8,
                scan,
                mask: 0,
                arrays: true,
                partial: Vec::new(),
            });
        }
    }
}

/// The slot for objects of a class with a pointer mask; `arrays`: some end with an array. When there are too many layouts, the last ones of a class
/// share the mask of all words: the collector then takes more words for pointers than it must.
unsafe fn mask_slot(class: usize, mask: u64, arrays: bool) -> usize {
    let slots = &mut *slots();
    let words = SIZES[class] as usize / 8;
    let all = if words == 64 { !0 } else { (1 << words) - 1 };
    let full = slots.len() + CLASSES >= MAX_SLOTS;
    let (mask, arrays) = if full { (all, true) } else { (mask, arrays) };
    for (i, s) in slots.iter().enumerate().skip(2 * CLASSES) {
        if s.class as usize == class && s.mask == mask && s.arrays == arrays {
            return i;
        }
    }
    slots.push(Slot { class: class as u8, scan: Scan::Mask, mask, arrays, partial: Vec::new() });
    slots.len() - 1
}

/// The pointer mask of an object of `class` that repeats `ty`.
unsafe fn repeated_mask(ty: &Type, class: usize) -> u64 {
    let words = SIZES[class] as usize / 8;
    let step = ty.size / 8;
    let mut one = 0u64;
    super::types::for_each_pointer(ty, |w| one |= 1 << w);
    let mut mask = 0;
    let mut i = 0;
    while i < words {
        mask |= one << i;
        i += step;
    }
    if words < 64 { mask & ((1 << words) - 1) } else { mask }
}

#[inline(always)]
fn type_key(ty: *const Type, class: usize) -> usize {
    ty as usize | class << 56
}

#[inline(always)]
unsafe fn type_entry(p: *mut P, key: usize) -> *mut TypeEntry {
    // Descriptors follow each other every 144 bytes, nine units of 16: their low bits are spread well.
    let h = (key >> 4) ^ (key >> 56);
    (&raw mut (*p).types).cast::<TypeEntry>().add(h % TYPE_ENTRIES)
}

/// The cache for objects of `class` that repeat `ty`, which has pointers.
#[inline(always)]
unsafe fn cache_for(p: *mut P, ty: *const Type, class: usize) -> *mut Cache {
    let key = type_key(ty, class);
    let e = type_entry(p, key);
    if (*e).key == key { (*e).cache } else { cache_for_slow(p, ty, class) }
}

#[cold]
#[inline(never)]
unsafe fn cache_for_slow(p: *mut P, ty: *const Type, class: usize) -> *mut Cache {
    let real = if class == 0 { class_of((*ty).size) } else { class };
    // An array that fills its object is the only thing that code may leave with nothing but the address of its end.
    let size = SIZES[real] as usize;
    let arrays = match class {
        0 => (*ty).size == size && super::types::ends_with_array(&*ty),
        _ => size.is_multiple_of((*ty).size),
    };
    let slot = LOCK.with(|| mask_slot(real, repeated_mask(&*ty, real), arrays));
    let cache = (*p).caches.add(slot);
    let key = type_key(ty, class);
    *type_entry(p, key) = TypeEntry { key, cache };
    cache
}

/// Bumps the pointer or gets a new run.
#[inline(always)]
unsafe fn bump(p: *mut P, c: *mut Cache) -> *mut u8 {
    let at = (*c).cur;
    let next = at + (*c).size;
    if next > (*c).end || at == 0 {
        return refill(p, c);
    }
    (*c).cur = next;
    at as *mut u8
}

/// A zeroed object of type `ty`.
#[inline(always)]
pub unsafe fn new_object(ty: *const Type) -> *mut u8 {
    let p = getp();
    let e = type_entry(p, ty as usize);
    if (*e).key == ty as usize {
        let c = (*e).cache;
        let at = (*c).cur;
        let next = at + (*c).size;
        if next <= (*c).end && at != 0 {
            (*c).cur = next;
            return at as *mut u8;
        }
    }
    new_object_slow(ty)
}

#[cold]
#[inline(never)]
unsafe fn new_object_slow(ty: *const Type) -> *mut u8 {
    let t = &*ty;
    if t.ptrdata == 0 {
        return noscan(t.size, true);
    }
    if t.size <= MAX_MASK {
        let p = getp();
        return bump(p, cache_for(p, ty, 0));
    }
    with_header(ty, t.size)
}

/// `size` bytes without pointers; zeroed if `zero`. Size 0 gives the address of all zero-size variables.
#[inline]
pub unsafe fn noscan(size: usize, zero: bool) -> *mut u8 {
    if size == 0 {
        return super::zerobase();
    }
    if size > MAX_SMALL {
        return large(size, null(), zero);
    }
    let p = getp();
    let obj = bump(p, (*p).caches.add(class_of(size)));
    if size > MAX_ZERO_AHEAD && zero {
        let span = (*arena()).span_of(obj as usize);
        if (*span).needs_zero {
            core::ptr::write_bytes(obj, 0, size);
        }
    }
    obj
}

/// A zeroed array of `size` bytes that repeats `elem`.
pub unsafe fn array(elem: *const Type, size: usize) -> *mut u8 {
    if (*elem).ptrdata == 0 || size == 0 {
        return noscan(size, true);
    }
    if size <= MAX_MASK {
        let p = getp();
        return bump(p, cache_for(p, elem, class_of(size)));
    }
    with_header(elem, size)
}

/// A zeroed object of the runtime's own with the given pointer words; at most `MAX_MASK` bytes.
pub unsafe fn with_mask(size: usize, mask: u64) -> *mut u8 {
    let p = getp();
    let slot = LOCK.with(|| mask_slot(class_of(size), mask, false));
    bump(p, (*p).caches.add(slot))
}

/// Objects of the runtime's own of one size and pointer mask: remembers their slot.
pub struct MaskSlot(AtomicUsize);

impl MaskSlot {
    pub const fn new() -> MaskSlot {
        MaskSlot(AtomicUsize::new(0))
    }

    /// A zeroed object; `size` (at most `MAX_MASK`) and `mask` are always the same.
    #[inline]
    pub unsafe fn new_object(&self, size: usize, mask: u64) -> *mut u8 {
        let mut slot = self.0.load(Ordering::Relaxed);
        if slot == 0 {
            slot = LOCK.with(|| mask_slot(class_of(size), mask, false));
            self.0.store(slot, Ordering::Relaxed);
        }
        let p = getp();
        bump(p, (*p).caches.add(slot))
    }
}

unsafe fn with_header(ty: *const Type, size: usize) -> *mut u8 {
    if size > MAX_SMALL - HEADER {
        return large(size, ty, true);
    }
    let p = getp();
    let obj = bump(p, (*p).caches.add(CLASSES + class_of(size + HEADER)));
    *obj.cast::<*const Type>() = ty;
    obj.add(HEADER)
}

/// An object with pages of its own.
#[cold]
#[inline(never)]
unsafe fn large(size: usize, ty: *const Type, zero: bool) -> *mut u8 {
    let used = size.div_ceil(HEAP_PAGE);
    gc::before_allocation(used.saturating_mul(HEAP_PAGE));
    // One that fills its pages has another one behind it, so that the address of its end isn't that of another object.
    let pages = used.saturating_add(size.is_multiple_of(HEAP_PAGE) as usize);
    // What it takes may be what sweeping frees.
    while cycle::sweep_some(SWEEP.max(pages)) && !LOCK.with(|| (*arena()).has(pages)) {}
    let (base, zeroed) = LOCK.with(|| take_pages(pages));
    LOCK.with(|| {
        let s = Span::create(base, pages, used * HEAP_PAGE, 1);
        (*s).scan = if ty.is_null() { Scan::None } else { Scan::Large };
        (*s).layout.ty = ty;
        (*s).slot = u16::MAX;
        (*s).needs_zero = true;
        // Until the memory is zeroed no collection can happen: this goroutine has not parked.
        *Span::allocs(s) = 1;
        super::add_span(s);
        stats::allocated(1, used * HEAP_PAGE);
    });
    if !zeroed {
        crate::race::fresh(base, pages * HEAP_PAGE);
    }
    if zero && !zeroed {
        core::ptr::write_bytes(base as *mut u8, 0, used * HEAP_PAGE);
    }
    base as *mut u8
}

/// Pages of the arena, after a collection if there are none left. Under `LOCK`.
unsafe fn take_pages(pages: usize) -> (usize, bool) {
    if let Some(r) = (*arena()).take(pages) {
        return r;
    }
    LOCK.unlock();
    cycle::collect_now();
    LOCK.lock();
    match (*arena()).take(pages) {
        Some(r) => r,
        None => {
            LOCK.unlock();
            crate::panic::fatal::out_of_memory(pages.saturating_mul(HEAP_PAGE))
        }
    }
}

/// Gives the cache its next run and returns the first object of it.
#[cold]
#[inline(never)]
unsafe fn refill(p: *mut P, c: *mut Cache) -> *mut u8 {
    gc::before_allocation(0);
    let slot = c.offset_from((*p).caches) as usize;
    loop {
        let mut span = (*c).span;
        if span.is_null() {
            span = LOCK.with(|| {
                let class = (&(*slots()))[slot].class as usize;
                (*c).size = SIZES[class] as usize;
                loop {
                    if let Some(s) = (&mut (*slots()))[slot].partial.pop() {
                        break s;
                    }
                    // Sweeping may find one; in any case it makes up for the memory that is taken.
                    if !cycle::sweep(SWEEP) {
                        break new_span(slot, class);
                    }
                }
            });
            (*c).span = span;
        }
        let size = (*c).size;
        // A span that a cache has taken is this processor's until the next collection: no lock from here on.
        let ahead = size <= MAX_ZERO_AHEAD || (*span).scan != Scan::None;
        let max = if gc::stressed() {
            1
        } else if (*span).needs_zero && ahead {
            (ZERO_AHEAD / size).max(1)
        } else {
            usize::MAX / 2
        };
        let Some((first, count)) = Span::take_run(span, max) else {
            (*c).span = null_mut();
            continue;
        };
        let start = (*span).base + first * size;
        if (*span).needs_zero {
            crate::race::fresh(start, count * size);
        }
        if (*span).needs_zero && ahead {
            core::ptr::write_bytes(start as *mut u8, 0, count * size);
        }
        (*c).cur = start + size;
        (*c).end = start + count * size;
        (*p).taken.add(count, count * size);
        return start as *mut u8;
    }
}

unsafe fn new_span(slot: usize, class: usize) -> *mut Span {
    let pages = span_pages(class);
    let size = SIZES[class] as usize;
    let (base, zeroed) = take_pages(pages);
    let span = Span::create(base, pages, size, pages * HEAP_PAGE / size);
    let s = &(&(*slots()))[slot];
    (*span).scan = s.scan;
    (*span).layout.mask = s.mask;
    (*span).arrays = s.arrays;
    (*span).slot = slot as u16;
    (*span).needs_zero = !zeroed;
    super::add_span(span);
    span
}

/// Forgets the runs of a processor: the next collection's sweep finds what was not handed out.
pub unsafe fn flush(p: *mut P) {
    (*p).taken.count();
    for i in 0..(&(*slots())).len() {
        let c = (*p).caches.add(i);
        if (*c).span.is_null() && (*c).cur == 0 {
            continue;
        }
        let rest = (*c).end - (*c).cur;
        if let Some(count) = rest.checked_div((*c).size) {
            stats::not_allocated(count, rest);
        }
        (*c).cur = 0;
        (*c).end = 0;
        (*c).span = null_mut();
    }
}

/// Objects and bytes that the processor's caches have taken but not handed out yet.
pub unsafe fn unused(p: *mut P) -> (usize, usize) {
    let (mut objects, mut bytes) = (0, 0);
    for i in 0..(&(*slots())).len() {
        let c = (*p).caches.add(i);
        let rest = (*c).end - (*c).cur;
        if let Some(count) = rest.checked_div((*c).size) {
            objects += count;
            bytes += rest;
        }
    }
    (objects, bytes)
}
