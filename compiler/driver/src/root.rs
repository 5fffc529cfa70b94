//! Where gosubc's own parts lie: the standard library's source and the runtime library.
//!
//! Three layouts are known: GOSUBCROOT, the build tree (`target/release/gosubc` with `stdlib/` beside `target/`),
//! and an installed prefix (`bin/gosubc` with `lib/gosubc/`).

use std::path::{Path, PathBuf};

/// The parts of an installation.
#[derive(Clone, Debug)]
pub struct Root {
    /// What `gosubc env GOSUBCROOT` prints.
    pub dir: PathBuf,
    /// Folder of the standard library, by import path.
    pub stdlib: PathBuf,
    /// The runtime's static library.
    pub runtime: PathBuf,
}

const RUNTIME: &str = "libgosubc_runtime.a";

impl Root {
    /// Finds the installation that `exe` belongs to; `env_root` is the value of GOSUBCROOT.
    /// The error is a message for the user.
    pub fn find(exe: &Path, env_root: Option<&Path>) -> Result<Root, String> {
        if let Some(dir) = env_root {
            return Root::at(dir).ok_or_else(|| {
                format!("GOSUBCROOT={} has no stdlib folder and {RUNTIME}", dir.display())
            });
        }
        let exe = exe.canonicalize().unwrap_or_else(|_| exe.to_path_buf());
        for dir in exe.ancestors().skip(1).take(5) {
            for candidate in [dir.to_path_buf(), dir.join("lib/gosubc")] {
                if let Some(root) = Root::at(&candidate) {
                    return Ok(root);
                }
            }
        }
        Err(format!(
            "cannot find the standard library and {RUNTIME} near {}; set GOSUBCROOT",
            exe.display()
        ))
    }

    /// Where an installation has its compiled library, if it has one: a cache folder that is only read.
    pub fn prebuilt(&self) -> PathBuf {
        self.dir.join("prebuilt")
    }

    fn at(dir: &Path) -> Option<Root> {
        let stdlib = dir.join("stdlib");
        if !stdlib.join("runtime").is_dir() {
            return None;
        }
        let places = ["", "lib", "target/runtime"];
        let runtime = places.iter().map(|p| dir.join(p).join(RUNTIME)).find(|p| p.is_file())?;
        Some(Root { dir: dir.to_path_buf(), stdlib, runtime })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn finds_build_tree_prefix_and_variable() {
        let tmp = tempfile::tempdir().unwrap();
        let t = tmp.path().canonicalize().unwrap();
        for d in ["tree/stdlib/runtime", "tree/target/runtime", "tree/target/release"] {
            fs::create_dir_all(t.join(d)).unwrap();
        }
        fs::write(t.join("tree/target/runtime").join(RUNTIME), "").unwrap();
        let found = Root::find(&t.join("tree/target/release/gosubc"), None).unwrap();
        assert_eq!(found.dir, t.join("tree"));
        fs::create_dir_all(t.join("usr/lib/gosubc/stdlib/runtime")).unwrap();
        fs::write(t.join("usr/lib/gosubc").join(RUNTIME), "").unwrap();
        let found = Root::find(&t.join("usr/bin/gosubc"), None).unwrap();
        assert_eq!(found.stdlib, t.join("usr/lib/gosubc/stdlib"));
        assert!(Root::find(&t.join("x/gosubc"), Some(&t.join("nowhere"))).is_err());
    }
}
