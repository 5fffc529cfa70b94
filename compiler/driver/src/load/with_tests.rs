//! The tests of packages that are only checked (`gosubc vet`, `gosubc check --tests`): files of a package's own name come
//! after the package as an addition to it, those of package `p_test` as a package that sees both. So each file is
//! there once, however many packages import each other.

use super::{LoadError, Loader, Package, Result, Role, Scanned, fail};
use std::path::PathBuf;

impl Loader<'_> {
    /// Whether a package has tests and nothing else.
    pub(super) fn has_only_tests(&self, path: &str) -> Result<bool> {
        // Loading it says what is wrong.
        let Some((dir, _)) = self.folder_of(path)? else { return Ok(false) };
        Ok(!self.has_files(&dir, false)? && self.has_files(&dir, true)?)
    }

    fn folder_of(&self, path: &str) -> Result<Option<(PathBuf, bool)>> {
        if path.starts_with('/') {
            return Ok(Some((PathBuf::from(path), false)));
        }
        self.modules.resolve(path).map_err(LoadError)
    }

    /// Loads the tests of a package. `roots` gets what there is of them.
    pub(super) fn load_tests_of(&mut self, path: &str, roots: &mut Vec<usize>) -> Result<()> {
        let Some((dir, std)) = self.folder_of(path)? else { return Ok(()) };
        let files = self.go_files(&dir, true)?;
        let tests = self.read_sources(&dir, files, std, false)?;
        let is_external =
            |(_, h): &Scanned| h.package.as_ref().is_some_and(|(n, _)| n.ends_with("_test"));
        let (external, internal): (Vec<Scanned>, Vec<Scanned>) =
            tests.into_iter().partition(is_external);
        let own = self.state.get(path).copied().flatten();
        let version = self.version(&dir, std);
        let mut parts = Vec::new();
        if !internal.is_empty() {
            let mut p = self.gather(path, &dir, internal, std, version)?;
            p.shown = format!("{path} [{path}.test]");
            p.link_path = if p.name == "main" { "main" } else { path }.to_string();
            self.load_imports(&mut p, path)?;
            self.check_test_cycle(own, &p)?;
            match own {
                Some(base) => self.check_same_name(base, &p)?,
                // The tests are all that there is of it: the package, for its external tests.
                None => {
                    let index = self.graph.packages.len();
                    self.state.insert(path.to_string(), Some(index));
                }
            }
            parts.push(p);
        }
        if !external.is_empty() {
            let outer = format!("{path}_test");
            let mut p = self.gather(&outer, &dir, external, std, version)?;
            p.shown = format!("{outer} [{path}.test]");
            p.link_path = outer;
            // Nothing but the tests above lies between here and their place in the list, as long as what the
            // external ones import is loaded before.
            let inside = own.is_none().then(|| parts.pop()).flatten();
            if let Some(inside) = inside {
                roots.push(self.add(inside));
            }
            self.load_imports(&mut p, path)?;
            parts.push(p);
        }
        for mut p in parts {
            if let Some(base) = own {
                p.role = match p.path == path {
                    true => Role::Inside(base),
                    false => Role::Outside(base),
                };
            }
            let index = self.add(p);
            roots.push(index);
        }
        if own.is_none() {
            self.state.remove(path);
        }
        Ok(())
    }

    fn add(&mut self, p: Package) -> usize {
        self.graph.packages.push(p);
        self.graph.packages.len() - 1
    }

    fn check_same_name(&self, base: usize, tests: &Package) -> Result<()> {
        let own = &self.graph.packages[base];
        if own.name == tests.name {
            return Ok(());
        }
        let base_name = |p: &Package| p.files.first().map(|f| super::base_name(&f.name));
        fail(format!(
            "found packages {} ({}) and {} ({}) in {}",
            own.name,
            base_name(own).unwrap_or_default(),
            tests.name,
            base_name(tests).unwrap_or_default(),
            own.dir.display()
        ))
    }

    /// Tests of a package's own name must not import what imports the package.
    fn check_test_cycle(&self, own: Option<usize>, tests: &Package) -> Result<()> {
        let Some(own) = own else { return Ok(()) };
        let mut imports: Vec<(&String, &usize)> = tests.imports.iter().collect();
        imports.sort();
        for (_, &first) in imports {
            if let Some(way) = self.way(first, own, &mut vec![false; self.graph.packages.len()]) {
                let path = &tests.path;
                let mut text = format!("package {path}");
                for p in way.iter().rev() {
                    text += &format!("\n\timports {}", self.graph.packages[*p].path);
                }
                return fail(text + ": import cycle not allowed in test");
            }
        }
        Ok(())
    }

    /// How one package imports another, the last first.
    fn way(&self, from: usize, to: usize, seen: &mut Vec<bool>) -> Option<Vec<usize>> {
        if from == to {
            return Some(vec![from]);
        }
        if std::mem::replace(&mut seen[from], true) {
            return None;
        }
        let next = self.graph.packages[from].imports.values();
        let mut way = next.filter_map(|&i| self.way(i, to, seen)).next()?;
        way.push(from);
        Some(way)
    }
}
