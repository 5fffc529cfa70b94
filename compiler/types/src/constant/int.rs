//! Integers of any size, of which nearly all fit a machine word.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use std::sync::Arc;

/// An integer. Values in the range of `i64` are always `Small`, so that equality is structural.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Int(Repr);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Repr {
    Small(i64),
    Big(Arc<BigInt>),
}

use Repr::{Big, Small};

impl From<i64> for Int {
    fn from(n: i64) -> Int {
        Int(Small(n))
    }
}

impl From<BigInt> for Int {
    fn from(n: BigInt) -> Int {
        match n.to_i64() {
            Some(i) => Int(Small(i)),
            None => Int(Big(Arc::new(n))),
        }
    }
}

macro_rules! narrow {
    ($($name:ident $t:ty),*) => {
        $(
            /// The value, if it is in that type's range.
            pub fn $name(&self) -> Option<$t> {
                match &self.0 {
                    Small(i) => <$t>::try_from(*i).ok(),
                    Big(b) => b.$name(),
                }
            }
        )*
    };
}

impl Int {
    narrow!(to_i8 i8, to_i16 i16, to_i32 i32, to_i64 i64, to_u8 u8, to_u16 u16, to_u32 u32,
        to_u64 u64, to_usize usize, to_i128 i128);

    pub fn to_bigint(&self) -> BigInt {
        match &self.0 {
            Small(i) => BigInt::from(*i),
            Big(b) => BigInt::clone(b),
        }
    }

    /// Bits of the magnitude; 0 for 0.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Small(i) => 64 - i.unsigned_abs().leading_zeros() as u64,
            Big(b) => b.bits(),
        }
    }

    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Small(i) => *i < 0,
            Big(b) => b.is_negative(),
        }
    }

    pub fn is_zero(&self) -> bool {
        matches!(self.0, Small(0))
    }

    /// The low 64 bits in two's complement: the machine representation of a typed constant.
    pub fn low_u64(&self) -> u64 {
        match &self.0 {
            Small(i) => *i as u64,
            Big(b) => {
                let low = b.magnitude().iter_u64_digits().next().unwrap_or(0);
                if b.is_negative() { low.wrapping_neg() } else { low }
            }
        }
    }

    fn op(
        &self,
        o: &Int,
        small: fn(i64, i64) -> Option<i64>,
        big: fn(BigInt, BigInt) -> BigInt,
    ) -> Int {
        if let (Small(a), Small(b)) = (&self.0, &o.0)
            && let Some(r) = small(*a, *b)
        {
            return Int(Small(r));
        }
        big(self.to_bigint(), o.to_bigint()).into()
    }

    pub(crate) fn add(&self, o: &Int) -> Int {
        self.op(o, i64::checked_add, |a, b| a + b)
    }

    pub(crate) fn sub(&self, o: &Int) -> Int {
        self.op(o, i64::checked_sub, |a, b| a - b)
    }

    pub(crate) fn mul(&self, o: &Int) -> Int {
        self.op(o, i64::checked_mul, |a, b| a * b)
    }

    /// Truncated division; `None` by zero.
    pub(crate) fn div(&self, o: &Int) -> Option<Int> {
        (!o.is_zero()).then(|| self.op(o, i64::checked_div, |a, b| a / b))
    }

    pub(crate) fn rem(&self, o: &Int) -> Option<Int> {
        (!o.is_zero()).then(|| self.op(o, i64::checked_rem, |a, b| a % b))
    }

    pub(crate) fn and(&self, o: &Int) -> Int {
        self.op(o, |a, b| Some(a & b), |a, b| a & b)
    }

    pub(crate) fn or(&self, o: &Int) -> Int {
        self.op(o, |a, b| Some(a | b), |a, b| a | b)
    }

    pub(crate) fn xor(&self, o: &Int) -> Int {
        self.op(o, |a, b| Some(a ^ b), |a, b| a ^ b)
    }

    pub(crate) fn and_not(&self, o: &Int) -> Int {
        self.op(o, |a, b| Some(a & !b), |a, b| a & !b)
    }

    pub(crate) fn neg(&self) -> Int {
        Int::from(0).sub(self)
    }

    pub(crate) fn not(&self) -> Int {
        Int::from(-1).sub(self)
    }

    pub(crate) fn shl(&self, n: u32) -> Int {
        match self.0 {
            Small(0) => self.clone(),
            Small(i) if n < 63 && i.unsigned_abs().leading_zeros() > n + 1 => Int(Small(i << n)),
            _ => (self.to_bigint() << n).into(),
        }
    }

    pub(crate) fn shr(&self, n: u32) -> Int {
        match &self.0 {
            Small(i) => Int(Small(i >> n.min(63))),
            Big(b) => (BigInt::clone(b) >> n).into(),
        }
    }

    pub(crate) fn signum(&self) -> i32 {
        match &self.0 {
            Small(i) => i.signum() as i32,
            Big(b) if b.is_negative() => -1,
            Big(b) => i32::from(!b.is_zero()),
        }
    }
}

impl PartialOrd for Int {
    fn partial_cmp(&self, o: &Int) -> Option<std::cmp::Ordering> {
        Some(self.cmp(o))
    }
}

impl Ord for Int {
    fn cmp(&self, o: &Int) -> std::cmp::Ordering {
        match (&self.0, &o.0) {
            (Small(a), Small(b)) => a.cmp(b),
            _ => self.to_bigint().cmp(&o.to_bigint()),
        }
    }
}

impl std::fmt::Display for Int {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Small(i) => i.fmt(f),
            Big(b) => b.fmt(f),
        }
    }
}
