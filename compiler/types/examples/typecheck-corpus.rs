//! Runs the parser and the checker over trees of Go code that come with expectations.
//!
//!     typecheck-corpus std [PACKAGE...]      packages of GOROOT, all without errors; --tests: with their tests
//!     typecheck-corpus types [NAME...]       internal/types/testdata, errors by ERROR comments
//!     typecheck-corpus test DIR [NAME...]    Go's test directory
//!     typecheck-corpus valid DIR [NAME...]   its files that have no errors: none may be rejected
//!     typecheck-corpus dir DIR IMPORTPATH    the packages of a module or standard library tree
//!     typecheck-corpus file FILE...          one package; prints its errors
//!
//! GOROOT is taken from the environment. -v shows each difference, with -t those of
//! texts, with -c those of columns, too.

use diag::{Diagnostic, Diagnostics, FileId, SourceMap};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::Duration;
use syntax::ast::{File, NodeId};
use syntax::constraint::{Tags, belongs, is_test_file};
use types::{Checked, Config, PkgId, Store, check_package};

/// gosubc's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Valid once, but rejected by Go 1.27's own compiler: a type argument that no parameter's type needs
/// is no longer inferred from an argument that is of the interface's type already.
const REJECTED_SINCE: &[&str] = &["fixedbugs/issue53309.go", "typeparam/issue53762.go"];

/// Time that this thread has had on a processor; other programs' load doesn't count.
fn cpu_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists on all systems that gosubc runs on, and `time` is ours.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// The most memory that the process has had, in MB.
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("");
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap_or(0) >> 10
}

struct Tool {
    store: Store,
    source: SourceMap,
    tags: Tags,
    goroot: PathBuf,
    /// Import path to package, `None` while it is being checked.
    done: HashMap<String, Option<PkgId>>,
    /// What each package imports.
    deps: HashMap<String, Vec<String>>,
    /// Where packages other than GOROOT's are: import path prefix and directory.
    module: Option<(String, PathBuf)>,
    parse_time: Duration,
    check_time: Duration,
    verbose: bool,
    texts: bool,
    columns: bool,
    import_errors: Vec<String>,
    /// Stop at syntax errors.
    parse_only: bool,
}

/// An error that a file's comments announce: its line, its column if the comment says, and regular
/// expressions for its text.
#[derive(Clone)]
struct Expected {
    line: usize,
    col: Option<usize>,
    patterns: Vec<String>,
}

/// Expected errors; `None`: the file isn't for this.
type Expect = fn(&Tool, &str) -> Option<Vec<Expected>>;

