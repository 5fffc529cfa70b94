//! Constant values, exact as the Go specification asks ("Constants").

use num_bigint::BigInt;
use std::sync::Arc;

/// A constant value. Opaque outside this module but for the accessors; numeric kinds are kept in
/// their simplest form (an integral float constant is `Int`, see `to_int`, `to_float`).
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// The value could not be determined; an error was reported.
    Unknown,
    Bool(bool),
    /// Bytes, since a string constant need not be valid UTF-8.
    String(Arc<[u8]>),
    Int(Arc<BigInt>),
    Float(Arc<Float>),
    Complex(Arc<(Value, Value)>),
}

/// A non-integral (or huge) real number.
#[derive(Clone, PartialEq, Debug)]
pub enum Float {
    Ratio(num_rational::BigRational),
}
