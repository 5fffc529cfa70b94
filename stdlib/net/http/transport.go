// This file holds Transport: connections to servers, kept between requests.

package http

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"
)

// DefaultTransport is what Clients without a Transport use.
var DefaultTransport RoundTripper = &Transport{
	Proxy:                 ProxyFromEnvironment,
	DialContext:           (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
	ForceAttemptHTTP2:     true,
	MaxIdleConns:          100,
	IdleConnTimeout:       90 * time.Second,
	TLSHandshakeTimeout:   10 * time.Second,
	ExpectContinueTimeout: time.Second,
}

// Transport gets answers by HTTP/1, through a proxy if there is one. Https is
// an error: there is no TLS yet.
type Transport struct {
	// Proxy returns the proxy for a request, nil for none.
	Proxy func(*Request) (*url.URL, error)

	// OnProxyConnectResponse isn't called: it is about https.
	OnProxyConnectResponse func(ctx context.Context, proxyURL *url.URL, connectReq *Request, connectRes *Response) error

	// DialContext connects; nil stands for package net's.
	DialContext func(ctx context.Context, network, addr string) (net.Conn, error)

	// Deprecated: use DialContext.
	Dial func(network, addr string) (net.Conn, error)

	// DialTLSContext connects for https and does what TLS needs itself.
	DialTLSContext func(ctx context.Context, network, addr string) (net.Conn, error)

	// Deprecated: use DialTLSContext.
	DialTLS func(network, addr string) (net.Conn, error)

	// TLSClientConfig isn't used: there is no TLS yet.
	TLSClientConfig *tls.Config

	// TLSHandshakeTimeout isn't used.
	TLSHandshakeTimeout time.Duration

	// DisableKeepAlives uses each connection once.
	DisableKeepAlives bool

	// DisableCompression doesn't ask for gzip when the request doesn't.
	DisableCompression bool

	// MaxIdleConns bounds the connections that wait; 0 for no bound.
	MaxIdleConns int

	// MaxIdleConnsPerHost bounds them per host; 0 for 2.
	MaxIdleConnsPerHost int

	// MaxConnsPerHost bounds connections per host; 0 for no bound.
	MaxConnsPerHost int

	// IdleConnTimeout closes connections that wait for longer.
	IdleConnTimeout time.Duration

	// ResponseHeaderTimeout bounds the waiting for an answer's header.
	ResponseHeaderTimeout time.Duration

	// ExpectContinueTimeout bounds the waiting for leave to send a body.
	ExpectContinueTimeout time.Duration

	// ProxyConnectHeader isn't used: it is about https.
	ProxyConnectHeader Header

	// GetProxyConnectHeader isn't used: it is about https.
	GetProxyConnectHeader func(ctx context.Context, proxyURL *url.URL, target string) (Header, error)

	// MaxResponseHeaderBytes bounds headers; 0 for 10 MB.
	MaxResponseHeaderBytes int64

	// WriteBufferSize and ReadBufferSize are sizes of buffers; 0 for 4 KB.
	WriteBufferSize int
	ReadBufferSize  int

	// ForceAttemptHTTP2, HTTP2 and Protocols aren't used: there is HTTP/1 only.
	ForceAttemptHTTP2 bool
	HTTP2             *HTTP2Config
	Protocols         *Protocols

	mu     sync.Mutex
	idle   map[string][]*clientConn
	nIdle  int
	open   map[string]int // connections by host, where they are bounded
	freed  map[string][]chan struct{}
	others map[string]RoundTripper
}

// Clone returns a copy of the options.
func (t *Transport) Clone() *Transport {
	c := &Transport{
		Proxy: t.Proxy, OnProxyConnectResponse: t.OnProxyConnectResponse, DialContext: t.DialContext, Dial: t.Dial,
		DialTLSContext: t.DialTLSContext, DialTLS: t.DialTLS, TLSClientConfig: t.TLSClientConfig.Clone(),
		TLSHandshakeTimeout: t.TLSHandshakeTimeout, DisableKeepAlives: t.DisableKeepAlives,
		DisableCompression: t.DisableCompression, MaxIdleConns: t.MaxIdleConns,
		MaxIdleConnsPerHost: t.MaxIdleConnsPerHost, MaxConnsPerHost: t.MaxConnsPerHost,
		IdleConnTimeout: t.IdleConnTimeout, ResponseHeaderTimeout: t.ResponseHeaderTimeout,
		ExpectContinueTimeout: t.ExpectContinueTimeout, ProxyConnectHeader: t.ProxyConnectHeader.Clone(),
		GetProxyConnectHeader: t.GetProxyConnectHeader, MaxResponseHeaderBytes: t.MaxResponseHeaderBytes,
		WriteBufferSize: t.WriteBufferSize, ReadBufferSize: t.ReadBufferSize, ForceAttemptHTTP2: t.ForceAttemptHTTP2,
		HTTP2: t.HTTP2, Protocols: t.Protocols,
	}
	return c
}

// ProxyFromEnvironment returns the proxy that HTTP_PROXY, HTTPS_PROXY and
// NO_PROXY name; none for this host.
func ProxyFromEnvironment(req *Request) (*url.URL, error) {
	get := func(name string) string {
		if v := os.Getenv(name); v != "" {
			return v
		}
		return os.Getenv(strings.ToLower(name))
	}
	proxy := ""
	switch req.URL.Scheme {
	case "https":
		proxy = get("HTTPS_PROXY")
	case "http":
		if proxy = get("HTTP_PROXY"); proxy != "" && os.Getenv("REQUEST_METHOD") != "" {
			return nil, errors.New("refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy")
		}
	}
	host := req.URL.Hostname()
	if proxy == "" || host == "localhost" {
		return nil, nil
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		return nil, nil
	}
	if noProxy(get("NO_PROXY"), host, req.URL.Port()) {
		return nil, nil
	}
	u, err := url.Parse(proxy)
	if err != nil || u.Scheme == "" || u.Host == "" {
		if v, e := url.Parse("http://" + proxy); e == nil {
			return v, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("invalid proxy address %q: %v", proxy, err)
	}
	return u, nil
}

// noProxy reports whether a list of hosts, domains and networks has a host.
func noProxy(list, host, port string) bool {
	ip := net.ParseIP(host)
	for _, p := range strings.Split(list, ",") {
		p = strings.ToLower(strings.TrimSpace(p))
		if p == "*" {
			return true
		}
		if p == "" {
			continue
		}
		if _, n, err := net.ParseCIDR(p); err == nil {
			if ip != nil && n.Contains(ip) {
				return true
			}
			continue
		}
		if h, pp, err := net.SplitHostPort(p); err == nil {
			if pp != port {
				continue
			}
			p = h
		}
		p = strings.TrimPrefix(p, "*")
		if strings.EqualFold(host, strings.TrimPrefix(p, ".")) && p[0] != '.' || strings.HasSuffix(strings.ToLower(host), "."+strings.TrimPrefix(p, ".")) {
			return true
		}
	}
	return false
}

// ProxyURL returns a function for Transport.Proxy that always returns one URL.
func ProxyURL(fixedURL *url.URL) func(*Request) (*url.URL, error) {
	return func(*Request) (*url.URL, error) { return fixedURL, nil }
}

// RegisterProtocol makes rt answer requests of a scheme.
func (t *Transport) RegisterProtocol(scheme string, rt RoundTripper) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.others[scheme] != nil {
		panic("protocol " + scheme + " already registered")
	}
	if t.others == nil {
		t.others = map[string]RoundTripper{}
	}
	t.others[scheme] = rt
}

func (t *Transport) alternative(scheme string) RoundTripper {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.others[scheme]
}

// clientConn is a connection to a server or proxy. Between requests nobody
// reads it; whether it is still there shows when it is used again.
type clientConn struct {
	t     *Transport
	key   string
	nc    net.Conn
	br    *bufio.Reader
	bw    *bufio.Writer
	limit headerLimit
	timer *time.Timer // closes it when it waits for too long
	used  bool        // for a request before
	proxy bool        // requests name the host in their line
	done  bool
}

// headerLimit bounds what is read of a header.
type headerLimit struct {
	r    io.Reader
	left int64
}

func (l *headerLimit) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errors.New("net/http: server response headers exceeded MaxResponseHeaderBytes; aborted")
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	return n, err
}

