//! Runs the parser and the checker over trees of Go code that come with expectations.
//!
//!     typecheck-corpus std [PACKAGE...]      packages of GOROOT, all without errors
//!     typecheck-corpus types [NAME...]       internal/types/testdata, errors by ERROR comments
//!     typecheck-corpus test DIR [NAME...]    Go's test directory
//!     typecheck-corpus dir DIR IMPORTPATH    the packages of a module or standard library tree
//!     typecheck-corpus file FILE...          one package; prints its errors
//!
//! GOROOT is taken from the environment. With -v each difference is shown; -t compares texts.

use diag::{Diagnostic, Diagnostics, FileId, SourceMap};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use syntax::ast::{File, NodeId};
use syntax::constraint::{Tags, belongs, is_test_file};
use types::{Checked, Config, PkgId, Store, check_package};

struct Tool {
    store: Store,
    source: SourceMap,
    tags: Tags,
    goroot: PathBuf,
    /// Import path to package, `None` while it is being checked.
    done: HashMap<String, Option<PkgId>>,
    /// Where packages other than GOROOT's are: import path prefix and directory.
    module: Option<(String, PathBuf)>,
    parse_time: Duration,
    check_time: Duration,
    lines: usize,
    verbose: bool,
    texts: bool,
    import_errors: Vec<String>,
    /// Stop at syntax errors.
    parse_only: bool,
}

/// Lines with the errors expected there; `None`: the file isn't for this.
type Expect = fn(&Tool, &str) -> Option<Vec<(usize, String)>>;

struct Unit {
    files: Vec<File>,
    ids: Vec<FileId>,
    nodes: u32,
    diags: Diagnostics,
}

fn main() {
    let work = std::thread::Builder::new().stack_size(syntax::DEEP_STACK).spawn(run);
    let ok = work.ok().and_then(|t| t.join().ok()).unwrap_or(false);
    std::process::exit(if ok { 0 } else { 1 });
}

fn run() -> bool {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |f: &str| {
        let n = args.len();
        args.retain(|a| a != f);
        args.len() < n
    };
    let (verbose, texts) = (flag("-v"), flag("-t"));
    let goroot = PathBuf::from(std::env::var("GOROOT").unwrap_or("/usr/lib/go".into()));
    let mut tool = Tool {
        store: Store::new(),
        source: SourceMap::new(),
        tags: Tags::linux_amd64(["gc", "goexperiment.swissmap"]),
        goroot,
        done: HashMap::new(),
        module: None,
        parse_time: Duration::ZERO,
        check_time: Duration::ZERO,
        lines: 0,
        verbose,
        texts,
        import_errors: Vec::new(),
        parse_only: false,
    };
    let rest: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
    let ok = match (args.first().map(String::as_str), rest.as_slice()) {
        (Some("std"), names) => tool.std(names),
        (Some("types"), names) => tool.types_corpus(names),
        (Some("test"), [dir, names @ ..]) => tool.test_dir(Path::new(dir), names),
        (Some("dir"), [dir, prefix]) => tool.tree(Path::new(dir), prefix),
        (Some("file"), files) => tool.files(files),
        _ => {
            eprintln!("usage: typecheck-corpus [-v] [-t] std|types|test DIR|dir DIR PATH|file ...");
            return false;
        }
    };
    let (p, c) = (tool.parse_time.as_secs_f64(), tool.check_time.as_secs_f64());
    eprintln!(
        "{} lines, parsed in {p:.3} s, checked in {c:.3} s: {:.0} lines/s",
        tool.lines,
        tool.lines as f64 / (p + c).max(1e-9)
    );
    ok
}

fn config(version: (u32, u32)) -> Config {
    Config { go_version: version, ignore_func_bodies: true, test_builtins: true }
}

impl Tool {
    fn parse(&mut self, paths: &[PathBuf]) -> Unit {
        let mut unit =
            Unit { files: Vec::new(), ids: Vec::new(), nodes: 0, diags: Diagnostics::new() };
        for p in paths {
            let Ok(bytes) = std::fs::read(p) else { continue };
            let src = syntax::decode(bytes);
            let Some(id) = self.source.add(p.display().to_string(), src.text.as_str()) else {
                continue;
            };
            let start = self.source.file(id).start;
            src.report(start, &mut unit.diags);
            let t = Instant::now();
            let opts = syntax::ParseOptions::default();
            let parsed = syntax::parse_file(
                id,
                &src.text,
                start,
                NodeId(unit.nodes),
                &opts,
                &mut unit.diags,
            );
            self.parse_time += t.elapsed();
            self.lines += self.source.file(id).line_count();
            unit.nodes = parsed.next_id.0;
            unit.files.push(parsed.file);
            unit.ids.push(id);
        }
        unit
    }

