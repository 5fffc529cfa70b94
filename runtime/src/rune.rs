//! UTF-8: one rune at a time, as the specification of `range` over strings demands.

use crate::abi::{IntInt, Str};

pub const MAX: u32 = 0x10_ffff;
/// What stands for bytes that are no UTF-8.
pub const ERROR: u32 = 0xfffd;

/// The first rune of a non-empty slice and its length; `ERROR` and 1 if the bytes are no UTF-8.
#[inline(always)]
pub fn decode(b: &[u8]) -> (u32, usize) {
    match *b {
        [a, ..] if a < 0x80 => return (a as u32, 1),
        [a @ 0xc2..=0xdf, b, ..] if follows(b) => return (join(a as u32 & 0x1f, b), 2),
        [a @ 0xe0..=0xef, b, c, ..] if follows(b) && follows(c) => {
            let r = join(join(a as u32 & 0x0f, b), c);
            // Neither overlong nor a surrogate.
            if r >= 0x800 && r & 0xf800 != 0xd800 {
                return (r, 3);
            }
        }
        [a @ 0xf0..=0xf4, b, c, d, ..] if follows(b) && follows(c) && follows(d) => {
            let r = join(join(join(a as u32 & 0x07, b), c), d);
            if (0x1_0000..=MAX).contains(&r) {
                return (r, 4);
            }
        }
        _ => {}
    }
    (ERROR, 1)
}

fn follows(b: u8) -> bool {
    b & 0xc0 == 0x80
}

fn join(high: u32, b: u8) -> u32 {
    high << 6 | (b & 0x3f) as u32
}

/// Whether the next eight bytes are there and ASCII.
#[inline(always)]
pub fn eight_ascii(b: &[u8], at: usize) -> bool {
    let next = b.get(at..at + 8).and_then(|s| <[u8; 8]>::try_from(s).ok());
    next.is_some_and(|s| u64::from_ne_bytes(s) & 0x8080_8080_8080_8080 == 0)
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
