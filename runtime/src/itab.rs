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
    let methods = (*ty).methods();
    let words = size_of::<Entry>() / 8 + wanted.len();
    let e: *mut Entry = alloc::vec![0u64; words].leak().as_mut_ptr().cast();
    (*e).itab = Itab { inter, ty, hash: (*ty).hash, pad: 0 };
    let code = e.add(1).cast::<*const c_void>();
    let mut next = methods.iter();
    for (i, w) in wanted.iter().enumerate() {
        let found = next.find(|m| {
            m.ty == w.ty
                && m.name.bytes() == w.name.bytes()
                && m.pkgpath.bytes() == w.pkgpath.bytes()
        });
        match found {
            Some(m) => *code.add(i) = m.ifn,
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

/// What the slots of caches refer to at first: an entry of no type.
#[unsafe(no_mangle)]
pub static gosubc_no_itab: NoEntry = NoEntry([0, 0, 0, 1, 0]);

/// As long as an [`Entry`] without methods.
#[repr(C, align(8))]
pub struct NoEntry([usize; 5]);

/// [`gosubc_find_itab`] for a slot of a cache, which is to remember the entry. Generated code compares the dynamic
/// type of the slot's entry, and calls this if it is another.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_find_itab_cached(
    inter: *const Type,
    ty: *const Type,
    slot: *const AtomicPtr<c_void>,
) -> *const Itab {
    if ty.is_null() {
        return core::ptr::null();
    }
    let e = lookup(inter, ty);
    (*slot).store(e.cast(), Ordering::Release);
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
