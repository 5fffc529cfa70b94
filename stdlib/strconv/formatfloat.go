// This file holds the formatting of floating-point numbers.

package strconv

import "math"

// number is a decimal number 0.d1d2d3... * 10**exp. Without digits it is 0.
type number struct {
	digs []byte
	exp  int
}

// FormatFloat returns the text of f in the format fmt with the precision prec.
// It rounds as if f came from a number of bitSize bits, 32 or 64.
//
// The formats are
//   - 'b': -ddddp±ddd, with a binary exponent,
//   - 'e' and 'E': -d.dddde±dd, with a decimal exponent,
//   - 'f': -ddd.dddd, without an exponent,
//   - 'g' and 'G': like 'e' or 'E' for large exponents and like 'f' otherwise,
//   - 'x' and 'X': -0xd.ddddp±ddd, a hexadecimal fraction with a binary exponent.
//
// The precision is the number of digits after the point, but for 'g' and 'G'
// the largest number of digits in all, without zeros at the end. With -1 there
// are as few digits as give f back when they are parsed.
func FormatFloat(f float64, fmt byte, prec, bitSize int) string {
	var buf [32]byte
	return string(AppendFloat(buf[:0], f, fmt, prec, bitSize))
}

// AppendFloat appends to dst what FormatFloat returns for f.
func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte {
	switch bitSize {
	case 32:
		f = float64(float32(f))
	case 64:
	default:
		panic("strconv: illegal AppendFloat/FormatFloat bitSize")
	}
	b := math.Float64bits(f)
	neg := b>>63 != 0
	if b<<1>>53 == 0x7ff {
		switch {
		case f != f:
			return append(dst, "NaN"...)
		case neg:
			return append(dst, "-Inf"...)
		}
		return append(dst, "+Inf"...)
	}
	switch fmt {
	case 'b', 'e', 'E', 'f', 'g', 'G', 'x', 'X':
	default:
		return append(dst, '%', fmt)
	}
	if neg {
		dst = append(dst, '-')
		f = -f
	}
	switch fmt {
	case 'b':
		return appendBinary(dst, f, bitSize)
	case 'x', 'X':
		return appendHex(dst, f, fmt, prec)
	}
	if prec < 0 {
		var room [24]byte
		n := number{}
		if f != 0 {
			k, exp := shortest(f, bitSize, &room[0])
			n = number{room[:k], exp}
		}
		switch fmt {
		case 'e', 'E':
			return appendExp(dst, n, len(n.digs)-1, fmt)
		case 'f':
			return appendPlain(dst, n, max(len(n.digs)-n.exp, 0))
		default:
			if x := n.exp - 1; x < -4 || x >= 6 {
				return appendExp(dst, n, len(n.digs)-1, fmt+'e'-'g')
			}
			return appendPlain(dst, n, max(len(n.digs)-n.exp, 0))
		}
	}
	// How many digits are wanted, counted from the first one or the point.
	count, mode := prec, 0
	switch fmt {
	case 'e', 'E':
		count++
	case 'f':
		mode = 1
	case 'g', 'G':
		prec = max(prec, 1)
		count = prec
	}
	if count <= 20 && f < 1e10 {
		var room [40]byte
		return appendRounded(dst, f, fmt, prec, count, mode, room[:])
	}
	var room [1440]byte
	return appendRounded(dst, f, fmt, prec, count, mode, room[:])
}

// appendRounded appends f, which is not negative, with a given precision. The
// digits are made in room.
func appendRounded(dst []byte, f float64, fmt byte, prec, count, mode int, room []byte) []byte {
	n := number{}
	if f != 0 {
		// No float64 has more than 767 digits other than zeros at its ends,
		// nor any behind place 1074.
		count = min(count, 1100)
		k, exp := fixed(f, count, mode, &room[0], len(room))
		for k > 0 && room[k-1] == '0' {
			k--
		}
		if k > 0 {
			n = number{room[:k], exp}
		}
	}
	switch fmt {
	case 'e', 'E':
		return appendExp(dst, n, prec, fmt)
	case 'f':
		return appendPlain(dst, n, prec)
	}
	// The exponent decides by the precision, but for a whole number with fewer
	// digits by those.
	limit := prec
	if limit > len(n.digs) && len(n.digs) >= n.exp {
		limit = len(n.digs)
	}
	if x := n.exp - 1; x < -4 || x >= limit {
		return appendExp(dst, n, min(prec, len(n.digs))-1, fmt+'e'-'g')
	}
	return appendPlain(dst, n, max(len(n.digs)-n.exp, 0))
}

// zeros is something to append zeros from.
const zeros = "00000000000000000000000000000000"

