// This file holds servers for tests.

package httptest

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// A Server listens at a port of loopback.
type Server struct {
	URL      string // "http://127.0.0.1:port"
	Listener net.Listener

	// EnableHTTP2 isn't used: there is no HTTP/2 yet.
	EnableHTTP2 bool

	// Config may be changed between NewUnstartedServer and Start.
	Config *http.Server

	mu     sync.Mutex
	closed bool
	wg     sync.WaitGroup
	conns  map[net.Conn]http.ConnState
	client *http.Client
}

// NewServer returns a server that runs.
func NewServer(handler http.Handler) *Server {
	s := NewUnstartedServer(handler)
	s.Start()
	return s
}

// NewUnstartedServer returns a server that doesn't run yet.
func NewUnstartedServer(handler http.Handler) *Server {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		if l, err = net.Listen("tcp6", "[::1]:0"); err != nil {
			panic(fmt.Sprintf("httptest: failed to listen on a port: %v", err))
		}
	}
	return &Server{Listener: l, Config: &http.Server{Handler: handler}}
}

// Start starts the server.
func (s *Server) Start() {
	if s.URL != "" {
		panic("Server already started")
	}
	s.URL = "http://" + s.Listener.Addr().String()
	s.client = &http.Client{Transport: &http.Transport{}}
	s.conns = map[net.Conn]http.ConnState{}
	old := s.Config.ConnState
	s.Config.ConnState = func(c net.Conn, state http.ConnState) {
		s.mu.Lock()
		switch state {
		case http.StateClosed, http.StateHijacked:
			delete(s.conns, c)
		default:
			s.conns[c] = state
			if s.closed && (state == http.StateIdle || state == http.StateNew) {
				c.Close()
			}
		}
		s.mu.Unlock()
		if old != nil {
			old(c, state)
		}
	}
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		s.Config.Serve(s.Listener)
	}()
}

// Close closes the server and waits until the requests in progress are done.
func (s *Server) Close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		s.Listener.Close()
		s.Config.SetKeepAlivesEnabled(false)
		for c, state := range s.conns {
			if state == http.StateIdle || state == http.StateNew {
				c.Close()
			}
		}
	}
	s.mu.Unlock()
	if t, ok := http.DefaultTransport.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
	if s.client != nil {
		s.client.CloseIdleConnections()
	}
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		s.mu.Lock()
		n := len(s.conns)
		s.mu.Unlock()
		if n == 0 {
			break
		}
		if time.Now().After(deadline) {
			fmt.Fprintf(os.Stderr, "httptest.Server blocked in Close after 5 seconds, waiting for %d connections\n", n)
			deadline = time.Now().Add(time.Hour)
		}
	}
	s.wg.Wait()
}

// CloseClientConnections closes all connections.
func (s *Server) CloseClientConnections() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		c.Close()
	}
}

// Client returns a client for the server; Close closes its connections.
func (s *Server) Client() *http.Client { return s.client }
