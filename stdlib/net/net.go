// This file holds the interfaces that connections and addresses have.

// Package net holds network connections: TCP, UDP, IP and Unix sockets, their
// addresses, and the lookup of names.
package net

import (
	"io"
	"sync"
	"time"
)

// An Addr is an end of a connection.
type Addr interface {
	Network() string // name of the network ("tcp", "udp", ...)
	String() string  // the address as text ("192.0.2.1:25", "[2001:db8::1]:80")
}

// A Conn is a connection that bytes flow through in order. Its methods may be
// called by several goroutines at once.
type Conn interface {
	// Read reads some bytes, at the latest until the deadline.
	Read(b []byte) (n int, err error)

	// Write writes all of b, at the latest until the deadline.
	Write(b []byte) (n int, err error)

	// Close ends the connection; reads and writes that wait return errors.
	Close() error

	// LocalAddr returns the near end, nil if there is none.
	LocalAddr() Addr

	// RemoteAddr returns the far end, nil if there is none.
	RemoteAddr() Addr

	// SetDeadline sets both deadlines. After a deadline reads or writes fail,
	// also those that wait already, with an error that wraps
	// os.ErrDeadlineExceeded, until a later deadline is set. The zero time
	// stands for none.
	SetDeadline(t time.Time) error

	// SetReadDeadline sets until when reads may wait.
	SetReadDeadline(t time.Time) error

	// SetWriteDeadline sets until when writes may wait. A write that times
	// out may have written a part.
	SetWriteDeadline(t time.Time) error
}

// A PacketConn sends and receives packets.
type PacketConn interface {
	// ReadFrom reads one packet into p and tells whom it came from. What
	// doesn't fit into p may be lost.
	ReadFrom(p []byte) (n int, addr Addr, err error)

	// WriteTo sends one packet.
	WriteTo(p []byte, addr Addr) (n int, err error)

	// Close ends the connection.
	Close() error

	// LocalAddr returns the near end, nil if there is none.
	LocalAddr() Addr

	// SetDeadline sets both deadlines, as a Conn's.
	SetDeadline(t time.Time) error

	// SetReadDeadline sets until when ReadFrom may wait.
	SetReadDeadline(t time.Time) error

	// SetWriteDeadline sets until when WriteTo may wait.
	SetWriteDeadline(t time.Time) error
}

// A Listener accepts connections.
type Listener interface {
	// Accept waits for the next connection.
	Accept() (Conn, error)

	// Close ends listening; an Accept that waits returns an error.
	Close() error

	// Addr returns where connections arrive.
	Addr() Addr
}

// An Error is an error of the network.
type Error interface {
	error
	Timeout() bool // Is it a timeout?

	// Deprecated: what it means was never clear; most of these are timeouts.
	Temporary() bool
}

// Buffers are pieces of bytes to be written one after another, where the
// connection can do it in one step.
type Buffers [][]byte

var (
	_ io.WriterTo = (*Buffers)(nil)
	_ io.Reader   = (*Buffers)(nil)
)

// buffersWriter is what can write many pieces in one step.
type buffersWriter interface {
	writeBuffers(v *Buffers) (int64, error)
}

// WriteTo writes the pieces and removes what has been written from v.
func (v *Buffers) WriteTo(w io.Writer) (n int64, err error) {
	if bw, ok := w.(buffersWriter); ok {
		return bw.writeBuffers(v)
	}
	for _, b := range *v {
		m, e := w.Write(b)
		n += int64(m)
		if e != nil {
			v.consume(n)
			return n, e
		}
	}
	v.consume(n)
	return n, nil
}

// Read takes bytes out of the pieces.
func (v *Buffers) Read(p []byte) (n int, err error) {
	for len(p) > 0 && len(*v) > 0 {
		m := copy(p, (*v)[0])
		v.consume(int64(m))
		p = p[m:]
		n += m
	}
	if len(*v) == 0 {
		err = io.EOF
	}
	return n, err
}

// consume removes the first n bytes.
func (v *Buffers) consume(n int64) {
	for len(*v) > 0 {
		first := int64(len((*v)[0]))
		if first > n {
			(*v)[0] = (*v)[0][n:]
			return
		}
		n -= first
		(*v)[0] = nil
		*v = (*v)[1:]
	}
}

// copyBuffers are for copies to and from connections.
var copyBuffers = sync.Pool{New: func() any {
	b := make([]byte, 32<<10)
	return &b
}}
