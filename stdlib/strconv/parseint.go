// This file holds the parsing of integers.

package strconv

// IntSize is the number of bits of an int or uint.
const IntSize = 32 << (^uint(0) >> 63)

const (
	maxUint64 = 1<<64 - 1
	maxInt64  = 1<<63 - 1
)

// value returns the value of c as a digit, or 255 if it is none.
func value(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return c | 0x20 - 'a' + 10
	}
	return 255
}

// ParseUint reads s as an unsigned integer in the base, 2 to 36, that fits into
// bitSize bits; 0 stands for the size of uint. A sign is not allowed.
//
// With base 0 the text tells the base: 2 after "0b", 8 after "0" or "0o", 16
// after "0x", and else 10; and underscores may stand between digits as in Go.
//
// Errors are of type *NumError. For ErrRange the result is the largest number
// that fits.
func ParseUint(s string, base int, bitSize int) (uint64, error) {
	return parseUint("ParseUint", s, s, base, bitSize)
}

// parseUint does the work of ParseUint on s. The text in an error is whole.
func parseUint(fn, whole, s string, base, bitSize int) (uint64, error) {
	if s == "" {
		return 0, syntaxError(fn, whole)
	}
	under := base == 0
	digs := s
	switch {
	case 2 <= base && base <= 36:
	case base == 0:
		base = 10
		if s[0] == '0' {
			mark := byte(0)
			if len(s) >= 3 {
				mark = s[1] | 0x20
			}
			switch mark {
			case 'b':
				base, digs = 2, s[2:]
			case 'o':
				base, digs = 8, s[2:]
			case 'x':
				base, digs = 16, s[2:]
			default:
				base, digs = 8, s[1:]
			}
		}
	default:
		return 0, baseError(fn, whole, base)
	}
	if bitSize == 0 {
		bitSize = IntSize
	} else if bitSize < 0 || bitSize > 64 {
		return 0, bitSizeError(fn, whole, bitSize)
	}
	largest := uint64(1)<<uint(bitSize) - 1

	// The first number that has no room for another digit.
	limit := uint64(maxUint64)/uint64(base) + 1
	seen := false
	var n uint64
	for i := 0; i < len(digs); i++ {
		c := digs[i]
		if c == '_' && under {
			seen = true
			continue
		}
		d := value(c)
		if int(d) >= base {
			return 0, syntaxError(fn, whole)
		}
		if n >= limit {
			return largest, rangeError(fn, whole)
		}
		n *= uint64(base)
		sum := n + uint64(d)
		if sum < n || sum > largest {
			return largest, rangeError(fn, whole)
		}
		n = sum
	}
	if seen && !underscoresOK(s) {
		return 0, syntaxError(fn, whole)
	}
	return n, nil
}

// ParseInt reads s as an integer in the base, 0 or 2 to 36, that fits into
// bitSize bits; 0 stands for the size of int. A sign may stand first. The base
// is as for ParseUint.
//
// Errors are of type *NumError. For ErrRange the result is the number of that
// sign that fits and is farthest from 0.
func ParseInt(s string, base int, bitSize int) (i int64, err error) {
	return parseInt("ParseInt", s, base, bitSize)
}

func parseInt(fn, s string, base, bitSize int) (int64, error) {
	if s == "" {
		return 0, syntaxError(fn, s)
	}
	rest, neg := s, false
	switch s[0] {
	case '+':
		rest = s[1:]
	case '-':
		rest, neg = s[1:], true
	}
	u, err := parseUint(fn, s, rest, base, bitSize)
	if err != nil && err.(*NumError).Err != ErrRange {
		return 0, err
	}
	if bitSize == 0 {
		bitSize = IntSize
	}
	limit := uint64(1) << uint(bitSize-1)
	switch {
	case !neg && u >= limit:
		return int64(limit - 1), rangeError(fn, s)
	case neg && u > limit:
		return -int64(limit), rangeError(fn, s)
	case neg:
		return -int64(u), nil
	}
	return int64(u), nil
}

// Atoi reads s as a decimal int.
func Atoi(s string) (int, error) {
	if 0 < len(s) && len(s) < 19 {
		// It fits, whatever the digits.
		digs := s
		if s[0] == '-' || s[0] == '+' {
			digs = s[1:]
		}
		n := 0
		ok := len(digs) > 0
		for i := 0; i < len(digs); i++ {
			d := digs[i] - '0'
			if d > 9 {
				ok = false
				break
			}
			n = n*10 + int(d)
		}
		if !ok {
			return 0, syntaxError("Atoi", s)
		}
		if s[0] == '-' {
			n = -n
		}
		return n, nil
	}
	n, err := parseInt("Atoi", s, 10, 0)
	return int(n), err
}

// underscoresOK reports whether the underscores in the number s are only where
// Go allows them: between digits, or between a base prefix and a digit.
func underscoresOK(s string) bool {
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	hex, before := false, false // before: a digit or the prefix is in front
	if len(s) >= 2 && s[0] == '0' {
		switch s[1] | 0x20 {
		case 'x':
			hex = true
			fallthrough
		case 'b', 'o':
			s, before = s[2:], true
		}
	}
	under := false // an underscore is in front
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case '0' <= c && c <= '9' || hex && 'a' <= c|0x20 && c|0x20 <= 'f':
			before, under = true, false
		case c == '_':
			if !before {
				return false
			}
			before, under = false, true
		default:
			if under {
				return false
			}
			before = false
		}
	}
	return !under
}