// close closes the connection for good.
func (c *clientConn) close() {
	if c.done {
		return
	}
	c.done = true
	c.nc.Close()
	t := c.t
	if t.MaxConnsPerHost <= 0 {
		return
	}
	t.mu.Lock()
	t.open[c.key]--
	t.wake(c.key)
	t.mu.Unlock()
}

// wake lets one that waits for a connection look again. Under the lock.
func (t *Transport) wake(key string) {
	if list := t.freed[key]; len(list) > 0 {
		close(list[0])
		t.freed[key] = list[1:]
	}
}

// CloseIdleConnections closes the connections that wait.
func (t *Transport) CloseIdleConnections() {
	t.mu.Lock()
	idle := t.idle
	t.idle, t.nIdle = nil, 0
	t.mu.Unlock()
	for _, list := range idle {
		for _, c := range list {
			c.stopTimer()
			c.close()
		}
	}
}

// CancelRequest does nothing.
//
// Deprecated: use a request's context.
func (t *Transport) CancelRequest(req *Request) {}

func (c *clientConn) stopTimer() {
	if c.timer != nil {
		c.timer.Stop()
	}
}

// put keeps a connection for the next request.
func (t *Transport) put(c *clientConn) {
	perHost := t.MaxIdleConnsPerHost
	if perHost == 0 {
		perHost = DefaultMaxIdleConnsPerHost
	}
	t.mu.Lock()
	if t.DisableKeepAlives || len(t.idle[c.key]) >= perHost || perHost < 0 || t.MaxIdleConns > 0 && t.nIdle >= t.MaxIdleConns {
		t.mu.Unlock()
		c.close()
		return
	}
	if t.idle == nil {
		t.idle = map[string][]*clientConn{}
	}
	c.used = true
	t.idle[c.key] = append(t.idle[c.key], c)
	t.nIdle++
	if t.IdleConnTimeout > 0 {
		if c.timer == nil {
			c.timer = time.AfterFunc(t.IdleConnTimeout, func() { t.expire(c) })
		} else {
			c.timer.Reset(t.IdleConnTimeout)
		}
	}
	t.wake(c.key)
	t.mu.Unlock()
}

