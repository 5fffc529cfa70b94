// This file holds the bodies of messages: by length, in chunks, to the end.

package http

import (
	"bufio"
	"errors"
	"fmt"
	"internal/hexdigit"
	"io"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
)

type noBody struct{}

func (noBody) Read([]byte) (int, error)         { return 0, io.EOF }
func (noBody) Close() error                     { return nil }
func (noBody) WriteTo(io.Writer) (int64, error) { return 0, nil }

// NoBody is a body without bytes.
var NoBody = noBody{}

// framing says how long a body is: length bytes, in chunks (-2), or to the end
// of the connection (-1).
const (
	untilEnd = -1
	chunked  = -2
)

// bodyLength decides how long a body is (RFC 9112, 6.3). What decides is taken
// out of the header where Go's users find it elsewhere.
func bodyLength(h Header, proto11, isResponse bool, status int, method string) (n int64, err error) {
	te, hasTE := h["Transfer-Encoding"]
	if hasTE {
		delete(h, "Transfer-Encoding")
		if !proto11 {
			hasTE = false
		} else if len(te) != 1 || !strings.EqualFold(textproto.TrimString(te[0]), "chunked") {
			return 0, &unsupportedTE{fmt.Sprintf("unsupported transfer encoding: %q", te)}
		}
	}
	lengths := h["Content-Length"]
	if len(lengths) > 1 {
		first := textproto.TrimString(lengths[0])
		for _, l := range lengths[1:] {
			if textproto.TrimString(l) != first {
				return 0, fmt.Errorf("http: message cannot contain multiple Content-Length headers; got %q", lengths)
			}
		}
		h["Content-Length"] = lengths[:1]
	}
	if isResponse {
		if method == "HEAD" {
			if hasTE {
				return chunked, nil
			}
			if len(lengths) == 0 {
				return -1, nil
			}
			return parseLength(lengths[0])
		}
		if status/100 == 1 || status == 204 || status == 304 {
			return 0, nil
		}
	}
	if hasTE {
		if len(lengths) > 0 {
			if !isResponse {
				// Two statements about one length are how requests are smuggled.
				return 0, errors.New("http: request with both Transfer-Encoding and Content-Length")
			}
			delete(h, "Content-Length")
		}
		return chunked, nil
	}
	if len(lengths) > 0 {
		return parseLength(lengths[0])
	}
	if isResponse {
		return untilEnd, nil
	}
	return 0, nil
}

type unsupportedTE struct{ text string }

func (e *unsupportedTE) Error() string { return e.text }

func parseLength(s string) (int64, error) {
	s = textproto.TrimString(s)
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil {
		return 0, &badString{"bad Content-Length", s}
	}
	return int64(n), nil
}

type badString struct{ what, text string }

func (e *badString) Error() string { return fmt.Sprintf("%s %q", e.what, e.text) }

// body is the body of a message that is read.
type body struct {
	br      *bufio.Reader
	left    int64 // untilEnd, chunked, or how many bytes are left
	chunk   int64 // bytes left in the chunk
	started bool  // in chunks: one has been read
	trailer *Header
	names   []string // of announced trailers

	err     error // behind the last byte
	closed  bool
	onEOF   func() // called once when the last byte has been read
	onClose func() error
	before  func() // called before the first read: 100 Continue
}

// Read reads content.
func (b *body) Read(p []byte) (n int, err error) {
	if b.closed {
		return 0, ErrBodyReadAfterClose
	}
	return b.read(p)
}

func (b *body) read(p []byte) (n int, err error) {
	if b.err != nil {
		return 0, b.err
	}
	if b.before != nil {
		f := b.before
		b.before = nil
		f()
	}
	if len(p) == 0 {
		return 0, nil
	}
	switch b.left {
	case chunked:
		n, err = b.readChunked(p)
	case untilEnd:
		n, err = b.br.Read(p)
	default:
		if int64(len(p)) > b.left {
			p = p[:b.left]
		}
		n, err = b.br.Read(p)
		b.left -= int64(n)
		if err == io.EOF && b.left > 0 {
			err = io.ErrUnexpectedEOF
		}
		if b.left == 0 && err == nil {
			err = io.EOF
		}
	}
	if err != nil {
		b.err = err
		if err == io.EOF && b.onEOF != nil {
			f := b.onEOF
			b.onEOF = nil
			f()
		}
	}
	return n, err
}

// readChunked reads of the current chunk, or of the next one.
func (b *body) readChunked(p []byte) (n int, err error) {
	if b.chunk == 0 {
		if b.started {
			if err := b.endOfLine(); err != nil {
				return 0, err
			}
		}
		if b.chunk, err = chunkSize(b.br); err != nil {
			return 0, err
		}
		b.started = true
		if b.chunk == 0 {
			return 0, b.readTrailer()
		}
	}
	if int64(len(p)) > b.chunk {
		p = p[:b.chunk]
	}
	n, err = b.br.Read(p)
	b.chunk -= int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	// The end is told with the last bytes if it has arrived already.
	if err == nil && b.chunk == 0 {
		if next, _ := b.br.Peek(min(b.br.Buffered(), 7)); string(next) == "\r\n0\r\n\r\n" {
			b.br.Discard(5)
			return n, b.readTrailer()
		}
	}
	return n, err
}

