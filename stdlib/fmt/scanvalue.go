// This file holds how values of each kind are scanned.

package fmt

import (
	"errors"
	"internal/hexdigit"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Digits that take is called with.
const (
	binaryDigits  = "01"
	octalDigits   = "01234567"
	decimalDigits = "0123456789"
	hexDigits     = "0123456789aAbBcCdDeEfF"
)

var (
	errBoolText    = errors.New("syntax error scanning boolean")
	errComplexText = errors.New("syntax error scanning complex number")
)

// operand scans one value into what arg points to.
func (s *scanner) operand(verb rune, arg any) {
	s.buf = s.buf[:0]
	if v, ok := arg.(Scanner); ok {
		err := v.Scan(s, verb)
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			s.fail(err)
		}
		return
	}
	switch v := arg.(type) {
	case *int:
		*v = int(s.signed(verb, strconv.IntSize))
		return
	case *string:
		*v = s.str(verb)
		return
	case *[]byte:
		*v = []byte(s.str(verb))
		return
	}
	ptr := reflect.ValueOf(arg)
	if ptr.Kind() != reflect.Pointer {
		s.failText("type not a pointer: " + ptr.Type().String())
	}
	v := ptr.Elem()
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(s.boolean(verb))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(s.signed(verb, v.Type().Bits()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		v.SetUint(s.unsigned(verb, v.Type().Bits()))
	case reflect.Float32, reflect.Float64:
		s.checkVerb(verb, "beEfFgGv", v.Kind().String())
		s.SkipSpace()
		s.more()
		v.SetFloat(s.float(s.floatText(), v.Type().Bits()))
	case reflect.Complex64, reflect.Complex128:
		v.SetComplex(s.complex(verb, v.Type().Bits()))
	case reflect.String:
		v.SetString(s.str(verb))
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			s.failText("can't scan type: " + ptr.Type().String())
		}
		b := s.str(verb)
		v.Set(reflect.MakeSlice(v.Type(), len(b), len(b)))
		for i := range len(b) {
			v.Index(i).SetUint(uint64(b[i]))
		}
	default:
		s.failText("can't scan type: " + ptr.Type().String())
	}
}

// checkVerb fails unless verb is one of those that fit.
func (s *scanner) checkVerb(verb rune, fit, kind string) {
	if !inSet(verb, fit) {
		s.failText("bad verb '%" + string(verb) + "' for " + kind)
	}
}

// boolean reads 0, 1, t, f or true and false in any case.
func (s *scanner) boolean(verb rune) bool {
	s.SkipSpace()
	s.more()
	s.checkVerb(verb, "tv", "boolean")
	// What follows the first letter: nothing, or all of it.
	spell := func(letters ...string) {
		for i, l := range letters {
			if !s.skip(l) {
				if i > 0 {
					s.fail(errBoolText)
				}
				return
			}
		}
	}
	switch s.get() {
	case '1':
		return true
	case 't', 'T':
		spell("rR", "uU", "eE")
		return true
	case 'f', 'F':
		spell("aA", "lL", "sS", "eE")
	}
	return false
}

// char reads one rune as a number that fits into bits.
func (s *scanner) char(bits int) int64 {
	s.more()
	r := int64(s.get())
	drop := uint(64 - bits)
	if r<<drop>>drop != r {
		s.failText("overflow on character value " + string(rune(r)))
	}
	return r
}

// integer reads an integer's digits, with a sign if signed, and returns its base.
func (s *scanner) integer(verb rune, sign bool) (text string, base int) {
	s.checkVerb(verb, "bdoUxXv", "integer")
	base, digits, some := 10, decimalDigits, false
	switch verb {
	case 'b':
		base, digits = 2, binaryDigits
	case 'o':
		base, digits = 8, octalDigits
	case 'x', 'X', 'U':
		base, digits = 16, hexDigits
	}
	if verb == 'U' {
		if !s.skip("U") || !s.skip("+") {
			s.failText("bad unicode format ")
		}
	} else if sign {
		s.take("+-")
	}
	if verb == 'v' {
		// The prefix tells the base.
		base, digits = 0, decimalDigits+"_"
		if s.take("0") {
			switch {
			case s.take("bB"):
				digits = binaryDigits + "_"
			case s.take("oO"):
				digits = octalDigits + "_"
			case s.take("xX"):
				digits = hexDigits + "_"
			default:
				digits = octalDigits + "_"
			}
			some = true
		}
	}
	if !some {
		s.more()
	}
	if !s.takeAll(digits) && !some {
		s.failText("expected integer")
	}
	return string(s.buf), base
}

