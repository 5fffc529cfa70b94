// This file holds the interfaces by which types take part in printing.

// Package fmt prints and scans with formats like C's printf and scanf, but
// for all types.
package fmt

import (
	"strconv"
	"unicode/utf8"
)

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
	var room [16]byte
	b := append(room[:0], '%')
	for _, c := range " +-#0" {
		if state.Flag(int(c)) {
			b = append(b, byte(c))
		}
	}
	if w, ok := state.Width(); ok {
		b = strconv.AppendInt(b, int64(w), 10)
	}
	if p, ok := state.Precision(); ok {
		b = append(b, '.')
		b = strconv.AppendInt(b, int64(p), 10)
	}
	return string(utf8.AppendRune(b, verb))
}

// Write appends to the output.
func (p *printer) Write(b []byte) (n int, err error) {
	p.buf = append(p.buf, b...)
	return len(b), nil
}

// WriteString appends to the output.
func (p *printer) WriteString(s string) (n int, err error) {
	p.buf = append(p.buf, s...)
	return len(s), nil
}

// Width implements State.
func (p *printer) Width() (wid int, ok bool) { return p.wid, p.hasWid }

// Precision implements State.
func (p *printer) Precision() (prec int, ok bool) { return p.prec, p.hasPrec }

// Flag implements State.
func (p *printer) Flag(c int) bool {
	switch c {
	case '-':
		return p.minus
	case '+':
		return p.plus || p.plusV
	case '#':
		return p.sharp || p.sharpV
	case ' ':
		return p.space
	case '0':
		return p.zero && !p.minus
	}
	return false
}
