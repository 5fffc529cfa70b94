// This file holds reading.

package textproto

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// errTooLarge is the error of headers beyond a limit.
var errTooLarge = errors.New("message too large")

// A Reader reads answers.
type Reader struct {
	R   *bufio.Reader
	dot *dotReader
	buf []byte // a line that didn't fit into R's buffer, or a continued one
}

// NewReader returns a Reader from r.
func NewReader(r *bufio.Reader) *Reader { return &Reader{R: r} }

// ReadLine reads a line, without its end.
func (r *Reader) ReadLine() (string, error) {
	b, err := r.line(-1)
	return string(b), err
}

// ReadLineBytes is ReadLine that returns bytes.
func (r *Reader) ReadLineBytes() ([]byte, error) {
	b, err := r.line(-1)
	return bytes.Clone(b), err
}

// line returns a line, valid until the next read. A limit that isn't negative
// bounds its length.
func (r *Reader) line(limit int64) ([]byte, error) {
	r.closeDot()
	var whole []byte
	for {
		b, more, err := r.R.ReadLine()
		if limit >= 0 && int64(len(whole)+len(b)) > limit {
			return nil, errTooLarge
		}
		if err != nil {
			return nil, err
		}
		if whole == nil && !more {
			return b, nil
		}
		whole = append(whole, b...)
		if !more {
			return whole, nil
		}
	}
}

// ReadContinuedLine reads a line and those behind it that begin with space;
// the pieces are joined with one space.
func (r *Reader) ReadContinuedLine() (string, error) {
	b, err := r.continued()
	return string(b), err
}

// ReadContinuedLineBytes is ReadContinuedLine that returns bytes.
func (r *Reader) ReadContinuedLineBytes() ([]byte, error) {
	b, err := r.continued()
	return bytes.Clone(b), err
}

func (r *Reader) continued() ([]byte, error) {
	b, err := r.line(-1)
	if err != nil || len(b) == 0 {
		return nil, err
	}
	r.buf = append(r.buf[:0], TrimBytes(b)...)
	for r.atSpace() {
		b, err := r.line(-1)
		if err != nil {
			break
		}
		r.buf = append(r.buf, ' ')
		r.buf = append(r.buf, TrimBytes(b)...)
	}
	return r.buf, nil
}

// atSpace reports whether the next line continues the one before.
func (r *Reader) atSpace() bool {
	c, err := r.R.Peek(1)
	return err == nil && (c[0] == ' ' || c[0] == '\t')
}

// codeLine reads a line of an answer: three digits, a hyphen if others follow,
// text.
func (r *Reader) codeLine(expect int) (code int, more bool, text string, err error) {
	line, err := r.ReadLine()
	if err != nil {
		return 0, false, "", err
	}
	if len(line) < 4 || line[3] != ' ' && line[3] != '-' {
		return 0, false, "", ProtocolError("short response: " + line)
	}
	more, text = line[3] == '-', line[4:]
	code, err = strconv.Atoi(line[:3])
	if err != nil || code < 100 {
		return 0, false, "", ProtocolError("invalid response code: " + line)
	}
	// An expectation of one or two digits is about the first ones.
	have := code
	switch {
	case expect <= 0:
		have = expect
	case expect < 10:
		have /= 100
	case expect < 100:
		have /= 10
	}
	if have != expect {
		err = &Error{Code: code, Msg: text}
	}
	return code, more, text, err
}

// ReadCodeLine reads an answer of one line. If its number isn't expectCode, or
// doesn't begin with it, the error is an *Error.
func (r *Reader) ReadCodeLine(expectCode int) (code int, message string, err error) {
	code, more, message, err := r.codeLine(expectCode)
	if err == nil && more {
		err = ProtocolError("unexpected multi-line response: " + message)
	}
	return code, message, err
}

// ReadResponse reads an answer of one or more lines.
func (r *Reader) ReadResponse(expectCode int) (code int, message string, err error) {
	code, more, message, err := r.codeLine(expectCode)
	multi := more
	for more {
		line, e := r.ReadLine()
		if e != nil {
			return 0, "", e
		}
		// The last line has the number and a space.
		if len(line) >= 4 && line[:3] == fmt.Sprintf("%03d", code) && (line[3] == ' ' || line[3] == '-') {
			more = line[3] == '-'
			line = line[4:]
		}
		message += "\n" + strings.TrimRight(line, "\r\n")
	}
	if err != nil && multi && message != "" {
		err = &Error{Code: code, Msg: message}
	}
	return code, message, err
}

// DotReader returns a reader of text that ends with a line with a dot: without
// that line, the dots in front of dots and the \r of ends of lines.
func (r *Reader) DotReader() io.Reader {
	r.closeDot()
	r.dot = &dotReader{r: r, state: dotLine}
	return r.dot
}

// closeDot reads what is left of the text.
func (r *Reader) closeDot() {
	if r.dot == nil {
		return
	}
	var buf [256]byte
	for r.dot != nil {
		r.dot.Read(buf[:])
	}
}

// States of a dotReader: at the start of a line, behind its dot, behind dot and
// \r, within a line, behind \r, at the end.
const (
	dotLine = iota
	dotDot
	dotDotCR
	dotData
	dotCR
	dotEOF
)

type dotReader struct {
	r     *Reader
	state int
}

