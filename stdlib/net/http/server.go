// This file holds Server: listening, accepting, shutting down.

package http

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A Handler answers requests.
type Handler interface {
	ServeHTTP(ResponseWriter, *Request)
}

// HandlerFunc makes a Handler of a function.
type HandlerFunc func(ResponseWriter, *Request)

// ServeHTTP calls f.
func (f HandlerFunc) ServeHTTP(w ResponseWriter, r *Request) { f(w, r) }

// A ResponseWriter is what a handler answers with.
type ResponseWriter interface {
	// Header returns the header that WriteHeader will send. Changes after
	// that count for trailers only.
	Header() Header

	// Write writes of the body; the first call calls WriteHeader(StatusOK) if
	// nobody has.
	Write([]byte) (int, error)

	// WriteHeader sends the header; numbers of 1xx may come before it.
	WriteHeader(statusCode int)
}

// A Flusher sends what has been written.
type Flusher interface {
	Flush()
}

// A Hijacker hands its connection over; the server doesn't use it any more.
type Hijacker interface {
	Hijack() (net.Conn, *bufio.ReadWriter, error)
}

// A CloseNotifier tells when the client goes away.
//
// Deprecated: use the request's context.
type CloseNotifier interface {
	CloseNotify() <-chan bool
}

// A Pusher sends what hasn't been asked for; HTTP/1 can't.
type Pusher interface {
	Push(target string, opts *PushOptions) error
}

// PushOptions are options of Push.
type PushOptions struct {
	Method string
	Header Header
}

// HTTP2Config has the options of HTTP/2, which there isn't yet.
type HTTP2Config struct {
	MaxConcurrentStreams          int
	StrictMaxConcurrentRequests   bool
	MaxDecoderHeaderTableSize     int
	MaxEncoderHeaderTableSize     int
	MaxReadFrameSize              int
	MaxReceiveBufferPerConnection int
	MaxReceiveBufferPerStream     int
	SendPingTimeout               time.Duration
	PingTimeout                   time.Duration
	WriteByteTimeout              time.Duration
	PermitProhibitedCipherSuites  bool
	CountError                    func(errType string)
}

type contextKey struct{ name string }

func (k *contextKey) String() string { return "net/http context value " + k.name }

// Keys of values in the contexts of requests.
var (
	// ServerContextKey is that of the *Server.
	ServerContextKey = &contextKey{"http-server"}

	// LocalAddrContextKey is that of the near net.Addr.
	LocalAddrContextKey = &contextKey{"local-addr"}
)

// ConnState is what a server's connection is doing.
type ConnState int

// The states.
const (
	// StateNew is a connection that is expected to send a request.
	StateNew ConnState = iota

	// StateActive is one that has sent bytes of a request.
	StateActive

	// StateIdle is one between requests.
	StateIdle

	// StateHijacked is one that a handler took over.
	StateHijacked

	// StateClosed is one that was closed.
	StateClosed
)

var stateNames = [...]string{"new", "active", "idle", "hijacked", "closed"}

func (c ConnState) String() string {
	if c >= 0 && int(c) < len(stateNames) {
		return stateNames[c]
	}
	return ""
}

