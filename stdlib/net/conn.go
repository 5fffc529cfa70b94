// This file holds what all connections have in common.

package net

import (
	"os"
	"syscall"
	"time"
)

type conn struct{ fd *netFD }

func (c *conn) ok() bool { return c != nil && c.fd != nil }

// Read reads some bytes.
func (c *conn) Read(b []byte) (int, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	n, err := c.fd.read(b)
	if err != nil {
		err = c.fd.opError("read", err)
	}
	return n, err
}

// Write writes all of b.
func (c *conn) Write(b []byte) (int, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	n, err := c.fd.write(b)
	if err != nil {
		err = &OpError{Op: "write", Net: c.fd.net, Source: c.fd.laddr, Addr: c.fd.raddr, Err: err}
	}
	return n, err
}

func (c *conn) writeBuffers(v *Buffers) (int64, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	n, err := c.fd.writeBuffers(v)
	return n, c.fd.opError("write", err)
}

// Close ends the connection.
func (c *conn) Close() error {
	if !c.ok() {
		return errInvalid
	}
	return c.fd.opError("close", c.fd.close())
}

// LocalAddr returns the near end.
func (c *conn) LocalAddr() Addr {
	if !c.ok() {
		return nil
	}
	return c.fd.laddr
}

// RemoteAddr returns the far end.
func (c *conn) RemoteAddr() Addr {
	if !c.ok() {
		return nil
	}
	return c.fd.raddr
}

func (c *conn) deadline(t time.Time, read, write bool) error {
	if !c.ok() {
		return errInvalid
	}
	if err := c.fd.setDeadline(t, read, write); err != nil {
		return c.setError(err)
	}
	return nil
}

// setError wraps an error of changing the connection.
func (c *conn) setError(err error) error {
	if err == nil {
		return nil
	}
	return &OpError{Op: "set", Net: c.fd.net, Addr: c.fd.laddr, Err: err}
}

// SetDeadline sets until when reads and writes may wait.
func (c *conn) SetDeadline(t time.Time) error { return c.deadline(t, true, true) }

// SetReadDeadline sets until when reads may wait.
func (c *conn) SetReadDeadline(t time.Time) error { return c.deadline(t, true, false) }

// SetWriteDeadline sets until when writes may wait.
func (c *conn) SetWriteDeadline(t time.Time) error { return c.deadline(t, false, true) }

func (c *conn) set(level, name, value int) error {
	if !c.ok() {
		return errInvalid
	}
	return c.setError(c.fd.setInt(level, name, value))
}

// SetReadBuffer sets the size of the system's buffer for what arrives.
func (c *conn) SetReadBuffer(bytes int) error { return c.set(solSocket, soRcvbuf, bytes) }

// SetWriteBuffer sets the size of the system's buffer for what leaves.
func (c *conn) SetWriteBuffer(bytes int) error { return c.set(solSocket, soSndbuf, bytes) }

// File returns a copy of the descriptor as a file. Closing one doesn't close
// the other.
func (c *conn) File() (f *os.File, err error) {
	if !c.ok() {
		return nil, errInvalid
	}
	if f, err = c.fd.dup(c.fd.name()); err != nil {
		err = c.fd.opError("file", err)
	}
	return f, err
}

// name describes a socket.
func (fd *netFD) name() string {
	s := fd.net + ":"
	if fd.laddr != nil {
		s += fd.laddr.String()
	}
	s += "->"
	if fd.raddr != nil {
		s += fd.raddr.String()
	}
	return s
}

// SyscallConn returns the connection for system calls of its own.
func (c *conn) SyscallConn() (syscall.RawConn, error) {
	if !c.ok() {
		return nil, errInvalid
	}
	return rawConn{c.fd}, nil
}
