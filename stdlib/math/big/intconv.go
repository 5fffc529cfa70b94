// This file writes and reads Ints.

package big

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Text returns x to the base, from 2 to MaxBase; "<nil>" for nil.
func (x *Int) Text(base int) string {
	if x == nil {
		return "<nil>"
	}
	return string(x.abs.text(x.neg, base))
}

// Append appends x to the base to buf.
func (x *Int) Append(buf []byte, base int) []byte {
	if x == nil {
		return append(buf, "<nil>"...)
	}
	return append(buf, x.abs.text(x.neg, base)...)
}

// String returns x in decimal.
func (x *Int) String() string { return x.Text(10) }

// Format formats x for package fmt, as that does integers.
func (x *Int) Format(s fmt.State, ch rune) {
	base := 10
	switch ch {
	case 'b':
		base = 2
	case 'o', 'O':
		base = 8
	case 'd', 's', 'v':
	case 'x', 'X':
		base = 16
	default:
		fmt.Fprintf(s, "%%!%c(big.Int=%s)", ch, x.String())
		return
	}
	if x == nil {
		fmt.Fprint(s, "<nil>")
		return
	}
	sign := ""
	switch {
	case x.neg:
		sign = "-"
	case s.Flag('+'):
		sign = "+"
	case s.Flag(' '):
		sign = " "
	}
	prefix := ""
	if s.Flag('#') {
		switch ch {
		case 'b':
			prefix = "0b"
		case 'o':
			prefix = "0"
		case 'x':
			prefix = "0x"
		case 'X':
			prefix = "0X"
		}
	}
	if ch == 'O' {
		prefix = "0o"
	}
	digits := string(x.abs.text(false, base))
	if ch == 'X' {
		digits = strings.ToUpper(digits)
	}
	left, zeros, right := 0, 0, 0
	prec, havePrec := s.Precision()
	if havePrec {
		switch {
		case len(digits) < prec:
			zeros = prec - len(digits)
		case len(digits) == 1 && digits[0] == '0' && prec == 0:
			return
		}
	}
	if width, ok := s.Width(); ok {
		if d := width - len(sign) - len(prefix) - zeros - len(digits); d > 0 {
			switch {
			case s.Flag('-'):
				right = d
			case s.Flag('0') && !havePrec:
				zeros = d
			default:
				left = d
			}
		}
	}
	io.WriteString(s, strings.Repeat(" ", left)+sign+prefix+strings.Repeat("0", zeros)+digits+strings.Repeat(" ", right))
}

// scan reads a number with its sign.
func (z *Int) scan(r io.ByteScanner, base int) (*Int, int, error) {
	neg, err := scanSign(r)
	if err != nil {
		return nil, 0, err
	}
	res, err := scanNat(r, base, false)
	if err != nil {
		return nil, res.base, err
	}
	z.abs = res.z
	z.neg = neg && len(z.abs) > 0
	return z, res.base, nil
}

func scanSign(r io.ByteScanner) (neg bool, err error) {
	ch, err := r.ReadByte()
	if err != nil {
		return false, err
	}
	switch ch {
	case '-':
		neg = true
	case '+':
	default:
		r.UnreadByte()
	}
	return neg, nil
}

// SetString sets z to the number s to the base, or nil and false if it is none.
// With base 0 a prefix says what the base is, and underscores may separate digits.
func (z *Int) SetString(s string, base int) (*Int, bool) {
	r := strings.NewReader(s)
	if _, _, err := z.scan(r, base); err != nil || r.Len() > 0 {
		return nil, false
	}
	return z, true
}

// byteReader reads bytes from a ScanState.
type byteReader struct {
	fmt.ScanState
}

func (r byteReader) ReadByte() (byte, error) {
	ch, size, err := r.ReadRune()
	if size != 1 && err == nil {
		err = fmt.Errorf("invalid rune %#U", ch)
	}
	return byte(ch), err
}

func (r byteReader) UnreadByte() error { return r.UnreadRune() }

// Scan reads z for package fmt.
func (z *Int) Scan(s fmt.ScanState, ch rune) error {
	s.SkipSpace()
	base := 0
	switch ch {
	case 'b':
		base = 2
	case 'o':
		base = 8
	case 'd':
		base = 10
	case 'x', 'X':
		base = 16
	case 's', 'v':
	default:
		return errors.New("Int.Scan: invalid verb")
	}
	_, _, err := z.scan(byteReader{s}, base)
	return err
}

// gobVersion is the version of the stored forms.
const gobVersion = 1

// GobEncode returns x's stored form: version and sign, then the bytes.
func (x *Int) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	b := []byte{gobVersion << 1}
	if x.neg {
		b[0] |= 1
	}
	return append(b, x.Bytes()...), nil
}

// GobDecode sets z to a stored form.
func (z *Int) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Int{}
		return nil
	}
	if v := buf[0] >> 1; v != gobVersion {
		return fmt.Errorf("Int.GobDecode: encoding version %d not supported", v)
	}
	z.SetBytes(buf[1:])
	z.neg = buf[0]&1 != 0
	return nil
}

// AppendText appends x in decimal.
func (x *Int) AppendText(b []byte) (text []byte, err error) { return x.Append(b, 10), nil }

// MarshalText returns x in decimal.
func (x *Int) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText sets z to the number in text.
func (z *Int) UnmarshalText(text []byte) error {
	if _, ok := z.SetString(string(text), 0); !ok {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Int", text)
	}
	return nil
}

// MarshalJSON returns x in decimal, null for nil.
func (x *Int) MarshalJSON() ([]byte, error) {
	if x == nil {
		return []byte("null"), nil
	}
	return x.Append(nil, 10), nil
}

// UnmarshalJSON sets z to the number in text; null changes nothing.
func (z *Int) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	return z.UnmarshalText(text)
}

// GobEncode returns x's stored form: version and sign, the length of the
// numerator, numerator and denominator.
func (x *Rat) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	num, den := x.Num().Bytes(), x.Denom().Bytes()
	b := []byte{gobVersion << 1}
	if x.a.neg {
		b[0] |= 1
	}
	b = binary.BigEndian.AppendUint32(b, uint32(len(num)))
	return append(append(b, num...), den...), nil
}

// GobDecode sets z to a stored form.
func (z *Rat) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Rat{}
		return nil
	}
	if len(buf) < 5 {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	if v := buf[0] >> 1; v != gobVersion {
		return fmt.Errorf("Rat.GobDecode: encoding version %d not supported", v)
	}
	n := uint64(binary.BigEndian.Uint32(buf[1:])) + 5
	if uint64(len(buf)) < n {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	z.a.SetBytes(buf[5:n])
	z.a.neg = buf[0]&1 != 0
	z.b.SetBytes(buf[n:])
	z.norm()
	return nil
}