func (s *scanner) signed(verb rune, bits int) int64 {
	s.startInt(verb)
	if verb == 'c' {
		return s.char(bits)
	}
	text, base := s.integer(verb, true)
	i, err := strconv.ParseInt(text, base, 64)
	if err != nil {
		s.fail(err)
	}
	if drop := uint(64 - bits); i<<drop>>drop != i {
		s.failText("integer overflow on token " + text)
	}
	return i
}

func (s *scanner) unsigned(verb rune, bits int) uint64 {
	s.startInt(verb)
	if verb == 'c' {
		return uint64(s.char(bits))
	}
	text, base := s.integer(verb, false)
	i, err := strconv.ParseUint(text, base, 64)
	if err != nil {
		s.fail(err)
	}
	if drop := uint(64 - bits); i<<drop>>drop != i {
		s.failText("unsigned integer overflow on token " + text)
	}
	return i
}

// startInt skips white space unless a single rune is wanted.
func (s *scanner) startInt(verb rune) {
	if verb != 'c' {
		s.SkipSpace()
		s.more()
	}
}

// floatText reads what looks like a floating-point number.
func (s *scanner) floatText() string {
	s.buf = s.buf[:0]
	if s.take("nN") && s.take("aA") && s.take("nN") {
		return string(s.buf)
	}
	s.take("+-")
	if s.take("iI") && s.take("nN") && s.take("fF") {
		return string(s.buf)
	}
	digits, exponent := decimalDigits+"_", "eEpP"
	if s.take("0") && s.take("xX") {
		digits, exponent = hexDigits+"_", "pP"
	}
	s.takeAll(digits)
	if s.take(".") {
		s.takeAll(digits)
	}
	if s.take(exponent) {
		s.take("+-")
		s.takeAll(decimalDigits + "_")
	}
	return string(s.buf)
}

// float converts the text of a number; a decimal one may have an exponent of 2.
func (s *scanner) float(text string, bits int) float64 {
	p := strings.IndexByte(text, 'p')
	if p < 0 || strings.ContainsAny(text, "xX") {
		f, err := strconv.ParseFloat(text, bits)
		if err != nil {
			s.fail(err)
		}
		return f
	}
	check := func(err error) {
		if e, ok := err.(*strconv.NumError); ok {
			e.Num = text
		}
		if err != nil {
			s.fail(err)
		}
	}
	f, err := strconv.ParseFloat(text[:p], bits)
	check(err)
	e, err := strconv.Atoi(text[p+1:])
	check(err)
	return math.Ldexp(f, e)
}

// complex reads re+imi, in parentheses or not.
func (s *scanner) complex(verb rune, bits int) complex128 {
	s.checkVerb(verb, "beEfFgGv", "complex")
	s.SkipSpace()
	s.more()
	paren := s.skip("(")
	re := s.floatText()
	s.buf = s.buf[:0]
	if !s.take("+-") {
		s.fail(errComplexText)
	}
	sign := string(s.buf)
	im := s.floatText()
	if !s.skip("i") || paren && !s.skip(")") {
		s.fail(errComplexText)
	}
	r := s.float(re, bits/2)
	return complex(r, s.float(sign+im, bits/2))
}

// str reads a string: a word, a quoted one, or hexadecimal digits.
func (s *scanner) str(verb rune) string {
	s.checkVerb(verb, "svqxX", "string")
	s.SkipSpace()
	s.more()
	switch verb {
	case 'q':
		return s.quoted()
	case 'x', 'X':
		return s.hexText()
	}
	return string(s.word(true, notBlank))
}

// quoted reads a string quoted as in Go.
func (s *scanner) quoted() string {
	quote := s.get()
	switch quote {
	case '`':
		for {
			r := s.must()
			if r == '`' {
				return string(s.buf)
			}
			s.buf = utf8.AppendRune(s.buf, r)
		}
	case '"':
		s.buf = append(s.buf, '"')
		for {
			r := s.must()
			s.buf = utf8.AppendRune(s.buf, r)
			if r == '\\' {
				s.buf = utf8.AppendRune(s.buf, s.must())
			}
			if r == '"' {
				break
			}
		}
		text, err := strconv.Unquote(string(s.buf))
		if err != nil {
			s.fail(err)
		}
		return text
	}
	s.failText("expected quoted string")
	return ""
}

// hexText reads pairs of hexadecimal digits as bytes.
func (s *scanner) hexText() string {
	for {
		r := s.get()
		if r == noRune {
			break
		}
		high := hexdigit.Value(r)
		if high < 0 {
			s.UnreadRune()
			break
		}
		low := hexdigit.Value(s.must())
		if low < 0 {
			s.failText("illegal hex digit")
		}
		s.buf = append(s.buf, byte(high<<4|low))
	}
	if len(s.buf) == 0 {
		s.failText("no hex data for %x string")
	}
	return string(s.buf)
}
