// This file holds the printing of operands by verb.

package fmt

import (
	"internal/fmtsort"
	"reflect"
	"strconv"
	"unicode/utf8"
)

// printer is the state of one call of a printing function.
type printer struct {
	formatter
	// arg is the operand; value is set instead when it came by reflection.
	arg   any
	value reflect.Value
	// Explicit argument indexes: seen at all, and the last one was good.
	reordered, goodIndex bool
	// panicking: a panic is being printed; erroring: no methods are called.
	panicking, erroring bool
	// For Errorf: %w allowed, indexes of its operands.
	wrapErrs bool
	wrapped  []int
}

func (p *printer) text(s string) { p.buf = append(p.buf, s...) }

// print joins operands; a blank stands between two that aren't strings.
func (p *printer) print(a []any) {
	wasString := false
	for i, arg := range a {
		isString := arg != nil && reflect.TypeOf(arg).Kind() == reflect.String
		if i > 0 && !isString && !wasString {
			p.buf = append(p.buf, ' ')
		}
		p.operand(arg, 'v')
		wasString = isString
	}
}

func (p *printer) println(a []any) {
	for i, arg := range a {
		if i > 0 {
			p.buf = append(p.buf, ' ')
		}
		p.operand(arg, 'v')
	}
	p.buf = append(p.buf, '\n')
}

// badVerb prints %!verb(type=value).
func (p *printer) badVerb(verb rune) {
	p.erroring = true
	p.text("%!")
	p.buf = utf8.AppendRune(p.buf, verb)
	p.buf = append(p.buf, '(')
	switch {
	case p.arg != nil:
		p.text(reflect.TypeOf(p.arg).String())
		p.buf = append(p.buf, '=')
		p.operand(p.arg, 'v')
	case p.value.IsValid():
		p.text(p.value.Type().String())
		p.buf = append(p.buf, '=')
		p.reflected(p.value, 'v', 0)
	default:
		p.text("<nil>")
	}
	p.buf = append(p.buf, ')')
	p.erroring = false
}

func (p *printer) fmtBool(v bool, verb rune) {
	switch verb {
	case 't', 'v':
		p.boolean(v)
	default:
		p.badVerb(verb)
	}
}

// hex0x prints u with a leading 0x (or without, for sharp false).
func (p *printer) hex0x(u uint64, leading bool) {
	sharp := p.sharp
	p.sharp = leading
	p.integer(u, 16, false, 'v', lowerDigits)
	p.sharp = sharp
}

