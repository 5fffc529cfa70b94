// This file holds the layout of texts and bytes.

package fmt

import (
	"strconv"
	"unicode/utf8"
	"unsafe"
)

// text appends s as it is.
func (p *printer) text(s string) { p.out = append(p.out, s...) }

// view returns b as a string for reading while b doesn't change.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// clip cuts s to the precision, in characters.
func (p *printer) clip(s string) string {
	if p.prec < 0 || len(s) <= p.prec {
		return s
	}
	left := p.prec
	for i := range s {
		if left == 0 {
			return s[:i]
		}
		left--
	}
	return s
}

// field prints s with precision and width.
func (p *printer) field(s string) {
	if p.width <= 0 && p.prec < 0 {
		p.out = append(p.out, s...)
	} else {
		p.word(p.clip(s))
	}
}

// word prints s with width.
func (p *printer) word(s string) {
	start := len(p.out)
	p.out = append(p.out, s...)
	p.pad(start, p.padding())
}

// boolean prints v; the result says whether the verb is one for booleans.
func (p *printer) boolean(v bool, verb rune) bool {
	if verb != 't' && verb != 'v' {
		return false
	}
	p.word(strconv.FormatBool(v))
	return true
}

// string prints s; the result says whether the verb is one for strings.
func (p *printer) string(s string, verb rune) bool {
	switch verb {
	case 's':
		p.field(s)
	case 'v':
		if p.has(syntax) {
			p.quote(s)
		} else {
			p.field(s)
		}
	case 'q':
		p.quote(s)
	case 'x', 'X':
		p.dump(s, verb)
	default:
		return false
	}
	return true
}

// quote prints s as a Go string literal.
func (p *printer) quote(s string) {
	s = p.clip(s)
	start := len(p.out)
	switch {
	case p.has(sharp) && strconv.CanBackquote(s):
		p.out = append(p.out, '`')
		p.out = append(p.out, s...)
		p.out = append(p.out, '`')
	case p.has(plus):
		p.out = strconv.AppendQuoteToASCII(p.out, s)
	default:
		p.out = strconv.AppendQuote(p.out, s)
	}
	p.pad(start, p.padding())
}

// dump prints the bytes of s in hexadecimal. The precision counts bytes; the
// sharp flag asks for 0x in front, once or, when blanks separate the bytes, for
// each.
func (p *printer) dump(s string, verb rune) {
	if p.prec >= 0 && p.prec < len(s) {
		s = s[:p.prec]
	}
	hex, prefix := "0123456789abcdef", "0x"
	if verb == 'X' {
		hex, prefix = "0123456789ABCDEF", "0X"
	}
	if !p.has(sharp) {
		prefix = ""
	}
	start := len(p.out)
	for i := range len(s) {
		if i == 0 {
			p.text(prefix)
		} else if p.has(space) {
			p.out = append(p.out, ' ')
			p.text(prefix)
		}
		p.out = append(p.out, hex[s[i]>>4], hex[s[i]&15])
	}
	p.pad(start, p.padding())
}

// bytes prints v, whose type has the name typ; the result says whether the verb
// is one for byte slices as a whole.
func (p *printer) bytes(v []byte, verb rune, typ string) bool {
	switch verb {
	case 's', 'q', 'x', 'X':
		return p.string(view(v), verb)
	case 'v', 'd':
	default:
		return false
	}
	if p.has(syntax) {
		p.text(typ)
		if v == nil {
			p.text("(nil)")
			return true
		}
	}
	p.open("[")
	for i, c := range v {
		p.separate(i)
		p.unsigned(uint64(c), verb)
	}
	p.close(']')
	return true
}

// open begins a list of parts: a brace in Go syntax.
func (p *printer) open(bracket string) {
	if p.has(syntax) {
		bracket = "{"
	}
	p.text(bracket)
}

// separate goes before the i-th part.
func (p *printer) separate(i int) {
	if i == 0 {
		return
	}
	if p.has(syntax) {
		p.out = append(p.out, ',')
	}
	p.out = append(p.out, ' ')
}

// close ends a list of parts.
func (p *printer) close(bracket byte) {
	if p.has(syntax) {
		bracket = '}'
	}
	p.out = append(p.out, bracket)
}

// char prints the verb itself, for reports.
func (p *printer) char(verb rune) { p.out = utf8.AppendRune(p.out, verb) }
