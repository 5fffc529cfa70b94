//! Strings: concatenation, comparison, conversions to and from bytes, runes and integers.

use crate::abi::{PtrInt, Str};
use crate::heap::{cache, gosubc_staticbytes};
use crate::rune;
use core::ptr::copy_nonoverlapping;

/// A Go string with a copy of the bytes.
pub fn new(b: &[u8]) -> Str {
    if b.is_empty() {
        return Str::EMPTY;
    }
    // SAFETY: a fresh object of that many bytes.
    unsafe {
        let p = cache::noscan(b.len(), false);
        copy_nonoverlapping(b.as_ptr(), p, b.len());
        Str { ptr: p, len: b.len() }
    }
}

/// Joins strings. If only one of them has bytes, the result is that one.
unsafe fn concat(parts: &[Str]) -> Str {
    let (mut total, mut filled, mut last) = (0usize, 0, Str::EMPTY);
    for s in parts {
        if s.len != 0 {
            filled += 1;
            last = *s;
            match total.checked_add(s.len) {
                Some(t) if t <= isize::MAX as usize => total = t,
                _ => crate::panic::fatal::throw("string concatenation too long"),
            }
        }
    }
    if filled <= 1 {
        return last;
    }
    let p = cache::noscan(total, false);
    let mut at = p;
    for s in parts {
        copy_nonoverlapping(s.ptr, at, s.len);
        at = at.add(s.len);
    }
    Str { ptr: p, len: total }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_concatstring2(a: Str, b: Str) -> Str {
    if a.len == 0 {
        return b;
    }
    if b.len == 0 {
        return a;
    }
    concat(&[a, b])
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_concatstring3(a: Str, b: Str, c: Str) -> Str {
    concat(&[a, b, c])
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_concatstrings(p: *const Str, n: usize) -> Str {
    concat(core::slice::from_raw_parts(p, n))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_cmpstring(a: Str, b: Str) -> i64 {
    a.bytes().cmp(b.bytes()) as i64
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_memequal(p: *const u8, q: *const u8, n: usize) -> bool {
    p == q || libc::memcmp(p.cast(), q.cast(), n) == 0
}

/// `string(rune)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_intstring(v: i64) -> Str {
    let r = if (0..=rune::MAX as i64).contains(&v) { v as u32 } else { rune::ERROR };
    let mut b = [0; 4];
    let n = rune::encode(r, &mut b);
    new(&b[..n])
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_slicebytetostring(p: *const u8, n: usize) -> Str {
    match n {
        0 => Str::EMPTY,
        1 => Str { ptr: (&raw const gosubc_staticbytes[*p as usize]).cast(), len: 1 },
        _ => new(core::slice::from_raw_parts(p, n)),
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_stringtoslicebyte(s: Str) -> PtrInt {
    let cap = crate::heap::classes::round_up(s.len, true);
    let p = cache::noscan(cap, false);
    copy_nonoverlapping(s.ptr, p, s.len);
    core::ptr::write_bytes(p.add(s.len), 0, cap - s.len);
    PtrInt { ptr: p, n: cap }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_slicerunetostring(p: *const u32, n: usize) -> Str {
    if n == 0 {
        return Str::EMPTY;
    }
    let runes = core::slice::from_raw_parts(p, n);
    let mut b = [0; 4];
    let total = runes.iter().map(|&r| rune::encode(r, &mut b)).sum();
    let out = cache::noscan(total, false);
    let mut at = out;
    for &r in runes {
        let n = rune::encode(r, &mut b);
        copy_nonoverlapping(b.as_ptr(), at, n);
        at = at.add(n);
    }
    Str { ptr: out, len: total }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_stringtoslicerune(s: Str) -> PtrInt {
    let n = gosubc_countrunes(s) as usize;
    let p = cache::noscan(n * 4, false).cast::<u32>();
    let b = s.bytes();
    let mut at = 0;
    let mut i = 0;
    while i < n {
        if rune::eight_ascii(b, at) {
            for k in 0..8 {
                *p.add(i + k) = u32::from(b[at + k]);
            }
            (i, at) = (i + 8, at + 8);
            continue;
        }
        let (r, size) = rune::decode(&b[at..]);
        *p.add(i) = r;
        (i, at) = (i + 1, at + size);
    }
    PtrInt { ptr: p.cast(), n }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_countrunes(s: Str) -> i64 {
    let b = s.bytes();
    let (mut n, mut at) = (0, 0);
    while at < b.len() {
        if rune::eight_ascii(b, at) {
            (n, at) = (n + 8, at + 8);
            continue;
        }
        at += if b[at] < 0x80 { 1 } else { rune::decode(&b[at..]).1 };
        n += 1;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::with_runtime;

    fn s(t: &'static str) -> Str {
        Str::from_static(t)
    }

    #[test]
    fn conversions() {
        with_runtime(|| unsafe {
            assert_eq!(gosubc_concatstring2(s("ab"), s("cd")).bytes(), b"abcd");
            assert_eq!(gosubc_concatstring3(s(""), s("x"), s("")).bytes(), b"x");
            let parts = [s("a"), s("b"), s(""), s("c"), s("d")];
            assert_eq!(gosubc_concatstrings(parts.as_ptr(), 5).bytes(), b"abcd");
            assert_eq!(gosubc_cmpstring(s("a"), s("b")), -1);
            assert_eq!(gosubc_cmpstring(s("ab"), s("a")), 1);
            assert_eq!(gosubc_intstring(0x20ac).bytes(), "€".as_bytes());
            assert_eq!(gosubc_intstring(-1).bytes(), "\u{fffd}".as_bytes());
            assert_eq!(gosubc_countrunes(s("aé€😀")), 4);
            let r = gosubc_stringtoslicerune(s("aé€😀"));
            let back = gosubc_slicerunetostring(r.ptr.cast(), r.n);
            assert_eq!(back.bytes(), "aé€😀".as_bytes());
            assert_eq!(gosubc_stringtoslicebyte(s("hello")).n, 8);
        });
    }
}
