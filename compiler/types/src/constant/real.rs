//! Real numbers: exact fractions while numerator and denominator are small, else binary floating
//! point with a 512-bit mantissa (the specification asks for 256, "Constants").

use super::int::Int;
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

/// A real number.
#[derive(Clone, PartialEq, Debug)]
pub enum Real {
    Ratio(BigRational),
    Big(BigFloat),
}

/// `mant * 2^exp`, with `mant` odd (or both 0).
#[derive(Clone, PartialEq, Debug)]
pub struct BigFloat {
    mant: BigInt,
    exp: i64,
}

/// Bits of a `BigFloat`'s mantissa.
const PREC: u64 = 512;
/// Fractions with more bits than this above or below become `BigFloat`.
const MAX_RATIO_BITS: u64 = 4096;
/// Beyond this exponent a number is infinite, or zero.
const MAX_EXP: i64 = i32::MAX as i64;

impl BigFloat {
    /// Rounds half to even; `sticky`: there is more below the last bit of `mant`.
    fn new(mant: BigInt, exp: i64, sticky: bool) -> BigFloat {
        let (sign, mag) = mant.into_parts();
        let (mag, exp) = round(mag, exp, PREC, sticky);
        let Some(zeros) = mag.trailing_zeros() else {
            return BigFloat { mant: BigInt::zero(), exp: 0 };
        };
        BigFloat { mant: BigInt::from_biguint(sign, mag >> zeros), exp: exp + zeros as i64 }
    }

    fn from_ratio(r: &BigRational) -> BigFloat {
        BigFloat::div(r.numer(), r.denom(), 0)
    }

    /// `n / d * 2^exp`
    fn div(n: &BigInt, d: &BigInt, exp: i64) -> BigFloat {
        let shift = (PREC + 2 + d.bits()).saturating_sub(n.bits());
        let (q, r) = (n << shift).div_rem(d);
        BigFloat::new(q, exp - shift as i64, !r.is_zero())
    }

    /// The binary exponent `e` with `|x| < 2^e`.
    fn top(&self) -> i64 {
        self.exp.saturating_add(self.mant.bits() as i64)
    }

    fn add(&self, o: &BigFloat) -> BigFloat {
        let (a, b) = if self.exp >= o.exp { (self, o) } else { (o, self) };
        if b.mant.is_zero() {
            return a.clone();
        }
        if a.mant.is_zero() {
            return b.clone();
        }
        // Far apart, the smaller one can only be a sticky bit.
        if a.exp.saturating_sub(b.top()) > 2 * PREC as i64 {
            return a.clone();
        }
        let gap = (a.exp - b.exp) as u64;
        if gap > 4 * PREC {
            return b.clone();
        }
        BigFloat::new((&a.mant << gap) + &b.mant, b.exp, false)
    }

    fn neg(&self) -> BigFloat {
        BigFloat { mant: -&self.mant, exp: self.exp }
    }

    fn mul(&self, o: &BigFloat) -> BigFloat {
        BigFloat::new(&self.mant * &o.mant, self.exp.saturating_add(o.exp), false)
    }

    fn quo(&self, o: &BigFloat) -> BigFloat {
        BigFloat::div(&self.mant, &o.mant, self.exp.saturating_sub(o.exp))
    }

    fn cmp(&self, o: &BigFloat) -> Ordering {
        let (a, b) = (self.mant.sign(), o.mant.sign());
        if a != b {
            return a.cmp(&b);
        }
        let by_top = self.top().cmp(&o.top());
        if by_top != Ordering::Equal {
            return if a == Sign::Minus { by_top.reverse() } else { by_top };
        }
        // Equal magnitude of 512-bit numbers: the exponents are close.
        let min = self.exp.min(o.exp);
        (&self.mant << (self.exp - min) as u64).cmp(&(&o.mant << (o.exp - min) as u64))
    }
}

/// `mag * 2^exp` rounded half to even to `prec` bits.
fn round(mag: BigUint, exp: i64, prec: u64, sticky: bool) -> (BigUint, i64) {
    let bits = mag.bits();
    if bits <= prec {
        return (mag, exp);
    }
    let drop = bits - prec;
    let half = mag.bit(drop - 1);
    let below = sticky || mag.trailing_zeros().is_some_and(|z| z < drop - 1);
    let mut kept = mag >> drop;
    if half && (below || kept.bit(0)) {
        kept += 1u32;
    }
    (kept, exp + drop as i64)
}

