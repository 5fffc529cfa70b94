// This file holds the formatting of basic values with flags, width and precision.

package fmt

import (
	"strconv"
	"unicode/utf8"
)

const (
	lowerDigits = "0123456789abcdefx"
	upperDigits = "0123456789ABCDEFX"
)

// spec is what a verb's flags say.
type spec struct {
	wid, prec       int
	hasWid, hasPrec bool
	minus, plus     bool
	sharp, space    bool
	zero            bool
	// plusV and sharpV are %+v and %#v, whose flags must not reach the parts.
	plusV, sharpV bool
}

// formatter appends formatted values to buf.
type formatter struct {
	spec
	buf []byte
}

// fill appends n padding characters.
func (f *formatter) fill(n int) {
	c := byte(' ')
	if f.zero && !f.minus {
		c = '0'
	}
	for ; n > 0; n-- {
		f.buf = append(f.buf, c)
	}
}

// pad appends b, padded to the width.
func (f *formatter) pad(b []byte) {
	if !f.hasWid || f.wid == 0 {
		f.buf = append(f.buf, b...)
		return
	}
	n := f.wid - utf8.RuneCount(b)
	if !f.minus {
		f.fill(n)
		f.buf = append(f.buf, b...)
	} else {
		f.buf = append(f.buf, b...)
		f.fill(n)
	}
}

func (f *formatter) padString(s string) {
	if !f.hasWid || f.wid == 0 {
		f.buf = append(f.buf, s...)
		return
	}
	n := f.wid - utf8.RuneCountInString(s)
	if !f.minus {
		f.fill(n)
		f.buf = append(f.buf, s...)
	} else {
		f.buf = append(f.buf, s...)
		f.fill(n)
	}
}

func (f *formatter) boolean(v bool) {
	if v {
		f.padString("true")
	} else {
		f.padString("false")
	}
}

// integer appends u, whose sign bit counts if signed.
func (f *formatter) integer(u uint64, base int, signed bool, verb rune, digits string) {
	negative := signed && int64(u) < 0
	if negative {
		u = -u
	}
	var small [72]byte
	buf := small[:]
	// Precision or zero padding may ask for more room.
	if f.hasWid || f.hasPrec {
		if need := 3 + f.wid + f.prec; need > len(buf) {
			buf = make([]byte, need)
		}
	}
	prec := 0
	if f.hasPrec {
		prec = f.prec
		if prec == 0 && u == 0 {
			zero := f.zero
			f.zero = false
			f.fill(f.wid)
			f.zero = zero
			return
		}
	} else if f.zero && !f.minus && f.hasWid {
		prec = f.wid
		if negative || f.plus || f.space {
			prec--
		}
	}
	i := len(buf)
	switch base {
	case 10:
		for u >= 10 {
			i--
			next := u / 10
			buf[i] = byte('0' + u - next*10)
			u = next
		}
	case 16:
		for u >= 16 {
			i--
			buf[i] = digits[u&15]
			u >>= 4
		}
	case 8:
		for u >= 8 {
			i--
			buf[i] = byte('0' + u&7)
			u >>= 3
		}
	case 2:
		for u >= 2 {
			i--
			buf[i] = byte('0' + u&1)
			u >>= 1
		}
	}
	i--
	buf[i] = digits[u]
	for i > 0 && prec > len(buf)-i {
		i--
		buf[i] = '0'
	}
	if f.sharp {
		switch base {
		case 2:
			i -= 2
			buf[i], buf[i+1] = '0', 'b'
		case 8:
			if buf[i] != '0' {
				i--
				buf[i] = '0'
			}
		case 16:
			i -= 2
			buf[i], buf[i+1] = '0', digits[16]
		}
	}
	if verb == 'O' {
		i -= 2
		buf[i], buf[i+1] = '0', 'o'
	}
	switch {
	case negative:
		i--
		buf[i] = '-'
	case f.plus:
		i--
		buf[i] = '+'
	case f.space:
		i--
		buf[i] = ' '
	}
	// Zeros have been written; what is left are blanks.
	zero := f.zero
	f.zero = false
	f.pad(buf[i:])
	f.zero = zero
}

// unicode appends "U+0078", or "U+0078 'x'" with the sharp flag.
func (f *formatter) unicode(u uint64) {
	var digits [20]byte
	i := len(digits)
	prec := 4
	if f.hasPrec && f.prec > 4 {
		prec = f.prec
	}
	n := 0
	for x := u; x > 0 || i == len(digits); x >>= 4 {
		i--
		digits[i] = upperDigits[x&15]
		n++
	}
	out := append(make([]byte, 0, 32), "U+"...)
	for ; n < prec; n++ {
		out = append(out, '0')
	}
	out = append(out, digits[i:]...)
	if f.sharp && u <= utf8.MaxRune && strconv.IsPrint(rune(u)) {
		out = append(out, " '"...)
		out = utf8.AppendRune(out, rune(u))
		out = append(out, '\'')
	}
	zero := f.zero
	f.zero = false
	f.pad(out)
	f.zero = zero
}