func (b *body) endOfLine() error {
	var end [2]byte
	if _, err := io.ReadFull(b.br, end[:]); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	if end != [2]byte{'\r', '\n'} {
		return errors.New("malformed chunked encoding")
	}
	return nil
}

const maxChunkLine = 4096

// chunkSize reads the line in front of a chunk.
func chunkSize(br *bufio.Reader) (n int64, err error) {
	line, err := br.ReadSlice('\n')
	switch {
	case err == io.EOF:
		return 0, io.ErrUnexpectedEOF
	case err == bufio.ErrBufferFull || len(line) >= maxChunkLine:
		return 0, ErrLineTooLong
	case err != nil:
		return 0, err
	}
	if len(line) < 2 || line[len(line)-2] != '\r' {
		return 0, errors.New("chunked line ends with bare LF")
	}
	text, _, _ := strings.Cut(string(line[:len(line)-2]), ";")
	text = strings.TrimRight(text, " \t")
	if text == "" {
		return 0, errors.New("empty hex number for chunk length")
	}
	if len(text) > 16 {
		return 0, errors.New("http chunk length too large")
	}
	for i := range len(text) {
		d := hexdigit.Value(rune(text[i]))
		if d < 0 {
			return 0, errors.New("invalid byte in chunk length")
		}
		if n = n<<4 | int64(d); n < 0 {
			return 0, errors.New("http chunk length too large")
		}
	}
	return n, nil
}

// readTrailer reads the header behind the last chunk; io.EOF if it is fine.
func (b *body) readTrailer() error {
	next, err := b.br.Peek(2)
	if string(next) == "\r\n" {
		b.br.Discard(2)
		return io.EOF
	}
	if err != nil {
		return io.ErrUnexpectedEOF
	}
	h, err := textproto.NewReader(b.br).ReadMIMEHeader()
	if err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	if b.trailer != nil {
		if *b.trailer == nil {
			*b.trailer = Header{}
		}
		for k, v := range h {
			(*b.trailer)[k] = v
		}
	}
	return io.EOF
}

// Close ends reading.
func (b *body) Close() error {
	if b.closed {
		return nil
	}
	b.closed = true
	if b.onClose != nil {
		return b.onClose()
	}
	return nil
}

// discard reads up to max bytes that nobody wanted; whether that was all.
func (b *body) discard(max int64) bool {
	var buf [2048]byte
	b.before = nil
	for b.err == nil && max > 0 {
		n, _ := b.read(buf[:min(int64(len(buf)), max)])
		max -= int64(n)
	}
	return b.err == io.EOF
}

// announced returns the trailers that a header announces, and takes the
// announcement out.
func announced(h Header) (Header, error) {
	list, ok := h["Trailer"]
	if !ok {
		return nil, nil
	}
	delete(h, "Trailer")
	t := Header{}
	for _, v := range list {
		for _, k := range strings.Split(v, ",") {
			k = CanonicalHeaderKey(textproto.TrimString(k))
			switch k {
			case "":
				continue
			case "Transfer-Encoding", "Trailer", "Content-Length":
				return nil, &badString{"bad trailer key", k}
			}
			t[k] = nil
		}
	}
	if len(t) == 0 {
		return nil, nil
	}
	return t, nil
}

// chunkWriter writes chunks.
type chunkWriter struct{ w *bufio.Writer }

func (c chunkWriter) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	var num [20]byte
	c.w.Write(strconv.AppendInt(num[:0], int64(len(p)), 16))
	c.w.WriteString("\r\n")
	c.w.Write(p)
	_, err := c.w.WriteString("\r\n")
	return len(p), err
}

// end writes the last chunk and the trailers.
func (c chunkWriter) end(trailer Header) error {
	c.w.WriteString("0\r\n")
	if trailer != nil {
		if err := trailer.Write(c.w); err != nil {
			return err
		}
	}
	_, err := c.w.WriteString("\r\n")
	return err
}

// writeBody writes a body of n bytes, of whatever length in chunks for -1.
func writeBody(w *bufio.Writer, r io.Reader, n int64, trailer func() Header) error {
	if n < 0 {
		c := chunkWriter{w}
		if _, err := io.Copy(struct{ io.Writer }{flushing{c, w}}, r); err != nil {
			return err
		}
		return c.end(trailer())
	}
	m, err := io.Copy(w, io.LimitReader(r, n))
	if err != nil {
		return err
	}
	extra := int64(0)
	if m == n {
		extra, _ = io.Copy(io.Discard, r)
	}
	if m+extra != n {
		return fmt.Errorf("http: ContentLength=%d with Body length %d", n, m+extra)
	}
	return nil
}

// flushing sends each chunk at once.
type flushing struct {
	c chunkWriter
	w *bufio.Writer
}

func (f flushing) Write(p []byte) (int, error) {
	n, err := f.c.Write(p)
	if err == nil {
		err = f.w.Flush()
	}
	return n, err
}

// sortedKeys are a header's keys, in order.
func sortedKeys(h Header) []string {
	var list []string
	for k := range h {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}
