// This file holds Reader.

// Package bufio puts buffers before readers and writers, and cuts input into
// lines and other tokens.
package bufio

import (
	"errors"
	"internal/bytealg"
	"io"
	"unicode/utf8"
	"unsafe"
)

// defaultBufSize is the size of a buffer if none is asked for.
const defaultBufSize = 4096

// minBufSize is the least size of a reader's buffer.
const minBufSize = 16

// maxIdle is how many reads in a row may give nothing.
const maxIdle = 100

// Errors of Reader.
var (
	ErrInvalidUnreadByte = errors.New("bufio: invalid use of UnreadByte")
	ErrInvalidUnreadRune = errors.New("bufio: invalid use of UnreadRune")
	ErrBufferFull        = errors.New("bufio: buffer full")
	ErrNegativeCount     = errors.New("bufio: negative count")
)

// errNegativeRead is what a Reader panics with if its source is at fault.
var errNegativeRead = errors.New("bufio: reader returned negative count from Read")

// Reader reads through a buffer. A zero Reader can be used after a Reset.
type Reader struct {
	buf      []byte
	rd       io.Reader
	r, w     int // what is in the buffer is buf[r:w]
	err      error
	lastByte int // the last byte read, for UnreadByte, or -1
	lastRune int // the length of the last rune read, for UnreadRune, or -1
}

// NewReaderSize returns a Reader of rd whose buffer has at least the size. If
// rd is a Reader that has one, it returns that.
func NewReaderSize(rd io.Reader, size int) *Reader {
	if b, ok := rd.(*Reader); ok && len(b.buf) >= size {
		return b
	}
	b := new(Reader)
	b.start(make([]byte, max(size, minBufSize)), rd)
	return b
}

// NewReader returns a Reader of rd whose buffer has the usual size.
func NewReader(rd io.Reader) *Reader { return NewReaderSize(rd, defaultBufSize) }

// start sets all fields.
func (b *Reader) start(buf []byte, rd io.Reader) {
	*b = Reader{buf: buf, rd: rd, lastByte: -1, lastRune: -1}
}

// Size returns the size of the buffer.
func (b *Reader) Size() int { return len(b.buf) }

// Reset drops what is in the buffer and begins to read from r. A zero Reader
// gets a buffer of the usual size. To reset a Reader to itself does nothing.
func (b *Reader) Reset(r io.Reader) {
	if b == r {
		return
	}
	if b.buf == nil {
		b.buf = make([]byte, defaultBufSize)
	}
	b.start(b.buf, r)
}

// unread returns what is in the buffer.
func (b *Reader) unread() []byte { return b.buf[b.r:b.w] }

// take reads n of the bytes in the buffer.
func (b *Reader) take(n int) []byte {
	p := b.buf[b.r : b.r+n]
	b.r += n
	b.remember(p)
	return p
}

// remember notes the end of what was read, for UnreadByte.
func (b *Reader) remember(p []byte) {
	if n := len(p); n > 0 {
		b.lastByte, b.lastRune = int(p[n-1]), -1
	}
}

// pull reads from the source once. It reports whether anything came of it: bytes or
// an error, which is kept.
func (b *Reader) pull(p []byte) (n int, progress bool) {
	n, err := b.rd.Read(p)
	if n < 0 {
		panic(errNegativeRead)
	}
	if err != nil {
		b.err = err
	}
	return n, n > 0 || err != nil
}

// fill reads more into the buffer, which must have room after what is in it
// has been moved to its start. If nothing comes, err says why.
func (b *Reader) fill() {
	b.w = copy(b.buf, b.unread())
	b.r = 0
	free := b.buf[b.w:]
	if len(free) == 0 {
		panic("bufio: tried to fill full buffer")
	}
	for range maxIdle {
		n, progress := b.pull(free)
		b.w += n
		if progress {
			return
		}
	}
	b.err = io.ErrNoProgress
}

// takeErr returns the pending error and clears it.
func (b *Reader) takeErr() error {
	err := b.err
	b.err = nil
	return err
}

