// This file holds a server's connection: reading requests, calling handlers.

package http

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// conn is a connection of a server.
type conn struct {
	server *Server
	rwc    net.Conn
	remote string
	in     connReader
	br     *bufio.Reader
	bw     *bufio.Writer
	packed atomic.Int64 // state and since when

	mu       sync.Mutex
	hijacked bool
}

var (
	readers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 4096) }}
	writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, 4096) }}
)

// connReader reads of the connection, up to a bound while a header is read. It
// may also watch the connection: read a byte ahead to see its end.
type connReader struct {
	c     *conn
	left  int64 // how much may be read
	mu    sync.Mutex
	cond  *sync.Cond
	watch bool // a goroutine reads
	abort bool
	has   bool
	ahead [1]byte
	gone  func() // called when the client is gone
}

var errHeaderTooLarge = errors.New("http: request header too large")

func (r *connReader) Read(p []byte) (int, error) {
	if r.has {
		r.has = false
		p[0] = r.ahead[0]
		return 1, nil
	}
	if r.left <= 0 {
		return 0, errHeaderTooLarge
	}
	if int64(len(p)) > r.left {
		p = p[:r.left]
	}
	n, err := r.c.rwc.Read(p)
	r.left -= int64(n)
	return n, err
}

// start watches the connection; gone is called at its end.
func (r *connReader) start(gone func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.watch || r.has {
		return
	}
	if r.cond == nil {
		r.cond = sync.NewCond(&r.mu)
	}
	r.watch, r.abort, r.gone = true, false, gone
	go func() {
		n, err := r.c.rwc.Read(r.ahead[:])
		r.mu.Lock()
		r.has = n == 1
		var ne net.Error
		stopped := r.abort && errors.As(err, &ne) && ne.Timeout()
		r.watch = false
		r.cond.Broadcast()
		r.mu.Unlock()
		if err != nil && !stopped {
			gone()
		}
	}()
}

// stop ends watching, which waits in a read.
func (r *connReader) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.watch {
		return
	}
	r.abort = true
	r.c.rwc.SetReadDeadline(time.Unix(1, 0))
	for r.watch {
		r.cond.Wait()
	}
	r.c.rwc.SetReadDeadline(time.Time{})
}

// requestContext is the context of a request. Only when somebody asks whether
// it has ended is the connection watched.
type requestContext struct {
	context.Context // of the connection
	w               *response

	mu     sync.Mutex
	inner  context.Context
	cancel context.CancelFunc
	over   bool
}

// live returns the context that can be canceled.
func (c *requestContext) live() context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.inner == nil {
		c.inner, c.cancel = context.WithCancel(c.Context)
		if c.over {
			c.cancel()
		} else {
			c.w.watchWhenRead()
		}
	}
	return c.inner
}

func (c *requestContext) Done() <-chan struct{} { return c.live().Done() }
func (c *requestContext) Err() error            { return c.live().Err() }
func (c *requestContext) Value(key any) any {
	c.mu.Lock()
	inner := c.inner
	c.mu.Unlock()
	// Contexts derived from this one find the one to be canceled with here.
	if inner != nil {
		return inner.Value(key)
	}
	return c.Context.Value(key)
}

// end cancels; nobody has to be told if nobody asked.
func (c *requestContext) end() {
	c.mu.Lock()
	c.over = true
	cancel := c.cancel
	c.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}

// serve serves the connection until its end.
func (c *conn) serve(ctx context.Context) {
	if ra := c.rwc.RemoteAddr(); ra != nil {
		c.remote = ra.String()
	}
	ctx = context.WithValue(ctx, LocalAddrContextKey, c.rwc.LocalAddr())
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var w *response
	defer func() {
		if v := recover(); v != nil {
			if v != ErrAbortHandler {
				buf := make([]byte, 64<<10)
				buf = buf[:runtime.Stack(buf, false)]
				c.server.logf("http: panic serving %v: %v\n%s", c.remote, v, buf)
			}
			if w != nil {
				w.ctx.end()
			}
		}
		c.mu.Lock()
		hijacked := c.hijacked
		c.mu.Unlock()
		if !hijacked {
			c.in.stop()
			c.close()
		}
	}()
	c.in.c = c
	c.br = readers.Get().(*bufio.Reader)
	c.br.Reset(&c.in)
	c.bw = writers.Get().(*bufio.Writer)
	c.bw.Reset(c.rwc)
	for first := true; ; first = false {
		r, deadline, err := c.read(first)
		if err != nil {
			c.refuse(err)
			return
		}
		w = newResponse(c, r, ctx)
		w.bodyDeadline = deadline
		if !w.begin() {
			return
		}
		serverHandler{c.server}.ServeHTTP(w, w.req)
		if w.hijacked() {
			w.ctx.end()
			return
		}
		w.ctx.end()
		reuse := w.finish()
		c.in.stop()
		if !reuse {
			if w.lingers {
				c.linger()
			}
			return
		}
		w = nil
		if !c.server.keepAlives() {
			return
		}
		c.setState(StateIdle)
		if d := c.server.idleTimeout(); d > 0 {
			c.rwc.SetReadDeadline(time.Now().Add(d))
		}
		c.in.left = 1 << 62
		if _, err := c.br.Peek(1); err != nil {
			return
		}
	}
}

