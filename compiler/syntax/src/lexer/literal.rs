//! Scanning of number, rune and string literals (Go specification, "Integer literals" to
//! "String literals"). Malformed ones are reported once and become tokens all the same.

use super::Lexer;
use crate::ast::LitKind;
use crate::token::Tok;
use crate::unicode::{describe, quote_rune};

/// The base of a number, from its prefix.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    Binary,
    /// `0o`
    Octal,
    /// A leading zero.
    OldOctal,
    Decimal,
    Hexadecimal,
}

impl Base {
    fn name(self) -> &'static str {
        match self {
            Base::Binary => "binary",
            Base::Octal | Base::OldOctal => "octal",
            Base::Decimal => "decimal",
            Base::Hexadecimal => "hexadecimal",
        }
    }

    /// The first digit above those allowed, for bases up to ten.
    fn limit(self) -> u8 {
        match self {
            Base::Binary => b'2',
            Base::Octal | Base::OldOctal => b'8',
            Base::Decimal | Base::Hexadecimal => b'9' + 1,
        }
    }
}

/// What a run of digits held.
#[derive(Default)]
struct Digits {
    any: bool,
    separators: bool,
    /// Offset of the first digit too large for the base.
    invalid: Option<usize>,
}

impl Lexer<'_> {
    fn literal(&mut self, kind: LitKind) {
        self.tok = Tok::Literal;
        self.lit = kind;
        self.bad = false;
        self.newline_ends = true;
    }

    /// Reports a malformed literal: only the first mistake in each counts.
    fn malformed(&mut self, at: usize, message: impl Into<String>) {
        if !self.bad {
            self.bad = true;
            self.error(at, at, message);
        }
    }

    fn digits(&mut self, base: Base, seen: &mut Digits) {
        loop {
            let b = self.byte();
            let digit = b.is_ascii_digit() || base == Base::Hexadecimal && b.is_ascii_hexdigit();
            if digit {
                if b.is_ascii_digit() && b >= base.limit() && seen.invalid.is_none() {
                    seen.invalid = Some(self.off);
                }
                seen.any = true;
            } else if b == b'_' {
                seen.separators = true;
            } else {
                return;
            }
            self.off += 1;
        }
    }

    /// A number; `point`: it begins with the decimal point.
    pub(super) fn number(&mut self, point: bool) {
        self.literal(LitKind::Int);
        let start = self.off;
        let mut base = Base::Decimal;
        let mut mantissa = Digits::default();
        if !point {
            if self.byte() == b'0' {
                self.off += 1;
                base = match self.byte() | 0x20 {
                    b'x' => Base::Hexadecimal,
                    b'o' => Base::Octal,
                    b'b' => Base::Binary,
                    _ => Base::OldOctal,
                };
                if base == Base::OldOctal {
                    mantissa.any = true;
                } else {
                    self.off += 1;
                }
            }
            self.digits(base, &mut mantissa);
        }
        if self.byte() == b'.' {
            self.lit = LitKind::Float;
            if matches!(base, Base::Binary | Base::Octal) {
                let at = self.off;
                self.malformed(at, format!("invalid radix point in {} literal", base.name()));
            }
            self.off += 1;
            self.digits(base, &mut mantissa);
        }
        if !mantissa.any {
            let at = self.off;
            self.malformed(at, format!("{} literal has no digits", base.name()));
        }
        let separators = mantissa.separators | self.exponent(base);
        if self.byte() == b'i' {
            self.lit = LitKind::Imag;
            self.off += 1;
        }
        self.hi = self.off as u32;
        if self.lit == LitKind::Int
            && let Some(at) = mantissa.invalid
        {
            let digit = quote_rune(self.src[at] as char);
            self.malformed(at, format!("invalid digit {digit} in {} literal", base.name()));
        }
        if separators && let Some(at) = misplaced_separator(&self.src[start..self.off]) {
            self.malformed(start + at, "'_' must separate successive digits");
        }
    }

    /// The exponent, if there is one. Returns whether it holds separators.
    fn exponent(&mut self, base: Base) -> bool {
        let e = self.byte() | 0x20;
        if e != b'e' && e != b'p' {
            if base == Base::Hexadecimal && self.lit == LitKind::Float {
                let at = self.off;
                self.malformed(at, "hexadecimal mantissa requires a 'p' exponent");
            }
            return false;
        }
        let spelled = quote_rune(self.byte() as char);
        let at = self.off;
        if e == b'e' && !matches!(base, Base::Decimal | Base::OldOctal) {
            self.malformed(at, format!("{spelled} exponent requires decimal mantissa"));
        } else if e == b'p' && base != Base::Hexadecimal {
            self.malformed(at, format!("{spelled} exponent requires hexadecimal mantissa"));
        }
        self.lit = LitKind::Float;
        self.off += 1;
        if matches!(self.byte(), b'+' | b'-') {
            self.off += 1;
        }
        let mut digits = Digits::default();
        self.digits(Base::Decimal, &mut digits);
        if !digits.any {
            let at = self.off;
            self.malformed(at, "exponent has no digits");
        }
        digits.separators
    }

    pub(super) fn string(&mut self) {
        self.literal(LitKind::String);
        loop {
            match self.byte() {
                b'"' => {
                    self.off += 1;
                    break;
                }
                b'\\' => {
                    self.off += 1;
                    self.escape(b'"');
                }
                b'\n' => {
                    let at = self.off;
                    self.bad_string(at, "newline in string");
                    break;
                }
                0 if self.at_end() => {
                    let at = self.lo as usize;
                    self.bad_string(at, "string not terminated");
                    break;
                }
                _ => self.off += 1,
            }
        }
    }

    /// Errors about the extent of a string are reported beside those about its escapes.
    fn bad_string(&mut self, at: usize, message: &str) {
        self.bad = true;
        self.error(at, self.off, message);
    }

    pub(super) fn raw_string(&mut self) {
        self.literal(LitKind::String);
        match self.src[self.off..].iter().position(|&b| b == b'`') {
            Some(n) => self.off += n + 1,
            None => {
                self.off = self.src.len();
                let at = self.lo as usize;
                self.bad_string(at, "string not terminated");
            }
        }
    }

    pub(super) fn rune(&mut self) {
        self.literal(LitKind::Char);
        let mut count = 0usize;
        loop {
            match self.byte() {
                b'\'' => {
                    if count == 0 {
                        let at = self.off;
                        self.malformed(at, "empty rune literal or unescaped '");
                    } else if count != 1 {
                        let at = self.lo as usize;
                        self.malformed(at, "more than one character in rune literal");
                    }
                    self.off += 1;
                    return;
                }
                b'\\' => {
                    self.off += 1;
                    self.escape(b'\'');
                }
                b'\n' => {
                    let at = self.off;
                    return self.malformed(at, "newline in rune literal");
                }
                0 if self.at_end() => {
                    let at = self.lo as usize;
                    return self.malformed(at, "rune literal not terminated");
                }
                // A stand-in for what is no character.
                0 => {
                    self.off += 1;
                    continue;
                }
                b if b < 0x80 => self.off += 1,
                _ => self.off += self.char().len_utf8(),
            }
            count += 1;
        }
    }

    /// What follows a backslash. At the end of the file the caller has the message.
    fn escape(&mut self, quote: u8) {
        let (count, base, max) = match self.byte() {
            b if b == quote => (0, 0, 0),
            b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'\\' => (0, 0, 0),
            b'0'..=b'7' => (3, 8, 255),
            b'x' => (2, 16, 255),
            b'u' => (4, 16, 0x10ffff),
            b'U' => (8, 16, 0x10ffff),
            _ => {
                if !self.at_end() {
                    let at = self.off;
                    self.bad_escape(at, "unknown escape".into());
                }
                return;
            }
        };
        if base != 8 {
            self.off += 1;
        }
        let mut value = 0u32;
        for _ in 0..count {
            if self.at_end() {
                return;
            }
            match (self.byte() as char).to_digit(base) {
                Some(d) if self.byte() < 0x80 => value = value.wrapping_mul(base) + d,
                _ => {
                    let c = quote_rune(self.char());
                    let kind = if base == 8 { "octal" } else { "hexadecimal" };
                    let at = self.off;
                    return self.bad_escape(at, format!("invalid character {c} in {kind} escape"));
                }
            }
            self.off += 1;
        }
        let at = self.off;
        if value > max && base == 8 {
            self.bad_escape(at, format!("octal escape value {value} > 255"));
        } else if value > max || max > 255 && (0xd800..0xe000).contains(&value) {
            let what = describe(value);
            self.bad_escape(at, format!("escape is invalid Unicode code point {what}"));
        }
    }

    /// Each bad escape of a string is reported; in a rune literal it keeps the other complaints away.
    fn bad_escape(&mut self, at: usize, message: String) {
        self.bad = true;
        self.error(at, at, message);
    }
}

