//! Import paths to folders: the standard library, main modules (one, or those of go.work), replaced modules, vendor/,
//! the module cache.

use crate::folders::Folders;
use crate::load::{normalize, os_error};
use crate::modcache::{GoSum, ModCache};
use crate::modfile::{self, ModFile};
use crate::modgraph::{self, Replacements, Roots, is_folder, replacement};
use crate::root::Root;
use std::path::{Path, PathBuf};

/// What the environment and flags say about modules.
#[derive(Clone, Debug, Default)]
pub struct ModOptions {
    /// GOMODCACHE
    pub cache: PathBuf,
    /// GOWORK: `off`, a file, or empty to look for one.
    pub work: String,
    /// `-mod=mod`, `-mod=readonly`: vendor/ is not looked at.
    pub ignore_vendor: bool,
}

/// A module whose packages can be imported.
#[derive(Debug)]
struct Module {
    path: String,
    dir: PathBuf,
    go: Option<(u32, u32)>,
    main: bool,
    /// Module and version in the cache, for modules from there.
    cached: Option<(String, String)>,
}

/// A module in vendor/modules.txt.
#[derive(Debug)]
struct Vendored {
    path: String,
    version: String,
    explicit: bool,
    go: Option<(u32, u32)>,
    packages: Vec<String>,
}

/// All modules of a build.
#[derive(Debug)]
pub struct Modules {
    stdlib: PathBuf,
    modules: Vec<Module>,
    vendor: Option<(PathBuf, Vec<Vendored>)>,
    cache: ModCache,
    sums: GoSum,
    /// What is in folders of packages.
    folders: Folders,
    has_main: bool,
    /// The library is the one that the working directory is in.
    source_tree: bool,
}

/// The modules that Go's own source consists of: the library and, in a folder of it, the commands.
const OWN_MODULES: [&str; 2] = ["std", "cmd"];

impl Modules {
    /// Looks for go.mod and go.work in `cwd` and above. With `checking`, no program is made, so that Go's own source can
    /// stand for itself. The error is a message for the user.
    pub fn find(
        cwd: &Path,
        root: &Root,
        opts: &ModOptions,
        checking: bool,
    ) -> Result<Modules, String> {
        let mut out = Modules {
            stdlib: root.stdlib.clone(),
            modules: Vec::new(),
            vendor: None,
            cache: ModCache { dir: opts.cache.clone() },
            sums: GoSum::default(),
            folders: Folders::default(),
            has_main: false,
            source_tree: false,
        };
        let dir = cwd.ancestors().find(|d| d.join("go.mod").is_file());
        let work = find_work(cwd, &opts.work);
        // The replacements' folders are relative to the file that names them.
        let (mains, replace, base) = match (&work, dir) {
            (Some(file), _) => {
                let (mains, replace) = workspace(file, dir)?;
                out.sums.add(&file.with_extension("work.sum"))?;
                (mains, replace, file.parent().unwrap_or(cwd).to_path_buf())
            }
            (None, Some(dir)) => {
                let file = read_mod(dir)?;
                if checking && OWN_MODULES.contains(&file.module.as_str()) {
                    // Go's own source: its imports mean the tree itself.
                    let library = if file.module == "std" { Some(dir) } else { dir.parent() };
                    out.stdlib = library.unwrap_or(dir).to_path_buf();
                    (out.has_main, out.source_tree) = (true, true);
                    return Ok(out);
                }
                let replace = file.replace.clone();
                (vec![(dir.to_path_buf(), file)], replace, dir.to_path_buf())
            }
            (None, None) => return Ok(out),
        };
        out.has_main = true;
        for (dir, file) in &mains {
            out.sums.add(&dir.join("go.sum"))?;
            let (path, go) = (file.module.clone(), file.go.or(Some((1, 16))));
            out.modules.push(Module { path, dir: dir.clone(), go, main: true, cached: None });
        }
        if let (None, [(dir, file)], false) = (&work, &mains[..], opts.ignore_vendor) {
            let vendor = dir.join("vendor");
            if vendor.is_dir() && file.go.is_none_or(|v| v >= (1, 14)) {
                let list = read_vendor(&vendor, dir, file)?;
                out.vendor = Some((vendor, list));
                return Ok(out);
            }
        }
        let files: Vec<ModFile> = mains.into_iter().map(|(_, f)| f).collect();
        out.add_requirements(&files, &replace, &base)?;
        Ok(out)
    }

