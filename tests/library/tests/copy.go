// This file copies test files so that they can be compiled outside of the package that they belong to.

package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// shims stand for internal packages of Go that tests use without testing them.
var shims = map[string]string{
	"internal/testenv": `package testenv

import "testing"

func Builder() string                       { return "" }
func OptimizationOff() bool                 { return false }
func SkipIfOptimizationOff(t testing.TB)    {}
func SkipFlaky(t testing.TB, issue int)     { t.Skip("flaky") }
func MustHaveExec(t testing.TB)             {}
func MustHaveGoBuild(t testing.TB)          { t.Skip("needs the go command") }
func MustHaveGoRun(t testing.TB)            { t.Skip("needs the go command") }
func MustHaveExternalNetwork(t testing.TB)  { t.Skip("needs a network") }
func HasSymlink() bool                      { return true }
func MustHaveSymlink(t testing.TB)          {}
func SyscallIsNotSupported(err error) bool  { return false }
func CPUIsSlow() bool                       { return false }
`,
	"encoding/json/internal/jsontest": `package jsontest

import (
	"fmt"
	"runtime"
)

type CasePos struct{ pc [1]uintptr }

type CaseName struct {
	Name  string
	Where CasePos
}

func Name(s string) (c CaseName) {
	c.Name = s
	runtime.Callers(2, c.Where.pc[:])
	return c
}

func (p CasePos) String() string {
	f, _ := runtime.CallersFrames(p.pc[:]).Next()
	return fmt.Sprintf("line %d", f.Line)
}
`,
	"internal/race": "package race\n\nconst Enabled = false\n",
	"internal/asan": "package asan\n\nconst Enabled = false\n",
	"internal/msan": "package msan\n\nconst Enabled = false\n",
}

// A set is the test files of one package, `p` or `p_test`.
type set struct {
	path  string // of the tested package
	dir   string // where they are copied
	fset  *token.FileSet
	files []*ast.File
	names []string
	// Tests that were cut out, with the reason.
	cut map[string]string
	// Tests that gosubc cannot compile.
	broken map[string]string
}

var std = importer.ForCompiler(token.NewFileSet(), "source", nil)

// sets makes the copies of a package's tests below work.
func sets(path, work string) []*set {
	src := filepath.Join(build.Default.GOROOT, "src", path)
	pkg, err := build.ImportDir(src, 0)
	if err != nil {
		var none *build.NoGoError
		if !errors.As(err, &none) {
			check(err)
		}
	}
	var all []*set
	for _, kind := range []struct {
		name  string
		files []string
	}{{"in", pkg.TestGoFiles}, {"out", pkg.XTestGoFiles}} {
		if len(kind.files) == 0 {
			continue
		}
		s := &set{
			path: path, dir: filepath.Join(work, strings.ReplaceAll(path, "/", "_"), kind.name),
			fset: token.NewFileSet(), cut: map[string]string{}, broken: map[string]string{},
		}
		for _, name := range kind.files {
			// Comments are left out: examples don't run here, and go:embed and the like are cut.
			f, err := parser.ParseFile(s.fset, filepath.Join(src, name), nil, parser.SkipObjectResolution)
			check(err)
			s.prepare(f, kind.name == "in")
			s.files = append(s.files, f)
			s.names = append(s.names, name)
		}
		s.settle()
		check(os.MkdirAll(s.dir, 0o777))
		if data := filepath.Join(src, "testdata"); exists(data) {
			check(os.CopyFS(filepath.Join(s.dir, "testdata"), os.DirFS(data)))
		}
		s.write()
		all = append(all, s)
	}
	return all
}

// prepare renames the package, replaces imports, and takes examples and benchmarks out.
func (s *set) prepare(f *ast.File, inside bool) {
	f.Name.Name = "copied_test"
	var decls []ast.Decl
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil &&
			(strings.HasPrefix(fn.Name.Name, "Example") || strings.HasPrefix(fn.Name.Name, "Benchmark") || strings.HasPrefix(fn.Name.Name, "Fuzz")) {
			continue
		}
		decls = append(decls, d)
	}
	f.Decls = decls
	for _, im := range f.Imports {
		path, _ := strconv.Unquote(im.Path.Value)
		if _, ok := shims[path]; ok {
			im.Path.Value = strconv.Quote("libtest/" + path)
		}
	}
	if inside {
		spec := &ast.ImportSpec{Name: ast.NewIdent("."), Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(s.path)}}
		decl := &ast.GenDecl{Tok: token.IMPORT, Specs: []ast.Spec{spec}}
		f.Decls = append([]ast.Decl{decl}, f.Decls...)
		f.Imports = append(f.Imports, spec)
	}
}

