#!/usr/bin/env bash
# Speed against Go 1.27.3 (see scripts/go.sh). Without names of programs or groups, all of it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../scripts/go.sh"
if [ $# -gt 0 ]; then
    exec python3 "$here/run.py" "$go" "$@"
fi
python3 "$here/run.py" "$go" --svg "$here/../../docs/benchmarks.svg"
# Deferred calls, panics and recoveries in nanoseconds.
python3 "$here/defer/run.py" "$go"