    fn check(&mut self, path: &str, unit: &Unit, version: (u32, u32)) -> Checked {
        let mut imports = HashMap::new();
        for f in &unit.files {
            for spec in &f.imports {
                if imports.contains_key(&*spec.path) || &*spec.path == "unsafe" {
                    continue;
                }
                if let Some(p) = self.import(&spec.path) {
                    imports.insert(spec.path.to_string(), p);
                }
            }
        }
        let t = Instant::now();
        let conf = config(version);
        let nodes = unit.nodes as usize;
        let checked =
            check_package(&mut self.store, &conf, path, &unit.files, nodes, &imports, &self.source);
        self.check_time += t.elapsed();
        checked
    }

    fn dir_of(&self, path: &str) -> Option<PathBuf> {
        if let Some((prefix, dir)) = &self.module
            && let Some(rest) = path.strip_prefix(prefix.as_str())
        {
            let d = dir.join(rest.trim_start_matches('/'));
            if d.is_dir() {
                return Some(d);
            }
        }
        ["src", "src/vendor"].iter().map(|s| self.goroot.join(s).join(path)).find(|d| d.is_dir())
    }

    /// The files of a directory that a build would take.
    fn go_files(&self, dir: &Path) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
        let mut out: Vec<PathBuf> = entries
            .flatten()
            .map(|e| e.path())
            .filter(|p| {
                let name = p.file_name().unwrap_or_default().to_string_lossy().to_string();
                if is_test_file(&name) || !name.ends_with(".go") {
                    return false;
                }
                let text = std::fs::read_to_string(p).unwrap_or_default();
                belongs(&name, &text, &self.tags).unwrap_or(false)
                    && !text.contains("\nimport \"C\"")
            })
            .collect();
        out.sort();
        out
    }

    fn import(&mut self, path: &str) -> Option<PkgId> {
        if let Some(p) = self.done.get(path) {
            return *p;
        }
        self.done.insert(path.to_string(), None);
        let dir = self.dir_of(path)?;
        let files = self.go_files(&dir);
        let unit = self.parse(&files);
        if unit.files.is_empty() {
            return None;
        }
        let checked = self.check(path, &unit, (1, 27));
        for d in unit.diags.iter().chain(checked.diags.iter()) {
            let line = format!("{path}: {}", self.render(d));
            self.import_errors.push(line);
        }
        self.done.insert(path.to_string(), Some(checked.pkg));
        Some(checked.pkg)
    }

    fn render(&self, d: &Diagnostic) -> String {
        let mut s = match self.source.line_col(d.span.lo) {
            Some(p) => format!("{}:{}:{}: {}", p.file, p.line, p.col, d.message),
            None => d.message.clone(),
        };
        for l in &d.labels {
            if let Some(p) = self.source.line_col(l.span.lo) {
                s.push_str(&format!("\n\t{}:{}:{}: {}", p.file, p.line, p.col, l.message));
            }
        }
        s
    }

    fn std(&mut self, names: &[&str]) -> bool {
        let mut list: Vec<String> = names.iter().map(|s| s.to_string()).collect();
        if list.is_empty() {
            let root = self.goroot.join("src");
            collect_packages(&root, &root, &mut list);
        }
        self.check_all(&list)
    }

    fn tree(&mut self, dir: &Path, prefix: &str) -> bool {
        let mut list = Vec::new();
        collect_packages(dir, dir, &mut list);
        let prefix = prefix.trim_end_matches('/');
        self.module = Some((prefix.to_string(), dir.to_path_buf()));
        let join = |s: String| if prefix.is_empty() { s } else { format!("{prefix}/{s}") };
        let list: Vec<String> = list.into_iter().map(join).collect();
        self.check_all(&list)
    }

    fn check_all(&mut self, list: &[String]) -> bool {
        let mut checked = 0;
        for p in list {
            checked += usize::from(self.import(p).is_some());
        }
        let errors = std::mem::take(&mut self.import_errors);
        for e in &errors {
            println!("{e}");
        }
        println!("{checked} packages, {} errors", errors.len());
        errors.is_empty()
    }

    fn files(&mut self, files: &[&str]) -> bool {
        let paths: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
        let unit = self.parse(&paths);
        let checked = self.check("main", &unit, (1, 27));
        for e in std::mem::take(&mut self.import_errors) {
            println!("{e}");
        }
        let mut all = Diagnostics::new();
        all.extend(unit.diags);
        all.extend(checked.diags);
        let list = all.into_sorted();
        for d in &list {
            println!("{}", self.render(d));
        }
        list.is_empty()
    }

    fn types_corpus(&mut self, names: &[&str]) -> bool {
        let root = self.goroot.join("src/internal/types/testdata");
        let mut units: Vec<Vec<PathBuf>> = Vec::new();
        for dir in ["check", "examples", "fixedbugs", "spec"] {
            let Ok(entries) = std::fs::read_dir(root.join(dir)) else { continue };
            for e in entries.flatten().map(|e| e.path()) {
                if e.is_dir() {
                    let mut files: Vec<PathBuf> = std::fs::read_dir(&e)
                        .map(|d| d.flatten().map(|f| f.path()).collect())
                        .unwrap_or_default();
                    files.sort();
                    units.push(files);
                } else {
                    units.push(vec![e]);
                }
            }
        }
        units.sort();
        self.compare(&units, names, |_, text| Some(comment_errors(text)))
    }

    fn test_dir(&mut self, dir: &Path, names: &[&str]) -> bool {
        let mut units: Vec<Vec<PathBuf>> = Vec::new();
        for sub in ["", "fixedbugs", "typeparam", "ken", "chan", "interface", "syntax"] {
            let Ok(entries) = std::fs::read_dir(dir.join(sub)) else { continue };
            units.extend(
                entries
                    .flatten()
                    .map(|e| e.path())
                    .filter(|p| p.extension().is_some_and(|e| e == "go"))
                    .map(|p| vec![p]),
            );
        }
        units.sort();
        self.parse_only = true;
        self.compare(&units, names, test_expectations)
    }

    /// Checks each unit and compares the lines of errors with those that are expected.
    fn compare(&mut self, units: &[Vec<PathBuf>], names: &[&str], expect: Expect) -> bool {
        let (mut good, mut bad, mut valid, mut valid_bad) = (0, 0, 0, 0);
        let (mut found, mut missed, mut surplus, mut wrong_text) = (0, 0, 0, 0);
        for paths in units {
            let label = paths[0].display().to_string();
            if !names.is_empty() && !names.iter().any(|n| label.contains(n)) {
                continue;
            }
            let mut expected: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
            let mut skip = false;
            let mut version = (1, 27);
            for (i, p) in paths.iter().enumerate() {
                let text = std::fs::read(p).unwrap_or_default();
                let text = String::from_utf8_lossy(&text).to_string();
                if let Some(v) = lang_flag(&text) {
                    version = v;
                }
                match expect(self, &text) {
                    None => skip = true,
                    Some(list) => {
                        for (line, pat) in list {
                            expected.entry((i, line)).or_default().push(pat);
                        }
                    }
                }
            }
            if skip {
                continue;
            }
            let unit = self.parse(paths);
            // A package that doesn't parse isn't checked by the compiler.
            let broken = self.parse_only && unit.diags.has_errors();
            let unit_empty = Unit { files: Vec::new(), ids: Vec::new(), ..self.parse(&[]) };
            let checked = self.check("p", if broken { &unit_empty } else { &unit }, version);
            let mut got: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
            for d in unit.diags.iter().chain(checked.diags.iter()) {
                let Some(id) = self.source.file_of(d.span.lo) else { continue };
                let file = unit.ids.iter().position(|&f| f == id).unwrap_or(0);
                let line = self.source.line_col(d.span.lo).map_or(0, |l| l.line as usize);
                got.entry((file, line)).or_default().push(d.message.clone());
            }
            let want: BTreeSet<_> = expected.keys().copied().collect();
            let have: BTreeSet<_> = got.keys().copied().collect();
            let missing: Vec<_> = want.difference(&have).collect();
            let extra: Vec<_> = have.difference(&want).collect();
            found += want.intersection(&have).count();
            missed += missing.len();
            surplus += extra.len();
            let mut texts_bad = Vec::new();
            for k in want.intersection(&have) {
                for pat in &expected[k] {
                    if let Some(plain) = pat.strip_prefix('=')
                        && !got[k].iter().any(|m| m.contains(plain))
                    {
                        texts_bad.push((*k, plain.to_string(), got[k].join(" / ")));
                    }
                }
            }
            wrong_text += texts_bad.len();
            let ok = missing.is_empty() && extra.is_empty();
            if want.is_empty() {
                valid += 1;
                valid_bad += usize::from(!ok);
            }
            if ok {
                good += 1;
            } else {
                bad += 1;
            }
            if self.verbose && !(ok && (texts_bad.is_empty() || !self.texts)) {
                println!("== {label}");
                for k in missing {
                    println!("  {}: missing {}", k.1, expected[k].join(" | "));
                }
                for k in extra {
                    println!("  {}: extra {}", k.1, got[k].join(" | "));
                }
                if self.texts {
                    for (k, want, have) in texts_bad {
                        println!("  {}: want {want}\n      have {have}", k.1);
                    }
                }
            }
        }
        for e in std::mem::take(&mut self.import_errors) {
            println!("import: {e}");
        }
        println!(
            "{good} files agree, {bad} differ; of {valid} valid ones {valid_bad} rejected; \
             lines with errors: {found} found, {missed} missed, {surplus} too many; \
             {wrong_text} texts differ"
        );
        bad == 0
    }
}

