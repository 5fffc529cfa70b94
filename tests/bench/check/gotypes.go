// Parses and checks the packages of Go's library with go/parser and go/types in one process, one after
// another, as compiler/types/examples/typecheck-corpus does with ours: what goes in are the same
// files, what comes out is the time on a processor and the most memory.
package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

type loader struct {
	fset  *token.FileSet
	done  map[string]*types.Package
	ctx   build.Context
	root  string
	lines int
	spent time.Duration
}

// used is the time that the process has had on processors.
func used() time.Duration {
	var r syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func (l *loader) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p, ok := l.done[path]; ok {
		return p, nil
	}
	dir := filepath.Join(l.root, path)
	if _, err := os.Stat(dir); err != nil {
		dir = filepath.Join(l.root, "vendor", path)
	}
	found, err := l.ctx.ImportDir(dir, 0)
	if err != nil {
		l.done[path] = nil
		return nil, err
	}
	var files []*ast.File
	began := used()
	for _, name := range found.GoFiles {
		f, err := parser.ParseFile(l.fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		l.lines += l.fset.File(f.Pos()).LineCount()
		files = append(files, f)
	}
	l.spent += used() - began
	// Imports first, so that their time isn't counted twice.
	for _, p := range found.Imports {
		l.Import(p)
	}
	began = used()
	conf := types.Config{Importer: l, FakeImportC: true, IgnoreFuncBodies: false, GoVersion: "go1.27"}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{},
		Scopes: map[ast.Node]*types.Scope{},
	}
	p, err := conf.Check(path, l.fset, files, info)
	l.spent += used() - began
	if err != nil {
		fmt.Println(err)
	}
	l.done[path] = p
	return p, err
}

func main() {
	runtime.GOMAXPROCS(1)
	ctx := build.Default
	ctx.CgoEnabled = false
	root := filepath.Join(runtime.GOROOT(), "src")
	l := &loader{fset: token.NewFileSet(), done: map[string]*types.Package{}, ctx: ctx, root: root}
	n := 0
	filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return nil
		}
		switch name := d.Name(); {
		case name == "testdata", name == "vendor", name == "cmd", name == "builtin", strings.HasPrefix(name, "_"):
			return filepath.SkipDir
		}
		rel, _ := filepath.Rel(root, path)
		if p, _ := l.Import(filepath.ToSlash(rel)); p != nil {
			n++
		}
		return nil
	})
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	peak, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	fmt.Printf("%d packages, %d lines, %.3f s, %.0f lines/s, %s kB\n", n, l.lines, l.spent.Seconds(), float64(l.lines)/l.spent.Seconds(), peak)
}
