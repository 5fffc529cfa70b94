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

// group decodes the characters of a group of four from src[si:], without line
// ends. It returns where it stopped, and how many bytes that gave; fewer than
// three end the input.
func (enc *Encoding) group(dst, src []byte, si int) (next, n int, err error) {
	var q [4]byte
	count := 4
read:
	for j := 0; j < 4; j++ {
		if si == len(src) {
			switch {
			case j == 0:
				return si, 0, nil
			case j == 1, enc.pad != NoPadding:
				return si, 0, CorruptInputError(si - j)
			}
			count = j
			break read
		}
		c := src[si]
		si++
		if v := enc.decodeMap[c]; v != none {
			q[j] = v
			continue
		}
		if c == '\n' || c == '\r' {
			j--
			continue
		}
		if rune(c) != enc.pad {
			return si, 0, CorruptInputError(si - 1)
		}
		// Padding: after two characters there must be another, after three
		// there may be none.
		switch j {
		case 0, 1:
			return si, 0, CorruptInputError(si - 1)
		case 2:
			for si < len(src) && (src[si] == '\n' || src[si] == '\r') {
				si++
			}
			if si == len(src) {
				return si, 0, CorruptInputError(len(src))
			}
			if rune(src[si]) != enc.pad {
				return si, 0, CorruptInputError(si - 1)
			}
			si++
		}
		for si < len(src) && (src[si] == '\n' || src[si] == '\r') {
			si++
		}
		if si < len(src) {
			// There is something behind the end.
			err = CorruptInputError(si)
		}
		count = j
		break
	}
	x := uint(q[0])<<18 | uint(q[1])<<12 | uint(q[2])<<6 | uint(q[3])
	b := [3]byte{byte(x >> 16), byte(x >> 8), byte(x)}
	if enc.strict {
		if count == 2 && b[1] != 0 {
			return si, 0, CorruptInputError(si - 2)
		}
		if count == 3 && b[2] != 0 {
			return si, 0, CorruptInputError(si - 1)
		}
	}
	return si, copy(dst, b[:count-1]), err
}

// decodeAll decodes src into dst. It also reports whether the end of the input
// was seen, which is an incomplete group.
func (enc *Encoding) decodeAll(dst, src []byte) (n int, end bool, err error) {
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
			return n, end, err
		}
		if k < 3 {
			end = true
		}
	}
	return n, end, nil
}

// Decode decodes src into dst, which must have room for DecodedLen(len(src))
// bytes, and returns how many bytes that gave. Line ends do not count. With an
// error, which is a CorruptInputError, those are the bytes before it.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	n, _, err = enc.decodeAll(dst, src)
	return n, err
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
	end  bool  // the input is over
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
		if k > 0 || err != nil {
			return k, err
		}
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
	if len(d.out) > 0 {
		n = copy(p, d.out)
		d.out = d.out[n:]
		return n, nil
	}
	if d.err != nil {
		return 0, d.err
	}
	for d.n < 4 && d.rerr == nil {
		want := min(max(len(p)/3*4, 4), len(d.buf))
		var m int
		m, d.rerr = d.r.Read(d.buf[d.n:want])
		d.n += m
	}
	if d.n < 4 {
		if d.enc.pad == NoPadding && d.n > 0 {
			var m int
			m, d.err = d.enc.Decode(d.room[:], d.buf[:d.n])
			d.n = 0
			d.end = true
			d.out = d.room[:m]
			n = copy(p, d.out)
			d.out = d.out[n:]
			if n > 0 || len(p) == 0 && len(d.out) > 0 {
				return n, nil
			}
			if d.err != nil {
				return 0, d.err
			}
		}
		d.err = d.rerr
		if d.err == io.EOF && d.n > 0 {
			d.err = io.ErrUnexpectedEOF
		}
		return 0, d.err
	}
	if d.end {
		// Nothing may follow an incomplete group.
		d.err = CorruptInputError(0)
		return 0, d.err
	}
	whole := d.n / 4 * 4
	var m int
	m, d.end, d.err = d.enc.decodeAll(d.room[:], d.buf[:whole])
	d.out = d.room[:m]
	n = copy(p, d.out)
	d.out = d.out[n:]
	d.n = copy(d.buf[:], d.buf[whole:d.n])
	if n == 0 && d.err != nil {
		return 0, d.err
	}
	return n, nil
}
