//! Constant values, exact as the Go specification asks ("Constants", "Constant expressions").
//!
//! In: literals and operators. Out: values of unlimited size; whether a value fits a type is
//! decided in `const.rs`. The division of kinds is go/constant's: an operation takes both operands
//! to the larger of their kinds, and an integral `Float` stays one until `to_int`.

mod int;
mod real;
mod text;

pub use int::Int;
pub use real::Real;
pub use text::Str;

use num_bigint::BigInt;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;
use syntax::ast::{BinaryOp, LitKind, UnaryOp};

/// A constant value.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// The value could not be determined; an error was reported.
    Unknown,
    Bool(bool),
    /// Bytes, since a string constant need not be valid UTF-8.
    String(Str),
    Int(Int),
    Float(Arc<Real>),
    /// Real and imaginary part, each `Int` or `Float`.
    Complex(Arc<(Value, Value)>),
}

/// The kind of a value, smaller numeric kinds first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    Unknown,
    Bool,
    String,
    Int,
    Float,
    Complex,
}

impl Value {
    pub fn kind(&self) -> Kind {
        match self {
            Value::Unknown => Kind::Unknown,
            Value::Bool(_) => Kind::Bool,
            Value::String(_) => Kind::String,
            Value::Int(_) => Kind::Int,
            Value::Float(_) => Kind::Float,
            Value::Complex(_) => Kind::Complex,
        }
    }

    pub fn is_numeric(&self) -> bool {
        self.kind() >= Kind::Int
    }

    pub fn int(i: i64) -> Value {
        Value::Int(i.into())
    }

    pub fn uint(u: u64) -> Value {
        Value::Int(BigInt::from(u).into())
    }

    pub fn bigint(i: BigInt) -> Value {
        Value::Int(i.into())
    }

    pub fn string(bytes: impl Into<Arc<[u8]>>) -> Value {
        Value::String(Str::new(bytes))
    }

    /// `Unknown` for infinities and NaN.
    pub fn float(f: f64) -> Value {
        real(Real::from_f64(f))
    }

    /// `re + im*i` of two real values.
    pub fn complex(re: &Value, im: &Value) -> Value {
        if matches!(re, Value::Unknown) || matches!(im, Value::Unknown) {
            return Value::Unknown;
        }
        Value::Complex(Arc::new((re.clone(), im.clone())))
    }

    /// The value as `Int`, if it is integral (or was but for rounding); else `Unknown`.
    pub fn to_int(&self) -> Value {
        match self {
            Value::Int(_) => self.clone(),
            Value::Float(r) => r.to_int().map_or(Value::Unknown, Value::Int),
            Value::Complex(c) if c.1.sign() == 0 => c.0.to_int(),
            _ => Value::Unknown,
        }
    }

    /// The value as `Float`, if it is real; else `Unknown`.
    pub fn to_float(&self) -> Value {
        match self {
            Value::Int(i) => Value::Float(Arc::new(Real::from_int(i))),
            Value::Float(_) => self.clone(),
            Value::Complex(c) if c.1.sign() == 0 => c.0.to_float(),
            _ => Value::Unknown,
        }
    }

    /// The value as `Complex`, if it is a number; else `Unknown`.
    pub fn to_complex(&self) -> Value {
        match self {
            Value::Int(_) | Value::Float(_) => Value::complex(self, &Value::int(0)),
            Value::Complex(_) => self.clone(),
            _ => Value::Unknown,
        }
    }

    /// The real part of a number.
    pub fn real(&self) -> Value {
        match self {
            Value::Int(_) | Value::Float(_) => self.clone(),
            Value::Complex(c) => c.0.clone(),
            _ => Value::Unknown,
        }
    }

    /// The imaginary part of a number.
    pub fn imag(&self) -> Value {
        match self {
            Value::Int(_) | Value::Float(_) => Value::int(0),
            Value::Complex(c) => c.1.clone(),
            _ => Value::Unknown,
        }
    }

