//! The module cache that the go command fills, and the checksums of go.sum (Go modules reference, "Module cache",
//! "go.sum files"). Nothing is downloaded.

use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A module cache folder: GOMODCACHE.
#[derive(Clone, Debug)]
pub struct ModCache {
    pub dir: PathBuf,
}

/// Upper-case letters as `!` and the lower-case one, for file systems that don't know the difference.
fn escape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii_uppercase() {
            out.push('!');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

impl ModCache {
    /// The folder of a module's files.
    pub fn module_dir(&self, path: &str, version: &str) -> PathBuf {
        self.dir.join(format!("{}@{}", escape(path), escape(version)))
    }

    fn download(&self, path: &str, version: &str, ext: &str) -> PathBuf {
        let dir = self.dir.join("cache/download").join(escape(path)).join("@v");
        dir.join(format!("{}.{ext}", escape(version)))
    }

    /// The text of a module's go.mod; a module without one has the line that the go command makes up for it.
    pub fn go_mod(&self, path: &str, version: &str) -> Option<String> {
        let text = std::fs::read_to_string(self.download(path, version, "mod")).ok();
        text.or_else(|| {
            let dir = self.module_dir(path, version);
            let file = std::fs::read_to_string(dir.join("go.mod")).ok();
            file.or_else(|| dir.is_dir().then(|| format!("module {path}\n")))
        })
    }

    /// The hash of a module's files: as noted when it was unpacked, or computed.
    fn files_hash(&self, path: &str, version: &str) -> Option<String> {
        let noted = std::fs::read_to_string(self.download(path, version, "ziphash")).ok();
        noted.map(|h| h.trim().to_string()).or_else(|| {
            let dir = self.module_dir(path, version);
            let mut files = Vec::new();
            list_files(&dir, &dir, &mut files)?;
            Some(hash1(
                files
                    .into_iter()
                    .map(|(name, data)| (format!("{path}@{version}/{name}"), data))
                    .collect(),
            ))
        })
    }
}

fn list_files(base: &Path, dir: &Path, out: &mut Vec<(String, Vec<u8>)>) -> Option<()> {
    for e in std::fs::read_dir(dir).ok()?.flatten() {
        let path = e.path();
        if e.file_type().ok()?.is_dir() {
            list_files(base, &path, out)?;
        } else {
            let name = path.strip_prefix(base).ok()?.to_str()?.to_string();
            out.push((name, std::fs::read(&path).ok()?));
        }
    }
    Some(())
}

/// The `h1:` hash of a list of files: SHA-256 of the sorted lines of their hashes and names.
fn hash1(mut files: Vec<(String, Vec<u8>)>) -> String {
    files.sort();
    let mut all = Sha256::new();
    for (name, data) in files {
        let hex: String = Sha256::digest(&data).iter().map(|b| format!("{b:02x}")).collect();
        all.update(format!("{hex}  {name}\n"));
    }
    format!("h1:{}", base64(&all.finalize()))
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let n = group.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        for i in 0..4 {
            match i <= group.len() {
                true => out.push(ALPHABET[(n >> (18 - 6 * i)) as usize & 63] as char),
                false => out.push('='),
            }
        }
    }
    out
}

/// go.sum (and go.work.sum): (module, version, or version and `/go.mod`) -> hash.
#[derive(Debug, Default)]
pub struct GoSum(HashMap<(String, String), String>);

impl GoSum {
    /// Adds a file; one that doesn't exist is empty.
    pub fn add(&mut self, path: &Path) -> Result<(), String> {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        for (i, line) in text.lines().enumerate() {
            match line.split_whitespace().collect::<Vec<_>>()[..] {
                [] => {}
                [module, version, hash] => {
                    self.0.insert((module.to_string(), version.to_string()), hash.to_string());
                }
                ref words => {
                    let (at, n) = (path.display(), words.len());
                    return Err(format!(
                        "malformed go.sum:\n{at}:{}: wrong number of fields {n}",
                        i + 1
                    ));
                }
            }
        }
        Ok(())
    }

