// This file holds the parsing of floating-point numbers.

package strconv

import (
	"math"
	"math/bits"
)

// scan is what is known of a number after a first look at its text.
type scan struct {
	mant  uint64 // the first digits, without zeros in front
	exp   int    // the exponent of 10, or of 2 for a hexadecimal number
	neg   bool
	trunc bool // mant does not have all digits
	hex   bool
	under bool // there are underscores
	n     int  // the length of the number
	ok    bool
}

// scanFloat looks at the number at the start of s.
func scanFloat(s string) (r scan) {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		r.neg = s[i] == '-'
		i++
	}
	base, room := uint64(10), 19
	mark := byte('e')
	if i+2 < len(s) && s[i] == '0' && s[i+1]|0x20 == 'x' {
		r.hex = true
		base, room = 16, 16
		mark = 'p'
		i += 2
	}
	digs, point, kept := 0, 0, 0
	seen, pointed := false, false
loop:
	for ; i < len(s); i++ {
		c := s[i]
		var d byte
		switch {
		case c == '_':
			r.under = true
			continue
		case c == '.':
			if pointed {
				break loop
			}
			pointed = true
			point = digs
			continue
		case '0' <= c && c <= '9':
			d = c - '0'
		case r.hex && 'a' <= c|0x20 && c|0x20 <= 'f':
			d = c | 0x20 - 'a' + 10
		default:
			break loop
		}
		seen = true
		if d == 0 && digs == 0 {
			// A zero in front counts only for the place of the point.
			if pointed {
				point--
			}
			continue
		}
		digs++
		if kept < room {
			r.mant = r.mant*base + uint64(d)
			kept++
		} else if d != 0 {
			r.trunc = true
		}
	}
	if !seen {
		return r
	}
	if !pointed {
		point = digs
	}
	exp := point - kept
	if r.hex {
		exp *= 4
	}
	if i < len(s) && s[i]|0x20 == mark {
		i++
		if i >= len(s) {
			return r
		}
		neg := s[i] == '-'
		if neg || s[i] == '+' {
			i++
		}
		if i >= len(s) || s[i] < '0' || s[i] > '9' {
			return r
		}
		e := 0
		for ; i < len(s) && ('0' <= s[i] && s[i] <= '9' || s[i] == '_'); i++ {
			if s[i] == '_' {
				r.under = true
			} else if e < 10000 {
				e = e*10 + int(s[i]-'0')
			}
		}
		if neg {
			e = -e
		}
		exp += e
	} else if r.hex {
		// A hexadecimal number must have an exponent.
		return r
	}
	if r.mant != 0 {
		r.exp = exp
	}
	r.n = i
	r.ok = !r.under || underscoresOK(s[:i])
	return r
}

// special reads an infinity or NaN at the start of s and returns its length, or
// 0 if there is none.
func special(s string) (f float64, n int) {
	rest, sign := s, 1
	if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
		if s[0] == '-' {
			sign = -1
		}
		rest = s[1:]
	}
	switch k := common(rest, "infinity"); {
	case k == 8:
		return math.Inf(sign), len(s) - len(rest) + 8
	case k >= 3:
		return math.Inf(sign), len(s) - len(rest) + 3
	}
	if common(s, "nan") == 3 {
		return math.NaN(), 3
	}
	return 0, 0
}

// common returns how long s and the lower case word begin alike, in any case.
func common(s, word string) int {
	n := min(len(s), len(word))
	for i := 0; i < n; i++ {
		if s[i]|0x20 != word[i] {
			return i
		}
	}
	return n
}

