//! Text in, tokens with their lines out.

use super::ParseError;

#[derive(Clone, PartialEq, Debug)]
pub enum Token {
    Word(String),
    Number(i128),
    /// Between double quotes.
    Text(Vec<u8>),
    /// Between single quotes: a type's unique name.
    Type(String),
    Char(char),
}

pub fn tokens(text: &str) -> Result<Vec<(Token, usize)>, ParseError> {
    let b = text.as_bytes();
    let (mut i, mut line, mut out) = (0, 1, Vec::new());
    while let Some(&c) = b.get(i) {
        let start = i;
        let token = match c {
            b'\n' => {
                line += 1;
                i += 1;
                continue;
            }
            b' ' | b'\t' | b'\r' => {
                i += 1;
                continue;
            }
            // A comment, for tests.
            b';' => {
                i = text[i..].find('\n').map_or(b.len(), |n| i + n);
                continue;
            }
            b'"' | b'\'' => {
                let (bytes, end) = quoted(b, i)
                    .ok_or_else(|| ParseError { line, message: "bad quotation".into() })?;
                i = end;
                match c {
                    b'"' => Token::Text(bytes),
                    _ => Token::Type(String::from_utf8(bytes).map_err(|_| ParseError {
                        line,
                        message: "a type's name is not UTF-8".into(),
                    })?),
                }
            }
            b'0'..=b'9' | b'-' => {
                i += 1;
                while b.get(i).is_some_and(u8::is_ascii_alphanumeric) {
                    i += 1;
                }
                let digits = &text[start..i];
                let n = match digits.strip_prefix("0x") {
                    Some(hex) => i128::from_str_radix(hex, 16),
                    None => digits.parse(),
                };
                Token::Number(
                    n.map_err(|_| ParseError { line, message: format!("{digits} is no number") })?,
                )
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                while b.get(i).is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'_') {
                    i += 1;
                }
                Token::Word(text[start..i].to_string())
            }
            c => {
                i += 1;
                Token::Char(c as char)
            }
        };
        out.push((token, line));
    }
    Ok(out)
}

/// The bytes of a quotation that begins at `start`, and where it ends.
fn quoted(b: &[u8], start: usize) -> Option<(Vec<u8>, usize)> {
    let mark = *b.get(start)?;
    let (mut i, mut out) = (start + 1, Vec::new());
    loop {
        match *b.get(i)? {
            c if c == mark => return Some((out, i + 1)),
            b'\\' => match *b.get(i + 1)? {
                b'x' => {
                    let hex = std::str::from_utf8(b.get(i + 2..i + 4)?).ok()?;
                    out.push(u8::from_str_radix(hex, 16).ok()?);
                    i += 4;
                }
                c => {
                    out.push(c);
                    i += 2;
                }
            },
            c => {
                out.push(c);
                i += 1;
            }
        }
    }
}
