#!/usr/bin/env bash
# Makes sure that LLVM 22 (library, lld, FileCheck, lit and ThreadSanitizer) is there: on Debian by installing its packages.
# Does nothing, quickly, where all of it is already present.
set -euo pipefail

llvm=${LLVM_SYS_221_PREFIX:-/usr/lib/llvm-22}
packages=(llvm-22-dev lld-22 llvm-22-tools libclang-rt-22-dev)

missing() {
    [ -x "$llvm/bin/llvm-config" ] || return 0
    [ -e "$llvm/lib/libLLVM.so" ] || [ -e "$llvm/lib/libLLVM-22.so" ] || return 0
    [ -x "$llvm/bin/FileCheck" ] && [ -x "$llvm/bin/lit" ] || return 0
    command -v ld.lld-22 >/dev/null || [ -x "$llvm/bin/ld.lld" ] || return 0
    command -v python3 >/dev/null || return 0
    # ThreadSanitizer, for -race.
    [ -e "$llvm/lib/clang/22/lib/linux/libclang_rt.tsan-x86_64.a" ] || return 0
    return 1
}

if ! missing; then
    exit 0
fi

if ! command -v apt-get >/dev/null; then
    cat >&2 <<EOF
gosubc needs LLVM 22: its shared library with headers, lld, FileCheck, lit and ThreadSanitizer.
This system has no apt-get. Install LLVM 22 with your system's package manager
(or from source, built with -DLLVM_LINK_LLVM_DYLIB=ON) and set LLVM_SYS_221_PREFIX
to the folder that holds bin/llvm-config, then run make again.
EOF
    exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Run as root: apt-get update && apt-get install ${packages[*]} python3" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "installing ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
if ! "${as_root[@]}" apt-get install -y -q --no-install-recommends "${packages[@]}" python3; then
    cat >&2 <<EOF
These packages could not be installed: ${packages[*]}.
On Debian 12 they come with the distribution's updates; on older releases, or Ubuntu, see
the LLVM project's own apt repository, which has packages of the same names.
EOF
    exit 1
fi
if missing; then
    echo "LLVM 22 is still incomplete below $llvm" >&2
    exit 1
fi