/// What `compare` counts.
#[derive(Default)]
struct Score {
    good: usize,
    bad: usize,
    valid: usize,
    valid_bad: usize,
    lines: usize,
    missed: usize,
    surplus: usize,
    expected: usize,
    with_column: usize,
    column_exact: usize,
    column_covered: usize,
    text_matches: usize,
}

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
    let (verbose, texts, columns) = (flag("-v"), flag("-t"), flag("-c"));
    let tests = flag("--tests");
    let goroot = PathBuf::from(std::env::var("GOROOT").unwrap_or("/usr/lib/go".into()));
    let mut tool = Tool {
        store: Store::new(),
        source: SourceMap::new(),
        tags: Tags::linux_amd64(["gc", "goexperiment.swissmap"]),
        goroot,
        done: HashMap::new(),
        deps: HashMap::new(),
        module: None,
        parse_time: Duration::ZERO,
        check_time: Duration::ZERO,
        verbose,
        texts,
        columns,
        import_errors: Vec::new(),
        parse_only: false,
    };
    let rest: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
    let ok = match (args.first().map(String::as_str), rest.as_slice()) {
        (Some("std"), names) => tool.std(names, tests),
        (Some("types"), names) => tool.types_corpus(names),
        (Some("test"), [dir, names @ ..]) => tool.test_dir(Path::new(dir), names, false),
        (Some("valid"), [dir, names @ ..]) => tool.test_dir(Path::new(dir), names, true),
        (Some("dir"), [dir, prefix]) => tool.tree(Path::new(dir), prefix),
        (Some("file"), files) => tool.files(files),
        _ => {
            eprintln!(
                "usage: typecheck-corpus [-v] [-t] [-c] std|types|test DIR|valid DIR|dir DIR PATH|file ..."
            );
            return false;
        }
    };
    let lines: usize = tool.source.files().map(|(_, f)| f.written_lines()).sum();
    let (p, c) = (tool.parse_time.as_secs_f64(), tool.check_time.as_secs_f64());
    eprintln!(
        "{} lines, parsed in {p:.3} s, checked in {c:.3} s of processor time: {:.0} lines/s, {} MB",
        lines,
        lines as f64 / (p + c).max(1e-9),
        peak_memory()
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
            let Some(id) = self.source.add(p.display().to_string(), src.text.clone()) else {
                continue;
            };
            let start = self.source.file(id).start;
            src.report(start, &mut unit.diags);
            let t = cpu_time();
            let opts = syntax::ParseOptions::default();
            let parsed = syntax::parse_file(
                id,
                &src.text,
                start,
                NodeId(unit.nodes),
                &opts,
                &mut unit.diags,
            );
            self.parse_time += cpu_time() - t;
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
        let t = cpu_time();
        let conf = config(version);
        let nodes = unit.nodes as usize;
        let checked =
            check_package(&mut self.store, &conf, path, &unit.files, nodes, &imports, &self.source);
        self.check_time += cpu_time() - t;
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

    /// The files of a directory that a build (or, `tests`, only a test) would take.
    fn go_files(&self, dir: &Path, tests: bool) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
        let mut out: Vec<PathBuf> = entries
            .flatten()
            .map(|e| e.path())
            .filter(|p| {
                let name = p.file_name().unwrap_or_default().to_string_lossy().to_string();
                if is_test_file(&name) != tests || !name.ends_with(".go") {
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
        let files = self.go_files(&dir, false);
        let unit = self.parse(&files);
        if unit.files.is_empty() {
            return None;
        }
        let pkg = self.check_whole(path, &unit);
        self.done.insert(path.to_string(), Some(pkg));
        Some(pkg)
    }

    /// Checks a package that should have no errors.
    fn check_whole(&mut self, path: &str, unit: &Unit) -> PkgId {
        let imports = unit.files.iter().flat_map(|f| &f.imports).map(|i| i.path.to_string());
        self.deps.insert(path.to_string(), imports.collect());
        let checked = self.check(path, unit, (1, 27));
        for d in unit.diags.iter().chain(checked.diags.iter()) {
            let line = format!("{path}: {}", self.render(d));
            self.import_errors.push(line);
        }
        checked.pkg
    }

    /// Checks a package together with its tests, and those that are a package of their own. These
    /// see the tested package with its tests wherever it is imported. Returns how many files of tests there are.
    fn tests_of(&mut self, path: &str) -> usize {
        let Some(dir) = self.dir_of(path) else { return 0 };
        let mut own = self.go_files(&dir, false);
        let tests = self.go_files(&dir, true);
        let outside = |p: &PathBuf| {
            let text = std::fs::read_to_string(p).unwrap_or_default();
            let clause = text.lines().find_map(|l| l.strip_prefix("package ")).unwrap_or("");
            clause.split_whitespace().next().is_some_and(|name| name.ends_with("_test"))
        };
        let (external, internal): (Vec<PathBuf>, Vec<PathBuf>) =
            tests.into_iter().partition(outside);
        let count = external.len() + internal.len();
        let before = (self.store.clone(), self.done.clone(), self.deps.clone());
        if !internal.is_empty() {
            own.extend(internal);
            let unit = self.parse(&own);
            let pkg = self.check_whole(path, &unit);
            let importers: Vec<String> = self.importers(path);
            self.done.retain(|p, _| !importers.contains(p));
            self.done.insert(path.to_string(), Some(pkg));
        }
        if !external.is_empty() {
            let unit = self.parse(&external);
            self.check_whole(&format!("{path}_test"), &unit);
        }
        (self.store, self.done, self.deps) = before;
        count
    }

    /// The packages that import a package, directly or not.
    fn importers(&self, path: &str) -> Vec<String> {
        let mut out = vec![path.to_string()];
        let mut i = 0;
        while i < out.len() {
            for (p, imports) in &self.deps {
                if imports.contains(&out[i]) && !out.contains(p) {
                    out.push(p.clone());
                }
            }
            i += 1;
        }
        out
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

    fn std(&mut self, names: &[&str], tests: bool) -> bool {
        let mut list: Vec<String> = names.iter().map(|s| s.to_string()).collect();
        if list.is_empty() {
            let root = self.goroot.join("src");
            collect_packages(&root, &root, &mut list);
        }
        let ok = self.check_all(&list);
        if !tests {
            return ok;
        }
        let files: usize = list.iter().map(|p| self.tests_of(p)).sum();
        let errors = std::mem::take(&mut self.import_errors);
        for e in &errors {
            println!("{e}");
        }
        println!("{files} files of tests, {} errors", errors.len());
        ok && errors.is_empty()
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

    fn test_dir(&mut self, dir: &Path, names: &[&str], valid: bool) -> bool {
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
        // Some tests name a second file.
        for unit in &mut units {
            let text = std::fs::read(&unit[0]).unwrap_or_default();
            let text = String::from_utf8_lossy(&text);
            let header = text.lines().find(|l| l.starts_with("// run ")).unwrap_or("");
            let more = header.split(' ').filter(|w| w.ends_with(".go"));
            let folder = unit[0].with_file_name("");
            unit.extend(more.map(|w| folder.join(w)).filter(|p| p.is_file()).collect::<Vec<_>>());
        }
        if valid {
            let expect: Expect = |tool, text| test_expectations(tool, text).filter(Vec::is_empty);
            return self.compare(&units, names, expect);
        }
        self.compare(&units, names, test_expectations)
    }

    /// Checks each unit and compares the lines of errors with those that are expected.
    fn compare(&mut self, units: &[Vec<PathBuf>], names: &[&str], expect: Expect) -> bool {
        let mut score = Score::default();
        for paths in units {
            let label = paths[0].display().to_string();
            if !names.is_empty() && !names.iter().any(|n| label.contains(n)) {
                continue;
            }
            let mut expected: Vec<(usize, Expected)> = Vec::new();
            let mut skip = false;
            let mut version = (1, 27);
            for (i, p) in paths.iter().enumerate() {
                let text = std::fs::read(p).unwrap_or_default();
                // One byte for one byte, so that columns stay.
                let text = syntax::decode(text).text;
                version = lang_flag(&text).unwrap_or(version);
                let name = p.file_name().unwrap_or_default().to_string_lossy();
                match expect(self, &text) {
                    // A file that only a unit's first one names.
                    None if i > 0 => {}
                    _ if !belongs(&name, &text, &self.tags).unwrap_or(true) => skip = true,
                    None => skip = true,
                    Some(list) => expected.extend(list.into_iter().map(|e| (i, e))),
                }
            }
            if !skip {
                self.compare_unit(&label, paths, version, &expected, &mut score);
            }
        }
        for e in std::mem::take(&mut self.import_errors) {
            println!("import: {e}");
        }
        let s = &score;
        let percent = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        println!(
            "files line-exact: {} of {}, {:.2} %",
            s.good,
            s.good + s.bad,
            percent(s.good, s.good + s.bad)
        );
        if s.with_column > 0 {
            println!(
                "columns: {} expected, {:.2} % begin at the token, {:.2} % cover it",
                s.with_column,
                percent(s.column_exact, s.with_column),
                percent(s.column_covered, s.with_column)
            );
        }
        println!(
            "messages: {} expected, {:.2} % match",
            s.expected,
            percent(s.text_matches, s.expected)
        );
        println!(
            "of {} valid files {} rejected; lines with errors: {} found, {} missed, {} too many",
            s.valid, s.valid_bad, s.lines, s.missed, s.surplus
        );
        score.bad == 0
    }

    fn compare_unit(
        &mut self,
        label: &str,
        paths: &[PathBuf],
        version: (u32, u32),
        expected: &[(usize, Expected)],
        score: &mut Score,
    ) {
        let unit = self.parse(paths);
        // A package that doesn't parse isn't checked by the compiler.
        let broken =
            self.parse_only && unit.diags.iter().any(|d| d.message.starts_with("syntax error"));
        let unit_empty = Unit { files: Vec::new(), ids: Vec::new(), ..self.parse(&[]) };
        let checked = self.check("p", if broken { &unit_empty } else { &unit }, version);
        let mut got: BTreeMap<(usize, usize), Vec<&Diagnostic>> = BTreeMap::new();
        for d in unit.diags.iter().chain(checked.diags.iter()) {
            let Some(id) = self.source.file_of(d.span.lo) else { continue };
            let file = unit.ids.iter().position(|&f| f == id).unwrap_or(0);
            let line = self.source.line_col(d.span.lo).map_or(0, |l| l.line as usize);
            got.entry((file, line)).or_default().push(d);
        }
        let want: BTreeSet<_> = expected.iter().map(|(f, e)| (*f, e.line)).collect();
        let have: BTreeSet<_> = got.keys().copied().collect();
        let mut remarks = Vec::new();
        for k in want.difference(&have) {
            remarks.push(format!("{}: missing", k.1));
        }
        for k in have.difference(&want) {
            let texts: Vec<&str> = got[k].iter().map(|d| &*d.message).collect();
            remarks.push(format!("{}: extra {}", k.1, texts.join(" | ")));
        }
        let known = REJECTED_SINCE.iter().any(|name| label.ends_with(name));
        let ok = remarks.is_empty() || want.is_empty() && known;
        score.lines += want.intersection(&have).count();
        score.missed += want.difference(&have).count();
        score.surplus += have.difference(&want).count();
        for (file, e) in expected {
            let Some(list) = got.get(&(*file, e.line)) else { continue };
            score.expected += 1;
            let matches = |d: &&&Diagnostic| {
                let text = self.render(d);
                e.patterns.iter().any(|p| regex::Regex::new(p).is_ok_and(|r| r.is_match(&text)))
            };
            let texts = || list.iter().map(|d| self.render(d)).collect::<Vec<_>>().join(" / ");
            let found = list.iter().find(matches);
            match found {
                Some(_) => score.text_matches += 1,
                None if self.texts => {
                    remarks.push(format!(
                        "{}: want {}\n      have {}",
                        e.line,
                        e.patterns.join(" | "),
                        texts()
                    ));
                }
                None => {}
            }
            let Some(col) = e.col else { continue };
            score.with_column += 1;
            let column =
                |d: &Diagnostic| self.source.line_col(d.span.lo).map_or(0, |p| p.col as usize);
            // Of several errors on the line only those with the expected text count, if there are any.
            let fitting = || list.iter().filter(|d| found.is_none() || matches(d));
            let exact = fitting().any(|d| column(d) == col);
            let covers = |d: &&Diagnostic| {
                let lo = column(d);
                lo <= col && col < lo + ((d.span.hi.0 - d.span.lo.0) as usize).max(1)
            };
            score.column_exact += usize::from(exact);
            score.column_covered += usize::from(exact || fitting().copied().any(|d| covers(&d)));
            if self.columns && !exact {
                remarks.push(format!("{}: column {col}, not {}", e.line, texts()));
            }
        }
        if want.is_empty() {
            score.valid += 1;
            score.valid_bad += usize::from(!ok);
        }
        *(if ok { &mut score.good } else { &mut score.bad }) += 1;
        if self.verbose && !remarks.is_empty() {
            println!("== {label}");
            for r in remarks {
                println!("  {r}");
            }
        }
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

/// Signs of more than one byte, longest first.
const SIGNS: &[&str] = &[
    "<<=", ">>=", "&^=", "...", "&&", "||", "<-", "++", "--", "==", "!=", "<=", ">=", ":=", "+=",
    "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "&^",
];

/// `/* ERROR "text" */` and `// ERROR "text"` after a token: what is expected at the token.
fn comment_errors(text: &str) -> Vec<Expected> {
    let b = text.as_bytes();
    let mut out = Vec::new();
    let (mut i, mut token) = (0, 0);
    while i < b.len() {
        let rest = &text[i..];
        if rest.starts_with("//") || rest.starts_with("/*") {
            let block = rest.starts_with("/*");
            let end = rest.find(if block { "*/" } else { "\n" }).unwrap_or(rest.len());
            push_error(&rest[2..end.max(2)], text, token, &mut out);
            i += end + if block { 2 } else { 0 };
            continue;
        }
        if b[i].is_ascii_whitespace() {
            i += 1;
            continue;
        }
        token = i;
        i += token_length(rest);
    }
    out
}

/// The length of the token (roughly) that a text begins with.
fn token_length(text: &str) -> usize {
    let b = text.as_bytes();
    let word = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c >= 0x80;
    if matches!(b[0], b'"' | b'\'' | b'`') {
        let mut i = 1;
        while i < b.len() && b[i] != b[0] && (b[0] == b'`' || b[i] != b'\n') {
            i += if b[i] == b'\\' && b[0] != b'`' { 2 } else { 1 };
        }
        return (i + 1).min(b.len());
    }
    if word(b[0]) || b[0] == b'.' && b.get(1).is_some_and(u8::is_ascii_digit) {
        let number = !b[0].is_ascii_alphabetic() && b[0] < 0x80 && b[0] != b'_';
        let more = |i: usize| {
            let exponent = number && matches!(b[i], b'+' | b'-') && b"eEpP".contains(&b[i - 1]);
            word(b[i]) || number && b[i] == b'.' || exponent && b[1] != b'x'
        };
        return (1..b.len()).find(|&i| !more(i)).unwrap_or(b.len());
    }
    SIGNS.iter().find(|s| text.starts_with(**s)).map_or(1, |s| s.len())
}

fn push_error(comment: &str, text: &str, token: usize, out: &mut Vec<Expected>) {
    let Some(rest) = comment.trim().strip_prefix("ERROR") else { return };
    let (pattern, rest) = match rest.strip_prefix('x') {
        Some(r) => (true, r),
        None => (false, rest),
    };
    let rest = rest.trim();
    let want = types::constant::unquote(rest)
        .map_or(rest.to_string(), |b| String::from_utf8_lossy(&b).to_string());
    let want = if pattern { want } else { regex::escape(&want) };
    let line = text[..token].matches('\n').count() + 1;
    let col = token - text[..token].rfind('\n').map_or(0, |n| n + 1) + 1;
    out.push(Expected { line, col: Some(col), patterns: vec![want] });
}

/// What Go's test runner expects of a file of the test directory; `None`: not a matter of types.
fn test_expectations(_: &Tool, text: &str) -> Option<Vec<Expected>> {
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
                    let quoted = l[at..].split('"').skip(1).step_by(2);
                    let patterns = quoted.map(str::to_string).collect();
                    out.push(Expected { line: i + 1, col: None, patterns });
                }
            }
            Some(out)
        }
        _ => None,
    }
}
