// This file holds handlers made of others, and small ones.

package http

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"net"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"
)

// NotFound answers that there is no such page.
func NotFound(w ResponseWriter, r *Request) { Error(w, "404 page not found", StatusNotFound) }

// NotFoundHandler returns a handler that calls NotFound.
func NotFoundHandler() Handler { return HandlerFunc(NotFound) }

// StripPrefix calls h with a URL without a prefix; others aren't found.
func StripPrefix(prefix string, h Handler) Handler {
	if prefix == "" {
		return h
	}
	return HandlerFunc(func(w ResponseWriter, r *Request) {
		p := strings.TrimPrefix(r.URL.Path, prefix)
		rp := strings.TrimPrefix(r.URL.RawPath, prefix)
		if len(p) == len(r.URL.Path) || r.URL.RawPath != "" && len(rp) == len(r.URL.RawPath) {
			NotFound(w, r)
			return
		}
		c := *r
		c.URL = cloneURL(r.URL)
		c.URL.Path, c.URL.RawPath = p, rp
		h.ServeHTTP(w, &c)
	})
}

// Redirect answers with another place. One without a slash in front is
// relative to the request's.
func Redirect(w ResponseWriter, r *Request, target string, code int) {
	if u, err := url.Parse(target); err == nil && u.Scheme == "" && u.Host == "" {
		old := r.URL.Path
		if old == "" {
			old = "/"
		}
		if target == "" || target[0] != '/' {
			dir, _ := path.Split(old)
			target = dir + target
		}
		query := ""
		if i := strings.IndexByte(target, '?'); i >= 0 {
			target, query = target[:i], target[i:]
		}
		slash := strings.HasSuffix(target, "/")
		target = path.Clean(target)
		if slash && !strings.HasSuffix(target, "/") {
			target += "/"
		}
		target += query
	}
	h := w.Header()
	_, hasType := h["Content-Type"]
	h.Set("Location", asciiOnly(target))
	if !hasType && (r.Method == "GET" || r.Method == "HEAD") {
		h.Set("Content-Type", "text/html; charset=utf-8")
	}
	w.WriteHeader(code)
	if !hasType && r.Method == "GET" {
		fmt.Fprintln(w, `<a href="`+html.EscapeString(target)+`">`+StatusText(code)+"</a>.\n")
	}
}

func asciiOnly(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] >= 0x80 {
			fmt.Fprintf(&b, "%%%02X", s[i])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// RedirectHandler returns a handler that answers with another place.
func RedirectHandler(url string, code int) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) { Redirect(w, r, url, code) })
}

// MaxBytesHandler calls h with bodies bounded by MaxBytesReader.
func MaxBytesHandler(h Handler, n int64) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) {
		c := *r
		c.Body = MaxBytesReader(w, r.Body, n)
		h.ServeHTTP(w, &c)
	})
}

// AllowQuerySemicolons calls h with semicolons in queries taken as ampersands.
func AllowQuerySemicolons(h Handler) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) {
		if strings.Contains(r.URL.RawQuery, ";") {
			c := *r
			c.URL = cloneURL(r.URL)
			c.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, ";", "&")
			r = &c
		}
		h.ServeHTTP(w, r)
	})
}

// TimeoutHandler calls h and answers that the service isn't available, with
// msg, when that takes longer than dt.
func TimeoutHandler(h Handler, dt time.Duration, msg string) Handler {
	return &timeoutHandler{h, dt, msg}
}

type timeoutHandler struct {
	h   Handler
	dt  time.Duration
	msg string
}

func (t *timeoutHandler) ServeHTTP(w ResponseWriter, r *Request) {
	ctx, cancel := context.WithTimeout(r.Context(), t.dt)
	defer cancel()
	r = r.WithContext(ctx)
	done := make(chan struct{})
	panicked := make(chan any, 1)
	tw := &timeoutWriter{w: w, h: Header{}}
	go func() {
		defer func() {
			if v := recover(); v != nil {
				panicked <- v
			}
		}()
		t.h.ServeHTTP(tw, r)
		close(done)
	}()
	select {
	case v := <-panicked:
		panic(v)
	case <-done:
		tw.mu.Lock()
		defer tw.mu.Unlock()
		maps.Copy(w.Header(), tw.h)
		if tw.code == 0 {
			tw.code = 200
		}
		w.WriteHeader(tw.code)
		w.Write(tw.buf.Bytes())
	case <-ctx.Done():
		tw.mu.Lock()
		defer tw.mu.Unlock()
		tw.err = ErrHandlerTimeout
		if err := ctx.Err(); err != context.DeadlineExceeded {
			tw.err = err
		}
		msg := t.msg
		if msg == "" {
			msg = "<html><head><title>Timeout</title></head><body><h1>Timeout</h1></body></html>"
		}
		w.WriteHeader(StatusServiceUnavailable)
		io.WriteString(w, msg)
	}
}

type timeoutWriter struct {
	w    ResponseWriter
	h    Header
	mu   sync.Mutex
	buf  bytes.Buffer
	err  error
	code int
}

func (t *timeoutWriter) Header() Header { return t.h }

func (t *timeoutWriter) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err != nil {
		return 0, t.err
	}
	if t.code == 0 {
		t.code = 200
	}
	return t.buf.Write(p)
}

func (t *timeoutWriter) WriteHeader(code int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil && t.code == 0 {
		t.code = code
	}
}

// Push fails unless the writer below can do it.
func (t *timeoutWriter) Push(target string, opts *PushOptions) error {
	if p, ok := t.w.(Pusher); ok {
		return p.Push(target, opts)
	}
	return ErrNotSupported
}