impl Real {
    pub(crate) fn from_ratio(r: BigRational) -> Real {
        if r.numer().bits() < MAX_RATIO_BITS && r.denom().bits() < MAX_RATIO_BITS {
            Real::Ratio(r)
        } else {
            Real::Big(BigFloat::from_ratio(&r))
        }
    }

    pub(crate) fn from_int(i: &Int) -> Real {
        Real::from_ratio(BigRational::from_integer(i.to_bigint()))
    }

    /// `None` for infinities and NaN.
    pub(crate) fn from_f64(f: f64) -> Option<Real> {
        if f == 0.0 {
            return Some(Real::zero());
        }
        BigRational::from_float(f).map(Real::from_ratio)
    }

    pub(crate) fn zero() -> Real {
        Real::Ratio(BigRational::zero())
    }

    fn big(&self) -> BigFloat {
        match self {
            Real::Ratio(r) => BigFloat::from_ratio(r),
            Real::Big(b) => b.clone(),
        }
    }

    /// `None` when the magnitude is beyond all bounds.
    fn from_big(b: BigFloat) -> Option<Real> {
        if b.mant.is_zero() || b.top() < -MAX_EXP {
            return Some(Real::zero());
        }
        if b.top() > MAX_EXP {
            return None;
        }
        let limit = MAX_RATIO_BITS as i64;
        if b.top() < limit && b.exp > -limit {
            let one = BigInt::one();
            return Some(Real::Ratio(if b.exp >= 0 {
                BigRational::from_integer(b.mant << b.exp as u64)
            } else {
                BigRational::new_raw(b.mant, one << b.exp.unsigned_abs())
            }));
        }
        Some(Real::Big(b))
    }

    fn op(
        &self,
        o: &Real,
        ratio: fn(&BigRational, &BigRational) -> BigRational,
        big: fn(&BigFloat, &BigFloat) -> BigFloat,
    ) -> Option<Real> {
        match (self, o) {
            (Real::Ratio(a), Real::Ratio(b)) => Some(Real::from_ratio(ratio(a, b))),
            _ => Real::from_big(big(&self.big(), &o.big())),
        }
    }

    pub(crate) fn add(&self, o: &Real) -> Option<Real> {
        self.op(o, |a, b| a + b, BigFloat::add)
    }

    pub(crate) fn sub(&self, o: &Real) -> Option<Real> {
        self.op(o, |a, b| a - b, |a, b| a.add(&b.neg()))
    }

    pub(crate) fn mul(&self, o: &Real) -> Option<Real> {
        self.op(o, |a, b| a * b, BigFloat::mul)
    }

    /// `None` by zero.
    pub(crate) fn quo(&self, o: &Real) -> Option<Real> {
        if o.signum() == 0 {
            return None;
        }
        self.op(o, |a, b| a / b, BigFloat::quo)
    }

    pub(crate) fn neg(&self) -> Real {
        match self {
            Real::Ratio(r) => Real::Ratio(-r),
            Real::Big(b) => Real::Big(b.neg()),
        }
    }

    pub(crate) fn signum(&self) -> i32 {
        match self {
            Real::Ratio(r) => sign(r.numer()),
            Real::Big(b) => sign(&b.mant),
        }
    }

    pub(crate) fn cmp(&self, o: &Real) -> Ordering {
        match (self, o) {
            (Real::Ratio(a), Real::Ratio(b)) => a.cmp(b),
            _ => self.big().cmp(&o.big()),
        }
    }

    pub(crate) fn is_integer(&self) -> bool {
        match self {
            Real::Ratio(r) => r.is_integer(),
            Real::Big(b) => b.exp >= 0,
        }
    }

