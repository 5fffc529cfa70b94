// This file holds the functions that read or write as a whole.

package io

import "sync"

// WriteString writes s to w, by w's WriteString method if it has one and
// otherwise by one call of Write.
func WriteString(w Writer, s string) (n int, err error) {
	if sw, ok := w.(StringWriter); ok {
		return sw.WriteString(s)
	}
	return w.Write([]byte(s))
}

// ReadAtLeast reads from r into buf until there are min bytes or more, and
// returns how many there are. If there are fewer the error says why: EOF if
// the input ended before the first byte, ErrUnexpectedEOF if it ended later,
// ErrShortBuffer if buf is shorter than min. An error after enough bytes is
// dropped.
func ReadAtLeast(r Reader, buf []byte, min int) (n int, err error) {
	if len(buf) < min {
		return 0, ErrShortBuffer
	}
	for n < min && err == nil {
		var m int
		m, err = r.Read(buf[n:])
		n += m
	}
	if n >= min {
		return n, nil
	}
	if n > 0 && err == EOF {
		err = ErrUnexpectedEOF
	}
	return n, err
}

// ReadFull reads exactly len(buf) bytes from r into buf. If there are fewer it
// returns how many, and EOF if the input ended before the first byte,
// ErrUnexpectedEOF if it ended later, or else the error of r.
func ReadFull(r Reader, buf []byte) (n int, err error) {
	return ReadAtLeast(r, buf, len(buf))
}

// ReadAll reads from r up to its end and returns all of it. That the input
// ended is no error.
func ReadAll(r Reader) ([]byte, error) {
	// Full pieces are kept apart until the end, each half as large again as
	// the one before, so that little is copied and little too much allocated.
	b := make([]byte, 0, 512)
	var full [][]byte
	total := 0
	next := 768
	for {
		n, err := r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if err != nil {
			if err == EOF {
				err = nil
			}
			if len(full) == 0 {
				return b, err
			}
			out := make([]byte, 0, total+len(b))
			for _, piece := range full {
				out = append(out, piece...)
			}
			return append(out, b...), err
		}
		if len(b) == cap(b) {
			full = append(full, b)
			total += len(b)
			b = make([]byte, 0, next)
			next += next / 2
		}
	}
}

// Copy copies from src to dst up to the end of src or an error, and returns how
// many bytes it copied. That the input ended is no error. It leaves the work to
// src's method WriteTo or else to dst's method ReadFrom, if they have one.
func Copy(dst Writer, src Reader) (written int64, err error) {
	return transfer(dst, src, nil)
}

// CopyBuffer is Copy with a buffer to use, if one is needed. It panics if buf
// is empty but not nil.
func CopyBuffer(dst Writer, src Reader, buf []byte) (written int64, err error) {
	if buf != nil && len(buf) == 0 {
		panic("empty buffer in CopyBuffer")
	}
	return transfer(dst, src, buf)
}

// CopyN copies n bytes from src to dst and returns how many it copied. If those
// are fewer than n the error says why.
func CopyN(dst Writer, src Reader, n int64) (written int64, err error) {
	written, err = Copy(dst, LimitReader(src, n))
	if written == n {
		return n, nil
	}
	if written < n && err == nil {
		err = EOF
	}
	return written, err
}

// transfer does the work of Copy and CopyBuffer.
func transfer(dst Writer, src Reader, buf []byte) (written int64, err error) {
	if wt, ok := src.(WriterTo); ok {
		return wt.WriteTo(dst)
	}
	if rf, ok := dst.(ReaderFrom); ok {
		return rf.ReadFrom(src)
	}
	if buf == nil {
		size := 32 << 10
		if l, ok := src.(*LimitedReader); ok && int64(size) > l.N {
			size = int(max(l.N, 1))
		}
		buf = make([]byte, size)
	}
	for {
		n, rerr := src.Read(buf)
		if n > 0 {
			m, werr := dst.Write(buf[:n])
			if m < 0 || n < m {
				m = 0
				if werr == nil {
					werr = errInvalidWrite
				}
			}
			written += int64(m)
			if werr != nil {
				return written, werr
			}
			if m != n {
				return written, ErrShortWrite
			}
		}
		if rerr == EOF {
			return written, nil
		}
		if rerr != nil {
			return written, rerr
		}
	}
}

// Discard is a Writer that takes everything and does nothing.
var Discard Writer = discard{}

// discard is the type of Discard.
type discard struct{}

// Write drops p.
func (discard) Write(p []byte) (int, error) { return len(p), nil }

// WriteString drops s.
func (discard) WriteString(s string) (int, error) { return len(s), nil }

// waste has buffers for what is dropped.
var waste = sync.Pool{New: func() any { return new([8192]byte) }}

// ReadFrom reads r up to its end and drops it.
func (discard) ReadFrom(r Reader) (n int64, err error) {
	buf := waste.Get().(*[8192]byte)
	for {
		m, err := r.Read(buf[:])
		n += int64(m)
		if err != nil {
			waste.Put(buf)
			if err == EOF {
				err = nil
			}
			return n, err
		}
	}
}

// NopCloser gives r a Close method that does nothing. A WriteTo method stays
// in reach.
func NopCloser(r Reader) ReadCloser {
	if _, ok := r.(WriterTo); ok {
		return nopCloserTo{r}
	}
	return nopCloser{r}
}

// nopCloser is a Reader with a Close that does nothing.
type nopCloser struct {
	Reader
}

// Close does nothing.
func (nopCloser) Close() error { return nil }

// nopCloserTo is a nopCloser that can WriteTo.
type nopCloserTo struct {
	Reader
}

// Close does nothing.
func (nopCloserTo) Close() error { return nil }

// WriteTo calls the reader's.
func (c nopCloserTo) WriteTo(w Writer) (n int64, err error) {
	return c.Reader.(WriterTo).WriteTo(w)
}
