//! Import paths to folders: the standard library, the main module, replaced modules, vendor/, the module cache.

use crate::modfile::{self, ModFile};
use crate::root::Root;
use std::path::{Path, PathBuf};

/// A module whose packages can be imported.
#[derive(Debug)]
struct Module {
    path: String,
    dir: PathBuf,
    go: Option<(u32, u32)>,
}

/// All modules of a build.
#[derive(Debug)]
pub struct Modules {
    stdlib: PathBuf,
    /// The main module is the first.
    modules: Vec<Module>,
    vendor: Option<PathBuf>,
    has_main: bool,
}

impl Modules {
    /// Looks for go.mod in `cwd` and above. The error is a message for the user.
    pub fn find(cwd: &Path, root: &Root, ignore_vendor: bool) -> Result<Modules, String> {
        let mut out = Modules {
            stdlib: root.stdlib.clone(),
            modules: Vec::new(),
            vendor: None,
            has_main: false,
        };
        let Some(dir) = cwd.ancestors().find(|d| d.join("go.mod").is_file()) else {
            return Ok(out);
        };
        let file = read_mod(dir)?;
        out.has_main = true;
        let vendor = dir.join("vendor");
        if !ignore_vendor && vendor.is_dir() {
            out.vendor = Some(vendor);
        }
        out.add_requirements(dir, &file, &mut Vec::new())?;
        out.modules.insert(
            0,
            Module { path: file.module, dir: dir.to_path_buf(), go: file.go.or(Some((1, 16))) },
        );
        Ok(out)
    }

    /// Modules replaced by folders, with what these require in turn under the main module's replacements.
    fn add_requirements(
        &mut self,
        dir: &Path,
        file: &ModFile,
        seen: &mut Vec<String>,
    ) -> Result<(), String> {
        for (path, r) in &file.replace {
            let is_dir =
                r.new_version.is_empty() && (r.path.starts_with('.') || r.path.starts_with('/'));
            if !is_dir || seen.contains(path) {
                continue;
            }
            seen.push(path.clone());
            let target = crate::load::normalize(&dir.join(&r.path));
            let go = match target.join("go.mod").is_file() {
                true => read_mod(&target)?.go,
                false => {
                    let at = target.display();
                    return Err(format!(
                        "go: {path}: replacement directory {} does not exist or has no go.mod ({at})",
                        r.path
                    ));
                }
            };
            self.modules.push(Module { path: path.clone(), dir: target, go });
        }
        Ok(())
    }

    /// Whether there is a go.mod.
    pub fn has_main(&self) -> bool {
        self.has_main
    }

    /// The folder of a package, and whether it is the standard library's.
    pub fn resolve(&self, path: &str) -> Option<(PathBuf, bool)> {
        let std = self.stdlib.join(path);
        if has_go_files(&std) {
            return Some((std, true));
        }
        if let Some(v) = self.vendor.as_ref().map(|v| v.join(path)).filter(|d| has_go_files(d)) {
            return Some((v, false));
        }
        // The longest module path wins (Go modules reference, "Resolving a package to a module").
        let below = |m: &&Module| {
            path == m.path || path.strip_prefix(m.path.as_str()).is_some_and(|r| r.starts_with('/'))
        };
        let mut candidates: Vec<&Module> = self.modules.iter().filter(below).collect();
        candidates.sort_by_key(|m| std::cmp::Reverse(m.path.len()));
        candidates
            .iter()
            .map(|m| m.dir.join(path[m.path.len()..].trim_start_matches('/')))
            .find(|d| d.is_dir())
            .map(|d| (d, false))
    }

    /// The import path of a folder, if a module holds it.
    pub fn path_of(&self, dir: &Path) -> Option<String> {
        if let Ok(rest) = dir.strip_prefix(&self.stdlib) {
            return Some(rest.display().to_string());
        }
        let m = self
            .modules
            .iter()
            .filter(|m| dir.starts_with(&m.dir))
            .max_by_key(|m| m.dir.as_os_str().len())?;
        let rest = dir.strip_prefix(&m.dir).ok()?;
        match rest.as_os_str().is_empty() {
            true => Some(m.path.clone()),
            false => Some(format!("{}/{}", m.path, rest.display())),
        }
    }

    /// The language version that the module of a folder asks for.
    pub fn go_version_of(&self, dir: &Path) -> Option<(u32, u32)> {
        let m = self
            .modules
            .iter()
            .filter(|m| dir.starts_with(&m.dir))
            .max_by_key(|m| m.dir.as_os_str().len())?;
        m.go
    }
}

fn read_mod(dir: &Path) -> Result<ModFile, String> {
    let path = dir.join("go.mod");
    let text = std::fs::read_to_string(&path)
        .map_err(|e| format!("open {}: {}", path.display(), crate::load::os_error(&e)))?;
    modfile::parse(&text).map_err(|e| match e.line {
        0 => format!("go: error reading go.mod: {}", e.message),
        n => format!("go: errors parsing go.mod:\ngo.mod:{n}: {}", e.message),
    })
}

fn has_go_files(dir: &Path) -> bool {
    std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .any(|e| e.file_name().to_string_lossy().ends_with(".go"))
}
