//! The content-addressed build cache: `<dir>/<first two hex digits>/<key>.<kind>`.
//!
//! A key is a hash of everything that an entry depends on, so entries are never updated, only added; concurrent
//! builds may write the same one. A cache that cannot be written makes builds slower, not wrong.
//! An installation may hold entries of its own, which are only read: the library's, compiled by `make install`.

use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Collects what a cached thing depends on.
#[derive(Clone, Default)]
pub struct KeyBuilder(Sha256);

impl KeyBuilder {
    pub fn new() -> KeyBuilder {
        KeyBuilder::default()
    }

    /// Adds a field; its length keeps neighbours apart.
    pub fn with(mut self, bytes: &[u8]) -> KeyBuilder {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    pub fn finish(self) -> String {
        self.0.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// A cache folder, and one that is only read.
#[derive(Clone, Debug)]
pub struct Cache {
    dir: PathBuf,
    prebuilt: Option<PathBuf>,
}

impl Cache {
    pub fn new(dir: PathBuf) -> Cache {
        Cache { dir, prebuilt: None }
    }

    /// Finds entries of `prebuilt`, too.
    pub fn with_prebuilt(self, prebuilt: PathBuf) -> Cache {
        Cache { prebuilt: Some(prebuilt), ..self }
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where the entry is, whether it exists or not.
    fn path(dir: &Path, key: &str, kind: &str) -> PathBuf {
        dir.join(&key[..2]).join(format!("{key}.{kind}"))
    }

    /// The entry's path if it is there.
    pub fn lookup(&self, key: &str, kind: &str) -> Option<PathBuf> {
        let dirs = [Some(&self.dir), self.prebuilt.as_ref()];
        dirs.into_iter().flatten().map(|d| Cache::path(d, key, kind)).find(|p| p.is_file())
    }

    /// Stores an entry whole or not at all; returns its path.
    pub fn store(&self, key: &str, kind: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
        let path = Cache::path(&self.dir, key, kind);
        let dir = path.parent().unwrap_or(&self.dir);
        std::fs::create_dir_all(dir)?;
        let mut tmp = tempfile::NamedTempFile::new_in(dir)?;
        tmp.write_all(bytes)?;
        tmp.persist(&path).map_err(|e| e.error)?;
        Ok(path)
    }

    /// `gosubc clean -cache`.
    pub fn clean(&self) -> std::io::Result<()> {
        match std::fs::remove_dir_all(&self.dir) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
            r => r,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_and_finds() {
        let tmp = tempfile::tempdir().unwrap();
        let c = Cache::new(tmp.path().join("c"));
        let key = KeyBuilder::new().with(b"a").with(b"b").finish();
        assert_ne!(key, KeyBuilder::new().with(b"ab").with(b"").finish());
        assert!(c.lookup(&key, "o").is_none());
        let p = c.store(&key, "o", b"x").unwrap();
        assert_eq!(c.lookup(&key, "o"), Some(p.clone()));
        let other = Cache::new(tmp.path().join("d")).with_prebuilt(tmp.path().join("c"));
        assert_eq!(other.lookup(&key, "o"), Some(p));
        other.clean().unwrap();
        c.clean().unwrap();
        assert!(c.lookup(&key, "o").is_none());
        c.clean().unwrap();
    }
}
