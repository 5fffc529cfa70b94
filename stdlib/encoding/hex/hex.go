// This file holds encoding and decoding.

// Package hex encodes bytes as hexadecimal digits and decodes them.
package hex

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"unsafe"
)

// digits are those of encodings.
const digits = "0123456789abcdef"

// ErrLength is the error of Decode and DecodeString for an odd number of
// digits. A reader from NewDecoder returns io.ErrUnexpectedEOF instead.
var ErrLength = errors.New("encoding/hex: odd length hex string")

// InvalidByteError is the error for a byte that is no digit.
type InvalidByteError byte

// Error tells the byte.
func (e InvalidByteError) Error() string {
	return fmt.Sprintf("encoding/hex: invalid byte: %#U", rune(e))
}

// values has 16 plus the value of each digit, and 0 for other bytes.
var values = [256]byte{
	'0': 16, '1': 17, '2': 18, '3': 19, '4': 20, '5': 21, '6': 22, '7': 23, '8': 24, '9': 25,
	'a': 26, 'b': 27, 'c': 28, 'd': 29, 'e': 30, 'f': 31,
	'A': 26, 'B': 27, 'C': 28, 'D': 29, 'E': 30, 'F': 31,
}

// EncodedLen returns the length of the encoding of n bytes, 2*n.
func EncodedLen(n int) int { return n * 2 }

// DecodedLen returns how many bytes x digits encode, x/2.
func DecodedLen(x int) int { return x / 2 }

// Encode encodes src into dst, which must be large enough, and returns the
// length of the encoding.
func Encode(dst, src []byte) int {
	n := 2 * len(src)
	for i, c := range src {
		pair := dst[2*i : 2*i+2]
		pair[0], pair[1] = digits[c>>4], digits[c&15]
	}
	return n
}

// AppendEncode appends the encoding of src to dst.
func AppendEncode(dst, src []byte) []byte {
	n := EncodedLen(len(src))
	dst = slices.Grow(dst, n)
	Encode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n]
}

// EncodeToString returns the encoding of src.
func EncodeToString(src []byte) string {
	dst := make([]byte, EncodedLen(len(src)))
	Encode(dst, src)
	return unsafe.String(unsafe.SliceData(dst), len(dst))
}

// Decode decodes src into dst, which must be large enough, and returns how many
// bytes that gave. With an error those are the ones before it.
func Decode(dst, src []byte) (int, error) {
	n := len(src) / 2
	for i := range n {
		pair := src[2*i : 2*i+2]
		a, b := values[pair[0]], values[pair[1]]
		if a == 0 {
			return i, InvalidByteError(pair[0])
		}
		if b == 0 {
			return i, InvalidByteError(pair[1])
		}
		dst[i] = a<<4 | b&15
	}
	if len(src)%2 == 1 {
		// What is wrong with the last one matters more than the number.
		if c := src[len(src)-1]; values[c] == 0 {
			return n, InvalidByteError(c)
		}
		return n, ErrLength
	}
	return n, nil
}

// AppendDecode appends what src decodes to to dst. With an error that is what
// comes before it.
func AppendDecode(dst, src []byte) ([]byte, error) {
	n := DecodedLen(len(src))
	dst = slices.Grow(dst, n)
	n, err := Decode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n], err
}

// DecodeString returns what s decodes to. With an error that is what comes
// before it.
func DecodeString(s string) ([]byte, error) {
	dst := make([]byte, DecodedLen(len(s)))
	n, err := Decode(dst, unsafe.Slice(unsafe.StringData(s), len(s)))
	return dst[:n], err
}

// bufferSize is the size of the buffers of encoders and decoders.
const bufferSize = 1024

// encoder writes the encoding of what is written to it.
type encoder struct {
	w   io.Writer
	err error
	out [bufferSize]byte
}

// NewEncoder returns a Writer that writes the encoding of what is written to
// it to w.
func NewEncoder(w io.Writer) io.Writer { return &encoder{w: w} }

// Write encodes p.
func (e *encoder) Write(p []byte) (n int, err error) {
	for len(p) > 0 && e.err == nil {
		k := min(len(p), bufferSize/2)
		var written int
		written, e.err = e.w.Write(e.out[:Encode(e.out[:], p[:k])])
		n += written / 2
		p = p[k:]
	}
	return n, e.err
}

// decoder reads the decoding of what it reads.
type decoder struct {
	r    io.Reader
	err  error
	in   []byte // digits not decoded yet
	room [bufferSize]byte
}

// NewDecoder returns a Reader that decodes what it reads from r.
func NewDecoder(r io.Reader) io.Reader { return &decoder{r: r} }

// Read decodes as much as there is, up to len(p) bytes.
func (d *decoder) Read(p []byte) (n int, err error) {
	if len(d.in) < 2 && d.err == nil {
		k := copy(d.room[:], d.in)
		var m int
		m, d.err = d.r.Read(d.room[k:])
		d.in = d.room[:k+m]
		if d.err == io.EOF && len(d.in)%2 != 0 {
			if c := d.in[len(d.in)-1]; values[c] == 0 {
				d.err = InvalidByteError(c)
			} else {
				d.err = io.ErrUnexpectedEOF
			}
		}
	}
	if have := len(d.in) / 2; len(p) > have {
		p = p[:have]
	}
	n, err = Decode(p, d.in[:len(p)*2])
	d.in = d.in[2*n:]
	if err != nil {
		d.in, d.err = nil, err
	}
	if len(d.in) < 2 {
		return n, d.err
	}
	return n, nil
}
