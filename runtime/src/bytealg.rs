//! Memory searches for internal/bytealg and others.

use core::arch::x86_64::*;
use core::slice::from_raw_parts;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_memchr(p: *const u8, n: usize, c: u8) -> i64 {
    if n == 0 {
        return -1;
    }
    let q = libc::memchr(p.cast(), c as i32, n) as *const u8;
    if q.is_null() { -1 } else { q.offset_from(p) as i64 }
}

/// Looks at sixteen places at a time, by the first and the last byte of the needle. That costs nothing to set up; if
/// too many places turn out to be none, the rest is left to an algorithm that is linear whatever the texts are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_memmem(hp: *const u8, hn: usize, np: *const u8, nn: usize) -> i64 {
    let places = hn - nn + 1;
    // The bytes between the first and the last.
    let inner = |at: usize| libc::memcmp(hp.add(at + 1).cast(), np.add(1).cast(), nn - 2) == 0;
    if places < 16 {
        let ends = (*np, *np.add(nn - 1));
        let found = (0..places).find(|&i| (*hp.add(i), *hp.add(i + nn - 1)) == ends && inner(i));
        return found.map_or(-1, |i| i as i64);
    }
    let first = _mm_set1_epi8(*np as i8);
    let last = _mm_set1_epi8(*np.add(nn - 1) as i8);
    let (mut at, mut compared) = (0, 0);
    loop {
        let a = _mm_cmpeq_epi8(first, _mm_loadu_si128(hp.add(at).cast()));
        let b = _mm_cmpeq_epi8(last, _mm_loadu_si128(hp.add(at + nn - 1).cast()));
        let mut mask = _mm_movemask_epi8(_mm_and_si128(a, b));
        while mask != 0 {
            let i = at + mask.trailing_zeros() as usize;
            if inner(i) {
                return i as i64;
            }
            compared += nn;
            mask &= mask - 1;
        }
        if at + 16 == places {
            return -1;
        }
        if compared > 8 * at + 1024 {
            let rest = from_raw_parts(hp.add(at), hn - at);
            let found = memchr::memmem::find(rest, from_raw_parts(np, nn));
            return found.map_or(-1, |i| (at + i) as i64);
        }
        // The last sixteen may overlap those before.
        at = (at + 16).min(places - 16);
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_memcmp(p: *const u8, q: *const u8, n: usize) -> i64 {
    libc::memcmp(p.cast(), q.cast(), n) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there() {
        let find = |h: &[u8], n: &[u8]| {
            // SAFETY: the slices are valid, the needle is shorter and has two bytes or more.
            unsafe { gosubc_memmem(h.as_ptr(), h.len(), n.as_ptr(), n.len()) }
        };
        let mut texts: Vec<Vec<u8>> =
            vec![b"a".repeat(3000), b"ab".repeat(700), (0..250).collect()];
        texts.push((0..2000u32).map(|i| b'a' + (i * i % 7 % 3) as u8).collect());
        for text in &texts {
            for len in [2, 3, 5, 16, 17, 40, 100] {
                for start in (0..text.len() - len).step_by(37) {
                    let h = &text[..text.len() - start % 29];
                    let mut needle = text[start..start + len].to_vec();
                    for _ in 0..2 {
                        let want = h.windows(len).position(|w| w == needle);
                        assert_eq!(find(h, &needle), want.map_or(-1, |i| i as i64));
                        needle[len / 2] ^= 0x40;
                    }
                }
            }
        }
    }
}
