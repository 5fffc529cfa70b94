//! Command-line arguments in, the graph of packages out (in dependency order), with texts of all files.
//!
//! Only headers are read here (package clause, imports, constraints): what the cache already knows needs no
//! parsing. Texts of errors are the go command's.

mod patterns;
mod tests_of;
mod with_tests;

pub use tests_of::{TestTarget, Tested, count_statements, load_test, test_targets};

use crate::embed;
use crate::frontend;
use crate::modules::{ModOptions, Modules};
use crate::root::Root;
use ::pgo::HotCalls;
use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use syntax::constraint::{self, Header, Tags};
use tests_of::{Counting, Variant};

/// A package with its sources.
#[derive(Debug)]
pub struct Package {
    /// Import path; `command-line-arguments` for a list of files.
    pub path: String,
    pub name: String,
    /// What symbols begin with: the import path, or `main` for the program itself.
    pub link_path: String,
    /// In front of errors, where the go command would say more than the path: `p [p.test]`.
    pub shown: String,
    pub files: Vec<SourceText>,
    /// Import path as written -> index in [`Graph::packages`]. `unsafe` and `C` are not in it.
    pub imports: HashMap<String, usize>,
    pub std: bool,
    /// Language version that its module asks for.
    pub go_version: (u32, u32),
    pub dir: PathBuf,
    pub role: Role,
    /// What a profile says about it.
    pub hot: HotCalls,
    /// Paths that it imports, and where, until they are loaded.
    wanted: Vec<(String, String)>,
}

/// What the files of a [`Package`] are to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// All of a package.
    Whole,
    /// Tests that belong to the package with this index, which is there without them, too.
    Inside(usize),
    /// Tests that are a package of their own and see the one with this index as its own tests do.
    Outside(usize),
}

impl Package {
    /// Assembly files that the go command would take in.
    pub fn assembly(&self, tags: &Tags) -> Vec<String> {
        let entries = std::fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
        let go_name = |n: &String| Some(format!("{}.go", n.strip_suffix(".s")?));
        let mut found: Vec<String> = names
            .filter(|n| go_name(n).is_some_and(|g| constraint::matches_file_name(&g, tags)))
            .collect();
        found.sort();
        found
    }
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
    pub modules: &'a ModOptions,
    /// Code is made of it: packages that are part of every program are loaded, too.
    pub program: bool,
    /// The named packages have their tests.
    pub tests: bool,
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
    let mut l = Loader::new(opts)?;
    if opts.program {
        l.load_implicit()?;
    }
    let mut roots = Vec::new();
    if args.iter().any(|a| a.ends_with(".go")) {
        roots.push(l.load_files(args)?);
    } else {
        let dot = [".".to_string()];
        let mut paths = Vec::new();
        for arg in if args.is_empty() { &dot[..] } else { args } {
            paths.extend(l.expand(arg, opts.tests)?);
        }
        let (mut seen, mut errors) = (HashSet::new(), Vec::new());
        paths.retain(|p| seen.insert(p.clone()));
        let open = l.stack.len();
        for path in &paths {
            if opts.tests && l.has_only_tests(path)? {
                continue;
            }
            match l.load_path(path, None) {
                Ok(root) => roots.push(root),
                Err(e) => l.note_failure(e, open, &mut errors),
            }
        }
        for path in paths.iter().filter(|_| opts.tests && errors.is_empty()) {
            l.load_tests_of(path, &mut roots)?;
        }
        if !errors.is_empty() {
            return fail(errors.join("\n"));
        }
    }
    roots.dedup();
    l.graph.roots = roots;
    Ok(l.graph)
}

struct Loader<'a> {
    opts: &'a LoadOptions<'a>,
    modules: Modules,
    tags: Tags,
    graph: Graph,
    /// Index, or `None` while the package is being loaded.
    state: HashMap<String, Option<usize>>,
    /// Packages that could not be loaded, and why.
    failed: HashMap<String, String>,
    /// Packages being loaded, each with the file that imports it.
    stack: Vec<(String, String)>,
    /// The package that is loaded with its tests.
    variant: Option<Variant>,
    /// `gosubc test -cover`.
    counting: Option<Counting>,
}

