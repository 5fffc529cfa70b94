// This file holds writing of parts.

package multipart

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/textproto"
	"slices"
	"strings"
)

// A Writer writes the parts of a message.
type Writer struct {
	w        io.Writer
	boundary string
	last     *partWriter
}

// NewWriter returns a Writer to w with a random boundary.
func NewWriter(w io.Writer) *Writer {
	var b [30]byte
	rand.Read(b[:])
	return &Writer{w: w, boundary: fmt.Sprintf("%x", b[:])}
}

// Boundary returns the boundary.
func (w *Writer) Boundary() string { return w.boundary }

// SetBoundary sets the boundary, before the first part.
func (w *Writer) SetBoundary(boundary string) error {
	if w.last != nil {
		return errors.New("mime: SetBoundary called after write")
	}
	if len(boundary) < 1 || len(boundary) > 70 {
		return errors.New("mime: invalid boundary length")
	}
	for i := range len(boundary) {
		c := boundary[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.IndexByte("'()+_,-./:=?", c) >= 0:
		case c == ' ' && i != len(boundary)-1:
		default:
			return errors.New("mime: invalid boundary character")
		}
	}
	w.boundary = boundary
	return nil
}

// FormDataContentType returns the Content-Type of a form with this boundary.
func (w *Writer) FormDataContentType() string {
	b := w.boundary
	if strings.ContainsAny(b, `()<>@,;:\"/[]?= `) {
		b = `"` + b + `"`
	}
	return "multipart/form-data; boundary=" + b
}

// CreatePart begins a part; what is written goes into it until the next one.
func (w *Writer) CreatePart(header textproto.MIMEHeader) (io.Writer, error) {
	if w.last != nil {
		if w.last.closed = true; w.last.err != nil {
			return nil, w.last.err
		}
	}
	var b strings.Builder
	if w.last != nil {
		b.WriteString("\r\n")
	}
	b.WriteString("--" + w.boundary + "\r\n")
	for _, k := range slices.Sorted(maps.Keys(header)) {
		for _, v := range header[k] {
			b.WriteString(k + ": " + v + "\r\n")
		}
	}
	b.WriteString("\r\n")
	if _, err := io.WriteString(w.w, b.String()); err != nil {
		return nil, err
	}
	w.last = &partWriter{w: w.w}
	return w.last, nil
}

var quoter = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "%0D", "\n", "%0A")

// FileContentDisposition returns the Content-Disposition of a form's file.
func FileContentDisposition(fieldname, filename string) string {
	return `form-data; name="` + quoter.Replace(fieldname) + `"; filename="` + quoter.Replace(filename) + `"`
}

// CreateFormFile begins a part with a file.
func (w *Writer) CreateFormFile(fieldname, filename string) (io.Writer, error) {
	return w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {FileContentDisposition(fieldname, filename)},
		"Content-Type":        {"application/octet-stream"},
	})
}

// CreateFormField begins a part with a value.
func (w *Writer) CreateFormField(fieldname string) (io.Writer, error) {
	return w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="` + quoter.Replace(fieldname) + `"`},
	})
}

// WriteField writes a part with a value.
func (w *Writer) WriteField(fieldname, value string) error {
	p, err := w.CreateFormField(fieldname)
	if err != nil {
		return err
	}
	_, err = io.WriteString(p, value)
	return err
}

// Close writes the end of the message.
func (w *Writer) Close() error {
	if w.last != nil {
		w.last.closed = true
		if w.last.err != nil {
			return w.last.err
		}
		w.last = nil
	}
	_, err := fmt.Fprintf(w.w, "\r\n--%s--\r\n", w.boundary)
	return err
}

type partWriter struct {
	w      io.Writer
	closed bool
	err    error
}

func (p *partWriter) Write(d []byte) (n int, err error) {
	if p.closed {
		return 0, errors.New("multipart: can't write to finished part")
	}
	if n, err = p.w.Write(d); err != nil {
		p.err = err
	}
	return n, err
}
