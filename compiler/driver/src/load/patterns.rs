//! Arguments to import paths: `std`, folders, patterns with `...`.

use super::{Loader, Result, fail, normalize};
use crate::load::LoadError;
use std::path::{Path, PathBuf};

impl Loader<'_> {
    /// Import paths that an argument stands for.
    /// With `tests`, patterns match folders that have only test files.
    pub(super) fn expand(&self, arg: &str, tests: bool) -> Result<Vec<String>> {
        let is_local = arg == "."
            || arg == ".."
            || arg.starts_with("./")
            || arg.starts_with("../")
            || arg.starts_with('/');
        if arg == "std" {
            return self.standard_library(tests);
        }
        if arg == "cmd" && self.modules.is_source_tree() {
            return self.packages_below(&self.modules.stdlib().join("cmd"), tests);
        }
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
        } else if let Some((dir, _)) =
            self.modules.resolve(prefix.trim_end_matches('/')).map_err(LoadError)?
        {
            dir
        } else {
            return fail(format!("no packages match {arg}"));
        };
        let out = self.packages_below(&base, tests)?;
        if out.is_empty() {
            return fail(format!("matched no packages: {arg}"));
        }
        Ok(out)
    }

    /// All packages of the standard library.
    fn standard_library(&self, tests: bool) -> Result<Vec<String>> {
        let base = self.modules.stdlib();
        let mut out = self.packages_below(base, tests)?;
        if self.modules.is_source_tree() {
            out.extend(self.packages_below(&base.join("vendor"), tests)?);
        }
        Ok(out)
    }

    /// The packages of a folder and those below it that have files for this build; with `tests`, test files suffice.
    fn packages_below(&self, base: &Path, tests: bool) -> Result<Vec<String>> {
        let mut dirs = Vec::new();
        self.walk(base, &mut dirs, true);
        let mut out = Vec::new();
        for d in dirs {
            // What the language itself declares is written down in a package that nobody can import.
            if self.modules.is_source_tree() && d == self.modules.stdlib().join("builtin") {
                continue;
            }
            if self.has_files(&d, false)? || tests && self.has_files(&d, true)? {
                out.extend(self.modules.path_of(&d));
            }
        }
        Ok(out)
    }

    /// A package that is likely meant by a path that none has.
    pub(super) fn similar_package(&self, path: &str) -> Option<String> {
        let dirs = std::iter::once(self.modules.stdlib()).chain(self.modules.main_dirs());
        let mut all: Vec<String> =
            dirs.filter_map(|d| self.packages_below(d, false).ok()).flatten().collect();
        all.retain(|p| !p.split('/').any(|part| part == "internal"));
        types::similar(path, all.iter().map(String::as_str)).map(str::to_string)
    }

    /// Whether a folder has files for this build: tests, or others.
    pub(super) fn has_files(&self, dir: &Path, tests: bool) -> Result<bool> {
        for file in self.go_files(dir, tests)? {
            if !self.read_sources(dir, vec![file], false, false)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Folders that `...` covers: not testdata, vendor, hidden ones or other modules.
    fn walk(&self, dir: &Path, out: &mut Vec<PathBuf>, top: bool) {
        let folders = self.modules.folders();
        if !top && folders.has_file(dir, "go.mod") {
            return;
        }
        out.push(dir.to_path_buf());
        let folder = folders.get(dir);
        let subs = folder.iter().flat_map(|f| &f.folders);
        let covered =
            |n: &&String| !n.starts_with(['.', '_']) && *n != "testdata" && *n != "vendor";
        for name in subs.filter(covered) {
            self.walk(&dir.join(name), out, false);
        }
    }
}
