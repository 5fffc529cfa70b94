//! What folders hold, each read once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A folder's entries, sorted.
#[derive(Debug)]
pub struct Folder {
    /// Names of what is no folder, links followed.
    pub files: Vec<String>,
    /// Names of folders, without links to folders.
    pub folders: Vec<String>,
}

/// The folders that were asked for.
#[derive(Debug, Default)]
pub struct Folders {
    read: RefCell<HashMap<PathBuf, Rc<io::Result<Folder>>>>,
}

impl Folders {
    pub fn get(&self, dir: &Path) -> Rc<io::Result<Folder>> {
        if let Some(known) = self.read.borrow().get(dir) {
            return known.clone();
        }
        let folder = Rc::new(Folder::read(dir));
        self.read.borrow_mut().insert(dir.to_path_buf(), folder.clone());
        folder
    }

    /// Whether there is a file with this name.
    pub fn has_file(&self, dir: &Path, name: &str) -> bool {
        let has = |f: &Folder| f.files.binary_search_by(|n| n.as_str().cmp(name)).is_ok();
        self.get(dir).as_ref().as_ref().is_ok_and(has)
    }

    pub fn has_go_files(&self, dir: &Path) -> bool {
        let has = |f: &Folder| f.files.iter().any(|n| n.ends_with(".go"));
        self.get(dir).as_ref().as_ref().is_ok_and(has)
    }
}

impl Folder {
    fn read(dir: &Path) -> io::Result<Folder> {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for e in std::fs::read_dir(dir)?.flatten() {
            let name = e.file_name().to_string_lossy().into_owned();
            // The type is part of the entry; only links are looked at themselves.
            match e.file_type() {
                Ok(t) if t.is_dir() => folders.push(name),
                Ok(t) if t.is_symlink() && e.path().is_dir() => {}
                _ => files.push(name),
            }
        }
        files.sort();
        folders.sort();
        Ok(Folder { files, folders })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn links_are_what_they_lead_to() {
        let tmp = tempfile::tempdir().unwrap();
        let t = tmp.path();
        fs::create_dir(t.join("d.go")).unwrap();
        fs::write(t.join("b"), "").unwrap();
        std::os::unix::fs::symlink(t.join("b"), t.join("a.go")).unwrap();
        std::os::unix::fs::symlink(t.join("d.go"), t.join("e.go")).unwrap();
        let folders = Folders::default();
        let folder = folders.get(t);
        let folder = folder.as_ref().as_ref().unwrap();
        assert_eq!(folder.files, ["a.go", "b"]);
        assert_eq!(folder.folders, ["d.go"]);
        assert!(folders.has_file(t, "b") && !folders.has_file(t, "d.go"));
        assert!(folders.has_go_files(t) && !folders.has_go_files(&t.join("d.go")));
        assert!(folders.get(&t.join("b")).is_err());
    }
}
