//! Inner loops of hash functions, for crypto/sha1, crypto/sha256 and crypto/sha512. The processor's
//! instructions for them are used where it has them.

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

#[cfg(test)]
mod tests {
    use super::*;

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
