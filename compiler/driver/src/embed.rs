//! `//go:embed`: variables are given the contents of files. A file's text with such directives and the folder
//! of its package go in; a text in which those variables have initializers comes out, so that everything behind
//! (cache keys too) sees plain Go. All is inserted within lines: their numbers stay.

use crate::load::os_error;
use diag::{Diagnostics, SourceMap, Span};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use syntax::ast::{Decl, Directive, File, NodeId, VarDecl};

/// What the text imports, by names that no program has.
const FILES: &str = "ʹfilesʹ";
const UNSAFE: &str = "ʹunsafeʹ";
/// Of the library: it makes the value of a file system. Programs see it under the name above only.
pub const PACKAGE: &str = "internal/embedfs";

/// The text of a file named `name` with its embedded files; None if there are none.
pub fn expand(name: &str, text: &str, dir: &Path) -> Result<Option<String>, String> {
    if !text.contains("//go:embed") {
        return Ok(None);
    }
    let mut source = SourceMap::new();
    let mut diags = Diagnostics::new();
    let Some(id) = source.add(name, text) else { return Ok(None) };
    let start = source.file(id).start;
    let parsed = syntax::parse_file(id, text, start, NodeId(0), &Default::default(), &mut diags);
    let file = parsed.file;
    let at = |span: Span| (span.lo.0 - start.0) as usize..(span.hi.0 - start.0) as usize;
    let expander = Expander { name, text, dir, file: &file, at: &at };
    let mut inserts = Vec::new();
    for decl in &file.decls {
        if let Decl::Var(v) = decl
            && !v.directives.is_empty()
        {
            inserts.push((at(v.span).end, expander.initializer(v)?));
        }
    }
    if inserts.is_empty() {
        return Ok(None);
    }
    let imports = format!("; import {FILES} \"{PACKAGE}\"; import {UNSAFE} \"unsafe\"");
    let mut out = text.to_string();
    for (offset, insert) in inserts.into_iter().rev() {
        out.insert_str(offset, &insert);
    }
    out.insert_str(at(file.name.span).end, &imports);
    // Strings alone would leave them unused.
    let _ = write!(out, "\nvar _ {FILES}.File; var _ {UNSAFE}.Pointer");
    Ok(Some(out))
}

struct Expander<'a> {
    name: &'a str,
    text: &'a str,
    dir: &'a Path,
    file: &'a File,
    at: &'a dyn Fn(Span) -> std::ops::Range<usize>,
}

impl Expander<'_> {
    fn error(&self, offset: usize, message: &str) -> String {
        let before = &self.text[..offset];
        let line = before.matches('\n').count() + 1;
        let column = offset - before.rfind('\n').map_or(0, |i| i + 1) + 1;
        format!("{}:{line}:{column}: {message}", self.name)
    }

    /// ` = value` for a variable.
    fn initializer(&self, v: &VarDecl) -> Result<String, String> {
        let first = (self.at)(v.directives[0].span).start + 2;
        let fail = |message: &str| Err(self.error(first, message));
        let embed = self.file.imports.iter().find(|i| &*i.path == "embed");
        let Some(embed) = embed else {
            return fail("go:embed only allowed in Go files that import \"embed\"");
        };
        if v.names.len() != 1 {
            return fail("go:embed cannot apply to multiple vars");
        }
        let (Some(typ), true) = (&v.typ, v.values.is_empty()) else {
            return fail("go:embed cannot apply to var with initializer");
        };
        let typ = &self.text[(self.at)(typ.span)];
        let local = embed.name.as_ref().map_or("embed", |n| &*n.name);
        let system = if local == "." { typ == "FS" } else { typ == format!("{local}.FS") };
        let mut files = BTreeMap::new();
        for d in &v.directives {
            self.matches(d, &mut files)?;
        }
        let mut out = String::from(" = ");
        if system {
            let _ = write!(out, "*(*{typ})({UNSAFE}.Pointer({FILES}.New(");
            for (name, data) in &files {
                let _ = write!(
                    out,
                    "{FILES}.File{{Name: {}, Data: {}}}, ",
                    quote(name.as_bytes()),
                    quote(data)
                );
            }
            out.push_str(")))");
            return Ok(out);
        }
        match files.values().next() {
            Some(data) if files.len() == 1 => {
                let _ = write!(out, "({typ})({})", quote(data));
                Ok(out)
            }
            _ => fail(&format!("invalid go:embed: multiple files for type {typ}")),
        }
    }

    /// Adds the files that the patterns of a directive match, by their paths below the folder.
    fn matches(&self, d: &Directive, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), String> {
        let span = (self.at)(d.span);
        let args = span.start + 2 + "go:embed".len();
        for (offset, pattern) in patterns(&self.text[args..span.end])
            .ok_or_else(|| self.error(span.start + 2, "invalid quoted string in //go:embed"))?
        {
            let fail = |message: &str| {
                Err(self.error(args + offset, &format!("pattern {pattern}: {message}")))
            };
            let (all, glob) = match pattern.strip_prefix("all:") {
                Some(rest) => (true, rest),
                None => (false, pattern.as_str()),
            };
            let valid = glob == "."
                || !glob.is_empty() && glob.split('/').all(|p| !matches!(p, "" | "." | ".."));
            if !valid {
                return fail("invalid pattern syntax");
            }
            let mut found = Vec::new();
            expand_glob(self.dir, glob, String::new(), &mut found);
            if found.is_empty() {
                return fail("no matching files found");
            }
            for path in found {
                let full = self.dir.join(&path);
                let meta = match std::fs::symlink_metadata(&full) {
                    Ok(m) => m,
                    Err(e) => return fail(&format!("open {path}: {}", os_error(&e))),
                };
                if meta.is_dir() {
                    let before = files.len();
                    if let Err(e) = walk(&full, &path, all, files) {
                        return fail(&format!("open {path}: {}", os_error(&e)));
                    }
                    if files.len() == before {
                        return fail(&format!(
                            "cannot embed directory {path}: contains no embeddable files"
                        ));
                    }
                } else if meta.is_file() {
                    match std::fs::read(&full) {
                        Ok(data) => files.insert(path, data),
                        Err(e) => return fail(&format!("open {path}: {}", os_error(&e))),
                    };
                } else {
                    return fail(&format!("cannot embed irregular file {path}"));
                }
            }
        }
        Ok(())
    }
}

