// This file holds directives, "%-8.3f" and the like: what enters is a format
// with its operands, what leaves is one directive after the other.

package fmt

import (
	"reflect"
	"unicode/utf8"
)

// flags are the flags of a directive.
type flags uint8

const (
	minus flags = 1 << iota
	plus
	sharp
	space
	zero
	// fields and syntax are %+v and %#v: their flags must not reach the
	// numbers inside.
	fields
	syntax
)

// directive says how an operand is to be laid out. Width and precision are -1
// where the format gives none.
type directive struct {
	flags       flags
	width, prec int
}

// plain is the directive of Print and of "%v".
var plain = directive{width: -1, prec: -1}

func (d *directive) has(f flags) bool { return d.flags&f != 0 }

// limit bounds widths, precisions and operand numbers.
const limit = 1e6

// operands are the operands of one format.
type operands struct {
	list []any
	next int
	// numbered: the format has an explicit operand number, "%[2]d". Unused
	// operands are no mistake then.
	numbered bool
	// misnumbered: the directive at hand has one that is none.
	misnumbered bool
}

// flagOf returns the flag that c stands for, 0 for none.
func flagOf(c byte) flags {
	switch c {
	case ' ':
		return space
	case '#':
		return sharp
	case '+':
		return plus
	case '-':
		return minus
	case '0':
		return zero
	}
	return 0
}

// printf formats the operands.
func (p *printer) printf(format string, list []any) {
	args := operands{list: list}
	for {
		text := 0
		for text < len(format) && format[text] != '%' {
			text++
		}
		p.out = append(p.out, format[:text]...)
		if text == len(format) {
			break
		}
		format = p.convert(format[text+1:], &args)
	}
	if args.next < len(list) && !args.numbered {
		p.surplus(list[args.next:])
	}
}

// convert handles the directive that begins behind its percent sign, and
// returns what follows it.
func (p *printer) convert(format string, args *operands) (rest string) {
	p.directive = plain
	for format != "" {
		flag := flagOf(format[0])
		if flag == 0 {
			break
		}
		p.flags |= flag
		format = format[1:]
	}
	args.misnumbered = false
	// Most directives have a letter here already.
	if format == "" || format[0] < 'a' || format[0] > 'z' {
		format = p.measure(format, args)
		if format == "" {
			p.text("%!(NOVERB)")
			return ""
		}
	}
	verb, size := rune(format[0]), 1
	if verb >= utf8.RuneSelf {
		verb, size = utf8.DecodeRuneInString(format)
	}
	rest = format[size:]
	if verb == '%' {
		p.out = append(p.out, '%')
		return rest
	}
	if args.misnumbered {
		p.complain(verb, "BADINDEX")
		return rest
	}
	if args.next >= len(args.list) {
		p.complain(verb, "MISSING")
		return rest
	}
	switch verb {
	case 'w':
		p.wrapped = append(p.wrapped, args.next)
		p.setDetail()
	case 'v':
		p.setDetail()
	}
	arg := args.list[args.next]
	args.next++
	p.operand(arg, verb)
	return rest
}

// setDetail turns the flags of %+v and %#v into what they mean.
func (p *printer) setDetail() {
	if p.flags&(plus|sharp) == 0 {
		return
	}
	if p.has(plus) {
		p.flags |= fields
	}
	if p.has(sharp) {
		p.flags |= syntax
	}
	p.flags &^= plus | sharp
}

// measure reads operand number, width and precision, as far as they are there:
// what stands between the flags and the verb.
func (p *printer) measure(format string, args *operands) (rest string) {
	// An operand number must be followed by a star or the verb.
	format, pending := args.number(format)
	n, found := 0, false
	if format != "" && format[0] == '*' {
		format, pending = format[1:], false
		n, found = args.size()
		if !found {
			p.text("%!(BADWIDTH)")
		}
		if n < 0 {
			n = -n
			p.flags |= minus
		}
	} else {
		n, found, format = leadingNumber(format)
		if found && pending {
			args.misnumbered = true
		}
	}
	if found {
		p.width = n
	}
	// A point at the end of the format is taken for the verb.
	if len(format) > 1 && format[0] == '.' {
		if pending {
			args.misnumbered = true
		}
		format, pending = args.number(format[1:])
		if format != "" && format[0] == '*' {
			format, pending = format[1:], false
			n, found = args.size()
			if found && n >= 0 {
				p.prec = n
			} else {
				p.text("%!(BADPREC)")
			}
		} else {
			// A point alone is a precision of 0.
			p.prec, _, format = leadingNumber(format)
		}
	}
	if !pending {
		format, _ = args.number(format)
	}
	return format
}

// leadingNumber reads the number that s begins with. Behind one that is too large
// nothing is left.
func leadingNumber(s string) (n int, found bool, rest string) {
	for s != "" && '0' <= s[0] && s[0] <= '9' {
		if n > limit {
			return 0, false, ""
		}
		n = 10*n + int(s[0]-'0')
		s, found = s[1:], true
	}
	return n, found, s
}

// number reads an operand number in brackets, if format begins with one; the
// operand becomes the next. A number between brackets counts as found even if
// there is no such operand.
func (a *operands) number(format string) (rest string, found bool) {
	if format == "" || format[0] != '[' {
		return format, false
	}
	a.numbered = true
	inside := format[1:]
	for at := range len(inside) {
		// Two brackets at the end of the format are not taken for a pair.
		if inside[at] != ']' || inside == "]" {
			continue
		}
		n, ok, tail := leadingNumber(inside[:at])
		whole := ok && tail == ""
		if whole && 1 <= n && n <= len(a.list) {
			a.next = n - 1
		} else {
			a.misnumbered = true
		}
		return inside[at+1:], whole
	}
	a.misnumbered = true
	return inside, false
}

// size takes a width or precision from the operands.
func (a *operands) size() (n int, ok bool) {
	if a.next >= len(a.list) {
		return 0, false
	}
	arg := a.list[a.next]
	a.next++
	n, ok = arg.(int)
	if !ok {
		if v := reflect.ValueOf(arg); v.CanInt() {
			n, ok = int(v.Int()), true
		} else if v.CanUint() {
			n = int(v.Uint())
			ok = n >= 0
		}
	}
	if !ok || n < -limit || n > limit {
		return 0, false
	}
	return n, true
}

// surplus reports operands that no directive used.
func (p *printer) surplus(list []any) {
	p.directive = plain
	p.text("%!(EXTRA ")
	for i, arg := range list {
		if i > 0 {
			p.text(", ")
		}
		p.typed(arg)
	}
	p.out = append(p.out, ')')
}

// complain prints %!verb(what).
func (p *printer) complain(verb rune, what string) {
	p.text("%!")
	p.out = utf8.AppendRune(p.out, verb)
	p.out = append(p.out, '(')
	p.text(what)
	p.out = append(p.out, ')')
}
