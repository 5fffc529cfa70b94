//! `append` beyond the capacity.

use crate::abi::{PtrInt, Type};
use crate::heap::cache;
use crate::heap::classes::round_up;
use crate::panic::errors;

/// Larger requests cannot be addresses.
const MAX_ALLOC: usize = 1 << 48;
const DOUBLE_BELOW: usize = 256;

/// Go's growth rule: double small slices, let the factor of large ones fall smoothly to 1.25.
fn next_cap(new_len: usize, old_cap: usize) -> usize {
    let double = old_cap.wrapping_add(old_cap);
    if new_len > double {
        return new_len;
    }
    if old_cap < DOUBLE_BELOW {
        return double;
    }
    let mut cap = old_cap;
    while cap < new_len {
        cap = cap.wrapping_add((cap.wrapping_add(3 * DOUBLE_BELOW)) >> 2);
        if cap as isize <= 0 {
            return new_len;
        }
    }
    cap
}

/// A larger array with the old elements; what lies behind the new length is zero. The caller fills the last `added` elements of the new length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_growslice(
    old: *const u8,
    new_len: i64,
    old_cap: usize,
    added: usize,
    elem: *const Type,
) -> PtrInt {
    if new_len < 0 {
        errors::error("growslice: len out of range");
    }
    let new_len = new_len as usize;
    let size = (*elem).size;
    if size == 0 {
        return PtrInt { ptr: crate::heap::zerobase(), n: new_len };
    }
    let noscan = (*elem).ptrdata == 0;
    let cap = next_cap(new_len, old_cap);
    let Some(bytes) = cap.checked_mul(size).filter(|&b| b <= MAX_ALLOC) else {
        errors::error("growslice: len out of range")
    };
    let bytes = round_up(bytes, noscan);
    let cap = bytes / size;
    let used = (new_len - added) * size;
    let p = if noscan {
        let p = cache::noscan(bytes, false);
        let end = new_len * size;
        core::ptr::write_bytes(p.add(end), 0, bytes - end);
        p
    } else {
        cache::array(elem, cap * size)
    };
    core::ptr::copy_nonoverlapping(old, p, used);
    PtrInt { ptr: p, n: cap }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{noscan_type, pointer_type, with_runtime};

    #[test]
    fn capacities_as_go_has_them() {
        with_runtime(|| unsafe {
            let grow = |ty, len: usize, cap: usize| {
                gosubc_growslice([0u8; 1].as_ptr(), len as i64, cap, len, ty).n
            };
            let (i64s, bytes, ptrs) = (noscan_type(8), noscan_type(1), pointer_type());
            assert_eq!(grow(i64s, 1, 0), 1);
            assert_eq!(grow(i64s, 5, 4), 8);
            assert_eq!(grow(i64s, 5, 0), 6);
            assert_eq!(grow(i64s, 513, 512), 848);
            assert_eq!(grow(i64s, 849, 848), 1280);
            assert_eq!(grow(bytes, 5, 0), 8);
            assert_eq!(grow(bytes, 33, 32), 64);
            // A header of eight bytes takes part in the rounding.
            assert_eq!(grow(ptrs, 65, 64), 143);
            assert_eq!(grow(noscan_type(24), 3, 0), 3);
        });
    }

    #[test]
    fn keeps_elements() {
        with_runtime(|| unsafe {
            let old = [1u64, 2, 3];
            for _ in 0..4 {
                // Memory that has been in use, for the next one.
                let p = gosubc_growslice(old.as_ptr().cast(), 6, 3, 3, noscan_type(8)).ptr;
                core::ptr::write_bytes(p, 0xee, 48);
            }
            let r = gosubc_growslice(old.as_ptr().cast(), 4, 3, 1, noscan_type(8));
            let new = core::slice::from_raw_parts(r.ptr.cast::<u64>(), r.n);
            assert_eq!(new[..3], [1, 2, 3]);
            assert_eq!(new[4..], [0, 0]);
        });
    }
}