// take takes a connection that waits; nil if there is none.
func (t *Transport) take(key string) *clientConn {
	list := t.idle[key]
	if len(list) == 0 {
		return nil
	}
	c := list[len(list)-1]
	t.idle[key] = list[:len(list)-1]
	t.nIdle--
	c.stopTimer()
	return c
}

// expire closes a connection that has waited for too long.
func (t *Transport) expire(c *clientConn) {
	t.mu.Lock()
	list := t.idle[c.key]
	found := false
	for i, x := range list {
		if x == c {
			t.idle[c.key] = append(list[:i:i], list[i+1:]...)
			t.nIdle--
			found = true
			break
		}
	}
	t.mu.Unlock()
	if found {
		c.close()
	}
}

// get returns a connection, old or new.
func (t *Transport) get(ctx context.Context, key, scheme, addr string, viaProxy, fresh bool) (*clientConn, error) {
	for {
		t.mu.Lock()
		if !fresh {
			if c := t.take(key); c != nil {
				t.mu.Unlock()
				return c, nil
			}
		}
		if t.MaxConnsPerHost <= 0 || t.open[key] < t.MaxConnsPerHost {
			break
		}
		wait := make(chan struct{})
		if t.freed == nil {
			t.freed = map[string][]chan struct{}{}
		}
		t.freed[key] = append(t.freed[key], wait)
		t.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
			// Whoever was woken for nothing wakes the next one.
			t.mu.Lock()
			select {
			case <-wait:
				t.wake(key)
			default:
			}
			t.mu.Unlock()
			return nil, ctx.Err()
		}
		fresh = false
	}
	if t.MaxConnsPerHost > 0 {
		if t.open == nil {
			t.open = map[string]int{}
		}
		t.open[key]++
	}
	t.mu.Unlock()
	nc, err := t.dial(ctx, scheme, addr)
	if err != nil {
		if t.MaxConnsPerHost > 0 {
			t.mu.Lock()
			t.open[key]--
			t.wake(key)
			t.mu.Unlock()
		}
		return nil, err
	}
	size := func(n int) int {
		if n <= 0 {
			return 4 << 10
		}
		return n
	}
	c := &clientConn{t: t, key: key, nc: nc, proxy: viaProxy}
	c.limit.r = nc
	c.br = bufio.NewReaderSize(&c.limit, size(t.ReadBufferSize))
	c.bw = bufio.NewWriterSize(nc, size(t.WriteBufferSize))
	return c, nil
}

