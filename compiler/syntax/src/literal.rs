//! The values of rune and string literals (Go specification, "Rune literals", "String literals").

/// The bytes of a string literal as written, quotes included. `None` if it is malformed.
pub fn unquote_string(text: &str) -> Option<Vec<u8>> {
    if let Some(body) = text.strip_prefix('`') {
        let body = body.strip_suffix('`')?;
        return Some(body.bytes().filter(|&b| b != b'\r').collect());
    }
    let body = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let (value, tail) = escape(&rest[at + 1..], '"')?;
        match value {
            Escape::Byte(b) => out.push(b),
            Escape::Char(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = tail;
    }
    out.extend_from_slice(rest.as_bytes());
    Some(out)
}

/// The value of a rune literal as written, quotes included. `None` if it is malformed.
pub fn unquote_rune(text: &str) -> Option<u32> {
    let body = text.strip_prefix('\'')?.strip_suffix('\'')?;
    let (value, rest) = match body.strip_prefix('\\') {
        Some(tail) => match escape(tail, '\'')? {
            (Escape::Byte(b), rest) => (b as u32, rest),
            (Escape::Char(c), rest) => (c as u32, rest),
        },
        None => {
            let c = body.chars().next()?;
            (c as u32, &body[c.len_utf8()..])
        }
    };
    rest.is_empty().then_some(value)
}

enum Escape {
    Byte(u8),
    Char(char),
}

/// What follows a backslash, and the text behind it.
fn escape(text: &str, quote: char) -> Option<(Escape, &str)> {
    let first = text.chars().next()?;
    let simple = match first {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 11,
        '\\' => b'\\',
        c if c == quote => c as u8,
        '0'..='7' => {
            let value = u32::from_str_radix(text.get(..3)?, 8).ok()?;
            return Some((Escape::Byte(u8::try_from(value).ok()?), &text[3..]));
        }
        _ => {
            let digits = match first {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => return None,
            };
            let value = u32::from_str_radix(text.get(1..1 + digits)?, 16).ok()?;
            let rest = &text[1 + digits..];
            return Some(match first {
                'x' => (Escape::Byte(value as u8), rest),
                _ => (Escape::Char(char::from_u32(value)?), rest),
            });
        }
    };
    Some((Escape::Byte(simple), &text[1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings() {
        let s = |t| unquote_string(t).map(|b| String::from_utf8_lossy(&b).into_owned());
        assert_eq!(s(r#""a\tb\"\x41\101\u00e9\U0001F600é""#).as_deref(), Some("a\tb\"AAé😀é"));
        assert_eq!(unquote_string(r#""\xff\377""#), Some(vec![255, 255]));
        assert_eq!(s("`a\r\n\\n`").as_deref(), Some("a\n\\n"));
        assert_eq!(s(r#""\q""#), None);
        assert_eq!(s("\"a"), None);
    }

    #[test]
    fn runes() {
        assert_eq!(unquote_rune("'a'"), Some(97));
        assert_eq!(unquote_rune("'日'"), Some(0x65e5));
        assert_eq!(unquote_rune(r"'\''"), Some(39));
        assert_eq!(unquote_rune(r"'\xff'"), Some(255));
        assert_eq!(unquote_rune(r"'\ud800'"), None);
        assert_eq!(unquote_rune("'ab'"), None);
    }
}
