#!/usr/bin/env bash
# The checker over Go's own sources. None of what is valid may be rejected: Go 1.27.3's library with its tests, the
# files of the 1.19 tree that have no errors; and the type checker's corpus, of which at least 99 % of the files must
# have their errors on the right lines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
cd "$root"
. scripts/go.sh
GOROOT=$("$go" env GOROOT)
export GOROOT
corpus() {
    cargo run -q --release -p gosubc-types --example typecheck-corpus -- "$@"
}
corpus std --tests
corpus valid /usr/share/go-1.19/test
# Not all files are exact: the line that counts them says how many.
corpus types | tee /dev/stderr | awk '/^files line-exact:/ { ok = 100 * $3 >= 99 * $5 } END { exit !ok }'
