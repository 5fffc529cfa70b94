// This file holds reading of parts.

// Package multipart holds messages of several parts (RFC 2046), such as forms
// with files.
package multipart

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/textproto"
	"path/filepath"
	"strings"
)

// Limits of headers of one part.
const (
	maxHeaderBytes = 10 << 20
	maxHeaders     = 10000
	maxParts       = 1000
)

// A Reader reads the parts of a message.
type Reader struct {
	br       *bufio.Reader
	current  *Part
	count    int
	boundary string // "--boundary"
	dash     []byte // the same
	newline  string // as the message has it: "\r\n" or "\n"
}

// bufferSize holds a boundary and its line.
const bufferSize = 5 << 10

// NewReader returns a Reader of a message with a boundary.
func NewReader(r io.Reader, boundary string) *Reader {
	return &Reader{br: bufio.NewReaderSize(r, bufferSize+len(boundary)), boundary: "--" + boundary, dash: []byte("--" + boundary), newline: "\r\n"}
}

// A Part is a part of a message.
type Part struct {
	// Header is the part's header.
	Header textproto.MIMEHeader

	mr     *Reader
	r      io.Reader // decodes
	total  int64     // read so far
	ready  int       // how much of the buffer is the part's
	err    error     // behind that
	disp   string
	params map[string]string
}

func (p *Part) disposition() {
	if p.params != nil {
		return
	}
	var err error
	if p.disp, p.params, err = mime.ParseMediaType(p.Header.Get("Content-Disposition")); err != nil || p.params == nil {
		p.params = map[string]string{}
	}
}

// FormName returns the field's name, if the part is one of a form.
func (p *Part) FormName() string {
	if p.disposition(); p.disp != "form-data" {
		return ""
	}
	return p.params["name"]
}

// FileName returns the name of the part's file, without folders.
func (p *Part) FileName() string {
	p.disposition()
	if name := p.params["filename"]; name != "" {
		return filepath.Base(name)
	}
	return ""
}

// Read reads the part's content.
func (p *Part) Read(d []byte) (n int, err error) { return p.r.Read(d) }

// Close skips what is left of the part.
func (p *Part) Close() error {
	io.Copy(io.Discard, p.r)
	return nil
}

// body is the content as it is in the message.
type body struct{ *Part }

func (b body) Read(d []byte) (int, error) {
	p := b.Part
	br := p.mr.br
	for p.ready == 0 && p.err == nil {
		br.Peek(max(1, br.Buffered()))
		buf, _ := br.Peek(br.Buffered())
		var atEnd error
		p.ready, p.err = p.scan(buf, nil)
		if p.ready == 0 && p.err == nil {
			// More is needed to tell.
			if _, atEnd = br.Peek(len(buf) + 1); atEnd != nil && atEnd != bufio.ErrBufferFull {
				if atEnd == io.EOF {
					atEnd = io.ErrUnexpectedEOF
				}
				buf, _ = br.Peek(br.Buffered())
				p.ready, p.err = p.scan(buf, atEnd)
			}
		}
	}
	if p.ready == 0 {
		return 0, p.err
	}
	n, _ := br.Read(d[:min(len(d), p.ready)])
	p.ready -= n
	p.total += int64(n)
	if p.ready == 0 {
		return n, p.err
	}
	return n, nil
}

// scan returns how much of the front of buf is content for sure, and io.EOF if
// a boundary follows. end is the error behind buf, if there is nothing more.
func (p *Part) scan(buf []byte, end error) (int, error) {
	dash := p.mr.dash
	delim := []byte(p.mr.newline + p.mr.boundary)
	if p.total == 0 && bytes.HasPrefix(buf, dash) {
		// A part without content.
		switch follows(buf[len(dash):], end != nil) {
		case 1:
			return 0, io.EOF
		case 0:
			return 0, end
		}
	} else if p.total == 0 && bytes.HasPrefix(dash, buf) {
		return 0, end
	}
	for from := 0; ; {
		i := bytes.Index(buf[from:], delim)
		if i < 0 {
			break
		}
		i += from
		switch follows(buf[i+len(delim):], end != nil) {
		case 1:
			return i, io.EOF
		case 0:
			return i, end
		}
		from = i + len(delim)
	}
	if end != nil {
		return len(buf), end
	}
	// The start of a delimiter may be at the end.
	if i := bytes.LastIndexByte(buf, delim[0]); i >= 0 && bytes.HasPrefix(delim, buf[i:]) {
		return i, nil
	}
	return len(buf), nil
}

