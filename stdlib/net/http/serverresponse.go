// This file holds a server's answer.

package http

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"time"
)

// bufferBefore is how much of a body is kept before the header is sent: a
// shorter body gets a length.
const bufferBefore = 2048

// response is the answer to a request.
type response struct {
	conn   *conn
	req    *Request
	body   *body // nil if there is none
	ctx    requestContext
	header Header

	status      int
	wroteHeader bool   // WriteHeader was called
	sent        bool   // the header is in the connection's buffer
	snapshot    Header // the header as it was at WriteHeader
	buf         []byte // of the body, before the header is sent
	length      int64  // that the handler announced, -1 for none
	written     int64
	chunks      bool
	closeAfter  bool
	lingers     bool
	noBody      bool // the answer can't have one
	done        bool
	trailers    []string

	bodyDeadline time.Time
	mu           sync.Mutex // of watching, and of 100 Continue
	wantWatch    bool
	readAll      bool
	canContinue  bool
	closeNotify  chan bool
	fullDuplex   bool
	taken        bool
}

// bodyBuffers are for the first bytes of answers.
var bodyBuffers = sync.Pool{New: func() any {
	b := make([]byte, 0, bufferBefore)
	return &b
}}

func newResponse(c *conn, r *Request, ctx context.Context) *response {
	w := &response{conn: c, req: r, header: Header{}, length: -1}
	w.ctx.Context, w.ctx.w = ctx, w
	r.ctx = &w.ctx
	if b, ok := r.Body.(*body); ok {
		w.body = b
		b.onEOF = w.bodyRead
	} else {
		w.readAll = true
	}
	return w
}

// begin looks at what the client expects; false if the connection is over.
func (w *response) begin() bool {
	r := w.req
	w.closeAfter = r.Close || !w.conn.server.keepAlives()
	expect := r.Header.get("Expect")
	if expect == "" {
		return true
	}
	if hasToken([]string{expect}, "100-continue") {
		if r.ProtoAtLeast(1, 1) && w.body != nil {
			w.canContinue = true
			w.body.before = w.sendContinue
		}
		return true
	}
	w.Header().Set("Connection", "close")
	w.WriteHeader(417)
	w.finish()
	return false
}

// sendContinue asks for the body.
func (w *response) sendContinue() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.canContinue {
		w.canContinue = false
		w.conn.bw.WriteString("HTTP/1.1 100 Continue\r\n\r\n")
		w.conn.bw.Flush()
	}
}

// bodyRead is called when the body was read to its end.
func (w *response) bodyRead() {
	w.mu.Lock()
	w.readAll = true
	watch := w.wantWatch
	w.mu.Unlock()
	if watch {
		w.watch()
	}
}

// watchWhenRead watches the connection for its end as soon as nothing else is
// to be read.
func (w *response) watchWhenRead() {
	w.mu.Lock()
	w.wantWatch = true
	now := w.readAll
	w.mu.Unlock()
	if now {
		go w.watch()
	}
}

func (w *response) watch() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done || w.taken || w.conn.br == nil || w.conn.br.Buffered() > 0 {
		return // the client is there: it has sent the next request
	}
	w.conn.in.start(func() {
		w.ctx.end()
		w.mu.Lock()
		if w.closeNotify != nil {
			select {
			case w.closeNotify <- true:
			default:
			}
		}
		w.mu.Unlock()
	})
}

// CloseNotify returns a channel that gets a value when the client goes away.
func (w *response) CloseNotify() <-chan bool {
	w.mu.Lock()
	if w.closeNotify == nil {
		w.closeNotify = make(chan bool, 1)
	}
	c := w.closeNotify
	w.mu.Unlock()
	w.ctx.live()
	return c
}

func (w *response) Header() Header {
	// What is sent is what there was at WriteHeader.
	if w.wroteHeader && !w.sent && w.snapshot == nil {
		w.snapshot = w.header.Clone()
	}
	return w.header
}

func (w *response) hijacked() bool {
	w.conn.mu.Lock()
	defer w.conn.mu.Unlock()
	return w.conn.hijacked
}

