// This file holds the decoding.

package base64

import (
	"io"
	"slices"
	"strconv"
	"unsafe"
)

// CorruptInputError is the error for input that is no encoding. It is the place
// of the first fault.
type CorruptInputError int64

// Error tells the place.
func (e CorruptInputError) Error() string {
	return "illegal base64 data at input byte " + strconv.FormatInt(int64(e), 10)
}

// skipEnds returns where the first byte of src[at:] is that ends no line.
func skipEnds(src []byte, at int) int {
	for at < len(src) && (src[at] == '\n' || src[at] == '\r') {
		at++
	}
	return at
}

// group decodes the characters of a group of four from src[at:], without line
// ends. It returns where it stopped, and how many bytes that gave; fewer than
// three end the input.
func (enc *Encoding) group(dst, src []byte, at int) (next, n int, err error) {
	bits, chars := uint32(0), 0
	for chars < 4 {
		at = skipEnds(src, at)
		if at == len(src) {
			if chars == 0 {
				return at, 0, nil
			}
			if chars == 1 || enc.pad != NoPadding {
				return at, 0, CorruptInputError(at - chars)
			}
			break
		}
		v := enc.decodeMap[src[at]]
		if v == none {
			var fault int
			at, fault = enc.padding(src, at, chars)
			if fault >= 0 && at < 0 {
				return fault, 0, CorruptInputError(fault)
			}
			if fault >= 0 {
				err = CorruptInputError(fault)
			}
			break
		}
		bits = bits<<6 | uint32(v)
		chars++
		at++
	}
	// The bits of a short group move to where they are in a whole one.
	bits <<= 6 * uint(4-chars)
	n = chars - 1
	if enc.strict && n < 3 && byte(bits>>(8*uint(2-n))) != 0 {
		return at, 0, CorruptInputError(at - 3 + n)
	}
	b := [3]byte{byte(bits >> 16), byte(bits >> 8), byte(bits)}
	return at, copy(dst, b[:n]), err
}

// padding reads what is in place of a character at src[at], behind some of a
// group: padding, or a fault, which is then a place, else -1. It returns where the
// padding ended, -1 if it is wrong itself.
func (enc *Encoding) padding(src []byte, at, chars int) (end, fault int) {
	if rune(src[at]) != enc.pad || chars < 2 {
		return -1, at
	}
	at = skipEnds(src, at+1)
	if chars == 2 {
		// There must be another.
		if at == len(src) {
			return -1, at
		}
		if rune(src[at]) != enc.pad {
			return -1, at - 1
		}
		at = skipEnds(src, at+1)
	}
	if at < len(src) {
		// There is something behind the end.
		return at, at
	}
	return at, -1
}

// Decode decodes src into dst, which must have room for DecodedLen(len(src))
// bytes, and returns how many bytes that gave. Line ends do not count. With an
// error, which is a CorruptInputError, those are the bytes before it.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	si := 0
	table := &enc.decodeMap
	for si < len(src) {
		// Whole groups without anything odd.
		for len(src)-si >= 4 && len(dst)-n >= 3 {
			s := src[si : si+4]
			a, b, c, d := table[s[0]], table[s[1]], table[s[2]], table[s[3]]
			if a|b|c|d == none {
				break
			}
			x := uint(a)<<18 | uint(b)<<12 | uint(c)<<6 | uint(d)
			t := dst[n : n+3]
			t[0], t[1], t[2] = byte(x>>16), byte(x>>8), byte(x)
			n += 3
			si += 4
		}
		if si == len(src) {
			break
		}
		var k int
		si, k, err = enc.group(dst[n:], src, si)
		n += k
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// AppendDecode appends what src decodes to to dst, as Decode does.
func (enc *Encoding) AppendDecode(dst, src []byte) ([]byte, error) {
	// Padding does not give bytes.
	n := len(src)
	for n > 0 && rune(src[n-1]) == enc.pad {
		n--
	}
	n = n/4*3 + n%4*6/8
	dst = slices.Grow(dst, n)
	n, err := enc.Decode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n], err
}

// DecodeString returns what s decodes to, as Decode does.
func (enc *Encoding) DecodeString(s string) ([]byte, error) {
	b := make([]byte, enc.DecodedLen(len(s)))
	n, err := enc.Decode(b, unsafe.Slice(unsafe.StringData(s), len(s)))
	return b[:n], err
}

// decoder decodes what it reads.
type decoder struct {
	enc  *Encoding
	r    lines
	err  error
	rerr error // the error of the reader, for later
	tail bool  // what was decoded last was less than a group
	buf  [1024]byte
	n    int    // how much is in buf
	out  []byte // what is decoded and not read yet
	room [1024 / 4 * 3]byte
}

// lines drops line ends from a reader.
type lines struct {
	r io.Reader
}

// Read reads without line ends.
func (l *lines) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for n > 0 {
		k := 0
		for i, c := range p[:n] {
			if c != '\r' && c != '\n' {
				if i != k {
					p[k] = c
				}
				k++
			}
		}
		if k > 0 {
			return k, err
		}
		// As in Go, an error that comes with nothing but line ends is not
		// reported: the reader is asked again.
		n, err = l.r.Read(p)
	}
	return n, err
}

// NewDecoder returns a Reader that decodes what it reads from r.
func NewDecoder(enc *Encoding, r io.Reader) io.Reader {
	return &decoder{enc: enc, r: lines{r}}
}

// Read decodes.
func (d *decoder) Read(p []byte) (n int, err error) {
	// An error comes with the bytes before it, as far as p has room, but those
	// of an incomplete group without padding come alone.
	if len(d.out) == 0 {
		if d.err == nil {
			d.advance(len(p))
		}
		if !d.tail || len(d.out) == 0 {
			err = d.err
		}
	}
	n = copy(p, d.out)
	d.out = d.out[n:]
	return n, err
}

// advance decodes some more, about as much as is asked for.
func (d *decoder) advance(asked int) {
	limit := min(max(asked/3*4, 4), len(d.buf))
	for d.n < 4 && d.rerr == nil {
		var m int
		m, d.rerr = d.r.Read(d.buf[d.n:limit])
		d.n += m
	}
	switch {
	case d.n == 0:
		d.err = d.rerr
		return
	case d.n < 4 && d.enc.pad != NoPadding:
		d.err = d.rerr
		if d.err == io.EOF {
			d.err = io.ErrUnexpectedEOF
		}
		return
	}
	// Less than a group is the rest of the input. What follows an incomplete
	// group in another chunk is decoded, as in Go.
	whole := d.n
	d.tail = d.n < 4
	if !d.tail {
		whole = d.n / 4 * 4
	}
	var m int
	m, d.err = d.enc.Decode(d.room[:], d.buf[:whole])
	d.out = d.room[:m]
	d.n = copy(d.buf[:], d.buf[whole:d.n])
}
