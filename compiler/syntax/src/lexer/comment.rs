//! Comments: passed over, save for what they tell the compiler (`//go:`, `//line`).

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
            self.off += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            self.line_comment_content(start);
        } else {
            let body = &self.src[start + 2..];
            match memchr::memmem::find(body, b"*/") {
                Some(n) => self.off += 2 + n + 2,
                None => {
                    self.off = self.src.len();
                    self.error(start, start + 2, "comment not terminated");
                }
            }
            spans_lines = memchr::memchr(b'\n', &self.src[start..self.off]).is_some();
            if self.src[start + 2..].starts_with(b"line ") {
                let end = self.off.saturating_sub(2).max(start + 2);
                self.line_directive(start + 2, end, self.off);
            }
        }
        spans_lines && newline_ends
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

/// A line or column number; positions beyond what the compiler can count are none.
fn directive_number(text: &str) -> Option<u32> {
    let number = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok());
    number.flatten().filter(|&n| n < 1 << 30)
}

#[cfg(test)]
mod tests {
    use super::*;

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
