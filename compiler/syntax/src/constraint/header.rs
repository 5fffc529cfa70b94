//! The beginning of a file, read without parsing the rest: what the package graph needs of it.

use super::{Constraint, ConstraintError};
use crate::ast::LitKind;
use crate::lexer::Lexer;
use crate::literal::unquote_string;
use crate::token::Tok;
use std::ops::Range;

/// What the head of a file says. Mistakes are passed over: the parser reports them.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// The package's name and its offsets; `None` if the file doesn't begin with a package clause.
    pub package: Option<(String, Range<u32>)>,
    pub imports: Vec<HeaderImport>,
    pub constraint: Option<Constraint>,
    pub constraint_error: Option<ConstraintError>,
    /// From the `//go:build` line, as `(1, N)`.
    pub go_version: Option<(u32, u32)>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeaderImport {
    /// `name`, `.` or `_` before the path.
    pub name: Option<String>,
    /// The unquoted path.
    pub path: String,
    /// Offsets of the path's literal.
    pub span: Range<u32>,
}

/// Reads a file up to its last import.
pub fn scan_header(text: &str) -> Header {
    let mut header = Header::default();
    match Constraint::of_file(text) {
        Ok(constraint) => header.constraint = constraint,
        Err(e) => header.constraint_error = Some(e),
    }
    header.go_version = go_version(text);
    let mut lex = Lexer::new(text);
    lex.next();
    if lex.tok != Tok::Package {
        return header;
    }
    lex.next();
    if lex.tok != Tok::Name {
        return header;
    }
    header.package = Some((lex.token_text().into(), lex.lo..lex.hi));
    lex.next();
    loop {
        while lex.tok == Tok::Semi {
            lex.next();
        }
        if lex.tok != Tok::Import {
            return header;
        }
        lex.next();
        if lex.tok != Tok::LParen {
            header.imports.extend(import(&mut lex));
            continue;
        }
        lex.next();
        while !matches!(lex.tok, Tok::RParen | Tok::Eof) {
            header.imports.extend(import(&mut lex));
        }
        lex.next();
    }
}

/// One import specification, or one token that belongs to none.
fn import(lex: &mut Lexer) -> Option<HeaderImport> {
    let mut name = None;
    if matches!(lex.tok, Tok::Name | Tok::Dot) {
        name = Some(lex.token_text().to_string());
        lex.next();
    }
    let path = (lex.tok == Tok::Literal && lex.lit == LitKind::String)
        .then(|| unquote_string(lex.token_text()))
        .flatten();
    let span = lex.lo..lex.hi;
    if !matches!(lex.tok, Tok::RParen | Tok::Eof) {
        lex.next();
    }
    let path = String::from_utf8_lossy(&path?).into_owned();
    Some(HeaderImport { name, path, span })
}

/// The language version that a `//go:build` line asks for, as `(1, N)`.
pub fn go_version(text: &str) -> Option<(u32, u32)> {
    let (offset, expr) = head(text).ok()?.go_build?;
    Some((1, Constraint::parse(expr, offset).ok()?.go_version()?))
}

/// The constraints as written.
#[derive(Default)]
pub(super) struct Head<'a> {
    /// What follows `//go:build`, and where.
    pub go_build: Option<(usize, &'a str)>,
    /// What follows `// +build`, for each such line that a blank line separates from the code.
    pub plus_build: Vec<&'a str>,
}

/// Looks through the comments before the first token.
pub(super) fn head(text: &str) -> Result<Head<'_>, ConstraintError> {
    let mut head = Head::default();
    // `+build` lines that no blank line has followed yet; none count behind a general comment.
    let mut waiting = Vec::new();
    let mut general_seen = false;
    let mut in_general = false;
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let begin = at;
        at += whole.len();
        let mut line = whole.trim_matches([' ', '\t', '\r', '\n', '\u{feff}']);
        if line.is_empty() && !general_seen {
            head.plus_build.append(&mut waiting);
        }
        if let (false, Some(comment)) = (in_general, line.strip_prefix("//")) {
            if let Some(expr) = argument(comment, "go:build") {
                let offset = begin + (expr.as_ptr() as usize - whole.as_ptr() as usize);
                if head.go_build.is_some() {
                    let message = "multiple //go:build comments".into();
                    return Err(ConstraintError { offset, message });
                }
                head.go_build = Some((offset, expr));
            } else if let Some(tags) = argument(comment.trim_start(), "+build") {
                waiting.push(tags);
            }
            continue;
        }
        while !line.is_empty() {
            if in_general {
                let Some((_, rest)) = line.split_once("*/") else { break };
                in_general = false;
                line = rest.trim_start();
            } else if line.starts_with("//") {
                break;
            } else if let Some(rest) = line.strip_prefix("/*") {
                (in_general, general_seen) = (true, true);
                line = rest;
            } else {
                return Ok(head);
            }
        }
    }
    Ok(head)
}

/// What follows `word` in a comment, if the comment is about that.
fn argument<'a>(comment: &'a str, word: &str) -> Option<&'a str> {
    let rest = comment.strip_prefix(word)?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header() {
        let text = "// doc\npackage p // c\nimport \"a\"; import (\n. \"b\"\n_ `c`\n)\nvar x int";
        let header = scan_header(text);
        assert_eq!(header.package, Some(("p".into(), 15..16)));
        let imports: Vec<_> =
            header.imports.iter().map(|i| (i.name.as_deref(), i.path.as_str())).collect();
        assert_eq!(imports, [(None, "a"), (Some("."), "b"), (Some("_"), "c")]);
        let span = header.imports[0].span.clone();
        assert_eq!(&text[span.start as usize..span.end as usize], "\"a\"");
    }

    #[test]
    fn mistakes_end() {
        for text in [
            "",
            "x",
            "package",
            "package p\nimport",
            "package p\nimport (\n5 + \"a\" (",
            "package p import \"a\" )",
        ] {
            scan_header(text);
        }
    }

    fn constraint(text: &str) -> Option<String> {
        match Constraint::of_file(text).unwrap() {
            Some(Constraint::Tag(tag)) => Some(tag),
            Some(other) => Some(format!("{other:?}")),
            None => None,
        }
    }

    #[test]
    fn places() {
        for (text, want) in [
            ("//go:build a\npackage p", Some("a")),
            ("// x\n\n/* y\n*/\n  //go:build a\n\npackage p", Some("a")),
            ("// x\n/* y */ //go:build a\n\npackage p", None),
            ("//go:buildx a\n\npackage p", None),
            ("package p\n//go:build a\n", None),
            ("// +build a\n\npackage p", Some("a")),
            ("// +build a\npackage p", None),
            ("//+build a\n// doc\n\n// doc\npackage p", Some("a")),
            ("/* x */\n// +build a\n\npackage p", None),
            ("//go:build a\n// +build b\n\npackage p", Some("a")),
        ] {
            assert_eq!(constraint(text).as_deref(), want, "{text}");
        }
        assert!(Constraint::of_file("//go:build a\n//go:build b\n").is_err());
    }

    #[test]
    fn versions() {
        assert_eq!(scan_header("//go:build go1.21\n\npackage p").go_version, Some((1, 21)));
        assert_eq!(scan_header("package p").go_version, None);
    }
}
