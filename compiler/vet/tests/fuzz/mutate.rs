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

/// Makes a change that a valid file often survives: in a literal, of a line that may stand twice or
/// not at all, of a sign for another of its kind, of a call that becomes deferred.
pub fn bend(random: &mut Random, text: &mut Vec<u8>) {
    let at = random.below(text.len());
    let next = |text: &[u8], wanted: fn(u8) -> bool| {
        let (before, after) = text.split_at(at);
        after
            .iter()
            .position(|&b| wanted(b))
            .map(|i| at + i)
            .or(before.iter().position(|&b| wanted(b)))
    };
    match random.below(7) {
        0 => {
            if let Some(i) = next(text, |b| b == b'%') {
                let verb = random
                    .pick(&["%d", "%s", "%v%v", "%", "%!", "%[2]d", "%*d", "%[9", "%w", "%é"]);
                text.splice(i..i + 1, verb.bytes());
            }
        }
        1 => {
            if let Some(i) = next(text, |b| b == b'"') {
                let piece = random.pick(&["%d", "%", "é", "\\n", "%[1]*.[2]*[3]f", "%s %s"]);
                text.splice(i + 1..i + 1, piece.bytes());
            }
        }
        2 => {
            if let Some(i) = next(text, |b| b.is_ascii_digit()) {
                text[i] = b'0' + random.below(10) as u8;
            }
        }
        3 => {
            let (from, to) = line_at(text, at);
            let line = text[from..to].to_vec();
            text.splice(from..from, line);
        }
        4 => {
            let (from, to) = line_at(text, at);
            text.drain(from..to);
        }
        5 => {
            if let Some(i) = next(text, |b| b"+-*<>&|^".contains(&b)) {
                text[i] = random.pick(b"+-*<>&|^".as_slice());
            }
        }
        _ => {
            let (from, _) = line_at(text, at);
            let indent = text[from..].iter().take_while(|b| **b == b'\t').count();
            let word = random.pick(&[
                "defer ",
                "go ",
                "return; ",
                "for ; ; ",
                "L: ",
                "_ = ",
                "if true {} ; ",
            ]);
            text.splice(from + indent..from + indent, word.bytes());
        }
    }
}
