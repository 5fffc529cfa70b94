#!/usr/bin/env bash
# Go's own test tree through gosubc. Installs the tree (Debian's golang-1.19-src) when it is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -d /usr/share/go-1.19/test ]; then
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" apt-get install -y -q --no-install-recommends golang-1.19-src
fi
# Some of the tests run the go command.
. "$here/../../scripts/go.sh"
python3 "$here/run.py" "$@"
# The form of each defer statement, as Go's compiler chooses it.
if [ $# -eq 0 ]; then
    python3 "$here/defers.py"
fi