/// The patterns of a directive with their offsets: words, or Go strings.
fn patterns(args: &str) -> Option<Vec<(usize, String)>> {
    let mut out = Vec::new();
    let mut rest = args;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let offset = args.len() - rest.len();
        let Some(first) = rest.chars().next() else { return Some(out) };
        if first == '`' || first == '"' {
            let end = rest[1..].find(first)? + 1;
            // Escapes in names of files are not worth more: quotes and backslashes are none.
            let word = &rest[1..end];
            if first == '"' && word.contains('\\') {
                return None;
            }
            out.push((offset, word.to_string()));
            rest = &rest[end + 1..];
        } else {
            let end = rest.find([' ', '\t']).unwrap_or(rest.len());
            out.push((offset, rest[..end].to_string()));
            rest = &rest[end..];
        }
    }
}

/// The paths that a pattern matches, sorted.
fn expand_glob(dir: &Path, glob: &str, below: String, out: &mut Vec<String>) {
    if glob == "." {
        out.push(".".to_string());
        return;
    }
    let (first, rest) = glob.split_once('/').map_or((glob, None), |(a, b)| (a, Some(b)));
    let mut names: Vec<String> = match std::fs::read_dir(dir) {
        Ok(entries) => entries.flatten().filter_map(|e| e.file_name().into_string().ok()).collect(),
        Err(_) => return,
    };
    names.sort();
    let pattern: Vec<char> = first.chars().collect();
    for name in names {
        let chars: Vec<char> = name.chars().collect();
        if !matches(&pattern, &chars) {
            continue;
        }
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        match rest {
            None => out.push(path),
            Some(rest) => expand_glob(&dir.join(&name), rest, path, out),
        }
    }
}

/// Whether a pattern of path.Match matches one name.
fn matches(pattern: &[char], name: &[char]) -> bool {
    let Some(&p) = pattern.first() else { return name.is_empty() };
    if p == '*' {
        return (0..=name.len()).any(|i| matches(&pattern[1..], &name[i..]));
    }
    let Some(&c) = name.first() else { return false };
    let after = match p {
        '?' => Some(1),
        '\\' => (pattern.get(1) == Some(&c)).then_some(2),
        '[' => class(pattern, c),
        _ => (p == c).then_some(1),
    };
    after.is_some_and(|n| matches(&pattern[n..], &name[1..]))
}

