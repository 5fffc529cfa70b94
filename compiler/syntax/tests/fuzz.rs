//! A deterministic mutation fuzzer: real files (where a Go tree is installed) and small sources that
//! use the whole grammar, bent at the level of tokens and of bytes. Nothing may panic, and every
//! position must lie within the file.
//!
//! `FUZZ_ITERATIONS` says how many inputs (20,000 without it), `FUZZ_SEED` where to begin.

mod common;

use std::path::Path;

/// Small sources that together hold each production of the grammar.
const SEEDS: &[&str] = &[
    "//go:build linux && (amd64 || !go1.20)\n\n// Package p.\npackage p\n\nimport (\n\t. \"a\"\n\t_ \"b\"\n\tc \"d\"\n)\n",
    "package p\n\nconst (\n\tA, B = iota, 0x1p-2i\n\tC, D\n)\n\nvar (\n\tx, y int = 1, '\\n'\n\tz = `raw\n`\n)\n",
    "package p\n\ntype T[P *C, Q ~int | string, R interface{ m(); ~[]Q }] struct {\n\ta, b int `tag`\n\t*p.E\n\tG[P, Q]\n\tf [n]P\n}\n\ntype A[P any] = []P\n",
    "package p\n\nfunc (r *T[P]) m[Q any, S ~[]Q](a, b int, c ...Q) (x int, err error) {\n\tdefer func() { recover() }()\n\treturn f[int, string](a)[1:2:3].(T).b, nil\n}\n",
    "package p\n\nfunc f() {\nL:\n\tfor i, v := range m {\n\t\tif x := g(); x == (T{1, a: {2}}) {\n\t\t\tcontinue L\n\t\t} else if !y {\n\t\t\tgoto L\n\t\t}\n\t}\n\tfor range 10 {\n\t}\n\tfor i := 0; i < 10; i++ {\n\t\tbreak\n\t}\n}\n",
    "package p\n\nfunc f() {\n\tswitch x := y.(type) {\n\tcase nil, *T:\n\t\tfallthrough\n\tdefault:\n\t}\n\tselect {\n\tcase v, ok := <-c:\n\tcase c <- 1:\n\tdefault:\n\t}\n\tx, y &^= 1, <-chan int(z)\n\tgo f()\n}\n",
    "package p\n\nvar f = func(chan<- <-chan int, map[string]struct{}, [...]int) interface{ m(int); E } { return nil }\n\n//go:noinline\nfunc g()\n//line a.y:7:1\n/*line b.y:8*/ var q = a < b, c > (d)\n",
];

/// Pieces to put in.
const TOKENS: &[&str] = &[
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
    "-",
    "*",
    "/",
    "&",
    "|",
    "^",
    "<",
    "<-",
    "!",
    "~",
    "++",
    "&^=",
    "x",
    "T",
    "1",
    "0x",
    "08",
    "1e",
    "1_",
    "\"s\"",
    "'a'",
    "\"",
    "`",
    "'",
    "\\",
    "\n",
    "//",
    "/*",
    "*/",
    "//line x:1\n",
    "//go:noinline\n",
    "#",
    "\0",
    "\u{feff}",
    "é",
    "×",
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
    "[]",
    "[T]",
    "[P any]",
    ".(type)",
    "func()",
    "x := range",
];

/// A small generator of pseudo-random numbers (xorshift), so that a seed names an input for ever.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// Where a word or a sign begins, near `at`.
fn token_start(text: &[u8], mut at: usize) -> usize {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80;
    while at > 0 && at < text.len() && word(text[at]) && word(text[at - 1]) {
        at -= 1;
    }
    at
}

fn mutate(random: &mut Random, text: &mut Vec<u8>, other: &[u8]) {
    let at = token_start(text, random.below(text.len()));
    let end = token_start(text, (at + 1 + random.below(24)).min(text.len())).max(at);
    match random.below(10) {
        0..=2 => {
            let piece = TOKENS[random.below(TOKENS.len())];
            text.splice(at..at, format!("{piece} ").into_bytes());
        }
        3 | 4 => {
            let piece = TOKENS[random.below(TOKENS.len())];
            text.splice(at..end, piece.bytes());
        }
        5 => drop(text.drain(at..end)),
        6 => {
            let copy = text[at..end].to_vec();
            text.splice(at..at, copy);
        }
        7 => {
            let lo = token_start(other, random.below(other.len()));
            let hi = (lo + random.below(60)).min(other.len());
            text.splice(at..end, other[lo..hi].iter().copied());
        }
        8 => {
            if let Some(byte) = text.get_mut(at) {
                *byte = random.next() as u8;
            }
        }
        _ => text.truncate(at),
    }
}

fn check(bytes: Vec<u8>) {
    let source = syntax::decode(bytes);
    let length = source.text.len() as u32;
    syntax::constraint::scan_header(&source.text);
    let outcome = common::parse(&source);
    let start = outcome.parsed.file.span.lo.0;
    for d in outcome.diags.iter() {
        let (lo, hi) = (d.span.lo.0 - start, d.span.hi.0 - start);
        assert!(lo <= hi && hi <= length, "{d:?}");
        outcome.map.line_col(d.span.lo).expect("a position");
    }
    let dumped = syntax::print::dump(&outcome.parsed.file);
    assert!(dumped.starts_with("(file "));
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

#[test]
fn mutated_sources() {
    let iterations = number("FUZZ_ITERATIONS", 20_000);
    let seed = number("FUZZ_SEED", 1);
    let mut sources: Vec<Vec<u8>> = SEEDS.iter().map(|s| s.as_bytes().to_vec()).collect();
    for path in common::go_files(Path::new("/usr/share/go-1.19/test")) {
        let small = |bytes: &Vec<u8>| bytes.len() < 4000;
        sources.extend(std::fs::read(path).ok().filter(small));
    }
    common::with_deep_stack(move || {
        for i in 0..iterations {
            let mut random = Random((seed + i).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
            let mut text = sources[random.below(sources.len())].clone();
            let other = &sources[random.below(sources.len())];
            for _ in 0..1 + random.below(6) {
                mutate(&mut random, &mut text, other);
            }
            let shown = text.clone();
            let result = std::panic::catch_unwind(|| check(text));
            assert!(result.is_ok(), "FUZZ_SEED={}: {}", seed + i, String::from_utf8_lossy(&shown));
        }
    });
}
