// This file makes one program of the examples of a package of Go's library,
// where Go is installed: the files of its external test package that have
// examples, as a package of the same name and path, and a main function that
// runs the one named on the command line. What does not compile is taken out,
// function by function; the files that declare what is missing are added.

package main

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/build"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// example is an example that says what it prints.
type example struct {
	name      string // with "Example"
	output    string
	unordered bool
	failure   string // why it fails; empty if it does not
}

// program is all of a package's examples.
type program struct {
	path     string
	dir      string // of the package in Go's library
	tmp      string // of the program
	fset     *token.FileSet
	files    []*source
	others   []*source // files of the package without examples
	examples []*example
}

// source is a file of the program.
type source struct {
	name string
	text []byte
	tree *ast.File
	gone map[ast.Node]bool
}

// load finds the examples of a package; nil if it has none.
func load(path, tmp string) (*program, error) {
	p := &program{path: path, tmp: tmp, fset: token.NewFileSet()}
	p.dir = filepath.Join(build.Default.GOROOT, "src", filepath.FromSlash(path))
	names, _ := filepath.Glob(filepath.Join(p.dir, "*_test.go"))
	for _, name := range names {
		if ok, err := build.Default.MatchFile(p.dir, filepath.Base(name)); err != nil || !ok {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		tree, err := parser.ParseFile(p.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		if !strings.HasSuffix(tree.Name.Name, "_test") {
			continue // inside the package, with access to what is not exported
		}
		f := &source{filepath.Base(name), text, tree, map[ast.Node]bool{}}
		for _, d := range tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && isTest.MatchString(fn.Name.Name) {
				f.gone[d] = true
			}
		}
		if !bytes.Contains(text, []byte("\nfunc Example")) {
			p.others = append(p.others, f)
			continue
		}
		p.files = append(p.files, f)
		for _, e := range doc.Examples(tree) {
			if e.Output != "" || e.EmptyOutput {
				p.examples = append(p.examples, &example{name: "Example" + e.Name, output: e.Output, unordered: e.Unordered})
			}
		}
	}
	if len(p.examples) == 0 {
		return nil, nil
	}
	return p, nil
}

// write writes the files, without what was taken out.
func (p *program) write() error {
	files := map[string][]byte{"go.mod": []byte("module " + p.path + "_test\n\ngo 1.27\n")}
	for _, f := range p.files {
		// The file was chosen by Go's tags, of which ours are a part.
		text := bytes.Replace(slices.Clone(f.text), []byte("//go:build "), []byte("// go:buil "), 1)
		blank := func(from, to token.Pos) {
			for i := p.fset.Position(from).Offset; i < p.fset.Position(to).Offset; i++ {
				if text[i] != '\n' {
					text[i] = ' '
				}
			}
		}
		for n := range f.gone {
			blank(n.Pos(), n.End())
		}
		// The name of a test file would keep it out of the package.
		line := "//line " + f.name + ":1\n"
		files["zz_"+strings.TrimSuffix(f.name, ".go")+"_x.go"] = append([]byte(line), text...)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "package main\n\nimport (\n\t\"os\"\n\tx %q\n)\n\n", p.path+"_test")
	b.WriteString("var _ = x.Zz\n\nfunc main() {\n\tname := os.Args[1]\n\tos.Args = os.Args[:1]\n\tswitch name {\n")
	for _, e := range p.examples {
		if e.failure == "" {
			fmt.Fprintf(&b, "\tcase %q:\n\t\tx.%s()\n", e.name, e.name)
		}
	}
	b.WriteString("\t}\n}\n")
	files["main/main.go"] = b.Bytes()
	files["zz.go"] = []byte("package " + p.files[0].tree.Name.Name + "\n\nconst Zz = 0\n")
	if err := os.MkdirAll(filepath.Join(p.tmp, "main"), 0o777); err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(p.tmp, name), text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

var position = regexp.MustCompile(`(?m)^(?:.*/)?(?:(zz_)(\w+)_x|(\w+))\.go:(\d+)(?::\d+)?: (.*)$`)

// compile builds the program, taking out what the compiler rejects.
func (p *program) compile(gosubc string) error {
	exe := filepath.Join(p.tmp, "examples")
	for range 20 {
		if err := p.write(); err != nil {
			return err
		}
		cmd := exec.Command(gosubc, "build", "--error-format=short", "-e", "-o", exe, "./main")
		cmd.Dir = p.tmp
		out, err := cmd.CombinedOutput()
		if err == nil {
			return nil
		}
		taken := false
		for _, m := range position.FindAllSubmatch(out, -1) {
			line, _ := strconv.Atoi(string(m[4]))
			if len(m[1]) > 0 {
				line-- // the line directive
			}
			reason := string(m[5])
			if name, ok := strings.CutPrefix(reason, "undefined: "); ok && p.add(name) {
				taken = true
				break
			}
			taken = p.take(string(m[2])+string(m[3])+".go", line, reason) || taken
		}
		if !taken {
			text, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
			p.failAll("does not build: " + text)
			return nil
		}
	}
	p.failAll("does not build after 20 attempts")
	return nil
}

// add adds the file that declares a name.
func (p *program) add(name string) bool {
	for i, f := range p.others {
		if !slices.ContainsFunc(f.tree.Decls, func(d ast.Decl) bool { return declares(d, name) }) {
			continue
		}
		p.others = slices.Delete(p.others, i, i+1)
		p.files = append(p.files, f)
		return true
	}
	return false
}

var isTest = regexp.MustCompile(`^(Test|Benchmark|Fuzz)`)

func declares(d ast.Decl, name string) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Recv == nil && d.Name.Name == name
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.Name == name {
					return true
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.Name == name {
						return true
					}
				}
			}
		}
	}
	return false
}

func (p *program) failAll(reason string) {
	for _, e := range p.examples {
		if e.failure == "" {
			e.failure = reason
		}
	}
}

// take takes out the declaration or import on a line.
func (p *program) take(file string, line int, reason string) bool {
	i := slices.IndexFunc(p.files, func(f *source) bool { return f.name == file })
	if i < 0 {
		return false
	}
	f := p.files[i]
	on := func(n ast.Node) bool {
		return p.fset.Position(n.Pos()).Line <= line && line <= p.fset.Position(n.End()).Line && !f.gone[n]
	}
	for _, d := range f.tree.Decls {
		if !on(d) {
			continue
		}
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT && g.Lparen.IsValid() {
			for _, s := range g.Specs {
				if on(s) {
					f.gone[s] = true
					return true
				}
			}
			continue
		}
		f.gone[d] = true
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
			for _, e := range p.examples {
				if e.name == fn.Name.Name && e.failure == "" {
					e.failure = "does not compile: " + reason
				}
			}
		}
		return true
	}
	return false
}

// run runs one example and says why it fails.
func (p *program) run(e *example) (failure, got string) {
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(p.tmp, "examples"), e.name)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "TZ=America/Los_Angeles") // what those of package time assume
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	got = strings.TrimSpace(stdout.String())
	want := strings.TrimSpace(e.output)
	if e.unordered {
		got, want = sorted(got), sorted(want)
	}
	switch {
	case ctx.Err() != nil:
		return "does not end", got
	case err != nil:
		line, _, _ := strings.Cut(stderr.String(), "\n")
		return fmt.Sprintf("%v: %s", err, line), got + "\n" + stderr.String()
	case got != want:
		return "other output", got
	}
	return "", got
}

func sorted(s string) string {
	lines := strings.Split(s, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
