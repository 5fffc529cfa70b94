// This file writes and reads Floats.

package big

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Text returns x in a format of strconv.FormatFloat, or 'p' for 0x.1p±d with
// hexadecimal digits, with prec digits; -1 for as few as tell it from others
// of its precision.
func (x *Float) Text(format byte, prec int) string {
	return string(x.Append(make([]byte, 0, 20+max(prec, 0)), format, prec))
}

// String returns x as Text('g', 10) does.
func (x *Float) String() string { return x.Text('g', 10) }

// Append appends x as Text writes it.
func (x *Float) Append(buf []byte, format byte, prec int) []byte {
	if x.neg {
		buf = append(buf, '-')
	}
	if x.form == inf {
		if !x.neg {
			buf = append(buf, '+')
		}
		return append(buf, "Inf"...)
	}
	switch format {
	case 'b':
		return x.appendB(buf)
	case 'p':
		return x.appendP(buf)
	case 'x':
		return x.appendX(buf, prec)
	}
	d := x.decimal()
	shortest := prec < 0
	if shortest {
		d = x.shortest(d)
		switch format {
		case 'e', 'E':
			prec = len(d.digits) - 1
		case 'f':
			prec = max(len(d.digits)-d.exp, 0)
		case 'g', 'G':
			prec = len(d.digits)
		}
	} else {
		switch format {
		case 'e', 'E':
			d.round(1 + prec)
		case 'f':
			d.round(d.exp + prec)
		case 'g', 'G':
			if prec == 0 {
				prec = 1
			}
			d.round(prec)
		}
	}
	switch format {
	case 'e', 'E':
		return d.appendE(buf, format, prec)
	case 'f':
		return d.appendF(buf, prec)
	case 'g', 'G':
		eprec := prec
		if eprec > len(d.digits) && len(d.digits) >= d.exp {
			eprec = len(d.digits)
		}
		if shortest {
			eprec = 6
		}
		exp := d.exp - 1
		if exp < -4 || exp >= eprec {
			return d.appendE(buf, format+'e'-'g', min(prec, len(d.digits))-1)
		}
		return d.appendF(buf, max(len(d.digits)-d.exp, 0))
	}
	if x.neg {
		buf = buf[:len(buf)-1]
	}
	return append(buf, '%', format)
}

// decimal is 0.digits * 10^exp; no digits are 0.
type decimal struct {
	digits []byte
	exp    int
}

// decimal returns |x| exactly.
func (x *Float) decimal() decimal {
	if x.form != finite {
		return decimal{}
	}
	low := x.low()
	m := x.mant
	if k := m.trailingZeroBits(); k > 0 {
		m = nat(nil).shr(m, k)
		low += int64(k)
	}
	return newDecimal(m, low)
}

// newDecimal returns m * 2^e.
func newDecimal(m nat, e int64) decimal {
	if len(m) == 0 {
		return decimal{}
	}
	shift := 0
	if e >= 0 {
		m = nat(nil).shl(m, uint(e))
	} else {
		// m / 2^n = m * 5^n / 10^n
		m = nat(nil).mul(m, nat(nil).expNN(nat{5}, nat{Word(-e)}, nil))
		shift = int(-e)
	}
	s := m.text(false, 10)
	d := decimal{s, len(s) - shift}
	d.trim()
	return d
}

func (d *decimal) trim() {
	for len(d.digits) > 0 && d.digits[len(d.digits)-1] == '0' {
		d.digits = d.digits[:len(d.digits)-1]
	}
	if len(d.digits) == 0 {
		d.exp = 0
	}
}

// round rounds to n digits, halves to even.
func (d *decimal) round(n int) {
	if n < 0 || n >= len(d.digits) {
		if n < 0 {
			*d = decimal{}
		}
		return
	}
	up := d.digits[n] > '5'
	if d.digits[n] == '5' {
		up = n+1 < len(d.digits) || n > 0 && (d.digits[n-1]-'0')&1 == 1
	}
	d.cut(n, up)
}

// cut keeps n digits, and adds one to the last if up.
func (d *decimal) cut(n int, up bool) {
	d.digits = append([]byte(nil), d.digits[:n]...)
	if up {
		for n > 0 && d.digits[n-1] == '9' {
			n--
		}
		if n == 0 {
			d.digits = []byte{'1'}
			d.exp++
			return
		}
		d.digits[n-1]++
		d.digits = d.digits[:n]
	}
	d.trim()
}

// at returns the digit i, 0 behind the last, and in front with a lower exponent.
func (d *decimal) at(i int) byte {
	if i < 0 || i >= len(d.digits) {
		return '0'
	}
	return d.digits[i]
}

