//! Writing results: whole or not at all, and never in place of what isn't a regular file.

use crate::load::os_error;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A result that is first written beside its place and then moved there.
#[derive(Debug)]
pub struct PendingFile {
    temp: tempfile::TempPath,
    target: PathBuf,
    /// The target exists and is a device, pipe or the like: it gets the bytes, and stays what it is.
    write_through: bool,
}

impl PendingFile {
    /// Prepares a temporary file beside `target`. The error is a message for the user.
    pub fn new(target: &Path) -> Result<PendingFile, String> {
        let say = |e: std::io::Error| format!("open {}: {}", target.display(), os_error(&e));
        let meta = std::fs::metadata(target);
        if meta.as_ref().is_ok_and(|m| m.is_dir()) {
            return Err(format!(
                "build output \"{}\" already exists and is a directory",
                target.display()
            ));
        }
        let write_through = meta.is_ok_and(|m| !m.is_file());
        let temp = if write_through {
            tempfile::NamedTempFile::new()
        } else {
            let dir =
                target.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
            tempfile::NamedTempFile::new_in(dir)
        };
        let temp = temp.map_err(say)?.into_temp_path();
        Ok(PendingFile { temp, target: target.to_path_buf(), write_through })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        &self.temp
    }

    /// Moves the file to its place, executable if asked.
    pub fn commit(self, executable: bool) -> Result<(), String> {
        use std::os::unix::fs::PermissionsExt;
        let target = self.target;
        let say = |e: std::io::Error| format!("open {}: {}", target.display(), os_error(&e));
        if self.write_through {
            let bytes = std::fs::read(&self.temp).map_err(say)?;
            let mut f = std::fs::OpenOptions::new().write(true).open(&target).map_err(say)?;
            return f
                .write_all(&bytes)
                .map_err(|e| format!("write {}: {}", target.display(), os_error(&e)));
        }
        // The mode that a newly created file would get.
        let mask = current_umask();
        let mode = if executable { 0o777 } else { 0o666 } & !mask;
        std::fs::set_permissions(&self.temp, std::fs::Permissions::from_mode(mode)).map_err(say)?;
        self.temp.persist(&target).map_err(|e| say(e.error))
    }
}

fn current_umask() -> u32 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("Umask:"));
    line.and_then(|l| u32::from_str_radix(l.trim(), 8).ok()).unwrap_or(0o022)
}

/// Writes bytes to a file whole or not at all.
pub fn write_whole(target: &Path, bytes: &[u8], executable: bool) -> Result<(), String> {
    let pending = PendingFile::new(target)?;
    std::fs::write(pending.path(), bytes)
        .map_err(|e| format!("write {}: {}", target.display(), os_error(&e)))?;
    pending.commit(executable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_stay_devices() {
        write_whole(Path::new("/dev/null"), b"x", true).unwrap();
        assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
    }

    #[test]
    fn a_failed_write_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        drop(PendingFile::new(&target).unwrap());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        assert!(PendingFile::new(dir.path()).unwrap_err().contains("is a directory"));
        write_whole(&target, b"x", true).unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"x");
    }
}