// follows reports whether what is behind a boundary makes it one: 1 yes, -1 no,
// 0 it is too early to tell.
func follows(b []byte, last bool) int {
	b = bytes.TrimLeft(b, " \t")
	if len(b) == 0 {
		if last {
			return -1
		}
		return 0
	}
	switch b[0] {
	case '\r', '\n':
		return 1
	case '-':
		if len(b) == 1 && !last {
			return 0
		}
		if len(b) > 1 && b[1] == '-' {
			return 1
		}
	}
	return -1
}

// NextPart returns the next part, io.EOF behind the last one. Content that is
// quoted-printable is decoded.
func (r *Reader) NextPart() (*Part, error) { return r.next(false, maxHeaderBytes, maxHeaders) }

// NextRawPart returns the next part as it is.
func (r *Reader) NextRawPart() (*Part, error) { return r.next(true, maxHeaderBytes, maxHeaders) }

func (r *Reader) next(raw bool, headerBytes, headers int64) (*Part, error) {
	if r.current != nil {
		r.current.Close()
		io.Copy(io.Discard, body{r.current})
	}
	if r.boundary == "--" {
		return nil, errors.New("multipart: boundary is empty")
	}
	newPart := false
	for {
		line, err := r.br.ReadSlice('\n')
		if err == io.EOF && r.isFinal(line) {
			return nil, io.EOF
		}
		if err != nil {
			return nil, fmt.Errorf("multipart: NextPart: %w", err)
		}
		switch {
		case r.isDelimiter(line):
			r.count++
			p := &Part{mr: r}
			if p.Header, err = readHeader(r.br, headerBytes, headers); err != nil {
				return nil, err
			}
			p.r = body{p}
			const cte = "Content-Transfer-Encoding"
			if !raw && strings.EqualFold(p.Header.Get(cte), "quoted-printable") {
				p.Header.Del(cte)
				p.r = quotedprintable.NewReader(p.r)
			}
			r.current = p
			return p, nil
		case r.isFinal(line):
			return nil, io.EOF
		case newPart:
			return nil, fmt.Errorf("multipart: expecting a new Part; got line %q", string(line))
		case r.count == 0:
			continue // in front of the first part
		case string(line) == r.newline:
			newPart = true // the end of line in front of the boundary
		default:
			return nil, fmt.Errorf("multipart: unexpected line in Next(): %q", line)
		}
	}
}

// readHeader reads a part's header, which may be empty.
func readHeader(br *bufio.Reader, maxBytes, maxCount int64) (textproto.MIMEHeader, error) {
	h, err := textproto.NewReader(br).ReadMIMEHeader()
	if err != nil {
		return h, err
	}
	size, count := int64(0), int64(0)
	for k, list := range h {
		for _, v := range list {
			size += int64(len(k) + len(v))
			count++
		}
	}
	if size > maxBytes || count > maxCount {
		return nil, ErrMessageTooLarge
	}
	return h, nil
}

// isFinal reports whether a line is the boundary behind the last part.
func (r *Reader) isFinal(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte(r.boundary+"--"))
	rest = bytes.TrimLeft(rest, " \t")
	return ok && (len(rest) == 0 || string(rest) == r.newline || string(rest) == "\n")
}

// isDelimiter reports whether a line is the boundary in front of a part. The
// first one says what the ends of lines are.
func (r *Reader) isDelimiter(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte(r.boundary))
	if !ok {
		return false
	}
	rest = bytes.TrimLeft(rest, " \t")
	if r.count == 0 && string(rest) == "\n" {
		r.newline = "\n"
	}
	return string(rest) == r.newline
}
