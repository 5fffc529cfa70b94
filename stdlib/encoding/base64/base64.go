// This file holds Encoding and the encoding.

// Package base64 encodes bytes as characters of an alphabet of 64 and decodes
// them, as RFC 4648 has it.
package base64

import (
	"internal/byteorder"
	"io"
	"slices"
	"unsafe"
)

// What the last characters are filled up with.
const (
	StdPadding rune = '=' // the usual character
	NoPadding  rune = -1  // nothing
)

// none marks bytes that are not in the alphabet.
const none = 0xff

// Encoding is an alphabet of 64 bytes with a way of filling up.
type Encoding struct {
	encode    [64]byte
	decodeMap [256]uint8 // the value of each byte, or none
	pad       rune
	strict    bool
}

// NewEncoding returns an Encoding with the alphabet, which must be 64 different
// bytes without '\r', '\n' and the padding character, which is StdPadding.
func NewEncoding(encoder string) *Encoding {
	if len(encoder) != 64 {
		panic("encoding alphabet is not 64-bytes long")
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
// alphabet. It stands for a byte of its value.
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

// Strict returns the same encoding with strict decoding, in which the bits that
// are left over in the last character must be 0.
func (enc Encoding) Strict() *Encoding {
	enc.strict = true
	return &enc
}

// The alphabets of RFC 4648.
const (
	stdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	urlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
)

// StdEncoding is the standard encoding of RFC 4648.
var StdEncoding = NewEncoding(stdAlphabet)

// URLEncoding is the encoding of RFC 4648 for URLs and file names.
var URLEncoding = NewEncoding(urlAlphabet)

// RawStdEncoding is StdEncoding without padding.
var RawStdEncoding = StdEncoding.WithPadding(NoPadding)

// RawURLEncoding is URLEncoding without padding.
var RawURLEncoding = URLEncoding.WithPadding(NoPadding)

// EncodedLen returns the length of the encoding of n bytes.
func (enc *Encoding) EncodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/3*4 + (n%3*8+5)/6
	}
	return (n + 2) / 3 * 4
}

// DecodedLen returns the largest number of bytes that n characters can encode.
func (enc *Encoding) DecodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/4*3 + n%4*6/8
	}
	return n / 4 * 3
}

// Encode encodes src into dst, which must have room for EncodedLen(len(src))
// bytes. It fills up the last characters, so it does not do for pieces of
// something larger; for those there is NewEncoder.
func (enc *Encoding) Encode(dst, src []byte) {
	if len(src) == 0 {
		return
	}
	alpha := &enc.encode
	di := 0
	// Six bytes at a time, read as eight.
	for len(src) >= 8 && len(dst)-di >= 8 {
		x := byteorder.BE64(src)
		d := dst[di : di+8]
		d[0] = alpha[x>>58]
		d[1] = alpha[x>>52&63]
		d[2] = alpha[x>>46&63]
		d[3] = alpha[x>>40&63]
		d[4] = alpha[x>>34&63]
		d[5] = alpha[x>>28&63]
		d[6] = alpha[x>>22&63]
		d[7] = alpha[x>>16&63]
		src = src[6:]
		di += 8
	}
	for len(src) >= 3 {
		x := uint(src[0])<<16 | uint(src[1])<<8 | uint(src[2])
		d := dst[di : di+4]
		d[0] = alpha[x>>18&63]
		d[1] = alpha[x>>12&63]
		d[2] = alpha[x>>6&63]
		d[3] = alpha[x&63]
		src = src[3:]
		di += 4
	}
	if len(src) == 0 {
		return
	}
	x := uint(src[0]) << 16
	if len(src) == 2 {
		x |= uint(src[1]) << 8
	}
	dst[di] = alpha[x>>18&63]
	dst[di+1] = alpha[x>>12&63]
	if len(src) == 2 {
		dst[di+2] = alpha[x>>6&63]
		if enc.pad != NoPadding {
			dst[di+3] = byte(enc.pad)
		}
	} else if enc.pad != NoPadding {
		dst[di+2] = byte(enc.pad)
		dst[di+3] = byte(enc.pad)
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
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// encoder encodes what is written to it.
type encoder struct {
	enc  *Encoding
	w    io.Writer
	err  error
	buf  [3]byte // what does not make a group yet
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
		if e.n < 3 {
			return n, nil
		}
		e.enc.Encode(e.room[:], e.buf[:])
		if _, e.err = e.w.Write(e.room[:4]); e.err != nil {
			return n, e.err
		}
		e.n = 0
	}
	for len(p) >= 3 {
		k := min(len(p)-len(p)%3, len(e.room)/4*3)
		e.enc.Encode(e.room[:], p[:k])
		if _, e.err = e.w.Write(e.room[:k/3*4]); e.err != nil {
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
