//! CRC-32 of long pieces, for hash/crc32, by carry-less multiplication.
//!
//! Lanes of 128 bits are folded over the data: a lane times x^d is added to the data d bits further on, which leaves the
//! remainder of the whole as it is. All numbers are polynomials over GF(2) with their bits in reverse, as CRCs of the
//! usual kind have them.

use core::arch::x86_64::*;

cpufeatures::new!(carryless, "pclmulqdq", "sse4.1");
cpufeatures::new!(wide, "pclmulqdq", "sse4.1", "avx512f", "vpclmulqdq");

/// What folding needs to know of a polynomial. A pair of numbers moves a lane on by its name's number of bits.
struct Polynomial {
    k2048: [i64; 2],
    k512: [i64; 2],
    k128: [i64; 2],
    k64: i64,
    /// The polynomial itself with all its bits, and the quotient of x^64 and it.
    barrett: [i64; 2],
}

impl Polynomial {
    const fn new(p: u32) -> Polynomial {
        Polynomial {
            k2048: [power(2048 + 32, p), power(2048 - 32, p)],
            k512: [power(512 + 32, p), power(512 - 32, p)],
            k128: [power(128 + 32, p), power(128 - 32, p)],
            k64: power(64, p),
            barrett: [(p as i64) << 1 | 1, quotient(p)],
        }
    }
}

/// The remainder of x^n, one bit higher than it would be: that is what the multiplication of reversed numbers wants.
const fn power(n: usize, p: u32) -> i64 {
    let (mut r, mut i) = (1u32 << 31, 0);
    while i < n {
        r = r >> 1 ^ p & (r & 1).wrapping_neg();
        i += 1;
    }
    (r as i64) << 1
}

/// The quotient of x^64 and the polynomial, 33 bits in reverse.
const fn quotient(p: u32) -> i64 {
    let divisor = (p.reverse_bits() as u128) | 1 << 32;
    let (mut rest, mut q, mut i) = (1u128 << 64, 0u64, 33);
    while i > 0 {
        i -= 1;
        if rest >> (32 + i) & 1 == 1 {
            rest ^= divisor << i;
            q |= 1 << i;
        }
    }
    (q.reverse_bits() >> 31) as i64
}

static IEEE: Polynomial = Polynomial::new(0xedb8_8320);
static CASTAGNOLI: Polynomial = Polynomial::new(0x82f6_3b78);

/// Adds as many whole groups of 64 bytes as there are to an inverted CRC-32 (IEEE), and returns how many bytes that
/// was: none if the processor has no carry-less multiplication.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_crc32_ieee(crc: *mut u32, p: *const u8, n: usize) -> usize {
    add(&mut *crc, &IEEE, p, n)
}

/// The same for Castagnoli's polynomial.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_crc32_castagnoli(crc: *mut u32, p: *const u8, n: usize) -> usize {
    add(&mut *crc, &CASTAGNOLI, p, n)
}

unsafe fn add(crc: &mut u32, poly: &Polynomial, p: *const u8, n: usize) -> usize {
    let n = n & !63;
    if n == 0 {
        return 0;
    }
    if n >= 512 && wide::get() {
        *crc = fold_wide(*crc, poly, p, n);
    } else if carryless::get() {
        *crc = fold(*crc, poly, p, n);
    } else {
        return 0;
    }
    n
}

#[target_feature(enable = "pclmulqdq,sse4.1")]
fn step(x: __m128i, k: __m128i, add: __m128i) -> __m128i {
    let low = _mm_clmulepi64_si128::<0x00>(x, k);
    let high = _mm_clmulepi64_si128::<0x11>(x, k);
    _mm_xor_si128(_mm_xor_si128(low, high), add)
}

#[target_feature(enable = "pclmulqdq,sse4.1")]
fn pair(k: [i64; 2]) -> __m128i {
    _mm_set_epi64x(k[1], k[0])
}

/// Four lanes side by side; `n` is a multiple of 64 and not 0.
#[target_feature(enable = "pclmulqdq,sse4.1")]
unsafe fn fold(crc: u32, poly: &Polynomial, p: *const u8, n: usize) -> u32 {
    let load = |i: usize| unsafe { _mm_loadu_si128(p.add(i).cast()) };
    let mut x = [load(0), load(16), load(32), load(48)];
    x[0] = _mm_xor_si128(x[0], _mm_cvtsi32_si128(crc as i32));
    fold_on(x, poly, p.add(64), n - 64)
}

/// Goes on with four lanes, and returns the remainder of all.
#[target_feature(enable = "pclmulqdq,sse4.1")]
unsafe fn fold_on(mut x: [__m128i; 4], poly: &Polynomial, p: *const u8, n: usize) -> u32 {
    let k512 = pair(poly.k512);
    let mut i = 0;
    while i < n {
        for (lane, x) in x.iter_mut().enumerate() {
            *x = step(*x, k512, _mm_loadu_si128(p.add(i + 16 * lane).cast()));
        }
        i += 64;
    }
    let k128 = pair(poly.k128);
    let mut y = x[0];
    for x in &x[1..] {
        y = step(y, k128, *x);
    }
    remainder(y, poly)
}

