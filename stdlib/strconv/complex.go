// This file holds the conversions of complex numbers.

package strconv

// FormatComplex returns the text of c in the form (a+bi), with a and b as
// FormatFloat gives them. It rounds as if c came from a number of bitSize bits,
// 64 or 128.
func FormatComplex(c complex128, fmt byte, prec, bitSize int) string {
	if bitSize != 64 && bitSize != 128 {
		panic("invalid bitSize")
	}
	bitSize /= 2
	var room [64]byte
	b := append(room[:0], '(')
	b = AppendFloat(b, real(c), fmt, prec, bitSize)
	at := len(b)
	b = append(b, '+')
	b = AppendFloat(b, imag(c), fmt, prec, bitSize)
	if b[at+1] == '+' || b[at+1] == '-' {
		// The number brought its own sign.
		b = append(b[:at], b[at+1:]...)
	}
	return string(append(b, 'i', ')'))
}

// reword gives an error the name and the text of ParseComplex.
func reword(err error, s string) (error, bool) {
	e, ok := err.(*NumError)
	if ok {
		e.Func = "ParseComplex"
		e.Num = clone(s)
	}
	return err, ok && e.Err == ErrRange
}

// ParseComplex reads s as a complex number of bitSize bits, 64 or 128. For 64
// bits the result can be converted without a change.
//
// The text is N, Ni or N±Ni, with N as for ParseFloat, and may be in
// parentheses; there are no spaces. The second N needs a sign or
// a + before it.
//
// Errors are of type *NumError. For a part that is too large the result has an
// infinity and the error is ErrRange.
func ParseComplex(s string, bitSize int) (complex128, error) {
	size := 64
	if bitSize == 64 {
		size = 32
	}
	whole := s
	if n := len(s); n >= 2 && s[0] == '(' && s[n-1] == ')' {
		s = s[1 : n-1]
	}
	var pending error // an overflow, which does not stop the reading

	re, n, err := parsePrefix(s, size)
	if err != nil {
		e, over := reword(err, whole)
		if !over {
			return 0, e
		}
		pending = e
	}
	s = s[n:]
	if s == "" {
		return complex(re, 0), pending
	}
	switch s[0] {
	case '+':
		// The + only joins the parts, so that the second may have any sign of
		// its own but another +.
		if len(s) > 1 && s[1] != '+' {
			s = s[1:]
		}
	case '-':
	case 'i':
		if len(s) == 1 {
			return complex(0, re), pending
		}
		fallthrough
	default:
		return 0, syntaxError("ParseComplex", whole)
	}
	im, n, err := parsePrefix(s, size)
	if err != nil {
		e, over := reword(err, whole)
		if !over {
			return 0, e
		}
		pending = e
	}
	if s[n:] != "i" {
		return 0, syntaxError("ParseComplex", whole)
	}
	return complex(re, im), pending
}
