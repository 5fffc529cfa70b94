// This file holds Reader.

package bytes

import (
	"errors"
	"io"
	"unicode/utf8"
)

// Reader reads from a byte slice, from any place of it. The zero value reads from
// an empty slice.
type Reader struct {
	s    []byte
	i    int64 // where to read next
	prev int   // where the rune last read began, or -1
}

// NewReader returns a Reader that reads from b.
func NewReader(b []byte) *Reader { return &Reader{b, 0, -1} }

// Reset makes the reader read from the start of b.
func (r *Reader) Reset(b []byte) { *r = Reader{b, 0, -1} }

// Len returns the number of bytes that are yet to be read.
func (r *Reader) Len() int {
	if r.i >= int64(len(r.s)) {
		return 0
	}
	return len(r.s) - int(r.i)
}

// Size returns the length of the whole slice, however much has been read.
func (r *Reader) Size() int64 { return int64(len(r.s)) }

// rest returns what has not been read.
func (r *Reader) rest() []byte {
	if r.i < int64(len(r.s)) {
		return r.s[r.i:]
	}
	return nil
}

// Read is io.Reader's method.
func (r *Reader) Read(b []byte) (n int, err error) {
	rest := r.rest()
	if len(rest) == 0 {
		return 0, io.EOF
	}
	n = copy(b, rest)
	r.i += int64(n)
	r.prev = -1
	return n, nil
}

// ReadAt is io.ReaderAt's method.
func (r *Reader) ReadAt(b []byte, off int64) (n int, err error) {
	switch size := int64(len(r.s)); {
	case off < 0:
		return 0, errors.New("bytes.Reader.ReadAt: negative offset")
	case off < size:
		n = copy(b, r.s[off:])
		if n == len(b) {
			return n, nil
		}
	}
	return n, io.EOF
}

// ReadByte is io.ByteReader's method.
func (r *Reader) ReadByte() (byte, error) {
	r.prev = -1
	if at := r.i; at < int64(len(r.s)) {
		r.i++
		return r.s[at], nil
	}
	return 0, io.EOF
}

// UnreadByte is io.ByteScanner's method.
func (r *Reader) UnreadByte() error {
	if r.i <= 0 {
		return errors.New("bytes.Reader.UnreadByte: at beginning of slice")
	}
	r.prev = -1
	r.i--
	return nil
}

// ReadRune is io.RuneReader's method.
func (r *Reader) ReadRune() (ch rune, size int, err error) {
	if r.i >= int64(len(r.s)) {
		r.prev = -1
		return 0, 0, io.EOF
	}
	r.prev = int(r.i)
	ch, size = utf8.DecodeRune(r.s[r.i:])
	r.i += int64(size)
	return ch, size, nil
}

// UnreadRune is io.RuneScanner's method.
func (r *Reader) UnreadRune() error {
	if r.i <= 0 {
		return errors.New("bytes.Reader.UnreadRune: at beginning of slice")
	}
	if r.prev < 0 {
		return errors.New("bytes.Reader.UnreadRune: previous operation was not ReadRune")
	}
	r.i = int64(r.prev)
	r.prev = -1
	return nil
}

// Seek is io.Seeker's method.
func (r *Reader) Seek(offset int64, whence int) (int64, error) {
	r.prev = -1
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += r.i
	case io.SeekEnd:
		offset += int64(len(r.s))
	default:
		return 0, errors.New("bytes.Reader.Seek: invalid whence")
	}
	if offset < 0 {
		return 0, errors.New("bytes.Reader.Seek: negative position")
	}
	r.i = offset
	return offset, nil
}

// WriteTo is io.WriterTo's method.
func (r *Reader) WriteTo(w io.Writer) (n int64, err error) {
	r.prev = -1
	if r.i >= int64(len(r.s)) {
		return 0, nil
	}
	rest := r.s[r.i:]
	m, err := w.Write(rest)
	if m > len(rest) {
		panic("bytes.Reader.WriteTo: invalid Write count")
	}
	r.i += int64(m)
	if m != len(rest) && err == nil {
		err = io.ErrShortWrite
	}
	return int64(m), err
}
