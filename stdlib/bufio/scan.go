// This file holds Scanner.

package bufio

import (
	"errors"
	"internal/bytealg"
	"io"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// Scanner cuts input into tokens, which by default are lines without their
// ends. A SplitFunc says what a token is. Scanning ends for good at the end of
// the input, at an error, and at a token too large for the buffer; the input
// may then have been read farther than the last token.
type Scanner struct {
	r            io.Reader
	split        SplitFunc // nil for ScanLines
	words        bool      // split is ScanWords
	maxTokenSize int
	token        []byte
	buf          []byte
	start, end   int // what has been read and not scanned is buf[start:end]
	err          error
	empties      int // how many empty tokens came in a row
	started      bool
	done         bool
}

// SplitFunc cuts a token off the start of data, which is what has been read and
// not scanned. It returns how far to go on, the token if there is one, and an
// error. With atEOF set there is no more input than that; data is empty only
// then.
//
// To ask for more data it returns (0, nil, nil). An error ends the scanning;
// for ErrFinalToken that is as planned, and a token that comes with it is the
// last one.
type SplitFunc func(data []byte, atEOF bool) (advance int, token []byte, err error)

// Errors of Scanner.
var (
	ErrTooLong         = errors.New("bufio.Scanner: token too long")
	ErrNegativeAdvance = errors.New("bufio.Scanner: SplitFunc returns negative advance count")
	ErrAdvanceTooFar   = errors.New("bufio.Scanner: SplitFunc returns advance count beyond input")
	ErrBadReadCount    = errors.New("bufio.Scanner: Read returned impossible count")
)

// ErrFinalToken is what a SplitFunc returns to end the scanning without an
// error. A token that comes with it is given out as the last one, also if it is
// empty but not nil.
var ErrFinalToken = errors.New("final token")

const (
	// MaxScanTokenSize is the size of the largest buffer, if Buffer has not
	// set another. Tokens must be somewhat smaller, for the buffer has to hold
	// the end of a line too.
	MaxScanTokenSize = 64 * 1024

	// startBufSize is the size of the first buffer.
	startBufSize = 4096
)

// NewScanner returns a Scanner of the lines of r.
func NewScanner(r io.Reader) *Scanner {
	return &Scanner{r: r, maxTokenSize: MaxScanTokenSize}
}

// Err returns the error that ended the scanning, or nil if that was the end of
// the input.
func (s *Scanner) Err() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// Bytes returns the last token. Its memory may be used again by the next Scan.
func (s *Scanner) Bytes() []byte { return s.token }

// Text returns the last token as a new string.
func (s *Scanner) Text() string { return string(s.token) }

// Split sets what a token is. It panics if the scanning has begun.
func (s *Scanner) Split(split SplitFunc) {
	if s.started {
		panic("Split called after Scan")
	}
	// Scan itself knows the usual two, without a call through a func value.
	s.words = sameFunc(split, ScanWords)
	if sameFunc(split, ScanLines) {
		split = nil
	}
	s.split = split
}

// sameFunc reports whether f is the function g.
func sameFunc(f, g SplitFunc) bool {
	return f != nil && **(**uintptr)(unsafe.Pointer(&f)) == **(**uintptr)(unsafe.Pointer(&g))
}

// Buffer gives the Scanner a first buffer, and sets the size of the largest one
// that it may allocate. A token must be smaller than max or cap(buf), whichever
// is larger. It panics if the scanning has begun.
func (s *Scanner) Buffer(buf []byte, max int) {
	if s.started {
		panic("Buffer called after Scan")
	}
	s.buf = buf[:cap(buf)]
	s.maxTokenSize = max
}

// stop ends the scanning with err, if there has not been an error yet.
func (s *Scanner) stop(err error) bool {
	s.start, s.end = 0, 0
	s.fail(err)
	return false
}

// fail notes err, if there has not been a true error yet.
func (s *Scanner) fail(err error) {
	if s.err == nil || s.err == io.EOF {
		s.err = err
	}
}

// advance goes on by n bytes and reports whether that is possible.
func (s *Scanner) advance(n int) bool {
	if n < 0 {
		s.fail(ErrNegativeAdvance)
		return false
	}
	if n > s.end-s.start {
		s.fail(ErrAdvanceTooFar)
		return false
	}
	s.start += n
	return true
}

// Scan goes on to the next token, for Bytes or Text, and reports whether there
// is one. If not, Err tells why. It panics if there are too many empty tokens
// that do not get ahead.
func (s *Scanner) Scan() bool {
	// A line or a word that has been read already takes no more than this.
	if s.split == nil {
		data := s.buf[s.start:s.end]
		if n := bytealg.IndexByte(bytealg.View(data), '\n'); n >= 0 {
			s.take(lineOf(data[:n]), n+1)
			return true
		}
	} else if s.words {
		data := s.buf[s.start:s.end]
		if start, end, next := nextWord(data); next > 0 {
			s.take(data[start:end], next)
			return true
		}
	}
	return s.scan()
}

// take makes token, for which n bytes were used up, the last token.
func (s *Scanner) take(token []byte, n int) {
	s.started = true
	s.token = token
	s.start += n
	s.empties = 0
}

// scan is Scan for any SplitFunc.
func (s *Scanner) scan() bool {
	if s.done {
		return false
	}
	s.started = true
	for {
		if s.end > s.start || s.err != nil {
			var n int
			var token []byte
			var err error
			if s.split == nil {
				n, token, err = ScanLines(s.buf[s.start:s.end], s.err != nil)
			} else {
				n, token, err = s.split(s.buf[s.start:s.end], s.err != nil)
			}
			if err != nil {
				s.token = nil
				if err == ErrFinalToken {
					s.token = token
					s.done = true
					return token != nil
				}
				s.fail(err)
				return false
			}
			if !s.advance(n) {
				s.token = nil
				return false
			}
			s.token = token
			if token != nil {
				if s.err == nil || n > 0 {
					s.empties = 0
				} else if s.empties++; s.empties > maxIdle {
					panic("bufio.Scan: too many empty tokens without progressing")
				}
				return true
			}
		}
		if s.err != nil {
			// Nothing more can come.
			s.token = nil
			s.start, s.end = 0, 0
			return false
		}
		if !s.more() {
			s.token = nil
			return false
		}
	}
}

// more makes room and reads some more. It reports false if the scanning is over
// because there is no room; an error in reading is noted for the next round.
func (s *Scanner) more() bool {
	if s.start > 0 && (s.end == len(s.buf) || s.start > len(s.buf)/2) {
		copy(s.buf, s.buf[s.start:s.end])
		s.end -= s.start
		s.start = 0
	}
	if s.end == len(s.buf) {
		const maxInt = int(^uint(0) >> 1)
		if len(s.buf) >= s.maxTokenSize || len(s.buf) > maxInt/2 {
			return s.stop(ErrTooLong)
		}
		size := len(s.buf) * 2
		if size == 0 {
			size = startBufSize
		}
		buf := make([]byte, min(size, s.maxTokenSize))
		copy(buf, s.buf[s.start:s.end])
		s.buf = buf
		s.end -= s.start
		s.start = 0
	}
	for idle := 0; ; {
		n, err := s.r.Read(s.buf[s.end:])
		if n < 0 || n > len(s.buf)-s.end {
			s.fail(ErrBadReadCount)
			return true
		}
		s.end += n
		if err != nil {
			s.fail(err)
			return true
		}
		if n > 0 {
			s.empties = 0
			return true
		}
		if idle++; idle > maxIdle {
			s.fail(io.ErrNoProgress)
			return true
		}
	}
}

// ScanBytes is a SplitFunc that makes each byte a token.
func ScanBytes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	return 1, data[:1], nil
}