// Peek returns the next n bytes without reading them. They are valid up to the
// next read. If there are fewer the error says why; ErrBufferFull if n is
// larger than the buffer. Nothing can be unread after a Peek.
func (b *Reader) Peek(n int) ([]byte, error) {
	if n < 0 {
		return nil, ErrNegativeCount
	}
	b.lastByte, b.lastRune = -1, -1
	for b.Buffered() < min(n, len(b.buf)) && b.err == nil {
		b.fill()
	}
	have := b.unread()
	switch {
	case n > len(b.buf):
		return have, ErrBufferFull
	case n > len(have):
		return have, b.takeErr()
	}
	return have[:n], nil
}

// Discard skips n bytes and returns how many it skipped, with an error if those
// are fewer.
func (b *Reader) Discard(n int) (discarded int, err error) {
	if n < 0 {
		return 0, ErrNegativeCount
	}
	if n == 0 {
		return 0, nil
	}
	b.lastByte, b.lastRune = -1, -1
	left := n
	for {
		if b.r == b.w {
			b.fill()
		}
		skip := min(b.w-b.r, left)
		b.r += skip
		left -= skip
		if left == 0 {
			return n, nil
		}
		if b.err != nil {
			return n - left, b.takeErr()
		}
	}
}

// Read reads up to len(p) bytes, with at most one Read of the source.
func (b *Reader) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		if b.r < b.w {
			return 0, nil
		}
		return 0, b.takeErr()
	}
	if b.r == b.w {
		if b.err != nil {
			return 0, b.takeErr()
		}
		if len(p) >= len(b.buf) {
			// So much needs no buffer.
			n, _ = b.pull(p)
			b.remember(p[:n])
			return n, b.takeErr()
		}
		b.r, b.w = 0, 0
		b.w, _ = b.pull(b.buf)
		if b.w == 0 {
			return 0, b.takeErr()
		}
	}
	n = copy(p, b.unread())
	b.take(n)
	return n, nil
}

// ReadByte reads a byte.
func (b *Reader) ReadByte() (byte, error) {
	b.lastRune = -1
	if b.r == b.w {
		if err := b.await(); err != nil {
			return 0, err
		}
	}
	c := b.buf[b.r]
	b.r++
	b.lastByte = int(c)
	return c, nil
}

// await fills the buffer until it is not empty.
func (b *Reader) await() error {
	for b.r == b.w {
		if b.err != nil {
			return b.takeErr()
		}
		b.fill()
	}
	return nil
}

// UnreadByte takes back the last byte that was read. It is an error if the last
// method was not one that reads; Peek, Discard and WriteTo are none.
func (b *Reader) UnreadByte() error {
	switch {
	case b.lastByte < 0:
		return ErrInvalidUnreadByte
	case b.r > 0:
		b.r--
	case b.w == 0:
		b.w = 1
	default:
		return ErrInvalidUnreadByte
	}
	b.buf[b.r] = byte(b.lastByte)
	b.lastByte, b.lastRune = -1, -1
	return nil
}

// ReadRune reads a rune and returns it with the length of its encoding. A
// faulty encoding is read as U+FFFD of length 1.
func (b *Reader) ReadRune() (r rune, size int, err error) {
	have := b.unread()
	for len(have) < utf8.UTFMax && !utf8.FullRune(have) && b.err == nil {
		b.fill()
		have = b.unread()
	}
	if len(have) == 0 {
		b.lastRune = -1
		return 0, 0, b.takeErr()
	}
	r, size = rune(have[0]), 1
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRune(have)
	}
	b.take(size)
	b.lastRune = size
	return r, size, nil
}

// UnreadRune takes back the last rune. It is an error if the last method was
// not ReadRune.
func (b *Reader) UnreadRune() error {
	if b.lastRune < 0 || b.r < b.lastRune {
		return ErrInvalidUnreadRune
	}
	b.r -= b.lastRune
	b.lastByte, b.lastRune = -1, -1
	return nil
}

