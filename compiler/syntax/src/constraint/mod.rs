//! Which files belong to a build (Go command documentation, "Build constraints"): a file's name and
//! text and a set of tags in, yes or no out.

mod expr;
mod header;

pub use expr::{Constraint, ConstraintError};
pub(crate) use header::go_version;
pub use header::{Header, HeaderImport, scan_header};

use std::collections::HashSet;

/// The newest language version there is a tag for, as N of `go1.N`.
pub const NEWEST_GO: u32 = 27;

const KNOWN_OS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];

const KNOWN_ARCH: &[&str] = &[
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "arm64",
    "arm64be",
    "armbe",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "mipsle",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];

/// The tags that hold in a build.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    set: HashSet<String>,
}

impl Tags {
    /// Those of this compiler's only target, and the user's own.
    pub fn linux_amd64<S: Into<String>>(user: impl IntoIterator<Item = S>) -> Tags {
        let mut set: HashSet<String> = user.into_iter().map(Into::into).collect();
        set.extend(["linux", "amd64", "amd64.v1", "unix", "gosubc"].map(String::from));
        set.extend((1..=NEWEST_GO).map(|n| format!("go1.{n}")));
        Tags { set }
    }

    /// The same for Go's own source, which has its files for `gc` with what Go 1.27 has switched on for this target.
    pub fn of_gc(&self) -> Tags {
        const EXPERIMENTS: [&str; 7] = [
            "dwarf5",
            "greenteagc",
            "jsonv2",
            "randomizedheapbase64",
            "regabiargs",
            "regabiwrappers",
            "sizespecializedmalloc",
        ];
        let mut set = self.set.clone();
        set.remove("gosubc");
        set.insert("gc".to_string());
        set.extend(EXPERIMENTS.map(|e| format!("goexperiment.{e}")));
        Tags { set }
    }

    pub fn contains(&self, tag: &str) -> bool {
        self.set.contains(tag)
    }
}

/// Whether this is a name that a Go source file can have: not hidden, not set aside by `_`.
pub fn is_go_file(name: &str) -> bool {
    name.ends_with(".go") && !name.starts_with(['_', '.'])
}

/// Whether a file holds tests.
pub fn is_test_file(name: &str) -> bool {
    name.ends_with("_test.go")
}

/// Whether a file's name allows the build: `_linux`, `_amd64` or `_linux_amd64` at its end, perhaps
/// in front of `_test`, stand for tags. `linux.go`, without anything before it, is not special.
pub fn matches_file_name(name: &str, tags: &Tags) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let Some((_, suffixes)) = stem.split_once('_') else { return true };
    let mut parts: Vec<&str> = suffixes.split('_').collect();
    if parts.last() == Some(&"test") {
        parts.pop();
    }
    let arch = |s: &str| KNOWN_ARCH.contains(&s);
    let os = |s: &str| KNOWN_OS.contains(&s);
    match parts[..] {
        [.., a, b] if os(a) && arch(b) => tags.contains(a) && tags.contains(b),
        [.., last] if os(last) || arch(last) => tags.contains(last),
        _ => true,
    }
}

/// Whether a file belongs to the build, by its name and by the constraint in its text.
pub fn belongs(name: &str, text: &str, tags: &Tags) -> Result<bool, ConstraintError> {
    if !is_go_file(name) || !matches_file_name(name, tags) {
        return Ok(false);
    }
    Ok(Constraint::of_file(text)?.is_none_or(|c| c.matches(tags)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let tags = Tags::linux_amd64(["mine"]);
        for (name, want) in [
            ("a.go", true),
            ("linux.go", true),
            ("windows.go", true),
            ("a_windows.go", false),
            ("a_linux.go", true),
            ("a_linux_arm64.go", false),
            ("a_windows_amd64.go", false),
            ("a_amd64_test.go", true),
            ("a_arm64_test.go", false),
            ("a_unix.go", true),
            ("a_windows_foo.go", true),
            ("a_windows.x.go", false),
        ] {
            assert_eq!(matches_file_name(name, &tags), want, "{name}");
        }
        assert!(!is_go_file("_a.go") && !is_go_file(".a.go") && !is_go_file("a.s"));
    }

    #[test]
    fn files() {
        let tags = Tags::linux_amd64(["mine"]);
        assert_eq!(belongs("a.go", "//go:build mine && go1.27\n\npackage p", &tags), Ok(true));
        assert_eq!(belongs("a.go", "//go:build gc || go1.28\n\npackage p", &tags), Ok(false));
        assert_eq!(belongs("a_arm64.go", "package p", &tags), Ok(false));
        assert!(belongs("a.go", "//go:build (\n\npackage p", &tags).is_err());
    }
}