    /// The integer that it is; for inexact numbers also the integer that it is but for rounding
    /// errors in the last bits.
    pub(crate) fn to_int(&self) -> Option<Int> {
        let b = match self {
            Real::Ratio(r) => return r.is_integer().then(|| r.numer().clone().into()),
            Real::Big(b) => b,
        };
        if b.top() > MAX_RATIO_BITS as i64 {
            return None;
        }
        if b.exp >= 0 {
            return Some((&b.mant << b.exp as u64).into());
        }
        let drop = b.mant.bits().saturating_sub(PREC - 4);
        if drop as i64 + b.exp < 0 {
            return None;
        }
        let (q, r) = b.mant.magnitude().div_rem(&(BigUint::one() << b.exp.unsigned_abs()));
        let tiny = BigUint::one() << drop;
        let near_above = (BigUint::one() << b.exp.unsigned_abs()) - &r < tiny;
        let q = match (r < tiny, near_above) {
            (true, _) => q,
            (_, true) => q + 1u32,
            _ => return None,
        };
        Some(BigInt::from_biguint(b.mant.sign(), q).into())
    }

    /// The nearest float64, infinite when it overflows.
    pub(crate) fn to_f64(&self) -> f64 {
        let (neg, mant, exp) = self.to_binary(53, -1074);
        let m = mant as f64; // exact
        let f = match exp {
            _ if mant == 0 => 0.0,
            e if e > 1100 => f64::INFINITY,
            // Two exact steps: the mantissa is at least 2^-1074 after scaling by construction.
            e if e < -1000 => m * pow2(-1000) * pow2(e + 1000),
            e => m * pow2(e.min(900)) * pow2(e - e.min(900)),
        };
        if neg { -f } else { f }
    }

    /// The nearest float32, infinite when it overflows.
    pub(crate) fn to_f32(&self) -> f32 {
        let (neg, mant, exp) = self.to_binary(24, -149);
        // Rounded to float32's precision already, so the float64 is exact and so is the rest.
        let f = if mant == 0 || exp > 200 {
            if mant == 0 { 0.0 } else { f64::INFINITY }
        } else {
            mant as f64 * pow2(exp)
        };
        (if neg { -f } else { f }) as f32
    }

    /// Sign, mantissa of at most `prec` bits, and exponent, not below `min_exp`.
    fn to_binary(&self, prec: u64, min_exp: i64) -> (bool, u64, i64) {
        let (n, d, exp) = match self {
            Real::Ratio(r) => (r.numer().clone(), r.denom().clone(), 0),
            Real::Big(b) => (b.mant.clone(), BigInt::one(), b.exp),
        };
        let neg = n.is_negative();
        if n.is_zero() {
            return (false, 0, 0);
        }
        // A quotient with some bits to spare, and what is left over as a sticky bit.
        let shift = (prec + 3 + d.bits()).saturating_sub(n.bits());
        let (q, r) = (n.magnitude() << shift).div_rem(d.magnitude());
        let exp = exp - shift as i64;
        let sticky = !r.is_zero();
        let bits = q.bits() as i64;
        // Fewer bits for denormal numbers.
        let allowed = (exp + bits - min_exp).min(prec as i64);
        if allowed < 0 {
            return (neg, 0, 0);
        }
        let (m, e) = if allowed == 0 {
            // Between 0 and the smallest number: exactly half goes to even, which is 0.
            let half = q.trailing_zeros() == Some(bits as u64 - 1) && !sticky;
            (BigUint::from(u32::from(!half)), min_exp)
        } else {
            round(q, exp, allowed as u64, sticky)
        };
        (neg, m.to_u64().unwrap_or(0), e)
    }

