//! Decimal conversions for package strconv. Digits d1 d2 ... dn with exponent e stand for 0.d1d2...dn * 10^e.

use crate::abi::IntInt;
use crate::decimal::{self, Digits};
use crate::float::Fixed;
use core::fmt::Write;

/// The fewest digits that read back as the same number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_strconv_shortest(f: f64, bits: i64, buf: *mut u8) -> IntInt {
    let d = decimal::shortest(f, if bits == 32 { decimal::SINGLE } else { decimal::DOUBLE });
    give(&d, buf)
}

/// All 24 bytes are copied, which is quicker than `count` of them; both callers' buffers are as large.
unsafe fn give(d: &Digits, buf: *mut u8) -> IntInt {
    buf.cast::<[u8; 24]>().write(d.digits);
    IntInt { a: d.count as i64, b: d.exp as i64 }
}

/// `ndigits` significant digits (mode 0) or digits behind the point (mode 1), the exact value rounded half to even.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_strconv_fixed(
    f: f64,
    ndigits: i64,
    mode: i64,
    buf: *mut u8,
    cap: usize,
) -> IntInt {
    if mode == 0 {
        if ndigits <= 0 {
            return IntInt { a: 0, b: 0 };
        }
        if ndigits <= decimal::MOST.into() {
            return give(&decimal::significant(f, ndigits as i32), buf);
        }
    } else if let Some(d) = decimal::behind_point(f, ndigits as i32) {
        return give(&d, buf);
    }
    exact(f, ndigits, mode, core::slice::from_raw_parts_mut(buf, cap))
}

/// The same for any number of digits.
#[cold]
#[inline(never)]
fn exact(f: f64, ndigits: i64, mode: i64, out: &mut [u8]) -> IntInt {
    let mut t = Fixed::<1536> { b: [0; 1536], n: 0 };
    if mode == 0 {
        let _ = write!(t, "{:.*e}", ndigits as usize - 1, f);
    } else {
        let _ = write!(t, "{:.*}", ndigits.max(0) as usize, f);
    }
    collect(&t.b[..t.n], out)
}

/// Digits and exponent of a decimal text.
fn collect(text: &[u8], out: &mut [u8]) -> IntInt {
    let (mantissa, exp) = match text.iter().position(|&b| b == b'e') {
        Some(i) => {
            let e = core::str::from_utf8(&text[i + 1..]).ok().and_then(|e| e.parse::<i64>().ok());
            (&text[..i], e.unwrap_or(0))
        }
        None => (text, 0),
    };
    let point = mantissa.iter().position(|&b| b == b'.').unwrap_or(mantissa.len());
    let mut digits = mantissa.iter().filter(|b| b.is_ascii_digit());
    let leading = digits.clone().take_while(|&&b| b == b'0').count();
    let significant = {
        let all = digits.clone().count();
        let trailing = digits.clone().rev().take_while(|&&b| b == b'0').count();
        all.saturating_sub(trailing).saturating_sub(leading)
    };
    if leading > 0 {
        digits.nth(leading - 1);
    }
    let n = significant.min(out.len());
    for (place, &d) in out.iter_mut().zip(digits).take(n) {
        *place = d;
    }
    if n == 0 {
        return IntInt { a: 0, b: 0 };
    }
    IntInt { a: n as i64, b: exp + point as i64 - leading as i64 }
}

/// Reads a decimal number and rounds it correctly; 1 if it is too large.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_strconv_parse_float(
    s: *const u8,
    n: usize,
    bits: i64,
    out: *mut f64,
) -> i64 {
    let text = core::str::from_utf8_unchecked(core::slice::from_raw_parts(s, n));
    let v = if bits == 32 {
        text.parse::<f32>().map_or(0.0, f64::from)
    } else {
        text.parse::<f64>().unwrap_or(0.0)
    };
    *out = v;
    v.is_infinite() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(f: f64, n: i64, mode: i64) -> (String, i64) {
        let mut b = [0u8; 1440];
        // SAFETY: the buffer is as large as the contract wants.
        let r = unsafe { gosubc_strconv_fixed(f, n, mode, b.as_mut_ptr(), b.len()) };
        (String::from_utf8(b[..r.a as usize].to_vec()).unwrap(), r.b)
    }

    #[test]
    fn digits() {
        assert_eq!(fixed(123.456, 2, 1), ("12346".into(), 3));
        assert_eq!(fixed(123.456, 4, 0), ("1235".into(), 3));
        assert_eq!(fixed(2.5, 0, 1), ("2".into(), 1));
        assert_eq!(fixed(3.5, 0, 1), ("4".into(), 1));
        assert_eq!(fixed(0.25, 1, 1), ("2".into(), 0));
        assert_eq!(fixed(2.5, 1, 0), ("2".into(), 1));
        assert_eq!(fixed(0.001, 1, 1), (String::new(), 0));
        assert_eq!(fixed(0.00123, 5, 1), ("123".into(), -2));
        assert_eq!(fixed(9.99, 1, 1), ("1".into(), 2));
        assert_eq!(fixed(1e308, 3, 1).1, 309);
    }

    #[test]
    fn parsing() {
        let mut v = 0.0;
        for (s, want) in [("1.", 1.0), (".5", 0.5), ("1E3", 1000.0), ("4.9e-324", 5e-324)] {
            // SAFETY: valid text.
            let r = unsafe { gosubc_strconv_parse_float(s.as_ptr(), s.len(), 64, &mut v) };
            assert_eq!((r, v), (0, want));
        }
        // SAFETY: valid text.
        assert_eq!(unsafe { gosubc_strconv_parse_float(b"1e39".as_ptr(), 4, 32, &mut v) }, 1);
    }
}
