//! Comments: passed over, save for what they tell the compiler (`//go:`, `//line`) and for where the
//! group directly above a token lies, its doc comment.

use super::{Lexer, RawDirective};
use diag::LineDirective;

impl Lexer<'_> {
    /// Passes over the comment at the reading position. Returns whether it is to count as the newline
    /// that ends a statement: a general comment that spans lines does so.
    pub(super) fn comment(&mut self, newline_ends: bool) -> bool {
        let start = self.off;
        let line_comment = self.src[start + 1] == b'/';
        let mut spans_lines = false;
        if line_comment {
            let rest = &self.src[start..];
            self.off += rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
            self.line_comment_content(start);
        } else {
            let body = &self.src[start + 2..];
            match find_comment_end(body) {
                Some(n) => self.off += 2 + n + 2,
                None => {
                    self.off = self.src.len();
                    self.error(start, start + 2, "comment not terminated");
                }
            }
            spans_lines = self.src[start..self.off].contains(&b'\n');
            if self.src[start + 2..].starts_with(b"line ") {
                let end = self.off.saturating_sub(2).max(start + 2);
                self.line_directive(start + 2, end, self.off);
            }
        }
        match &mut self.doc {
            Some((_, end)) => *end = self.off as u32,
            // A comment that shares its line with the token before it belongs to that.
            None if self.fresh_line => self.doc = Some((start as u32, self.off as u32)),
            None => {}
        }
        self.blank_lines = 0;
        spans_lines && newline_ends
    }

    /// A newline between tokens: the second one in a row ends a group of comments.
    pub(super) fn newline_in_blank(&mut self) {
        self.fresh_line = true;
        self.blank_lines += 1;
        if self.blank_lines > 1 {
            self.doc = None;
        }
    }

    fn blank_before(&self, at: usize) -> bool {
        let before = self.src[..at].iter().rev();
        before.take_while(|&&b| b != b'\n').all(|b| b.is_ascii_whitespace())
    }

    fn line_comment_content(&mut self, start: usize) {
        let body = start + 2;
        match self.src.get(body) {
            Some(b'g') if self.src[body..].starts_with(b"go:") => {
                let end = self.trim_cr(self.off);
                let alone = self.blank_before(start);
                self.directives.push(RawDirective { lo: start as u32, hi: end as u32, alone });
            }
            // `//line` counts only at the very beginning of a line.
            Some(b'l')
                if self.src[body..].starts_with(b"line ")
                    && (start == 0 || self.src[start - 1] == b'\n') =>
            {
                let end = self.trim_cr(self.off);
                self.line_directive(body, end, (self.off + 1).min(self.src.len()));
            }
            _ => {}
        }
    }

    fn trim_cr(&self, end: usize) -> usize {
        if self.src[end - 1] == b'\r' { end - 1 } else { end }
    }

    /// `line file:line` or `line file:line:col` between two offsets (Go command documentation,
    /// "Compiler Directives"); it holds from `effect` on. What has no number at its end is an
    /// ordinary comment.
    fn line_directive(&mut self, lo: usize, hi: usize, effect: usize) {
        let lo = lo + "line ".len();
        let text = &self.text[lo..hi.max(lo)];
        let Some((rest, last)) = text.rsplit_once(':') else { return };
        let Some(mut line) = directive_number(last) else {
            return self.error(lo + rest.len() + 1, hi, format!("invalid line number: {last}"));
        };
        let (mut name, mut col) = (rest, 0);
        if let Some((file, middle)) = rest.rsplit_once(':')
            && let Some(number) = directive_number(middle)
        {
            (name, col, line) = (file, line, number);
            if col == 0 {
                let at = lo + rest.len() + 1;
                return self.error(at, hi, format!("invalid column number: {last}"));
            }
        }
        if line == 0 {
            let at = lo + name.len() + 1;
            let number = text[name.len() + 1..].split(':').next().unwrap_or_default();
            return self.error(at, hi, format!("invalid line number: {number}"));
        }
        // With a column, an empty name means the file named before.
        let file = match self.line_directives.last() {
            Some(d) if name.is_empty() && col != 0 => d.file.clone(),
            _ => name.to_string(),
        };
        self.line_directives.push(LineDirective { offset: effect as u32, file, line, col });
    }
}

