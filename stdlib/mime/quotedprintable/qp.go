// This file holds reading and writing of quoted-printable text (RFC 2045).

// Package quotedprintable encodes and decodes text so that it passes as ASCII.
package quotedprintable

import (
	"bufio"
	"bytes"
	"fmt"
	"internal/hexdigit"
	"io"
)

// A Reader decodes.
type Reader struct {
	br   *bufio.Reader
	err  error
	line []byte // not decoded yet
}

// NewReader returns a Reader from r.
func NewReader(r io.Reader) *Reader { return &Reader{br: bufio.NewReader(r)} }

// Read reads decoded bytes. Bytes that should have been encoded pass, and so
// do = signs that nothing fitting follows at the end of the text.
func (r *Reader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(r.line) == 0 {
			if r.err != nil {
				return n, r.err
			}
			r.nextLine()
			continue
		}
		c := r.line[0]
		switch {
		case c == '=':
			b, err := hexByte(r.line[1:])
			if err != nil {
				// A = with a wrong pair may have been meant as it is.
				if len(r.line) >= 2 && r.line[1] != '\r' && r.line[1] != '\n' {
					c = '='
					break
				}
				r.err = err
				return n, err
			}
			c = b
			r.line = r.line[2:]
		case c == '\t' || c == '\r' || c == '\n':
		case c >= 0x80:
		case c < ' ' || c > '~':
			r.err = fmt.Errorf("quotedprintable: invalid unescaped byte 0x%02x in body", c)
			return n, r.err
		}
		p[n] = c
		r.line = r.line[1:]
		n++
	}
	return n, nil
}

// nextLine reads a line; a = at its end takes the end away.
func (r *Reader) nextLine() {
	r.line, r.err = r.br.ReadSlice('\n')
	if r.err == bufio.ErrBufferFull {
		r.err = nil
		// A pair of digits must not be torn.
		if i := bytes.LastIndexByte(r.line, '='); i >= 0 && i >= len(r.line)-2 {
			rest := r.line[i:]
			line := append(bytes.Clone(r.line[:i]), rest...)
			for len(line)-i < 3 {
				c, err := r.br.ReadByte()
				if err != nil {
					break
				}
				line = append(line, c)
			}
			r.line = line
		}
		return
	}
	hasLF := bytes.HasSuffix(r.line, []byte("\n"))
	hasCR := bytes.HasSuffix(r.line, []byte("\r\n"))
	whole := r.line
	r.line = bytes.TrimRight(r.line, "\r\n \t")
	switch {
	case bytes.HasSuffix(r.line, []byte("=")):
		// Space between the = and the end of the line may come from the transport.
		rest := bytes.TrimLeft(whole[len(r.line):], " \t")
		r.line = r.line[:len(r.line)-1]
		if !bytes.HasPrefix(rest, []byte("\n")) && !bytes.HasPrefix(rest, []byte("\r\n")) &&
			!(len(rest) == 0 && len(r.line) > 0 && r.err == io.EOF) {
			r.err = fmt.Errorf("quotedprintable: invalid bytes after =: %q", rest)
		}
	case hasCR:
		r.line = append(r.line, '\r', '\n')
	case hasLF:
		r.line = append(r.line, '\n')
	}
}

func hexByte(b []byte) (byte, error) {
	if len(b) < 2 {
		return 0, io.ErrUnexpectedEOF
	}
	var v byte
	for _, c := range b[:2] {
		d := hexdigit.Value(rune(c))
		if d < 0 {
			return 0, fmt.Errorf("quotedprintable: invalid hex byte 0x%02x", c)
		}
		v = v<<4 | byte(d)
	}
	return v, nil
}

const lineMax = 76

// A Writer encodes.
type Writer struct {
	// Binary encodes the ends of lines, too.
	Binary bool

	w    io.Writer
	i    int
	line [lineMax + 2]byte
	cr   bool
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Write encodes p. Lines are kept to 76 bytes.
func (w *Writer) Write(p []byte) (n int, err error) {
	for n < len(p) {
		c := p[n]
		switch {
		case !w.Binary && (c == '\n' || c == '\r'):
			if w.cr && c == '\n' {
				w.cr = false // the end has been written
				break
			}
			if err := w.endSpace(); err != nil {
				return n, err
			}
			if err := w.flush("\r\n"); err != nil {
				return n, err
			}
			w.cr = c == '\r'
			n++
			continue
		case c >= '!' && c <= '~' && c != '=' || c == ' ' || c == '\t':
			if w.i == lineMax-1 {
				if err := w.flush("=\r\n"); err != nil {
					return n, err
				}
			}
			w.line[w.i] = c
			w.i++
		default:
			if err := w.escape(c); err != nil {
				return n, err
			}
		}
		w.cr = false
		n++
	}
	return n, nil
}

func (w *Writer) escape(c byte) error {
	const digits = "0123456789ABCDEF"
	if w.i+3 > lineMax-1 {
		if err := w.flush("=\r\n"); err != nil {
			return err
		}
	}
	w.line[w.i], w.line[w.i+1], w.line[w.i+2] = '=', digits[c>>4], digits[c&15]
	w.i += 3
	return nil
}

// endSpace encodes space at the end of a line.
func (w *Writer) endSpace() error {
	if w.i == 0 {
		return nil
	}
	if c := w.line[w.i-1]; c == ' ' || c == '\t' {
		w.i--
		return w.escape(c)
	}
	return nil
}

func (w *Writer) flush(end string) error {
	w.i += copy(w.line[w.i:], end)
	_, err := w.w.Write(w.line[:w.i])
	w.i = 0
	return err
}

// Close writes what is left. It doesn't close what is below.
func (w *Writer) Close() error {
	if err := w.endSpace(); err != nil {
		return err
	}
	return w.flush("")
}
