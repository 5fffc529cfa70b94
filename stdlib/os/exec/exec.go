// This file runs commands.

// Package exec runs other programs, with readers and writers as their standard
// streams.
package exec

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// ErrWaitDelay says that a program ended well, but its output did not within
// WaitDelay.
var ErrWaitDelay = errors.New("exec: WaitDelay expired before I/O complete")

// ExitError is a program that did not end well.
type ExitError struct {
	*os.ProcessState

	// Stderr is a part of the standard error, if Output collected it.
	Stderr []byte
}

// Error is how the program ended.
func (e *ExitError) Error() string { return e.ProcessState.String() }

// Cmd is a command, to be run once.
type Cmd struct {
	Path string   // of the program
	Args []string // the first is its name; {Path} if there are none
	Env  []string // that of this process if nil
	Dir  string   // working directory, if not empty

	// The standard streams: nothing if nil. A File is used directly, others are
	// copied to and from by goroutines that Wait waits for.
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer

	ExtraFiles  []*os.File // descriptors 3 and so on
	SysProcAttr *syscall.SysProcAttr

	Process      *os.Process      // once it is started
	ProcessState *os.ProcessState // once it ended
	Err          error            // of LookPath

	// Cancel is called when the context is done; it kills the process if
	// nothing else is set.
	Cancel func() error

	// WaitDelay, if not 0, bounds the time from the end of the context to the
	// end of the process, and from that to the end of the streams.
	WaitDelay time.Duration

	ctx        context.Context
	child      []io.Closer // this process closes them when the other one has them
	parent     []io.Closer // Wait closes them
	copies     []func() error
	copied     chan error
	watched    chan watch
	finished   chan struct{}
	waitCalled bool
}

// watch is what came of the context.
type watch struct {
	err   error
	timer *time.Timer // runs since the context was done
}

// Command returns a command of a program, which LookPath looks for if its name
// has no slash.
func Command(name string, arg ...string) *Cmd {
	c := &Cmd{Path: name, Args: append([]string{name}, arg...)}
	if filepath.Base(name) == name {
		path, err := LookPath(name)
		if path != "" {
			c.Path = path
		}
		c.Err = err
	}
	return c
}

// CommandContext is Command with a context whose end kills the process.
func CommandContext(ctx context.Context, name string, arg ...string) *Cmd {
	if ctx == nil {
		panic("nil Context")
	}
	c := Command(name, arg...)
	c.ctx = ctx
	c.Cancel = func() error { return c.Process.Kill() }
	return c
}

// String returns the command for people to read.
func (c *Cmd) String() string {
	if c.Err != nil {
		return strings.Join(c.Args, " ")
	}
	var rest []string
	if len(c.Args) > 1 {
		rest = c.Args[1:]
	}
	return strings.Join(append([]string{c.Path}, rest...), " ")
}

