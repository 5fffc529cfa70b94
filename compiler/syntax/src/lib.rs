//! Bytes in, syntax tree and diagnostics out. Parsing never fails: it reports and goes on.
//!
//! The way of a file: [`decode`] makes text of its bytes, [`constraint`] says whether it belongs to
//! the build, [`parse_file`] makes a tree of it. [`print`] turns trees back into text for messages
//! and dumps, [`literal`] computes the values of string and rune literals.

pub mod ast;
pub mod constraint;
mod lexer;
pub mod literal;
mod name;
mod parser;
pub mod print;
mod source;
mod token;
mod unicode;

pub use parser::MAX_DEPTH;
pub use source::{Source, check_source_bytes, decode};

use ast::NodeId;
use diag::{Diagnostic, Diagnostics, FileId, LineDirective, Pos, Span};
use lexer::{ErrorKind, RawError};
use parser::{Parser, Stop};

/// Stack that a thread needs that recurses over a tree of [`MAX_DEPTH`], with 25 kB for each level.
pub const DEEP_STACK: usize = 256 << 20;

/// How deep the parser goes on the caller's stack. Few files need more; those are parsed anew on a
/// thread with a stack of [`DEEP_STACK`].
const SHALLOW: u32 = 64;

/// What can be chosen about parsing. There is nothing to choose yet that changes the language.
#[derive(Clone, Debug, Default)]
pub struct ParseOptions {}

/// What a file gave.
#[derive(Debug)]
pub struct Parsed {
    pub file: ast::File,
    /// The first identity that is free for the package's next file.
    pub next_id: NodeId,
    pub line_directives: Vec<LineDirective>,
}

/// Parses a file whose first byte has position `start`. `text` is to come from [`decode`].
/// Identities of nodes are given from `first_id` on.
pub fn parse_file(
    file: FileId,
    text: &str,
    start: Pos,
    first_id: NodeId,
    _opts: &ParseOptions,
    diags: &mut Diagnostics,
) -> Parsed {
    let parse = |limit| parse_within(file, text, start, first_id, limit);
    let mut result = parse(SHALLOW);
    if result.stopped == Some(Stop::Recursion) {
        let deep = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(DEEP_STACK);
            let handle = thread.spawn_scoped(scope, || parse(MAX_DEPTH));
            handle.ok().and_then(|h| h.join().ok())
        });
        // Without memory for such a stack, the shallow result and its error stand.
        result = deep.unwrap_or(result);
    }
    report(&result.errors, text, start, diags);
    result.parsed
}

struct Attempt {
    parsed: Parsed,
    errors: Vec<RawError>,
    stopped: Option<Stop>,
}

fn parse_within(file: FileId, text: &str, start: Pos, first_id: NodeId, limit: u32) -> Attempt {
    let mut parser = Parser::new(text, start, first_id, limit);
    let file = parser.file(file);
    let next_id = parser.next_id();
    let line_directives = std::mem::take(&mut parser.lex.line_directives);
    Attempt {
        parsed: Parsed { file, next_id, line_directives },
        errors: parser.lex.errors,
        stopped: parser.stopped,
    }
}

/// Hands errors on. After a syntax error on a line, others on it are likely to follow from it and
/// are left out, as are repetitions of any message on a line.
fn report(errors: &[RawError], text: &str, start: Pos, diags: &mut Diagnostics) {
    if errors.is_empty() {
        return;
    }
    let newlines: Vec<u32> =
        text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32).collect();
    let mut syntax_line = None;
    let mut last_other = None;
    let wrong = errors.iter().any(|e| e.kind == ErrorKind::Syntax);
    for e in errors.iter().filter(|e| !(wrong && e.kind == ErrorKind::Late)) {
        let line = newlines.partition_point(|&n| n < e.lo);
        if e.message.starts_with("syntax error") {
            if syntax_line == Some(line) {
                continue;
            }
            syntax_line = Some(line);
        } else {
            if last_other == Some((line, &e.message)) {
                continue;
            }
            last_other = Some((line, &e.message));
        }
        let span = Span::new(Pos(start.0 + e.lo), Pos(start.0 + e.hi.max(e.lo)));
        diags.push(Diagnostic::error("Syntax", span, e.message.as_str()));
    }
}

/// Parses a text by itself, for tests.
#[cfg(test)]
fn parse_text(text: &str) -> Parsed {
    let mut diags = Diagnostics::new();
    let opts = ParseOptions::default();
    let parsed = parse_file(FileId(0), text, Pos(1), NodeId(0), &opts, &mut diags);
    assert!(!diags.has_errors(), "{text}: {diags:?}");
    parsed
}
