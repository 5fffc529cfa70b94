//! Positions, spans and the table of source files.

use std::sync::Arc;

/// A byte position in the concatenation of all files of a [`SourceMap`].
/// `Pos(0)` is no position at all ([`Pos::NONE`]); the first file begins at 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Pos(pub u32);

impl Pos {
    pub const NONE: Pos = Pos(0);

    /// Whether this is a real position.
    pub fn is_known(self) -> bool {
        self.0 != 0
    }
}

/// A half-open range of bytes, `lo..hi`, within one file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    pub lo: Pos,
    pub hi: Pos,
}

impl Span {
    pub const NONE: Span = Span { lo: Pos::NONE, hi: Pos::NONE };

    pub fn new(lo: Pos, hi: Pos) -> Span {
        Span { lo, hi }
    }

    /// The empty span at `pos`.
    pub fn at(pos: Pos) -> Span {
        Span { lo: pos, hi: pos }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        if !self.lo.is_known() {
            return other;
        }
        if !other.lo.is_known() {
            return self;
        }
        Span { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    pub fn is_known(self) -> bool {
        self.lo.is_known()
    }
}

/// Index of a file in its [`SourceMap`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// One source file.
#[derive(Debug)]
pub struct SourceFile {
    /// The name as messages show it (relative to the working directory where possible).
    pub name: String,
    pub text: Arc<str>,
    /// Position of the first byte.
    pub start: Pos,
    /// Offsets (from the file's start) of the first byte of each line; `lines[0] == 0`.
    lines: Vec<u32>,
    /// `//line` and `/*line*/` directives in order: from this offset on, the file is called so
    /// and lines (and columns) count from there.
    pub line_directives: Vec<LineDirective>,
}

/// What a `//line file:line[:col]` directive says (Go command documentation, compiler directives).
#[derive(Clone, Debug)]
pub struct LineDirective {
    /// Offset in the file at which the directive takes effect.
    pub offset: u32,
    pub file: String,
    pub line: u32,
    /// 0: columns are unknown from here on.
    pub col: u32,
}

/// A position for people: 1-based line and 1-based column in bytes, as Go counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineCol {
    pub file: String,
    pub line: u32,
    pub col: u32,
}

impl SourceFile {
    fn line_index(&self, offset: u32) -> usize {
        self.lines.partition_point(|&l| l <= offset) - 1
    }

    /// 0-based line that holds the byte at `offset`.
    pub fn line_of(&self, offset: u32) -> usize {
        self.line_index(offset)
    }

    /// Bytes of 0-based line `i`, its newline included.
    pub fn line_range(&self, i: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.lines.get(i)? as usize;
        let end = self.lines.get(i + 1).map_or(self.text.len(), |&e| e as usize);
        Some(start..end)
    }

    /// Number of lines.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Number of lines as people count: what is behind the last newline is one only if there is something.
    pub fn written_lines(&self) -> usize {
        self.lines.len() - usize::from(self.text.is_empty() || self.text.ends_with('\n'))
    }

