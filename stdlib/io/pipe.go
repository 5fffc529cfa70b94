// This file holds Pipe.

package io

import "sync"

// firstError keeps the first error that is stored.
type firstError struct {
	mu  sync.Mutex
	err error
}

func (f *firstError) store(err error) {
	f.mu.Lock()
	if f.err == nil {
		f.err = err
	}
	f.mu.Unlock()
}

func (f *firstError) load() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

// pipe is what the two ends of a pipe share.
type pipe struct {
	turn sync.Mutex  // held by the goroutine that writes
	data chan []byte // from a writer to a reader
	took chan int    // how much the reader took of it
	once sync.Once
	done chan struct{} // closed with the pipe
	rerr firstError    // why the reading end was closed
	werr firstError    // why the writing end was closed
}

// close closes the pipe, if it is not.
func (p *pipe) close() {
	p.once.Do(func() { close(p.done) })
}

// read waits for data from a writer and takes what it can.
func (p *pipe) read(b []byte) (n int, err error) {
	select {
	case <-p.done:
		return 0, p.readError()
	default:
	}
	select {
	case data := <-p.data:
		n = copy(b, data)
		p.took <- n
		return n, nil
	case <-p.done:
		return 0, p.readError()
	}
}

// write gives b to readers until they have all of it.
func (p *pipe) write(b []byte) (n int, err error) {
	select {
	case <-p.done:
		return 0, p.writeError()
	default:
	}
	p.turn.Lock()
	defer p.turn.Unlock()
	for once := true; once || len(b) > 0; once = false {
		select {
		case p.data <- b:
			m := <-p.took
			b = b[m:]
			n += m
		case <-p.done:
			return n, p.writeError()
		}
	}
	return n, nil
}

// readError is the error for a reader of a closed pipe.
func (p *pipe) readError() error {
	if err := p.werr.load(); p.rerr.load() == nil && err != nil {
		return err
	}
	return ErrClosedPipe
}

// writeError is the error for a writer to a closed pipe.
func (p *pipe) writeError() error {
	if err := p.rerr.load(); p.werr.load() == nil && err != nil {
		return err
	}
	return ErrClosedPipe
}

// PipeReader is the end of a pipe that is read from.
type PipeReader struct {
	pipe pipe
}

// Read waits until something is written or the writing end is closed. Then it
// returns what was written, or the error that the end was closed with, or EOF.
func (r *PipeReader) Read(data []byte) (n int, err error) { return r.pipe.read(data) }

// Close closes this end. Writing to the other end becomes an error,
// ErrClosedPipe.
func (r *PipeReader) Close() error { return r.CloseWithError(nil) }

// CloseWithError closes this end. Writing to the other end becomes an error,
// err or if that is nil ErrClosedPipe. An earlier error stays. The result is
// always nil.
func (r *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = ErrClosedPipe
	}
	r.pipe.rerr.store(err)
	r.pipe.close()
	return nil
}

// PipeWriter is the end of a pipe that is written to.
type PipeWriter struct {
	r PipeReader
}

// Write waits until readers have taken all of data or the reading end is
// closed. In the latter case it returns the error that it was closed with, or
// ErrClosedPipe.
func (w *PipeWriter) Write(data []byte) (n int, err error) { return w.r.pipe.write(data) }

// Close closes this end. Reading from the other end gives EOF.
func (w *PipeWriter) Close() error { return w.CloseWithError(nil) }

// CloseWithError closes this end. Reading from the other end gives no bytes and
// err, or if that is nil EOF. An earlier error stays. The result is always nil.
func (w *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = EOF
	}
	w.r.pipe.werr.store(err)
	w.r.pipe.close()
	return nil
}

// Pipe returns the two ends of a pipe in memory without a buffer: each Write
// waits until Reads have taken all that it writes. Both ends may be used by
// several goroutines at once.
func Pipe() (*PipeReader, *PipeWriter) {
	w := &PipeWriter{PipeReader{pipe{
		data: make(chan []byte),
		took: make(chan int),
		done: make(chan struct{}),
	}}}
	return &w.r, w
}
