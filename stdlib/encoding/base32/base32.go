// This file holds Encoding and the encoding.

// Package base32 encodes bytes as characters of an alphabet of 32 and decodes
// them, as RFC 4648 has it.
package base32

import (
	"io"
	"slices"
)

// What the last characters are filled up with.
const (
	StdPadding rune = '=' // the usual character
	NoPadding  rune = -1  // nothing
)

// none marks bytes that are not in the alphabet.
const none = 0xff

// Encoding is an alphabet of 32 bytes with a way of filling up.
type Encoding struct {
	encode    [32]byte
	decodeMap [256]uint8 // the value of each byte, or none
	pad       rune
}

// NewEncoding returns an Encoding with the alphabet, which must be 32 different
// bytes without '\r', '\n' and the padding character, which is StdPadding.
func NewEncoding(encoder string) *Encoding {
	if len(encoder) != 32 {
		panic("encoding alphabet is not 32-bytes long")
	}
	e := new(Encoding)
	e.pad = StdPadding
	for i := range e.decodeMap {
		e.decodeMap[i] = none
	}
	for i := 0; i < len(encoder); i++ {
		c := encoder[i]
		switch {
		case c == '\n' || c == '\r':
			panic("encoding alphabet contains newline character")
		case e.decodeMap[c] != none:
			panic("encoding alphabet includes duplicate symbols")
		}
		e.encode[i] = c
		e.decodeMap[c] = uint8(i)
	}
	return e
}

// WithPadding returns the same encoding with another padding character, or
// NoPadding. It must be at most '\xff', and neither '\r' nor '\n' nor in the
// alphabet.
func (enc Encoding) WithPadding(padding rune) *Encoding {
	switch {
	case padding < NoPadding || padding == '\r' || padding == '\n' || padding > 0xff:
		panic("invalid padding")
	case padding != NoPadding && enc.decodeMap[byte(padding)] != none:
		panic("padding contained in alphabet")
	}
	enc.pad = padding
	return &enc
}

// StdEncoding is the standard encoding of RFC 4648.
var StdEncoding = NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

// HexEncoding is RFC 4648's encoding with extended hexadecimal digits.
var HexEncoding = NewEncoding("0123456789ABCDEFGHIJKLMNOPQRSTUV")

// EncodedLen returns the length of the encoding of n bytes.
func (enc *Encoding) EncodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/5*8 + (n%5*8+4)/5
	}
	return (n + 4) / 5 * 8
}

// DecodedLen returns the largest number of bytes that n characters can encode.
func (enc *Encoding) DecodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/8*5 + n%8*5/8
	}
	return n / 8 * 5
}

// Encode encodes src into dst, which must have room for EncodedLen(len(src))
// bytes. It fills up the last characters, so it does not do for pieces of
// something larger; for those there is NewEncoder.
func (enc *Encoding) Encode(dst, src []byte) {
	for len(src) > 0 {
		var x uint64
		n := min(len(src), 5)
		for i := range n {
			x |= uint64(src[i]) << (32 - 8*i)
		}
		chars := (n*8 + 4) / 5
		for i := range 8 {
			switch {
			case i < chars:
				dst[i] = enc.encode[x>>(35-5*i)&31]
			case enc.pad != NoPadding:
				dst[i] = byte(enc.pad)
			}
		}
		src = src[n:]
		dst = dst[min(8, len(dst)):]
	}
}

// AppendEncode appends the encoding of src to dst.
func (enc *Encoding) AppendEncode(dst, src []byte) []byte {
	n := enc.EncodedLen(len(src))
	dst = slices.Grow(dst, n)
	enc.Encode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n]
}

// EncodeToString returns the encoding of src.
func (enc *Encoding) EncodeToString(src []byte) string {
	b := make([]byte, enc.EncodedLen(len(src)))
	enc.Encode(b, src)
	return string(b)
}

// encoder encodes what is written to it.
type encoder struct {
	enc  *Encoding
	w    io.Writer
	err  error
	buf  [5]byte // what does not make a group yet
	n    int
	room [1024]byte
}

// NewEncoder returns a Writer that writes the encoding of what is written to it
// to w. Close writes the last characters.
func NewEncoder(enc *Encoding, w io.Writer) io.WriteCloser {
	return &encoder{enc: enc, w: w}
}

// Write encodes p.
func (e *encoder) Write(p []byte) (n int, err error) {
	if e.err != nil {
		return 0, e.err
	}
	if e.n > 0 {
		k := copy(e.buf[e.n:], p)
		e.n += k
		n += k
		p = p[k:]
		if e.n < 5 {
			return n, nil
		}
		e.enc.Encode(e.room[:], e.buf[:])
		if _, e.err = e.w.Write(e.room[:8]); e.err != nil {
			return n, e.err
		}
		e.n = 0
	}
	for len(p) >= 5 {
		k := min(len(p)-len(p)%5, len(e.room)/8*5)
		e.enc.Encode(e.room[:], p[:k])
		if _, e.err = e.w.Write(e.room[:k/5*8]); e.err != nil {
			return n, e.err
		}
		n += k
		p = p[k:]
	}
	e.n = copy(e.buf[:], p)
	return n + e.n, nil
}

// Close writes what is left. It does not close the writer behind.
func (e *encoder) Close() error {
	if e.err == nil && e.n > 0 {
		e.enc.Encode(e.room[:], e.buf[:e.n])
		_, e.err = e.w.Write(e.room[:e.enc.EncodedLen(e.n)])
		e.n = 0
	}
	return e.err
}