    /// -1, 0 or 1; for complex numbers 0 exactly when zero; 1 for what isn't a number.
    pub fn sign(&self) -> i32 {
        match self {
            Value::Int(i) => i.signum(),
            Value::Float(r) => r.signum(),
            Value::Complex(c) => c.0.sign() | c.1.sign(),
            _ => 1,
        }
    }

    /// The value, if it is an integer in the range of `i64`.
    pub fn int64_val(&self) -> Option<i64> {
        match self.to_int() {
            Value::Int(i) => i.to_i64(),
            _ => None,
        }
    }

    /// The value, if it is an integer in the range of `u64`.
    pub fn uint64_val(&self) -> Option<u64> {
        match self.to_int() {
            Value::Int(i) => i.to_u64(),
            _ => None,
        }
    }

    /// The value, if it is an integer.
    pub fn big_int(&self) -> Option<BigInt> {
        match self.to_int() {
            Value::Int(i) => Some(i.to_bigint()),
            _ => None,
        }
    }

    pub fn bool_val(&self) -> Option<bool> {
        match self {
            Value::Bool(b) => Some(*b),
            _ => None,
        }
    }

    pub fn string_val(&self) -> Option<&[u8]> {
        match self {
            Value::String(s) => Some(s.as_bytes()),
            _ => None,
        }
    }

    /// The nearest float64 of a real number: infinite on overflow, NaN for what isn't one.
    pub fn to_f64(&self) -> f64 {
        match self.to_float() {
            Value::Float(r) => r.to_f64(),
            _ => f64::NAN,
        }
    }

    /// The nearest float32 of a real number.
    pub fn to_f32(&self) -> f32 {
        match self.to_float() {
            Value::Float(r) => r.to_f32(),
            _ => f32::NAN,
        }
    }

    /// Rounded to the precision of float64; `None` when it overflows or isn't real.
    pub fn round_float64(&self) -> Option<Value> {
        let f = self.to_f64();
        f.is_finite().then(|| Value::float(f))
    }

    /// Rounded to the precision of float32; `None` when it overflows or isn't real.
    pub fn round_float32(&self) -> Option<Value> {
        let f = self.to_f32();
        f.is_finite().then(|| Value::float(f as f64))
    }
}

fn real(r: Option<Real>) -> Value {
    r.map_or(Value::Unknown, |r| Value::Float(Arc::new(r)))
}

/// The value of a literal as written; `Unknown` if it is malformed or too large.
pub fn make_from_literal(text: &str, kind: LitKind) -> Value {
    match kind {
        LitKind::Int => int_literal(text),
        LitKind::Float => real(Real::parse(&text.replace('_', ""))),
        LitKind::Imag => {
            let body = text.strip_suffix('i').unwrap_or(text).replace('_', "");
            let im = imaginary_literal(&body);
            Value::complex(&Value::int(0), &im)
        }
        LitKind::Char => match unquote_char(text) {
            Some(c) => Value::int(c as i64),
            None => Value::Unknown,
        },
        LitKind::String => unquote(text).map_or(Value::Unknown, Value::string),
    }
}

fn int_literal(text: &str) -> Value {
    if let Ok(i) = text.parse::<i64>()
        && (text.len() == 1 || !text.starts_with('0'))
    {
        return Value::int(i);
    }
    let clean = text.replace('_', "");
    let lower = clean.to_ascii_lowercase();
    let (digits, base) = match lower.as_bytes() {
        [b'0', b'x', ..] => (&lower[2..], 16),
        [b'0', b'b', ..] => (&lower[2..], 2),
        [b'0', b'o', ..] => (&lower[2..], 8),
        [b'0', _, ..] => (&lower[1..], 8),
        _ => (&lower[..], 10),
    };
    if let Ok(i) = i64::from_str_radix(digits, base) {
        return Value::int(i);
    }
    BigInt::parse_bytes(digits.as_bytes(), base).map_or(Value::Unknown, Value::bigint)
}