/// Where an import stands.
struct Importer<'a> {
    path: &'a str,
    dir: &'a Path,
    std: bool,
    /// `file:line:col`
    at: String,
    /// The main function of a test binary: it may import what programs must not.
    generated: bool,
}

/// A file and what its first lines say.
type Scanned = (SourceText, Header);

impl Importer<'_> {
    /// The file's name without its folder.
    fn file(&self) -> String {
        base_name(self.at.split(':').next().unwrap_or_default())
    }
}

impl<'a> Loader<'a> {
    fn new(opts: &'a LoadOptions<'a>) -> Result<Loader<'a>> {
        let modules =
            Modules::find(opts.cwd, opts.root, opts.modules, !opts.program).map_err(LoadError)?;
        let tags = match modules.is_source_tree() {
            true => opts.tags.of_gc(),
            false => opts.tags.clone(),
        };
        Ok(Loader {
            opts,
            modules,
            tags,
            graph: Graph::default(),
            state: HashMap::new(),
            failed: HashMap::new(),
            stack: Vec::new(),
            variant: None,
            counting: None,
        })
    }

    /// Generated code refers to these packages, whether the program imports them or not.
    fn load_implicit(&mut self) -> Result<()> {
        for path in IMPLICIT {
            self.load_path(path, None)?;
        }
        Ok(())
    }

    /// The version that a folder's files are in.
    fn version(&self, dir: &Path, std: bool) -> (u32, u32) {
        match std {
            true => LATEST,
            false => self.opts.lang.or(self.modules.go_version_of(dir)).unwrap_or(LATEST),
        }
    }

    fn load_files(&mut self, args: &[String]) -> Result<usize> {
        let (dir, files) = self.named_files(args)?;
        let version = self.version(&dir, false);
        let scanned = self.read_sources(&dir, files, false, true)?;
        self.stack.push(("command-line-arguments".into(), String::new()));
        self.load_sources("command-line-arguments", &dir, scanned, false, version)
    }

    /// The files of a command line, which must lie in one folder.
    fn named_files(&self, args: &[String]) -> Result<(PathBuf, Vec<PathBuf>)> {
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
        Ok((dir.unwrap_or_else(|| self.opts.cwd.to_path_buf()), files))
    }

    /// The `.go` files of a folder that belong to the build, sorted: test files, or the others.
    fn go_files(&self, dir: &Path, tests: bool) -> Result<Vec<PathBuf>> {
        let wanted = |name: &&String| {
            constraint::is_go_file(name)
                && constraint::is_test_file(name) == tests
                && constraint::matches_file_name(name, &self.tags)
        };
        match self.modules.folders().get(dir).as_ref() {
            Ok(folder) => Ok(folder.files.iter().filter(wanted).map(|n| dir.join(n)).collect()),
            Err(e) => fail(format!("open {}: {}", dir.display(), os_error(e))),
        }
    }

    fn load_path(&mut self, path: &str, importer: Option<&Importer>) -> Result<usize> {
        match self.state.get(path) {
            Some(Some(i)) => return Ok(*i),
            Some(None) => return fail(self.cycle_text(path, importer)),
            None => {}
        }
        if let Some(text) = self.failed.get(path) {
            return fail(text);
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
            let at = importer.map_or(String::new(), |im| format!("{}: ", im.at));
            match self.modules.resolve(path).map_err(|e| LoadError(format!("{at}{e}")))? {
                Some(found) => found,
                None => return fail(self.not_found_text(path, importer)),
            }
        };
        if let Some(im) = importer {
            self.check_internal(path, im)?;
        }
        let version = self.version(&dir, std);
        let files = match self.go_files(&dir, false) {
            Err(_) if !dir.is_dir() => return fail(self.not_found_text(path, importer)),
            files => files?,
        };
        let tested = self.variant.as_ref().is_some_and(|v| v.path == path);
        let mut scanned = self.read_sources(&dir, files, std, false)?;
        if let Some(c) = &mut self.counting {
            c.instrument(path, &mut scanned);
        }
        if tested {
            scanned.extend(self.variant.as_mut().map(|v| v.files.split_off(0)).unwrap_or_default());
        } else if scanned.is_empty() {
            return fail(self.no_files_text(path, &dir));
        }
        self.stack.push((path.to_string(), importer.map_or(String::new(), |im| im.file())));
        let index = self.load_sources(path, &dir, scanned, std, version)?;
        self.stack.pop();
        let p = &self.graph.packages[index];
        if let (Some(im), true, false) = (importer, p.name == "main", tested) {
            return fail(format!(
                "{}: import \"{path}\" is a program, not an importable package",
                im.at
            ));
        }
        Ok(index)
    }

    /// Reads files; those that constraints exclude are left out, unless they were named.
    fn read_sources(
        &self,
        dir: &Path,
        files: Vec<PathBuf>,
        std: bool,
        named: bool,
    ) -> Result<Vec<Scanned>> {
        let mut out: Vec<Scanned> = Vec::new();
        for file in files {
            let own = std && !self.modules.is_source_tree();
            let name = if own { self.std_name(dir, &file) } else { self.show(&file) };
            let bytes = match std::fs::read(&file) {
                Ok(b) => b,
                Err(e) => return fail(format!("open {name}: {}", os_error(&e))),
            };
            let mut source = syntax::decode(bytes);
            let mut header = constraint::scan_header(&source.text);
            // Go's own source does without cgo where it must.
            let cgo = || header.imports.iter().any(|i| i.path == "C");
            if self.modules.is_source_tree() && cgo() {
                continue;
            }
            if named || header.constraint.as_ref().is_none_or(|c| c.matches(&self.tags)) {
                let embedding = !self.modules.is_source_tree();
                if embedding
                    && let Some(text) =
                        embed::expand(&name, &source.text, dir).map_err(LoadError)?
                {
                    source.text = text.into();
                    header = constraint::scan_header(&source.text);
                }
                out.push((SourceText { name, source }, header));
            }
        }
        Ok(out)
    }

    fn load_sources(
        &mut self,
        path: &str,
        dir: &Path,
        files: Vec<Scanned>,
        std: bool,
        go_version: (u32, u32),
    ) -> Result<usize> {
        self.state.insert(path.to_string(), None);
        let mut package = self.gather(path, dir, files, std, go_version)?;
        let tested = self.variant.as_ref().is_some_and(|v| v.path == path);
        let program = package.name == "main" && !tested;
        package.link_path = if program { "main" } else { path }.to_string();
        self.load_imports(&mut package, path)?;
        let index = self.graph.packages.len();
        self.graph.packages.push(package);
        self.state.insert(path.to_string(), Some(index));
        Ok(index)
    }

    /// The files of a package as one, before its imports are looked for.
    fn gather(
        &self,
        path: &str,
        dir: &Path,
        files: Vec<Scanned>,
        std: bool,
        go_version: (u32, u32),
    ) -> Result<Package> {
        let mut package = Package {
            path: path.to_string(),
            name: String::new(),
            link_path: String::new(),
            shown: path.to_string(),
            files: Vec::new(),
            imports: HashMap::new(),
            std,
            go_version,
            dir: dir.to_path_buf(),
            role: Role::Whole,
            hot: HotCalls::default(),
            wanted: Vec::new(),
        };
        let mut first_file = String::new();
        for (file, header) in files {
            let name = &file.name;
            if let Some((pkg, _)) = &header.package {
                if package.name.is_empty() {
                    package.name = pkg.to_string();
                    first_file = base_name(name);
                } else if package.name != *pkg {
                    let (a, b) = (&package.name, base_name(name));
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
                    let before = file.source.text[..path_start].trim_end();
                    before.len().saturating_sub(n.len())
                });
                let shown = name.strip_prefix("./").unwrap_or(name);
                let at = position(file.source.text.as_bytes(), start);
                package.wanted.push((im.path.to_string(), format!("{shown}:{at}")));
            }
            package.files.push(file);
        }
        Ok(package)
    }

    /// Loads what a package imports. `importer`: as whom, where rules depend on that.
    fn load_imports(&mut self, package: &mut Package, importer: &str) -> Result<()> {
        let generated = self.variant.as_ref().is_some_and(|v| v.main_path() == importer);
        let mut errors: Vec<String> = Vec::new();
        for (written, at) in std::mem::take(&mut package.wanted) {
            // The checker says what is wrong with a path.
            if written == "unsafe"
                || written == "C"
                || types::invalid_import_path(&written).is_some()
                || package.imports.contains_key(&written)
                || written.is_empty()
            {
                continue;
            }
            let (dir, std) = (package.dir.clone(), package.std);
            let importer = Importer { path: importer, dir: &dir, std, at, generated };
            let resolved = self.modules.path_in_tree(&written, &dir);
            let resolved = resolved.as_deref().unwrap_or(&written);
            let open = self.stack.len();
            match self.load_path(resolved, Some(&importer)) {
                Ok(index) => {
                    package.imports.insert(written, index);
                }
                Err(e) => self.note_failure(e, open, &mut errors),
            }
        }
        match errors.is_empty() {
            true => Ok(()),
            // Whoever mends the imports should see the errors of grammar, too.
            false => fail(frontend::syntax_errors(&package.files) + &errors.join("\n")),
        }
    }

    /// Adds to the errors of several packages one of a package that could not be loaded; those that were being
    /// loaded for it, which are on the stack from `open` on, are forgotten.
    fn note_failure(&mut self, error: LoadError, open: usize, errors: &mut Vec<String>) {
        for (path, _) in self.stack.drain(open..) {
            self.state.remove(&path);
            self.failed.insert(path, error.0.clone());
        }
        for line in error.0.split_inclusive('\n') {
            // A line that goes on belongs to the one before.
            match errors.last_mut().filter(|_| line.starts_with('\t')) {
                Some(last) => *last += &format!("\n{}", line.trim_end_matches('\n')),
                None => errors.push(line.trim_end_matches('\n').to_string()),
            }
        }
        let mut seen = HashSet::new();
        errors.retain(|e| seen.insert(e.clone()));
    }

    /// A folder without files for this build.
    fn no_files_text(&self, path: &str, dir: &Path) -> String {
        let dir = normalize(dir);
        let at = dir.display();
        let is_empty = |tests| self.go_files(&dir, tests).is_ok_and(|f| f.is_empty());
        match (is_empty(false), is_empty(true)) {
            (false, _) => format!("package {path}: build constraints exclude all Go files in {at}"),
            (true, false) => format!("package {path}: no non-test Go files in {at}"),
            _ => format!("no Go files in {at}"),
        }
    }

    fn check_internal(&self, path: &str, im: &Importer) -> Result<()> {
        if im.generated || path == embed::PACKAGE {
            return Ok(());
        }
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
        } else if self.variant.as_ref().is_some_and(|v| v.external_path() == im.path) {
            im.path.trim_end_matches("_test").to_string()
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

    fn cycle_text(&self, path: &str, importer: Option<&Importer>) -> String {
        let from = |file: &str| match file.is_empty() {
            true => String::new(),
            false => format!(" from {file}"),
        };
        let mut text = format!("package {}", self.stack.first().map_or(path, |s| &s.0));
        for (p, file) in self.stack.iter().skip(1) {
            text.push_str(&format!("\n\timports {p}{}", from(file)));
        }
        let last = importer.map_or(String::new(), |im| im.file());
        let in_test = match self.variant.as_ref().is_some_and(|v| v.path == path) {
            true => " in test",
            false => "",
        };
        text + &format!("\n\timports {path}{}: import cycle not allowed{in_test}", from(&last))
    }

    fn not_found_text(&self, path: &str, importer: Option<&Importer>) -> String {
        let at = importer.map_or(String::new(), |im| format!("{}: ", im.at));
        let first = path.split('/').next().unwrap_or(path);
        if !first.contains('.') {
            let place = self.modules.stdlib().join(path);
            let text = format!("{at}package {path} is not in std ({})", place.display());
            return match self.similar_package(path) {
                Some(other) => format!("{text}\n\tdid you mean {other}?"),
                None => text,
            };
        }
        if let Some(text) = self.modules.missing_text(path) {
            return format!("{at}{text}");
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

    fn std_name(&self, dir: &Path, file: &Path) -> String {
        let base = self.modules.stdlib().parent().unwrap_or(dir);
        file.strip_prefix(base).unwrap_or(file).display().to_string()
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
