//! Inner loops of hash functions, for crypto/sha1, crypto/sha256, crypto/sha512 and hash/crc32. The processor's
//! instructions for them are used where it has them.

use core::arch::x86_64::*;
use core::slice::from_raw_parts;

/// Adds `n` blocks of 64 bytes to a SHA-1 state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_sha1_blocks(state: *mut [u32; 5], p: *const u8, n: usize) {
    sha1::compress(&mut *state, from_raw_parts(p.cast(), n));
}

/// Adds `n` blocks of 64 bytes to a SHA-256 state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_sha256_blocks(state: *mut [u32; 8], p: *const u8, n: usize) {
    sha2::compress256(&mut *state, from_raw_parts(p.cast(), n));
}

/// Adds `n` blocks of 128 bytes to a SHA-512 state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_sha512_blocks(state: *mut [u64; 8], p: *const u8, n: usize) {
    sha2::compress512(&mut *state, from_raw_parts(p.cast(), n));
}

cpufeatures::new!(carryless, "pclmulqdq", "sse4.1");

/// Adds as many whole groups of 64 bytes as there are to an inverted CRC-32 (IEEE), and returns how many bytes that
/// was: none if there are too few, or if the processor has no carry-less multiplication.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_crc32_ieee(crc: *mut u32, p: *const u8, n: usize) -> usize {
    if n < 128 || !carryless::get() {
        return 0;
    }
    let n = n & !63;
    *crc = fold(*crc, p, n);
    n
}

/// Folds four lanes of 128 bits over the data: a lane times x^512 is added to the lane 64 bytes further on. The
/// constants are x^(512+32) and so on modulo the polynomial, bits reversed.
#[target_feature(enable = "pclmulqdq,sse4.1")]
unsafe fn fold(crc: u32, p: *const u8, n: usize) -> u32 {
    #[target_feature(enable = "pclmulqdq,sse4.1")]
    fn step(x: __m128i, k: __m128i, add: __m128i) -> __m128i {
        let low = _mm_clmulepi64_si128::<0x00>(x, k);
        let high = _mm_clmulepi64_si128::<0x11>(x, k);
        _mm_xor_si128(_mm_xor_si128(low, high), add)
    }
    let k512 = _mm_set_epi64x(0x1_c6e4_1596, 0x1_5444_2bd4);
    let k128 = _mm_set_epi64x(0x0_ccaa_009e, 0x1_7519_97d0);
    let load = |i: usize| unsafe { _mm_loadu_si128(p.add(i).cast()) };

    let mut x = [load(0), load(16), load(32), load(48)];
    x[0] = _mm_xor_si128(x[0], _mm_cvtsi32_si128(crc as i32));
    let mut i = 64;
    while i < n {
        for (lane, x) in x.iter_mut().enumerate() {
            *x = step(*x, k512, load(i + 16 * lane));
        }
        i += 64;
    }
    let mut y = x[0];
    for x in &x[1..] {
        y = step(y, k128, *x);
    }
    // What is left are 16 bytes with the same checksum, if the state before them is 0.
    let mut rest = [0u8; 16];
    _mm_storeu_si128(rest.as_mut_ptr().cast(), y);
    let mut crc = 0u32;
    for byte in rest {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    crc
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, bit by bit.
    fn plain(mut crc: u32, data: &[u8]) -> u32 {
        for byte in data {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
            }
        }
        crc
    }

    #[test]
    fn folding_is_the_definition() {
        let data: Vec<u8> = (0..1000u32).map(|i| ((i * i) >> 3) as u8).collect();
        for n in [0, 64, 127, 128, 192, 640, 1000] {
            let mut crc = 0x1234_5678;
            // SAFETY: the pointers are valid for the bytes.
            let done = unsafe { gosubc_crc32_ieee(&mut crc, data.as_ptr(), n) };
            assert!(done <= n);
            assert_eq!(plain(crc, &data[done..n]), plain(0x1234_5678, &data[..n]), "{n} bytes");
        }
    }

    #[test]
    fn sha256_of_abc() {
        let mut state = [
            0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
            0x5be0cd19,
        ];
        let mut block = [0u8; 64];
        block[..4].copy_from_slice(b"abc\x80");
        block[63] = 24;
        // SAFETY: one block.
        unsafe { gosubc_sha256_blocks(&mut state, block.as_ptr(), 1) };
        assert_eq!(state[0], 0xba7816bf);
        assert_eq!(state[7], 0xf20015ad);
    }
}
