//! Itabs: the code of a type's methods in the order of an interface's, built on demand and kept for ever.
//!
//! In: interface type and dynamic type. Out: the itab, or which method is missing. Failures are remembered too. The table
//! is an open-addressing hash table of atomic pointers; readers take no lock.

use crate::abi::{Itab, Str, Type};
use crate::lock::{Global, Lock};
use crate::panic::errors;
use alloc::vec::Vec;
use core::ffi::c_void;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

/// An entry: the itab, or (`missing`) the name of a method that the type lacks. Code pointers follow the itab.
#[repr(C)]
struct Entry {
    missing: Str,
    itab: Itab,
}

struct Table {
    mask: usize,
    slots: Vec<AtomicPtr<Entry>>,
}

static TABLE: AtomicPtr<Table> = AtomicPtr::new(null_mut());
static COUNT: Global<usize> = Global::new(0);
static LOCK: Lock = Lock::new();

const FIRST_SIZE: usize = 512;

fn slot_hash(inter: *const Type, ty: *const Type) -> usize {
    let h = (inter as u64).rotate_left(32) ^ ty as u64;
    (h.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

impl Table {
    fn new(size: usize) -> *mut Table {
        let slots = (0..size).map(|_| AtomicPtr::new(null_mut())).collect();
        alloc::boxed::Box::into_raw(alloc::boxed::Box::new(Table { mask: size - 1, slots }))
    }

    unsafe fn find(&self, inter: *const Type, ty: *const Type) -> *mut Entry {
        let mut i = slot_hash(inter, ty) & self.mask;
        loop {
            // The mask keeps `i` inside.
            let e = self.slots.get_unchecked(i).load(Ordering::Acquire);
            if e.is_null() || ((*e).itab.inter == inter && (*e).itab.ty == ty) {
                return e;
            }
            i = (i + 1) & self.mask;
        }
    }

    unsafe fn insert(&self, e: *mut Entry) {
        let mut i = slot_hash((*e).itab.inter, (*e).itab.ty) & self.mask;
        while !self.slots[i].load(Ordering::Relaxed).is_null() {
            i = (i + 1) & self.mask;
        }
        self.slots[i].store(e, Ordering::Release);
    }
}

#[inline]
unsafe fn lookup(inter: *const Type, ty: *const Type) -> *mut Entry {
    let t = TABLE.load(Ordering::Acquire);
    if !t.is_null() {
        let e = (*t).find(inter, ty);
        if !e.is_null() {
            return e;
        }
    }
    lookup_slow(inter, ty)
}

#[cold]
#[inline(never)]
unsafe fn lookup_slow(inter: *const Type, ty: *const Type) -> *mut Entry {
    LOCK.with(|| {
        let mut t = TABLE.load(Ordering::Relaxed);
        if t.is_null() {
            t = Table::new(FIRST_SIZE);
        } else {
            let e = (*t).find(inter, ty);
            if !e.is_null() {
                return e;
            }
        }
        if (*COUNT.get() + 1) * 2 > (*t).mask {
            // Readers may still use the old table; it is small and stays.
            let larger = Table::new(((*t).mask + 1) * 2);
            for s in &(*t).slots {
                let e = s.load(Ordering::Relaxed);
                if !e.is_null() {
                    (*larger).insert(e);
                }
            }
            t = larger;
        }
        let e = build(inter, ty);
        (*t).insert(e);
        *COUNT.get() += 1;
        TABLE.store(t, Ordering::Release);
        e
    })
}

/// Both method lists are sorted by name, then package path: one pass over both.
unsafe fn build(inter: *const Type, ty: *const Type) -> *mut Entry {
    let wanted = (*inter).interface_methods();
    let words = size_of::<Entry>() / 8 + wanted.len();
    let e: *mut Entry = alloc::vec![0u64; words].leak().as_mut_ptr().cast();
    (*e).itab = Itab { inter, ty, hash: (*ty).hash, pad: 0 };
    let code = e.add(1).cast::<*const c_void>();
    let mut next = (*ty).methods();
    for (i, w) in wanted.iter().enumerate() {
        let found = next.find(|(m, code)| {
            code.ty == w.ty
                && m.name.bytes() == w.name.bytes()
                && m.pkgpath.bytes() == w.pkgpath.bytes()
        });
        match found {
            Some((_, found)) => *code.add(i) = found.ifn,
            None => {
                (*e).missing = w.name;
                break;
            }
        }
    }
    e
}

/// The itab, or null if the type does not implement the interface.
pub unsafe fn find(inter: *const Type, ty: *const Type) -> *const Itab {
    if ty.is_null() {
        return core::ptr::null();
    }
    let e = lookup(inter, ty);
    if (*e).missing.ptr.is_null() { &raw const (*e).itab } else { core::ptr::null() }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_find_itab(inter: *const Type, ty: *const Type) -> *const Itab {
    find(inter, ty)
}

/// The entries for one interface type that generated code has met, by dynamic type: it looks into slot `type_hash & mask`, and calls
/// [`gosubc_find_itab_cached`] if the entry there is of another type. Slots follow.
#[repr(C)]
struct Cache {
    mask: usize,
}

/// The hash of a type's address in a [`Cache`].
fn type_hash(ty: *const Type) -> usize {
    ((ty as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

/// The most slots of a cache, and the most for each type in it.
const MAX_SLOTS: usize = 1024;
const SLOTS_PER_TYPE: usize = 16;

impl Cache {
    /// A cache with room, without entries. It is never freed: others may be reading it.
    fn new(size: usize) -> *const Cache {
        let none = (&raw const NO_ENTRY) as usize;
        let mut words = alloc::vec![none; size + 1];
        words[0] = size - 1;
        words.leak().as_ptr().cast()
    }

    unsafe fn slots(&self) -> &[AtomicPtr<Entry>] {
        core::slice::from_raw_parts((&raw const *self).add(1).cast(), self.mask + 1)
    }

    unsafe fn slot(&self, e: *const Entry) -> &AtomicPtr<Entry> {
        &self.slots()[type_hash((*e).itab.ty) & self.mask]
    }
}

/// Puts an entry into a cache, which grows if the entry's place is taken.
unsafe fn remember(cache: &AtomicPtr<Cache>, e: *mut Entry) {
    let is_none = |e: *mut Entry| core::ptr::eq(e.cast(), &raw const NO_ENTRY);
    LOCK.with(|| {
        let old = &*cache.load(Ordering::Relaxed);
        if old.mask > 0 && is_none(old.slot(e).load(Ordering::Relaxed)) {
            return old.slot(e).store(e, Ordering::Release);
        }
        let kept: Vec<*mut Entry> = old.slots().iter().map(|s| s.load(Ordering::Relaxed)).collect();
        let kept = kept.into_iter().filter(|e| !is_none(*e));
        let most = (kept.clone().count() + 1).next_power_of_two() * SLOTS_PER_TYPE;
        let size = (old.mask + 1) * 2;
        if size > most.min(MAX_SLOTS) {
            return old.slot(e).store(e, Ordering::Release);
        }
        let new = Cache::new(size.max(8));
        kept.chain([e]).for_each(|e| (*new).slot(e).store(e, Ordering::Relaxed));
        cache.store(new.cast_mut(), Ordering::Release);
    });
}

/// What empty slots refer to: an entry of no type.
static NO_ENTRY: NoEntry = NoEntry([0, 0, 0, 1, 0]);

/// As long as an [`Entry`] without methods.
#[repr(C, align(8))]
struct NoEntry([usize; 5]);

/// What caches are at first.
#[unsafe(no_mangle)]
pub static gosubc_no_itabs: NoCache = NoCache { mask: 0, slot: &NO_ENTRY };

/// A [`Cache`] of one empty slot, which is never written to.
#[repr(C)]
pub struct NoCache {
    mask: usize,
    slot: &'static NoEntry,
}

/// [`gosubc_find_itab`] for a cache that is to remember the entry.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_find_itab_cached(
    inter: *const Type,
    ty: *const Type,
    cache: *const AtomicPtr<c_void>,
) -> *const Itab {
    if ty.is_null() {
        return core::ptr::null();
    }
    let e = lookup(inter, ty);
    remember(&*cache.cast(), e);
    if (*e).missing.ptr.is_null() { &raw const (*e).itab } else { core::ptr::null() }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_assert_itab(inter: *const Type, ty: *const Type) -> *const Itab {
    if ty.is_null() {
        errors::missing_method(ty, inter, Str::EMPTY);
    }
    let e = lookup(inter, ty);
    if !(*e).missing.ptr.is_null() {
        errors::missing_method(ty, inter, (*e).missing);
    }
    &raw const (*e).itab
}
