// This file holds waiting for files that are slow (pipes, terminals, sockets),
// and deadlines.

package os

import (
	"errors"
	"syscall"
	"time"
	"unsafe"
)

// What is known about waiting for a file: not yet anything, that reads and
// writes never wait long, or that they may.
const (
	unknownWait = iota
	neverWaits
	waits
)

// deadline is until when reads or writes may wait.
type deadline struct {
	at    time.Time
	timer *time.Timer
}

// ErrNoDeadline says that a file cannot have deadlines.
var ErrNoDeadline = errors.New("file type does not support deadline")

// ErrDeadlineExceeded says that a deadline is over. It is a timeout.
var ErrDeadlineExceeded error = &timeoutError{}

type timeoutError struct{}

func (*timeoutError) Error() string   { return "i/o timeout" }
func (*timeoutError) Timeout() bool   { return true }
func (*timeoutError) Temporary() bool { return true }

// mayWait reports whether reads and writes of f can take long.
func (f *File) mayWait() bool {
	if f.wait == unknownWait {
		f.wait = neverWaits
		var st syscall.Stat_t
		if syscall.Fstat(f.fd, &st) == nil {
			switch st.Mode & syscall.S_IFMT {
			case syscall.S_IFIFO, syscall.S_IFSOCK, syscall.S_IFCHR:
				f.wait = waits
			}
		}
	}
	return f.wait == waits
}

// isReady asks the kernel whether the next read or write won't wait.
func (f *File) isReady(write bool) bool {
	const in, out = 1, 4
	p := struct {
		fd              int32
		events, revents int16
	}{fd: int32(f.fd), events: in}
	if write {
		p.events = out
	}
	_, _, e := syscall.Syscall(syscall.SYS_POLL, uintptr(unsafe.Pointer(&p)), 1, 0)
	return e != 0 || p.revents != 0
}

// beforeRead waits until there is something to read; other goroutines run.
func (f *File) beforeRead() error {
	if !f.mayWait() {
		return nil
	}
	if d := f.deadlines[0].at; !d.IsZero() && !time.Now().Before(d) {
		return ErrDeadlineExceeded
	}
	for !f.nonblock && !f.isReady(false) {
		if err := f.park(false); err != nil {
			return err
		}
	}
	return nil
}

// park waits until the file is ready, closed, or its deadline is over.
func (f *File) park(write bool) error {
	d := &f.deadlines[0]
	if write {
		d = &f.deadlines[1]
	}
	if !d.at.IsZero() && !time.Now().Before(d.at) {
		return ErrDeadlineExceeded
	}
	if !pollWait(f.fd, write) {
		switch {
		case f.closed:
			return ErrClosed
		case !d.at.IsZero() && !time.Now().Before(d.at):
			return ErrDeadlineExceeded
		case f.nonblock:
			// It cannot be waited for, or a new deadline was set.
			time.Sleep(time.Millisecond)
		default:
			f.wait = neverWaits
		}
	}
	return nil
}

func (f *File) setDeadline(t time.Time, read, write bool) error {
	if f == nil {
		return ErrInvalid
	}
	if err := f.check("set deadline"); err != nil {
		return err
	}
	if !f.nonblock {
		return ErrNoDeadline
	}
	for i, on := range [2]bool{read, write} {
		if !on {
			continue
		}
		d := &f.deadlines[i]
		if d.timer != nil {
			d.timer.Stop()
			d.timer = nil
		}
		d.at = t
		if t.IsZero() {
			continue
		}
		fd, left := f.fd, time.Until(t)
		wake := func() {
			if !f.closed {
				pollUnblock(fd, i == 0, i == 1)
			}
		}
		if left <= 0 {
			wake()
		} else {
			d.timer = time.AfterFunc(left, wake)
		}
	}
	return nil
}

// SetDeadline sets until when reads and writes may wait; the zero Time is for ever.
func (f *File) SetDeadline(t time.Time) error { return f.setDeadline(t, true, true) }

// SetReadDeadline sets until when reads may wait.
func (f *File) SetReadDeadline(t time.Time) error { return f.setDeadline(t, true, false) }

// SetWriteDeadline sets until when writes may wait.
func (f *File) SetWriteDeadline(t time.Time) error { return f.setDeadline(t, false, true) }