func (w *response) WriteHeader(code int) {
	if w.hijacked() {
		w.conn.server.logf("http: response.WriteHeader on hijacked connection")
		return
	}
	if w.wroteHeader {
		w.conn.server.logf("http: superfluous response.WriteHeader call")
		return
	}
	if code < 100 || code > 999 {
		panic(fmt.Sprintf("invalid WriteHeader code %v", code))
	}
	if code < 200 && code != 101 {
		if code == 100 {
			w.sendContinue()
			return
		}
		w.statusLine(code)
		w.header.WriteSubset(w.conn.bw, map[string]bool{"Content-Length": true, "Transfer-Encoding": true})
		w.conn.bw.WriteString("\r\n")
		w.conn.bw.Flush()
		return
	}
	w.wroteHeader, w.status = true, code
	w.noBody = code < 200 || code == 204 || code == 304
	if cl := w.header.get("Content-Length"); cl != "" {
		n, err := strconv.ParseInt(cl, 10, 64)
		if err == nil && n >= 0 {
			w.length = n
		} else {
			w.conn.server.logf("http: invalid Content-Length of %q", cl)
			w.header.Del("Content-Length")
		}
	}
}

func (w *response) statusLine(code int) {
	bw := w.conn.bw
	if w.req.ProtoAtLeast(1, 1) {
		bw.WriteString("HTTP/1.1 ")
	} else {
		bw.WriteString("HTTP/1.0 ")
	}
	if code == 200 {
		bw.WriteString("200 OK\r\n")
		return
	}
	text := StatusText(code)
	if text == "" {
		text = "status code " + strconv.Itoa(code)
	}
	bw.WriteString(strconv.Itoa(code))
	bw.WriteByte(' ')
	bw.WriteString(text)
	bw.WriteString("\r\n")
}

func (w *response) Write(p []byte) (n int, err error) { return w.write(len(p), p, "") }

// WriteString writes a string.
func (w *response) WriteString(s string) (n int, err error) { return w.write(len(s), nil, s) }

func (w *response) write(n int, p []byte, s string) (int, error) {
	if w.hijacked() {
		return 0, ErrHijacked
	}
	w.mu.Lock()
	// It is too late for the client to send a body.
	w.canContinue = false
	w.mu.Unlock()
	if !w.wroteHeader {
		w.WriteHeader(200)
	}
	if n == 0 {
		return 0, nil
	}
	if w.noBody {
		return 0, ErrBodyNotAllowed
	}
	w.written += int64(n)
	if w.length >= 0 && w.written > w.length {
		return 0, ErrContentLength
	}
	if !w.sent {
		if w.buf == nil {
			w.buf = *bodyBuffers.Get().(*[]byte)
		}
		if len(w.buf)+n <= bufferBefore {
			w.buf = append(append(w.buf, p...), s...)
			return n, nil
		}
		if err := w.send(false); err != nil {
			return 0, err
		}
	}
	if w.req.Method == "HEAD" {
		return n, nil
	}
	if w.chunks {
		if p == nil {
			p = []byte(s)
		}
		return chunkWriter{w.conn.bw}.Write(p)
	}
	if p == nil {
		return w.conn.bw.WriteString(s)
	}
	return w.conn.bw.Write(p)
}

// ReadFrom copies from r.
func (w *response) ReadFrom(r io.Reader) (int64, error) {
	buf := copyBuffers.Get().(*[]byte)
	defer copyBuffers.Put(buf)
	return io.CopyBuffer(struct{ io.Writer }{w}, r, *buf)
}

var copyBuffers = sync.Pool{New: func() any {
	b := make([]byte, 32<<10)
	return &b
}}

// notFromHandler are keys that send decides about; a length that fits the
// answer is the handler's.
var (
	notFromHandler = map[string]bool{"Transfer-Encoding": true, "Connection": true}
	neitherLength  = map[string]bool{"Content-Length": true, "Transfer-Encoding": true, "Connection": true}
)

