//! Files in, bent files out: at the level of bytes, words, lines and brackets.

use crate::random::Random;

/// Pieces to put in.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ".",
    "...",
    "=",
    ":=",
    "==",
    "+",
    "*",
    "&",
    "|",
    "<",
    "<-",
    "!",
    "~",
    "++",
    "&^=",
    "<<",
    "x",
    "T",
    "P",
    "1",
    "0x",
    "1e999",
    "1_",
    "\"s\"",
    "'a'",
    "\"",
    "`",
    "'",
    "\n",
    "//",
    "/*",
    "*/",
    "//line x:1\n",
    "#",
    "\0",
    "é",
    "_",
    "nil",
    "iota",
    "break",
    "case",
    "chan",
    "const",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto L",
    "if",
    "import",
    "interface{}",
    "map[T]",
    "package",
    "range",
    "return",
    "select",
    "struct{}",
    "switch",
    "type T",
    "var x",
    "[]",
    "[T]",
    "[P any]",
    "[P ~int|string]",
    ".(type)",
    "func()",
    "x := range",
    "any",
    "error",
    "int",
    "len",
    "append",
    "make",
    "unsafe.",
    "T[T]",
    "type T T\n",
    "type T[P any] struct{ *T[T[P]] }\n",
    "var x = x\n",
    "1<<100",
    "int8(",
    "comparable",
    "interface{ m(); ~int }",
    "= T",
    "0xffffffffffffffffff",
    "string(",
    "\"\"+",
];

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80
}

/// The range of the word or sign near `at`.
fn word_at(text: &[u8], at: usize) -> (usize, usize) {
    let (mut lo, mut hi) = (at.min(text.len()), (at + 1).min(text.len()));
    if lo < text.len() && is_word(text[lo]) {
        while lo > 0 && is_word(text[lo - 1]) {
            lo -= 1;
        }
        while hi < text.len() && is_word(text[hi]) {
            hi += 1;
        }
    }
    (lo, hi)
}

fn line_at(text: &[u8], at: usize) -> (usize, usize) {
    let at = at.min(text.len());
    let lo = text[..at].iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
    let hi = text[at..].iter().position(|&b| b == b'\n').map_or(text.len(), |i| at + i + 1);
    (lo, hi)
}

/// Makes one change.
pub fn mutate(random: &mut Random, text: &mut Vec<u8>, other: &[u8]) {
    let (lo, hi) = word_at(text, random.below(text.len()));
    match random.below(14) {
        0..=2 => {
            let piece = random.pick(PIECES);
            text.splice(lo..lo, format!("{piece} ").into_bytes());
        }
        3 | 4 => drop(text.splice(lo..hi, random.pick(PIECES).bytes())),
        5 => drop(text.drain(lo..hi)),
        // A word in another's place: well formed, but wrong.
        6..=8 => {
            let (from, to) = word_at(text, random.below(text.len()));
            let word = text[from..to].to_vec();
            text.splice(lo..hi, word);
        }
        9 => {
            let (from, to) = line_at(other, random.below(other.len()));
            let (at, _) = line_at(text, lo);
            text.splice(at..at, other[from..to].iter().copied());
        }
        10 => {
            let (from, to) = line_at(text, lo);
            text.drain(from..to);
        }
        11 => {
            let (from, to) = line_at(text, random.below(text.len()));
            let line = text[from..to].to_vec();
            let (at, _) = line_at(text, lo);
            text.splice(at..at, line);
        }
        12 => {
            if let Some(byte) = text.get_mut(lo) {
                *byte = random.next() as u8;
            }
        }
        _ if random.one_in(4) => text.truncate(lo),
        _ => {
            // Nested deeply.
            let piece = random.pick(&["(", "[", "{", "*", "-", "func(", "[]", "x.", "if x {"]);
            let most = if random.one_in(20) { 12 } else { 6 };
            let n = 1 << random.below(most);
            text.splice(lo..lo, piece.repeat(n).into_bytes());
        }
    }
}