    /// Offset of the first byte of 0-based line `i`.
    pub fn line_start(&self, i: usize) -> Option<u32> {
        self.lines.get(i).copied()
    }
}

/// All files of one run. Grows only; a [`Pos`] stays valid for the map's life.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    pub fn new() -> SourceMap {
        SourceMap::default()
    }

    /// Registers a file. Returns `None` when all files together would exceed 4 GiB.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> Option<FileId> {
        let text = text.into();
        let start = match self.files.last() {
            Some(f) => f.start.0 as u64 + f.text.len() as u64 + 1,
            None => 1,
        };
        if start + text.len() as u64 + 1 > u32::MAX as u64 {
            return None;
        }
        let newlines = || memchr::memchr_iter(b'\n', text.as_bytes());
        let mut lines = Vec::with_capacity(newlines().count() + 1);
        lines.push(0);
        lines.extend(newlines().map(|i| i as u32 + 1));
        let id = FileId(self.files.len() as u32);
        self.files.push(SourceFile {
            name: name.into(),
            text,
            start: Pos(start as u32),
            lines,
            line_directives: Vec::new(),
        });
        Some(id)
    }

    /// Sets the `//line` directives that the lexer found in a file.
    pub fn set_line_directives(&mut self, id: FileId, directives: Vec<LineDirective>) {
        self.files[id.0 as usize].line_directives = directives;
    }

    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f))
    }

    /// The file that holds `pos`, if any.
    pub fn file_of(&self, pos: Pos) -> Option<FileId> {
        if !pos.is_known() {
            return None;
        }
        let i = self.files.partition_point(|f| f.start <= pos);
        i.checked_sub(1).map(|i| FileId(i as u32))
    }

    /// File, line and column of `pos`, `//line` directives honoured.
    pub fn line_col(&self, pos: Pos) -> Option<LineCol> {
        let f = self.file(self.file_of(pos)?);
        let off = pos.0 - f.start.0;
        let li = f.line_index(off);
        let (line, col) = (li as u32 + 1, off - f.lines[li] + 1);
        let n = f.line_directives.partition_point(|d| d.offset <= off);
        let Some(d) = n.checked_sub(1).map(|i| &f.line_directives[i]) else {
            return Some(LineCol { file: f.name.clone(), line, col });
        };
        let dline = f.line_index(d.offset) as u32 + 1;
        let dcol = d.offset - f.lines[dline as usize - 1] + 1;
        let col = match (d.col, line == dline) {
            (0, _) => 0,
            (c, true) => c + (col - dcol),
            (_, false) => col,
        };
        // `/*line :3:1*/` is about the file itself.
        let file = if d.file.is_empty() && d.col != 0 { &f.name } else { &d.file };
        Some(LineCol { file: file.clone(), line: d.line + (line - dline), col })
    }

    /// File index and byte range of a span, clamped to its file.
    pub fn range(&self, span: Span) -> Option<(u32, std::ops::Range<usize>)> {
        let id = self.file_of(span.lo)?;
        let f = self.file(id);
        let lo = ((span.lo.0 - f.start.0) as usize).min(f.text.len());
        let hi = (span.hi.0.saturating_sub(f.start.0) as usize).clamp(lo, f.text.len());
        Some((id.0, lo..hi))
    }

    /// The text of a span (empty when it is unknown).
    pub fn text(&self, span: Span) -> &str {
        let Some(id) = self.file_of(span.lo) else { return "" };
        let f = self.file(id);
        let (lo, hi) = ((span.lo.0 - f.start.0) as usize, (span.hi.0 - f.start.0) as usize);
        f.text.get(lo..hi).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_of_several_files() {
        let mut m = SourceMap::new();
        let a = m.add("a.go", "ab\ncd").unwrap();
        let b = m.add("b.go", "x\n\ny").unwrap();
        let at = |p: u32| m.line_col(Pos(p)).unwrap();
        assert_eq!(at(1), LineCol { file: "a.go".into(), line: 1, col: 1 });
        assert_eq!(at(4), LineCol { file: "a.go".into(), line: 2, col: 1 });
        let s = m.file(b).start;
        assert_eq!(m.file_of(s), Some(b));
        assert_eq!(m.file_of(Pos(s.0 - 1)), Some(a));
        assert_eq!(at(s.0 + 3), LineCol { file: "b.go".into(), line: 3, col: 1 });
        assert_eq!(m.text(Span::new(Pos(4), Pos(6))), "cd");
        let lines = ["", "x", "x\n", "x\n\ny"].map(|text| m.add("c.go", text).unwrap());
        assert_eq!(lines.map(|c| m.file(c).written_lines()), [0, 1, 1, 3]);
    }

    #[test]
    fn line_directives_rename_what_follows() {
        let mut m = SourceMap::new();
        let a = m.add("a.go", "x\n//line foo.y:10\ny\nz").unwrap();
        let d = LineDirective { offset: 18, file: "foo.y".into(), line: 10, col: 0 };
        m.set_line_directives(a, vec![d]);
        assert_eq!(m.line_col(Pos(1 + 20)).unwrap().line, 11);
        assert_eq!(m.line_col(Pos(1 + 18)).unwrap().file, "foo.y");
    }
}