// send puts the header and the bytes kept so far into the connection's buffer.
// final says that they are the whole body.
func (w *response) send(final bool) error {
	w.sent = true
	h := w.header
	if w.snapshot != nil {
		h = w.snapshot
	}
	isHEAD := w.req.Method == "HEAD"
	w.announceTrailers(h)
	if final && w.length < 0 && !w.noBody && len(w.trailers) == 0 && !h.has("Transfer-Encoding") &&
		(!isHEAD || len(w.buf) > 0) {
		w.length = int64(len(w.buf))
	}
	// A body that wasn't read is in the way of the next request.
	if w.body != nil && !w.closeAfter && !w.fullDuplex {
		w.skipBody()
	}
	connection := h["Connection"]
	if len(connection) > 0 && hasToken(connection, "close") {
		w.closeAfter = true
	}
	te := h.get("Transfer-Encoding")
	contentType := ""
	if _, has := h["Content-Type"]; !has && !w.noBody && te == "" && len(w.buf) > 0 {
		if _, encoded := h["Content-Encoding"]; !encoded || h.get("Content-Encoding") == "" {
			contentType = DetectContentType(w.buf)
		}
	}
	switch {
	case w.noBody || isHEAD && w.length < 0 && te == "":
	case w.length >= 0:
	case !w.req.ProtoAtLeast(1, 1):
		w.closeAfter = true
	case te == "identity":
		w.closeAfter = true
	default:
		w.chunks = true
	}
	bw := w.conn.bw
	w.statusLine(w.status)
	given := h.has("Content-Length") && w.length >= 0 && (!w.noBody || w.status == 304)
	switch {
	case len(h) == 0:
	case given:
		h.WriteSubset(bw, notFromHandler)
	default:
		h.WriteSubset(bw, neitherLength)
	}
	if !h.has("Date") {
		bw.WriteString("Date: ")
		bw.WriteString(date())
		bw.WriteString("\r\n")
	}
	if w.length >= 0 && !w.noBody && !given {
		var num [20]byte
		bw.WriteString("Content-Length: ")
		bw.Write(strconv.AppendInt(num[:0], w.length, 10))
		bw.WriteString("\r\n")
	}
	if contentType != "" {
		bw.WriteString("Content-Type: ")
		bw.WriteString(contentType)
		bw.WriteString("\r\n")
	}
	switch {
	case w.status == 101 || len(connection) > 0 && !hasToken(connection, "close"):
		for _, v := range connection {
			bw.WriteString("Connection: " + oneLine(v) + "\r\n")
		}
	case w.closeAfter:
		if w.req.ProtoAtLeast(1, 1) || len(connection) > 0 {
			bw.WriteString("Connection: close\r\n")
		}
	case !w.req.ProtoAtLeast(1, 1):
		bw.WriteString("Connection: keep-alive\r\n")
	}
	if w.chunks {
		bw.WriteString("Transfer-Encoding: chunked\r\n")
	}
	_, err := bw.WriteString("\r\n")
	if len(w.buf) > 0 && !isHEAD {
		if w.chunks {
			_, err = chunkWriter{bw}.Write(w.buf)
		} else {
			_, err = bw.Write(w.buf)
		}
	}
	if w.buf != nil {
		b := w.buf[:0]
		w.buf = nil
		bodyBuffers.Put(&b)
	}
	return err
}

// announceTrailers notes which keys will come behind the body.
func (w *response) announceTrailers(h Header) {
	for _, v := range h["Trailer"] {
		for _, k := range strings.Split(v, ",") {
			k = CanonicalHeaderKey(textproto.TrimString(k))
			switch k {
			case "Transfer-Encoding", "Content-Length", "Trailer", "":
			default:
				w.trailers = append(w.trailers, k)
			}
		}
	}
	for k := range h {
		if strings.HasPrefix(k, TrailerPrefix) {
			w.trailers = append(w.trailers, k)
		}
	}
}

