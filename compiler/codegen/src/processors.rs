//! Processors that code can be made for, and which one this machine has.

use inkwell::targets::TargetMachine;

/// Those that LLVM 22 knows and that run 64-bit code, and this machine's. LLVM itself would only warn of others.
const NAMES: &[&str] = &[
    "alderlake",
    "amdfam10",
    "arrowlake",
    "arrowlake-s",
    "athlon-fx",
    "athlon64",
    "athlon64-sse3",
    "atom",
    "barcelona",
    "bdver1",
    "bdver2",
    "bdver3",
    "bdver4",
    "bonnell",
    "broadwell",
    "btver1",
    "btver2",
    "cannonlake",
    "cascadelake",
    "clearwaterforest",
    "cooperlake",
    "core-avx-i",
    "core-avx2",
    "core2",
    "corei7",
    "corei7-avx",
    "diamondrapids",
    "emeraldrapids",
    "generic",
    "goldmont",
    "goldmont-plus",
    "gracemont",
    "grandridge",
    "graniterapids",
    "graniterapids-d",
    "haswell",
    "icelake-client",
    "icelake-server",
    "ivybridge",
    "k8",
    "k8-sse3",
    "knl",
    "knm",
    "lunarlake",
    "meteorlake",
    "native",
    "nehalem",
    "nocona",
    "novalake",
    "opteron",
    "opteron-sse3",
    "pantherlake",
    "penryn",
    "raptorlake",
    "rocketlake",
    "sandybridge",
    "sapphirerapids",
    "sierraforest",
    "silvermont",
    "skx",
    "skylake",
    "skylake-avx512",
    "slm",
    "tigerlake",
    "tremont",
    "westmere",
    "wildcatlake",
    "x86-64",
    "x86-64-v2",
    "x86-64-v3",
    "x86-64-v4",
    "znver1",
    "znver2",
    "znver3",
    "znver4",
    "znver5",
];

/// Whether a processor of this name can be asked for.
pub fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

/// Name and features of the processor, as LLVM calls them: `native` is this machine's, which may lack some of what its
/// kind has.
pub fn resolve(name: &str) -> (String, String) {
    if name != "native" {
        return (name.to_string(), String::new());
    }
    let text = |s: inkwell::support::LLVMString| s.to_string_lossy().into_owned();
    (text(TargetMachine::get_host_cpu_name()), text(TargetMachine::get_host_cpu_features()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert!(NAMES.is_sorted());
        let (name, features) = resolve("native");
        assert!(is_known(&name), "{name}");
        assert!(features.contains("+sse2"), "{features}");
        assert_eq!(resolve("haswell"), ("haswell".into(), String::new()));
        assert!(
            is_known("x86-64-v3") && is_known("native") && !is_known("pentium") && !is_known("")
        );
    }
}