/// 128 bits to 96, to 64, and those to the remainder, with the quotient that Barrett's method estimates.
#[target_feature(enable = "pclmulqdq,sse4.1")]
fn remainder(y: __m128i, poly: &Polynomial) -> u32 {
    let low32 = _mm_set_epi32(0, 0, 0, -1);
    let y = _mm_xor_si128(_mm_srli_si128::<8>(y), _mm_clmulepi64_si128::<0x10>(y, pair(poly.k128)));
    let low = _mm_and_si128(y, low32);
    let k64 = _mm_set_epi64x(0, poly.k64);
    let y = _mm_xor_si128(_mm_srli_si128::<4>(y), _mm_clmulepi64_si128::<0x00>(low, k64));
    let barrett = pair(poly.barrett);
    let q = _mm_clmulepi64_si128::<0x10>(_mm_and_si128(y, low32), barrett);
    let q = _mm_clmulepi64_si128::<0x00>(_mm_and_si128(q, low32), barrett);
    _mm_extract_epi32::<1>(_mm_xor_si128(y, q)) as u32
}

/// Sixteen lanes side by side, four in a register; `n` is a multiple of 64 and at least 256.
#[target_feature(enable = "pclmulqdq,sse4.1,avx512f,vpclmulqdq")]
unsafe fn fold_wide(crc: u32, poly: &Polynomial, p: *const u8, n: usize) -> u32 {
    #[target_feature(enable = "avx512f,vpclmulqdq")]
    fn step(x: __m512i, k: __m512i, add: __m512i) -> __m512i {
        let low = _mm512_clmulepi64_epi128::<0x00>(x, k);
        let high = _mm512_clmulepi64_epi128::<0x11>(x, k);
        _mm512_ternarylogic_epi64::<0x96>(low, high, add)
    }
    let load = |i: usize| unsafe { _mm512_loadu_si512(p.add(i).cast()) };
    let mut x = [load(0), load(64), load(128), load(192)];
    x[0] = _mm512_xor_si512(x[0], _mm512_zextsi128_si512(_mm_cvtsi32_si128(crc as i32)));
    let k2048 = _mm512_broadcast_i32x4(pair(poly.k2048));
    let mut i = 256;
    while i + 256 <= n {
        for (lane, x) in x.iter_mut().enumerate() {
            *x = step(*x, k2048, load(i + 64 * lane));
        }
        i += 256;
    }
    let k512 = _mm512_broadcast_i32x4(pair(poly.k512));
    let mut y = x[0];
    for x in &x[1..] {
        y = step(y, k512, *x);
    }
    let lanes = [
        _mm512_extracti32x4_epi32::<0>(y),
        _mm512_extracti32x4_epi32::<1>(y),
        _mm512_extracti32x4_epi32::<2>(y),
        _mm512_extracti32x4_epi32::<3>(y),
    ];
    fold_on(lanes, poly, p.add(i), n - i)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, bit by bit.
    fn plain(poly: u32, mut crc: u32, data: &[u8]) -> u32 {
        for byte in data {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ (poly & (crc & 1).wrapping_neg());
            }
        }
        crc
    }

    #[test]
    fn folding_is_the_definition() {
        let data: Vec<u8> = (0..3000u32).map(|i| ((i * i) >> 3) as u8).collect();
        for (poly, add) in [
            (0xedb8_8320, gosubc_crc32_ieee as unsafe extern "C" fn(_, _, _) -> _),
            (0x82f6_3b78, gosubc_crc32_castagnoli),
        ] {
            for n in [0, 63, 64, 127, 128, 192, 511, 512, 576, 640, 768, 1000, 1024, 2999] {
                let mut crc = 0x1234_5678;
                // SAFETY: the pointers are valid for the bytes.
                let done = unsafe { add(&mut crc, data.as_ptr(), n) };
                assert!(done <= n);
                let rest = plain(poly, crc, &data[done..n]);
                assert_eq!(rest, plain(poly, 0x1234_5678, &data[..n]), "{n} bytes");
            }
        }
    }

    #[test]
    fn both_widths_agree() {
        let data: Vec<u8> = (0..4096u32).map(|i| ((i * 31) >> 2) as u8).collect();
        if !wide::get() {
            return;
        }
        for n in (256..4096).step_by(64) {
            // SAFETY: the processor has the instructions, the data is long enough.
            let (a, b) = unsafe {
                (fold(7, &IEEE, data.as_ptr(), n), fold_wide(7, &IEEE, data.as_ptr(), n))
            };
            assert_eq!(a, b, "{n} bytes");
        }
    }
}
