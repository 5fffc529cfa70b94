//! What reflection asks of the runtime: the registry of types, typed copies, itabs; and the runtime's own descriptors.

use crate::abi::{Itab, Str, Type};
use crate::itab;
use crate::lock::{Global, Lock};
use alloc::collections::BTreeMap;
use core::arch::{asm, global_asm};
use core::ptr::null;

global_asm!(".weak __start_gotypes", ".weak __stop_gotypes");

/// A word that may be a pointer, for memory of the runtime's own that the collector scans.
static POINTER_WORD: Type = Type {
    size: 8,
    ptrdata: 8,
    hash: 0,
    tflag: 0,
    align: 8,
    field_align: 8,
    kind: 26,
    equal: None,
    hashfn: None,
    gcdata: &1,
    string: Str::EMPTY,
    ptr_to_this: null(),
    uncommon: null(),
    elem: null(),
    key: null(),
    len: 0,
    list: null(),
    pkgpath: Str::EMPTY,
    aux: null(),
    unique: null(),
};

pub fn pointer_word() -> *const Type {
    &POINTER_WORD
}

/// All descriptors by unique string, built on first use.
static REGISTRY: Global<Option<BTreeMap<&'static [u8], *const Type>>> = Global::new(None);
static LOCK: Lock = Lock::new();

fn linked_types() -> &'static [Type] {
    let (lo, hi): (usize, usize);
    // SAFETY: loads two addresses; between them lie descriptors and nothing else.
    unsafe {
        asm!(
            "mov {}, [rip+__start_gotypes@GOTPCREL]",
            "mov {}, [rip+__stop_gotypes@GOTPCREL]",
            out(reg) lo, out(reg) hi, options(pure, nomem, nostack, preserves_flags)
        );
        if lo == 0 {
            return &[];
        }
        core::slice::from_raw_parts(lo as *const Type, (hi - lo) / size_of::<Type>())
    }
}

unsafe fn unique(t: *const Type) -> &'static [u8] {
    core::ffi::CStr::from_ptr((*t).unique.cast()).to_bytes()
}

unsafe fn registry() -> &'static mut BTreeMap<&'static [u8], *const Type> {
    (*REGISTRY.get()).get_or_insert_with(|| {
        linked_types()
            .iter()
            .filter(|t| !t.unique.is_null())
            .map(|t| (unique(t), t as *const Type))
            .collect()
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_find_type(name: Str) -> *const Type {
    LOCK.with(|| registry().get(name.bytes()).copied().unwrap_or(null()))
}

/// Notes a descriptor made at run time, or returns the one that is already there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_register_type(t: *const Type) -> *const Type {
    LOCK.with(|| *registry().entry(unique(t)).or_insert(t))
}

/// Descriptors made at run time are objects of the heap, which only the registry may refer to.
pub unsafe fn mark_roots(m: &mut crate::heap::mark::Marker) {
    if let Some(r) = &*REGISTRY.get() {
        for t in r.values() {
            m.root(*t as usize);
        }
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_implements(ty: *const Type, inter: *const Type) -> bool {
    if (*ty).kind != crate::abi::kind::INTERFACE {
        return !itab::find(inter, ty).is_null();
    }
    // An interface type: its methods, sorted like the other's, must contain them.
    let mut have = (*ty).interface_methods().iter();
    (*inter).interface_methods().iter().all(|w| {
        have.any(|m| {
            m.ty == w.ty
                && m.name.bytes() == w.name.bytes()
                && m.pkgpath.bytes() == w.pkgpath.bytes()
        })
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_getitab(inter: *const Type, ty: *const Type) -> *const Itab {
    itab::find(inter, ty)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_typedmemmove(ty: *const Type, dst: *mut u8, src: *const u8) {
    core::ptr::copy(src, dst, (*ty).size);
}