/// The offset of the first `_` that doesn't stand between two digits or a base prefix and a digit.
fn misplaced_separator(number: &[u8]) -> Option<usize> {
    let prefixed = number.len() >= 2 && number[0] == b'0' && number[1].is_ascii_alphabetic();
    let hexadecimal = prefixed && number[1] | 0x20 == b'x';
    let digit = |b: u8| b.is_ascii_digit() || hexadecimal && b.is_ascii_hexdigit();
    // 'd' a digit (or the prefix, after which a separator may stand), '_', '.' anything else.
    let mut before = if prefixed { b'd' } else { b'.' };
    let begin = if prefixed { 2 } else { 0 };
    for (i, &b) in number.iter().enumerate().skip(begin) {
        let this = match b {
            b'_' => b'_',
            b if digit(b) => b'd',
            _ => b'.',
        };
        if this == b'_' && before != b'd' {
            return Some(i);
        }
        if this == b'.' && before == b'_' {
            return Some(i - 1);
        }
        before = this;
    }
    (before == b'_').then(|| number.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> Option<(u32, String)> {
        let mut l = Lexer::new(text);
        l.next();
        assert_eq!(l.tok, Tok::Literal);
        l.errors.first().map(|e| (e.lo, e.message.clone()))
    }

    #[test]
    fn good_numbers() {
        for t in [
            "0", "1_000", "0x_1F", "0b101", "0o17", "017", "0_7", "09.5", "1e3", "1E-3", ".5",
            "5.", "0x1p-2", "0X.8P0", "0i", "0128i", "1.5e2i", "0x1p1i", "0b1i",
        ] {
            assert_eq!(error(t), None, "{t}");
        }
    }

    #[test]
    fn bad_numbers() {
        for (t, at, message) in [
            ("0b12", 3, "invalid digit '2' in binary literal"),
            ("089", 1, "invalid digit '8' in octal literal"),
            ("0x", 2, "hexadecimal literal has no digits"),
            ("1e", 2, "exponent has no digits"),
            ("0x1.2", 5, "hexadecimal mantissa requires a 'p' exponent"),
            ("1__0", 2, "'_' must separate successive digits"),
            ("0_", 1, "'_' must separate successive digits"),
            ("0b1.0", 3, "invalid radix point in binary literal"),
            ("1p1", 1, "'p' exponent requires hexadecimal mantissa"),
            ("0b1e3", 3, "'e' exponent requires decimal mantissa"),
        ] {
            assert_eq!(error(t), Some((at, message.into())), "{t}");
        }
    }

    #[test]
    fn bad_strings() {
        for (t, at, message) in [
            ("\"abc\n", 4, "newline in string"),
            ("\"abc", 0, "string not terminated"),
            ("`abc", 0, "string not terminated"),
            ("''", 1, "empty rune literal or unescaped '"),
            ("'ab'", 0, "more than one character in rune literal"),
            ("'a\n", 2, "newline in rune literal"),
            ("'a", 0, "rune literal not terminated"),
            (r#""\q""#, 2, "unknown escape"),
            (r#""\'""#, 2, "unknown escape"),
            (r#""\400""#, 5, "octal escape value 256 > 255"),
            (r#""\xg""#, 3, "invalid character 'g' in hexadecimal escape"),
            (r#""\12""#, 4, "invalid character '\"' in octal escape"),
            (r#""\ud800""#, 7, "escape is invalid Unicode code point U+D800"),
        ] {
            assert_eq!(error(t), Some((at, message.into())), "{t}");
        }
    }
}
