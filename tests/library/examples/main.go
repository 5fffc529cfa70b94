// Runs the examples of Go's own library, where Go is installed, with our
// compiler and library, and compares what they print with what they say.
//
// Usage: go run tests/library/examples/*.go [-v] [-update] [-j N] [PACKAGE...]
//
// Without arguments all packages of stdlib/ are run. An example that fails is
// compared with tests/library/failures.txt: one that is not listed there, or
// one listed that passes, makes the run fail. -update rewrites the list for
// the packages that were run. -v prints what failing examples printed. The
// compiler is $GOSUBC, or target/release/gosubc. Runs in the repository's root.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

const list = "tests/library/failures.txt"

func main() {
	update := flag.Bool("update", false, "rewrite "+list)
	verbose := flag.Bool("v", false, "print the output of failing examples")
	jobs := flag.Int("j", 2, "packages at a time")
	flag.Parse()
	gosubc := os.Getenv("GOSUBC")
	if gosubc == "" {
		gosubc, _ = filepath.Abs("target/release/gosubc")
	}
	paths := flag.Args()
	if len(paths) == 0 {
		paths = ours()
	}
	expected := readList()
	programs := make([]*program, len(paths))
	var wg sync.WaitGroup
	slots := make(chan bool, *jobs)
	var print sync.Mutex
	for i, path := range paths {
		wg.Go(func() {
			slots <- true
			defer func() { <-slots }()
			var report string
			programs[i], report = test(gosubc, path, *verbose)
			print.Lock()
			fmt.Print(report)
			print.Unlock()
		})
	}
	wg.Wait()
	passed, total, wrong := 0, 0, 0
	for i, p := range programs {
		if p == nil {
			delete(expected, paths[i])
			continue
		}
		now := map[string]string{}
		for _, e := range p.examples {
			total++
			reason, listed := expected[p.path][e.name]
			switch {
			case e.failure != "":
				now[e.name] = e.failure
				if !listed && !*update {
					fmt.Printf("FAIL %s %s: %s\n", p.path, e.name, e.failure)
					wrong++
				}
			default:
				passed++
				if listed && !*update {
					fmt.Printf("PASSES, but is listed: %s %s (%s)\n", p.path, e.name, reason)
					wrong++
				}
			}
		}
		expected[p.path] = now
	}
	if *update {
		writeList(expected)
	}
	if total > 0 {
		fmt.Printf("examples: %d of %d (%.1f %%)\n", passed, total, 100*float64(passed)/float64(total))
	}
	if wrong > 0 {
		os.Exit(1)
	}
}

// test runs the examples of a package and returns a line that says how many
// passed; nil if there are none.
func test(gosubc, path string, verbose bool) (*program, string) {
	tmp, err := os.MkdirTemp("", "examples")
	if err != nil {
		fatal(err)
	}
	defer os.RemoveAll(tmp)
	p, err := load(path, tmp)
	if err != nil {
		fatal(err)
	}
	if p == nil {
		return nil, ""
	}
	if err := p.compile(gosubc); err != nil {
		fatal(err)
	}
	passed := 0
	var b strings.Builder
	for _, e := range p.examples {
		var got string
		if e.failure == "" {
			e.failure, got = p.run(e)
		}
		if e.failure == "" {
			passed++
		} else if verbose {
			fmt.Fprintf(&b, "--- %s %s: %s\n", path, e.name, e.failure)
			if got != "" {
				fmt.Fprintf(&b, "got:\n%s\nwant:\n%s\n", got, strings.TrimSpace(e.output))
			}
		}
	}
	fmt.Fprintf(&b, "%-24s %4d of %4d\n", path, passed, len(p.examples))
	return p, b.String()
}

// ours lists the packages of stdlib/ that programs can import.
func ours() []string {
	var paths []string
	err := filepath.WalkDir("stdlib", func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if d.Name() == "internal" {
			return fs.SkipDir
		}
		if files, _ := filepath.Glob(filepath.Join(dir, "*.go")); len(files) > 0 {
			paths = append(paths, filepath.ToSlash(strings.TrimPrefix(dir, "stdlib/")))
		}
		return nil
	})
	if err != nil {
		fatal(err)
	}
	return paths
}

// readList reads the failures that are expected: package, example, reason.
func readList() map[string]map[string]string {
	expected := map[string]map[string]string{}
	text, err := os.ReadFile(list)
	if err != nil && !os.IsNotExist(err) {
		fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		path, rest, _ := strings.Cut(line, " ")
		name, reason, _ := strings.Cut(rest, " ")
		if expected[path] == nil {
			expected[path] = map[string]string{}
		}
		expected[path][name] = reason
	}
	return expected
}

func writeList(expected map[string]map[string]string) {
	var lines []string
	for path, names := range expected {
		for name, reason := range names {
			lines = append(lines, path+" "+name+" "+reason+"\n")
		}
	}
	slices.Sort(lines)
	text := "# Examples of Go's library that do not print what they say, with the reason: package, example, reason.\n" +
		strings.Join(lines, "")
	if err := os.WriteFile(list, []byte(text), 0o666); err != nil {
		fatal(err)
	}
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "examples:", err)
	os.Exit(1)
}
