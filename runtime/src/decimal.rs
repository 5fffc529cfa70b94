//! Decimal digits of floating-point numbers, by one multiplication with a power of ten of 128 bits.
//!
//! `Scale` multiplies a number of 64 bits by 2^e * 10^p and keeps, below the whole part, the half bit and a bit that
//! says whether anything lies below that: enough to round either way. The power is rounded up, so a product is too
//! large by less than a unit of its middle word; products of numbers that floats can have never come so near to a
//! whole number from below unless they are whole.

/// Smallest and largest power of ten in the table.
const LOW: i32 = -348;
const HIGH: i32 = 347;

/// For 10^p, between 2^n and 2^(n+1): 10^p * 2^(127-n), rounded up, as high * 2^64 - low.
static POWERS: [(u64, u64); (HIGH - LOW + 1) as usize] = powers();

/// The table, by steps of ten from 1 in both directions with 256 bits, of which the last few become wrong.
const fn powers() -> [(u64, u64); (HIGH - LOW + 1) as usize] {
    const ONE: [u64; 4] = [0, 0, 0, 1 << 63];
    let mut table = [(0, 0); (HIGH - LOW + 1) as usize];
    let (mut m, mut exact, mut p) = (ONE, true, 0);
    while p <= HIGH {
        table[(p - LOW) as usize] = rounded_up(m, exact);
        (m, exact) = times_five(m, exact);
        p += 1;
    }
    (m, p) = (ONE, 0);
    while p > LOW {
        m = by_five(m);
        p -= 1;
        table[(p - LOW) as usize] = rounded_up(m, false);
    }
    table
}

/// Five times a number, shifted so that its highest bit is set, and whether no bits were lost.
const fn times_five(m: [u64; 4], exact: bool) -> ([u64; 4], bool) {
    let (mut wide, mut carry, mut i) = ([0; 4], 0, 0);
    while i < 4 {
        let product = m[i] as u128 * 5 + carry;
        wide[i] = product as u64;
        carry = product >> 64;
        i += 1;
    }
    let shift = 64 - (carry as u64).leading_zeros();
    let mut out = [0; 4];
    i = 0;
    while i < 4 {
        let above = if i == 3 { carry as u64 } else { wide[i + 1] };
        out[i] = wide[i] >> shift | above << (64 - shift);
        i += 1;
    }
    (out, exact && wide[0] << (64 - shift) == 0)
}

/// A fifth of a number, shifted so that its highest bit is set.
const fn by_five(m: [u64; 4]) -> [u64; 4] {
    // Eight fifths of the number must be below 2^256.
    let shift = if m[3] >= 5 << 61 { 2 } else { 3 };
    let mut rest = m[3] >> (64 - shift);
    let (mut out, mut i) = ([0; 4], 4);
    while i > 0 {
        i -= 1;
        let below = if i == 0 { 0 } else { m[i - 1] >> (64 - shift) };
        let part = (rest as u128) << 64 | (m[i] << shift | below) as u128;
        out[i] = (part / 5) as u64;
        rest = (part % 5) as u64;
    }
    out
}

const fn rounded_up(m: [u64; 4], exact: bool) -> (u64, u64) {
    let up = !exact || m[0] | m[1] != 0;
    let low = m[2] + up as u64;
    (m[3] + (low != 0) as u64, low.wrapping_neg())
}

/// The whole part of log2(10^p), of log10(2^e) and of log10(2^e * 3/4).
const fn log2_of_ten(p: i32) -> i32 {
    (p * 108853) >> 15
}

const fn log10_of_two(e: i32) -> i32 {
    (e * 78913) >> 18
}

const fn log10_of_skewed(e: i32) -> i32 {
    (e * 631305 - 261663) >> 21
}

/// Multiplication by 2^e * 10^p.
struct Scale {
    high: u64,
    low: u64,
    shift: i32,
}

impl Scale {
    fn new(e: i32, p: i32) -> Scale {
        let (high, low) = POWERS[(p - LOW) as usize];
        Scale { high, low, shift: -(e + log2_of_ten(p) + 3) }
    }

