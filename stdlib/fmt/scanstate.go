// This file holds the scanner's state, its white space rules and the formats.

package fmt

import (
	"errors"
	"io"
	"unicode/utf8"
)

// noRune is what get returns at the end of the text.
const noRune rune = -1

// unlimited stands for no width.
const unlimited = 1 << 30

// scanner reads fields. It implements ScanState.
type scanner struct {
	src io.RuneScanner
	// The field's text so far.
	buf []byte
	// Runes read so far, and at how many the field ends.
	count, limit int
	// The field's width.
	wid int
	// The text or the line is over.
	over bool
	// What a newline is: white space like any other, or the end.
	newlineIsSpace, newlineEnds bool
}

// scanFailure is what the scanner panics with: the error to return.
type scanFailure struct{ err error }

func newScanner(r io.Reader, newlineIsSpace, newlineEnds bool) *scanner {
	src, ok := r.(io.RuneScanner)
	if !ok {
		src = &byteRunes{r: r}
	}
	return &scanner{src: src, limit: unlimited, wid: unlimited,
		newlineIsSpace: newlineIsSpace, newlineEnds: newlineEnds}
}

func (s *scanner) fail(err error)       { panic(scanFailure{err}) }
func (s *scanner) failText(text string) { s.fail(errors.New(text)) }

// catch turns the scanner's panics into errors.
func catch(err *error) {
	switch e := recover().(type) {
	case nil:
	case scanFailure:
		*err = e.err
	case error:
		// A Scanner may panic with it, on reading the end.
		if e != io.EOF {
			panic(e)
		}
		*err = e
	default:
		panic(e)
	}
}

// ReadRune implements ScanState.
func (s *scanner) ReadRune() (r rune, size int, err error) {
	if s.over || s.count >= s.limit {
		return 0, 0, io.EOF
	}
	r, size, err = s.src.ReadRune()
	switch {
	case err == nil:
		s.count++
		s.over = s.newlineEnds && r == '\n'
	case err == io.EOF:
		s.over = true
	}
	return r, size, err
}

// UnreadRune implements ScanState.
func (s *scanner) UnreadRune() error {
	s.src.UnreadRune()
	s.over = false
	s.count--
	return nil
}

// Width implements ScanState.
func (s *scanner) Width() (wid int, ok bool) {
	if s.wid == unlimited {
		return 0, false
	}
	return s.wid, true
}

// Read implements ScanState.
func (s *scanner) Read(buf []byte) (n int, err error) {
	return 0, errors.New("ScanState's Read should not be called. Use ReadRune")
}

// Token implements ScanState.
func (s *scanner) Token(skipSpace bool, f func(rune) bool) (token []byte, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case scanFailure:
			err = e.err
		default:
			panic(e)
		}
	}()
	if f == nil {
		f = notBlank
	}
	s.buf = s.buf[:0]
	return s.word(skipSpace, f), nil
}

// get reads a rune, noRune at the end.
func (s *scanner) get() rune {
	r, _, err := s.ReadRune()
	if err == io.EOF {
		return noRune
	}
	if err != nil {
		s.fail(err)
	}
	return r
}

// must reads a rune that has to be there.
func (s *scanner) must() rune {
	r := s.get()
	if r == noRune {
		s.fail(io.ErrUnexpectedEOF)
	}
	return r
}

// more checks that there is a rune left.
func (s *scanner) more() {
	if s.get() == noRune {
		s.fail(io.EOF)
	}
	s.UnreadRune()
}

// at reports whether the next rune is one of set.
func (s *scanner) at(set string) bool {
	r := s.get()
	if r == noRune {
		return false
	}
	s.UnreadRune()
	return inSet(r, set)
}

// skip reads the next rune if it is one of set.
func (s *scanner) skip(set string) bool {
	r := s.get()
	if r == noRune {
		return false
	}
	if !inSet(r, set) {
		s.UnreadRune()
		return false
	}
	return true
}

// take is skip but keeps the rune in the field.
func (s *scanner) take(set string) bool {
	r := s.get()
	if r == noRune {
		return false
	}
	if !inSet(r, set) {
		s.UnreadRune()
		return false
	}
	s.buf = utf8.AppendRune(s.buf, r)
	return true
}

// takeAll takes runes of set and returns whether there was one.
func (s *scanner) takeAll(set string) bool {
	if !s.take(set) {
		return false
	}
	for s.take(set) {
	}
	return true
}

func inSet(r rune, set string) bool {
	for _, c := range set {
		if c == r {
			return true
		}
	}
	return false
}