/// `0123i` is decimal for backward compatibility; integers with other prefixes are what they say.
fn imaginary_literal(body: &str) -> Value {
    let lower = body.to_ascii_lowercase();
    let prefixed = ["0x", "0b", "0o"].iter().any(|p| lower.starts_with(p));
    if prefixed && !(lower.starts_with("0x") && lower.contains(['p', '.'])) {
        int_literal(body)
    } else {
        real(Real::parse(body))
    }
}

/// The code point of a rune literal with its quotes.
fn unquote_char(text: &str) -> Option<u32> {
    let body = text.strip_prefix('\'')?.strip_suffix('\'')?;
    let mut rest = body.as_bytes();
    let c = match rest.first()? {
        b'\\' => {
            let (c, _) = escape(&mut rest, b'\'')?;
            c
        }
        _ => {
            let c = body.chars().next()?;
            rest = &rest[c.len_utf8()..];
            c as u32
        }
    };
    rest.is_empty().then_some(c)
}

/// Reads an escape sequence; the flag says that it denotes a byte rather than a character.
fn escape(rest: &mut &[u8], quote: u8) -> Option<(u32, bool)> {
    let b = *rest;
    let simple = |c: u8| Some((c as u32, false));
    let (value, used) = match *b.get(1)? {
        b'a' => (simple(7), 2),
        b'b' => (simple(8), 2),
        b'f' => (simple(12), 2),
        b'n' => (simple(b'\n'), 2),
        b'r' => (simple(b'\r'), 2),
        b't' => (simple(b'\t'), 2),
        b'v' => (simple(11), 2),
        b'\\' => (simple(b'\\'), 2),
        c if c == quote => (simple(quote), 2),
        b'x' => (number(b.get(2..4)?, 16).map(|n| (n, true)), 4),
        b'u' => (number(b.get(2..6)?, 16).map(|n| (n, false)), 6),
        b'U' => (number(b.get(2..10)?, 16).map(|n| (n, false)), 10),
        b'0'..=b'7' => (number(b.get(1..4)?, 8).map(|n| (n, true)), 4),
        _ => return None,
    };
    *rest = b.get(used..)?;
    value.filter(|&(n, byte)| if byte { n < 256 } else { char::from_u32(n).is_some() })
}

fn number(digits: &[u8], base: u32) -> Option<u32> {
    digits.iter().try_fold(0u32, |n, &d| {
        let d = (d as char).to_digit(base)?;
        n.checked_mul(base)?.checked_add(d)
    })
}

