// This file holds the layout of numbers. Each function appends the text without
// width first; zeros and padding are moved into it afterwards.

package fmt

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// insert puts n bytes c before p.out[at:].
func (p *printer) insert(at, n int, c byte) {
	for range n {
		p.out = append(p.out, c)
	}
	end := len(p.out) - n
	if at == end {
		return
	}
	copy(p.out[at+n:], p.out[at:end])
	gap := p.out[at : at+n]
	for i := range gap {
		gap[i] = c
	}
}

// pad brings p.out[start:] to the width: by c at the left, or blanks at the right.
func (p *printer) pad(start int, c byte) {
	if p.width <= 0 {
		return
	}
	gap := p.width - utf8.RuneCount(p.out[start:])
	if gap <= 0 {
		return
	}
	if p.has(minus) {
		p.insert(len(p.out), gap, ' ')
	} else {
		p.insert(start, gap, c)
	}
}

// padding is what texts are padded with at the left.
func (p *printer) padding() byte {
	if p.has(zero) {
		return '0'
	}
	return ' '
}

// zeroPadded reports whether zeros stand between sign and digits.
func (p *printer) zeroPadded() bool {
	return p.flags&(zero|minus) == zero && p.width > 0
}

// sign appends the sign of a number that is negative or not.
func (p *printer) sign(negative bool) {
	switch {
	case negative:
		p.out = append(p.out, '-')
	case p.has(plus):
		p.out = append(p.out, '+')
	case p.has(space):
		p.out = append(p.out, ' ')
	}
}

// upper makes letters among p.out[start:] capital.
func (p *printer) upper(start int) {
	for i, c := range p.out[start:] {
		if 'a' <= c && c <= 'z' {
			p.out[start+i] = c - 'a' + 'A'
		}
	}
}

// signed prints an integer; the result says whether the verb is one for integers.
func (p *printer) signed(i int64, verb rune) bool {
	if i < 0 {
		return p.integer(-uint64(i), true, verb)
	}
	return p.integer(uint64(i), false, verb)
}

// unsigned is signed for unsigned types, for which %#v is hexadecimal.
func (p *printer) unsigned(u uint64, verb rune) bool {
	if verb == 'v' && p.has(syntax) {
		p.address(u, true)
		return true
	}
	return p.integer(u, false, verb)
}

// address prints u in hexadecimal, with 0x in front if prefix.
func (p *printer) address(u uint64, prefix bool) {
	given := p.flags
	p.flags &^= sharp
	if prefix {
		p.flags |= sharp
	}
	p.digits(u, false, 16, "0x")
	p.flags = given
}

// integer prints the number with the given magnitude.
func (p *printer) integer(u uint64, negative bool, verb rune) bool {
	switch verb {
	case 'd', 'v':
		if p.flags&(plus|space) == 0 && p.width <= 0 && p.prec < 0 {
			if negative {
				p.out = append(p.out, '-')
			}
			p.out = strconv.AppendUint(p.out, u, 10)
		} else {
			p.digits(u, negative, 10, "")
		}
	case 'x':
		p.digits(u, negative, 16, "0x")
	case 'X':
		start := len(p.out)
		p.digits(u, negative, 16, "0x")
		p.upper(start)
	case 'b':
		p.digits(u, negative, 2, "0b")
	case 'o':
		p.digits(u, negative, 8, "")
	case 'O':
		// This prefix is part of the verb.
		p.digits(u, negative, 8, "0o")
	case 'c', 'q', 'U':
		if negative {
			u = -u
		}
		p.character(u, verb)
	default:
		return false
	}
	return true
}

// digits prints an integer in a base. The prefix comes with the sharp flag, or
// always in base 8, in which the flag asks for a digit 0 in front.
func (p *printer) digits(u uint64, negative bool, base int, prefix string) {
	start := len(p.out)
	if u == 0 && p.prec == 0 {
		// No digits, and nothing else either.
		p.pad(start, ' ')
		return
	}
	p.sign(negative)
	least := p.prec
	if least < 0 && p.zeroPadded() {
		// The prefix makes it longer than the width.
		least = p.width - (len(p.out) - start)
	}
	if base == 8 || p.has(sharp) {
		p.text(prefix)
	}
	first := len(p.out)
	p.out = strconv.AppendUint(p.out, u, base)
	n := len(p.out) - first
	if base == 8 && u != 0 && p.has(sharp) {
		least = max(least, n+1)
	}
	if n < least {
		p.insert(first, least-n, '0')
	}
	p.pad(start, ' ')
}