/// The length of a class in brackets, if it has `c`.
fn class(pattern: &[char], c: char) -> Option<usize> {
    let mut i = 1;
    let negative = pattern.get(i) == Some(&'^');
    i += usize::from(negative);
    let mut found = false;
    let mut first = true;
    while first || pattern.get(i) != Some(&']') {
        first = false;
        let one = |i: &mut usize| {
            *i += usize::from(pattern.get(*i) == Some(&'\\'));
            *i += 1;
            pattern.get(*i - 1).copied()
        };
        let lo = one(&mut i)?;
        let mut hi = lo;
        if pattern.get(i) == Some(&'-') {
            i += 1;
            hi = one(&mut i)?;
        }
        found |= lo <= c && c <= hi;
    }
    (found != negative).then_some(i + 1)
}

/// Adds the files below a folder; those whose names begin with `.` or `_` only if `all`. Modules within are left out.
fn walk(
    dir: &Path,
    path: &str,
    all: bool,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if !all && name.starts_with(['.', '_']) {
            continue;
        }
        let below = if path == "." { name.clone() } else { format!("{path}/{name}") };
        let typ = entry.file_type()?;
        if typ.is_dir() {
            if !matches!(name.as_str(), ".git" | ".hg" | ".svn" | ".bzr")
                && !entry.path().join("go.mod").exists()
            {
                walk(&entry.path(), &below, all, files)?;
            }
        } else if typ.is_file() {
            files.insert(below, std::fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// A Go string of any bytes, on one line.
fn quote(data: &[u8]) -> String {
    let mut out = String::with_capacity(data.len() + data.len() / 8 + 2);
    out.push('"');
    for &b in data {
        match b {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b' '..=b'~' => out.push(char::from(b)),
            _ => {
                let _ = write!(out, "\\x{b:02x}");
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glob(pattern: &str, name: &str) -> bool {
        matches(&pattern.chars().collect::<Vec<_>>(), &name.chars().collect::<Vec<_>>())
    }

    #[test]
    fn names_match_patterns() {
        for (pattern, name) in [
            ("*.txt", "a.txt"),
            ("a?c", "abc"),
            ("[a-c]x", "bx"),
            ("[^a]x", "bx"),
            ("a\\*", "a*"),
            ("*", ""),
        ] {
            assert!(glob(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("*.txt", "a.txt2"), ("a?c", "ac"), ("[a-c]x", "dx"), ("a\\*", "ab"), ("[a", "a")]
        {
            assert!(!glob(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn patterns_are_words_or_strings() {
        let words: Vec<String> =
            patterns(" a/*.txt \"b c\" `d`").unwrap().into_iter().map(|(_, p)| p).collect();
        assert_eq!(words, ["a/*.txt", "b c", "d"]);
        assert_eq!(patterns(" \"a"), None);
    }

    #[test]
    fn strings_keep_all_bytes() {
        assert_eq!(quote(b"a\"\\\n\x00\xff"), r#""a\"\\\n\x00\xff""#);
    }

    #[test]
    fn variables_get_contents() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("d")).unwrap();
        std::fs::write(dir.path().join("a.txt"), "A").unwrap();
        std::fs::write(dir.path().join("d/b.txt"), "B").unwrap();
        std::fs::write(dir.path().join("d/.hidden"), "H").unwrap();
        let run = |text: &str| expand("x.go", text, dir.path());
        let text = "package p\n\nimport \"embed\"\n\n//go:embed a.txt\nvar s string // s\n\n//go:embed d a.*\nvar f embed.FS\n";
        let out = run(text).unwrap().unwrap();
        assert_eq!(out.lines().count(), text.lines().count() + 2);
        assert!(out.contains("var s string = (string)(\"A\") // s"), "{out}");
        assert!(
            out.contains("\"d/b.txt\"") && out.contains("\"a.txt\"") && !out.contains("hidden"),
            "{out}"
        );
        assert_eq!(run("package p\nvar x int\n"), Ok(None));
        let failure = |text: &str| run(text).unwrap_err();
        assert_eq!(
            failure("package p\nimport \"embed\"\n//go:embed no\nvar f embed.FS"),
            "x.go:3:12: pattern no: no matching files found"
        );
        assert_eq!(
            failure("package p\n//go:embed a.txt\nvar s string"),
            "x.go:2:3: go:embed only allowed in Go files that import \"embed\""
        );
        assert_eq!(
            failure("package p\nimport _ \"embed\"\n//go:embed ../a.txt\nvar s string"),
            "x.go:3:12: pattern ../a.txt: invalid pattern syntax"
        );
    }
}
