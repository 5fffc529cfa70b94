// This file writes and reads natural numbers.

package big

import (
	"errors"
	"fmt"
	"io"
	"math/bits"
	"sync"
)

const digitChars = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// MaxBase is the largest base for conversions.
const MaxBase = 10 + ('z' - 'a' + 1) + ('Z' - 'A' + 1)

// maxPow returns the largest power of b that is a Word, and its exponent.
func maxPow(b Word) (p Word, n int) {
	p, n = b, 1
	for limit := ^Word(0) / b; p <= limit; n++ {
		p *= b
	}
	return p, n
}

var (
	errNoDigits   = errors.New("number has no digits")
	errSeparators = errors.New("'_' must separate successive digits")
)

// scanResult is what scanNat reads.
type scanResult struct {
	z      nat
	base   int
	digits int // their number; if there was a point, -1 - those behind it
	point  bool
}

// scanNat reads a number. With base 0 a prefix says what the base is, and
// digits may be separated by underscores; point allows a point.
func scanNat(r io.ByteScanner, base int, point bool) (res scanResult, err error) {
	if base != 0 && (base < 2 || base > MaxBase) {
		panic(fmt.Sprintf("invalid number base %d", base))
	}
	prev := byte('.') // what came before: '0' for a digit, '_', or '.' for nothing
	badSep := false
	prefix := byte(0)
	ch, err := r.ReadByte()
	b := base
	count := 0
	if base == 0 {
		b = 10
		if err == nil && ch == '0' {
			prev = '0'
			count = 1
			ch, err = r.ReadByte()
			if err == nil {
				switch ch | 0x20 {
				case 'b':
					b, prefix = 2, 'b'
				case 'o':
					b, prefix = 8, 'o'
				case 'x':
					b, prefix = 16, 'x'
				default:
					if !point {
						b, prefix = 8, '0'
					}
				}
				if prefix != 0 {
					count = 0
					if prefix != '0' {
						ch, err = r.ReadByte()
					}
				}
			}
		}
	}
	var digits []byte
	behind := -1 // digits behind the point
	for err == nil {
		if ch == '.' && point && behind < 0 {
			behind = 0
			if prev == '_' {
				badSep = true
			}
			prev = '.'
		} else if ch == '_' && base == 0 {
			if prev != '0' {
				badSep = true
			}
			prev = '_'
		} else {
			d := 255
			switch {
			case '0' <= ch && ch <= '9':
				d = int(ch - '0')
			case 'a' <= ch && ch <= 'z':
				d = int(ch-'a') + 10
			case 'A' <= ch && ch <= 'Z':
				if b <= 36 {
					d = int(ch-'A') + 10
				} else {
					d = int(ch-'A') + 36
				}
			}
			if d >= b {
				r.UnreadByte()
				break
			}
			prev = '0'
			count++
			digits = append(digits, byte(d))
			if behind >= 0 {
				behind++
			}
		}
		ch, err = r.ReadByte()
	}
	if err == io.EOF {
		err = nil
	}
	if prev == '_' {
		badSep = true
	}
	res.base = b
	res.z = fromDigits(digits, Word(b))
	res.digits = count
	if err != nil {
		return res, err
	}
	if count == 0 {
		if prefix == '0' {
			// A 0 alone, which was taken for a prefix.
			res.base, res.digits = 10, 1
			return res, nil
		}
		return res, errNoDigits
	}
	if badSep {
		err = errSeparators
	}
	if behind >= 0 {
		res.point = true
		res.digits = -behind
	}
	return res, err
}

// fromDigits makes a number of its digits, highest first.
func fromDigits(digits []byte, base Word) nat {
	if base&(base-1) == 0 {
		// A power of two: shift.
		shift := uint(bits.TrailingZeros(uint(base)))
		z := make(nat, (uint(len(digits))*shift+wordBits-1)/wordBits)
		at := uint(0)
		for i := len(digits) - 1; i >= 0; i-- {
			d := Word(digits[i])
			z[at/wordBits] |= d << (at % wordBits)
			if at%wordBits+shift > wordBits && d>>(wordBits-at%wordBits) != 0 {
				z[at/wordBits+1] |= d >> (wordBits - at%wordBits)
			}
			at += shift
		}
		return z.norm()
	}
	p, n := maxPow(base)
	if len(digits) > 60*n {
		// Halves, which are multiplied by a power of the base.
		h := len(digits) / 2
		low := len(digits) - h
		hi := fromDigits(digits[:h], base)
		lo := fromDigits(digits[h:], base)
		hi = hi.mul(hi, power(base, low))
		return hi.add(hi, lo)
	}
	var z nat
	for len(digits) > 0 {
		k := len(digits) % n
		mul := Word(1)
		if k == 0 {
			k, mul = n, p
		} else {
			for range k {
				mul *= base
			}
		}
		var w Word
		for _, d := range digits[:k] {
			w = w*base + Word(d)
		}
		digits = digits[k:]
		if c := mulAddVWW(z, z, mul, w); c != 0 {
			z = append(z, c)
		}
	}
	return z
}

