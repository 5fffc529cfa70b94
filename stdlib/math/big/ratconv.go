// This file reads Rats, and numbers with exponents.

package big

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Scan reads z for package fmt.
func (z *Rat) Scan(s fmt.ScanState, ch rune) error {
	tok, err := s.Token(true, func(c rune) bool { return strings.ContainsRune("+-/0123456789.eE", c) })
	if err != nil {
		return err
	}
	if !strings.ContainsRune("efgEFGv", ch) {
		return errors.New("Rat.Scan: invalid verb")
	}
	if _, ok := z.SetString(string(tok)); !ok {
		return errors.New("Rat.Scan: invalid syntax")
	}
	return nil
}

// SetString sets z to the fraction or the number with point and exponent in s,
// or returns nil and false if it is neither.
func (z *Rat) SetString(s string) (*Rat, bool) {
	if s == "" {
		return nil, false
	}
	if i := strings.IndexByte(s, '/'); i >= 0 {
		var a, b Int
		if _, ok := a.SetString(s[:i], 0); !ok {
			return nil, false
		}
		r := strings.NewReader(s[i+1:])
		res, err := scanNat(r, 0, false)
		if err != nil || r.Len() > 0 || len(res.z) == 0 {
			return nil, false
		}
		b.abs = res.z
		z.a.Set(&a)
		z.b.Set(&b)
		return z.norm(), true
	}
	r := strings.NewReader(s)
	neg, err := scanSign(r)
	if err != nil {
		return nil, false
	}
	res, err := scanNat(r, 0, true)
	if err != nil {
		return nil, false
	}
	exp, base, err := scanExponent(r, true, true)
	if err != nil || r.Len() > 0 {
		return nil, false
	}
	if len(res.z) == 0 {
		return z.SetInt64(0), true
	}
	// The digits behind the point are those of the base.
	var exp2, exp5 int64
	if res.point {
		d := int64(res.digits)
		switch res.base {
		case 10:
			exp5 = d
			exp2 = d
		case 2:
			exp2 = d
		case 8:
			exp2 = 3 * d
		case 16:
			exp2 = 4 * d
		}
	}
	if base == 10 {
		exp5 += exp
	}
	exp2 += exp
	if max(exp5, -exp5, exp2, -exp2) > 1e6 {
		return nil, false
	}
	z.a.abs, z.a.neg = res.z, neg
	z.b.SetInt64(1)
	if exp5 != 0 {
		p := nat(nil).expNN(nat{5}, nat{Word(max(exp5, -exp5))}, nil)
		if exp5 > 0 {
			z.a.abs = nat(nil).mul(z.a.abs, p)
		} else {
			z.b.abs = p
		}
	}
	if exp2 > 0 {
		z.a.abs = z.a.abs.shl(z.a.abs, uint(exp2))
	} else {
		z.b.abs = z.b.abs.shl(z.b.abs, uint(-exp2))
	}
	return z.norm(), true
}

// scanExponent reads an exponent, if there is one: e for one of ten, and p, if
// base2 allows it, for one of two.
func scanExponent(r io.ByteScanner, base2, sep bool) (exp int64, base int, err error) {
	ch, err := r.ReadByte()
	if err != nil {
		if err == io.EOF {
			err = nil
		}
		return 0, 10, err
	}
	switch {
	case ch == 'e' || ch == 'E':
		base = 10
	case base2 && (ch == 'p' || ch == 'P'):
		base = 2
	default:
		r.UnreadByte()
		return 0, 10, nil
	}
	var digits []byte
	ch, err = r.ReadByte()
	if err == nil && (ch == '+' || ch == '-') {
		if ch == '-' {
			digits = append(digits, '-')
		}
		ch, err = r.ReadByte()
	}
	prev := byte('.')
	bad, count := false, 0
	for err == nil {
		if '0' <= ch && ch <= '9' {
			digits = append(digits, ch)
			prev = '0'
			count++
		} else if ch == '_' && sep {
			if prev != '0' {
				bad = true
			}
			prev = '_'
		} else {
			r.UnreadByte()
			break
		}
		ch, err = r.ReadByte()
	}
	if err == io.EOF {
		err = nil
	}
	if err == nil && count == 0 {
		err = errNoDigits
	}
	if err == nil {
		exp, err = strconv.ParseInt(string(digits), 10, 64)
	}
	if err == nil && (bad || prev == '_') {
		err = errSeparators
	}
	return exp, base, err
}