    /// The modules that the main ones need, each in one version.
    fn add_requirements(
        &mut self,
        mains: &[ModFile],
        replace: &Replacements,
        base: &Path,
    ) -> Result<(), String> {
        let read_dir = |dir: &str| {
            let target = normalize(&base.join(dir));
            match target.join("go.mod").is_file() {
                true => read_mod(&target),
                false => Err(format!(
                    "go: replacement directory {dir} does not exist or has no go.mod ({})",
                    target.display()
                )),
            }
        };
        let roots =
            Roots { mains, replace, cache: &self.cache, sums: &self.sums, read_dir: &read_dir };
        let selected = modgraph::select(&roots)?;
        for (path, s) in &selected {
            let (dir, cached) = match replacement(replace, path, &s.version) {
                Some(r) if is_folder(r) => (normalize(&base.join(&r.path)), None),
                Some(r) => (
                    self.cache.module_dir(&r.path, &r.new_version),
                    Some((r.path.clone(), r.new_version.clone())),
                ),
                None => (
                    self.cache.module_dir(path, &s.version),
                    Some((path.clone(), s.version.clone())),
                ),
            };
            let go = s.go.or(Some((1, 16)));
            self.modules.push(Module { path: path.clone(), dir, go, main: false, cached });
        }
        // Folders that replace modules which nothing requires in a version: the go command asks for a requirement, but a
        // replaced folder is as good as one.
        for (path, list) in replace {
            let Some(r) = list.iter().find(|r| is_folder(r)) else { continue };
            if selected.contains_key(path) || self.modules.iter().any(|m| m.path == *path) {
                continue;
            }
            let go =
                read_dir(&r.path).map_err(|e| e.replacen("go: ", &format!("go: {path}: "), 1))?.go;
            let dir = normalize(&base.join(&r.path));
            self.modules.push(Module { path: path.clone(), dir, go, main: false, cached: None });
        }
        Ok(())
    }

    /// Whether there is a go.mod or go.work.
    pub fn has_main(&self) -> bool {
        self.has_main
    }

    /// The folders of the main modules.
    pub fn main_dirs(&self) -> impl Iterator<Item = &Path> {
        self.modules.iter().filter(|m| m.main).map(|m| m.dir.as_path())
    }

    /// Where the standard library is.
    pub fn stdlib(&self) -> &Path {
        &self.stdlib
    }

    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Whether the working directory is in a tree of Go's own source, which then is the standard library.
    pub fn is_source_tree(&self) -> bool {
        self.source_tree
    }

    /// The path of a package that Go's own source imports as `path`: what the tree has from elsewhere is in `vendor/`,
    /// which is part of such a package's path.
    pub fn path_in_tree(&self, path: &str, importer: &Path) -> Option<String> {
        let elsewhere = path.split('/').next().is_some_and(|first| first.contains('.'));
        if !self.source_tree || !elsewhere {
            return None;
        }
        let vendor = match importer.starts_with(self.stdlib.join("cmd")) {
            true => "cmd/vendor",
            false => "vendor",
        };
        Some(format!("{vendor}/{path}"))
    }

    /// The folder of a package, and whether it is the standard library's. The error is a message for the user.
    pub fn resolve(&self, path: &str) -> Result<Option<(PathBuf, bool)>, String> {
        let std = self.stdlib.join(path);
        if self.folders.has_go_files(&std) {
            return Ok(Some((std, true)));
        }
        if let Some(v) =
            self.vendor.as_ref().map(|v| v.0.join(path)).filter(|d| self.folders.has_go_files(d))
        {
            return Ok(Some((v, false)));
        }
        // The longest module path wins (Go modules reference, "Resolving a package to a module").
        let below = |m: &&Module| {
            path == m.path || path.strip_prefix(m.path.as_str()).is_some_and(|r| r.starts_with('/'))
        };
        let mut candidates: Vec<&Module> = self.modules.iter().filter(below).collect();
        candidates.sort_by_key(|m| std::cmp::Reverse(m.path.len()));
        for m in candidates {
            let Some((module, version)) = &m.cached else {
                let dir = m.dir.join(path[m.path.len()..].trim_start_matches('/'));
                if dir.is_dir() {
                    return Ok(Some((dir, false)));
                }
                continue;
            };
            if !m.dir.is_dir() {
                return Err(modgraph::not_in_cache(&self.cache, module, version));
            }
            let dir = m.dir.join(path[m.path.len()..].trim_start_matches('/'));
            if self.folders.has_go_files(&dir) {
                self.sums.check_files(&self.cache, module, version, path)?;
                return Ok(Some((dir, false)));
            }
        }
        Ok(None)
    }

    /// Why a package of another module was not found, where more can be said than that.
    pub fn missing_text(&self, path: &str) -> Option<String> {
        if self.vendor.is_some() {
            return Some(format!(
                "cannot find module providing package {path}: import lookup disabled by -mod=vendor"
            ));
        }
        let m = self.modules.iter().filter(|m| !m.main).find(|m| {
            path == m.path || path.strip_prefix(m.path.as_str()).is_some_and(|r| r.starts_with('/'))
        })?;
        let version = m.cached.as_ref().map_or(String::new(), |(_, v)| format!("@{v}"));
        Some(format!("module {}{version} found, but does not contain package {path}", m.path))
    }

    /// The module that holds a folder.
    fn module_of(&self, dir: &Path) -> Option<&Module> {
        self.modules
            .iter()
            .filter(|m| dir.starts_with(&m.dir))
            .max_by_key(|m| m.dir.as_os_str().len())
    }

    /// The import path of a folder, if a module holds it.
    pub fn path_of(&self, dir: &Path) -> Option<String> {
        if let Ok(rest) = dir.strip_prefix(&self.stdlib) {
            return Some(rest.display().to_string());
        }
        let m = self.module_of(dir)?;
        let rest = dir.strip_prefix(&m.dir).ok()?;
        match rest.as_os_str().is_empty() {
            true => Some(m.path.clone()),
            false => Some(format!("{}/{}", m.path, rest.display())),
        }
    }

