//! Packages with their tests: which folders a test command names, and the graph of one test binary.
//!
//! In a test binary the tested package is its own files and the `_test.go` files of its name, for every importer;
//! files of package `p_test` are a package of their own. A generated `main` imports both.

use super::{Graph, Importer, LoadError, LoadOptions, Loader, Result, Scanned, SourceText, fail};
use crate::cover::{self, CoverMode, CoverOptions};
use crate::testmain::{self, CoverFile, Coverage};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use syntax::constraint;

/// One package that a test command names.
#[derive(Clone, Debug)]
pub struct TestTarget {
    /// Import path.
    pub path: String,
    /// Where its tests run.
    pub dir: PathBuf,
    std: bool,
    /// The files, where the command line names files.
    named: Option<Vec<PathBuf>>,
}

/// The package under test while its graph is loaded.
pub(super) struct Variant {
    pub path: String,
    /// Its test files, taken when the package is loaded.
    pub files: Vec<Scanned>,
}

impl Variant {
    pub fn main_path(&self) -> String {
        format!("{}.test", self.path)
    }

    pub fn external_path(&self) -> String {
        format!("{}_test", self.path)
    }
}

/// The graph of a test binary, or nothing to test.
#[derive(Debug)]
pub enum Tested {
    NoTestFiles,
    Binary(Graph),
}

/// Counting while a graph is loaded.
pub(super) struct Counting {
    mode: CoverMode,
    /// Packages that are counted.
    paths: HashSet<String>,
    files: Vec<CoverFile>,
}

impl Counting {
    /// Puts counters into the files of a package, if it is to be counted.
    pub(super) fn instrument(&mut self, path: &str, files: &mut [Scanned]) {
        if !self.paths.contains(path) {
            return;
        }
        for (file, header) in files {
            let var = format!("GoCover_{}", self.files.len());
            let Some(done) = cover::instrument(&file.name, &file.source.text, &var, self.mode)
            else {
                continue;
            };
            file.source = syntax::decode(done.text.into_bytes());
            *header = constraint::scan_header(&file.source.text);
            let base = file.name.rsplit('/').next().unwrap_or(&file.name);
            let name = format!("{path}/{base}");
            self.files.push(CoverFile { package: path.into(), name, var, blocks: done.blocks });
        }
    }
}

/// The packages that arguments stand for. An error comes with the argument that it is about.
pub fn test_targets(
    args: &[String],
    opts: &LoadOptions,
) -> std::result::Result<Vec<TestTarget>, (Option<String>, LoadError)> {
    let l = Loader::new(opts).map_err(|e| (None, e))?;
    if args.iter().any(|a| a.ends_with(".go")) {
        let (dir, files) = l.named_files(args).map_err(|e| (None, e))?;
        let path = "command-line-arguments".to_string();
        return Ok(vec![TestTarget { path, dir, std: false, named: Some(files) }]);
    }
    let dot = [".".to_string()];
    let mut out: Vec<TestTarget> = Vec::new();
    for arg in if args.is_empty() { &dot[..] } else { args } {
        l.add_targets(arg, &mut out).map_err(|e| (Some(arg.clone()), e))?;
    }
    Ok(out)
}

/// Statements in a package's files, for packages that are counted but have no tests.
pub fn count_statements(target: &TestTarget, opts: &LoadOptions) -> Result<usize> {
    let l = Loader::new(opts)?;
    let files = l.read_sources(&target.dir, l.go_files(&target.dir, false)?, target.std, false)?;
    let count = |f: &Scanned| {
        let c = cover::instrument(&f.0.name, &f.0.source.text, "C", CoverMode::Set);
        c.map_or(0, |c| c.blocks.iter().map(|b| b.stmts).sum())
    };
    Ok(files.iter().map(count).sum())
}