func asRune(u uint64) rune {
	if u > utf8.MaxRune {
		return utf8.RuneError
	}
	return rune(u)
}

// char appends the character u.
func (f *formatter) char(u uint64) {
	var b [utf8.UTFMax]byte
	f.pad(utf8.AppendRune(b[:0], asRune(u)))
}

// quotedChar appends the quoted character u.
func (f *formatter) quotedChar(u uint64) {
	var b [16]byte
	if f.plus {
		f.pad(strconv.AppendQuoteRuneToASCII(b[:0], asRune(u)))
	} else {
		f.pad(strconv.AppendQuoteRune(b[:0], asRune(u)))
	}
}

// truncate cuts s to the precision, in characters.
func (f *formatter) truncate(s string) string {
	if f.hasPrec {
		n := f.prec
		for i := range s {
			n--
			if n < 0 {
				return s[:i]
			}
		}
	}
	return s
}

func (f *formatter) truncateBytes(b []byte) []byte {
	if f.hasPrec {
		n := f.prec
		for i := 0; i < len(b); {
			n--
			if n < 0 {
				return b[:i]
			}
			_, w := utf8.DecodeRune(b[i:])
			i += w
		}
	}
	return b
}

// hex appends the bytes of s, or of b if s is empty, in hexadecimal.
func (f *formatter) hex(s string, b []byte, digits string) {
	n := len(b)
	if b == nil {
		n = len(s)
	}
	if f.hasPrec && f.prec < n {
		n = f.prec
	}
	width := 2 * n
	if width <= 0 {
		if f.hasWid {
			f.fill(f.wid)
		}
		return
	}
	if f.space {
		if f.sharp {
			width *= 2
		}
		width += n - 1
	} else if f.sharp {
		width += 2
	}
	if f.hasWid && f.wid > width && !f.minus {
		f.fill(f.wid - width)
	}
	if f.sharp {
		f.buf = append(f.buf, '0', digits[16])
	}
	for i := range n {
		if f.space && i > 0 {
			f.buf = append(f.buf, ' ')
			if f.sharp {
				f.buf = append(f.buf, '0', digits[16])
			}
		}
		var c byte
		if b != nil {
			c = b[i]
		} else {
			c = s[i]
		}
		f.buf = append(f.buf, digits[c>>4], digits[c&15])
	}
	if f.hasWid && f.wid > width && f.minus {
		f.fill(f.wid - width)
	}
}

// quoted appends s as a Go string literal.
func (f *formatter) quoted(s string) {
	s = f.truncate(s)
	if f.sharp && strconv.CanBackquote(s) {
		f.padString("`" + s + "`")
		return
	}
	var b [64]byte
	if f.plus {
		f.pad(strconv.AppendQuoteToASCII(b[:0], s))
	} else {
		f.pad(strconv.AppendQuote(b[:0], s))
	}
}

// float appends v; prec is the verb's default precision, -1 the shortest.
func (f *formatter) float(v float64, bits int, verb rune, prec int) {
	if f.hasPrec {
		prec = f.prec
	}
	var room [64]byte
	num := strconv.AppendFloat(room[:1], v, byte(verb), prec, bits)
	if num[1] == '-' || num[1] == '+' {
		num = num[1:]
	} else {
		num[0] = '+'
	}
	if f.space && num[0] == '+' && !f.plus {
		num[0] = ' '
	}
	if num[1] == 'I' || num[1] == 'N' {
		zero := f.zero
		f.zero = false
		if num[1] == 'N' && !f.space && !f.plus {
			num = num[1:]
		}
		f.pad(num)
		f.zero = zero
		return
	}
	if f.sharp && verb != 'b' {
		num = keepZeros(num, verb, prec)
	}
	if f.plus || num[0] != '+' {
		if f.zero && !f.minus && f.hasWid && f.wid > len(num) {
			f.buf = append(f.buf, num[0])
			f.fill(f.wid - len(num))
			f.buf = append(f.buf, num[1:]...)
			return
		}
		f.pad(num)
		return
	}
	f.pad(num[1:])
}

// keepZeros gives num, which begins with its sign, a decimal point and the
// trailing zeros that %g leaves out.
func keepZeros(num []byte, verb rune, prec int) []byte {
	digits := 0
	switch verb {
	case 'v', 'g', 'G', 'x':
		digits = prec
		if digits < 0 {
			digits = 6
		}
	}
	var tailRoom [8]byte
	tail := tailRoom[:0]
	point, nonzero := false, false
scan:
	for i := 1; i < len(num); i++ {
		switch c := num[i]; {
		case c == '.':
			point = true
		case c == 'p' || c == 'P' || (c == 'e' || c == 'E') && verb != 'x' && verb != 'X':
			tail = append(tail, num[i:]...)
			num = num[:i]
			break scan
		default:
			if c != '0' {
				nonzero = true
			}
			if nonzero {
				digits--
			}
		}
	}
	if !point {
		if len(num) == 2 && num[1] == '0' {
			digits--
		}
		num = append(num, '.')
	}
	for ; digits > 0; digits-- {
		num = append(num, '0')
	}
	return append(num, tail...)
}
