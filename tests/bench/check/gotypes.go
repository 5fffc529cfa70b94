// Parses and checks the packages of Go's library with go/parser and go/types in one process, one after
// another, as compiler/types/examples/typecheck-corpus does with ours: what goes in are the same
// files, what comes out is the time on a processor and the most memory. With --tests, packages that have tests are
// then checked with them, as go vet does it: once more with the tests inside, and the tests outside.
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
	"slices"
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
	// errors that were found and do not matter here.
	errors int
	spent  time.Duration
	// dirs are those of packages in the order of their imports.
	dirs []string
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
	files, err := l.parse(dir, found.GoFiles, true)
	if err != nil {
		return nil, err
	}
	// Imports first, so that their time isn't counted twice.
	for _, p := range found.Imports {
		l.Import(p)
	}
	p, err := l.check(path, files, l)
	l.done[path] = p
	l.dirs = append(l.dirs, path)
	return p, err
}

// parse reads files of a folder. Lines of those that are new are counted.
func (l *loader) parse(dir string, names []string, isNew bool) (files []*ast.File, err error) {
	began := used()
	for _, name := range names {
		f, err := parser.ParseFile(l.fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		if isNew {
			l.lines += l.fset.File(f.Pos()).LineCount()
		}
		files = append(files, f)
	}
	l.spent += used() - began
	return files, nil
}

func (l *loader) check(path string, files []*ast.File, from types.Importer) (*types.Package, error) {
	began := used()
	conf := types.Config{Importer: from, FakeImportC: true, GoVersion: "go1.27"}
	// There are some where tests see two variants of a package; without this the rest would not be checked.
	conf.Error = func(error) { l.errors++ }
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{},
		Scopes: map[ast.Node]*types.Scope{},
	}
	p, err := conf.Check(path, l.fset, files, info)
	l.spent += used() - began
	return p, err
}

// tested is what the tests outside a package import: the package with the tests inside it, and others as they are.
type tested struct {
	*loader
	path string
	p    *types.Package
}

func (t tested) Import(path string) (*types.Package, error) {
	if path == t.path && t.p != nil {
		return t.p, nil
	}
	return t.loader.Import(path)
}

func (l *loader) checkTests(path string) error {
	dir := filepath.Join(l.root, path)
	found, err := l.ctx.ImportDir(dir, 0)
	if found == nil {
		return err
	}
	for _, p := range append(found.TestImports, found.XTestImports...) {
		l.Import(p)
	}
	inside := l.done[path]
	if len(found.TestGoFiles) > 0 {
		own, _ := l.parse(dir, found.GoFiles, false)
		tests, err := l.parse(dir, found.TestGoFiles, true)
		if err != nil {
			return err
		}
		inside, _ = l.check(path, append(own, tests...), l)
	}
	if len(found.XTestGoFiles) > 0 {
		tests, err := l.parse(dir, found.XTestGoFiles, true)
		if err != nil {
			return err
		}
		l.check(path+"_test", tests, tested{l, path, inside})
	}
	return nil
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
	if slices.Contains(os.Args, "--tests") {
		for _, path := range slices.Clone(l.dirs) {
			if err := l.checkTests(path); err != nil {
				fmt.Println(err)
			}
		}
	}
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	peak, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	fmt.Printf("%d packages, %d lines, %d errors, %.3f s, %.0f lines/s, %s kB\n", n, l.lines, l.errors, l.spent.Seconds(), float64(l.lines)/l.spent.Seconds(), peak)
}
