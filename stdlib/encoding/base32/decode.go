// This file holds the decoding.

package base32

import (
	"io"
	"slices"
	"strconv"
)

// CorruptInputError is the error for input that is no encoding. It is the place
// of the first fault, not counting line ends.
type CorruptInputError int64

// Error tells the place.
func (e CorruptInputError) Error() string {
	return "illegal base32 data at input byte " + strconv.FormatInt(int64(e), 10)
}

// groupBytes has, for a number of characters in the last group, how many bytes
// they make, or -1.
var groupBytes = [9]int{0, -1, 1, -1, 2, 3, -1, 4, 5}

// decode decodes src, which has no line ends, into dst. It also reports whether
// the end of the input was seen: an incomplete group.
func (enc *Encoding) decode(dst, src []byte) (n int, end bool, err error) {
	total := len(src)
	for len(src) > 0 && !end {
		at := func(i int) CorruptInputError { return CorruptInputError(total - len(src) + i) }
		var x uint64
		count := 8
	group:
		for j := range 8 {
			if j == len(src) {
				if enc.pad != NoPadding {
					return n, false, CorruptInputError(total - j)
				}
				count, end = j, true
				break
			}
			c := src[j]
			if rune(c) == enc.pad && j >= 2 && len(src) < j+9 {
				if len(src) < 8 {
					return n, false, CorruptInputError(total)
				}
				for k := j + 1; k < 8; k++ {
					if rune(src[k]) != enc.pad {
						return n, false, at(k - 1)
					}
				}
				if groupBytes[j] < 0 {
					return n, false, at(j)
				}
				count, end = j, true
				break group
			}
			v := enc.decodeMap[c]
			if v == none {
				return n, false, at(j)
			}
			x |= uint64(v) << (35 - 5*j)
		}
		for i := range max(groupBytes[count], count*5/8) {
			if n < len(dst) {
				dst[n] = byte(x >> (32 - 8*i))
				n++
			}
		}
		src = src[min(8, len(src)):]
	}
	return n, end, nil
}

// withoutLines copies src without line ends to dst.
func withoutLines(dst, src []byte) int {
	n := 0
	for _, c := range src {
		if c != '\r' && c != '\n' {
			dst[n] = c
			n++
		}
	}
	return n
}

// Decode decodes src into dst, which must have room for DecodedLen(len(src))
// bytes, and returns how many bytes that gave. Line ends do not count. With an
// error, which is a CorruptInputError, those are the bytes before it.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	buf := make([]byte, len(src))
	n, _, err = enc.decode(dst, buf[:withoutLines(buf, src)])
	return n, err
}

// AppendDecode appends what src decodes to to dst, as Decode does.
func (enc *Encoding) AppendDecode(dst, src []byte) ([]byte, error) {
	n := len(src)
	for n > 0 && rune(src[n-1]) == enc.pad {
		n--
	}
	n = n/8*5 + n%8*5/8
	dst = slices.Grow(dst, n)
	n, err := enc.Decode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n], err
}

// DecodeString returns what s decodes to, as Decode does.
func (enc *Encoding) DecodeString(s string) ([]byte, error) {
	buf := []byte(s)
	n := withoutLines(buf, buf)
	n, _, err := enc.decode(buf, buf[:n])
	return buf[:n], err
}

// decoder decodes what it reads.
type decoder struct {
	enc  *Encoding
	r    io.Reader
	err  error
	rerr error // the error of the reader, for later
	end  bool
	buf  [1024]byte
	n    int    // how much is in buf
	out  []byte // what is decoded and not read yet
	room [1024 / 8 * 5]byte
}

// NewDecoder returns a Reader that decodes what it reads from r.
func NewDecoder(enc *Encoding, r io.Reader) io.Reader {
	return &decoder{enc: enc, r: r}
}

// Read decodes.
func (d *decoder) Read(p []byte) (n int, err error) {
	for len(d.out) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		for d.n < 8 && d.rerr == nil {
			var m int
			m, d.rerr = d.r.Read(d.buf[d.n:])
			d.n += withoutLines(d.buf[d.n:], d.buf[d.n:d.n+m])
		}
		whole := d.n / 8 * 8
		if d.n < 8 {
			if d.rerr != io.EOF || d.n == 0 {
				d.err = d.rerr
				continue
			}
			if d.enc.pad != NoPadding {
				d.err = io.ErrUnexpectedEOF
				continue
			}
			whole = d.n
		}
		if d.end {
			d.err = CorruptInputError(0) // nothing may follow an incomplete group
			continue
		}
		var m int
		m, d.end, d.err = d.enc.decode(d.room[:], d.buf[:whole])
		d.out = d.room[:m]
		d.n = copy(d.buf[:], d.buf[whole:d.n])
	}
	n = copy(p, d.out)
	d.out = d.out[n:]
	return n, nil
}