// shortest returns the fewest digits that give x back when they are read with
// x's precision: any number between the middles to its neighbours does.
func (x *Float) shortest(d decimal) decimal {
	if x.form != finite {
		return d
	}
	// The mantissa with exactly prec+1 bits, so that a half is 1.
	n := uint(x.prec) + 1
	m := nat(nil).set(x.mant)
	if l := uint(m.bitLen()); l < n {
		m = m.shl(m, n-l)
	} else {
		m = m.shr(m, l-n)
	}
	e := int64(x.exp) - int64(n)
	upper := newDecimal(nat(nil).add(m, natOne), e)
	lower := newDecimal(nat(nil).sub(m, natOne), e)
	inclusive := m.bit(1) == 0 // reading rounds halves to even

	// Digits are lined up by the upper bound's exponent.
	offL, offD := upper.exp-lower.exp, upper.exp-d.exp
	for i := 0; ; i++ {
		l, c, u := lower.at(i-offL), d.at(i-offD), upper.at(i)
		if i-offD >= len(d.digits) {
			return d
		}
		okDown := l != c || inclusive && i-offL+1 == len(lower.digits)
		okUp := c != u && (inclusive || c+1 < u || i+1 < len(upper.digits))
		if i < offD {
			continue
		}
		k := i - offD + 1
		switch {
		case okDown && okUp:
			r := d
			r.round(k)
			return r
		case okDown:
			d.cut(k, false)
			return d
		case okUp:
			d.cut(k, true)
			return d
		}
	}
}

// appendE appends ±d.ddde±dd.
func (d *decimal) appendE(buf []byte, format byte, prec int) []byte {
	buf = append(buf, d.at(0))
	if prec > 0 {
		buf = append(buf, '.')
		for i := 1; i <= prec; i++ {
			buf = append(buf, d.at(i))
		}
	}
	exp := 0
	if len(d.digits) > 0 {
		exp = d.exp - 1
	}
	buf = append(buf, format)
	if exp < 0 {
		buf = append(buf, '-')
		exp = -exp
	} else {
		buf = append(buf, '+')
	}
	if exp < 10 {
		buf = append(buf, '0')
	}
	return strconv.AppendInt(buf, int64(exp), 10)
}

// appendF appends ±ddd.ddd.
func (d *decimal) appendF(buf []byte, prec int) []byte {
	if d.exp > 0 {
		for i := range d.exp {
			buf = append(buf, d.at(i))
		}
	} else {
		buf = append(buf, '0')
	}
	if prec > 0 {
		buf = append(buf, '.')
		for i := range prec {
			buf = append(buf, d.at(d.exp+i))
		}
	}
	return buf
}

// exact returns the mantissa with n bits, and the exponent of its lowest.
func (x *Float) exact(n uint) (nat, int64) {
	m := x.mant
	if l := uint(m.bitLen()); l < n {
		m = nat(nil).shl(m, n-l)
	} else {
		m = nat(nil).shr(m, l-n)
	}
	return m, int64(x.exp) - int64(n)
}

// appendB appends ddddp±dd: the mantissa in decimal, with prec bits.
func (x *Float) appendB(buf []byte) []byte {
	if x.form == zero {
		return append(buf, '0')
	}
	m, e := x.exact(uint(x.prec))
	buf = append(buf, m.text(false, 10)...)
	return appendExp(buf, e, 1)
}

func appendExp(buf []byte, e int64, width int) []byte {
	buf = append(buf, 'p')
	if e >= 0 {
		buf = append(buf, '+')
	} else {
		buf = append(buf, '-')
		e = -e
	}
	if width == 2 && e < 10 {
		buf = append(buf, '0')
	}
	return strconv.AppendInt(buf, e, 10)
}

// appendP appends 0x.dddp±dd without zeros at the end.
func (x *Float) appendP(buf []byte) []byte {
	if x.form == zero {
		return append(buf, '0')
	}
	m, _ := x.exact(uint(x.mant.bitLen()+3) &^ 3)
	buf = append(buf, "0x."...)
	buf = append(buf, strings.TrimRight(string(m.text(false, 16)), "0")...)
	return appendExp(buf, int64(x.exp), 1)
}