fn collect_packages(root: &Path, dir: &Path, out: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    let mut subdirs = Vec::new();
    let mut has_go = false;
    for e in entries.flatten() {
        let p = e.path();
        let name = e.file_name().to_string_lossy().to_string();
        if p.is_dir() {
            if !matches!(name.as_str(), "testdata" | "vendor" | "cmd" | "builtin")
                && !name.starts_with('_')
            {
                subdirs.push(p);
            }
        } else {
            has_go |= name.ends_with(".go") && !is_test_file(&name);
        }
    }
    if has_go && let Ok(rel) = dir.strip_prefix(root) {
        out.push(rel.display().to_string());
    }
    subdirs.sort();
    for d in subdirs {
        collect_packages(root, &d, out);
    }
}

/// The version of a leading `// -lang=go1.N` comment.
fn lang_flag(text: &str) -> Option<(u32, u32)> {
    let first = text.lines().next()?;
    let at = first.find("-lang=go1.")?;
    let digits: String = first[at + 10..].chars().take_while(char::is_ascii_digit).collect();
    Some((1, digits.parse().ok()?))
}

/// `/* ERROR "text" */` and `// ERROR "text"` after a token: line of the token, `=text` (or `~rx`).
fn comment_errors(text: &str) -> Vec<(usize, String)> {
    let b = text.as_bytes();
    let mut out = Vec::new();
    let (mut i, mut line, mut token_line) = (0, 1, 1);
    while i < b.len() {
        match b[i] {
            b'\n' => {
                line += 1;
                i += 1;
            }
            b' ' | b'\t' | b'\r' => i += 1,
            b'/' if b.get(i + 1) == Some(&b'/') => {
                let end = text[i..].find('\n').map_or(b.len(), |n| i + n);
                push_error(&text[i + 2..end], token_line, &mut out);
                i = end;
            }
            b'/' if b.get(i + 1) == Some(&b'*') => {
                let end = text[i + 2..].find("*/").map_or(b.len(), |n| i + 2 + n);
                push_error(&text[i + 2..end], token_line, &mut out);
                line += text[i..end].matches('\n').count();
                i = (end + 2).min(b.len());
            }
            q @ (b'"' | b'\'' | b'`') => {
                token_line = line;
                i += 1;
                while i < b.len() && b[i] != q && (q == b'`' || b[i] != b'\n') {
                    if b[i] == b'\\' && q != b'`' {
                        i += 1;
                    }
                    if i < b.len() && b[i] == b'\n' {
                        line += 1;
                    }
                    i += 1;
                }
                i += 1;
            }
            _ => {
                token_line = line;
                i += 1;
                while i < b.len() && !b[i].is_ascii() && !text.is_char_boundary(i) {
                    i += 1;
                }
            }
        }
    }
    out
}

