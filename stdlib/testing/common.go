// This file holds what T, B and F share: logging, failing, cleaning up, temporary folders.

package testing

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// TB is what [T], [B] and [F] have in common.
type TB interface {
	ArtifactDir() string
	Attr(key, value string)
	Cleanup(func())
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Setenv(key, value string)
	Chdir(dir string)
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	TempDir() string
	Context() context.Context
	Output() io.Writer

	// Types outside this package cannot implement TB, so that it can grow.
	private()
}

var (
	_ TB = (*T)(nil)
	_ TB = (*B)(nil)
	_ TB = (*F)(nil)
)

// common is the state of a test, benchmark or fuzz target.
type common struct {
	name   string
	level  int // 0 for the root
	parent *common
	bench  bool
	// isParallel is set by T.Parallel, before other goroutines look at it.
	isParallel bool

	mu       sync.Mutex // guards what follows
	kept     []byte     // whole lines not printed yet
	line     []byte     // the line that was begun with Output
	failed   bool
	skipped  bool
	finished bool // the function returned, or ended itself by FailNow or SkipNow
	done     bool // results are reported
	ran      bool
	hasSub   bool
	inFuzz   bool // in the function of a fuzz target: methods of F are not for it
	cleaning bool
	helpers  map[uintptr]bool // callers of Helper
	cleanups []func()
	creator  []uintptr // where Run was called
	runner   string    // the function in which frames of this test end

	start    time.Time
	duration time.Duration
	signal   chan bool // the test ended, or waits in Parallel
	barrier  chan bool // closed when parallel subtests may run
	sub      []*T      // those subtests

	tempDir     string
	tempErr     error
	tempCount   int
	artifactDir string
	ctx         context.Context
	cancel      context.CancelFunc
}

func (c *common) private() {}

// Name returns the name of the running test or benchmark; subtests' names are behind a slash.
func (c *common) Name() string { return c.name }

func (c *common) get(field *bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return *field
}

func (c *common) set(field *bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	*field = true
}

// Fail marks the function as failed; it goes on.
func (c *common) Fail() {
	if c.parent != nil {
		c.parent.Fail()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		panic("Fail in goroutine after " + c.name + " has completed")
	}
	c.failed = true
}

// Failed reports whether the function has failed.
func (c *common) Failed() bool { return c.get(&c.failed) }

// FailNow marks the function as failed and ends the goroutine, which must be the one that runs the test.
func (c *common) FailNow() {
	c.checkFuzzFn("FailNow")
	c.Fail()
	c.set(&c.finished)
	runtime.Goexit()
}

// Log formats as [fmt.Println] does and writes to the test's log, which is shown if it fails or with -v.
func (c *common) Log(args ...any) {
	c.checkFuzzFn("Log")
	c.log(fmt.Sprintln(args...), false)
}

// Logf is Log with a format.
func (c *common) Logf(format string, args ...any) {
	c.checkFuzzFn("Logf")
	c.log(fmt.Sprintf(format, args...), false)
}

// Error is Log, then Fail.
func (c *common) Error(args ...any) {
	c.checkFuzzFn("Error")
	c.log(fmt.Sprintln(args...), true)
	c.Fail()
}

// Errorf is Logf, then Fail.
func (c *common) Errorf(format string, args ...any) {
	c.checkFuzzFn("Errorf")
	c.log(fmt.Sprintf(format, args...), true)
	c.Fail()
}

// Fatal is Log, then FailNow.
func (c *common) Fatal(args ...any) {
	c.checkFuzzFn("Fatal")
	c.log(fmt.Sprintln(args...), true)
	c.FailNow()
}

// Fatalf is Logf, then FailNow.
func (c *common) Fatalf(format string, args ...any) {
	c.checkFuzzFn("Fatalf")
	c.log(fmt.Sprintf(format, args...), true)
	c.FailNow()
}

// Skip is Log, then SkipNow.
func (c *common) Skip(args ...any) {
	c.checkFuzzFn("Skip")
	c.log(fmt.Sprintln(args...), false)
	c.SkipNow()
}

// Skipf is Logf, then SkipNow.
func (c *common) Skipf(format string, args ...any) {
	c.checkFuzzFn("Skipf")
	c.log(fmt.Sprintf(format, args...), false)
	c.SkipNow()
}

// SkipNow marks the test as skipped and ends the goroutine, which must be the one that runs the test. A test that has
// failed stays failed.
func (c *common) SkipNow() {
	c.checkFuzzFn("SkipNow")
	c.mu.Lock()
	c.skipped, c.finished = true, true
	c.mu.Unlock()
	runtime.Goexit()
}

// Skipped reports whether the test was skipped.
func (c *common) Skipped() bool { return c.get(&c.skipped) }

// checkFuzzFn panics when a method of F is called in the function that F.Fuzz runs.
func (c *common) checkFuzzFn(name string) {
	if c.get(&c.inFuzz) {
		panic("testing: f." + name + " was called inside the fuzz target, use t." + name + " instead")
	}
}