// A Server serves HTTP/1. Its zero value works.
type Server struct {
	// Addr is where ListenAndServe listens; empty stands for ":http".
	Addr string

	// Handler answers; nil stands for DefaultServeMux.
	Handler Handler

	// DisableGeneralOptionsHandler leaves "OPTIONS *" to the Handler.
	DisableGeneralOptionsHandler bool

	// TLSConfig isn't used: there is no TLS yet.
	TLSConfig *tls.Config

	// ReadTimeout bounds the reading of a request with its body.
	ReadTimeout time.Duration

	// ReadHeaderTimeout bounds the reading of a header; 0 stands for
	// ReadTimeout.
	ReadHeaderTimeout time.Duration

	// WriteTimeout bounds the writing of an answer, from the end of the
	// request's header.
	WriteTimeout time.Duration

	// IdleTimeout bounds the waiting for the next request; 0 stands for
	// ReadTimeout.
	IdleTimeout time.Duration

	// MaxHeaderBytes bounds headers; 0 stands for DefaultMaxHeaderBytes.
	MaxHeaderBytes int

	// MaxHeaderValueCount bounds the number of values in a header; 0 stands
	// for DefaultMaxHeaderValueCount.
	MaxHeaderValueCount int

	// ConnState is called when a connection changes its state.
	ConnState func(net.Conn, ConnState)

	// ErrorLog gets what goes wrong; nil stands for package log's logger.
	ErrorLog *log.Logger

	// BaseContext returns the context that those of requests come from.
	BaseContext func(net.Listener) context.Context

	// ConnContext changes the context of a connection.
	ConnContext func(ctx context.Context, c net.Conn) context.Context

	// HTTP2 isn't used: there is no HTTP/2 yet.
	HTTP2 *HTTP2Config

	// Protocols has to have HTTP/1 if it isn't nil.
	Protocols *Protocols

	// DisableClientPriority isn't used: it is about HTTP/2.
	DisableClientPriority bool

	closing      atomic.Bool
	noKeepAlives atomic.Bool
	mu           sync.Mutex
	listeners    map[*onceListener]struct{}
	conns        map[*conn]struct{}
	onShutdown   []func()
	wg           sync.WaitGroup // of listeners
}

// onceListener is closed once.
type onceListener struct {
	net.Listener
	once sync.Once
	err  error
}

func (l *onceListener) Close() error {
	l.once.Do(func() { l.err = l.Listener.Close() })
	return l.err
}

func (s *Server) logf(format string, args ...any) {
	if s.ErrorLog != nil {
		s.ErrorLog.Printf(format, args...)
	} else {
		log.Printf(format, args...)
	}
}

// ListenAndServe listens at an address and serves with a handler; it returns
// an error in the end.
func ListenAndServe(addr string, handler Handler) error {
	s := &Server{Addr: addr, Handler: handler}
	return s.ListenAndServe()
}

// Serve serves the connections of a listener.
func Serve(l net.Listener, handler Handler) error {
	s := &Server{Handler: handler}
	return s.Serve(l)
}

// ListenAndServeTLS returns an error: there is no TLS yet.
func ListenAndServeTLS(addr, certFile, keyFile string, handler Handler) error { return errTLS }

// ServeTLS returns an error: there is no TLS yet.
func ServeTLS(l net.Listener, handler Handler, certFile, keyFile string) error { return errTLS }

// ListenAndServeTLS returns an error: there is no TLS yet.
func (s *Server) ListenAndServeTLS(certFile, keyFile string) error { return errTLS }

// ServeTLS returns an error: there is no TLS yet.
func (s *Server) ServeTLS(l net.Listener, certFile, keyFile string) error { return errTLS }

// ListenAndServe listens at Addr and serves; the error is ErrServerClosed after
// Shutdown or Close.
func (s *Server) ListenAndServe() error {
	if s.closing.Load() {
		return ErrServerClosed
	}
	addr := s.Addr
	if addr == "" {
		addr = ":http"
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	return s.Serve(l)
}

// Serve accepts connections, each served by a goroutine.
func (s *Server) Serve(listener net.Listener) error {
	if s.Protocols != nil && !s.Protocols.HTTP1() {
		listener.Close()
		return errors.New("http: no supported protocol: gosubc's library has HTTP/1 only")
	}
	l := &onceListener{Listener: listener}
	defer l.Close()
	s.mu.Lock()
	if s.closing.Load() {
		s.mu.Unlock()
		return ErrServerClosed
	}
	if s.listeners == nil {
		s.listeners = map[*onceListener]struct{}{}
	}
	s.listeners[l] = struct{}{}
	s.wg.Add(1)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.listeners, l)
		s.mu.Unlock()
		s.wg.Done()
	}()
	base := context.Background()
	if s.BaseContext != nil {
		if base = s.BaseContext(listener); base == nil {
			panic("BaseContext returned a nil context")
		}
	}
	base = context.WithValue(base, ServerContextKey, s)
	var delay time.Duration
	for {
		rw, err := l.Accept()
		if err != nil {
			if s.closing.Load() {
				return ErrServerClosed
			}
			if t, ok := err.(interface{ Temporary() bool }); ok && t.Temporary() {
				delay = min(max(2*delay, 5*time.Millisecond), time.Second)
				s.logf("http: Accept error: %v; retrying in %v", err, delay)
				time.Sleep(delay)
				continue
			}
			return err
		}
		delay = 0
		ctx := base
		if s.ConnContext != nil {
			if ctx = s.ConnContext(ctx, rw); ctx == nil {
				panic("ConnContext returned nil")
			}
		}
		c := &conn{server: s, rwc: rw}
		c.setState(StateNew)
		go c.serve(ctx)
	}
}