    /// The language version that the module of a folder asks for.
    pub fn go_version_of(&self, dir: &Path) -> Option<(u32, u32)> {
        if let Some((vendor, list)) = &self.vendor
            && let Ok(rest) = dir.strip_prefix(vendor)
        {
            let path = rest.display().to_string();
            let m = list.iter().find(|m| m.packages.contains(&path));
            return Some(m.and_then(|m| m.go).unwrap_or((1, 16)));
        }
        self.module_of(dir)?.go
    }
}

/// The go.work file that applies.
fn find_work(cwd: &Path, work: &str) -> Option<PathBuf> {
    match work {
        "off" => None,
        "" => cwd.ancestors().map(|d| d.join("go.work")).find(|f| f.is_file()),
        file => Some(PathBuf::from(file)),
    }
}

/// Main modules (folder and go.mod) and replacements of a workspace.
type Workspace = (Vec<(PathBuf, ModFile)>, Replacements);

fn workspace(file: &Path, current: Option<&Path>) -> Result<Workspace, String> {
    let base = file.parent().unwrap_or(Path::new("/"));
    let text = std::fs::read_to_string(file)
        .map_err(|e| format!("open {}: {}", file.display(), os_error(&e)))?;
    let work = modfile::parse_work(&text)
        .map_err(|e| format!("go: errors parsing {}:{}: {}", file.display(), e.line, e.message))?;
    let (mut mains, mut replace) = (Vec::new(), work.replace);
    for dir in &work.uses {
        let target = normalize(&base.join(dir));
        if !target.join("go.mod").is_file() {
            return Err(format!(
                "go: cannot load module {dir} listed in go.work file: open {}/go.mod: no such file or directory",
                target.display()
            ));
        }
        let module = read_mod(&target)?;
        for (path, list) in &module.replace {
            for r in list {
                let mut r = r.clone();
                if is_folder(&r) {
                    r.path = normalize(&target.join(&r.path)).display().to_string();
                }
                let known = replace.entry(path.clone()).or_default();
                // go.work's own replacements win.
                if !known.iter().any(|k| k.version == r.version) {
                    known.push(r);
                }
            }
        }
        mains.push((target, module));
    }
    if let Some(current) = current
        && !mains.iter().any(|(d, _)| d == current)
    {
        return Err(
            "current directory is contained in a module that is not one of the workspace modules listed in go.work. You can add the module to the workspace using:\n\tgo work use ."
                .into(),
        );
    }
    Ok((mains, replace))
}

fn read_mod(dir: &Path) -> Result<ModFile, String> {
    let path = dir.join("go.mod");
    let text = std::fs::read_to_string(&path)
        .map_err(|e| format!("open {}: {}", path.display(), os_error(&e)))?;
    modfile::parse(&text).map_err(|e| match e.line {
        0 => format!("go: error reading go.mod: {}", e.message),
        n => format!("go: errors parsing go.mod:\ngo.mod:{n}: {}", e.message),
    })
}

/// vendor/modules.txt, which must agree with go.mod.
fn read_vendor(vendor: &Path, dir: &Path, file: &ModFile) -> Result<Vec<Vendored>, String> {
    let text = std::fs::read_to_string(vendor.join("modules.txt")).unwrap_or_default();
    let mut list: Vec<Vendored> = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("## ") {
            let Some(m) = list.last_mut() else { continue };
            for part in rest.split(';').map(str::trim) {
                m.explicit |= part == "explicit";
                if let Some(v) = part.strip_prefix("go ") {
                    m.go = modfile::parse_version(v);
                }
            }
        } else if let Some(rest) = line.strip_prefix("# ") {
            let mut words = rest.split_whitespace();
            let path = words.next().unwrap_or_default().to_string();
            let version = words.next().filter(|w| *w != "=>").unwrap_or_default().to_string();
            list.push(Vendored { path, version, explicit: false, go: None, packages: Vec::new() });
        } else if let Some(m) = list.last_mut() {
            m.packages.push(line.trim().to_string());
        }
    }
    let mut wrong = String::new();
    for (path, version) in &file.require {
        let found = list.iter().find(|m| m.path == *path && m.version == *version);
        if !found.is_some_and(|m| m.explicit) {
            wrong.push_str(&format!(
                "\t{path}@{version}: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt\n"
            ));
        }
    }
    for m in list.iter().filter(|m| m.explicit && !m.version.is_empty()) {
        if !file.require.iter().any(|(p, v)| *p == m.path && *v == m.version) {
            wrong.push_str(&format!(
                "\t{}@{}: is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod\n",
                m.path, m.version
            ));
        }
    }
    if wrong.is_empty() {
        return Ok(list);
    }
    Err(format!(
        "go: inconsistent vendoring in {}:\n{wrong}\n\tTo ignore the vendor directory, use -mod=readonly or -mod=mod.\n\tTo sync the vendor directory, run:\n\t\tgo mod vendor",
        dir.display()
    ))
}