// Helper marks the calling function as a helper: lines that it logs get the position of its caller.
func (c *common) Helper() {
	if c.get(&c.inFuzz) {
		panic("testing: f.Helper was called inside the fuzz target, use t.Helper instead")
	}
	var pc [1]uintptr
	if runtime.Callers(2, pc[:]) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.helpers == nil {
		c.helpers = make(map[uintptr]bool)
	}
	c.helpers[pc[0]] = true
}

// helperNames are the functions that called Helper, in this test and those around it.
func (c *common) helperNames() map[string]bool {
	names := make(map[string]bool)
	for ; c != nil; c = c.parent {
		c.mu.Lock()
		for pc := range c.helpers {
			f, _ := runtime.CallersFrames([]uintptr{pc}).Next()
			names[f.Function] = true
		}
		c.mu.Unlock()
	}
	return names
}

// position finds the line to which a message belongs: that of the first caller outside this package that isn't a
// helper. Where all frames of a test are helpers, the call of Run is looked at in the same way.
func (c *common) position() (file string, line int) {
	helpers := c.helperNames()
	var buf [64]uintptr
	pcs := buf[:runtime.Callers(3, buf[:])]
	var first runtime.Frame
	for at := c; at != nil; at = at.parent {
		frames := runtime.CallersFrames(pcs)
		for more := len(pcs) > 0; more; {
			var f runtime.Frame
			f, more = frames.Next()
			if f.Function == at.runner && first.PC != 0 {
				break
			}
			// A deferred call's caller is the runtime, while the goroutine ends.
			if strings.HasPrefix(f.Function, "testing.") || strings.HasPrefix(f.Function, "runtime.") {
				continue
			}
			if first.PC == 0 {
				first = f
			}
			if !helpers[f.Function] {
				return f.File, f.Line
			}
		}
		pcs = at.creator
	}
	return first.File, first.Line
}

// log adds a message with its position; it is the position of the caller's caller.
func (c *common) log(text string, isError bool) {
	file, line := c.position()
	if !flags.fullPath {
		file = file[strings.LastIndexByte(file, '/')+1:]
	}
	if file == "" {
		file = "???"
	}
	text = strings.TrimSuffix(text, "\n")
	text = strings.ReplaceAll(text, "\n", "\n        ")
	text = fmt.Sprintf("    %s:%d: %s", file, max(line, 1), text)
	if isError && flags.verbose.json {
		text = markErrorBegin + text + markErrorEnd
	}
	c.endLine()
	c.emit(text + "\n")
}

// emit prints or keeps whole lines.
func (c *common) emit(lines string) {
	c.mu.Lock()
	if c.done {
		c.mu.Unlock()
		// The test is over: the next one around it that is not takes the lines.
		for p := c.parent; p != nil; p = p.parent {
			p.mu.Lock()
			if !p.done {
				p.kept = append(p.kept, "    Log in goroutine after "+c.name+" has completed: "+strings.TrimLeft(lines, " ")...)
				p.mu.Unlock()
				return
			}
			p.mu.Unlock()
		}
		panic("Log in goroutine after " + c.name + " has completed: " + strings.TrimSpace(lines))
	}
	defer c.mu.Unlock()
	switch {
	case !flags.verbose.on:
		c.kept = append(c.kept, lines...)
	case c.bench:
		out.raw(lines)
	default:
		out.log(c.name, lines)
	}
}

// Output returns a writer to the test's log: without positions, but indented.
func (c *common) Output() io.Writer {
	c.checkFuzzFn("Output")
	return outputWriter{c}
}

type outputWriter struct{ c *common }

func (w outputWriter) Write(p []byte) (int, error) {
	var lines strings.Builder
	w.c.mu.Lock()
	if w.c.done {
		w.c.mu.Unlock()
		w.c.emit(string(p))
		return len(p), nil
	}
	rest := append(w.c.line, p...)
	for {
		line, more, found := strings.Cut(string(rest), "\n")
		if !found {
			break
		}
		lines.WriteString("    " + line + "\n")
		rest = []byte(more)
	}
	w.c.line = rest
	w.c.mu.Unlock()
	if lines.Len() > 0 {
		w.c.emit(lines.String())
	}
	return len(p), nil
}

// endLine completes the line that was begun with Output.
func (c *common) endLine() {
	c.mu.Lock()
	line := string(c.line)
	c.line = nil
	c.mu.Unlock()
	if line != "" {
		c.emit("    " + line + "\n")
	}
}

// Attr prints an attribute of the test at once.
func (c *common) Attr(key, value string) {
	if strings.ContainsFunc(key, unicode.IsSpace) {
		c.Errorf("disallowed whitespace in attribute key %q", key)
		return
	}
	if strings.ContainsAny(value, "\r\n") {
		c.Errorf("disallowed newline in attribute value %q", value)
		return
	}
	if flags.verbose.on {
		out.event(c.name, "=== ATTR  "+c.name+" "+key+" "+value+"\n")
	}
}

