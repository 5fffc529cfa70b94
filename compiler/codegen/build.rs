//! Writes assembly and a list of names for `src/library.rs`: a stub for each function of LLVM's C interface.

use object::{Object, ObjectSymbol};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Of Debian's package; `.cargo/config.toml` sets the variable.
const PREFIX: &str = "LLVM_SYS_221_PREFIX";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed={PREFIX}");
    let prefix = PathBuf::from(env::var(PREFIX).unwrap_or_else(|_| "/usr/lib/llvm-22".to_owned()));
    let library = ["libLLVM.so", "libLLVM-22.so"].map(|f| prefix.join("lib").join(f));
    let library = library.iter().find(|f| f.exists()).unwrap_or_else(|| {
        panic!(
            "no libLLVM.so below {}: set {PREFIX} to an installation of LLVM 22",
            prefix.display()
        )
    });
    println!("cargo:rerun-if-changed={}", library.display());
    let names = functions(library);
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("stubs.s"), stubs(&names)).expect("stubs.s can be written");
    fs::write(out.join("names.rs"), list(library, &names)).expect("names.rs can be written");
}

/// The names of all functions of the C interface, sorted.
fn functions(library: &Path) -> Vec<String> {
    let data = fs::read(library).expect("libLLVM can be read");
    let file = object::File::parse(&*data).expect("libLLVM is an ELF file");
    let mut names: Vec<String> = file
        .dynamic_symbols()
        .filter(|s| s.is_definition() && s.kind() == object::SymbolKind::Text)
        .filter_map(|s| s.name().ok())
        .filter(|n| n.starts_with("LLVM"))
        .map(|n| n.split('@').next().unwrap_or(n).to_owned())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Each stub jumps to the address in its slot: at first to its second half, which has the slot filled.
fn stubs(names: &[String]) -> String {
    let mut s = String::from(".text\n");
    for (i, n) in names.iter().enumerate() {
        writeln!(
            s,
            ".globl {n}\n.type {n},@function\n{n}:\njmp *gosubc_llvm_slots+{at}(%rip)\n\
             1{i}:\npush ${i}\njmp gosubc_llvm_first\n.size {n},.-{n}",
            at = 8 * i
        )
        .unwrap();
    }
    s += ".data\n.p2align 3\n.globl gosubc_llvm_slots\ngosubc_llvm_slots:\n";
    for i in 0..names.len() {
        writeln!(s, ".quad 1{i}b").unwrap();
    }
    s + ".text\n"
}

fn list(library: &Path, names: &[String]) -> String {
    let folder = library.parent().expect("a file's path");
    let library = library.canonicalize().expect("the library was read");
    let mut s = format!(
        "const FOLDER: &str = {folder:?};\nconst LIBRARY: &str = {:?};\n\
         const COUNT: usize = {};\nstatic NAMES: [&str; COUNT] = [\n",
        library.file_name().expect("a file's path"),
        names.len()
    );
    for n in names {
        writeln!(s, "{n:?},").unwrap();
    }
    s + "];\n"
}