func (p *printer) fmtInt(u uint64, signed bool, verb rune) {
	switch verb {
	case 'v':
		if p.sharpV && !signed {
			p.hex0x(u, true)
		} else {
			p.integer(u, 10, signed, verb, lowerDigits)
		}
	case 'd':
		p.integer(u, 10, signed, verb, lowerDigits)
	case 'b':
		p.integer(u, 2, signed, verb, lowerDigits)
	case 'o', 'O':
		p.integer(u, 8, signed, verb, lowerDigits)
	case 'x':
		p.integer(u, 16, signed, verb, lowerDigits)
	case 'X':
		p.integer(u, 16, signed, verb, upperDigits)
	case 'c':
		p.char(u)
	case 'q':
		p.quotedChar(u)
	case 'U':
		p.unicode(u)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) fmtFloat(v float64, bits int, verb rune) {
	switch verb {
	case 'v':
		p.float(v, bits, 'g', -1)
	case 'b', 'g', 'G', 'x', 'X':
		p.float(v, bits, verb, -1)
	case 'f', 'e', 'E':
		p.float(v, bits, verb, 6)
	case 'F':
		p.float(v, bits, 'f', 6)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) fmtComplex(v complex128, bits int, verb rune) {
	switch verb {
	case 'v', 'b', 'g', 'G', 'x', 'X', 'f', 'F', 'e', 'E':
		plus := p.plus
		p.buf = append(p.buf, '(')
		p.fmtFloat(real(v), bits/2, verb)
		p.plus = true
		p.fmtFloat(imag(v), bits/2, verb)
		p.text("i)")
		p.plus = plus
	default:
		p.badVerb(verb)
	}
}

func (p *printer) fmtString(v string, verb rune) {
	switch verb {
	case 'v':
		if p.sharpV {
			p.quoted(v)
		} else {
			p.padString(p.truncate(v))
		}
	case 's':
		p.padString(p.truncate(v))
	case 'x':
		p.hex(v, nil, lowerDigits)
	case 'X':
		p.hex(v, nil, upperDigits)
	case 'q':
		p.quoted(v)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) fmtBytes(v []byte, verb rune, typ string) {
	switch verb {
	case 'v', 'd':
		if p.sharpV {
			p.text(typ)
			if v == nil {
				p.text("(nil)")
				return
			}
			p.buf = append(p.buf, '{')
			for i, c := range v {
				if i > 0 {
					p.text(", ")
				}
				p.hex0x(uint64(c), true)
			}
			p.buf = append(p.buf, '}')
			return
		}
		p.buf = append(p.buf, '[')
		for i, c := range v {
			if i > 0 {
				p.buf = append(p.buf, ' ')
			}
			p.integer(uint64(c), 10, false, verb, lowerDigits)
		}
		p.buf = append(p.buf, ']')
	case 's':
		p.pad(p.truncateBytes(v))
	case 'x':
		p.hexBytes(v, lowerDigits)
	case 'X':
		p.hexBytes(v, upperDigits)
	case 'q':
		p.quoted(string(v))
	default:
		p.reflected(reflect.ValueOf(v), verb, 0)
	}
}

func (p *printer) hexBytes(v []byte, digits string) {
	if v == nil {
		v = []byte{}
	}
	p.hex("", v, digits)
}

func (p *printer) fmtPointer(value reflect.Value, verb rune) {
	var u uintptr
	switch value.Kind() {
	case reflect.Chan, reflect.Func, reflect.Map, reflect.Pointer, reflect.Slice, reflect.UnsafePointer:
		u = uintptr(value.UnsafePointer())
	default:
		p.badVerb(verb)
		return
	}
	switch verb {
	case 'v':
		if p.sharpV {
			p.buf = append(p.buf, '(')
			p.text(value.Type().String())
			p.text(")(")
			if u == 0 {
				p.text("nil")
			} else {
				p.hex0x(uint64(u), true)
			}
			p.buf = append(p.buf, ')')
		} else if u == 0 {
			p.padString("<nil>")
		} else {
			p.hex0x(uint64(u), !p.sharp)
		}
	case 'p':
		p.hex0x(uint64(u), !p.sharp)
	case 'b', 'o', 'd', 'x', 'X':
		p.fmtInt(uint64(u), false, verb)
	default:
		p.badVerb(verb)
	}
}

// caught prints what a method's panic said; a nil receiver gives "<nil>".
func (p *printer) caught(arg any, verb rune, method string) {
	err := recover()
	if err == nil {
		return
	}
	if v := reflect.ValueOf(arg); v.Kind() == reflect.Pointer && v.IsNil() {
		p.text("<nil>")
		return
	}
	if p.panicking {
		panic(err)
	}
	old := p.spec
	p.spec = spec{}
	p.text("%!")
	p.buf = utf8.AppendRune(p.buf, verb)
	p.text("(PANIC=")
	p.text(method)
	p.text(" method: ")
	p.panicking = true
	p.operand(err, 'v')
	p.panicking = false
	p.buf = append(p.buf, ')')
	p.spec = old
}

// byMethod prints the operand by a method of its own, if there is one for the verb.
func (p *printer) byMethod(verb rune) (handled bool) {
	if p.erroring {
		return false
	}
	if verb == 'w' {
		// Only Errorf may use it, with an error.
		if _, ok := p.arg.(error); !ok || !p.wrapErrs {
			p.badVerb(verb)
			return true
		}
		verb = 'v'
	}
	if f, ok := p.arg.(Formatter); ok {
		handled = true
		defer p.caught(p.arg, verb, "Format")
		f.Format(p, verb)
		return
	}
	if p.sharpV {
		if s, ok := p.arg.(GoStringer); ok {
			handled = true
			defer p.caught(p.arg, verb, "GoString")
			p.padString(p.truncate(s.GoString()))
			return
		}
		return false
	}
	switch verb {
	case 'v', 's', 'x', 'X', 'q':
		switch v := p.arg.(type) {
		case error:
			handled = true
			defer p.caught(p.arg, verb, "Error")
			p.fmtString(v.Error(), verb)
			return
		case Stringer:
			handled = true
			defer p.caught(p.arg, verb, "String")
			p.fmtString(v.String(), verb)
			return
		}
	}
	return false
}

// operand prints arg for verb.
func (p *printer) operand(arg any, verb rune) {
	p.arg = arg
	p.value = reflect.Value{}
	if arg == nil {
		switch verb {
		case 'T', 'v':
			p.padString("<nil>")
		default:
			p.badVerb(verb)
		}
		return
	}
	switch verb {
	case 'T':
		p.fmtString(reflect.TypeOf(arg).String(), 's')
		return
	case 'p':
		p.fmtPointer(reflect.ValueOf(arg), 'p')
		return
	}
	switch v := arg.(type) {
	case bool:
		p.fmtBool(v, verb)
	case float32:
		p.fmtFloat(float64(v), 32, verb)
	case float64:
		p.fmtFloat(v, 64, verb)
	case complex64:
		p.fmtComplex(complex128(v), 64, verb)
	case complex128:
		p.fmtComplex(v, 128, verb)
	case int:
		p.fmtInt(uint64(v), true, verb)
	case int8:
		p.fmtInt(uint64(v), true, verb)
	case int16:
		p.fmtInt(uint64(v), true, verb)
	case int32:
		p.fmtInt(uint64(v), true, verb)
	case int64:
		p.fmtInt(uint64(v), true, verb)
	case uint:
		p.fmtInt(uint64(v), false, verb)
	case uint8:
		p.fmtInt(uint64(v), false, verb)
	case uint16:
		p.fmtInt(uint64(v), false, verb)
	case uint32:
		p.fmtInt(uint64(v), false, verb)
	case uint64:
		p.fmtInt(v, false, verb)
	case uintptr:
		p.fmtInt(uint64(v), false, verb)
	case string:
		p.fmtString(v, verb)
	case []byte:
		p.fmtBytes(v, verb, "[]byte")
	case reflect.Value:
		if v.IsValid() && v.CanInterface() {
			p.arg = v.Interface()
			if p.byMethod(verb) {
				return
			}
		}
		p.reflected(v, verb, 0)
	default:
		if !p.byMethod(verb) {
			p.reflected(reflect.ValueOf(arg), verb, 0)
		}
	}
}

// reflected prints value by its kind; depth counts enclosing values, whose
// parts are asked for their methods.
func (p *printer) reflected(value reflect.Value, verb rune, depth int) {
	if depth > 0 && value.IsValid() && value.CanInterface() {
		p.arg = value.Interface()
		if p.byMethod(verb) {
			return
		}
	}
	// An operand that was handled by kind from the start keeps its arg, so
	// that badVerb shows it.
	if depth > 0 {
		p.arg = nil
	}
	p.value = value
	switch f := value; value.Kind() {
	case reflect.Invalid:
		if depth == 0 {
			p.text("<invalid reflect.Value>")
			return
		}
		if verb == 'v' {
			p.text("<nil>")
		} else {
			p.badVerb(verb)
		}
	case reflect.Bool:
		p.fmtBool(f.Bool(), verb)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.fmtInt(uint64(f.Int()), true, verb)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		p.fmtInt(f.Uint(), false, verb)
	case reflect.Float32:
		p.fmtFloat(f.Float(), 32, verb)
	case reflect.Float64:
		p.fmtFloat(f.Float(), 64, verb)
	case reflect.Complex64:
		p.fmtComplex(f.Complex(), 64, verb)
	case reflect.Complex128:
		p.fmtComplex(f.Complex(), 128, verb)
	case reflect.String:
		p.fmtString(f.String(), verb)
	case reflect.Map:
		p.mapValue(f, verb, depth)
	case reflect.Struct:
		p.structValue(f, verb, depth)
	case reflect.Interface:
		e := f.Elem()
		switch {
		case e.IsValid():
			p.reflected(e, verb, depth+1)
		case p.sharpV:
			p.text(f.Type().String())
			p.text("(nil)")
		default:
			p.text("<nil>")
		}
	case reflect.Array, reflect.Slice:
		p.listValue(f, verb, depth)
	case reflect.Pointer:
		// At the top a pointer to a composite prints as & and its content.
		if depth == 0 && !f.IsNil() {
			switch e := f.Elem(); e.Kind() {
			case reflect.Array, reflect.Slice, reflect.Struct, reflect.Map:
				p.buf = append(p.buf, '&')
				p.reflected(e, verb, depth+1)
				return
			}
		}
		p.fmtPointer(f, verb)
	case reflect.Chan, reflect.Func, reflect.UnsafePointer:
		p.fmtPointer(f, verb)
	default:
		p.text("?")
	}
}

func (p *printer) mapValue(f reflect.Value, verb rune, depth int) {
	if p.sharpV {
		p.text(f.Type().String())
		if f.IsNil() {
			p.text("(nil)")
			return
		}
		p.buf = append(p.buf, '{')
	} else {
		p.text("map[")
	}
	for i, e := range fmtsort.Sort(f) {
		if i > 0 {
			if p.sharpV {
				p.text(", ")
			} else {
				p.buf = append(p.buf, ' ')
			}
		}
		p.reflected(e.Key, verb, depth+1)
		p.buf = append(p.buf, ':')
		p.reflected(e.Value, verb, depth+1)
	}
	if p.sharpV {
		p.buf = append(p.buf, '}')
	} else {
		p.buf = append(p.buf, ']')
	}
}

func (p *printer) structValue(f reflect.Value, verb rune, depth int) {
	if p.sharpV {
		p.text(f.Type().String())
	}
	p.buf = append(p.buf, '{')
	t := f.Type()
	for i := range f.NumField() {
		if i > 0 {
			if p.sharpV {
				p.text(", ")
			} else {
				p.buf = append(p.buf, ' ')
			}
		}
		if p.plusV || p.sharpV {
			if name := t.Field(i).Name; name != "" {
				p.text(name)
				p.buf = append(p.buf, ':')
			}
		}
		field := f.Field(i)
		if field.Kind() == reflect.Interface && !field.IsNil() {
			field = field.Elem()
		}
		p.reflected(field, verb, depth+1)
	}
	p.buf = append(p.buf, '}')
}

func (p *printer) listValue(f reflect.Value, verb rune, depth int) {
	switch verb {
	case 's', 'q', 'x', 'X':
		// Byte slices and arrays of named types print as []byte does.
		if f.Type().Elem().Kind() == reflect.Uint8 {
			var b []byte
			if f.Kind() == reflect.Slice || f.CanAddr() {
				b = f.Bytes()
			} else {
				b = make([]byte, f.Len())
				for i := range b {
					b[i] = byte(f.Index(i).Uint())
				}
			}
			p.fmtBytes(b, verb, f.Type().String())
			return
		}
	}
	if p.sharpV {
		p.text(f.Type().String())
		if f.Kind() == reflect.Slice && f.IsNil() {
			p.text("(nil)")
			return
		}
		p.buf = append(p.buf, '{')
		for i := range f.Len() {
			if i > 0 {
				p.text(", ")
			}
			p.reflected(f.Index(i), verb, depth+1)
		}
		p.buf = append(p.buf, '}')
		return
	}
	p.buf = append(p.buf, '[')
	for i := range f.Len() {
		if i > 0 {
			p.buf = append(p.buf, ' ')
		}
		p.reflected(f.Index(i), verb, depth+1)
	}
	p.buf = append(p.buf, ']')
}

// maxNumber bounds widths, precisions and argument indexes.
const maxNumber = 1e6

// number reads digits of s[i:end].
func number(s string, i, end int) (n int, ok bool, next int) {
	for next = i; next < end && '0' <= s[next] && s[next] <= '9'; next++ {
		if n > maxNumber {
			return 0, false, end
		}
		n = n*10 + int(s[next]-'0')
		ok = true
	}
	return n, ok, next
}

// intArg takes a width or precision from the operands.
func intArg(a []any, i int) (n int, ok bool, next int) {
	next = i
	if i >= len(a) {
		return 0, false, i
	}
	n, ok = a[i].(int)
	if !ok {
		switch v := reflect.ValueOf(a[i]); {
		case v.CanInt():
			x := v.Int()
			n, ok = int(x), int64(int(x)) == x
		case v.CanUint():
			x := v.Uint()
			n, ok = int(x), int64(x) >= 0
		}
	}
	if n > maxNumber || n < -maxNumber {
		n, ok = 0, false
	}
	return n, ok, i + 1
}

// index reads an explicit argument index "[n]" at format[i].
func (p *printer) index(argNum int, format string, i, numArgs int) (newArg, next int, found bool) {
	if i >= len(format) || format[i] != '[' {
		return argNum, i, false
	}
	p.reordered = true
	for j := i + 1; j < len(format); j++ {
		if format[j] != ']' {
			continue
		}
		n, ok, end := number(format, i+1, j)
		if ok && end == j && n >= 1 && n <= numArgs {
			return n - 1, j + 1, true
		}
		p.goodIndex = false
		return argNum, j + 1, ok && end == j
	}
	p.goodIndex = false
	return argNum, i + 1, false
}

// printf formats operands by format.
func (p *printer) printf(format string, a []any) {
	end := len(format)
	argNum := 0
	afterIndex := false
	p.reordered = false
	for i := 0; i < end; {
		p.goodIndex = true
		start := i
		for i < end && format[i] != '%' {
			i++
		}
		if i > start {
			p.buf = append(p.buf, format[start:i]...)
		}
		if i >= end {
			break
		}
		i++
		p.spec = spec{}
	flags:
		for ; i < end; i++ {
			switch c := format[i]; c {
			case '#':
				p.sharp = true
			case '0':
				p.zero = true
			case '+':
				p.plus = true
			case '-':
				p.minus = true
			case ' ':
				p.space = true
			default:
				// The common case: a letter, no width or precision.
				if 'a' <= c && c <= 'z' && argNum < len(a) {
					if c == 'w' {
						p.wrapped = append(p.wrapped, argNum)
					}
					if c == 'v' || c == 'w' {
						p.sharpV, p.sharp = p.sharp, false
						p.plusV, p.plus = p.plus, false
					}
					p.operand(a[argNum], rune(c))
					argNum++
					i++
					p.value = reflect.Value{}
					goto next
				}
				break flags
			}
		}
		argNum, i, afterIndex = p.index(argNum, format, i, len(a))
		if i < end && format[i] == '*' {
			i++
			p.wid, p.hasWid, argNum = intArg(a, argNum)
			if !p.hasWid {
				p.text("%!(BADWIDTH)")
			}
			if p.wid < 0 {
				p.wid = -p.wid
				p.minus = true
			}
			afterIndex = false
		} else {
			p.wid, p.hasWid, i = number(format, i, end)
			if afterIndex && p.hasWid {
				p.goodIndex = false
			}
		}
		if i+1 <= end && format[i] == '.' {
			i++
			if afterIndex {
				p.goodIndex = false
			}
			argNum, i, afterIndex = p.index(argNum, format, i, len(a))
			if i < end && format[i] == '*' {
				i++
				p.prec, p.hasPrec, argNum = intArg(a, argNum)
				if p.prec < 0 {
					p.prec, p.hasPrec = 0, false
				}
				if !p.hasPrec {
					p.text("%!(BADPREC)")
				}
				afterIndex = false
			} else {
				p.prec, p.hasPrec, i = number(format, i, end)
				if !p.hasPrec {
					p.prec, p.hasPrec = 0, true
				}
			}
		}
		if !afterIndex {
			argNum, i, afterIndex = p.index(argNum, format, i, len(a))
		}
		if i >= end {
			p.text("%!(NOVERB)")
			break
		}
		{
			verb, size := rune(format[i]), 1
			if verb >= utf8.RuneSelf {
				verb, size = utf8.DecodeRuneInString(format[i:])
			}
			i += size
			switch {
			case verb == '%':
				p.buf = append(p.buf, '%')
			case !p.goodIndex:
				p.complain(verb, "BADINDEX")
			case argNum >= len(a):
				p.complain(verb, "MISSING")
			default:
				if verb == 'w' {
					p.wrapped = append(p.wrapped, argNum)
				}
				if verb == 'v' || verb == 'w' {
					p.sharpV, p.sharp = p.sharp, false
					p.plusV, p.plus = p.plus, false
				}
				p.operand(a[argNum], verb)
				argNum++
			}
		}
	next:
	}
	if !p.reordered && argNum < len(a) {
		p.spec = spec{}
		p.text("%!(EXTRA ")
		for i, arg := range a[argNum:] {
			if i > 0 {
				p.text(", ")
			}
			if arg == nil {
				p.text("<nil>")
			} else {
				p.text(reflect.TypeOf(arg).String())
				p.buf = append(p.buf, '=')
				p.operand(arg, 'v')
			}
		}
		p.buf = append(p.buf, ')')
	}
}

// complain prints %!verb(what).
func (p *printer) complain(verb rune, what string) {
	p.text("%!")
	p.buf = utf8.AppendRune(p.buf, verb)
	p.buf = append(p.buf, '(')
	p.text(what)
	p.buf = append(p.buf, ')')
}

// itoa is for messages of scanning.
func itoa(i int) string { return strconv.Itoa(i) }