// blank reports whether r is white space.
func blank(r rune) bool {
	switch {
	case r < 0x80:
		return r == ' ' || '\t' <= r && r <= '\r'
	case r < 0x2000:
		return r == 0x85 || r == 0xA0 || r == 0x1680
	}
	return r <= 0x200A || r == 0x2028 || r == 0x2029 || r == 0x202F || r == 0x205F || r == 0x3000
}

func notBlank(r rune) bool { return !blank(r) }

// SkipSpace implements ScanState.
func (s *scanner) SkipSpace() {
	for {
		r := s.get()
		switch {
		case r == noRune:
			return
		case r == '\r' && s.at("\n"):
		case r == '\n':
			if !s.newlineIsSpace {
				s.failText("unexpected newline")
			}
		case !blank(r):
			s.UnreadRune()
			return
		}
	}
}

// word reads runes into the field as long as f accepts them.
func (s *scanner) word(skipSpace bool, f func(rune) bool) []byte {
	if skipSpace {
		s.SkipSpace()
	}
	for {
		r := s.get()
		if r == noRune {
			return s.buf
		}
		if !f(r) {
			s.UnreadRune()
			return s.buf
		}
		s.buf = utf8.AppendRune(s.buf, r)
	}
}

// scanAll scans all operands, for the functions without a format.
func (s *scanner) scanAll(a []any) (n int, err error) {
	defer catch(&err)
	for _, arg := range a {
		s.operand('v', arg)
		n++
	}
	if s.newlineEnds {
		for {
			r := s.get()
			if r == noRune || r == '\n' {
				break
			}
			if !blank(r) {
				s.failText("expected newline")
			}
		}
	}
	return n, nil
}

// scanFormat scans operands as a format says.
func (s *scanner) scanFormat(format string, a []any) (n int, err error) {
	defer catch(&err)
	for i := 0; i < len(format); {
		next, ok := s.literal(format, i)
		if !ok {
			if format[i] != '%' {
				s.failText("input does not match format")
			}
			// A run that begins with two percent signs gets a second try
			// as a verb, behind white space.
			next = i
		}
		if next >= len(format) {
			break
		}
		i = next + 1
		wid, hasWid, rest := leadingNumber(format[i:])
		i = len(format) - len(rest)
		s.wid = unlimited
		if hasWid {
			s.wid = wid
		}
		start := i
		verb, size := utf8.DecodeRuneInString(format[i:])
		i += size
		if verb != 'c' {
			s.SkipSpace()
		}
		if verb == '%' {
			s.more()
			if !s.skip("%") {
				s.failText("missing literal %")
			}
			continue
		}
		if n >= len(a) {
			s.failText("too few operands for format '%" + format[start:] + "'")
		}
		s.limit = min(unlimited, s.count+s.wid)
		s.operand(verb, a[n])
		n++
		s.limit = unlimited
	}
	if n < len(a) {
		s.failText("too many operands")
	}
	return n, nil
}

// literal matches the format from i on, up to the next verb, with the input.
// It returns where the verb's percent sign is.
func (s *scanner) literal(format string, i int) (next int, ok bool) {
	for i < len(format) {
		c, size := utf8.DecodeRuneInString(format[i:])
		if blank(c) {
			i = s.spaces(format, i)
			continue
		}
		if c == '%' {
			if i+1 == len(format) {
				s.failText("missing verb: % at end of format string")
			}
			if format[i+1] != '%' {
				return i, true
			}
			// Two of them stand for one.
			i++
		}
		if s.must() != c {
			s.UnreadRune()
			return i, false
		}
		i += size
	}
	return i, true
}

// spaces matches a run of white space in the format. Each newline in it takes
// blanks and a newline (or the end) from the input; blanks behind the last
// newline take any blanks; a run without newlines needs at least one.
func (s *scanner) spaces(format string, i int) (next int) {
	newlines, blanksLast := 0, false
	for i < len(format) {
		c, size := utf8.DecodeRuneInString(format[i:])
		if !blank(c) {
			break
		}
		blanksLast = c != '\n'
		if !blanksLast {
			newlines++
		}
		i += size
	}
	for range newlines {
		r := s.get()
		for r != '\n' && r != noRune && blank(r) {
			r = s.get()
		}
		if r != '\n' && r != noRune {
			s.failText("newline in format does not match input")
		}
	}
	if !blanksLast {
		return i
	}
	r := s.get()
	if newlines == 0 {
		if r != noRune && !blank(r) {
			s.failText("expected space in input to match format")
		}
		if r == '\n' {
			s.failText("newline in input does not match format")
		}
	}
	for r != '\n' && r != noRune && blank(r) {
		r = s.get()
	}
	if r != noRune {
		s.UnreadRune()
	}
	return i
}
