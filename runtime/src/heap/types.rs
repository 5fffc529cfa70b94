//! Where the pointers of a type are, from its descriptor.

use crate::abi::{Type, kind};

/// Calls `f` with the index of each word of one value of `ty` that may be a pointer.
pub unsafe fn for_each_pointer(ty: &Type, mut f: impl FnMut(usize)) {
    for_each(ty, 0, &mut f);
}

unsafe fn for_each(ty: &Type, base: usize, f: &mut impl FnMut(usize)) {
    if ty.ptrdata == 0 {
        return;
    }
    if ty.gcdata.is_null() {
        // A large array: its elements one after the other.
        debug_assert!(ty.kind == kind::ARRAY);
        let elem = &*ty.elem;
        for i in 0..ty.len as usize {
            for_each(elem, base + i * elem.size / 8, f);
        }
        return;
    }
    for i in 0..ty.ptrdata / 8 {
        if *ty.gcdata.add(i / 8) >> (i % 8) & 1 != 0 {
            f(base + i);
        }
    }
}

/// Whether the last bytes of a value may belong to an array.
pub unsafe fn ends_with_array(ty: &Type) -> bool {
    match ty.kind {
        kind::ARRAY => true,
        kind::STRUCT => match ty.fields().last() {
            Some(f) => ends_with_array(&*f.ty),
            None => true,
        },
        _ => false,
    }
}

/// Calls `f` with the value of each word that may be a pointer in `lo..hi`, memory that repeats `ty` from `origin` on.
/// `lo` is at or behind `origin`.
#[inline]
pub unsafe fn scan_repeated(
    ty: &Type,
    origin: usize,
    lo: usize,
    hi: usize,
    f: &mut impl FnMut(usize),
) {
    if ty.ptrdata == 0 || ty.size == 0 {
        return;
    }
    let mut at = origin + (lo - origin) / ty.size * ty.size;
    while at < hi {
        if ty.gcdata.is_null() {
            let from = at.max(lo);
            let to = (at + ty.size).min(hi);
            scan_repeated(&*ty.elem, at, from, to, f);
        } else {
            scan_one(ty, at, lo, hi, f);
        }
        at += ty.size;
    }
}

#[inline]
unsafe fn scan_one(ty: &Type, at: usize, lo: usize, hi: usize, f: &mut impl FnMut(usize)) {
    let words = ty.ptrdata / 8;
    let mut i = if lo > at { (lo - at).div_ceil(8) } else { 0 };
    while i < words {
        let bits = *ty.gcdata.add(i / 8) >> (i % 8);
        if bits == 0 {
            i = (i / 8 + 1) * 8;
            continue;
        }
        i += bits.trailing_zeros() as usize;
        let addr = at + i * 8;
        if i >= words || addr + 8 > hi {
            return;
        }
        f(*(addr as *const usize));
        i += 1;
    }
}