// Buffered returns how many bytes are in the buffer.
func (b *Reader) Buffered() int { return b.w - b.r }

// ReadSlice reads up to and with the first delim and returns that as a part of
// the buffer, valid up to the next read. If there is an error before, it
// returns all it has and the error, which is ErrBufferFull if there is no delim
// in a full buffer. ReadBytes and ReadString are mostly better.
func (b *Reader) ReadSlice(delim byte) (line []byte, err error) {
	for seen := 0; ; b.fill() {
		have := b.unread()
		if i := bytealg.IndexByte(bytealg.View(have[seen:]), delim); i >= 0 {
			return b.take(seen + i + 1), nil
		}
		seen = len(have)
		if b.err != nil {
			return b.take(seen), b.takeErr()
		}
		if seen == len(b.buf) {
			return b.take(seen), ErrBufferFull
		}
	}
}

// ReadLine reads a line and returns it without its end, "\n" or "\r\n", as a
// part of the buffer, valid up to the next read. A line that is longer than the
// buffer comes in pieces, all but the last with isPrefix set. Either the line
// is not nil or the error is not. ReadString and Scanner are mostly better.
func (b *Reader) ReadLine() (line []byte, isPrefix bool, err error) {
	line, err = b.ReadSlice('\n')
	last := len(line) - 1
	switch {
	case err == ErrBufferFull:
		if line[last] == '\r' {
			// It may belong to the end; leave it for the next call.
			b.r--
			line = line[:last]
		}
		return line, true, nil
	case last < 0:
		return nil, false, err
	case line[last] == '\n':
		line = line[:last]
		if last > 0 && line[last-1] == '\r' {
			line = line[:last-1]
		}
	}
	return line, false, nil
}

// collect reads up to and with the first delim. It returns the full buffers
// that came before as one copy, or nil, and the rest as a part of the buffer.
func (b *Reader) collect(delim byte) (before, last []byte, err error) {
	for {
		last, err = b.ReadSlice(delim)
		if err != ErrBufferFull {
			return before, last, err
		}
		before = append(before, last...)
	}
}

// ReadBytes reads up to and with the first delim and returns that. If there is
// an error before, it returns what it has and the error.
func (b *Reader) ReadBytes(delim byte) ([]byte, error) {
	before, last, err := b.collect(delim)
	if before != nil {
		return append(before, last...), err
	}
	out := make([]byte, len(last))
	copy(out, last)
	return out, err
}

// ReadString reads up to and with the first delim and returns that. If there is
// an error before, it returns what it has and the error.
func (b *Reader) ReadString(delim byte) (string, error) {
	before, last, err := b.collect(delim)
	if before == nil {
		return string(last), err
	}
	before = append(before, last...)
	return unsafe.String(unsafe.SliceData(before), len(before)), err
}

// WriteTo writes all that is left to w. If the source has a method WriteTo, or
// w a method ReadFrom, that does the work.
func (b *Reader) WriteTo(w io.Writer) (n int64, err error) {
	b.lastByte, b.lastRune = -1, -1
	if b.r < b.w {
		n, err = b.drain(w)
		if err != nil {
			return n, err
		}
	}
	if wt, ok := b.rd.(io.WriterTo); ok {
		m, err := wt.WriteTo(w)
		return n + m, err
	}
	if rf, ok := w.(io.ReaderFrom); ok {
		m, err := rf.ReadFrom(b.rd)
		return n + m, err
	}
	if b.w-b.r < len(b.buf) {
		b.fill()
	}
	for b.r < b.w {
		m, err := b.drain(w)
		n += m
		if err != nil {
			return n, err
		}
		b.fill()
	}
	if b.err == io.EOF {
		b.err = nil
	}
	return n, b.takeErr()
}

// drain writes what is in the buffer to w.
func (b *Reader) drain(w io.Writer) (int64, error) {
	n, err := w.Write(b.buf[b.r:b.w])
	if n < 0 {
		panic(errNegativeWrite)
	}
	b.r += n
	return int64(n), err
}
