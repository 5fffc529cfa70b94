//! Hashing for map keys: multiply-and-fold over eight bytes at a time, keyed by the caller's seed and a secret of the
//! process.

use crate::abi::{Iface, Itab, Str, Type};
use crate::g::getg;
use crate::lock::Global;
use crate::panic::errors;

/// Set at start; until then (and in tests) fixed.
static SECRET: Global<[u64; 3]> =
    Global::new([0x2d35_8dcc_aa6c_78a5, 0x8bb8_4b93_962e_acc9, 0x4b33_a62e_d433_d4a3]);

pub unsafe fn init() {
    let s = &mut *SECRET.get();
    let mut b = [0u8; 24];
    crate::sys::random(&mut b);
    for (i, w) in s.iter_mut().enumerate() {
        let mut x = [0; 8];
        x.copy_from_slice(&b[i * 8..i * 8 + 8]);
        // Odd, so that multiplication loses nothing.
        *w ^= u64::from_ne_bytes(x) | 1;
    }
}

#[inline(always)]
fn secret(i: usize) -> u64 {
    // SAFETY: written before any Go code runs.
    unsafe { (*SECRET.get())[i] }
}

#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let p = a as u128 * b as u128;
    p as u64 ^ (p >> 64) as u64
}

#[inline(always)]
unsafe fn u64_at(p: *const u8) -> u64 {
    p.cast::<u64>().read_unaligned()
}

#[inline(always)]
unsafe fn u32_at(p: *const u8) -> u64 {
    p.cast::<u32>().read_unaligned() as u64
}

#[inline(always)]
unsafe fn bytes(mut p: *const u8, n: usize, seed: u64) -> u64 {
    let mut h = seed ^ secret(0);
    let (a, b);
    if n <= 16 {
        if n >= 8 {
            a = u64_at(p);
            b = u64_at(p.add(n - 8));
        } else if n >= 4 {
            a = u32_at(p);
            b = u32_at(p.add(n - 4));
        } else if n > 0 {
            a = (*p as u64) << 16 | (*p.add(n / 2) as u64) << 8 | *p.add(n - 1) as u64;
            b = 0;
        } else {
            a = 0;
            b = 0;
        }
    } else {
        let mut left = n;
        let mut other = h;
        while left > 32 {
            h = fold(u64_at(p) ^ secret(1), u64_at(p.add(8)) ^ h);
            other = fold(u64_at(p.add(16)) ^ secret(2), u64_at(p.add(24)) ^ other);
            p = p.add(32);
            left -= 32;
        }
        h ^= other;
        if left > 16 {
            h = fold(u64_at(p) ^ secret(1), u64_at(p.add(8)) ^ h);
        }
        a = u64_at(p.wrapping_add(left).wrapping_sub(16));
        b = u64_at(p.wrapping_add(left).wrapping_sub(8));
    }
    fold(secret(1) ^ n as u64, fold(a ^ secret(1), b ^ h))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_memhash(p: *const u8, seed: u64, n: usize) -> u64 {
    bytes(p, n, seed)
}

#[unsafe(no_mangle)]
pub extern "C" fn gosubc_memhash32(v: u64, seed: u64) -> u64 {
    gosubc_memhash64(v as u32 as u64, seed)
}

#[unsafe(no_mangle)]
pub extern "C" fn gosubc_memhash64(v: u64, seed: u64) -> u64 {
    fold(v ^ secret(1), seed ^ secret(0))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_strhash(s: Str, seed: u64) -> u64 {
    bytes(s.ptr, s.len, seed)
}

/// Both zeros are equal, so they hash alike; no NaN equals itself, so each hashes anew.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_f64hash(v: f64, seed: u64) -> u64 {
    if v == 0.0 {
        return gosubc_memhash64(0, seed);
    }
    if v.is_nan() {
        return gosubc_memhash64((*(*getg()).p).rand(), seed);
    }
    gosubc_memhash64(v.to_bits(), seed)
}

unsafe fn dynamic(ty: *const Type, data: *mut u8, seed: u64) -> u64 {
    let t = &*ty;
    let Some(f) = t.hashfn else {
        let mut s = alloc::string::String::from("hash of unhashable type ");
        s.push_str(core::str::from_utf8(t.string.bytes()).unwrap_or("?"));
        errors::error(s.leak())
    };
    if t.is_direct() { f((&raw const data).cast(), seed) } else { f(data, seed) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_nilinterhash(v: Iface, seed: u64) -> u64 {
    if v.tab.is_null() {
        return gosubc_memhash64(0, seed);
    }
    dynamic(v.tab.cast(), v.data, seed)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_interhash(v: Iface, seed: u64) -> u64 {
    if v.tab.is_null() {
        return gosubc_memhash64(0, seed);
    }
    dynamic((*v.tab.cast::<Itab>()).ty, v.data, seed)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_rand64() -> u64 {
    (*(*getg()).p).rand()
}

/// The same under the name that math/rand has for it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_rand_uint64() -> u64 {
    gosubc_rand64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_differ_and_bits_spread() {
        let data: Vec<u8> = (0..200).map(|i| i as u8).collect();
        let mut seen = std::collections::HashSet::new();
        for n in 0..200 {
            // SAFETY: within the vector.
            let h = unsafe { gosubc_memhash(data.as_ptr(), 7, n) };
            assert!(seen.insert(h));
            assert!(seen.insert(h & 0xffff_ffff | 1 << 63));
        }
    }
}