// appendZeros appends n zeros.
func appendZeros(dst []byte, n int) []byte {
	for n > len(zeros) {
		dst = append(dst, zeros...)
		n -= len(zeros)
	}
	if n > 0 {
		dst = append(dst, zeros[:n]...)
	}
	return dst
}

// appendExp appends n in the form d.ddde±dd with prec digits after the point.
func appendExp(dst []byte, n number, prec int, fmt byte) []byte {
	if len(n.digs) == 0 {
		dst = append(dst, '0')
	} else {
		dst = append(dst, n.digs[0])
	}
	if prec > 0 {
		dst = append(dst, '.')
		have := 0
		if len(n.digs) > 1 {
			have = min(len(n.digs)-1, prec)
			dst = append(dst, n.digs[1:1+have]...)
		}
		dst = appendZeros(dst, prec-have)
	}
	exp := n.exp - 1
	if len(n.digs) == 0 {
		exp = 0
	}
	return appendExponent(dst, fmt, exp)
}

// appendExponent appends an exponent of two digits or more behind its letter.
func appendExponent(dst []byte, letter byte, exp int) []byte {
	sign := byte('+')
	if exp < 0 {
		sign = '-'
		exp = -exp
	}
	dst = append(dst, letter, sign)
	if exp >= 1000 {
		dst = append(dst, byte('0'+exp/1000))
	}
	if exp >= 100 {
		dst = append(dst, byte('0'+exp/100%10))
	}
	return append(dst, twos[exp%100*2], twos[exp%100*2+1])
}

// appendPlain appends n in the form ddd.ddd with prec digits after the point.
func appendPlain(dst []byte, n number, prec int) []byte {
	if n.exp > 0 {
		have := min(len(n.digs), n.exp)
		dst = append(dst, n.digs[:have]...)
		dst = appendZeros(dst, n.exp-have)
	} else {
		dst = append(dst, '0')
	}
	if prec > 0 {
		dst = append(dst, '.')
		lead := 0
		if n.exp < 0 {
			lead = min(-n.exp, prec)
			dst = appendZeros(dst, lead)
		}
		have := 0
		if from := max(n.exp, 0); from < len(n.digs) {
			have = min(len(n.digs)-from, prec-lead)
			dst = append(dst, n.digs[from:from+have]...)
		}
		dst = appendZeros(dst, prec-lead-have)
	}
	return dst
}

// appendBinary appends f as an integer with a binary exponent.
func appendBinary(dst []byte, f float64, bitSize int) []byte {
	frac, bias := uint(52), 1023
	b := math.Float64bits(f)
	if bitSize == 32 {
		frac, bias = 23, 127
		b = uint64(math.Float32bits(float32(f)))
	}
	mant := b & (1<<frac - 1)
	exp := int(b >> frac)
	if exp == 0 {
		exp++
	} else {
		mant |= 1 << frac
	}
	exp -= bias + int(frac)
	dst = AppendUint(dst, mant, 10)
	dst = append(dst, 'p')
	if exp >= 0 {
		dst = append(dst, '+')
	}
	return AppendInt(dst, int64(exp), 10)
}

// appendHex appends f as a hexadecimal fraction with a binary exponent.
func appendHex(dst []byte, f float64, fmt byte, prec int) []byte {
	b := math.Float64bits(f)
	mant := b & (1<<52 - 1)
	exp := int(b >> 52)
	if exp == 0 {
		exp++
	} else {
		mant |= 1 << 52
	}
	exp -= 1023
	if mant == 0 {
		exp = 0
	}
	// Put the leading 1 at bit 60, so that the digits behind it are whole.
	mant <<= 8
	for mant != 0 && mant>>60 == 0 {
		mant <<= 1
		exp--
	}
	if prec >= 0 && prec < 15 {
		drop := uint(60 - 4*prec)
		rest := mant & (1<<drop - 1)
		mant >>= drop
		half := uint64(1) << (drop - 1)
		if rest > half || rest == half && mant&1 != 0 {
			mant++
		}
		mant <<= drop
		if mant>>61 != 0 {
			mant >>= 1
			exp++
		}
	}
	digs := digits
	letter := byte('p')
	if fmt == 'X' {
		digs = "0123456789ABCDEF"
		letter = 'P'
	}
	dst = append(dst, '0', fmt, '0'+byte(mant>>60))
	mant <<= 4
	if prec < 0 {
		if mant != 0 {
			dst = append(dst, '.')
		}
		for mant != 0 {
			dst = append(dst, digs[mant>>60])
			mant <<= 4
		}
	} else if prec > 0 {
		dst = append(dst, '.')
		for i := 0; i < prec; i++ {
			dst = append(dst, digs[mant>>60])
			mant <<= 4
		}
	}
	return appendExponent(dst, letter, exp)
}
