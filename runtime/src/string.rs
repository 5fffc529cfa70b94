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

/// The same in the caller's room, if it suffices.
unsafe fn copy(room: *mut u8, b: &[u8]) -> Str {
    if room.is_null() || b.len() > ROOM {
        return new(b);
    }
    copy_nonoverlapping(b.as_ptr(), room, b.len());
    Str { ptr: room, len: b.len() }
}

/// Bytes of the room that callers may have for a short result.
const ROOM: usize = 32;
/// Runes of the room for a slice of runes.
const RUNES: usize = 32;

/// Memory for a string of `n` bytes: the caller's room, if there is any and it suffices.
unsafe fn bytes(room: *mut u8, n: usize) -> *mut u8 {
    if !room.is_null() && n <= ROOM { room } else { cache::noscan(n, false) }
}

/// Joins strings. If only one of them has bytes, the result is that one.
unsafe fn concat(room: *mut u8, parts: &[Str]) -> Str {
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
    let p = bytes(room, total);
    let mut at = p;
    for s in parts {
        copy_nonoverlapping(s.ptr, at, s.len);
        at = at.add(s.len);
    }
    Str { ptr: p, len: total }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_concatstring2(room: *mut u8, a: Str, b: Str) -> Str {
    if a.len == 0 {
        return b;
    }
    if b.len == 0 {
        return a;
    }
    concat(room, &[a, b])
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_concatstrings(room: *mut u8, p: *const Str, n: usize) -> Str {
    concat(room, core::slice::from_raw_parts(p, n))
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
pub unsafe extern "C" fn gosubc_intstring(room: *mut u8, v: i64) -> Str {
    let r = if (0..=rune::MAX as i64).contains(&v) { v as u32 } else { rune::ERROR };
    let mut b = [0; 4];
    let n = rune::encode(r, &mut b);
    copy(room, &b[..n])
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_slicebytetostring(room: *mut u8, p: *const u8, n: usize) -> Str {
    match n {
        0 => Str::EMPTY,
        1 => Str { ptr: (&raw const gosubc_staticbytes[*p as usize]).cast(), len: 1 },
        _ => copy(room, core::slice::from_raw_parts(p, n)),
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_stringtoslicebyte(room: *mut u8, s: Str) -> PtrInt {
    if !room.is_null() && s.len <= ROOM {
        // The caller has zeroed it.
        copy_nonoverlapping(s.ptr, room, s.len);
        return PtrInt { ptr: room, n: ROOM };
    }
    let cap = crate::heap::classes::round_up(s.len, true);
    let p = cache::noscan(cap, false);
    copy_nonoverlapping(s.ptr, p, s.len);
    core::ptr::write_bytes(p.add(s.len), 0, cap - s.len);
    PtrInt { ptr: p, n: cap }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_slicerunetostring(room: *mut u8, p: *const u32, n: usize) -> Str {
    if n == 0 {
        return Str::EMPTY;
    }
    let runes = core::slice::from_raw_parts(p, n);
    let mut b = [0; 4];
    let total = runes.iter().map(|&r| rune::encode(r, &mut b)).sum();
    let out = bytes(room, total);
    let mut at = out;
    for &r in runes {
        let n = rune::encode(r, &mut b);
        copy_nonoverlapping(b.as_ptr(), at, n);
        at = at.add(n);
    }
    Str { ptr: out, len: total }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_stringtoslicerune(room: *mut u8, s: Str) -> PtrInt {
    let n = gosubc_countrunes(s) as usize;
    let in_room = !room.is_null() && n <= RUNES;
    let p = if in_room { room } else { cache::noscan(n * 4, false) }.cast::<u32>();
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
            let mut room = [0u64; 16];
            for room in [core::ptr::null_mut(), room.as_mut_ptr().cast::<u8>()] {
                let is_in = |p: *const u8| core::ptr::eq(p, room);
                let long = "longer than thirty-two bytes, which is the room";
                let joined = gosubc_concatstring2(room, s("ab"), s("cd"));
                assert_eq!(joined.bytes(), b"abcd");
                assert_eq!(is_in(joined.ptr), !room.is_null());
                assert!(!is_in(gosubc_concatstring2(room, s(long), s("cd")).ptr));
                assert_eq!(gosubc_concatstring2(room, s(""), s("x")).bytes(), b"x");
                let parts = [s("a"), s("b"), s(""), s("c"), s("d")];
                assert_eq!(gosubc_concatstrings(room, parts.as_ptr(), 5).bytes(), b"abcd");
                assert_eq!(gosubc_intstring(room, 0x20ac).bytes(), "€".as_bytes());
                assert_eq!(gosubc_intstring(room, -1).bytes(), "\u{fffd}".as_bytes());
                let r = gosubc_stringtoslicerune(room, s("aé€😀"));
                assert_eq!(is_in(r.ptr), !room.is_null());
                let none = core::ptr::null_mut();
                let back = gosubc_slicerunetostring(none, r.ptr.cast(), r.n);
                assert_eq!(back.bytes(), "aé€😀".as_bytes());
                let b = gosubc_stringtoslicebyte(room, s("hello"));
                assert_eq!(b.n, if room.is_null() { 8 } else { ROOM });
                let text = gosubc_slicebytetostring(none, b.ptr, 5);
                assert_eq!(text.bytes(), b"hello");
                assert!(!is_in(gosubc_stringtoslicebyte(room, s(long)).ptr));
                assert!(!is_in(gosubc_slicebytetostring(room, s(long).ptr, long.len()).ptr));
            }
            assert_eq!(gosubc_cmpstring(s("a"), s("b")), -1);
            assert_eq!(gosubc_cmpstring(s("ab"), s("a")), 1);
            assert_eq!(gosubc_countrunes(s("aé€😀")), 4);
        });
    }
}
