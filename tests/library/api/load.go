// This file loads packages from source, of Go's library or of ours: an import
// path goes in, a checked package (declarations only) comes out.

package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
)

// loader checks packages below one or more roots and keeps them.
type loader struct {
	roots []string
	fset  *token.FileSet
	done  map[string]*types.Package
}

func newLoader(roots ...string) *loader {
	return &loader{roots: roots, fset: token.NewFileSet(), done: map[string]*types.Package{}}
}

// dir is the folder of a package, or "" if no root has it.
func (l *loader) dir(path string) string {
	for _, root := range l.roots {
		dir := filepath.Join(root, filepath.FromSlash(path))
		if files, _ := filepath.Glob(filepath.Join(dir, "*.go")); len(files) > 0 {
			return dir
		}
	}
	return ""
}

// Import checks the package, or returns what it found before.
func (l *loader) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg, ok := l.done[path]; ok {
		if pkg == nil {
			return nil, fmt.Errorf("%s: import cycle", path)
		}
		return pkg, nil
	}
	l.done[path] = nil
	dir := l.dir(path)
	if dir == "" {
		delete(l.done, path)
		return nil, os.ErrNotExist
	}
	ctx := build.Default
	ctx.GOOS, ctx.GOARCH, ctx.CgoEnabled = "linux", "amd64", false
	info, err := ctx.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range info.GoFiles {
		f, err := parser.ParseFile(l.fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	conf := types.Config{
		IgnoreFuncBodies: true,
		Importer:         l,
		Sizes:            types.SizesFor("gc", "amd64"),
	}
	pkg, err := conf.Check(path, l.fset, files, nil)
	if err != nil {
		return nil, err
	}
	l.done[path] = pkg
	return pkg, nil
}