/// Loads a package with its tests and a main function that runs them.
pub fn load_test(
    target: &TestTarget,
    opts: &LoadOptions,
    counting: Option<&CoverOptions>,
    profiles: bool,
) -> Result<Tested> {
    let mut l = Loader::new(opts)?;
    let TestTarget { path, dir, std, named } = target;
    let (own, tests): (Vec<PathBuf>, Vec<PathBuf>) = match named {
        Some(files) => files.iter().cloned().partition(|f| !is_test(f)),
        None => (l.go_files(dir, false)?, l.go_files(dir, true)?),
    };
    let tests = l.read_sources(dir, tests, *std, named.is_some())?;
    let is_external =
        |(_, h): &Scanned| h.package.as_ref().is_some_and(|(name, _)| name.ends_with("_test"));
    let (external, internal): (Vec<Scanned>, Vec<Scanned>) =
        tests.into_iter().partition(is_external);
    if internal.is_empty() && external.is_empty() {
        if own.is_empty() {
            return fail(l.no_files_text(path, dir));
        }
        return Ok(Tested::NoTestFiles);
    }
    fn texts(files: &[Scanned]) -> Vec<&SourceText> {
        files.iter().map(|(f, _)| f).collect()
    }
    let has_package = !own.is_empty() || !internal.is_empty();
    let say = |e: String| LoadError(format!("package {path}\n{e}"));
    let inside = testmain::find(&texts(&internal)).map_err(say)?;
    let outside = testmain::find(&texts(&external)).map_err(say)?;
    let outside = (!external.is_empty()).then_some(outside);
    if let Some(c) = counting {
        let mut paths: HashSet<String> = HashSet::new();
        for p in &c.packages {
            paths.extend(l.expand(p, false)?);
        }
        if c.packages.is_empty() {
            paths.insert(path.clone());
        }
        l.counting = Some(Counting { mode: c.mode, paths, files: Vec::new() });
    }
    let variant = Variant { path: path.clone(), files: internal };
    let (main_path, external_path) = (variant.main_path(), variant.external_path());
    let with_tests = !variant.files.is_empty();
    l.variant = Some(variant);
    l.load_implicit()?;
    let version = l.version(dir, *std);
    if has_package {
        let index = l.load_tested(target, own)?;
        if with_tests {
            l.graph.packages[index].shown = format!("{path} [{path}.test]");
        }
    }
    if !external.is_empty() {
        l.stack.push((external_path.clone(), String::new()));
        let index = l.load_sources(&external_path, dir, external, *std, version)?;
        l.stack.pop();
        l.graph.packages[index].shown = format!("{external_path} [{path}.test]");
    }
    let coverage = l.counting.take().map(|c| Coverage {
        mode: c.mode,
        of: counting
            .filter(|o| !o.packages.is_empty())
            .map_or(String::new(), |o| format!(" in {}", o.packages.join(", "))),
        files: c.files,
    });
    let (outside, coverage) = (outside.as_ref(), coverage.as_ref());
    let main =
        testmain::generate(path, has_package, &inside, outside, coverage, profiles).map_err(say)?;
    let source = syntax::decode(main.into_bytes());
    let header = constraint::scan_header(&source.text);
    let file = SourceText { name: "_testmain.go".into(), source };
    let index = l.load_sources(&main_path, dir, vec![(file, header)], false, super::LATEST)?;
    l.graph.roots = vec![index];
    Ok(Tested::Binary(l.graph))
}

fn is_test(file: &Path) -> bool {
    file.to_str().is_some_and(constraint::is_test_file)
}

impl Loader<'_> {
    fn add_targets(&self, arg: &str, out: &mut Vec<TestTarget>) -> Result<()> {
        for path in self.expand(arg, true)? {
            if out.iter().any(|t| t.path == path) {
                continue;
            }
            let (dir, std) = match path.starts_with('/') {
                true => (PathBuf::from(&path), false),
                false => match self.modules.resolve(&path).map_err(LoadError)? {
                    Some(found) => found,
                    None => return fail(self.not_found_text(&path, None)),
                },
            };
            out.push(TestTarget { path, dir, std, named: None });
        }
        Ok(())
    }

    /// The tested package itself, found by its path or made of the files that were named.
    fn load_tested(&mut self, target: &TestTarget, own: Vec<PathBuf>) -> Result<usize> {
        if let Some(Some(i)) = self.state.get(&target.path) {
            return Ok(*i); // a package that every program has
        }
        if target.named.is_none() {
            let TestTarget { path, dir, std, .. } = target;
            let importer = Importer { path, dir, std: *std, at: String::new(), generated: true };
            return self.load_path(path, Some(&importer));
        }
        let version = self.version(&target.dir, false);
        let mut scanned = self.read_sources(&target.dir, own, false, true)?;
        if let Some(c) = &mut self.counting {
            c.instrument(&target.path, &mut scanned);
        }
        scanned.extend(self.variant.as_mut().map(|v| v.files.split_off(0)).unwrap_or_default());
        self.stack.push((target.path.clone(), String::new()));
        let index = self.load_sources(&target.path, &target.dir, scanned, false, version)?;
        self.stack.pop();
        Ok(index)
    }
}
