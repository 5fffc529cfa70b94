// This file runs copied tests with both compilers.

package main

import (
	"context"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

type result struct {
	wanted   map[string]bool   // tests that pass with Go
	failures map[string]string // those that fail with us, and why
	outputs  map[string]string
	cut      map[string]string
}

const perBinary = 120 * time.Second

func runPackage(gosubc, path, work string) result {
	r := result{map[string]bool{}, map[string]string{}, map[string]string{}, map[string]string{}}
	writeModule(work)
	for _, s := range sets(path, work) {
		for name, why := range s.cut {
			r.cut[name] = why
		}
		names := s.tests()
		if len(names) == 0 {
			continue
		}
		// What Go's own compiler does not take (bodies elsewhere, mostly) cannot be tested here.
		exe := filepath.Join(s.dir, "go.test")
		if why := s.compile(s.cut, "go", "test", "-vet=off", "-gcflags=-e", "-c", "-o", exe, "."); why != "" {
			for _, name := range names {
				r.cut[name] = "does not compile with Go in this form: " + why
			}
			continue
		}
		names = s.tests()
		for name, why := range s.cut {
			r.cut[name] = why
		}
		theirs, _ := runAll(exe, s.dir, names)
		os.Remove(exe)
		ours := map[string]string{}
		outputs := map[string]string{}
		exe = filepath.Join(s.dir, "gosubc.test")
		if why := s.compile(s.broken, gosubc, "test", "-c", "-error-format=short", "-e", "-o", exe, "."); why != "" {
			for _, name := range names {
				ours[name] = why
			}
		} else {
			ours, outputs = runAll(exe, s.dir, s.tests())
			os.Remove(exe)
		}
		for _, name := range names {
			if theirs[name] != "" {
				r.cut[name] = "does not pass with Go in this form: " + theirs[name]
				continue
			}
			r.wanted[name] = true
			if why, broken := s.broken[name]; broken {
				r.failures[name] = "does not compile: " + why
			} else if ours[name] != "" {
				r.failures[name] = ours[name]
				r.outputs[name] = outputs[name]
			}
		}
	}
	return r
}

func writeModule(work string) {
	check(os.MkdirAll(work, 0o777))
	check(os.WriteFile(filepath.Join(work, "go.mod"), []byte("module libtest\n\ngo 1.27\n"), 0o666))
	for path, text := range shims {
		dir := filepath.Join(work, path)
		check(os.MkdirAll(dir, 0o777))
		check(os.WriteFile(filepath.Join(dir, "shim.go"), []byte(text), 0o666))
	}
}

func command(dir, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

var errorLine = regexp.MustCompile(`^(?:\./)?([\w./-]+\.go):(\d+):(\d+): (.*)`)

// compile makes a binary; declarations that cannot be compiled are cut out and tests among them noted. It returns why
// nothing can be compiled.
func (s *set) compile(noted map[string]string, name string, args ...string) string {
	for range 12 {
		out, err := command(s.dir, name, args...)
		if err == nil {
			return ""
		}
		changed := false
		first := ""
		for line := range strings.Lines(out) {
			m := errorLine.FindStringSubmatch(strings.TrimSpace(line))
			if m == nil {
				if first == "" && !strings.HasPrefix(line, "#") {
					first = strings.TrimSpace(line)
				}
				continue
			}
			if first == "" {
				first = m[4]
			}
			if s.remove(s.at(filepath.Base(m[1]), m[2], m[3]), m[4], noted) {
				changed = true
			}
		}
		if !changed {
			return "does not compile: " + first
		}
		s.write()
	}
	return "does not compile: too many errors"
}

// at is the position of a line and column in a copied file.
func (s *set) at(file, line, col string) (pos token.Pos) {
	l, _ := strconv.Atoi(line)
	c, _ := strconv.Atoi(col)
	for _, f := range s.files {
		if f.FileStart.IsValid() && filepath.Base(s.fset.File(f.FileStart).Name()) == file {
			tf := s.fset.File(f.FileStart)
			if l <= tf.LineCount() {
				return tf.LineStart(l) + token.Pos(c-1)
			}
		}
	}
	return token.NoPos
}


var event = regexp.MustCompile(`(?m)^(=== RUN   |--- PASS: |--- FAIL: |--- SKIP: )(Test\w*)(?: \(|$)`)

// runAll runs a binary until each test has ended, one that crashes or hangs alone. It returns why tests failed, and
// what failing ones printed.
func runAll(exe, dir string, names []string) (failures, outputs map[string]string) {
	failures, outputs = map[string]string{}, map[string]string{}
	left := map[string]bool{}
	for _, n := range names {
		left[n] = true
	}
	for len(left) > 0 {
		var skip []string
		for _, n := range names {
			if !left[n] {
				skip = append(skip, n)
			}
		}
		args := []string{"-test.v", "-test.short", "-test.timeout=" + perBinary.String()}
		if skip != nil {
			args = append(args, "-test.skip=^("+strings.Join(skip, "|")+")$")
		}
		ctx, cancel := context.WithTimeout(context.Background(), perBinary+10*time.Second)
		cmd := exec.CommandContext(ctx, exe, args...)
		cmd.Dir = dir
		cmd.WaitDelay = time.Second
		data, err := cmd.CombinedOutput()
		cancel()
		out := string(data)
		running := ""
		ended := 0
		hits := event.FindAllStringSubmatchIndex(out, -1)
		begin := map[string]int{}
		for _, h := range hits {
			kind, name := out[h[2]:h[3]], out[h[4]:h[5]]
			switch kind {
			case "=== RUN   ":
				running = name
				begin[name] = h[0]
				continue
			case "--- FAIL: ":
				failures[name] = reason(out[begin[name]:h[0]])
				outputs[name] = out[begin[name]:h[1]]
			}
			if left[name] {
				ended++
			}
			delete(left, name)
			if running == name {
				running = ""
			}
		}
		if err == nil && ctx.Err() == nil {
			for n := range left {
				failures[n] = "did not run"
			}
			break
		}
		if _, isExit := err.(*exec.ExitError); isExit && running == "" && len(left) == 0 {
			break
		}
		// The test that ran last brought the program down.
		if running == "" || !left[running] {
			if ended == 0 {
				for n := range left {
					failures[n] = "the test binary fails: " + reason(out)
				}
				break
			}
			if strings.HasSuffix(strings.TrimSpace(out), "FAIL") {
				break
			}
			continue
		}
		failures[running] = "crashes: " + reason(out[begin[running]:])
		outputs[running] = out[begin[running]:]
		delete(left, running)
	}
	return failures, outputs
}

// reason is the line of output that says most.
func reason(out string) string {
	best := ""
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") || strings.HasPrefix(line, "signal: ") {
			return clip(line)
		}
		if best == "" && line != "" && !strings.HasPrefix(line, "===") && !strings.HasPrefix(line, "---") {
			best = line
		}
	}
	if best == "" {
		best = "fails without a word"
	}
	return clip(best)
}

func clip(s string) string {
	if len(s) > 140 {
		return strings.ToValidUTF8(s[:140], "")
	}
	return s
}
