// This file holds Builder.

package strings

import (
	"unicode/utf8"
	"unsafe"
)

// Builder puts a string together from pieces with little copying. The zero
// value is ready to use. Once it is used it must not be copied.
type Builder struct {
	self *Builder // to find out about copies
	buf  []byte
}

// claim notes where the builder is, and panics if it has moved.
func (b *Builder) claim() {
	if b.self != b {
		b.first()
	}
}

// first is claim for a builder that does not know its place.
func (b *Builder) first() {
	if b.self != nil {
		panic("strings: illegal use of non-zero Builder copied by value")
	}
	// A builder can stay on the stack although it points to itself.
	b.self = (*Builder)(noescape(unsafe.Pointer(b)))
}

// noescape returns p, unseen by escape analysis.
func noescape(p unsafe.Pointer) unsafe.Pointer

// String returns what has been put together.
func (b *Builder) String() string {
	return unsafe.String(unsafe.SliceData(b.buf), len(b.buf))
}

// Len returns the number of bytes put together; b.Len() == len(b.String()).
func (b *Builder) Len() int { return len(b.buf) }

// Cap returns how many bytes there is room for, those in use included.
func (b *Builder) Cap() int { return cap(b.buf) }

// Reset makes the builder empty.
func (b *Builder) Reset() {
	b.self = nil
	b.buf = nil
}

// grow gets a room for n more bytes.
func (b *Builder) grow(n int) {
	b.buf = append(make([]byte, 0, 2*cap(b.buf)+n), b.buf...)
}

// Grow makes room for n more bytes, so that they can be written without
// another allocation. It panics if n is negative.
func (b *Builder) Grow(n int) {
	b.claim()
	if n < 0 {
		panic("strings.Builder.Grow: negative count")
	}
	if cap(b.buf)-len(b.buf) < n {
		b.grow(n)
	}
}

// Write appends p. The error is always nil.
func (b *Builder) Write(p []byte) (int, error) {
	b.claim()
	b.buf = append(b.buf, p...)
	return len(p), nil
}

// WriteByte appends c. The error is always nil.
func (b *Builder) WriteByte(c byte) error {
	b.claim()
	b.buf = append(b.buf, c)
	return nil
}

// WriteRune appends the encoding of r and returns its length. The error is
// always nil.
func (b *Builder) WriteRune(r rune) (int, error) {
	b.claim()
	n := len(b.buf)
	b.buf = utf8.AppendRune(b.buf, r)
	return len(b.buf) - n, nil
}

// WriteString appends s. The error is always nil.
func (b *Builder) WriteString(s string) (int, error) {
	b.claim()
	b.buf = append(b.buf, s...)
	return len(s), nil
}