// powers keeps powers of ten that were computed, by their exponent.
var powers struct {
	sync.Mutex
	ten map[int]nat
}

// power returns base**n, which must not be changed.
func power(base Word, n int) nat {
	if base != 10 || n > 1<<20 {
		return nat(nil).expNN(nat{base}, nat{Word(n)}.norm(), nil)
	}
	powers.Lock()
	defer powers.Unlock()
	if p, ok := powers.ten[n]; ok {
		return p
	}
	p := nat(nil).expNN(nat{10}, nat{Word(n)}.norm(), nil)
	if powers.ten == nil || len(powers.ten) > 64 {
		powers.ten = map[int]nat{}
	}
	powers.ten[n] = p
	return p
}

// text returns the digits to the base, with a minus in front if neg.
func (x nat) text(neg bool, base int) []byte {
	if base < 2 || base > MaxBase {
		panic("invalid base")
	}
	if len(x) == 0 {
		return []byte("0")
	}
	b := Word(base)
	if b&(b-1) == 0 {
		var buf []byte
		if neg {
			buf = append(buf, '-')
		}
		shift := bits.TrailingZeros(uint(b))
		n := (x.bitLen() + shift - 1) / shift
		for i := n - 1; i >= 0; i-- {
			at := uint(i * shift)
			d := x[at/wordBits] >> (at % wordBits)
			if at%wordBits+uint(shift) > wordBits && int(at/wordBits)+1 < len(x) {
				d |= x[at/wordBits+1] << (wordBits - at%wordBits)
			}
			buf = append(buf, digitChars[d&(b-1)])
		}
		return buf
	}
	// Room for a sign and at least as many digits as there can be.
	buf := make([]byte, 2+int(float64(x.bitLen())/bitsPerDigit(b)))
	var room [8]Word
	fillDigits(buf, append(nat(room[:0]), x...), b)
	from := 0
	for buf[from] == '0' {
		from++
	}
	if neg {
		from--
		buf[from] = '-'
	}
	return buf[from:]
}

// bitsPerDigit returns how many bits a digit to the base is worth, or less.
func bitsPerDigit(base Word) float64 {
	if base == 10 {
		return 3.3219280948873621
	}
	return float64(bits.Len(uint(base)) - 1)
}

// fillDigits makes buf the digits of x, which it changes, with zeros in front.
// There must be room enough.
func fillDigits(buf []byte, x nat, base Word) {
	p, n := maxPow(base)
	if len(x) > 30 {
		// Halve: about half as many words for each part.
		low := int(float64(len(x)/2*wordBits) / bitsPerDigit(base))
		// Powers of two times a word's digits are used again.
		k := n
		for 2*k <= low+low/3 {
			k *= 2
		}
		q, r := nat(nil).div(nil, x, power(base, k))
		// The estimate may be as large as x is.
		if len(q) > 0 {
			fillDigits(buf[:len(buf)-k], q, base)
			fillDigits(buf[len(buf)-k:], r, base)
			return
		}
	}
	for len(x) > 0 {
		w := divVW(x, x, p)
		x = x.norm()
		k := max(len(buf)-n, 0)
		fillWord(buf[k:], w, base)
		buf = buf[:k]
	}
	for i := range buf {
		buf[i] = '0'
	}
}

// fillWord makes buf the digits of w, with zeros in front.
func fillWord(buf []byte, w, base Word) {
	i := len(buf) - 1
	if base == 10 {
		// Two at a time, by divisions by a constant.
		for ; i > 0; i -= 2 {
			two := w % 100
			w /= 100
			buf[i], buf[i-1] = byte('0'+two%10), byte('0'+two/10)
		}
	}
	for ; i >= 0; i-- {
		buf[i] = digitChars[w%base]
		w /= base
	}
}