// Cleanup registers a function that is called when the test and its subtests are complete; the last registered is the
// first called.
func (c *common) Cleanup(f func()) {
	c.checkFuzzFn("Cleanup")
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cleanups = append(c.cleanups, f)
}

// runCleanups calls the registered functions. If keep is set, a panic is not passed on but returned.
func (c *common) runCleanups(keep bool) (panicked any) {
	c.set(&c.cleaning)
	defer func() {
		c.mu.Lock()
		c.cleaning = false
		c.mu.Unlock()
	}()
	if keep {
		defer func() { panicked = recover() }()
	}
	// If one panics or exits, those before it run all the same.
	defer func() {
		c.mu.Lock()
		more := len(c.cleanups) > 0
		c.mu.Unlock()
		if more {
			c.runCleanups(false)
		}
	}()
	c.mu.Lock()
	cancel := c.cancel
	c.mu.Unlock()
	if cancel != nil {
		cancel()
	}
	for {
		c.mu.Lock()
		var f func()
		if n := len(c.cleanups); n > 0 {
			f = c.cleanups[n-1]
			c.cleanups = c.cleanups[:n-1]
		}
		c.mu.Unlock()
		if f == nil {
			return nil
		}
		f()
	}
}

// Context returns a context that is cancelled just before functions registered with Cleanup are called.
func (c *common) Context() context.Context {
	c.checkFuzzFn("Context")
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx == nil {
		c.ctx, c.cancel = context.WithCancel(context.Background())
	}
	return c.ctx
}

// fileName is the test's name as part of a file's name.
func (c *common) fileName() string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf && strings.ContainsRune("-_", r), unicode.IsLetter(r), unicode.IsNumber(r):
			return r
		}
		return -1
	}, c.name)
}

// TempDir returns a new empty folder that is removed when the test and its subtests are complete.
func (c *common) TempDir() string {
	c.checkFuzzFn("TempDir")
	c.mu.Lock()
	isNew := c.tempDir == ""
	if isNew {
		c.tempDir, c.tempErr = os.MkdirTemp("", c.fileName())
	}
	base, err := c.tempDir, c.tempErr
	n := c.tempCount
	c.tempCount++
	c.mu.Unlock()
	if isNew && err == nil {
		c.Cleanup(func() {
			if err := os.RemoveAll(base); err != nil {
				c.Errorf("TempDir RemoveAll cleanup: %v", err)
			}
		})
	}
	if err != nil {
		c.Fatalf("TempDir: %v", err)
	}
	dir := fmt.Sprintf("%s/%03d", base, n+1)
	if err := os.Mkdir(dir, 0o777); err != nil {
		c.Fatalf("TempDir: %v", err)
	}
	return dir
}

// ArtifactDir returns a folder for files that the test leaves behind: below the output folder with -artifacts, else a
// temporary one.
func (c *common) ArtifactDir() string {
	c.checkFuzzFn("ArtifactDir")
	c.mu.Lock()
	dir := c.artifactDir
	c.mu.Unlock()
	if dir != "" {
		return dir
	}
	if !flags.artifacts {
		dir = c.TempDir()
	} else {
		base := inOutputDir("_artifacts")
		if err := os.MkdirAll(base, 0o777); err != nil {
			c.Fatalf("ArtifactDir: %v", err)
		}
		var err error
		if dir, err = os.MkdirTemp(base, c.fileName()+"-"); err != nil {
			c.Fatalf("ArtifactDir: %v", err)
		}
		if cwd, err := os.Getwd(); err == nil && dir[0] != '/' {
			dir = cwd + "/" + dir
		}
		if flags.verbose.on {
			out.event(c.name, "=== ARTIFACTS "+c.name+" "+dir+"\n")
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.artifactDir = dir
	return dir
}

// Setenv sets an environment variable until the test is complete.
func (c *common) Setenv(key, value string) {
	c.checkFuzzFn("Setenv")
	before, was := os.LookupEnv(key)
	if err := os.Setenv(key, value); err != nil {
		c.Fatalf("cannot set environment variable: %v", err)
	}
	c.Cleanup(func() {
		if was {
			os.Setenv(key, before)
		} else {
			os.Unsetenv(key)
		}
	})
}

// Chdir changes the working directory until the test is complete; PWD follows.
func (c *common) Chdir(dir string) {
	c.checkFuzzFn("Chdir")
	before, err := os.Getwd()
	if err != nil {
		c.Fatal(err)
	}
	if err := os.Chdir(dir); err != nil {
		c.Fatal(err)
	}
	if dir == "" || dir[0] != '/' {
		if dir, err = os.Getwd(); err != nil {
			c.Fatal(err)
		}
	}
	c.Setenv("PWD", dir)
	c.Cleanup(func() {
		if err := os.Chdir(before); err != nil {
			// Other tests would run in the wrong place.
			panic("testing.Chdir: " + err.Error())
		}
	})
}

func (c *common) setRan() {
	for p := c; p != nil; p = p.parent {
		p.set(&p.ran)
	}
}