func (t *Transport) dial(ctx context.Context, scheme, addr string) (net.Conn, error) {
	if scheme == "https" {
		switch {
		case t.DialTLSContext != nil:
			return t.DialTLSContext(ctx, "tcp", addr)
		case t.DialTLS != nil:
			return t.DialTLS("tcp", addr)
		}
		return nil, errTLS
	}
	switch {
	case t.DialContext != nil:
		return t.DialContext(ctx, "tcp", addr)
	case t.Dial != nil:
		return t.Dial("tcp", addr)
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr)
}

// withPort returns "host:port".
func withPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// RoundTrip gets the answer to one request.
func (t *Transport) RoundTrip(req *Request) (*Response, error) {
	fail := func(err error) (*Response, error) {
		closeBody(req)
		return nil, err
	}
	if req.URL == nil {
		return fail(errors.New("http: nil Request.URL"))
	}
	if req.Header == nil {
		return fail(errors.New("http: nil Request.Header"))
	}
	scheme := req.URL.Scheme
	if alt := t.alternative(scheme); alt != nil {
		if resp, err := alt.RoundTrip(req); err != ErrSkipAltProtocol {
			return resp, err
		}
	}
	if scheme != "http" && scheme != "https" {
		return fail(fmt.Errorf("unsupported protocol scheme %q", scheme))
	}
	for k, list := range req.Header {
		if !validKey(k) {
			return fail(fmt.Errorf("net/http: invalid header field name %q", k))
		}
		for _, v := range list {
			if !validValue(v) {
				return fail(fmt.Errorf("net/http: invalid header field value for %q", k))
			}
		}
	}
	if req.Method != "" && !isToken(req.Method) {
		return fail(fmt.Errorf("net/http: invalid method %q", req.Method))
	}
	if req.URL.Host == "" {
		return fail(errors.New("http: no Host in request URL"))
	}
	ctx := req.Context()
	if req.Cancel != nil {
		c, cancel := context.WithCancelCause(ctx)
		ctx = c
		go func() {
			select {
			case <-req.Cancel:
				cancel(errCanceledRequest)
			case <-c.Done():
			}
		}()
		defer func() { _ = cancel }()
	}
	addr, key, via := withPort(req.URL), scheme+"|"+withPort(req.URL), false
	var extra Header
	if t.Proxy != nil {
		p, err := t.Proxy(req)
		if err != nil {
			return fail(err)
		}
		if p != nil {
			if p.Scheme != "http" || scheme == "https" {
				return fail(fmt.Errorf("http: proxy %s for %s: only plain HTTP through an HTTP proxy is supported by gosubc's library", p.Redacted(), scheme))
			}
			addr, key, via = withPort(p), "proxy|"+withPort(p), true
			if u := p.User; u != nil {
				password, _ := u.Password()
				extra = Header{"Proxy-Authorization": {"Basic " + basicAuth(u.Username(), password)}}
			}
		}
	}
	for try := 0; ; try++ {
		if err := ctx.Err(); err != nil {
			return fail(context.Cause(ctx))
		}
		c, err := t.get(ctx, key, scheme, addr, via, try > 1)
		if err != nil {
			return fail(err)
		}
		reused := c.used
		resp, err := c.roundTrip(ctx, req, extra)
		if err == nil {
			return resp, nil
		}
		// A connection that the server has closed meanwhile says nothing about
		// the request.
		var lost *lostConn
		if !reused || !errors.As(err, &lost) || ctx.Err() != nil || !replay(req, lost) {
			return nil, err
		}
		if req.Body != nil && req.GetBody != nil {
			b, e := req.GetBody()
			if e != nil {
				return nil, e
			}
			r := *req
			r.Body = b
			req = &r
		}
	}
}

var errCanceledRequest = errors.New("net/http: request canceled")

// lostConn is the error of a connection that ended before an answer began.
type lostConn struct {
	err   error
	wrote bool // all of the request was sent
}

func (e *lostConn) Error() string {
	if e.err == io.EOF {
		return "EOF"
	}
	return e.err.Error()
}
func (e *lostConn) Unwrap() error { return e.err }

