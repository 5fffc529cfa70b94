// This file holds connections within the program.

package net

import (
	"io"
	"os"
	"sync"
	"time"
)

// pipeLimit is a deadline of an end of a pipe: a channel that is closed when it
// is over.
type pipeLimit struct {
	mu    sync.Mutex
	timer *time.Timer
	over  chan struct{}
}

func newPipeLimit() pipeLimit { return pipeLimit{over: make(chan struct{})} }

func (l *pipeLimit) wait() chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func (l *pipeLimit) set(t time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer != nil && !l.timer.Stop() {
		<-l.over // the timer's function is about to close it
	}
	l.timer = nil
	closed := isClosed(l.over)
	left := time.Until(t)
	switch {
	case t.IsZero() || left > 0:
		if closed {
			l.over = make(chan struct{})
		}
		if !t.IsZero() {
			over := l.over
			l.timer = time.AfterFunc(left, func() { close(over) })
		}
	case !closed:
		close(l.over)
	}
}

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

// pipe is an end of a pipe. Bytes go from a writer's slice to the reader's,
// which answers how many it took.
type pipe struct {
	wmu sync.Mutex // one write at a time

	// Of what this end reads, and of what it writes.
	in       <-chan []byte
	inTaken  chan<- int
	out      chan<- []byte
	outTaken <-chan int

	once        sync.Once
	closed      chan struct{}
	otherClosed <-chan struct{}
	rlimit      pipeLimit
	wlimit      pipeLimit
}

// Pipe returns both ends of a connection within the program. Nothing is kept
// between: a write waits until reads have taken everything.
func Pipe() (Conn, Conn) {
	ab, ba := make(chan []byte), make(chan []byte)
	abTaken, baTaken := make(chan int), make(chan int)
	aClosed, bClosed := make(chan struct{}), make(chan struct{})
	a := &pipe{
		in: ba, inTaken: baTaken, out: ab, outTaken: abTaken,
		closed: aClosed, otherClosed: bClosed, rlimit: newPipeLimit(), wlimit: newPipeLimit(),
	}
	b := &pipe{
		in: ab, inTaken: abTaken, out: ba, outTaken: baTaken,
		closed: bClosed, otherClosed: aClosed, rlimit: newPipeLimit(), wlimit: newPipeLimit(),
	}
	return a, b
}

func (*pipe) LocalAddr() Addr  { return pipeAddr{} }
func (*pipe) RemoteAddr() Addr { return pipeAddr{} }

func (p *pipe) Read(b []byte) (int, error) {
	n, err := p.read(b)
	if err != nil && err != io.EOF && err != io.ErrClosedPipe {
		err = &OpError{Op: "read", Net: "pipe", Err: err}
	}
	return n, err
}

func (p *pipe) read(b []byte) (int, error) {
	over := p.rlimit.wait()
	switch {
	case isClosed(p.closed):
		return 0, io.ErrClosedPipe
	case isClosed(p.otherClosed):
		return 0, io.EOF
	case isClosed(over):
		return 0, os.ErrDeadlineExceeded
	}
	select {
	case data := <-p.in:
		n := copy(b, data)
		p.inTaken <- n
		return n, nil
	case <-p.closed:
		return 0, io.ErrClosedPipe
	case <-p.otherClosed:
		return 0, io.EOF
	case <-over:
		return 0, os.ErrDeadlineExceeded
	}
}

func (p *pipe) Write(b []byte) (int, error) {
	n, err := p.write(b)
	if err != nil && err != io.ErrClosedPipe {
		err = &OpError{Op: "write", Net: "pipe", Err: err}
	}
	return n, err
}

func (p *pipe) write(b []byte) (n int, err error) {
	over := p.wlimit.wait()
	switch {
	case isClosed(p.closed), isClosed(p.otherClosed):
		return 0, io.ErrClosedPipe
	case isClosed(over):
		return 0, os.ErrDeadlineExceeded
	}
	p.wmu.Lock()
	defer p.wmu.Unlock()
	for first := true; first || len(b) > 0; first = false {
		select {
		case p.out <- b:
			taken := <-p.outTaken
			b = b[taken:]
			n += taken
		case <-p.closed:
			return n, io.ErrClosedPipe
		case <-p.otherClosed:
			return n, io.ErrClosedPipe
		case <-over:
			return n, os.ErrDeadlineExceeded
		}
	}
	return n, nil
}

func (p *pipe) limit(t time.Time, read, write bool) error {
	if isClosed(p.closed) || isClosed(p.otherClosed) {
		return io.ErrClosedPipe
	}
	if read {
		p.rlimit.set(t)
	}
	if write {
		p.wlimit.set(t)
	}
	return nil
}

func (p *pipe) SetDeadline(t time.Time) error      { return p.limit(t, true, true) }
func (p *pipe) SetReadDeadline(t time.Time) error  { return p.limit(t, true, false) }
func (p *pipe) SetWriteDeadline(t time.Time) error { return p.limit(t, false, true) }

func (p *pipe) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}
