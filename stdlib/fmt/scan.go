// This file holds the exported scanning functions.

package fmt

import (
	"errors"
	"io"
	"os"
	"unicode/utf8"
)

// ScanState is what a Scanner reads its text from.
type ScanState interface {
	// ReadRune reads the next rune. It gives io.EOF behind the field's width
	// and, for the functions that scan a line, behind the newline.
	ReadRune() (r rune, size int, err error)
	// UnreadRune gives the last rune back, to be read again.
	UnreadRune() error
	// SkipSpace skips white space; whether newlines are among it depends on
	// the function that was called.
	SkipSpace()
	// Token reads runes as long as f accepts them, behind white space if
	// skipSpace is set. A nil f accepts all but white space. The bytes are
	// valid until the next call.
	Token(skipSpace bool, f func(rune) bool) (token []byte, err error)
	// Width returns the width, in runes, and whether there is one.
	Width() (wid int, ok bool)
	// Read is there to satisfy io.Reader only; it always fails.
	Read(buf []byte) (n int, err error)
}

// Scanner reads its own value. The receiver must be a pointer.
type Scanner interface {
	Scan(state ScanState, verb rune) error
}

// Fscan reads fields divided by white space, newlines included, from r into
// the variables that the arguments point to. It returns how many were set.
func Fscan(r io.Reader, a ...any) (n int, err error) {
	return newScanner(r, true, false).scanAll(a)
}

// Fscanln is like Fscan but reads one line, which must have no more fields.
func Fscanln(r io.Reader, a ...any) (n int, err error) {
	return newScanner(r, false, true).scanAll(a)
}

// Fscanf reads from r as the format says. Newlines must be where the format
// has them.
func Fscanf(r io.Reader, format string, a ...any) (n int, err error) {
	return newScanner(r, false, false).scanFormat(format, a)
}

// Scan is Fscan from standard input.
func Scan(a ...any) (n int, err error) { return Fscan(os.Stdin, a...) }

// Scanln is Fscanln from standard input.
func Scanln(a ...any) (n int, err error) { return Fscanln(os.Stdin, a...) }

// Scanf is Fscanf from standard input.
func Scanf(format string, a ...any) (n int, err error) { return Fscanf(os.Stdin, format, a...) }

// Sscan is Fscan from a string.
func Sscan(str string, a ...any) (n int, err error) { return Fscan(&runesOf{s: str}, a...) }

// Sscanln is Fscanln from a string.
func Sscanln(str string, a ...any) (n int, err error) { return Fscanln(&runesOf{s: str}, a...) }

// Sscanf is Fscanf from a string.
func Sscanf(str string, format string, a ...any) (n int, err error) {
	return Fscanf(&runesOf{s: str}, format, a...)
}

// runesOf reads the runes of a string.
type runesOf struct {
	s    string
	pos  int
	last int
}

func (r *runesOf) Read(b []byte) (n int, err error) {
	if r.pos == len(r.s) {
		return 0, io.EOF
	}
	n = copy(b, r.s[r.pos:])
	r.pos += n
	return n, nil
}

func (r *runesOf) ReadRune() (c rune, size int, err error) {
	r.last = 0
	if r.pos == len(r.s) {
		return 0, 0, io.EOF
	}
	c, size = rune(r.s[r.pos]), 1
	if c >= utf8.RuneSelf {
		c, size = utf8.DecodeRuneInString(r.s[r.pos:])
	}
	r.pos += size
	r.last = size
	return c, size, nil
}

func (r *runesOf) UnreadRune() error {
	if r.last == 0 {
		return errNoRune
	}
	r.pos -= r.last
	r.last = 0
	return nil
}

var errNoRune = errors.New("fmt: scanning called UnreadRune with no rune available")

// byteRunes reads runes from a reader that has only Read, never a byte more
// than it needs.
type byteRunes struct {
	r io.Reader
	// Bytes read but not used, because the rune before them was broken.
	ahead  [utf8.UTFMax]byte
	nahead int
	// The last rune, and whether it is to be read again.
	last  rune
	size  int
	again bool
	known bool
}

func (b *byteRunes) nextByte() (c byte, err error) {
	if b.nahead > 0 {
		c = b.ahead[0]
		b.nahead--
		copy(b.ahead[:], b.ahead[1:])
		return c, nil
	}
	var one [1]byte
	if _, err = io.ReadFull(b.r, one[:]); err != nil {
		return 0, err
	}
	return one[0], nil
}

func (b *byteRunes) ReadRune() (r rune, size int, err error) {
	if b.again {
		b.again = false
		return b.last, b.size, nil
	}
	b.known = false
	var buf [utf8.UTFMax]byte
	if buf[0], err = b.nextByte(); err != nil {
		return 0, 0, err
	}
	r, size = rune(buf[0]), 1
	if r >= utf8.RuneSelf {
		n := 1
		for !utf8.FullRune(buf[:n]) {
			c, err := b.nextByte()
			if err == io.EOF {
				break
			}
			if err != nil {
				return 0, 0, err
			}
			buf[n] = c
			n++
		}
		r, size = utf8.DecodeRune(buf[:n])
		if rest := n - size; rest > 0 {
			copy(b.ahead[rest:], b.ahead[:b.nahead])
			copy(b.ahead[:], buf[size:n])
			b.nahead += rest
		}
	}
	b.last, b.size, b.known = r, size, true
	return r, size, nil
}

func (b *byteRunes) UnreadRune() error {
	if b.again || !b.known {
		return errNoRune
	}
	b.again = true
	return nil
}
