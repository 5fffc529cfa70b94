// This file holds the errors.

package net

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"
	"time"
)

// netClosed is the error of using what has been closed.
type netClosed struct{}

func (netClosed) Error() string   { return "use of closed network connection" }
func (netClosed) Timeout() bool   { return false }
func (netClosed) Temporary() bool { return false }

// ErrClosed is the error of using a connection or listener that is closed
// already; it comes wrapped.
var ErrClosed error = errClosed

var errClosed = netClosed{}

// ErrWriteToConnected is the error of sending a packet elsewhere through a
// socket that is connected.
var ErrWriteToConnected = errors.New("use of WriteTo with pre-connected connection")

var (
	errMissingAddress = errors.New("missing address")
	errNoSuitable     = errors.New("no suitable address found")
	errInvalid        = syscall.EINVAL
)

// canceledError is what context.Canceled becomes.
type canceledError struct{}

func (canceledError) Error() string        { return "operation was canceled" }
func (canceledError) Is(target error) bool { return target == context.Canceled }

// timeoutError is what context.DeadlineExceeded becomes.
type timeoutError struct{}

func (*timeoutError) Error() string        { return "i/o timeout" }
func (*timeoutError) Timeout() bool        { return true }
func (*timeoutError) Temporary() bool      { return true }
func (*timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

var (
	errCanceled       = canceledError{}
	errTimeout  error = &timeoutError{}
)

// fromContext gives a context's error this package's text.
func fromContext(err error) error {
	switch err {
	case context.Canceled:
		return errCanceled
	case context.DeadlineExceeded:
		return errTimeout
	}
	return err
}

type timeouter interface{ Timeout() bool }
type temporary interface{ Temporary() bool }

func isTimeout(err error) bool {
	t, ok := err.(timeouter)
	return ok && t.Timeout()
}

// OpError says which operation failed, on which network, between whom.
type OpError struct {
	// Op is what failed: "read", "write", "dial", ...
	Op string

	// Net is the kind of network: "tcp", "udp6", ...
	Net string

	// Source is the near address, if the operation has two.
	Source Addr

	// Addr is the address that the operation was about: the far end of a
	// connection, or where a listener was to be.
	Addr Addr

	// Err is what happened.
	Err error
}

// Unwrap returns what happened.
func (e *OpError) Unwrap() error { return e.Err }

func (e *OpError) Error() string {
	if e == nil {
		return "<nil>"
	}
	s := e.Op
	if e.Net != "" {
		s += " " + e.Net
	}
	if e.Source != nil {
		s += " " + e.Source.String()
	}
	if e.Addr != nil {
		sep := " "
		if e.Source != nil {
			sep = "->"
		}
		s += sep + e.Addr.String()
	}
	return s + ": " + e.Err.Error()
}

// cause is what happened, without the name of the system call.
func (e *OpError) cause() error {
	if s, ok := e.Err.(*os.SyscallError); ok {
		return s.Err
	}
	return e.Err
}

// Timeout reports whether time ran out.
func (e *OpError) Timeout() bool { return isTimeout(e.cause()) }

// Temporary reports whether trying again may help.
func (e *OpError) Temporary() bool {
	err := e.cause()
	if e.Op == "accept" && (err == syscall.ECONNRESET || err == syscall.ECONNABORTED) {
		return true
	}
	t, ok := err.(temporary)
	return ok && t.Temporary()
}

// A ParseError is text that isn't what was expected, such as an IP address.
type ParseError struct {
	// Type is what was expected: "IP address", "CIDR address".
	Type string

	// Text is what was there.
	Text string
}

func (e *ParseError) Error() string { return "invalid " + e.Type + ": " + e.Text }

// Timeout returns false.
func (e *ParseError) Timeout() bool { return false }

// Temporary returns false.
func (e *ParseError) Temporary() bool { return false }

// An AddrError is an address that can't be used.
type AddrError struct {
	Err  string
	Addr string
}

func (e *AddrError) Error() string {
	if e == nil {
		return "<nil>"
	}
	if e.Addr == "" {
		return e.Err
	}
	return "address " + e.Addr + ": " + e.Err
}

// Timeout returns false.
func (e *AddrError) Timeout() bool { return false }

// Temporary returns false.
func (e *AddrError) Temporary() bool { return false }

// UnknownNetworkError is the name of a network that there isn't.
type UnknownNetworkError string

func (e UnknownNetworkError) Error() string { return "unknown network " + string(e) }

// Timeout returns false.
func (e UnknownNetworkError) Timeout() bool { return false }

// Temporary returns false.
func (e UnknownNetworkError) Temporary() bool { return false }

// InvalidAddrError says what is wrong with an address.
type InvalidAddrError string

func (e InvalidAddrError) Error() string { return string(e) }

// Timeout returns false.
func (e InvalidAddrError) Timeout() bool { return false }

// Temporary returns false.
func (e InvalidAddrError) Temporary() bool { return false }

// DNSConfigError is a configuration of name lookup that can't be read.
//
// Deprecated: nothing returns it.
type DNSConfigError struct {
	Err error
}

// Unwrap returns why.
func (e *DNSConfigError) Unwrap() error { return e.Err }

func (e *DNSConfigError) Error() string { return "error reading DNS config: " + e.Err.Error() }

// Timeout returns false.
func (e *DNSConfigError) Timeout() bool { return false }

// Temporary returns false.
func (e *DNSConfigError) Temporary() bool { return false }

// notFound is the error of a name that nobody knows.
const notFound = "no such host"

// DNSError is a lookup that failed.
type DNSError struct {
	UnwrapErr   error  // what Unwrap returns; may be nil
	Err         string // what happened
	Name        string // what was looked up
	Server      string // who was asked
	IsTimeout   bool   // it was a timeout; not set for every one
	IsTemporary bool   // trying again may help; not set for every such error
	IsNotFound  bool   // the name has no such records
}

// newDNSError makes a DNSError of another error.
func newDNSError(err error, name, server string) *DNSError {
	e := &DNSError{Err: err.Error(), Name: name, Server: server}
	if n, ok := err.(Error); ok {
		e.IsTimeout = n.Timeout()
		e.IsTemporary = n.Temporary()
	}
	if err == error(errCanceled) || err == errTimeout {
		e.UnwrapErr = err
	}
	return e
}

func notFoundError(name, server string) *DNSError {
	return &DNSError{Err: notFound, Name: name, Server: server, IsNotFound: true}
}

// Unwrap returns UnwrapErr.
func (e *DNSError) Unwrap() error { return e.UnwrapErr }

func (e *DNSError) Error() string {
	if e == nil {
		return "<nil>"
	}
	s := "lookup " + e.Name
	if e.Server != "" {
		s += " on " + e.Server
	}
	return s + ": " + e.Err
}

// Timeout reports whether the lookup is known to have timed out.
func (e *DNSError) Timeout() bool { return e.IsTimeout }

// Temporary reports whether trying again is known to may help.
func (e *DNSError) Temporary() bool { return e.IsTimeout || e.IsTemporary }

// wrapSyscall names a system call in the error number it gave.
func wrapSyscall(name string, err error) error {
	if _, ok := err.(syscall.Errno); ok {
		return os.NewSyscallError(name, err)
	}
	return err
}

// opError wraps an error of one of c's operations; io.EOF stays as it is.
func (fd *netFD) opError(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return &OpError{Op: op, Net: fd.net, Source: fd.laddr, Addr: fd.raddr, Err: err}
}

var (
	// aLongTimeAgo is a deadline that ends waits now.
	aLongTimeAgo = time.Unix(1, 0)
	noDeadline   = time.Time{}
)
