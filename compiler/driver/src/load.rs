//! Command-line arguments in, the graph of packages out (in dependency order), with texts of all files.
//!
//! Only headers are read here (package clause, imports, constraints): what the cache already knows needs no
//! parsing. Texts of errors are the go command's.

use crate::modules::Modules;
use crate::root::Root;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use syntax::constraint::{self, Tags};

/// A package with its sources.
#[derive(Debug)]
pub struct Package {
    /// Import path; `command-line-arguments` for a list of files.
    pub path: String,
    pub name: String,
    pub files: Vec<SourceText>,
    /// Import path as written -> index in [`Graph::packages`]. `unsafe` and `C` are not in it.
    pub imports: HashMap<String, usize>,
    pub std: bool,
    /// Language version that its module asks for.
    pub go_version: (u32, u32),
}

/// One file as read.
#[derive(Debug)]
pub struct SourceText {
    /// As messages show it.
    pub name: String,
    pub source: syntax::Source,
}

/// All packages that the build needs, dependencies first.
#[derive(Debug, Default)]
pub struct Graph {
    pub packages: Vec<Package>,
    /// Those named on the command line.
    pub roots: Vec<usize>,
}

/// What decides which files and packages are found.
pub struct LoadOptions<'a> {
    pub cwd: &'a Path,
    pub root: &'a Root,
    pub tags: &'a Tags,
    /// `-lang`
    pub lang: Option<(u32, u32)>,
    /// `-mod=mod`: ignore vendor/.
    pub ignore_vendor: bool,
}

/// A message in the go command's form, without a newline at its end.
#[derive(Debug, PartialEq)]
pub struct LoadError(pub String);

type Result<T> = std::result::Result<T, LoadError>;

fn fail<T>(message: impl Into<String>) -> Result<T> {
    Err(LoadError(message.into()))
}

/// Packages that are part of every program.
pub const IMPLICIT: [&str; 2] = ["runtime", "internal/runtime/maps"];

/// The language version where no go.mod says otherwise.
pub const LATEST: (u32, u32) = (1, 27);

/// Loads what `args` name: `.go` files, import paths, folders, patterns with `...`; none: the folder itself.
pub fn load(args: &[String], opts: &LoadOptions) -> Result<Graph> {
    let modules = Modules::find(opts.cwd, opts.root, opts.ignore_vendor).map_err(LoadError)?;
    let mut l =
        Loader { opts, modules, graph: Graph::default(), state: HashMap::new(), stack: Vec::new() };
    // Generated code refers to these two, whether the program imports them or not.
    for path in IMPLICIT {
        l.load_path(path, None)?;
    }
    let mut roots = Vec::new();
    if args.iter().any(|a| a.ends_with(".go")) {
        roots.push(l.load_files(args)?);
    } else {
        let dot = [".".to_string()];
        for arg in if args.is_empty() { &dot[..] } else { args } {
            for path in l.expand(arg)? {
                roots.push(l.load_path(&path, None)?);
            }
        }
    }
    roots.dedup();
    l.graph.roots = roots;
    Ok(l.graph)
}

struct Loader<'a> {
    opts: &'a LoadOptions<'a>,
    modules: Modules,
    graph: Graph,
    /// Index, or `None` while the package is being loaded.
    state: HashMap<String, Option<usize>>,
    stack: Vec<String>,
}

/// Where an import stands.
struct Importer<'a> {
    path: &'a str,
    dir: &'a Path,
    std: bool,
    /// `file:line:col`
    at: String,
}