// Environ returns the environment that the command would get.
func (c *Cmd) Environ() []string {
	env := c.Env
	if env == nil {
		env = os.Environ()
		if c.Dir != "" {
			if dir, err := filepath.Abs(c.Dir); err == nil {
				env = append(env, "PWD="+dir)
			}
		}
	}
	// The last of several values counts.
	var out []string
	seen := map[string]bool{}
	for i := len(env) - 1; i >= 0; i-- {
		key, _, ok := strings.Cut(env[i], "=")
		if strings.IndexByte(env[i], 0) >= 0 || ok && seen[key] {
			continue
		}
		if ok {
			seen[key] = true
		}
		out = append(out, env[i])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// pipe makes a pipe of which the process gets one end.
func (c *Cmd) pipe(read bool) (theirs, ours *os.File, err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	theirs, ours = w, r
	if read {
		theirs, ours = r, w
	}
	c.child = append(c.child, theirs)
	c.parent = append(c.parent, ours)
	return theirs, ours, nil
}

func (c *Cmd) stdin() (*os.File, error) {
	switch in := c.Stdin.(type) {
	case nil:
		return c.null(os.O_RDONLY)
	case *os.File:
		return in, nil
	}
	theirs, ours, err := c.pipe(true)
	if err != nil {
		return nil, err
	}
	c.copies = append(c.copies, func() error {
		_, err := io.Copy(ours, c.Stdin)
		// The process need not read all of it.
		if errors.Is(err, syscall.EPIPE) {
			err = nil
		}
		if e := ours.Close(); err == nil && !errors.Is(e, os.ErrClosed) {
			err = e
		}
		return err
	})
	return theirs, nil
}

func (c *Cmd) null(flag int) (*os.File, error) {
	f, err := os.OpenFile(os.DevNull, flag, 0)
	if err == nil {
		c.child = append(c.child, f)
	}
	return f, err
}

func (c *Cmd) writer(w io.Writer) (*os.File, error) {
	switch out := w.(type) {
	case nil:
		return c.null(os.O_WRONLY)
	case *os.File:
		return out, nil
	}
	theirs, ours, err := c.pipe(false)
	if err != nil {
		return nil, err
	}
	c.copies = append(c.copies, func() error {
		_, err := io.Copy(w, ours)
		ours.Close()
		return err
	})
	return theirs, nil
}

func closeAll(list []io.Closer) {
	for _, f := range list {
		f.Close()
	}
}

// Run starts the command and waits for its end.
func (c *Cmd) Run() error {
	if err := c.Start(); err != nil {
		return err
	}
	return c.Wait()
}

// Start starts the command. Wait must be called later.
func (c *Cmd) Start() (err error) {
	if c.Process != nil {
		return errors.New("exec: already started")
	}
	defer func() {
		closeAll(c.child)
		c.child = nil
		if err != nil {
			closeAll(c.parent)
			c.parent = nil
		}
	}()
	if c.Path == "" && c.Err == nil {
		c.Err = errors.New("exec: no command")
	}
	if c.Err != nil {
		return c.Err
	}
	if c.Cancel != nil && c.ctx == nil {
		return errors.New("exec: command with a non-nil Cancel was not created with CommandContext")
	}
	if c.ctx != nil {
		select {
		case <-c.ctx.Done():
			return c.ctx.Err()
		default:
		}
	}
	in, err := c.stdin()
	if err != nil {
		return err
	}
	out, err := c.writer(c.Stdout)
	if err != nil {
		return err
	}
	files := []*os.File{in, out, out}
	if !sameWriter(c.Stdout, c.Stderr) {
		if files[2], err = c.writer(c.Stderr); err != nil {
			return err
		}
	}
	args := c.Args
	if len(args) == 0 {
		args = []string{c.Path}
	}
	c.Process, err = os.StartProcess(c.Path, args, &os.ProcAttr{
		Dir: c.Dir, Files: append(files, c.ExtraFiles...), Env: c.Environ(), Sys: c.SysProcAttr,
	})
	if err != nil {
		return err
	}
	if len(c.copies) > 0 {
		c.copied = make(chan error, len(c.copies))
		for _, f := range c.copies {
			go func() { c.copied <- f() }()
		}
	}
	if c.ctx != nil && c.ctx.Done() != nil && (c.Cancel != nil || c.WaitDelay != 0) {
		c.watched = make(chan watch)
		c.finished = make(chan struct{})
		go c.watch()
	}
	return nil
}

func sameWriter(a, b io.Writer) bool {
	return a != nil && b != nil && reflect.TypeOf(a).Comparable() && reflect.TypeOf(b).Comparable() && a == b
}

// watch waits for the end of the context or of the process.
func (c *Cmd) watch() {
	select {
	case <-c.finished:
		c.watched <- watch{}
		return
	case <-c.ctx.Done():
	}
	var err error
	if c.Cancel != nil {
		switch e := c.Cancel(); {
		case e == nil:
			err = c.ctx.Err()
		case !errors.Is(e, os.ErrProcessDone):
			err = wrapped{"exec: canceling Cmd", e}
		}
	}
	if c.WaitDelay == 0 {
		c.watched <- watch{err, nil}
		return
	}
	timer := time.NewTimer(c.WaitDelay)
	select {
	case c.watched <- watch{err, timer}:
		return
	case <-c.finished:
	case <-timer.C:
		// It had its time.
		if e := c.Process.Kill(); e == nil {
			err = c.ctx.Err()
		} else if !errors.Is(e, os.ErrProcessDone) {
			err = wrapped{"exec: killing Cmd", e}
		}
		timer.Reset(0)
	}
	c.watched <- watch{err, timer}
}

type wrapped struct {
	prefix string
	err    error
}

func (w wrapped) Error() string { return w.prefix + ": " + w.err.Error() }
func (w wrapped) Unwrap() error { return w.err }

// Wait waits for the end of a command that was started, and of what is copied
// to and from it. If it did not end well, that is an ExitError.
func (c *Cmd) Wait() error {
	if c.Process == nil {
		return errors.New("exec: not started")
	}
	if c.waitCalled {
		return errors.New("exec: Wait was already called")
	}
	c.waitCalled = true
	state, err := c.Process.Wait()
	if err == nil && !state.Success() {
		err = &ExitError{ProcessState: state}
	}
	c.ProcessState = state
	var timer *time.Timer
	if c.watched != nil {
		close(c.finished)
		w := <-c.watched
		timer = w.timer
		if err == nil {
			err = w.err
		}
	}
	if e := c.wait(timer); err == nil {
		err = e
	}
	closeAll(c.parent)
	c.parent = nil
	return err
}

// wait waits for the copies, but no longer than WaitDelay.
func (c *Cmd) wait(timer *time.Timer) (err error) {
	defer func() {
		if timer != nil {
			timer.Stop()
		}
	}()
	if c.copied == nil {
		return nil
	}
	var over <-chan time.Time
	if c.WaitDelay != 0 {
		if timer == nil {
			timer = time.NewTimer(c.WaitDelay)
		}
		over = timer.C
	}
	for range c.copies {
		select {
		case e := <-c.copied:
			if err == nil {
				err = e
			}
		case <-over:
			closeAll(c.parent)
			return ErrWaitDelay
		}
	}
	return err
}

// Output runs the command and returns its standard output. An ExitError has a
// part of its standard error, if nothing else was to get it.
func (c *Cmd) Output() ([]byte, error) {
	if c.Stdout != nil {
		return nil, errors.New("exec: Stdout already set")
	}
	var out bytes.Buffer
	c.Stdout = &out
	var tail *ends
	if c.Stderr == nil {
		tail = new(ends)
		c.Stderr = tail
	}
	err := c.Run()
	if e, ok := err.(*ExitError); ok && tail != nil {
		e.Stderr = tail.bytes()
	}
	return out.Bytes(), err
}

// CombinedOutput runs the command and returns its standard output and error.
func (c *Cmd) CombinedOutput() ([]byte, error) {
	if c.Stdout != nil {
		return nil, errors.New("exec: Stdout already set")
	}
	if c.Stderr != nil {
		return nil, errors.New("exec: Stderr already set")
	}
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	return out.Bytes(), err
}

// inPipe is the end of StdinPipe; it may be closed twice.
type inPipe struct {
	*os.File
	once sync.Once
	err  error
}

func (p *inPipe) Close() error {
	p.once.Do(func() { p.err = p.File.Close() })
	return p.err
}

// StdinPipe returns what writes to the standard input. Wait closes it.
func (c *Cmd) StdinPipe() (io.WriteCloser, error) {
	if c.Stdin != nil {
		return nil, errors.New("exec: Stdin already set")
	}
	if c.Process != nil {
		return nil, errors.New("exec: StdinPipe after process started")
	}
	theirs, ours, err := c.pipe(true)
	if err != nil {
		return nil, err
	}
	c.Stdin = theirs
	p := &inPipe{File: ours}
	c.parent[len(c.parent)-1] = p
	return p, nil
}

// StdoutPipe returns what reads the standard output. Wait closes it: all must be
// read before.
func (c *Cmd) StdoutPipe() (io.ReadCloser, error) {
	if c.Stdout != nil {
		return nil, errors.New("exec: Stdout already set")
	}
	if c.Process != nil {
		return nil, errors.New("exec: StdoutPipe after process started")
	}
	theirs, ours, err := c.pipe(false)
	if err != nil {
		return nil, err
	}
	c.Stdout = theirs
	return ours, nil
}

// StderrPipe is StdoutPipe for the standard error.
func (c *Cmd) StderrPipe() (io.ReadCloser, error) {
	if c.Stderr != nil {
		return nil, errors.New("exec: Stderr already set")
	}
	if c.Process != nil {
		return nil, errors.New("exec: StderrPipe after process started")
	}
	theirs, ours, err := c.pipe(false)
	if err != nil {
		return nil, err
	}
	c.Stderr = theirs
	return ours, nil
}

// ends keeps the beginning and the end of what is written.
type ends struct {
	head, tail []byte
	skipped    int
}

const keep = 32 << 10 // bytes of each

func (e *ends) Write(p []byte) (int, error) {
	n := len(p)
	k := min(keep-len(e.head), len(p))
	e.head = append(e.head, p[:k]...)
	e.tail = append(e.tail, p[k:]...)
	if over := len(e.tail) - keep; over > 0 {
		e.skipped += over
		e.tail = append(e.tail[:0], e.tail[over:]...)
	}
	return n, nil
}

func (e *ends) bytes() []byte {
	b := append([]byte(nil), e.head...)
	if e.skipped > 0 {
		b = append(b, "\n... omitting "+strconv.Itoa(e.skipped)+" bytes ...\n"...)
	}
	return append(b, e.tail...)
}
