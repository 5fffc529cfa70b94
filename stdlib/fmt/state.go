// This file holds the interfaces by which types take part in printing.

// Package fmt prints and scans with formats like C's printf and scanf, but
// for all types.
package fmt

import "strconv"

// State is what a Formatter gets to print to and to ask about flags.
type State interface {
	// Write prints b.
	Write(b []byte) (n int, err error)
	// Width returns the width and whether there is one.
	Width() (wid int, ok bool)
	// Precision returns the precision and whether there is one.
	Precision() (prec int, ok bool)
	// Flag reports whether the flag c, one of "-+# 0", is set.
	Flag(c int) bool
}

// Formatter prints itself for any verb.
type Formatter interface {
	Format(f State, verb rune)
}

// Stringer has a text of its own for verbs that print strings.
type Stringer interface {
	String() string
}

// GoStringer has a text of its own for %#v.
type GoStringer interface {
	GoString() string
}

// FormatString returns the directive, such as "%-8.3f", that made the call
// with state and verb.
func FormatString(state State, verb rune) string {
	directive := "%"
	for _, flag := range []byte(" +-#0") {
		if state.Flag(int(flag)) {
			directive += string(rune(flag))
		}
	}
	if n, given := state.Width(); given {
		directive += strconv.Itoa(n)
	}
	if n, given := state.Precision(); given {
		directive += "." + strconv.Itoa(n)
	}
	return directive + string(verb)
}

// Write implements State.
func (p *printer) Write(b []byte) (n int, err error) {
	p.out = append(p.out, b...)
	return len(b), nil
}

// WriteString is what io.WriteString looks for.
func (p *printer) WriteString(s string) (n int, err error) {
	p.text(s)
	return len(s), nil
}

// Width implements State.
func (p *printer) Width() (wid int, ok bool) { return max(p.width, 0), p.width >= 0 }

// Precision implements State.
func (p *printer) Precision() (prec int, ok bool) { return max(p.prec, 0), p.prec >= 0 }

// Flag implements State. The flags of %+v and %#v still count.
func (p *printer) Flag(c int) bool {
	if c < 0 || c > '~' {
		return false
	}
	switch f := flagOf(byte(c)); f {
	case plus:
		return p.has(plus | fields)
	case sharp:
		return p.has(sharp | syntax)
	default:
		return p.has(f)
	}
}