type serverHandler struct{ s *Server }

func (h serverHandler) ServeHTTP(w ResponseWriter, r *Request) {
	handler := h.s.handler()
	if !h.s.DisableGeneralOptionsHandler && r.RequestURI == "*" && r.Method == "OPTIONS" {
		handler = HandlerFunc(func(w ResponseWriter, r *Request) {
			w.Header().Set("Content-Length", "0")
			// A body isn't wanted, but a small one is no reason to close.
			if r.ContentLength != 0 {
				io.Copy(io.Discard, MaxBytesReader(w, r.Body, 4<<10))
			}
		})
	}
	handler.ServeHTTP(w, r)
}

// statusError is a request that is answered with a number and a text.
type statusError struct {
	code int
	text string
}

func (e statusError) Error() string { return StatusText(e.code) + ": " + e.text }

// read reads the next request and checks it.
func (c *conn) read(first bool) (r *Request, bodyDeadline time.Time, err error) {
	s := c.server
	start := time.Time{}
	if s.ReadTimeout > 0 || s.headerTimeout() > 0 || s.WriteTimeout > 0 || s.idleTimeout() > 0 {
		start = time.Now()
		var at time.Time
		if d := s.headerTimeout(); d > 0 {
			at = start.Add(d)
		}
		c.rwc.SetReadDeadline(at)
		if s.ReadTimeout > 0 {
			bodyDeadline = start.Add(s.ReadTimeout)
		}
	}
	c.in.left = s.maxHeader()
	if first {
		// The first byte makes the connection active.
		if _, err := c.br.Peek(1); err != nil {
			return nil, bodyDeadline, err
		}
	}
	c.setState(StateActive)
	if !first {
		// Old clients send an empty line behind a body.
		next, _ := c.br.Peek(min(4, c.br.Buffered()))
		n := 0
		for n < len(next) && (next[n] == '\r' || next[n] == '\n') {
			n++
		}
		c.br.Discard(n)
	}
	r, err = readRequest(c.br)
	if err != nil {
		if c.in.left <= 0 {
			err = errHeaderTooLarge
		}
		return nil, bodyDeadline, err
	}
	c.in.left = 1 << 62
	if !start.IsZero() {
		c.rwc.SetReadDeadline(bodyDeadline)
		if s.WriteTimeout > 0 {
			c.rwc.SetWriteDeadline(time.Now().Add(s.WriteTimeout))
		}
	}
	if r.ProtoMajor != 1 {
		return nil, bodyDeadline, statusError{505, "unsupported protocol version"}
	}
	count, most := 0, s.MaxHeaderValueCount
	if most <= 0 {
		most = DefaultMaxHeaderValueCount
	}
	for k, list := range r.Header {
		count += len(list)
		if !validKey(k) {
			return nil, bodyDeadline, statusError{400, "invalid header name"}
		}
	}
	if count > most {
		return nil, bodyDeadline, errHeaderTooLarge
	}
	host, has := r.Header["Host"]
	if r.ProtoAtLeast(1, 1) && !has && r.Method != "CONNECT" {
		return nil, bodyDeadline, statusError{400, "missing required Host header"}
	}
	if len(host) == 1 && !validHost(host[0]) {
		return nil, bodyDeadline, statusError{400, "malformed Host header"}
	}
	delete(r.Header, "Host")
	r.RemoteAddr = c.remote
	return r, bodyDeadline, nil
}

func validHost(h string) bool {
	for i := range len(h) {
		c := h[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9') &&
			strings.IndexByte("!$%&'()*+,-.:;=[]_~", c) < 0 {
			return false
		}
	}
	return true
}

// refuse answers what couldn't be read.
func (c *conn) refuse(err error) {
	answer := func(line, text string) {
		fmt.Fprintf(c.rwc, "HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n%s", line, text)
	}
	var te *unsupportedTE
	var status statusError
	var op *net.OpError
	var ne net.Error
	switch {
	case err == errHeaderTooLarge:
		answer("431 "+StatusText(431), "431 "+StatusText(431))
		c.linger()
	case errors.As(err, &te):
		answer("501 "+StatusText(501), "Unsupported transfer encoding")
	case err == io.EOF, errors.As(err, &ne) && ne.Timeout(), errors.As(err, &op) && op.Op == "read":
	case errors.As(err, &status):
		line := fmt.Sprintf("%d %s", status.code, status.Error())
		answer(line, line)
	default:
		answer("400 Bad Request", "400 Bad Request")
	}
}

// linger closes the sending half and waits a little, so that the client reads
// the answer before it learns that nobody reads what it sends.
func (c *conn) linger() {
	c.bw.Flush()
	if t, ok := c.rwc.(interface{ CloseWrite() error }); ok {
		t.CloseWrite()
	}
	time.Sleep(50 * time.Millisecond)
}

func (c *conn) close() {
	if c.bw != nil {
		c.bw.Flush()
		c.bw.Reset(nil)
		writers.Put(c.bw)
		c.bw = nil
	}
	c.rwc.Close()
	if c.br != nil {
		c.br.Reset(nil)
		readers.Put(c.br)
		c.br = nil
	}
	c.setState(StateClosed)
}