// replay reports whether a request may be sent again.
func replay(req *Request, lost *lostConn) bool {
	if req.Body != nil && req.Body != NoBody && req.GetBody == nil {
		return false
	}
	switch req.Method {
	case "", "GET", "HEAD", "OPTIONS", "TRACE":
		return true
	}
	return !lost.wrote || req.Header.has("Idempotency-Key") || req.Header.has("X-Idempotency-Key")
}

// roundTrip sends a request and reads the answer's header.
func (c *clientConn) roundTrip(ctx context.Context, req *Request, extra Header) (*Response, error) {
	t := c.t
	c.limit.left = t.MaxResponseHeaderBytes
	if c.limit.left <= 0 {
		c.limit.left = 10 << 20
	}
	c.limit.left += int64(c.br.Size())
	if t.ResponseHeaderTimeout > 0 {
		// Reads have to end; the deadline is lifted with the header.
		c.nc.SetReadDeadline(time.Now().Add(t.ResponseHeaderTimeout + 10*time.Minute))
	}
	// What ends the request ends its reads and writes.
	stop := func() bool { return true }
	if ctx.Done() != nil {
		stop = context.AfterFunc(ctx, func() { c.nc.SetDeadline(time.Unix(1, 0)) })
	}
	gzipped := false
	if !t.DisableCompression && req.Header.get("Accept-Encoding") == "" && req.Header.get("Range") == "" && req.Method != "HEAD" {
		gzipped = true
		if extra = extra.Clone(); extra == nil {
			extra = Header{}
		}
		extra["Accept-Encoding"] = []string{"gzip"}
	}
	if t.DisableKeepAlives && !req.Close && !hasToken(req.Header["Connection"], "upgrade") {
		if extra = extra.Clone(); extra == nil {
			extra = Header{}
		}
		extra["Connection"] = []string{"close"}
	}
	fail := func(err error) (*Response, error) {
		stop()
		c.close()
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, err
	}
	r := *req
	n, err := r.writeHead(c.bw, c.proxy, extra)
	if err != nil {
		closeBody(req)
		return fail(err)
	}
	if n == 0 || !strings.EqualFold(req.Header.get("Expect"), "100-continue") || t.ExpectContinueTimeout <= 0 {
		if err := c.flush(n); err != nil {
			closeBody(req)
			return fail(&lostConn{err, false})
		}
	} else if err := c.bw.Flush(); err != nil {
		closeBody(req)
		return fail(&lostConn{err, false})
	}
	// A body is sent beside the reading: the server may answer before its end.
	var sent chan error
	var leave chan bool
	if n != 0 {
		sent = make(chan error, 1)
		if strings.EqualFold(req.Header.get("Expect"), "100-continue") && t.ExpectContinueTimeout > 0 {
			leave = make(chan bool, 1)
		}
		go func() {
			if leave != nil {
				timer := time.NewTimer(t.ExpectContinueTimeout)
				select {
				case ok := <-leave:
					if !ok {
						closeBody(req)
						sent <- errNotSent
						return
					}
				case <-timer.C:
				}
				timer.Stop()
			}
			err := writeBody(c.bw, r.Body, n, func() Header { return r.Trailer })
			if err == nil {
				err = c.bw.Flush()
			}
			closeBody(req)
			if err != nil {
				// The server waits for what won't come.
				if cw, ok := c.nc.(interface{ CloseWrite() error }); ok {
					cw.CloseWrite()
				}
			}
			sent <- err
		}()
	} else {
		closeBody(req)
	}
	if t.ResponseHeaderTimeout > 0 && n == 0 {
		c.nc.SetReadDeadline(time.Now().Add(t.ResponseHeaderTimeout))
	}
	var resp *Response
	for {
		if _, err := c.br.Peek(1); err != nil {
			if sent != nil {
				// Why it couldn't be sent says more.
				select {
				case e := <-sent:
					if e != nil && e != errNotSent {
						return fail(e)
					}
				default:
				}
			}
			return fail(c.readError(err, n == 0))
		}
		resp, err = readResponse(c.br, req)
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return fail(c.headerError(err))
		}
		if resp.StatusCode == 101 || resp.StatusCode/100 != 1 {
			break
		}
		if resp.StatusCode == 100 && leave != nil {
			leave <- true
			leave = nil
		}
	}
	if leave != nil {
		leave <- false
	}
	if t.ResponseHeaderTimeout > 0 {
		c.nc.SetReadDeadline(time.Time{})
	}
	c.limit.left = 1 << 62
	if resp.StatusCode == 101 {
		resp.Body = &upgraded{c}
		stop()
		return resp, nil
	}
	// finish decides what becomes of the connection behind the body.
	finish := func(whole bool) {
		stopped := stop()
		reuse := whole && stopped && !resp.Close && !req.Close && c.br.Buffered() == 0
		if reuse && sent != nil {
			select {
			case err := <-sent:
				reuse = err == nil
			case <-time.After(50 * time.Millisecond):
				reuse = false
			}
		}
		if reuse {
			t.put(c)
		} else {
			c.close()
		}
	}
	b, ok := resp.Body.(*body)
	if !ok {
		finish(true)
		return resp, nil
	}
	cb := &clientBody{b: b, ctx: ctx, finish: finish}
	resp.Body = cb
	if gzipped && strings.EqualFold(resp.Header.get("Content-Encoding"), "gzip") {
		resp.Body = &gzipBody{src: cb}
		resp.Header.Del("Content-Encoding")
		resp.Header.Del("Content-Length")
		resp.ContentLength, resp.Uncompressed = -1, true
	}
	return resp, nil
}