/// The bytes of a string literal with its quotes.
pub fn unquote(text: &str) -> Option<Vec<u8>> {
    if let Some(raw) = text.strip_prefix('`') {
        let raw = raw.strip_suffix('`')?;
        return Some(raw.bytes().filter(|&b| b != b'\r').collect());
    }
    let body = text.strip_prefix('"')?.strip_suffix('"')?;
    if !body.contains('\\') {
        return Some(body.as_bytes().to_vec());
    }
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body.as_bytes();
    while let Some(&b) = rest.first() {
        if b != b'\\' {
            out.push(b);
            rest = &rest[1..];
            continue;
        }
        match escape(&mut rest, b'"')? {
            (n, true) => out.push(n as u8),
            (n, false) => {
                let c = char::from_u32(n)?;
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
    Some(out)
}

/// `op y`. For `^` of an unsigned type, `unsigned_bits` is its size (0: signed or untyped).
pub fn unary_op(op: UnaryOp, y: &Value, unsigned_bits: u32) -> Value {
    match (op, y) {
        (UnaryOp::Plus, v) if v.is_numeric() => v.clone(),
        (UnaryOp::Neg, Value::Int(i)) => Value::Int(i.neg()),
        (UnaryOp::Neg, Value::Float(r)) => Value::Float(Arc::new(r.neg())),
        (UnaryOp::Neg, Value::Complex(c)) => {
            Value::complex(&unary_op(op, &c.0, 0), &unary_op(op, &c.1, 0))
        }
        (UnaryOp::Xor, Value::Int(i)) => {
            let z = i.not();
            if unsigned_bits == 0 {
                return Value::Int(z);
            }
            let mask = Int::from(1).shl(unsigned_bits).sub(&Int::from(1));
            Value::Int(z.and(&mask))
        }
        (UnaryOp::Not, Value::Bool(b)) => Value::Bool(!b),
        _ => Value::Unknown,
    }
}

/// Both values in the larger of their kinds.
fn match_kinds(x: &Value, y: &Value) -> (Value, Value) {
    if x.kind() == y.kind() || !x.is_numeric() || !y.is_numeric() {
        return (x.clone(), y.clone());
    }
    let lift = |v: &Value| match x.kind().max(y.kind()) {
        Kind::Float => v.to_float(),
        Kind::Complex => v.to_complex(),
        _ => v.clone(),
    };
    (lift(x), lift(y))
}

/// `x op y` for the operators that aren't comparisons or shifts. `/` of two `Int` is the exact
/// quotient: use [`int_div`] for integer types. Division by zero gives `Unknown`.
pub fn binary_op(x: &Value, op: BinaryOp, y: &Value) -> Value {
    use BinaryOp::*;
    match match_kinds(x, y) {
        (Value::Bool(a), Value::Bool(b)) => match op {
            LAnd => Value::Bool(a && b),
            LOr => Value::Bool(a || b),
            _ => Value::Unknown,
        },
        (Value::String(a), Value::String(b)) if op == Add => Value::String(a.concat(&b)),
        (Value::Int(a), Value::Int(b)) => match op {
            Add => Value::Int(a.add(&b)),
            Sub => Value::Int(a.sub(&b)),
            Mul => Value::Int(a.mul(&b)),
            Div => real(Real::from_int(&a).quo(&Real::from_int(&b))),
            Rem => a.rem(&b).map_or(Value::Unknown, Value::Int),
            And => Value::Int(a.and(&b)),
            Or => Value::Int(a.or(&b)),
            Xor => Value::Int(a.xor(&b)),
            AndNot => Value::Int(a.and_not(&b)),
            _ => Value::Unknown,
        },
        (Value::Float(a), Value::Float(b)) => real(match op {
            Add => a.add(&b),
            Sub => a.sub(&b),
            Mul => a.mul(&b),
            Div => a.quo(&b),
            _ => None,
        }),
        (Value::Complex(a), Value::Complex(b)) => complex_op(&a, op, &b),
        _ => Value::Unknown,
    }
}

/// Truncated division of integers; `Unknown` for other kinds and by zero.
pub fn int_div(x: &Value, y: &Value) -> Value {
    match (x.to_int(), y.to_int()) {
        (Value::Int(a), Value::Int(b)) => a.div(&b).map_or(Value::Unknown, Value::Int),
        _ => Value::Unknown,
    }
}

fn complex_op((a, b): &(Value, Value), op: BinaryOp, (c, d): &(Value, Value)) -> Value {
    use BinaryOp::*;
    let mul = |x: &Value, y: &Value| binary_op(x, Mul, y);
    match op {
        Add | Sub => Value::complex(&binary_op(a, op, c), &binary_op(b, op, d)),
        Mul => {
            let re = binary_op(&mul(a, c), Sub, &mul(b, d));
            let im = binary_op(&mul(b, c), Add, &mul(a, d));
            Value::complex(&re, &im)
        }
        Div => {
            // Times the conjugate, by the square of the absolute value.
            let s = binary_op(&mul(c, c), Add, &mul(d, d));
            let re = binary_op(&mul(a, c), Add, &mul(b, d));
            let im = binary_op(&mul(b, c), Sub, &mul(a, d));
            Value::complex(&binary_op(&re, Div, &s), &binary_op(&im, Div, &s))
        }
        _ => Value::Unknown,
    }
}

/// `x << n` or `x >> n` of an `Int`.
pub fn shift(x: &Value, op: BinaryOp, n: u32) -> Value {
    match x {
        Value::Int(i) if op == BinaryOp::Shl => Value::Int(i.shl(n)),
        Value::Int(i) => Value::Int(i.shr(n)),
        _ => Value::Unknown,
    }
}

/// `x op y` for a comparison operator; false when a value is unknown.
pub fn compare(x: &Value, op: BinaryOp, y: &Value) -> bool {
    use BinaryOp::*;
    let ord = match match_kinds(x, y) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(&b),
        (Value::String(a), Value::String(b)) => a.as_bytes().cmp(b.as_bytes()),
        (Value::Int(a), Value::Int(b)) => a.cmp(&b),
        (Value::Float(a), Value::Float(b)) => a.cmp(&b),
        (Value::Complex(a), Value::Complex(b)) => {
            // Complex numbers are only equal or not.
            match compare(&a.0, Eq, &b.0) && compare(&a.1, Eq, &b.1) {
                true => Ordering::Equal,
                false => Ordering::Less,
            }
        }
        _ => return false,
    };
    match op {
        Eq => ord.is_eq(),
        Ne => ord.is_ne(),
        Lt => ord.is_lt(),
        Le => ord.is_le(),
        Gt => ord.is_gt(),
        Ge => ord.is_ge(),
        _ => false,
    }
}

/// As Go's messages show values: strings quoted and cut, floats with six digits.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Unknown => f.write_str("unknown"),
            Value::Bool(b) => b.fmt(f),
            Value::String(s) => f.write_str(&short_quoted(&s.prefix(4 * 72))),
            Value::Int(i) => i.fmt(f),
            Value::Float(r) => r.fmt(f),
            Value::Complex(c) => write!(f, "({} + {}i)", c.0, c.1),
        }
    }
}

