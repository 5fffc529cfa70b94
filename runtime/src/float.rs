//! Floating-point numbers as text (shortest digits that read back as the same value) and complex division.

use crate::abi::F64Pair;
use crate::decimal::{DOUBLE, Digits, Format, SINGLE, shortest};
use core::fmt::Write;

/// Enough for any number in `%g` form.
pub const MAX: usize = 40;

/// A fixed buffer to format into.
pub struct Fixed<const N: usize = 64> {
    pub b: [u8; N],
    pub n: usize,
}

impl<const N: usize> Write for Fixed<N> {
    fn write_str(&mut self, s: &str) -> core::fmt::Result {
        let end = self.n + s.len();
        if end > self.b.len() {
            return Err(core::fmt::Error);
        }
        self.b[self.n..end].copy_from_slice(s.as_bytes());
        self.n = end;
        Ok(())
    }
}

/// As strconv's format 'g' with precision -1. Returns the length.
pub fn shortest64(v: f64, out: &mut [u8; MAX]) -> usize {
    general(v, DOUBLE, out)
}

pub fn shortest32(v: f32, out: &mut [u8; MAX]) -> usize {
    general(v as f64, SINGLE, out)
}

fn general(v: f64, format: Format, out: &mut [u8; MAX]) -> usize {
    let mut n = 0;
    let mut put = |s: &[u8]| {
        out[n..n + s.len()].copy_from_slice(s);
        n += s.len();
    };
    if v.is_nan() {
        put(b"NaN");
        return n;
    }
    if v.is_sign_negative() {
        put(b"-");
    }
    if v.is_infinite() {
        put(if v > 0.0 { b"+Inf" } else { b"Inf" });
        return n;
    }
    let d = if v == 0.0 { Digits::default() } else { shortest(v.abs(), format) };
    let ds = &d.digits[..d.count];
    let exp = d.exp - 1;
    // For shortest digits the exponent form begins at 10^6, whatever their number.
    if d.count > 0 && !(-4..6).contains(&exp) {
        put(&ds[..1]);
        if ds.len() > 1 {
            put(b".");
            put(&ds[1..]);
        }
        put(if exp < 0 { b"e-" } else { b"e+" });
        let e = exp.unsigned_abs();
        if e >= 100 {
            put(&[b'0' + (e / 100) as u8]);
        }
        put(&[b'0' + (e / 10 % 10) as u8, b'0' + (e % 10) as u8]);
    } else if d.exp <= 0 {
        put(b"0");
        if d.count > 0 {
            put(b".");
            for _ in d.exp..0 {
                put(b"0");
            }
            put(ds);
        }
    } else {
        let whole = (d.exp as usize).min(ds.len());
        put(&ds[..whole]);
        for _ in whole..d.exp as usize {
            put(b"0");
        }
        if whole < ds.len() {
            put(b".");
            put(&ds[whole..]);
        }
    }
    n
}

/// Go's complex division: as C99's Annex G, infinities and NaN included.
#[unsafe(no_mangle)]
pub extern "C" fn gosubc_complex128div(nr: f64, ni: f64, mr: f64, mi: f64) -> F64Pair {
    let (re, im) = if mr.abs() >= mi.abs() {
        let ratio = mi / mr;
        let denom = mr + ratio * mi;
        ((nr + ni * ratio) / denom, (ni - nr * ratio) / denom)
    } else {
        let ratio = mr / mi;
        let denom = mi + ratio * mr;
        ((nr * ratio + ni) / denom, (ni * ratio - nr) / denom)
    };
    if !(re.is_nan() && im.is_nan()) {
        return F64Pair { re, im };
    }
    // Both parts became NaN on the way: find the infinite or zero result that was meant.
    let one_or_zero = |v: f64| (if v.is_infinite() { 1.0f64 } else { 0.0 }).copysign(v);
    if mr == 0.0 && mi == 0.0 && (!nr.is_nan() || !ni.is_nan()) {
        let inf = f64::INFINITY.copysign(mr);
        return F64Pair { re: inf * nr, im: inf * ni };
    }
    if (nr.is_infinite() || ni.is_infinite()) && mr.is_finite() && mi.is_finite() {
        let (a, b) = (one_or_zero(nr), one_or_zero(ni));
        return F64Pair {
            re: f64::INFINITY * (a * mr + b * mi),
            im: f64::INFINITY * (b * mr - a * mi),
        };
    }
    if (mr.is_infinite() || mi.is_infinite()) && nr.is_finite() && ni.is_finite() {
        let (a, b) = (one_or_zero(mr), one_or_zero(mi));
        return F64Pair { re: 0.0 * (nr * a + ni * b), im: 0.0 * (ni * a - nr * b) };
    }
    F64Pair { re, im }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(v: f64) -> String {
        let mut b = [0; MAX];
        let n = shortest64(v, &mut b);
        String::from_utf8(b[..n].to_vec()).unwrap()
    }

    #[test]
    fn shortest_texts() {
        assert_eq!(text(4503599627370497.0 / 4.0), "1.1258999068426242e+15");
        assert_eq!(text(0.1), "0.1");
        assert_eq!(text(5.0), "5");
    }

    #[test]
    fn general_format() {
        let cases = [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.5, "1.5"),
            (100000.0, "100000"),
            (1e6, "1e+06"),
            (123456789.0, "1.23456789e+08"),
            (0.0001, "0.0001"),
            (0.00001234, "1.234e-05"),
            (1e100, "1e+100"),
            (-2.25, "-2.25"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
            (f64::NAN, "NaN"),
            (5e-324, "5e-324"),
            (0.1 + 0.2, "0.30000000000000004"),
        ];
        for (v, want) in cases {
            assert_eq!(text(v), want);
        }
        let mut b = [0; MAX];
        let n = shortest32(0.1, &mut b);
        assert_eq!(&b[..n], b"0.1");
    }

    #[test]
    fn complex_division() {
        let q = gosubc_complex128div(1.0, 2.0, 3.0, 4.0);
        assert_eq!((q.re, q.im), (0.44, 0.08));
        let q = gosubc_complex128div(1.0, 0.0, 0.0, 0.0);
        assert!(q.re.is_infinite() && q.im.is_nan());
    }
}