// faulty is the token for a faulty encoding.
var faulty = []byte(string(utf8.RuneError))

// ScanRunes is a SplitFunc that makes each UTF-8 encoding of a rune a token. A
// faulty one becomes that of U+FFFD.
func ScanRunes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if data[0] < utf8.RuneSelf {
		return 1, data[:1], nil
	}
	if _, size := utf8.DecodeRune(data); size > 1 {
		return size, data[:size], nil
	}
	if !atEOF && !utf8.FullRune(data) {
		return 0, nil, nil
	}
	return 1, faulty, nil
}

// ScanLines is a SplitFunc that makes each line a token, without its end, which
// is "\n" or "\r\n". Lines may be empty. At the end of the input a line that is
// not empty needs no end.
func ScanLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if n := bytealg.IndexByte(bytealg.View(data), '\n'); n >= 0 {
		return n + 1, lineOf(data[:n]), nil
	}
	if !atEOF {
		return 0, nil, nil
	}
	return len(data), lineOf(data), nil
}

// lineOf returns a line without the rest of its end.
func lineOf(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}

// spaces has the bits of the ASCII characters that are white space, all of them
// below 64.
const spaces uint64 = 1<<' ' | 1<<'\t' | 1<<'\n' | 1<<'\v' | 1<<'\f' | 1<<'\r'

// spaceAt reports whether the character at the start of data is white space, and
// its size.
func spaceAt(data []byte) (space bool, size int) {
	r, size := utf8.DecodeRune(data)
	return unicode.IsSpace(r), size
}

// ScanWords is a SplitFunc that makes each word between white space a token.
// Tokens are never empty.
func ScanWords(data []byte, atEOF bool) (advance int, token []byte, err error) {
	start, end, next := nextWord(data)
	if next > 0 {
		return next, data[start:end], nil
	}
	if atEOF && len(data) > start {
		return len(data), data[start:], nil
	}
	return start, nil, nil
}

// nextWord finds the first word, and where to go on. If no white space follows
// it, next is 0 and the word not known to be whole.
func nextWord(data []byte) (start, end, next int) {
	for start < len(data) {
		c, size := data[start], 1
		space := c < 64 && spaces>>c&1 != 0
		if c >= utf8.RuneSelf {
			space, size = spaceAt(data[start:])
		}
		if !space {
			break
		}
		start += size
	}
	for i := start; i < len(data); {
		c, size := data[i], 1
		space := c < 64 && spaces>>c&1 != 0
		if c >= utf8.RuneSelf {
			space, size = spaceAt(data[i:])
		}
		if space {
			return start, i, i + size
		}
		i += size
	}
	return start, 0, 0
}
