//! UTF-8: one rune at a time, as the specification of `range` over strings demands.

use crate::abi::{IntInt, Str};

pub const MAX: u32 = 0x10_ffff;
/// What stands for bytes that are no UTF-8.
pub const ERROR: u32 = 0xfffd;

/// The first rune of a non-empty slice and its length; `ERROR` and 1 if the bytes are no UTF-8.
pub fn decode(b: &[u8]) -> (u32, usize) {
    let bad = (ERROR, 1);
    let b0 = b[0];
    // Length, payload of the first byte, and the range of the second, which excludes overlong forms and surrogates.
    let (len, high, lo, hi) = match b0 {
        0..=0x7f => return (b0 as u32, 1),
        0xc2..=0xdf => (2, b0 & 0x1f, 0x80, 0xbf),
        0xe0 => (3, 0, 0xa0, 0xbf),
        0xed => (3, 0xd, 0x80, 0x9f),
        0xe1..=0xef => (3, b0 & 0x0f, 0x80, 0xbf),
        0xf0 => (4, 0, 0x90, 0xbf),
        0xf1..=0xf3 => (4, b0 & 0x07, 0x80, 0xbf),
        0xf4 => (4, 4, 0x80, 0x8f),
        _ => return bad,
    };
    if b.len() < len || b[1] < lo || b[1] > hi {
        return bad;
    }
    let mut r = (high as u32) << 6 | (b[1] & 0x3f) as u32;
    for &c in &b[2..len] {
        if c & 0xc0 != 0x80 {
            return bad;
        }
        r = r << 6 | (c & 0x3f) as u32;
    }
    (r, len)
}

/// Writes the rune, or `ERROR` for what is none, and returns the length.
pub fn encode(r: u32, out: &mut [u8; 4]) -> usize {
    let c = char::from_u32(r).unwrap_or('\u{fffd}');
    c.encode_utf8(out).len()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_decoderune(s: Str, at: i64) -> IntInt {
    let (r, n) = decode(&s.bytes()[at as usize..]);
    IntInt { a: r as i64, b: at + n as i64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_core() {
        let mut b = [0; 4];
        for c in (0..=MAX).filter_map(char::from_u32) {
            let n = encode(c as u32, &mut b);
            assert_eq!(decode(&b[..n]), (c as u32, n));
        }
        for bad in [
            &[0xc0, 0x80][..],
            &[0xed, 0xa0, 0x80],
            &[0xf4, 0x90, 0x80, 0x80],
            &[0x80],
            &[0xe2, 0x82],
        ] {
            assert_eq!(decode(bad), (ERROR, 1));
        }
    }
}