// appendX appends 0x1.dddp±dd with prec digits.
func (x *Float) appendX(buf []byte, prec int) []byte {
	if x.form == zero {
		buf = append(buf, "0x0"...)
		if prec > 0 {
			buf = append(buf, '.')
			buf = append(buf, zeros(prec)...)
		}
		return append(buf, "p+00"...)
	}
	n := uint(4*prec) + 1
	if prec < 0 {
		n = 1 + (x.MinPrec()-1+3)/4*4
	}
	var r Float
	r.prec, r.mode = uint32(n), x.mode
	r.Set(x)
	m, e := r.exact(n)
	hex := m.text(false, 16)
	buf = append(buf, "0x1"...)
	if len(hex) > 1 {
		buf = append(buf, '.')
		buf = append(buf, hex[1:]...)
	}
	return appendExp(buf, e+int64(n)-1, 2)
}

// Format formats x for package fmt, as that does floating-point numbers, and by
// 'p' and 'b' too.
func (x *Float) Format(s fmt.State, format rune) {
	prec, ok := s.Precision()
	if !ok {
		prec = 6
	}
	switch format {
	case 'e', 'E', 'f', 'b', 'p', 'x':
	case 'F':
		format = 'f'
	case 'v':
		format = 'g'
		fallthrough
	case 'g', 'G':
		if !ok {
			prec = -1
		}
	default:
		fmt.Fprintf(s, "%%!%c(*big.Float=%s)", format, x.String())
		return
	}
	buf := x.Append(nil, byte(format), prec)
	if len(buf) == 0 {
		buf = []byte("?")
	}
	var sign string
	switch {
	case buf[0] == '-':
		sign = "-"
		buf = buf[1:]
	case buf[0] == '+':
		sign = "+"
		if s.Flag(' ') {
			sign = " "
		}
		buf = buf[1:]
	case s.Flag('+'):
		sign = "+"
	case s.Flag(' '):
		sign = " "
	}
	pad := 0
	if width, ok := s.Width(); ok {
		pad = max(width-len(sign)-len(buf), 0)
	}
	switch {
	case s.Flag('0') && !x.IsInf():
		io.WriteString(s, sign+zeros(pad)+string(buf))
	case s.Flag('-'):
		io.WriteString(s, sign+string(buf)+strings.Repeat(" ", pad))
	default:
		io.WriteString(s, strings.Repeat(" ", pad)+sign+string(buf))
	}
}

// SetString sets z to the number in s, or returns nil and false; a precision of 0
// becomes 64.
func (z *Float) SetString(s string) (*Float, bool) {
	if f, _, err := z.Parse(s, 0); err == nil {
		return f, true
	}
	return nil, false
}

// ParseFloat returns the number s with a precision and rounding mode, and the base.
func ParseFloat(s string, base int, prec uint, mode RoundingMode) (f *Float, b int, err error) {
	return new(Float).SetPrec(prec).SetMode(mode).Parse(s, base)
}

// Parse sets z to the number s, with or without a point and an exponent, or an
// infinity. The base is 0 (by the prefix), 2, 8, 10 or 16.
func (z *Float) Parse(s string, base int) (f *Float, b int, err error) {
	if len(s) == 3 && (s == "Inf" || s == "inf") {
		return z.SetInf(false), 0, nil
	}
	if len(s) == 4 && (s[0] == '+' || s[0] == '-') && (s[1:] == "Inf" || s[1:] == "inf") {
		return z.SetInf(s[0] == '-'), 0, nil
	}
	r := strings.NewReader(s)
	if f, b, err = z.scan(r, base); err != nil {
		return nil, b, err
	}
	if ch, err2 := r.ReadByte(); err2 == nil {
		return f, b, fmt.Errorf("expected end of string, found %q", ch)
	} else if err2 != io.EOF {
		return f, b, err2
	}
	return f, b, nil
}