func (d *dotReader) Read(b []byte) (n int, err error) {
	br := d.r.R
	for n < len(b) && d.state != dotEOF {
		c, e := br.ReadByte()
		if e != nil {
			if err = e; err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			break
		}
		switch d.state {
		case dotLine:
			switch c {
			case '.':
				d.state = dotDot
				continue
			case '\r':
				d.state = dotCR
				continue
			}
			d.state = dotData
		case dotDot:
			switch c {
			case '\r':
				d.state = dotDotCR
				continue
			case '\n':
				d.state = dotEOF
				continue
			}
			d.state = dotData
		case dotDotCR:
			if c == '\n' {
				d.state = dotEOF
				continue
			}
			br.UnreadByte()
			c, d.state = '\r', dotData
		case dotCR:
			if c != '\n' {
				br.UnreadByte()
				c = '\r'
			}
			d.state = dotData
		case dotData:
			if c == '\r' {
				d.state = dotCR
				continue
			}
		}
		if c == '\n' {
			d.state = dotLine
		}
		b[n] = c
		n++
	}
	if err == nil && d.state == dotEOF {
		err = io.EOF
	}
	if err != nil && d.r.dot == d {
		d.r.dot = nil
	}
	return n, err
}

// ReadDotBytes reads the text of DotReader.
func (r *Reader) ReadDotBytes() ([]byte, error) { return io.ReadAll(r.DotReader()) }

// ReadDotLines reads the lines of DotReader.
func (r *Reader) ReadDotLines() ([]string, error) {
	var list []string
	for {
		line, err := r.ReadLine()
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return list, err
		}
		if len(line) > 0 && line[0] == '.' {
			if len(line) == 1 {
				return list, nil
			}
			line = line[1:]
		}
		list = append(list, line)
	}
}

// ReadMIMEHeader reads a header to the empty line behind it.
func (r *Reader) ReadMIMEHeader() (MIMEHeader, error) {
	return readMIMEHeader(r, math.MaxInt64, math.MaxInt64)
}

// readMIMEHeader is ReadMIMEHeader with bounds on memory and number of values;
// mime/multipart uses it.
func readMIMEHeader(r *Reader, maxMemory, maxHeaders int64) (MIMEHeader, error) {
	r.closeDot()
	if block, lines := r.block(); block != "" && maxMemory > int64(len(block))+400+int64(lines)*100 {
		return parseBlock(block, lines, maxHeaders)
	}
	h := MIMEHeader{}
	maxMemory -= 400
	if c, err := r.R.Peek(1); err == nil && (c[0] == ' ' || c[0] == '\t') {
		line, err := r.line(maxMemory)
		if err != nil {
			return h, err
		}
		return h, ProtocolError("malformed MIME header initial line: " + string(line))
	}
	for {
		b, err := r.line(maxMemory)
		if err != nil || len(b) == 0 {
			return h, err
		}
		line := string(TrimBytes(b))
		for r.atSpace() {
			b, err := r.line(maxMemory)
			if err != nil {
				return h, err
			}
			if maxMemory -= int64(len(b)); maxMemory < 0 {
				return h, errTooLarge
			}
			line += " " + string(TrimBytes(b))
		}
		key, value, err := splitLine(line)
		if err != nil {
			return h, err
		}
		if maxHeaders--; maxHeaders < 0 {
			return h, errTooLarge
		}
		if maxMemory -= int64(len(key)+len(value)) + 100; maxMemory < 0 {
			return h, errTooLarge
		}
		h[key] = append(h[key], value)
	}
}

// block returns the whole header as one string, and how many lines it has, if
// it lies in the buffer and no line continues another.
func (r *Reader) block() (string, int) {
	r.R.Peek(1)
	b, _ := r.R.Peek(r.R.Buffered())
	lines := 0
	for at := 0; ; lines++ {
		n := bytes.IndexByte(b[at:], '\n')
		if n < 0 || n > 0 && (b[at] == ' ' || b[at] == '\t') {
			return "", 0
		}
		if n == 0 || n == 1 && b[at] == '\r' {
			if lines == 0 {
				return "", 0
			}
			s := string(b[:at])
			r.R.Discard(at + n + 1)
			return s, lines
		}
		at += n + 1
	}
}

// parseBlock splits a header; keys and values are parts of the one string.
func parseBlock(block string, lines int, maxHeaders int64) (MIMEHeader, error) {
	h := make(MIMEHeader, lines)
	if int64(lines) > maxHeaders {
		return h, errTooLarge
	}
	values := make([]string, lines)
	for i := 0; block != ""; i++ {
		n := strings.IndexByte(block, '\n')
		key, value, err := splitLine(TrimString(block[:n]))
		if err != nil {
			return h, err
		}
		block = block[n+1:]
		if old, ok := h[key]; ok {
			h[key] = append(old, value)
			continue
		}
		values[i] = value
		h[key] = values[i : i+1 : i+1]
	}
	return h, nil
}

// splitLine splits a line of a header.
func splitLine(line string) (key, value string, err error) {
	n := strings.IndexByte(line, ':')
	if n <= 0 {
		return "", "", ProtocolError("malformed MIME header line: " + line)
	}
	key = line[:n]
	for i := range n {
		// Space behind a key has been a way to smuggle; some keys have space
		// within, which is no harm.
		if c := key[i]; !tokenChars[c] && (c != ' ' || i == n-1) {
			return "", "", ProtocolError("malformed MIME header line: " + line)
		}
	}
	for i := n + 1; i < len(line); i++ {
		if c := line[i]; c < ' ' && c != '\t' || c == 0x7f {
			return "", "", ProtocolError("malformed MIME header line: " + line)
		}
	}
	return CanonicalMIMEHeaderKey(key), TrimString(line[n+1:]), nil
}
