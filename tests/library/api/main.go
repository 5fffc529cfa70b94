// Compares the exported names of our standard library with those of the
// installed Go, and keeps docs/library.md true.
//
// Usage: go run tests/library/api/*.go [-update] [-diff] [PACKAGE...]
//
// Without flags it fails when docs/library.md is not what it would write.
// -update writes it. -diff prints, for the packages named, each difference
// with both declarations. It runs in the root of the repository.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

const table = "docs/library.md"

// meant lists the names whose declaration differs on purpose.
var meant = map[string]bool{
	"runtime.Compiler": true, // it is another one
}

// comparison is what differs in one package.
type comparison struct {
	path      string
	total     int      // names that Go has
	absent    bool     // there is no such package here
	missing   []string // names that only Go has
	different []string // names with another declaration
	extra     []string // names that only we have
	details   []string // the differences, for people
}

func main() {
	update := flag.Bool("update", false, "write "+table)
	diff := flag.Bool("diff", false, "print the differences of the packages named")
	flag.Parse()
	theirs := newLoader(build.Default.GOROOT+"/src", build.Default.GOROOT+"/src/vendor")
	ours := newLoader("stdlib")
	paths := flag.Args()
	if len(paths) == 0 {
		paths = standard()
	}
	var all []comparison
	for _, path := range paths {
		all = append(all, compare(theirs, ours, path))
	}
	if *diff {
		for _, c := range all {
			fmt.Printf("%s: %s\n", c.path, c.state())
			for _, d := range c.details {
				fmt.Println("    " + d)
			}
		}
		return
	}
	if flag.NArg() > 0 {
		fatal("packages are named only with -diff")
	}
	text := report(all)
	if *update {
		if err := os.MkdirAll(filepath.Dir(table), 0o777); err != nil {
			fatal(err)
		}
		if err := os.WriteFile(table, text, 0o666); err != nil {
			fatal(err)
		}
	}
	old, err := os.ReadFile(table)
	if err != nil {
		fatal(err)
	}
	if !bytes.Equal(old, text) {
		for _, line := range bytes.Split(text, []byte("\n")) {
			if len(line) > 0 && !bytes.Contains(old, line) {
				fmt.Printf("now: %s\n", line)
			}
		}
		fatal(table, " is not true; run: make library-table")
	}
	complete, names, missing := 0, 0, 0
	for _, c := range all {
		if c.state() == "complete" {
			complete++
		}
		names += c.total
		missing += len(c.missing) + len(c.different)
	}
	fmt.Printf("library: %d of %d packages complete, %d of %d names\n", complete, len(all), names-missing, names)
}

func fatal(args ...any) {
	fmt.Fprintln(os.Stderr, "api: "+fmt.Sprint(args...))
	os.Exit(1)
}

// standard lists the packages of Go's library that programs can import.
func standard() []string {
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		fatal("go list std: ", err)
	}
	var paths []string
	for _, path := range strings.Fields(string(out)) {
		if !slices.Contains(strings.Split(path, "/"), "internal") && !strings.HasPrefix(path, "vendor/") && path != "unsafe" {
			paths = append(paths, path)
		}
	}
	return paths
}

func compare(theirs, ours *loader, path string) comparison {
	c := comparison{path: path}
	want, err := theirs.Import(path)
	if err != nil {
		fatal("Go's ", path, ": ", err)
	}
	wanted := exported(want)
	c.total = len(wanted)
	have := map[string]string{}
	pkg, err := ours.Import(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		c.absent = true
	case err != nil:
		fatal("our ", path, ": ", err)
	default:
		have = exported(pkg)
	}
	for name, decl := range wanted {
		got, ok := have[name]
		switch {
		case !ok:
			c.missing = append(c.missing, name)
			c.details = append(c.details, fmt.Sprintf("- %s %s", name, decl))
		case got != decl && !meant[path+"."+name]:
			c.different = append(c.different, name)
			c.details = append(c.details, fmt.Sprintf("~ %s %s\n      not %s", name, decl, got))
		}
	}
	for name, decl := range have {
		if _, ok := wanted[name]; !ok {
			c.extra = append(c.extra, name)
			c.details = append(c.details, fmt.Sprintf("+ %s %s", name, decl))
		}
	}
	slices.Sort(c.missing)
	slices.Sort(c.different)
	slices.Sort(c.extra)
	slices.Sort(c.details)
	return c
}

func (c *comparison) state() string {
	switch {
	case c.absent:
		return "absent"
	case len(c.missing)+len(c.different)+len(c.extra) == 0:
		return "complete"
	}
	return fmt.Sprintf("%d of %d", c.total-len(c.missing)-len(c.different), c.total)
}

// report writes the table, and below it what is missing in each package.
func report(all []comparison) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `# The standard library

Written by tests/library/api, which compares the exported names and signatures of stdlib/ with those of %s
(linux/amd64) and fails when this page is not true; `+"`make library-table`"+` writes it again.
Names count with their fields and methods.

| package | names | state |
|---|---:|---|
`, runtime.Version())
	for _, c := range all {
		fmt.Fprintf(&b, "| %s | %d | %s |\n", c.path, c.total, c.state())
	}
	b.WriteString("\n## What is missing\n")
	for _, c := range all {
		if c.absent || c.state() == "complete" {
			continue
		}
		fmt.Fprintf(&b, "\n### %s\n", c.path)
		list(&b, "missing", c.missing)
		list(&b, "declared otherwise", c.different)
		list(&b, "only here", c.extra)
	}
	return b.Bytes()
}

// list writes names in lines of moderate length; of very many (syscall) only
// the first.
func list(b *bytes.Buffer, title string, names []string) {
	if len(names) == 0 {
		return
	}
	const most = 200
	fmt.Fprintf(b, "%s:\n", title)
	for chunk := range slices.Chunk(names[:min(len(names), most)], 8) {
		fmt.Fprintf(b, "%s\n", strings.Join(chunk, ", "))
	}
	if len(names) > most {
		fmt.Fprintf(b, "and %d more\n", len(names)-most)
	}
}