func (s *Server) handler() Handler {
	if s.Handler == nil {
		return DefaultServeMux
	}
	return s.Handler
}

func (s *Server) idleTimeout() time.Duration {
	if s.IdleTimeout != 0 {
		return s.IdleTimeout
	}
	return s.ReadTimeout
}

func (s *Server) headerTimeout() time.Duration {
	if s.ReadHeaderTimeout != 0 {
		return s.ReadHeaderTimeout
	}
	return s.ReadTimeout
}

func (s *Server) maxHeader() int64 {
	n := s.MaxHeaderBytes
	if n <= 0 {
		n = DefaultMaxHeaderBytes
	}
	return int64(n) + 4096
}

func (s *Server) keepAlives() bool { return !s.noKeepAlives.Load() && !s.closing.Load() }

// SetKeepAlivesEnabled says whether connections stay open between requests.
func (s *Server) SetKeepAlivesEnabled(v bool) {
	s.noKeepAlives.Store(!v)
	if !v {
		s.closeIdle()
	}
}

// RegisterOnShutdown makes Shutdown call f, in a goroutine.
func (s *Server) RegisterOnShutdown(f func()) {
	s.mu.Lock()
	s.onShutdown = append(s.onShutdown, f)
	s.mu.Unlock()
}

func (s *Server) closeListeners() error {
	var first error
	for l := range s.listeners {
		if err := l.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Close closes listeners and connections at once.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closing.Store(true)
	err := s.closeListeners()
	s.mu.Unlock()
	s.wg.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		c.rwc.Close()
		delete(s.conns, c)
	}
	return err
}

// Shutdown closes listeners and idle connections, and waits until the others
// are done or the context ends.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.closing.Store(true)
	err := s.closeListeners()
	for _, f := range s.onShutdown {
		go f()
	}
	s.mu.Unlock()
	s.wg.Wait()
	wait := time.Millisecond
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		if s.closeIdle() {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			wait = min(2*wait, 500*time.Millisecond)
			timer.Reset(wait)
		}
	}
}

// closeIdle closes the connections that do nothing; whether none is left.
func (s *Server) closeIdle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		state, since := c.state()
		// One that is new and silent for long won't ask any more.
		if state == StateIdle || state == StateNew && time.Now().Unix()-since > 5 {
			c.rwc.Close()
			delete(s.conns, c)
		}
	}
	return len(s.conns) == 0
}

// setState notes what the connection does.
func (c *conn) setState(state ConnState) {
	s := c.server
	if state == StateNew || state == StateHijacked || state == StateClosed {
		s.mu.Lock()
		if state == StateNew {
			if s.conns == nil {
				s.conns = map[*conn]struct{}{}
			}
			s.conns[c] = struct{}{}
		} else {
			delete(s.conns, c)
		}
		s.mu.Unlock()
	}
	since := int64(0)
	if state == StateNew {
		since = time.Now().Unix()
	}
	c.packed.Store(since<<8 | int64(state))
	if s.ConnState != nil {
		s.ConnState(c.rwc, state)
	}
}

func (c *conn) state() (ConnState, int64) {
	v := c.packed.Load()
	return ConnState(v & 0xff), v >> 8
}

// Error answers with a text and a number.
func Error(w ResponseWriter, error string, code int) {
	h := w.Header()
	h.Del("Content-Length")
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(code)
	fmt.Fprintln(w, error)
}