// A ResponseController reaches what a ResponseWriter, or one that it wraps
// (method Unwrap), can do beyond writing.
type ResponseController struct {
	rw ResponseWriter
}

// NewResponseController returns a controller of a request's writer.
func NewResponseController(rw ResponseWriter) *ResponseController { return &ResponseController{rw} }

// try calls f with the writer and those below until one can do it.
func (c *ResponseController) try(f func(w ResponseWriter) (bool, error)) error {
	w := c.rw
	for {
		if ok, err := f(w); ok {
			return err
		}
		u, ok := w.(interface{ Unwrap() ResponseWriter })
		if !ok {
			return fmt.Errorf("%w", ErrNotSupported)
		}
		w = u.Unwrap()
	}
}

// Flush sends what has been written.
func (c *ResponseController) Flush() error {
	return c.try(func(w ResponseWriter) (bool, error) {
		if f, ok := w.(interface{ FlushError() error }); ok {
			return true, f.FlushError()
		}
		if f, ok := w.(Flusher); ok {
			f.Flush()
			return true, nil
		}
		return false, nil
	})
}

// Hijack takes the connection over.
func (c *ResponseController) Hijack() (conn net.Conn, rw *bufio.ReadWriter, err error) {
	err = c.try(func(w ResponseWriter) (bool, error) {
		h, ok := w.(Hijacker)
		if !ok {
			return false, nil
		}
		var e error
		conn, rw, e = h.Hijack()
		return true, e
	})
	return conn, rw, err
}

// SetReadDeadline sets until when the body may be read.
func (c *ResponseController) SetReadDeadline(deadline time.Time) error {
	return c.try(func(w ResponseWriter) (bool, error) {
		if d, ok := w.(interface{ SetReadDeadline(time.Time) error }); ok {
			return true, d.SetReadDeadline(deadline)
		}
		return false, nil
	})
}

// SetWriteDeadline sets until when the answer may be written.
func (c *ResponseController) SetWriteDeadline(deadline time.Time) error {
	return c.try(func(w ResponseWriter) (bool, error) {
		if d, ok := w.(interface{ SetWriteDeadline(time.Time) error }); ok {
			return true, d.SetWriteDeadline(deadline)
		}
		return false, nil
	})
}

// EnableFullDuplex lets the body be read while the answer is written.
func (c *ResponseController) EnableFullDuplex() error {
	return c.try(func(w ResponseWriter) (bool, error) {
		if d, ok := w.(interface{ EnableFullDuplex() error }); ok {
			return true, d.EnableFullDuplex()
		}
		return false, nil
	})
}

// CrossOriginProtection refuses requests that change something and come from
// pages of other origins.
type CrossOriginProtection struct {
	mu      sync.RWMutex
	trusted map[string]bool
	bypass  ServeMux
	deny    Handler
}

// NewCrossOriginProtection returns a protection without exceptions.
func NewCrossOriginProtection() *CrossOriginProtection { return &CrossOriginProtection{} }

// AddTrustedOrigin lets an origin ("https://example.com") do everything.
func (c *CrossOriginProtection) AddTrustedOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil {
		return fmt.Errorf("invalid origin %q: %w", origin, err)
	}
	switch {
	case u.Scheme == "":
		return fmt.Errorf("invalid origin %q: scheme is required", origin)
	case u.Host == "":
		return fmt.Errorf("invalid origin %q: host is required", origin)
	case u.Path != "" || u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("invalid origin %q: path, query, and fragment are not allowed", origin)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.trusted == nil {
		c.trusted = map[string]bool{}
	}
	c.trusted[origin] = true
	return nil
}

type bypassed struct{}

func (bypassed) ServeHTTP(ResponseWriter, *Request) {}

// AddInsecureBypassPattern lets all requests pass that a pattern matches.
func (c *CrossOriginProtection) AddInsecureBypassPattern(pattern string) {
	c.bypass.Handle(pattern, bypassed{})
}

// SetDenyHandler sets what answers requests that are refused.
func (c *CrossOriginProtection) SetDenyHandler(h Handler) {
	c.mu.Lock()
	c.deny = h
	c.mu.Unlock()
}

var (
	errCrossOrigin    = errors.New("cross-origin request detected from Sec-Fetch-Site header")
	errCrossOriginOld = errors.New("cross-origin request detected, and/or browser is out of date: Sec-Fetch-Site is missing, and Origin does not match Host")
)

// Check returns an error for a request that is to be refused.
func (c *CrossOriginProtection) Check(req *Request) error {
	switch req.Method {
	case "GET", "HEAD", "OPTIONS":
		return nil
	}
	excepted := func() bool {
		if h, _ := c.bypass.Handler(req); h == (bypassed{}) {
			return true
		}
		c.mu.RLock()
		defer c.mu.RUnlock()
		return c.trusted[req.Header.Get("Origin")]
	}
	switch req.Header.Get("Sec-Fetch-Site") {
	case "":
	case "same-origin", "none":
		return nil
	default:
		if excepted() {
			return nil
		}
		return errCrossOrigin
	}
	origin := req.Header.Get("Origin")
	if origin == "" {
		return nil
	}
	if u, err := url.Parse(origin); err == nil && u.Host == req.Host {
		return nil
	}
	if excepted() {
		return nil
	}
	return errCrossOriginOld
}

// Handler calls h with the requests that pass.
func (c *CrossOriginProtection) Handler(h Handler) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) {
		if err := c.Check(r); err != nil {
			c.mu.RLock()
			deny := c.deny
			c.mu.RUnlock()
			if deny != nil {
				deny.ServeHTTP(w, r)
				return
			}
			Error(w, err.Error(), StatusForbidden)
			return
		}
		h.ServeHTTP(w, r)
	})
}