// shimImporter checks shims from their text.
type shimImporter struct{ done map[string]*types.Package }

func (im shimImporter) Import(path string) (*types.Package, error) {
	inner, isShim := strings.CutPrefix(path, "libtest/")
	if !isShim {
		if strings.HasPrefix(path, "internal/") || strings.Contains(path, "/internal/") || strings.HasPrefix(path, "cmd/") {
			return nil, fmt.Errorf("use of internal package %s", path)
		}
		return std.Import(path)
	}
	if p := im.done[path]; p != nil {
		return p, nil
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "shim.go", shims[inner], 0)
	if err != nil {
		return nil, err
	}
	p, err := (&types.Config{Importer: im}).Check(path, fset, []*ast.File{f}, nil)
	im.done[path] = p
	return p, err
}

var imports = shimImporter{map[string]*types.Package{}}

// settle cuts declarations until what is left can be compiled with Go's own library from outside.
func (s *set) settle() {
	for {
		var found []types.Error
		conf := types.Config{Importer: imports, Error: func(err error) {
			var e types.Error
			if errors.As(err, &e) {
				found = append(found, e)
			}
		}}
		conf.Check("libtest/copied_test", s.fset, s.files, nil)
		changed := false
		for _, e := range found {
			if s.remove(e.Pos, e.Msg, s.cut) {
				changed = true
			}
		}
		if !changed {
			for _, e := range found {
				fmt.Printf("%s: cannot cut: %s: %s\n", s.path, s.fset.Position(e.Pos), e.Msg)
			}
			return
		}
	}
}

// remove takes the declaration at a position out; tests are noted with the reason.
func (s *set) remove(pos token.Pos, why string, noted map[string]string) bool {
	for _, f := range s.files {
		if pos < f.FileStart || pos > f.FileEnd {
			continue
		}
		for i, d := range f.Decls {
			if pos < d.Pos() || pos > d.End() {
				continue
			}
			if g, ok := d.(*ast.GenDecl); ok && len(g.Specs) > 1 {
				for j, spec := range g.Specs {
					if pos < spec.Pos() || pos > spec.End() {
						continue
					}
					if g.Tok == token.CONST {
						break // others may continue its list
					}
					g.Specs = append(g.Specs[:j:j], g.Specs[j+1:]...)
					return true
				}
			}
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && strings.HasPrefix(fn.Name.Name, "Test") && fn.Name.Name != "TestMain" {
				noted[fn.Name.Name] = why
			}
			f.Decls = append(f.Decls[:i:i], f.Decls[i+1:]...)
			return true
		}
	}
	if !pos.IsValid() && strings.Contains(why, "imported and not used") {
		return s.removeUnusedDots()
	}
	return false
}

// removeUnusedDots drops added imports from files in which they are not needed.
func (s *set) removeUnusedDots() bool {
	for _, f := range s.files {
		if len(f.Decls) == 0 {
			continue
		}
		g, ok := f.Decls[0].(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT || g.Pos().IsValid() {
			continue
		}
		without := f.Decls
		f.Decls = f.Decls[1:]
		undefined := false
		conf := types.Config{Importer: imports, Error: func(err error) {
			undefined = undefined || strings.Contains(err.Error(), "undefined: ")
		}}
		conf.Check("libtest/copied_test", s.fset, s.files, nil)
		if !undefined {
			return true
		}
		f.Decls = without
	}
	return false
}

// tests are the names of the test functions that are left.
func (s *set) tests() []string {
	var names []string
	for _, f := range s.files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && strings.HasPrefix(fn.Name.Name, "Test") && fn.Name.Name != "TestMain" {
				names = append(names, fn.Name.Name)
			}
		}
	}
	return names
}

// write writes the files; positions in them are then those of the copies.
func (s *set) write() {
	fset := token.NewFileSet()
	for i, f := range s.files {
		path := filepath.Join(s.dir, s.names[i])
		os.Remove(path)
		if !hasCode(f) {
			s.files[i] = &ast.File{Name: f.Name}
			continue
		}
		var b bytes.Buffer
		check(format.Node(&b, s.fset, f))
		text := b.String()
		check(os.WriteFile(path, []byte(text), 0o666))
		var err error
		s.files[i], err = parser.ParseFile(fset, path, text, parser.SkipObjectResolution)
		check(err)
	}
	s.fset = fset
}

// hasCode: there is more than imports.
func hasCode(f *ast.File) bool {
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); !ok || g.Tok != token.IMPORT {
			return true
		}
	}
	return false
}
