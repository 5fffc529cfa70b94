// Runs the tests of Go's own library, where Go is installed, with `gosubc test` and our library.
//
// Usage: go run tests/library/tests/*.go [-v] [-update] [-skipped] [-keep DIR] [PACKAGE...]
//
// Test files are copied with what can't be used from outside cut out: declarations that need unexported names or
// internal packages (-skipped lists them). A test counts if it passes with Go in that form. Tests that fail are
// compared with tests/library/test-failures.txt: one that is not listed there, or one listed that passes, makes the run
// fail. -update rewrites the list for the packages that were run. The compiler is $GOSUBC, or target/release/gosubc.
// Runs in the repository's root.
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const list = "tests/library/test-failures.txt"

// defaults are the packages whose tests are run without arguments.
var defaults = strings.Fields(`bufio bytes container/heap container/list container/ring context encoding/base64
	encoding/csv encoding/hex encoding/json errors fmt maps math math/bits path path/filepath regexp slices sort strconv
	strings sync text/tabwriter text/template time unicode/utf8 net/url html/template`)

func main() {
	update := flag.Bool("update", false, "rewrite "+list)
	verbose := flag.Bool("v", false, "print the output of failing tests")
	skipped := flag.Bool("skipped", false, "print tests that cannot be run from outside")
	keep := flag.String("keep", "", "keep the copied tests in this `folder`")
	flag.Parse()
	gosubc := os.Getenv("GOSUBC")
	if gosubc == "" {
		gosubc, _ = filepath.Abs("target/release/gosubc")
	}
	paths := flag.Args()
	if len(paths) == 0 {
		paths = defaults
	}
	work := *keep
	if work == "" {
		dir, err := os.MkdirTemp("", "library-tests")
		check(err)
		defer os.RemoveAll(dir)
		work = dir
	}
	expected := readList()
	passed, total, cut, wrong := 0, 0, 0, 0
	for _, path := range paths {
		if !exists(filepath.Join("stdlib", path)) {
			fmt.Printf("%-20s is not in our library\n", path)
			continue
		}
		r := runPackage(gosubc, path, work)
		now := map[string]string{}
		good := 0
		for _, name := range slices.Sorted(maps.Keys(r.wanted)) {
			total++
			why, failed := r.failures[name]
			reason, listed := expected[path][name]
			switch {
			case failed:
				now[name] = why
				if reason != "" {
					now[name] = reason
				}
				if !listed && !*update {
					fmt.Printf("FAIL %s %s: %s\n", path, name, why)
					wrong++
				}
				if *verbose {
					fmt.Print(r.outputs[name])
				}
			default:
				good++
				if listed && !*update {
					fmt.Printf("PASSES, but is listed: %s %s (%s)\n", path, name, reason)
					wrong++
				}
			}
		}
		passed += good
		cut += len(r.cut)
		expected[path] = now
		fmt.Printf("%-20s %4d of %4d pass, %d not usable from outside\n", path, good, len(r.wanted), len(r.cut))
		if *skipped {
			for _, name := range slices.Sorted(maps.Keys(r.cut)) {
				fmt.Printf("\t%s: %s\n", name, r.cut[name])
			}
		}
	}
	if total > 0 {
		fmt.Printf("%d of %d tests pass (%.1f %%), %d not usable from outside\n", passed, total, 100*float64(passed)/float64(total), cut)
	}
	if *update {
		writeList(expected)
		return
	}
	if wrong > 0 {
		os.Exit(1)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// readList reads the expected failures: package, test, reason.
func readList() map[string]map[string]string {
	all := map[string]map[string]string{}
	data, err := os.ReadFile(list)
	if err != nil {
		return all
	}
	for line := range strings.Lines(string(data)) {
		words := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(words) < 3 || words[0] == "#" {
			continue
		}
		if all[words[0]] == nil {
			all[words[0]] = map[string]string{}
		}
		all[words[0]][words[1]] = words[2]
	}
	return all
}

func writeList(all map[string]map[string]string) {
	var b strings.Builder
	b.WriteString("# Tests of Go's library that pass with Go but not with us: package, test, reason. This list may only shrink.\n")
	for _, path := range slices.Sorted(maps.Keys(all)) {
		for _, name := range slices.Sorted(maps.Keys(all[path])) {
			fmt.Fprintf(&b, "%s %s %s\n", path, name, all[path][name])
		}
	}
	check(os.WriteFile(list, []byte(b.String()), 0o666))
}