fn push_error(comment: &str, line: usize, out: &mut Vec<(usize, String)>) {
    let c = comment.trim();
    let Some(rest) = c.strip_prefix("ERROR") else { return };
    let (mark, rest) = match rest.strip_prefix('x') {
        Some(r) => ('~', r),
        None => ('=', rest),
    };
    let rest = rest.trim();
    let text = types::constant::unquote(rest)
        .map_or(rest.to_string(), |b| String::from_utf8_lossy(&b).to_string());
    out.push((line, format!("{mark}{text}")));
}

/// What Go's test runner expects of a file of the test directory; `None`: not a matter of types.
fn test_expectations(_: &Tool, text: &str) -> Option<Vec<(usize, String)>> {
    let header = text.lines().find(|l| l.starts_with("// ") && !l.starts_with("// +build"))?;
    let words: Vec<&str> = header[3..].split_whitespace().collect();
    match *words.first()? {
        "run" | "compile" | "build" | "buildrun" if !text.contains("import \"C\"") => {
            Some(Vec::new())
        }
        "errorcheck" if words.len() == 1 => {
            let mut out = Vec::new();
            for (i, l) in text.lines().enumerate() {
                if let Some(at) = l.find("// ERROR ").or_else(|| l.find("// GC_ERROR ")) {
                    out.push((i + 1, format!("~{}", &l[at..])));
                }
            }
            Some(out)
        }
        _ => None,
    }
}