    /// The value of a floating-point literal without underscores and suffix `i`.
    /// `None`: not well formed, or too large.
    pub(crate) fn parse(s: &str) -> Option<Real> {
        let hex = s.strip_prefix("0x").or_else(|| s.strip_prefix("0X"));
        let (body, base, marks) = match hex {
            Some(b) => (b, 16, ['p', 'P']),
            None => (s, 10, ['e', 'E']),
        };
        let (digits, exp) = match body.find(marks) {
            Some(i) => (&body[..i], parse_exp(&body[i + 1..])?),
            None => (body, 0),
        };
        let (int, frac) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{int}{frac}");
        let mant = BigInt::parse_bytes(all.as_bytes(), base)?;
        if mant.is_zero() {
            return Some(Real::zero());
        }
        let scale = frac.len() as i64;
        if base == 16 {
            return Real::from_big(BigFloat::new(mant, exp.saturating_sub(4 * scale), false));
        }
        let e = exp.saturating_sub(scale);
        let ten = BigInt::from(10);
        match e {
            0 => Some(Real::from_ratio(BigRational::from_integer(mant))),
            1..=5000 => Some(Real::from_ratio(BigRational::from_integer(
                mant * num_traits::pow(ten, e as usize),
            ))),
            -5000..=-1 => Some(Real::from_ratio(BigRational::new(
                mant,
                num_traits::pow(ten, e.unsigned_abs() as usize),
            ))),
            // 2^(3.32 e) is past all exponents.
            e if e > 1_000_000_000 => None,
            e if e < -1_000_000_000 => Some(Real::zero()),
            e => {
                let (mut power, mut base) =
                    (BigFloat::new(BigInt::one(), 0, false), BigFloat::new(ten, 0, false));
                let mut n = e.unsigned_abs();
                while n > 0 {
                    if n & 1 == 1 {
                        power = power.mul(&base);
                    }
                    base = base.mul(&base);
                    n >>= 1;
                }
                let m = BigFloat::new(mant, 0, false);
                Real::from_big(if e > 0 { m.mul(&power) } else { m.quo(&power) })
            }
        }
    }
}

fn sign(i: &BigInt) -> i32 {
    match i.sign() {
        Sign::Minus => -1,
        Sign::NoSign => 0,
        Sign::Plus => 1,
    }
}

fn pow2(e: i64) -> f64 {
    2f64.powi(e.clamp(-1074, 1100) as i32)
}

fn parse_exp(s: &str) -> Option<i64> {
    let (neg, digits) = match s.as_bytes().first()? {
        b'-' => (true, &s[1..]),
        b'+' => (false, &s[1..]),
        _ => (false, s),
    };
    if digits.is_empty() {
        return None;
    }
    let mut n: i64 = 0;
    for b in digits.bytes() {
        if !b.is_ascii_digit() {
            return None;
        }
        n = n.saturating_mul(10).saturating_add((b - b'0') as i64);
    }
    let n = n.min(1 << 40);
    Some(if neg { -n } else { n })
}

/// `%.6g`, with more digits when a fraction would look like an integer.
impl std::fmt::Display for Real {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let x = self.to_f64();
        if x.is_finite() && (x == 0.0) == (self.signum() == 0) {
            let s = format_g(x, 6);
            if !self.is_integer() && !s.contains('.') {
                return f.write_str(&shortest_g(x));
            }
            return f.write_str(&s);
        }
        // Too large or too small for float64: a decimal mantissa by logarithms.
        let b = self.big();
        let top = b.top() as f64;
        let shift = b.mant.bits() as i64;
        let m = Real::from_big(BigFloat { mant: b.mant, exp: -shift });
        let frac = m.map_or(1.0, |m| m.to_f64());
        let log = frac.abs().log10() + top * std::f64::consts::LOG10_2;
        let e = log.floor();
        let m = 10f64.powf(log - e) * frac.signum();
        write!(f, "{}e{:+}", format_g(m, 6), e)
    }
}

/// C's `%.{prec}g`.
fn format_g(x: f64, prec: usize) -> String {
    if x == 0.0 {
        return "0".into();
    }
    let s = format!("{:.*e}", prec - 1, x);
    let (mant, exp) = s.split_once('e').unwrap_or((&s, "0"));
    let exp: i32 = exp.parse().unwrap_or(0);
    let trim = |s: &str| match s.contains('.') {
        true => s.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => s.to_string(),
    };
    if exp < -4 || exp >= prec as i32 {
        return format!("{}{}", trim(mant), exp_suffix(exp));
    }
    trim(&format!("{:.*}", (prec as i32 - 1 - exp).max(0) as usize, x))
}

/// The shortest digits that read back as `x`, laid out as `%g` does.
fn shortest_g(x: f64) -> String {
    let s = format!("{x:e}");
    let (mant, exp) = s.split_once('e').unwrap_or((&s, "0"));
    let exp: i32 = exp.parse().unwrap_or(0);
    if !(-4..21).contains(&exp) {
        return format!("{mant}{}", exp_suffix(exp));
    }
    format!("{x}")
}

fn exp_suffix(exp: i32) -> String {
    let sign = if exp < 0 { '-' } else { '+' };
    format!("e{sign}{:02}", exp.abs())
}
