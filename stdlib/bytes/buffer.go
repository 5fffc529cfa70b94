// This file holds Buffer.

package bytes

import (
	"errors"
	"internal/bytealg"
	"io"
	"unicode/utf8"
)

// MinRead is the least room that ReadFrom makes before each read. As long as
// a Buffer has that much more room than it needs, ReadFrom does not allocate.
const MinRead = 512

// smallBuffer is the least capacity that a Buffer begins with.
const smallBuffer = 64

// ErrTooLarge is what a Buffer panics with if there is no memory for it.
var ErrTooLarge = errors.New("bytes.Buffer: too large")

// errNegativeRead is what ReadFrom panics with.
var errNegativeRead = errors.New("bytes.Buffer: reader returned negative count from Read")

// Buffer holds bytes that are written at its end and read from its start. The
// zero value is an empty one, ready to use.
type Buffer struct {
	buf  []byte // what is to be read is buf[off:]
	off  int
	last int8 // what the last operation was
}

// What the last operation was: another one than reading, reading bytes, or
// reading a rune of 1 to 4 bytes.
const (
	lastOther = 0
	lastRead  = -1
)

// NewBuffer returns a Buffer that begins with the contents of buf and takes it
// over.
func NewBuffer(buf []byte) *Buffer { return &Buffer{buf: buf} }

// NewBufferString returns a Buffer that begins with the contents of s.
func NewBufferString(s string) *Buffer { return &Buffer{buf: []byte(s)} }

// Bytes returns what is yet to be read. It is a part of the buffer, and only
// valid up to its next change.
func (b *Buffer) Bytes() []byte { return b.buf[b.off:] }

// AvailableBuffer returns an empty slice that has the free room of the buffer.
// It is meant to be appended to and then be written at once.
func (b *Buffer) AvailableBuffer() []byte { return b.buf[len(b.buf):] }

// String returns what is yet to be read, or "<nil>" for a nil b.
func (b *Buffer) String() string {
	if b == nil {
		return "<nil>"
	}
	return string(b.buf[b.off:])
}

// Peek returns the next n bytes without reading them; fewer with io.EOF if
// there are not so many. They are valid up to the next change of the buffer.
func (b *Buffer) Peek(n int) ([]byte, error) {
	if b.Len() < n {
		return b.buf[b.off:], io.EOF
	}
	return b.buf[b.off : b.off+n], nil
}

// Len returns the number of bytes that are yet to be read.
func (b *Buffer) Len() int { return len(b.buf) - b.off }

// Cap returns the size of the memory of the buffer, free or not.
func (b *Buffer) Cap() int { return cap(b.buf) }

// Available returns the size of the free room of the buffer.
func (b *Buffer) Available() int { return cap(b.buf) - len(b.buf) }

// Truncate drops all but the first n bytes yet to be read. It panics if n is
// negative or there are fewer.
func (b *Buffer) Truncate(n int) {
	if n == 0 {
		b.Reset()
		return
	}
	b.last = lastOther
	if n < 0 || n > b.Len() {
		panic("bytes.Buffer: truncation out of range")
	}
	b.buf = b.buf[:b.off+n]
}

// Reset makes the buffer empty and keeps its memory.
func (b *Buffer) Reset() {
	b.buf = b.buf[:0]
	b.off = 0
	b.last = lastOther
}

// extend makes the buffer n bytes longer and returns where they are.
func (b *Buffer) extend(n int) int {
	if m := len(b.buf); n <= cap(b.buf)-m {
		b.buf = b.buf[:m+n]
		return m
	}
	return b.grow(n)
}

// grow is extend for the case that the room behind the end is too small.
func (b *Buffer) grow(n int) int {
	m := b.Len()
	if m == 0 && b.off != 0 {
		b.Reset()
	}
	if k := len(b.buf); n <= cap(b.buf)-k {
		b.buf = b.buf[:k+n]
		return k
	}
	if b.buf == nil && n <= smallBuffer {
		b.buf = make([]byte, n, smallBuffer)
		return 0
	}
	const maxInt = int(^uint(0) >> 1)
	c := cap(b.buf)
	if n <= c/2-m {
		// There is room in front. Half is left free, so that moving does not
		// become too frequent.
		copy(b.buf, b.buf[b.off:])
	} else if c > maxInt-c-n {
		panic(ErrTooLarge)
	} else {
		b.buf = larger(b.buf[b.off:], b.off+n)
	}
	b.off = 0
	b.buf = b.buf[:m+n]
	return m
}

// larger copies b to new memory with room for n more bytes, or twice as large.
// If there is none it panics with ErrTooLarge.
func larger(b []byte, n int) []byte {
	defer func() {
		if recover() != nil {
			panic(ErrTooLarge)
		}
	}()
	c := max(len(b)+n, 2*cap(b))
	out := make([]byte, len(b), c)
	copy(out, b)
	return out
}

// Grow makes room for n more bytes, so that they can be written without
// another allocation. It panics if n is negative, or with ErrTooLarge if there
// is not enough memory.
func (b *Buffer) Grow(n int) {
	if n < 0 {
		panic("bytes.Buffer.Grow: negative count")
	}
	m := b.extend(n)
	b.buf = b.buf[:m]
}

// Write appends p. The error is always nil. It panics with ErrTooLarge if
// there is not enough memory.
func (b *Buffer) Write(p []byte) (n int, err error) {
	b.last = lastOther
	m := b.extend(len(p))
	return copy(b.buf[m:], p), nil
}

