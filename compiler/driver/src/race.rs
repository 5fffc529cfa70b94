//! What `-race` needs beside the compiler: the runtime library built for it, and ThreadSanitizer's.

use crate::options::Failure;
use crate::root::Root;
use std::path::{Path, PathBuf};

const RUNTIME: &str = "libgosubc_runtime_race.a";
const SANITIZER: &str = "libclang_rt.tsan-x86_64.a";

/// Functions that `runtime/src/race/hooks.rs` stands in front of.
pub const WRAPPED: &[&str] = &[
    "gosubc_chansend",
    "gosubc_closechan",
    "gosubc_growslice",
    "gosubc_slicebytetostring",
    "gosubc_slicerunetostring",
    "gosubc_memequal",
    "gosubc_memchr",
    "memcpy",
    "memmove",
    "memset",
];

/// Where they lie.
#[derive(Debug)]
pub struct Parts {
    pub runtime: PathBuf,
    pub sanitizer: PathBuf,
}

impl Parts {
    pub fn find(root: &Root) -> Result<Parts, Failure> {
        // Beside the other one, which may be a link to where it was built.
        let real = root.runtime.canonicalize().unwrap_or_else(|_| root.runtime.clone());
        let beside = [&root.runtime, &real].map(|r| r.with_file_name(RUNTIME));
        let Some(runtime) = beside.into_iter().find(|p| p.is_file()) else {
            return Err(Failure::Program(format!(
                "-race needs {RUNTIME} beside {}: build it with `make build`",
                root.runtime.display()
            )));
        };
        let Some(sanitizer) = sanitizer() else {
            return Err(Failure::Program(format!(
                "-race needs LLVM's ThreadSanitizer ({SANITIZER}), which is not installed; on Debian: apt-get install libclang-rt-22-dev"
            )));
        };
        Ok(Parts { runtime, sanitizer })
    }
}

/// The library of LLVM 22: its interface that `runtime/src/race/tsan.rs` uses is not one that others keep.
fn sanitizer() -> Option<PathBuf> {
    let prefix = std::env::var_os("LLVM_SYS_221_PREFIX").map(PathBuf::from);
    let prefixes = prefix.into_iter().chain(["/usr/lib/llvm-22", "/usr"].map(PathBuf::from));
    let dirs = ["lib/clang/22/lib/linux", "lib/clang/22/lib/x86_64-pc-linux-gnu"];
    let mut places = prefixes.flat_map(|p| dirs.map(|d| p.join(d).join(SANITIZER)));
    places.find(|p| Path::is_file(p))
}