impl Loader<'_> {
    fn load_files(&mut self, args: &[String]) -> Result<usize> {
        let mut files = Vec::new();
        let mut dir: Option<PathBuf> = None;
        for a in args {
            if !a.ends_with(".go") {
                return fail(format!("named files must be .go files: {a}"));
            }
            let path = self.opts.cwd.join(a);
            let parent = path.parent().unwrap_or(self.opts.cwd).to_path_buf();
            match &dir {
                Some(d) if *d != parent => {
                    let (d, p) = (self.show_dir(d), self.show_dir(&parent));
                    return fail(format!(
                        "named files must all be in one directory; have {d} and {p}"
                    ));
                }
                _ => dir = Some(parent),
            }
            match std::fs::metadata(&path) {
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                    return fail(format!("open {a}: no such file or directory"));
                }
                Err(e) => return fail(format!("open {a}: {}", os_error(&e))),
                Ok(m) if m.is_dir() => {
                    return fail(format!("{a} is a directory, should be a Go file"));
                }
                Ok(_) => files.push(path),
            }
        }
        let dir = dir.unwrap_or_else(|| self.opts.cwd.to_path_buf());
        let version = self.opts.lang.or(self.modules.go_version_of(&dir)).unwrap_or(LATEST);
        self.load_sources("command-line-arguments", &dir, files, false, version)
    }

    /// Import paths that an argument stands for.
    fn expand(&self, arg: &str) -> Result<Vec<String>> {
        let is_local = arg == "."
            || arg == ".."
            || arg.starts_with("./")
            || arg.starts_with("../")
            || arg.starts_with('/');
        let Some(prefix) = arg.strip_suffix("...") else {
            if !is_local {
                return Ok(vec![arg.trim_end_matches('/').to_string()]);
            }
            let dir = normalize(&self.opts.cwd.join(arg));
            if !dir.exists() {
                return fail(format!("stat {}: directory not found", dir.display()));
            }
            if !dir.is_dir() {
                return fail(format!("{arg} is not a directory"));
            }
            return match self.modules.path_of(&dir) {
                Some(path) => Ok(vec![path]),
                None => Ok(vec![dir.display().to_string()]),
            };
        };
        let base = if is_local {
            normalize(&self.opts.cwd.join(prefix))
        } else if let Some((dir, _)) = self.modules.resolve(prefix.trim_end_matches('/')) {
            dir
        } else {
            return fail(format!("no packages match {arg}"));
        };
        let mut dirs = Vec::new();
        walk(&base, &mut dirs, true);
        let mut out = Vec::new();
        for d in dirs {
            if !self.go_files(&d)?.is_empty() {
                out.extend(self.modules.path_of(&d));
            }
        }
        if out.is_empty() {
            return fail(format!("matched no packages: {arg}"));
        }
        Ok(out)
    }

    /// The `.go` files of a folder that belong to the build, sorted; test files are left out.
    fn go_files(&self, dir: &Path) -> Result<Vec<PathBuf>> {
        let entries = match std::fs::read_dir(dir) {
            Ok(e) => e,
            Err(e) => return fail(format!("open {}: {}", dir.display(), os_error(&e))),
        };
        let mut files = Vec::new();
        for e in entries.flatten() {
            let name = e.file_name().to_string_lossy().into_owned();
            let wanted = constraint::is_go_file(&name)
                && !constraint::is_test_file(&name)
                && constraint::matches_file_name(&name, self.opts.tags);
            if wanted && !e.path().is_dir() {
                files.push(e.path());
            }
        }
        files.sort();
        Ok(files)
    }

    fn load_path(&mut self, path: &str, importer: Option<&Importer>) -> Result<usize> {
        match self.state.get(path) {
            Some(Some(i)) => return Ok(*i),
            Some(None) => return fail(self.cycle_text(path)),
            None => {}
        }
        let local = path.starts_with("./") || path.starts_with("../");
        let (dir, std) = if let (true, Some(im)) = (local, importer) {
            if self.modules.has_main() {
                return fail(format!(
                    "{}: \"{path}\" is relative, but relative import paths are not supported in module mode",
                    im.at
                ));
            }
            let dir = normalize(&im.dir.join(path));
            return self.load_path(
                &dir.display().to_string(),
                Some(&Importer { at: im.at.clone(), ..*im }),
            );
        } else if path.starts_with('/') {
            (PathBuf::from(path), false)
        } else {
            match self.modules.resolve(path) {
                Some(found) => found,
                None => return fail(self.not_found_text(path, importer)),
            }
        };
        if let Some(im) = importer {
            self.check_internal(path, im)?;
        }
        let version = if std {
            LATEST
        } else {
            self.opts.lang.or(self.modules.go_version_of(&dir)).unwrap_or(LATEST)
        };
        let files = match dir.is_dir() {
            true => self.go_files(&dir)?,
            false => return fail(self.not_found_text(path, importer)),
        };
        let index = self.load_sources(path, &dir, files, std, version)?;
        let p = &self.graph.packages[index];
        if let (Some(im), true) = (importer, p.name == "main") {
            return fail(format!(
                "{}: import \"{path}\" is a program, not an importable package",
                im.at
            ));
        }
        Ok(index)
    }

    fn load_sources(
        &mut self,
        path: &str,
        dir: &Path,
        files: Vec<PathBuf>,
        std: bool,
        go_version: (u32, u32),
    ) -> Result<usize> {
        self.state.insert(path.to_string(), None);
        self.stack.push(path.to_string());
        let named = path == "command-line-arguments";
        let mut package = Package {
            path: path.to_string(),
            name: String::new(),
            files: Vec::new(),
            imports: HashMap::new(),
            std,
            go_version,
        };
        let (mut wanted, mut first_file) = (Vec::new(), String::new());
        let excluded = !files.is_empty();
        for file in files {
            let name = if std { self.std_name(&file) } else { self.show(&file) };
            let bytes = match std::fs::read(&file) {
                Ok(b) => b,
                Err(e) => return fail(format!("open {name}: {}", os_error(&e))),
            };
            let source = syntax::decode(bytes);
            let header = constraint::scan_header(&source.text);
            let matches = header.constraint.as_ref().is_none_or(|c| c.matches(self.opts.tags));
            if !named && !matches {
                continue;
            }
            if let Some((pkg, _)) = &header.package {
                if package.name.is_empty() {
                    package.name = pkg.to_string();
                    first_file = base_name(&name);
                } else if package.name != *pkg {
                    let (a, b) = (&package.name, base_name(&name));
                    let at = dir.display();
                    return fail(format!(
                        "found packages {a} ({first_file}) and {pkg} ({b}) in {at}"
                    ));
                }
            }
            for im in &header.imports {
                // The go command points at the import's name, if it has one.
                let path_start = im.span.start as usize;
                let start = im.name.as_ref().map_or(path_start, |n| {
                    source.text[..path_start].trim_end().len().saturating_sub(n.len())
                });
                let shown = name.strip_prefix("./").unwrap_or(&name);
                let at = position(source.text.as_bytes(), start);
                wanted.push((im.path.to_string(), format!("{shown}:{at}")));
            }
            package.files.push(SourceText { name, source });
        }
        if package.files.is_empty() {
            let at = dir.display();
            return fail(match excluded {
                true => format!("package {path}: build constraints exclude all Go files in {at}"),
                false => format!("no Go files in {at}"),
            });
        }
        for (written, at) in wanted {
            if written == "unsafe"
                || written == "C"
                || package.imports.contains_key(&written)
                || written.is_empty()
            {
                continue;
            }
            let importer = Importer { path, dir, std, at };
            let index = self.load_path(&written, Some(&importer))?;
            package.imports.insert(written, index);
        }
        self.stack.pop();
        let index = self.graph.packages.len();
        self.graph.packages.push(package);
        self.state.insert(path.to_string(), Some(index));
        Ok(index)
    }

    fn check_internal(&self, path: &str, im: &Importer) -> Result<()> {
        let parent = match path
            .rfind("/internal/")
            .or_else(|| path.ends_with("/internal").then(|| path.len() - 9))
        {
            Some(i) => &path[..i],
            None if path.starts_with("internal/") || path == "internal" => {
                return if im.std || im.path.starts_with("std") {
                    Ok(())
                } else {
                    self.internal_error(path, im)
                };
            }
            None => return Ok(()),
        };
        let same = if im.path == "command-line-arguments" {
            self.modules.path_of(im.dir).unwrap_or_default()
        } else {
            im.path.to_string()
        };
        if same == parent || same.strip_prefix(parent).is_some_and(|r| r.starts_with('/')) {
            return Ok(());
        }
        self.internal_error(path, im)
    }

    fn internal_error(&self, path: &str, im: &Importer) -> Result<()> {
        fail(format!(
            "package {}\n\t{}: use of internal package {path} not allowed",
            im.path, im.at
        ))
    }

    fn cycle_text(&self, path: &str) -> String {
        let mut text = format!("package {}", self.stack.first().map_or(path, |s| s));
        for p in self.stack.iter().skip(1) {
            text.push_str(&format!("\n\timports {p}"));
        }
        text + &format!("\n\timports {path}: import cycle not allowed")
    }

    fn not_found_text(&self, path: &str, importer: Option<&Importer>) -> String {
        let at = importer.map_or(String::new(), |im| format!("{}: ", im.at));
        let first = path.split('/').next().unwrap_or(path);
        if !first.contains('.') {
            let place = self.opts.root.stdlib.join(path);
            return format!("{at}package {path} is not in std ({})", place.display());
        }
        if self.modules.has_main() {
            return format!(
                "{at}no required module provides package {path}; to add it:\n\tgo get {path}"
            );
        }
        format!(
            "{at}no required module provides package {path}: go.mod file not found in current directory or any parent directory; see 'go help modules'"
        )
    }

    fn std_name(&self, file: &Path) -> String {
        file.strip_prefix(&self.opts.root.dir).unwrap_or(file).display().to_string()
    }

    /// A file's name in messages: relative to the working directory where it is below, as the go command prints.
    fn show(&self, file: &Path) -> String {
        match file.strip_prefix(self.opts.cwd) {
            Ok(rel) => format!("./{}", rel.display()),
            Err(_) => file.display().to_string(),
        }
    }

    fn show_dir(&self, dir: &Path) -> String {
        match dir.strip_prefix(self.opts.cwd) {
            Ok(rel) if rel.as_os_str().is_empty() => ".".into(),
            Ok(rel) => rel.display().to_string(),
            Err(_) => dir.display().to_string(),
        }
    }
}

