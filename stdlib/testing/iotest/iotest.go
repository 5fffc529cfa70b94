// This file holds readers and writers that behave in unusual ways.

// Package iotest has readers and writers for tests: they log, fail, or hand
// out less than they could.
package iotest

import (
	"errors"
	"io"
	"log"
)

// ErrTimeout is the error of TimeoutReader.
var ErrTimeout = errors.New("timeout")

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

type writeFunc func(p []byte) (int, error)

func (f writeFunc) Write(p []byte) (int, error) { return f(p) }

// OneByteReader reads at most one byte of r at a time.
func OneByteReader(r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) { return r.Read(p[:min(len(p), 1)]) })
}

// HalfReader reads at most half of what is asked for.
func HalfReader(r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) { return r.Read(p[:(len(p)+1)/2]) })
}

// ErrReader fails each read with err.
func ErrReader(err error) io.Reader { return readFunc(func([]byte) (int, error) { return 0, err }) }

// DataErrReader returns the last error together with the last data.
func DataErrReader(r io.Reader) io.Reader {
	var (
		room   [1024]byte
		unread []byte
		last   error
	)
	return readFunc(func(p []byte) (n int, err error) {
		// Another read finds out whether the data at hand is the last.
		for {
			if len(unread) == 0 {
				if last != nil && n == 0 {
					return 0, last
				}
				k, e := r.Read(room[:])
				unread, last = room[:k], e
			}
			if n > 0 {
				if len(unread) == 0 {
					err = last
				}
				return n, err
			}
			if len(unread) == 0 && last != nil {
				return 0, last
			}
			n = copy(p, unread)
			unread = unread[n:]
			if len(p) == 0 || len(unread) > 0 {
				return n, nil
			}
			if last != nil {
				return n, last
			}
		}
	})
}

// TimeoutReader fails the second read with ErrTimeout.
func TimeoutReader(r io.Reader) io.Reader {
	count := 0
	return readFunc(func(p []byte) (int, error) {
		if count++; count == 2 {
			return 0, ErrTimeout
		}
		return r.Read(p)
	})
}

// TruncateWriter writes n bytes to w and drops the rest silently.
func TruncateWriter(w io.Writer, n int64) io.Writer {
	return writeFunc(func(p []byte) (int, error) {
		if n <= 0 {
			return len(p), nil
		}
		k := min(int64(len(p)), n)
		wrote, err := w.Write(p[:k])
		n -= int64(wrote)
		if err == nil && wrote == int(k) {
			wrote = len(p)
		}
		return wrote, err
	})
}

// NewReadLogger logs each read of r with the prefix.
func NewReadLogger(prefix string, r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) {
		n, err := r.Read(p)
		logData(prefix, p[:n], err)
		return n, err
	})
}

// NewWriteLogger logs each write to w with the prefix.
func NewWriteLogger(prefix string, w io.Writer) io.Writer {
	return writeFunc(func(p []byte) (int, error) {
		n, err := w.Write(p)
		logData(prefix, p[:n], err)
		return n, err
	})
}

func logData(prefix string, p []byte, err error) {
	if err != nil {
		log.Printf("%s %x: %v", prefix, p, err)
	} else {
		log.Printf("%s %x", prefix, p)
	}
}