/// At most 72 characters of a quoted string.
fn short_quoted(bytes: &[u8]) -> String {
    const MAX: usize = 72;
    // No more bytes than can show.
    let s = quote(&bytes[..bytes.len().min(4 * MAX)]);
    if s.chars().count() <= MAX && bytes.len() <= 4 * MAX {
        return s;
    }
    let cut: String = s.chars().take(MAX - 3).collect();
    cut + "..."
}

/// A Go string literal of these bytes.
pub fn quote(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\u{7}' => out.push_str("\\a"),
                '\u{8}' => out.push_str("\\b"),
                '\u{c}' => out.push_str("\\f"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\u{b}' => out.push_str("\\v"),
                c if (c as u32) < 0x20 || c == '\u{7f}' => {
                    out.push_str(&format!("\\x{:02x}", c as u32));
                }
                c if c.is_control() || c == '\u{feff}' => {
                    out.push_str(&format!("\\u{:04x}", c as u32));
                }
                c => out.push(c),
            }
        }
        for b in chunk.invalid() {
            out.push_str(&format!("\\x{b:02x}"));
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use BinaryOp::*;

    fn float(s: &str) -> Value {
        make_from_literal(s, LitKind::Float)
    }

    fn int(s: &str) -> Value {
        make_from_literal(s, LitKind::Int)
    }

    #[test]
    fn integer_literals() {
        for (text, want) in [("0", 0), ("0x_Ff", 255), ("0b101", 5), ("0o17", 15), ("017", 15)] {
            assert_eq!(int(text), Value::int(want), "{text}");
        }
        assert_eq!(int("18446744073709551615"), Value::uint(u64::MAX));
        assert_eq!(int("1_000"), Value::int(1000));
    }

    #[test]
    fn rune_and_string_literals() {
        let rune = |s| make_from_literal(s, LitKind::Char);
        assert_eq!(rune("'a'"), Value::int(97));
        assert_eq!(rune(r"'\''"), Value::int(39));
        assert_eq!(rune(r"'\u00e9'"), Value::int(0xe9));
        assert_eq!(rune(r"'\377'"), Value::int(255));
        assert_eq!(rune(r"'\ud800'"), Value::Unknown);
        assert_eq!(unquote(r#""a\x80\n\u00e9""#), Some(b"a\x80\n\xc3\xa9".to_vec()));
        assert_eq!(unquote("`a\r\\n`"), Some(b"a\\n".to_vec()));
    }

    #[test]
    fn floats_are_rounded_once() {
        assert_eq!(float("0.1").to_f64(), 0.1);
        assert_eq!(float("5e-324").to_f64(), 5e-324);
        assert_eq!(float("2e-324").to_f64(), 0.0);
        assert_eq!(float("2.4703282292062328e-324").to_f64(), 5e-324);
        assert_eq!(float("2.2250738585072011e-308").to_f64(), 2.225073858507201e-308);
        assert_eq!(float("1.7976931348623157e308").to_f64(), f64::MAX);
        assert!(float("1.8e308").to_f64().is_infinite());
        assert_eq!(float("1.401298464324817e-45").to_f32(), f32::from_bits(1));
        assert_eq!(float("3.4028234663852886e38").to_f32(), f32::MAX);
        // Halfway between two float32, and just above in float64: rounding twice would be wrong.
        let x = float("1.000000059604644775390625000000000000001");
        assert_eq!(x.to_f32(), 1.0000001);
        assert_eq!(float("0x1p-1074").to_f64(), f64::from_bits(1));
        assert_eq!(float("0x1.8p1").to_f64(), 3.0);
    }

    #[test]
    fn arithmetic_is_exact() {
        let third = binary_op(&int("1"), Div, &int("3"));
        let one = binary_op(&third, Mul, &int("3"));
        assert_eq!(one.to_int(), Value::int(1));
        let big = binary_op(&float("1e1000"), Div, &float("1e999"));
        assert_eq!(big.to_int(), Value::int(10));
        let huge = binary_op(&float("1e10000"), Mul, &float("1e-9999"));
        assert_eq!(huge.to_int(), Value::int(10));
        assert_eq!(int_div(&int("7"), &Value::int(-2)), Value::int(-3));
        assert_eq!(binary_op(&int("1"), Div, &int("0")), Value::Unknown);
        assert_eq!(shift(&int("1"), Shl, 100).to_string(), "1267650600228229401496703205376");
        assert_eq!(shift(&Value::int(-5), Shr, 1), Value::int(-3));
        let i = make_from_literal("1i", LitKind::Imag);
        assert_eq!(binary_op(&i, Mul, &i).to_int(), Value::int(-1));
        assert_eq!(unary_op(UnaryOp::Xor, &int("1"), 8), Value::int(254));
    }

    #[test]
    fn strings_in_messages() {
        assert_eq!(float("1e100").to_string(), "1e+100");
        assert_eq!(binary_op(&int("1"), Div, &int("3")).to_string(), "0.333333");
        assert_eq!(float("1e-5").to_string(), "1e-05");
        assert_eq!(float("100000").to_string(), "100000");
        assert_eq!(float("1000000").to_string(), "1e+06");
        assert_eq!(float("1e1000").to_string(), "1e+1000");
        assert_eq!(Value::string(*b"a\"b\n").to_string(), r#""a\"b\n""#);
        let c = Value::complex(&Value::int(1), &Value::int(2));
        assert_eq!(c.to_string(), "(1 + 2i)");
    }

    #[test]
    fn long_sums_of_strings() {
        let part = Value::string(vec![b'x'; 200]);
        let mut s = part.clone();
        for _ in 0..1000 {
            s = binary_op(&s, Add, &part);
        }
        assert_eq!(s.string_val().map(<[u8]>::len), Some(200 * 1001));
    }
}
