// This file runs examples and compares what they print.

package testing

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// InternalExample is an example and what it prints, for the main function that `gosubc test` makes.
type InternalExample struct {
	Name      string
	F         func()
	Output    string
	Unordered bool
}

// RunExamples is for the main functions of other build systems.
func RunExamples(matchString func(pat, str string) (bool, error), examples []InternalExample) (ok bool) {
	_, ok = runExamples(matchString, examples)
	return ok
}

func runExamples(matchString func(pat, str string) (bool, error), examples []InternalExample) (ran, ok bool) {
	ok = true
	if len(examples) == 0 {
		return false, true
	}
	match := newMatcher(matchString, flags.run, flags.skip)
	rounds(func(int) {
		for _, e := range examples {
			if mustStop() {
				return
			}
			if _, selected, _ := match.fullName(nil, e.Name); !selected {
				continue
			}
			ran = true
			if !runExample(e) {
				numFailed.Add(1)
				ok = false
			}
		}
	})
	return ran, ok
}

// runExample runs one with standard output going to a pipe.
func runExample(e InternalExample) (ok bool) {
	if flags.verbose.on {
		out.event(e.Name, "=== RUN   "+e.Name+"\n")
	}
	stdout := os.Stdout
	r, w, err := os.Pipe()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout = w
	printed := make(chan string)
	go func() {
		var b strings.Builder
		_, err := io.Copy(&b, r)
		r.Close()
		if err != nil {
			fmt.Fprintf(os.Stderr, "testing: copying pipe: %v\n", err)
			os.Exit(1)
		}
		printed <- b.String()
	}()
	finished := false
	start := time.Now()
	defer func() {
		elapsed := time.Since(start)
		w.Close()
		got := <-printed
		os.Stdout = stdout
		cause := recover()
		ok = e.report(got, elapsed, finished, cause)
		if cause != nil {
			panic(cause)
		}
		if !finished {
			panic(errExited)
		}
	}()
	e.F()
	finished = true
	return
}

func (e InternalExample) report(printed string, elapsed time.Duration, finished bool, cause any) bool {
	failure := ""
	got, want := strings.TrimSpace(printed), strings.TrimSpace(e.Output)
	switch {
	case !finished || cause != nil:
	case e.Unordered:
		if sortedLines(got) != sortedLines(want) {
			failure = fmt.Sprintf("got:\n%s\nwant (unordered):\n%s\n", printed, e.Output)
		}
	case got != want:
		failure = fmt.Sprintf("got:\n%s\nwant:\n%s\n", got, want)
	}
	if failure != "" || !finished || cause != nil {
		out.event(e.Name, fmt.Sprintf("--- FAIL: %s (%.2fs)\n%s", e.Name, elapsed.Seconds(), failure))
		return false
	}
	if flags.verbose.on {
		out.event(e.Name, fmt.Sprintf("--- PASS: %s (%.2fs)\n", e.Name, elapsed.Seconds()))
	}
	return true
}

func sortedLines(s string) string {
	lines := strings.Split(s, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