    /// Four times the product, its lowest bit set too if it isn't whole. `x` has its highest bit set, and the product
    /// must be below 2^62.
    fn apply(&self, x: u64) -> Halves {
        if self.shift > 63 {
            return Halves(1);
        }
        let product = u128::from(x) * u128::from(self.high);
        let (mut top, middle) = ((product >> 64) as u64, product as u64);
        let mut rest = true;
        if top & ((1 << self.shift) - 1) == 0 {
            // Only here may the lower half of the power matter.
            let below = ((u128::from(x) * u128::from(self.low)) >> 64) as u64;
            rest = middle.wrapping_sub(below) > 1;
            top -= u64::from(middle < below);
        }
        Halves(top >> self.shift | u64::from(rest))
    }
}

/// A number with a half bit and a bit for whatever lies below.
#[derive(Clone, Copy)]
struct Halves(u64);

impl Halves {
    fn floor(self) -> u64 {
        self.0 >> 2
    }

    fn ceil(self) -> u64 {
        (self.0 + 3) >> 2
    }

    /// Halves to even.
    fn round(self) -> u64 {
        (self.0 + 1 + (self.0 >> 2 & 1)) >> 2
    }

    fn tenth(self) -> Halves {
        Halves((self.0 / 10) | u64::from(!self.0.is_multiple_of(10)) | self.0 & 1)
    }
}

/// A format's bits of mantissa, with the one that isn't stored, and the exponent of its smallest number.
#[derive(Clone, Copy)]
pub struct Format {
    mantissa: i32,
    lowest: i32,
}

pub const DOUBLE: Format = Format { mantissa: 53, lowest: -1074 };
pub const SINGLE: Format = Format { mantissa: 24, lowest: -149 };

/// A finite number above 0 as m * 2^e, m with its highest bit set.
fn unpack(v: f64) -> (u64, i32) {
    let bits = v.to_bits();
    let (exp, fraction) = ((bits >> 52 & 0x7ff) as i32, bits << 12 >> 12);
    if exp == 0 {
        let zeros = fraction.leading_zeros();
        return (fraction << zeros, -1074 - zeros as i32);
    }
    ((fraction | 1 << 52) << 11, exp - 1075 - 11)
}

/// Decimal digits, and an exponent: 0.d1d2d3... * 10^exp. There are no zeros at the end, and no digits for zero.
#[derive(Default)]
pub struct Digits {
    pub digits: [u8; 24],
    pub count: usize,
    pub exp: i32,
}

/// The fewest digits that stand for this number, which is finite and above 0, in the format; of equally many the nearest.
pub fn shortest(v: f64, format: Format) -> Digits {
    let (m, e) = unpack(v);
    // The next numbers of the format are one unit, 2^unit, away; below a power of two it is half of one.
    let unit = (64 - format.mantissa).max(format.lowest - e);
    let half = 1 << (unit - 1);
    let (p, min) = if m == 1 << 63 && unit == 64 - format.mantissa && e > format.lowest - unit {
        (-log10_of_skewed(e + unit), m - half / 2)
    } else {
        (-log10_of_two(e + unit), m - half)
    };
    let scale = Scale::new(e, p);
    // A number with an even mantissa owns the bounds themselves.
    let odd = m >> unit & 1;
    let (min, max) = (scale.apply(min), scale.apply(m + half));
    let (min, max) = (Halves(min.0 + odd).ceil(), Halves(max.0 - odd).floor());
    if max / 10 * 10 >= min {
        return digits(max / 10, p - 1);
    }
    if min < max { digits(scale.apply(m).round(), p) } else { digits(min, p) }
}

/// Most significant digits that `significant` can give.
pub const MOST: i32 = 18;

/// The number, which is finite and above 0, rounded to this many digits, from 1 to `MOST`; halves to even.
pub fn significant(v: f64, count: i32) -> Digits {
    let (m, e) = unpack(v);
    let p = count - 1 - log10_of_two(e + 63);
    let exact = Scale::new(e, p).apply(m);
    let (d, limit) = (exact.round(), 10u64.pow(count as u32));
    if d >= limit { digits(exact.tenth().round(), p - 1) } else { digits(d, p) }
}

