// This file holds Writer and ReadWriter.

package bufio

import (
	"errors"
	"io"
	"unicode/utf8"
)

// errNegativeWrite is what a Reader panics with if its target is at fault.
var errNegativeWrite = errors.New("bufio: writer returned negative count from Write")

// Writer writes through a buffer. After an error all further writes, and
// Flush, do nothing but return it. At the end Flush must be called. A zero
// Writer can be used after a Reset.
type Writer struct {
	err error
	buf []byte
	n   int
	wr  io.Writer
}

// NewWriterSize returns a Writer to w whose buffer has at least the size. If w
// is a Writer that has one, it returns that.
func NewWriterSize(w io.Writer, size int) *Writer {
	if b, ok := w.(*Writer); ok && len(b.buf) >= size {
		return b
	}
	if size <= 0 {
		size = defaultBufSize
	}
	return &Writer{buf: make([]byte, size), wr: w}
}

// NewWriter returns a Writer to w whose buffer has the usual size.
func NewWriter(w io.Writer) *Writer { return NewWriterSize(w, defaultBufSize) }

// Size returns the size of the buffer.
func (b *Writer) Size() int { return len(b.buf) }

// Reset drops what is in the buffer and any error, and begins to write to w. A
// zero Writer gets a buffer of the usual size. To reset a Writer to itself does
// nothing.
func (b *Writer) Reset(w io.Writer) {
	if b == w {
		return
	}
	fresh := Writer{buf: b.buf, wr: w}
	if fresh.buf == nil {
		fresh.buf = make([]byte, defaultBufSize)
	}
	*b = fresh
}

// Flush writes what is in the buffer to the target.
func (b *Writer) Flush() error {
	if b.err != nil || b.n == 0 {
		return b.err
	}
	n, err := b.wr.Write(b.buf[:b.n])
	if err == nil && n < b.n {
		err = io.ErrShortWrite
	}
	if err == nil {
		b.n = 0
		return nil
	}
	b.err = err
	if 0 < n && n < b.n {
		copy(b.buf, b.buf[n:b.n])
	}
	b.n -= n
	return err
}

// Available returns how many bytes of the buffer are free.
func (b *Writer) Available() int { return len(b.buf) - b.n }

// AvailableBuffer returns an empty slice that has the free part of the buffer.
// It is meant to be appended to and then be written at once.
func (b *Writer) AvailableBuffer() []byte { return b.buf[b.n:][:0] }

// Buffered returns how many bytes are in the buffer.
func (b *Writer) Buffered() int { return b.n }

// Write writes p and returns how much of it was taken, with an error if that is
// not all.
func (b *Writer) Write(p []byte) (nn int, err error) {
	if len(p) <= b.Available() && b.err == nil {
		b.n += copy(b.buf[b.n:], p)
		return len(p), nil
	}
	return b.writeLong(p)
}

// writeLong is Write for more than the buffer has room for.
func (b *Writer) writeLong(p []byte) (nn int, err error) {
	asked := len(p)
	for b.err == nil && len(p) > b.Available() {
		var n int
		if b.n > 0 {
			n = copy(b.buf[b.n:], p)
			b.n += n
			b.Flush()
		} else {
			// So much needs no buffer.
			n, b.err = b.wr.Write(p)
		}
		p = p[n:]
	}
	if b.err != nil {
		return asked - len(p), b.err
	}
	b.n += copy(b.buf[b.n:], p)
	return asked, nil
}

// WriteByte writes c.
func (b *Writer) WriteByte(c byte) error {
	if b.err != nil {
		return b.err
	}
	if b.n >= len(b.buf) && b.Flush() != nil {
		return b.err
	}
	b.buf[b.n] = c
	b.n++
	return nil
}

// WriteRune writes the encoding of r and returns its length.
func (b *Writer) WriteRune(r rune) (size int, err error) {
	if uint32(r) < utf8.RuneSelf {
		if err := b.WriteByte(byte(r)); err != nil {
			return 0, err
		}
		return 1, nil
	}
	if b.err != nil {
		return 0, b.err
	}
	if b.Available() < utf8.UTFMax {
		if b.Flush(); b.err != nil {
			return 0, b.err
		}
		if b.Available() < utf8.UTFMax {
			return b.WriteString(string(r))
		}
	}
	size = utf8.EncodeRune(b.buf[b.n:], r)
	b.n += size
	return size, nil
}

// WriteString writes s and returns how much of it was taken, with an error if
// that is not all.
func (b *Writer) WriteString(s string) (int, error) {
	if len(s) <= b.Available() && b.err == nil {
		b.n += copy(b.buf[b.n:], s)
		return len(s), nil
	}
	return b.writeLongString(s)
}

// writeLongString is WriteString for more than the buffer has room for.
func (b *Writer) writeLongString(s string) (int, error) {
	asked := len(s)
	direct, _ := b.wr.(io.StringWriter)
	for b.err == nil && len(s) > b.Available() {
		var n int
		if b.n == 0 && direct != nil {
			n, b.err = direct.WriteString(s)
		} else {
			n = copy(b.buf[b.n:], s)
			b.n += n
			b.Flush()
		}
		s = s[n:]
	}
	if b.err != nil {
		return asked - len(s), b.err
	}
	b.n += copy(b.buf[b.n:], s)
	return asked, nil
}

// ReadFrom writes all that r has. If the target has a method ReadFrom and the
// buffer is empty, or has been filled and written, that does the work.
func (b *Writer) ReadFrom(r io.Reader) (n int64, err error) {
	if b.err != nil {
		return 0, b.err
	}
	rf, direct := b.wr.(io.ReaderFrom)
	for {
		if b.Available() == 0 {
			if err := b.Flush(); err != nil {
				return n, err
			}
		}
		if direct && b.n == 0 {
			m, err := rf.ReadFrom(r)
			b.err = err
			return n + m, err
		}
		var m int
		idle := 0
		for ; idle < maxIdle; idle++ {
			m, err = r.Read(b.buf[b.n:])
			if m != 0 || err != nil {
				break
			}
		}
		if idle == maxIdle {
			return n, io.ErrNoProgress
		}
		b.n += m
		n += int64(m)
		if err != nil {
			break
		}
	}
	if err == io.EOF {
		err = nil
		if b.Available() == 0 {
			// A buffer that is just full is not left so.
			err = b.Flush()
		}
	}
	return n, err
}

// ReadWriter is a Reader and a Writer in one.
type ReadWriter struct {
	*Reader
	*Writer
}

// NewReadWriter returns a ReadWriter of r and w.
func NewReadWriter(r *Reader, w *Writer) *ReadWriter { return &ReadWriter{r, w} }
