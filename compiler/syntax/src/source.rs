//! Bytes of a file in, text that the lexer can read out (Go specification,
//! "Source code representation").

use diag::{Diagnostic, Diagnostics, Pos, Span};
use std::sync::Arc;

/// A file's text, and what was wrong with its bytes.
#[derive(Debug)]
pub struct Source {
    /// As long as the input: NUL stands in for each byte that isn't UTF-8. The lexer passes over it.
    pub text: Arc<str>,
    problems: Vec<Problem>,
}

/// More of a kind than these in one file help nobody.
const MAX_PROBLEMS: usize = 1000;

/// An offset and what is wrong there.
type Problem = (usize, &'static str);

impl Source {
    /// Reports what was wrong, once the file's position is known.
    pub fn report(&self, start: Pos, diags: &mut Diagnostics) {
        for &(offset, message) in &self.problems {
            let at = Span::at(Pos(start.0 + offset as u32));
            diags.push(Diagnostic::error("Syntax", at, message));
        }
    }
}

/// Turns a file's bytes into text of the same length.
pub fn decode(bytes: Vec<u8>) -> Source {
    let mut problems = strange_characters(&bytes);
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => replace_invalid(e.into_bytes(), &mut problems),
    };
    problems.sort_unstable();
    Source { text: text.into(), problems }
}

/// Reports what is wrong with a file's bytes, for callers that have the text already.
pub fn check_source_bytes(bytes: &[u8], start: Pos, diags: &mut Diagnostics) {
    decode(bytes.to_vec()).report(start, diags);
}

/// NUL bytes, and byte order marks other than at the very beginning.
fn strange_characters(bytes: &[u8]) -> Vec<Problem> {
    let mut nuls = Collector::new(bytes, "invalid NUL character");
    let mut marks = Collector::new(bytes, "invalid BOM in the middle of the file");
    for at in memchr::memchr2_iter(0, 0xef, bytes) {
        if bytes[at] == 0 {
            nuls.add(at);
        } else if at > 0 && bytes[at..].starts_with("\u{feff}".as_bytes()) {
            marks.add(at);
        }
    }
    nuls.list.append(&mut marks.list);
    nuls.list
}

fn replace_invalid(mut bytes: Vec<u8>, problems: &mut Vec<Problem>) -> String {
    let mut invalid = Collector::new(&bytes, "invalid UTF-8 encoding");
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            invalid.add(at);
            at += chunk.invalid().len();
        }
    }
    problems.append(&mut invalid.list);
    let mut from = 0;
    while let Err(e) = std::str::from_utf8(&bytes[from..]) {
        let lo = from + e.valid_up_to();
        let hi = e.error_len().map_or(bytes.len(), |n| lo + n);
        bytes[lo..hi].fill(0);
        from = hi;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Collects the places of one problem, in order, the first of each line.
struct Collector<'a> {
    bytes: &'a [u8],
    message: &'static str,
    /// How far lines have been told apart.
    seen: usize,
    list: Vec<Problem>,
}

impl Collector<'_> {
    fn new<'a>(bytes: &'a [u8], message: &'static str) -> Collector<'a> {
        Collector { bytes, message, seen: 0, list: Vec::new() }
    }

    fn add(&mut self, at: usize) {
        let new_line = self.bytes[self.seen..at].contains(&b'\n');
        if self.list.is_empty() || new_line && self.list.len() < MAX_PROBLEMS {
            self.list.push((at, self.message));
        }
        self.seen = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_length() {
        let source = decode(b"a\xff\xfeb\xe2\x82\nc\xff".to_vec());
        assert_eq!(&*source.text, "a\0\0b\0\0\nc\0");
        assert_eq!(source.problems, [(1, "invalid UTF-8 encoding"), (8, "invalid UTF-8 encoding")]);
    }

    #[test]
    fn marks_and_nuls() {
        let source = decode("\u{feff}a\u{feff}\0".as_bytes().to_vec());
        assert_eq!(
            source.problems,
            [(4, "invalid BOM in the middle of the file"), (7, "invalid NUL character")]
        );
        assert!(decode("\u{feff}日本".into()).problems.is_empty());
    }
}