fn find_comment_end(body: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let star = from + body[from..].iter().position(|&b| b == b'*')?;
        if body.get(star + 1) == Some(&b'/') {
            return Some(star);
        }
        from = star + 1;
    }
}

/// A line or column number; positions beyond what the compiler can count are none.
fn directive_number(text: &str) -> Option<u32> {
    let number = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok());
    number.flatten().filter(|&n| n < 1 << 30)
}

/// The text of a comment group without markers, as `go doc` would show it: directives and blank
/// lines at either end left out.
pub fn comment_text(group: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut rest = group;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n', '\0', '\u{feff}']);
        if let Some(body) = rest.strip_prefix("//") {
            let end = body.find('\n').unwrap_or(body.len());
            let line = &body[..end];
            rest = &body[end..];
            if !is_directive(line) {
                lines.push(line.strip_prefix(' ').unwrap_or(line));
            }
        } else if let Some(body) = rest.strip_prefix("/*") {
            let end = body.find("*/").unwrap_or(body.len());
            lines.extend(body[..end].split('\n'));
            rest = body.get(end + 2..).unwrap_or("");
        } else {
            break;
        }
    }
    let mut text = String::new();
    let mut blank = true;
    for line in lines {
        let line = line.trim_end();
        if line.is_empty() && blank {
            continue;
        }
        blank = line.is_empty();
        text.push_str(line);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// `//word:word` without a space, and `//line`, `//extern`, `//export`.
fn is_directive(line: &str) -> bool {
    if ["line ", "extern ", "export "].iter().any(|p| line.starts_with(p)) {
        return true;
    }
    let word = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    match line.split_once(':') {
        Some((tool, rest)) => {
            !tool.is_empty()
                && tool.as_bytes().iter().all(word)
                && rest.as_bytes().first().is_some_and(word)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Tok;

    /// The doc comment of the first `func`.
    fn doc(text: &str) -> Option<String> {
        let mut l = Lexer::new(text);
        while l.tok != Tok::Func {
            l.next();
        }
        l.doc.map(|(lo, hi)| comment_text(l.slice(lo, hi)))
    }

    #[test]
    fn doc_comments() {
        assert_eq!(doc("// a\n// b\nfunc").as_deref(), Some("a\nb\n"));
        assert_eq!(doc("// a\n\n// b\nfunc").as_deref(), Some("b\n"));
        assert_eq!(doc("// a\n\nfunc"), None);
        assert_eq!(doc("x // a\nfunc"), None);
        assert_eq!(doc("( // a\n// b\nfunc").as_deref(), Some("b\n"));
        assert_eq!(doc("/* a\n b */\n//go:x\nfunc").as_deref(), Some(" a\n b\n"));
    }

    fn directive(text: &str) -> Result<(String, u32, u32), String> {
        let mut l = Lexer::new(text);
        l.next();
        match (l.line_directives.pop(), l.errors.pop()) {
            (Some(d), None) => Ok((d.file, d.line, d.col)),
            (None, Some(e)) => Err(e.message),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn line_directives() {
        assert_eq!(directive("//line a.y:10\n"), Ok(("a.y".into(), 10, 0)));
        assert_eq!(directive("//line a.y:10:3\n"), Ok(("a.y".into(), 10, 3)));
        assert_eq!(directive("/*line c:\\a.y:10*/ x"), Ok(("c:\\a.y".into(), 10, 0)));
        assert_eq!(directive("//line a.y:x\n"), Err("invalid line number: x".into()));
        assert_eq!(directive("//line a.y:1:0\n"), Err("invalid column number: 0".into()));
        assert_eq!(directive("//line a.y:0:4\n"), Err("invalid line number: 0".into()));
        assert_eq!(directive("//line a.y:0\n"), Err("invalid line number: 0".into()));
    }
}