var errNotSent = errors.New("http: body not sent")

// flush sends the header, unless a body will follow at once.
func (c *clientConn) flush(n int64) error {
	if n > 0 {
		return nil
	}
	return c.bw.Flush()
}

// readError is the error of a connection that gave no answer.
func (c *clientConn) readError(err error, wrote bool) error {
	var ne net.Error
	if errors.As(err, &ne) && ne.Timeout() && c.t.ResponseHeaderTimeout > 0 {
		return &timeoutError{"net/http: timeout awaiting response headers"}
	}
	if c.used {
		return &lostConn{err, wrote}
	}
	return err
}

func (c *clientConn) headerError(err error) error {
	var ne net.Error
	if errors.As(err, &ne) && ne.Timeout() && c.t.ResponseHeaderTimeout > 0 {
		return &timeoutError{"net/http: timeout awaiting response headers"}
	}
	if _, ok := err.(*badString); ok {
		return fmt.Errorf("net/http: HTTP/1.x transport connection broken: %w", err)
	}
	return err
}

// upgraded is the body of an answer that changes the protocol: the connection.
type upgraded struct{ c *clientConn }

func (u *upgraded) Read(p []byte) (int, error)  { return u.c.br.Read(p) }
func (u *upgraded) Write(p []byte) (int, error) { return u.c.nc.Write(p) }
func (u *upgraded) Close() error                { u.c.close(); return nil }

// clientBody is the body of an answer. Behind its end the connection is free.
type clientBody struct {
	b      *body
	ctx    context.Context
	mu     sync.Mutex
	finish func(whole bool)
}

func (c *clientBody) end(whole bool) {
	c.mu.Lock()
	f := c.finish
	c.finish = nil
	c.mu.Unlock()
	if f != nil {
		f(whole)
	}
}

func (c *clientBody) Read(p []byte) (int, error) {
	n, err := c.b.Read(p)
	if err == io.EOF {
		c.end(true)
	} else if err != nil {
		if c.ctx.Err() != nil {
			err = context.Cause(c.ctx)
		}
		c.end(false)
	}
	return n, err
}

func (c *clientBody) Close() error {
	// What has arrived already may be the end.
	if c.b.err == nil && c.b.left >= 0 && int64(c.b.br.Buffered()) >= c.b.left {
		c.b.discard(c.b.left + 1)
	}
	c.b.Close()
	c.end(c.b.err == io.EOF)
	return nil
}

// gzipBody unpacks a body that the client didn't know to be packed.
type gzipBody struct {
	src *clientBody
	z   *gzip.Reader
	err error
}

func (g *gzipBody) Read(p []byte) (n int, err error) {
	if g.err != nil {
		return 0, g.err
	}
	if g.z == nil {
		if g.z, g.err = gzip.NewReader(g.src); g.err != nil {
			return 0, g.err
		}
	}
	if g.src.b.closed {
		return 0, ErrBodyReadAfterClose
	}
	return g.z.Read(p)
}

func (g *gzipBody) Close() error { return g.src.Close() }