// tens are the powers of ten that a float64 holds exactly.
var tens = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// simple computes mant * 10**exp if that takes just one exact step of rounding.
func simple(mant uint64, exp, bitSize int) (float64, bool) {
	if bitSize == 32 {
		if mant>>24 != 0 || exp < -10 || exp > 10 {
			return 0, false
		}
		f := float32(mant)
		if exp < 0 {
			return float64(f / float32(tens[-exp])), true
		}
		return float64(f * float32(tens[exp])), true
	}
	if mant>>53 != 0 || exp < -22 || exp > 22+15 {
		return 0, false
	}
	f := float64(mant)
	switch {
	case exp < 0:
		return f / tens[-exp], true
	case exp > 22:
		f *= tens[exp-22]
		if f > 1e15 {
			return 0, false
		}
		exp = 22
	}
	return f * tens[exp], true
}

// parsePrefix reads the number at the start of s and returns its length.
func parsePrefix(s string, bitSize int) (f float64, n int, err error) {
	if len(s) > 0 {
		switch s[0] | 0x20 {
		case 'i', 'n', '+' | 0x20, '-' | 0x20:
			if f, n := special(s); n > 0 {
				return f, n, nil
			}
		}
	}
	r := scanFloat(s)
	if !r.ok {
		return 0, r.n, syntaxError("ParseFloat", s)
	}
	over := false
	switch {
	case r.hex:
		f, over = fromBinary(r.mant, r.exp, r.trunc, bitSize)
	case r.mant == 0:
	default:
		var ok bool
		if !r.trunc {
			f, ok = simple(r.mant, r.exp, bitSize)
		}
		if !ok {
			text := s[:r.n]
			if text[0] == '+' || text[0] == '-' {
				text = text[1:]
			}
			if r.under {
				text = without(text)
			}
			over = parseDecimal(text, bitSize, &f) == 1
		}
	}
	if over {
		f = math.Inf(1)
		err = rangeError("ParseFloat", s)
	}
	if r.neg {
		f = -f
	}
	return f, r.n, err
}

// without returns s without underscores.
func without(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '_' {
			b = append(b, s[i])
		}
	}
	return own(b)
}

// fromBinary rounds mant * 2**exp to a float of the size. If trunc is set the
// true number is a little larger. It reports an overflow.
func fromBinary(mant uint64, exp int, trunc bool, bitSize int) (f float64, over bool) {
	if mant == 0 {
		return 0, false
	}
	frac, low, high := 52, -1022, 1023
	if bitSize == 32 {
		frac, low, high = 23, -126, 127
	}
	// Take the top bit to bit 63 and keep what is lost as a sticky bit.
	shift := bits.LeadingZeros64(mant)
	mant <<= uint(shift)
	exp += 63 - shift // now the number is 1.xxx * 2**exp
	drop := 63 - frac
	if exp < low {
		drop += low - exp
		exp = low
	}
	sticky := trunc
	if drop > 64 {
		return 0, false
	}
	var kept, rest uint64
	if drop == 64 {
		kept, rest = 0, mant
	} else {
		kept, rest = mant>>uint(drop), mant<<uint(64-drop)
	}
	const half = 1 << 63
	if rest > half || rest == half && (sticky || kept&1 != 0) {
		kept++
		if kept>>uint(frac+1) != 0 {
			kept >>= 1
			exp++
		}
	}
	if exp > high {
		return 0, true
	}
	return math.Ldexp(float64(kept), exp-frac), false
}

// ParseFloat reads s as a floating-point number of bitSize bits, 32 or 64, and
// rounds it to the nearest one, of two equally near the even one. For 32 bits
// the result is a float64 that can be converted without a change.
//
// The text is a decimal or hexadecimal number as in Go, where underscores may
// stand between digits as there, or one of "NaN", "Inf", "Infinity" in any
// case, infinities with a sign or not.
//
// Errors are of type *NumError. For a number that is too large the result is an
// infinity and the error ErrRange.
func ParseFloat(s string, bitSize int) (float64, error) {
	f, n, err := parsePrefix(s, bitSize)
	if n != len(s) && (err == nil || err.(*NumError).Err != ErrSyntax) {
		return 0, syntaxError("ParseFloat", s)
	}
	return f, err
}