// WriteString appends s. The error is always nil. It panics with ErrTooLarge
// if there is not enough memory.
func (b *Buffer) WriteString(s string) (n int, err error) {
	b.last = lastOther
	m := b.extend(len(s))
	return copy(b.buf[m:], s), nil
}

// WriteByte appends c. The error is always nil. It panics with ErrTooLarge if
// there is not enough memory.
func (b *Buffer) WriteByte(c byte) error {
	b.last = lastOther
	m := b.extend(1)
	b.buf[m] = c
	return nil
}

// WriteRune appends the encoding of r and returns its length. The error is
// always nil. It panics with ErrTooLarge if there is not enough memory.
func (b *Buffer) WriteRune(r rune) (n int, err error) {
	if uint32(r) < utf8.RuneSelf {
		b.WriteByte(byte(r))
		return 1, nil
	}
	b.last = lastOther
	m := b.extend(utf8.UTFMax)
	b.buf = utf8.AppendRune(b.buf[:m], r)
	return len(b.buf) - m, nil
}

// ReadFrom appends all that r gives until io.EOF, and returns how much that
// was. An error other than io.EOF is returned too. It panics with ErrTooLarge
// if there is not enough memory.
func (b *Buffer) ReadFrom(r io.Reader) (n int64, err error) {
	b.last = lastOther
	for err == nil {
		at := b.extend(MinRead)
		b.buf = b.buf[:at]
		var m int
		m, err = r.Read(b.buf[at:cap(b.buf)])
		if m < 0 {
			panic(errNegativeRead)
		}
		b.buf = b.buf[:at+m]
		n += int64(m)
	}
	if err == io.EOF {
		err = nil
	}
	return n, err
}

// WriteTo writes all that is yet to be read to w, until there is no more or an
// error, and returns how much that was.
func (b *Buffer) WriteTo(w io.Writer) (n int64, err error) {
	b.last = lastOther
	left := b.buf[b.off:]
	m := 0
	if len(left) > 0 {
		m, err = w.Write(left)
	}
	switch {
	case m > len(left):
		panic("bytes.Buffer.WriteTo: invalid Write count")
	case m == len(left) && err == nil:
		b.Reset()
		return int64(m), nil
	case err == nil:
		err = io.ErrShortWrite
	}
	b.off += m
	return int64(m), err
}

// Read reads the next len(p) bytes, or as many as there are. With nothing left
// it returns io.EOF, unless p is empty.
func (b *Buffer) Read(p []byte) (n int, err error) {
	b.last = lastOther
	if b.off >= len(b.buf) {
		b.Reset()
		if len(p) == 0 {
			return 0, nil
		}
		return 0, io.EOF
	}
	n = copy(p, b.buf[b.off:])
	b.off += n
	if n > 0 {
		b.last = lastRead
	}
	return n, nil
}

// Next reads the next n bytes, or as many as there are, and returns them as a
// part of the buffer that is valid up to its next change.
func (b *Buffer) Next(n int) []byte {
	b.last = lastOther
	n = min(n, b.Len())
	data := b.buf[b.off : b.off+n]
	b.off += n
	if n > 0 {
		b.last = lastRead
	}
	return data
}

// ReadByte reads a byte, or returns io.EOF if none is left.
func (b *Buffer) ReadByte() (byte, error) {
	if b.off >= len(b.buf) {
		b.Reset()
		return 0, io.EOF
	}
	c := b.buf[b.off]
	b.off++
	b.last = lastRead
	return c, nil
}

// ReadRune reads a rune and returns it with the length of its encoding, or
// returns io.EOF if nothing is left. A faulty encoding is read as
// utf8.RuneError of length 1.
func (b *Buffer) ReadRune() (r rune, size int, err error) {
	if b.off >= len(b.buf) {
		b.Reset()
		return 0, 0, io.EOF
	}
	r, size = utf8.DecodeRune(b.buf[b.off:])
	b.off += size
	b.last = int8(size)
	return r, size, nil
}

// UnreadRune takes back the last ReadRune. It is an error if the last
// operation was another one.
func (b *Buffer) UnreadRune() error {
	if b.last <= lastOther {
		return errors.New("bytes.Buffer: UnreadRune: previous operation was not a successful ReadRune")
	}
	b.off -= int(b.last)
	b.last = lastOther
	return nil
}

// UnreadByte takes back the last byte of the last operation. It is an error if
// that did not read any.
func (b *Buffer) UnreadByte() error {
	if b.last == lastOther {
		return errors.New("bytes.Buffer: UnreadByte: previous operation was not a successful read")
	}
	b.last = lastOther
	if b.off > 0 {
		b.off--
	}
	return nil
}

// until reads up to and with the first delim, or all there is with io.EOF.
func (b *Buffer) until(delim byte) (line []byte, err error) {
	i := bytealg.IndexByte(bytealg.View(b.buf[b.off:]), delim)
	end := b.off + i + 1
	if i < 0 {
		end = len(b.buf)
		err = io.EOF
	}
	line = b.buf[b.off:end]
	b.off = end
	b.last = lastRead
	return line, err
}

// ReadBytes reads up to and with the first delim and returns that as a copy.
// If there is no delim it reads all and returns io.EOF too.
func (b *Buffer) ReadBytes(delim byte) (line []byte, err error) {
	part, err := b.until(delim)
	return append(line, part...), err
}

// ReadString reads up to and with the first delim and returns that. If there
// is no delim it reads all and returns io.EOF too.
func (b *Buffer) ReadString(delim byte) (line string, err error) {
	part, err := b.until(delim)
	return string(part), err
}
