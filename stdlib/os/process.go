// This file holds processes and signals.

package os

import (
	"errors"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// A Signal is a signal of the operating system.
type Signal interface {
	String() string
	// Signal tells it from other Stringers.
	Signal()
}

// The two signals that every system has.
var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

var (
	// ErrProcessDone says that a process has ended.
	ErrProcessDone = errors.New("os: process already finished")
	// ErrNoHandle says that there is no handle of a process.
	ErrNoHandle = errors.New("os: process handle unavailable")

	errReleased = errors.New("os: process already released")
)

// ProcAttr is how a program is started.
type ProcAttr struct {
	// Dir is its working directory, if not empty.
	Dir string
	// Env is its environment, if not nil.
	Env []string
	// Files are its descriptors 0, 1, 2 and so on; nil ones are closed.
	Files []*File
	// Sys has what only some systems offer.
	Sys *syscall.SysProcAttr
}

// A Process is a process that was started or found.
type Process struct {
	Pid int

	mu sync.Mutex
	// A descriptor of the process, or -1.
	handle         int
	done, released bool
}

// FindProcess returns the process with a number. It never fails; whether there
// is such a process, Signal tells.
func FindProcess(pid int) (*Process, error) {
	p := &Process{Pid: pid, handle: -1}
	fd, _, e := syscall.Syscall(syscall.SYS_PIDFD_OPEN, uintptr(pid), 0, 0)
	switch e {
	case 0:
		p.own(int(fd))
	case syscall.ESRCH:
		p.done = true
	}
	return p, nil
}

// own makes the descriptor be closed when nobody needs p any more.
func (p *Process) own(fd int) {
	p.handle = fd
	runtime.SetFinalizer(p, (*Process).Release)
}

// StartProcess starts a program with arguments, its name first. Most programs
// are better off with package os/exec.
func StartProcess(name string, argv []string, attr *ProcAttr) (*Process, error) {
	if attr == nil {
		attr = &ProcAttr{}
	}
	// A missing directory would look like a missing program.
	if attr.Dir != "" && (attr.Sys == nil || attr.Sys.Chroot == "") {
		if _, err := Stat(attr.Dir); err != nil {
			e := err.(*PathError)
			e.Op = "chdir"
			return nil, e
		}
	}
	var sys syscall.SysProcAttr
	if attr.Sys != nil {
		sys = *attr.Sys
	}
	handle := -1
	wanted := sys.PidFD
	sys.PidFD = &handle
	env := attr.Env
	if env == nil {
		env = Environ()
	}
	a := &syscall.ProcAttr{Dir: attr.Dir, Env: env, Sys: &sys}
	for _, f := range attr.Files {
		a.Files = append(a.Files, f.Fd())
	}
	pid, err := syscall.ForkExec(name, argv, a)
	runtime.KeepAlive(attr)
	if err != nil {
		return nil, &PathError{Op: "fork/exec", Path: name, Err: err}
	}
	if wanted != nil {
		*wanted = -1
		if handle >= 0 {
			if fd, err := syscall.Dup(handle); err == nil {
				*wanted = fd
			}
		}
	}
	p := &Process{Pid: pid, handle: -1}
	if handle >= 0 {
		syscall.CloseOnExec(handle)
		p.own(handle)
	}
	return p, nil
}

// drop closes the descriptor.
func (p *Process) drop() {
	if p.handle >= 0 {
		pollClose(p.handle)
		syscall.Close(p.handle)
		p.handle = -1
		runtime.SetFinalizer(p, nil)
	}
}

// Release frees what belongs to p. It is needed only if Wait isn't called.
func (p *Process) Release() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.released = true
	p.Pid = -1
	p.drop()
	return nil
}

// state returns why nothing can be done to the process, if so.
func (p *Process) state() error {
	switch {
	case p.done:
		return ErrProcessDone
	case p.released || p.Pid == -1:
		return errReleased
	case p.Pid == 0:
		return errors.New("os: process not initialized")
	}
	return nil
}

// Signal sends a signal to the process.
func (p *Process) Signal(sig Signal) error {
	s, ok := sig.(syscall.Signal)
	if !ok {
		return errors.New("os: unsupported signal type")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.state(); err != nil {
		return err
	}
	var err error
	if p.handle >= 0 {
		if _, _, e := syscall.Syscall6(syscall.SYS_PIDFD_SEND_SIGNAL, uintptr(p.handle), uintptr(s), 0, 0, 0, 0); e != 0 {
			err = e
		}
	} else {
		err = syscall.Kill(p.Pid, s)
	}
	if err == syscall.ESRCH {
		return ErrProcessDone
	}
	return err
}

// Kill ends the process, without waiting for its end.
func (p *Process) Kill() error { return p.Signal(Kill) }

// WithHandle calls f with a descriptor of the process that is valid until f returns.
func (p *Process) WithHandle(f func(handle uintptr)) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.handle < 0 {
		if err := p.state(); err != nil {
			return err
		}
		return ErrNoHandle
	}
	f(uintptr(p.handle))
	return nil
}

// Wait waits until the process, a child, ends and tells how it did.
func (p *Process) Wait() (*ProcessState, error) {
	p.mu.Lock()
	err := p.state()
	handle := p.handle
	p.mu.Unlock()
	if err == ErrProcessDone {
		return nil, NewSyscallError("wait", syscall.ECHILD)
	}
	if err != nil {
		return nil, err
	}
	// The descriptor is ready to be read when the process has ended, so
	// that other goroutines run meanwhile.
	if handle >= 0 {
		pollWait(handle, false)
	}
	ps := new(ProcessState)
	err = again(func() (e error) {
		ps.pid, e = syscall.Wait4(p.Pid, &ps.status, 0, &ps.usage)
		return e
	})
	if err != nil {
		return nil, NewSyscallError("wait", err)
	}
	p.mu.Lock()
	p.done = true
	p.drop()
	p.mu.Unlock()
	return ps, nil
}

// ProcessState is how a process ended.
type ProcessState struct {
	pid    int
	status syscall.WaitStatus
	usage  syscall.Rusage
}

// Pid returns the process's number.
func (p *ProcessState) Pid() int { return p.pid }

// Exited reports whether the process called exit.
func (p *ProcessState) Exited() bool { return p.status.Exited() }

// Success reports whether the process ended with the code 0.
func (p *ProcessState) Success() bool { return p.status.ExitStatus() == 0 }

// ExitCode returns the code that the process ended with, or -1.
func (p *ProcessState) ExitCode() int {
	if p == nil {
		return -1
	}
	return p.status.ExitStatus()
}

// Sys returns the syscall.WaitStatus.
func (p *ProcessState) Sys() any { return p.status }

// SysUsage returns the *syscall.Rusage.
func (p *ProcessState) SysUsage() any { return &p.usage }

// UserTime returns the time that the process and its children computed.
func (p *ProcessState) UserTime() time.Duration { return time.Duration(p.usage.Utime.Nano()) }

// SystemTime returns the time that the system worked for the process.
func (p *ProcessState) SystemTime() time.Duration { return time.Duration(p.usage.Stime.Nano()) }

// String describes the end: "exit status 1", "signal: killed".
func (p *ProcessState) String() string {
	if p == nil {
		return "<nil>"
	}
	var s string
	switch w := p.status; {
	case w.Exited():
		s = "exit status " + strconv.Itoa(w.ExitStatus())
	case w.Signaled():
		s = "signal: " + w.Signal().String()
	case w.Stopped():
		s = "stop signal: " + w.StopSignal().String()
	case w.Continued():
		s = "continued"
	}
	if p.status.CoreDump() {
		s += " (core dumped)"
	}
	return s
}
