//! Objects and the runtime library in, an executable out, by lld (or the system's C compiler as linker driver).

use crate::race::{self, Parts};
use crate::root::Root;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the link step needs to know.
#[derive(Debug)]
pub struct LinkJob<'a> {
    pub objects: &'a [PathBuf],
    pub output: &'a Path,
    pub root: &'a Root,
    pub static_exe: bool,
    /// `-ldflags=-s`: no symbols, no debug information. `-w`: no debug information.
    pub strip_all: bool,
    pub strip_debug: bool,
    /// With the race detector.
    pub race: Option<Parts>,
}

/// Folders in which C start-up objects and libraries lie on Debian-like and Fedora-like systems.
const LIB_DIRS: &[&str] =
    &["/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64"];

/// Names of lld, the version that belongs to our LLVM first.
const LLDS: &[&str] = &["ld.lld-22", "/usr/lib/llvm-22/bin/ld.lld", "ld.lld"];

impl LinkJob<'_> {
    /// The command that links: lld itself where it and the system's C library are found, else `cc`.
    /// The error is a message for the user.
    pub fn command(&self) -> Result<Command, String> {
        let cc =
            find_program("cc").or_else(|| find_program("gcc")).or_else(|| find_program("clang"));
        self.command_of(LLDS.iter().find_map(|n| find_program(n)), cc)
    }

    /// The same, from the programs that were found.
    fn command_of(&self, lld: Option<PathBuf>, cc: Option<PathBuf>) -> Result<Command, String> {
        match (lld, self.lld_args(), cc) {
            (Some(lld), Some(args), _) => {
                let mut c = Command::new(lld);
                c.args(args);
                Ok(c)
            }
            (_, _, Some(cc)) => {
                let mut c = Command::new(cc);
                c.args(self.cc_args());
                Ok(c)
            }
            _ => Err(
                "no linker found: install lld-22 (Debian: apt-get install lld-22) or a C compiler"
                    .into(),
            ),
        }
    }

    fn lld_args(&self) -> Option<Vec<OsString>> {
        let dir = LIB_DIRS.iter().map(Path::new).find(|d| d.join("crt1.o").is_file())?;
        let gcc = gcc_dir()?;
        let mut a: Vec<OsString> =
            vec!["-m".into(), "elf_x86_64".into(), "-o".into(), self.output.into()];
        if self.static_exe {
            a.push("-static".into());
        } else {
            a.extend(["-dynamic-linker".into(), "/lib64/ld-linux-x86-64.so.2".into()]);
        }
        // A full disk is an error of write(2), not a fault in mapped memory.
        a.push("--no-mmap-output-file".into());
        a.extend(COMMON.iter().map(Into::into));
        a.extend(self.strip_flags().map(Into::into));
        let begin = if self.static_exe { "crtbeginT.o" } else { "crtbegin.o" };
        a.extend([dir.join("crt1.o").into(), dir.join("crti.o").into(), gcc.join(begin).into()]);
        a.extend([prefixed("-L", &gcc), prefixed("-L", dir)]);
        a.extend(self.objects.iter().map(Into::into));
        a.extend(self.runtime());
        a.extend(self.wraps().map(Into::into));
        a.extend(
            ["--start-group", "-lgcc", "-lgcc_eh", "-lc", "-lm", "--end-group"].map(Into::into),
        );
        a.extend([gcc.join("crtend.o").into(), dir.join("crtn.o").into()]);
        Some(a)
    }

    fn cc_args(&self) -> Vec<OsString> {
        let mut a: Vec<OsString> = vec!["-no-pie".into(), "-o".into(), self.output.into()];
        if self.static_exe {
            a.push("-static".into());
        }
        a.extend(COMMON.iter().map(|f| format!("-Wl,{}", f.replace(' ', ",")).into()));
        a.extend(self.strip_flags().map(|f| format!("-Wl,{f}").into()));
        a.extend(self.objects.iter().map(Into::into));
        a.extend(self.runtime());
        a.extend(self.wraps().map(|f| format!("-Wl,{f}").into()));
        a.extend(["-lm", "-lpthread", "-ldl"].map(Into::into));
        a
    }

    /// The runtime library, or that of the race detector and the sanitizer's.
    fn runtime(&self) -> Vec<OsString> {
        match &self.race {
            Some(parts) => vec![parts.runtime.clone().into(), parts.sanitizer.clone().into()],
            None => vec![self.root.runtime.clone().into()],
        }
    }

    /// What the race detector's library stands in front of.
    fn wraps(&self) -> impl Iterator<Item = String> {
        self.race.iter().flat_map(|_| race::WRAPPED).map(|name| format!("--wrap={name}"))
    }

    fn strip_flags(&self) -> impl Iterator<Item = &'static str> {
        let flag = match (self.strip_all, self.strip_debug) {
            (true, _) => Some("--strip-all"),
            (_, true) => Some("--strip-debug"),
            _ => None,
        };
        flag.into_iter()
    }
}

/// Flags of every link. `-z now`: no lazy binding on goroutine stacks. Weak symbols that nobody defines are null. `--gc-sections`: nothing unreachable.
const COMMON: &[&str] = &[
    "--gc-sections",
    "--eh-frame-hdr",
    "--hash-style=gnu",
    "--build-id=none",
    "-znow",
    "-znodynamic-undefined-weak",
    "-zrelro",
    "-znoexecstack",
];

fn prefixed(flag: &str, path: &Path) -> OsString {
    let mut s = OsString::from(flag);
    s.push(path);
    s
}

/// The newest gcc's folder with crtbegin.o and libgcc.
fn gcc_dir() -> Option<PathBuf> {
    let bases = [
        "/usr/lib/gcc/x86_64-linux-gnu",
        "/usr/lib/gcc/x86_64-redhat-linux",
        "/usr/lib/gcc/x86_64-pc-linux-gnu",
    ];
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for base in bases {
        for e in std::fs::read_dir(base).into_iter().flatten().flatten() {
            let name = e.file_name().to_string_lossy().into_owned();
            let version = name.split('.').next().and_then(|n| n.parse().ok());
            if let (Some(v), true) = (version, e.path().join("crtbegin.o").is_file()) {
                found.push((v, e.path()));
            }
        }
    }
    found.into_iter().max().map(|(_, p)| p)
}

/// Looks a program up in PATH (or takes an absolute name as it is).
pub fn find_program(name: &str) -> Option<PathBuf> {
    if name.starts_with('/') {
        return Path::new(name).is_file().then(|| name.into());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|d| d.join(name)).find(|p| p.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_linker_the_user_is_told_what_to_install() {
        let place = |name: &str| PathBuf::from(name);
        let root = Root { dir: place("/r"), stdlib: place("/r/stdlib"), runtime: place("/r/rt.a") };
        let (objects, output) = ([place("a.o")], place("out"));
        let (static_exe, strip_all, strip_debug) = (false, false, false);
        let job = LinkJob {
            objects: &objects,
            output: &output,
            root: &root,
            static_exe,
            strip_all,
            strip_debug,
            race: None,
        };
        let error = job.command_of(None, None).expect_err("there is nothing to link with");
        assert!(error.contains("no linker found") && error.contains("install"), "{error}");
        let command = job.command_of(None, Some(place("/usr/bin/cc"))).expect("cc will do");
        assert_eq!(command.get_program(), "/usr/bin/cc");
    }
}