// character prints u as a character: itself (c), quoted (q), or by its number (U).
func (p *printer) character(u uint64, verb rune) {
	r := utf8.RuneError
	if u <= utf8.MaxRune {
		r = rune(u)
	}
	start := len(p.out)
	switch {
	case verb == 'c':
		p.out = utf8.AppendRune(p.out, r)
	case verb == 'U':
		p.text("U+")
		p.out = strconv.AppendUint(p.out, u, 16)
		p.upper(start)
		digits := len(p.out) - start - len("U+")
		if missing := max(p.prec, 4) - digits; missing > 0 {
			p.insert(start+len("U+"), missing, '0')
		}
		if p.has(sharp) && u <= utf8.MaxRune && strconv.IsPrint(r) {
			p.text(" '")
			p.out = utf8.AppendRune(p.out, r)
			p.out = append(p.out, '\'')
		}
		p.pad(start, ' ')
		return
	case p.has(plus):
		p.out = strconv.AppendQuoteRuneToASCII(p.out, r)
	default:
		p.out = strconv.AppendQuoteRune(p.out, r)
	}
	p.pad(start, p.padding())
}

// float prints v; the result says whether the verb is one for floats.
func (p *printer) float(v float64, bits int, verb rune) bool {
	form, prec := byte(verb), -1
	switch verb {
	case 'v':
		form = 'g'
	case 'g', 'G', 'x', 'X', 'b':
	case 'e', 'E', 'f':
		prec = 6
	case 'F':
		form, prec = 'f', 6
	default:
		return false
	}
	if p.prec >= 0 {
		prec = p.prec
	}
	start := len(p.out)
	switch {
	case math.IsNaN(v):
		p.sign(false)
		p.text("NaN")
		p.pad(start, ' ')
		return true
	case math.IsInf(v, 0):
		p.sign(v < 0)
		if len(p.out) == start {
			p.out = append(p.out, '+')
		}
		p.text("Inf")
		p.pad(start, ' ')
		return true
	}
	p.sign(math.Signbit(v))
	first := len(p.out)
	p.out = strconv.AppendFloat(p.out, math.Abs(v), form, prec, bits)
	if p.has(sharp) && form != 'b' {
		p.keepZeros(first, form, prec)
	}
	if p.zeroPadded() {
		if gap := p.width - (len(p.out) - start); gap > 0 {
			p.insert(first, gap, '0')
		}
	} else {
		p.pad(start, ' ')
	}
	return true
}

// keepZeros gives the number p.out[first:] a decimal point, and the zeros at the
// end of its mantissa that %g leaves out.
func (p *printer) keepZeros(first int, form byte, prec int) {
	mantissa := p.out[first:]
	for i, c := range mantissa {
		if c|' ' == 'p' || c|' ' == 'e' && form|' ' != 'x' {
			mantissa = mantissa[:i]
			break
		}
	}
	pointed := false
	// In "0x1.8" the x counts as a digit.
	significant := 0
	for _, c := range mantissa {
		if c == '.' {
			pointed = true
		} else if c != '0' || significant > 0 {
			significant++
		}
	}
	zeros := 0
	switch form {
	case 'g', 'G', 'x':
		zeros = prec
		if prec < 0 {
			zeros = 6
		}
		zeros -= significant
		if len(mantissa) == 1 && mantissa[0] == '0' {
			zeros--
		}
	}
	end := first + len(mantissa)
	if !pointed {
		p.insert(end, 1, '.')
		end++
	}
	if zeros > 0 {
		p.insert(end, zeros, '0')
	}
}

// complex prints both parts of v, each with the directive's width.
func (p *printer) complex(v complex128, bits int, verb rune) bool {
	start := len(p.out)
	p.out = append(p.out, '(')
	if !p.float(real(v), bits/2, verb) {
		p.out = p.out[:start]
		return false
	}
	given := p.flags
	p.flags |= plus
	p.float(imag(v), bits/2, verb)
	p.flags = given
	p.text("i)")
	return true
}