// finalTrailers are the values that come behind the body.
func (w *response) finalTrailers() Header {
	var t Header
	add := func(k string, v []string) {
		if t == nil {
			t = Header{}
		}
		t[k] = append(t[k], v...)
	}
	for k, v := range w.header {
		if name, ok := strings.CutPrefix(k, TrailerPrefix); ok {
			add(name, v)
		}
	}
	for _, k := range w.trailers {
		if !strings.HasPrefix(k, TrailerPrefix) && w.header.has(k) {
			add(k, w.header[k])
		}
	}
	return t
}

// skipBody reads what is left of the request's body, if that isn't much.
func (w *response) skipBody() {
	w.mu.Lock()
	waiting := w.canContinue || w.body.before != nil
	w.canContinue = false
	w.mu.Unlock()
	switch {
	case w.body.err == io.EOF:
	case waiting:
		// The client still waits for a word; it won't get one.
		w.closeAfter = true
	case w.body.err != nil, w.body.left > maxPostHandlerReadBytes:
		w.closeAfter, w.lingers = true, true
	default:
		if !w.body.discard(maxPostHandlerReadBytes + 1) {
			w.closeAfter, w.lingers = true, true
		}
	}
}

// finish ends the answer; whether the connection can be used again.
func (w *response) finish() bool {
	if !w.wroteHeader {
		w.WriteHeader(200)
	}
	if !w.sent {
		w.send(true)
	}
	if w.chunks && w.req.Method != "HEAD" {
		chunkWriter{w.conn.bw}.end(w.finalTrailers())
	}
	w.mu.Lock()
	w.done = true
	w.mu.Unlock()
	if w.body != nil {
		if w.fullDuplex && !w.closeAfter {
			w.skipBody()
		}
		w.body.Close()
	}
	if f := w.req.MultipartForm; f != nil {
		f.RemoveAll()
	}
	// Answers to requests that have arrived already go together.
	var err error
	if w.closeAfter || w.conn.br.Buffered() == 0 || w.conn.in.has {
		err = w.conn.bw.Flush()
	}
	short := w.length >= 0 && w.written != w.length && !w.noBody && w.req.Method != "HEAD"
	return err == nil && !w.closeAfter && !short
}

// requestTooLarge is called when a body has gone beyond MaxBytesReader's bound.
func (w *response) requestTooLarge() {
	w.closeAfter, w.lingers = true, true
	if !w.wroteHeader {
		w.Header().Set("Connection", "close")
	}
}

// FlushError sends what has been written.
func (w *response) FlushError() error {
	if !w.wroteHeader {
		w.WriteHeader(200)
	}
	if !w.sent {
		if err := w.send(false); err != nil {
			return err
		}
	}
	return w.conn.bw.Flush()
}

// Flush sends what has been written.
func (w *response) Flush() { w.FlushError() }

// Hijack hands the connection over.
func (w *response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.mu.Lock()
	w.taken = true
	w.mu.Unlock()
	c := w.conn
	c.mu.Lock()
	if c.hijacked {
		c.mu.Unlock()
		return nil, nil, ErrHijacked
	}
	c.hijacked = true
	c.mu.Unlock()
	c.in.stop()
	if w.wroteHeader && !w.sent {
		w.send(false)
		c.bw.Flush()
	}
	c.rwc.SetDeadline(time.Time{})
	if c.in.has {
		// A byte that was read ahead belongs to who reads next.
		c.br.Peek(c.br.Buffered() + 1)
	}
	br, bw := c.br, c.bw
	c.setState(StateHijacked)
	return c.rwc, bufio.NewReadWriter(br, bw), nil
}

// SetReadDeadline sets until when the body may be read.
func (w *response) SetReadDeadline(at time.Time) error { return w.conn.rwc.SetReadDeadline(at) }

// SetWriteDeadline sets until when the answer may be written.
func (w *response) SetWriteDeadline(at time.Time) error { return w.conn.rwc.SetWriteDeadline(at) }

// EnableFullDuplex lets the handler read the body while it answers.
func (w *response) EnableFullDuplex() error {
	w.fullDuplex = true
	return nil
}