/// The number, which is finite and above 0, rounded to this many digits behind the point, halves to even; none if it
/// has too many digits for this.
pub fn behind_point(v: f64, count: i32) -> Option<Digits> {
    // Powers up to here are exact, which makes the limit safe.
    const TENS: [f64; 23] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];
    let limit = TENS.get(count as usize)?;
    if v * limit >= 1e18 {
        return None;
    }
    let (m, e) = unpack(v);
    Some(digits(Scale::new(e, count).apply(m).round(), count))
}

/// The digits of a number below 10^8, a byte each, the first one lowest.
fn eight(n: u64) -> u64 {
    // Halves of four digits, then quarters of two, side by side.
    let x = (n / 10000) | ((n % 10000) << 32);
    let hundreds = ((x * 10486) >> 20) & 0x7f_0000_007f;
    let x = hundreds | (x - hundreds * 100) << 16;
    let tens = ((x * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | (x - tens * 10) << 8
}

/// The number d * 10^-p.
fn digits(d: u64, p: i32) -> Digits {
    const ASCII: u64 = 0x3030_3030_3030_3030;
    if d == 0 {
        return Digits::default();
    }
    let (top, low) = (d / 100_000_000, d % 100_000_000);
    let parts = [eight(top / 100_000_000), eight(top % 100_000_000), eight(low)];
    let mut text = [0u8; 48];
    let (mut first, mut end) = (24, 0);
    for (i, part) in parts.into_iter().enumerate() {
        text[8 * i..8 * i + 8].copy_from_slice(&(part | ASCII).to_le_bytes());
        if part != 0 {
            first = first.min(8 * i + part.trailing_zeros() as usize / 8);
            end = 8 * i + 8 - part.leading_zeros() as usize / 8;
        }
    }
    let mut digits = [0; 24];
    digits.copy_from_slice(&text[first..first + 24]);
    Digits { digits, count: end - first, exp: 24 - first as i32 - p }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(d: &Digits) -> String {
        let s = core::str::from_utf8(&d.digits[..d.count]).unwrap();
        format!("0.{s}e{}", d.exp)
    }

    /// In the form of `text`, from Rust's form with an exponent.
    fn normal(s: &str) -> String {
        let (mantissa, exp) = s.split_once('e').unwrap();
        let digits = mantissa.replace('.', "");
        let exp: i32 = exp.parse().unwrap();
        format!("0.{}e{}", digits.trim_end_matches('0'), exp + 1)
    }

    fn numbers(count: usize) -> impl Iterator<Item = f64> {
        let mut x = 0x9e37_79b9_7f4a_7c15u64;
        let mut next = move || {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            x
        };
        let random = (0..count).map(move |i| match (i % 4, next()) {
            (0, x) => (x >> 40) as f64 / 4096.0,
            (1, x) => (x >> 34) as f64 / 100.0,
            (_, x) => f64::from_bits(x & !(1 << 63)),
        });
        let powers = (0..2047).flat_map(|e| {
            [
                f64::from_bits(e << 52),
                f64::from_bits((e << 52) + 1),
                f64::from_bits((e << 52) | ((1 << 52) - 1)),
            ]
        });
        let small = (1..1000).map(f64::from_bits);
        random.chain(powers).chain(small).filter(|v| v.is_finite() && *v > 0.0)
    }

    #[test]
    fn powers_are_rounded_up() {
        // In words of 32 bits, lowest first.
        fn times(x: &mut Vec<u64>, by: u64) {
            let mut carry = 0;
            for w in x.iter_mut() {
                carry += *w * by;
                *w = carry & 0xffff_ffff;
                carry >>= 32;
            }
            if carry > 0 {
                x.push(carry);
            }
        }
        fn shifted(x: &[u64], by: usize) -> Vec<u64> {
            let mut out = vec![0; by / 32];
            out.extend(x);
            times(&mut out, 1 << (by % 32));
            out
        }
        fn product(x: &[u64], y: u128) -> Vec<u64> {
            let mut sum = vec![0u128; x.len() + 5];
            for (i, w) in x.iter().enumerate() {
                for j in 0..4 {
                    sum[i + j] += u128::from(*w) * (y >> (32 * j) & 0xffff_ffff);
                }
            }
            let mut carry = 0;
            sum.iter_mut().for_each(|w| {
                carry += *w;
                *w = carry & 0xffff_ffff;
                carry >>= 32;
            });
            sum.iter().map(|w| *w as u64).collect()
        }
        fn below(x: &[u64], y: &[u64]) -> bool {
            let at = |v: &[u64], i: usize| v.get(i).copied().unwrap_or(0);
            let n = x.len().max(y.len());
            (0..n)
                .rev()
                .map(|i| (at(x, i), at(y, i)))
                .find(|(a, b)| a != b)
                .is_some_and(|(a, b)| a < b)
        }
        let mut fives = vec![1];
        for p in 0..=348 {
            let entry = |p: i32| {
                let (high, low) = POWERS[(p - LOW) as usize];
                ((u128::from(high) << 64).wrapping_sub(low.into()), log2_of_ten(p))
            };
            if p <= HIGH {
                // 5^p * 2^(p+127) / 2^n, and both times 2^n.
                let (m, n) = entry(p);
                assert_eq!(m >> 127, 1);
                let exact = shifted(&fives, (p + 127) as usize);
                assert!(
                    !below(&shifted(&product(&[1], m), n as usize), &exact),
                    "10^{p} is too small"
                );
                assert!(
                    below(&shifted(&product(&[1], m - 1), n as usize), &exact),
                    "10^{p} is too large"
                );
            }
            // 2^(127-n-p) / 5^p, and both times 5^p.
            let (m, n) = entry(-p);
            assert_eq!(m >> 127, 1);
            let exact = shifted(&[1], (127 - n - p) as usize);
            assert!(!below(&product(&fives, m), &exact), "10^-{p} is too small");
            assert!(below(&product(&fives, m - 1), &exact), "10^-{p} is too large");
            times(&mut fives, 5);
        }
    }

    #[test]
    fn shortest_is_short_and_near() {
        for v in numbers(200_000) {
            let (ours, theirs) = (text(&shortest(v, DOUBLE)), normal(&format!("{v:e}")));
            // Rust takes the larger of two texts that are equally near, we the even one.
            if ours != theirs {
                assert_eq!(ours.len(), theirs.len(), "{v:e}: {ours}");
                assert_eq!(ours.parse::<f64>().unwrap(), v);
            }
            let single = v as f32;
            if single.is_finite() && single > 0.0 {
                let (ours, theirs) =
                    (text(&shortest(single.into(), SINGLE)), normal(&format!("{single:e}")));
                if ours != theirs {
                    assert_eq!(ours.len(), theirs.len(), "{single:e}: {ours}");
                    assert_eq!(ours.parse::<f32>().unwrap(), single);
                }
            }
        }
    }

    #[test]
    fn ties_are_even() {
        // Quarters, where neighbouring numbers are a quarter apart.
        for (v, want) in
            [(11739957.0, "29349892"), (5143495.0, "12858738"), (5143493.0, "12858732")]
        {
            let d = shortest(v / 4.0, SINGLE);
            assert_eq!(core::str::from_utf8(&d.digits[..d.count]), Ok(want));
        }
    }

    #[test]
    fn rounded_to_digits() {
        for (i, v) in numbers(100_000).enumerate() {
            let count = i as i32 % MOST + 1;
            let want = normal(&format!("{v:.*e}", count as usize - 1));
            assert_eq!(text(&significant(v, count)), want, "{v:e} with {count} digits");
        }
    }

    #[test]
    fn rounded_behind_the_point() {
        let mut tried = 0;
        for (i, v) in numbers(100_000).enumerate() {
            let count = i as i32 % 23;
            let Some(d) = behind_point(v, count) else { continue };
            tried += 1;
            let s = core::str::from_utf8(&d.digits[..d.count]).unwrap();
            let want = format!("{v:.*}", count as usize).replace('.', "");
            let zeros = (count + d.exp) as usize;
            let ours = format!("{s:0<zeros$}");
            assert_eq!(
                if d.count == 0 { "" } else { &ours },
                want.trim_start_matches('0'),
                "{v:e} with {count} digits"
            );
        }
        assert!(tried > 30_000);
    }
}