/// An operating system error as Go words it.
pub fn os_error(e: &std::io::Error) -> String {
    let text = e.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    match chars.next() {
        Some(c) => c.to_lowercase().collect::<String>() + chars.as_str(),
        None => text.to_string(),
    }
}

fn base_name(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_string()
}

/// `line:col` of a byte offset.
fn position(bytes: &[u8], offset: usize) -> String {
    let before = &bytes[..offset.min(bytes.len())];
    let line = before.iter().filter(|b| **b == b'\n').count() + 1;
    let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    format!("{line}:{}", before.len() - start + 1)
}

/// `.` and `..` resolved by name, without asking the file system.
pub fn normalize(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for c in path.components() {
        match c {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            c => out.push(c),
        }
    }
    out
}

/// Folders that `...` covers: not testdata, vendor, hidden ones or other modules.
fn walk(dir: &Path, out: &mut Vec<PathBuf>, top: bool) {
    if !top && dir.join("go.mod").is_file() {
        return;
    }
    out.push(dir.to_path_buf());
    let mut subs: Vec<PathBuf> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|e| e.file_type().is_ok_and(|t| t.is_dir()))
        .filter(|e| {
            let n = e.file_name().to_string_lossy().into_owned();
            !n.starts_with(['.', '_']) && n != "testdata" && n != "vendor"
        })
        .map(|e| e.path())
        .collect();
    subs.sort();
    for s in subs {
        walk(&s, out, false);
    }
}