func (z *Float) scan(r io.ByteScanner, base int) (f *Float, b int, err error) {
	if z.prec == 0 {
		z.prec = 64
	}
	z.form = zero
	neg, err := scanSign(r)
	if err != nil {
		return nil, 0, err
	}
	res, err := scanNat(r, base, true)
	if err != nil {
		return nil, res.base, err
	}
	b = res.base
	exp, ebase, err := scanExponent(r, true, base == 0)
	if err != nil {
		return nil, b, err
	}
	if len(res.z) == 0 {
		z.acc, z.form, z.neg = Exact, zero, neg
		return z, b, nil
	}
	var exp2, exp5 int64
	if res.point {
		d := int64(res.digits)
		switch b {
		case 10:
			exp5, exp2 = d, d
		case 2:
			exp2 = d
		case 8:
			exp2 = 3 * d
		case 16:
			exp2 = 4 * d
		default:
			panic("unexpected mantissa base")
		}
	}
	if ebase == 10 {
		exp5 += exp
	}
	exp2 += exp
	if e := exp2 + int64(res.z.bitLen()); e < MinExp || e > MaxExp {
		return nil, b, errors.New("exponent overflow")
	}
	if exp5 == 0 {
		return z.setBits(neg, res.z, exp2, false), b, nil
	}
	if exp5 > 1<<22 || exp5 < -(1<<22) {
		// Too large to be exact: use a power of limited precision.
		var p, m Float
		p.SetPrec(uint(z.prec) + 64)
		p.power5(max(exp5, -exp5))
		m.SetPrec(uint(z.prec)+64).setBits(neg, res.z, exp2, false)
		if exp5 > 0 {
			return z.Mul(&m, &p), b, nil
		}
		return z.Quo(&m, &p), b, nil
	}
	p := nat(nil).expNN(nat{5}, nat{Word(max(exp5, -exp5))}, nil)
	if exp5 > 0 {
		return z.setBits(neg, nat(nil).mul(res.z, p), exp2, false), b, nil
	}
	var x, y Float
	x.SetInt(&Int{neg, res.z})
	y.SetInt(&Int{false, p})
	x.setExp(int64(x.exp) + exp2)
	if x.form != finite {
		z.acc, z.form, z.neg = x.acc, x.form, neg
		return z, b, nil
	}
	return z.Quo(&x, &y), b, nil
}

// power5 sets z to 5^n, rounded.
func (z *Float) power5(n int64) {
	z.SetInt64(1)
	var f Float
	f.SetPrec(uint(z.prec)).SetInt64(5)
	for ; n > 0; n >>= 1 {
		if n&1 != 0 {
			z.Mul(z, &f)
		}
		f.Mul(&f, &f)
	}
}

// Scan reads z for package fmt.
func (z *Float) Scan(s fmt.ScanState, ch rune) error {
	s.SkipSpace()
	_, _, err := z.scan(byteReader{s}, 0)
	return err
}

// AppendText appends x with as few digits as tell it from others.
func (x *Float) AppendText(b []byte) ([]byte, error) {
	if x == nil {
		return append(b, "<nil>"...), nil
	}
	return x.Append(b, 'g', -1), nil
}

// MarshalText returns x with as few digits as tell it from others.
func (x *Float) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText sets z to the number in text.
func (z *Float) UnmarshalText(text []byte) error {
	_, _, err := z.Parse(string(text), 0)
	if err != nil {
		err = fmt.Errorf("math/big: cannot unmarshal %q into a *big.Float (%v)", text, err)
	}
	return err
}

// GobEncode returns x's stored form: version; mode, accuracy, form and sign;
// precision; and for finite numbers the exponent and the mantissa from the top bit.
func (x *Float) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	b := []byte{gobVersion, byte(x.mode&7)<<5 | byte((x.acc+1)&3)<<3 | byte(x.form&3)<<1 | byte(b2i(x.neg))}
	b = binary.BigEndian.AppendUint32(b, x.prec)
	if x.form == finite {
		b = binary.BigEndian.AppendUint32(b, uint32(x.exp))
		n := (uint(x.prec) + wordBits - 1) / wordBits * wordBits
		m, _ := x.exact(n)
		// Zero words at the end are left out.
		for len(m) > 0 && m[0] == 0 {
			m = m[1:]
		}
		bytes := make([]byte, len(m)*8)
		m.bytes(bytes)
		b = append(b, bytes...)
	}
	return b, nil
}

// GobDecode sets z to a stored form, rounded unless its precision is 0.
func (z *Float) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Float{}
		return nil
	}
	if len(buf) < 6 {
		return errors.New("Float.GobDecode: buffer too small")
	}
	if buf[0] != gobVersion {
		return fmt.Errorf("Float.GobDecode: encoding version %d not supported", buf[0])
	}
	prec, mode := z.prec, z.mode
	b := buf[1]
	x := Float{mode: RoundingMode(b >> 5 & 7), acc: Accuracy(b>>3&3) - 1, form: form(b >> 1 & 3), neg: b&1 != 0}
	x.prec = binary.BigEndian.Uint32(buf[2:])
	if x.form == finite {
		if len(buf) < 10 {
			return errors.New("Float.GobDecode: buffer too small for finite form float")
		}
		x.exp = int32(binary.BigEndian.Uint32(buf[6:]))
		x.mant = nat(nil).setBytes(buf[10:])
		if len(x.mant) == 0 {
			return errors.New("Float.GobDecode: invalid mantissa")
		}
	}
	*z = x
	if prec != 0 {
		z.mode = mode
		z.SetPrec(uint(prec))
	}
	return nil
}