    fn get(&self, module: &str, version: &str) -> Option<&String> {
        self.0.get(&(module.to_string(), version.to_string()))
    }

    /// Checks the files of a module; the error is a message for the user.
    pub fn check_files(
        &self,
        cache: &ModCache,
        module: &str,
        version: &str,
        package: &str,
    ) -> Result<(), String> {
        let Some(want) = self.get(module, version) else {
            return Err(format!(
                "missing go.sum entry for module providing package {package}; to add:\n\tgo mod download {module}"
            ));
        };
        let Some(got) = cache.files_hash(module, version) else { return Ok(()) };
        mismatch(module, version, &got, want)
    }

    /// Checks a module's go.mod.
    pub fn check_mod(&self, module: &str, version: &str, text: &str) -> Result<(), String> {
        let Some(want) = self.get(module, &format!("{version}/go.mod")) else {
            return Err(format!(
                "missing go.sum entry for go.mod file; to add it:\n\tgo mod download {module}"
            ));
        };
        let got = hash1(vec![("go.mod".into(), text.as_bytes().to_vec())]);
        mismatch(module, &format!("{version}/go.mod"), &got, want)
    }
}

fn mismatch(module: &str, version: &str, got: &str, want: &str) -> Result<(), String> {
    if got == want || !want.starts_with("h1:") {
        return Ok(()); // hashes of kinds that are not known say nothing
    }
    Err(format!(
        "verifying {module}@{version}: checksum mismatch\n\tdownloaded: {got}\n\tgo.sum:     {want}\n\nSECURITY ERROR\nThe module in the cache is not the one that go.sum was written for."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes() {
        assert_eq!(base64(b"a"), "YQ==");
        assert_eq!(base64(b"abc"), "YWJj");
        assert_eq!(escape("github.com/BurntSushi/toml"), "github.com/!burnt!sushi/toml");
        // golang.org/x/xerrors v0.0.0-20200804184101-5ec99f83aff1/go.mod, as go.sum files have it.
        let text = "module golang.org/x/xerrors\n\ngo 1.11\n";
        let hash = hash1(vec![("go.mod".into(), text.as_bytes().to_vec())]);
        assert_eq!(hash, "h1:I/5z698sn9Ka8TeJc9MKroUUfqBBauWjQqLJ2OPfmY0=");
    }

    #[test]
    fn sums_must_match() {
        let tmp = tempfile::tempdir().unwrap();
        let cache = ModCache { dir: tmp.path().to_path_buf() };
        std::fs::create_dir_all(cache.module_dir("ex.org/v", "v1.0.0")).unwrap();
        std::fs::write(cache.module_dir("ex.org/v", "v1.0.0").join("v.go"), "package v\n").unwrap();
        assert_eq!(cache.go_mod("ex.org/v", "v1.0.0").unwrap(), "module ex.org/v\n");
        let hash = cache.files_hash("ex.org/v", "v1.0.0").unwrap();
        let sum = tmp.path().join("go.sum");
        std::fs::write(&sum, format!("ex.org/v v1.0.0 {hash}\n")).unwrap();
        let mut sums = GoSum::default();
        sums.add(&sum).unwrap();
        assert_eq!(sums.check_files(&cache, "ex.org/v", "v1.0.0", "ex.org/v"), Ok(()));
        assert!(
            sums.check_files(&cache, "ex.org/w", "v1.0.0", "ex.org/w")
                .unwrap_err()
                .contains("missing go.sum entry")
        );
        std::fs::write(cache.module_dir("ex.org/v", "v1.0.0").join("v.go"), "package w\n").unwrap();
        assert!(
            sums.check_files(&cache, "ex.org/v", "v1.0.0", "ex.org/v")
                .unwrap_err()
                .contains("checksum mismatch")
        );
    }
}
