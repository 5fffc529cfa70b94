// This file holds Unix sockets.

package net

import (
	"context"
	"os"
	"sync"
	"syscall"
	"time"
)

// UnixConn is a connection through a Unix socket.
type UnixConn struct{ conn }

// UnixListener accepts connections at a Unix socket.
type UnixListener struct {
	fd     *netFD
	path   string
	unlink bool
	once   sync.Once
}

func unixType(network string) (int, error) {
	switch network {
	case "unix":
		return sockStream, nil
	case "unixgram":
		return sockDgram, nil
	case "unixpacket":
		return sockSeqpacket, nil
	}
	return 0, UnknownNetworkError(network)
}

func unixSocket(ctx context.Context, network string, l, r *UnixAddr, listen bool, ctl control) (*netFD, error) {
	sotype, err := unixType(network)
	if err != nil {
		return nil, err
	}
	// An address without a name binds nothing when dialing.
	if !listen {
		if l != nil && l.isWildcard() {
			l = nil
		}
		if r != nil && r.isWildcard() {
			r = nil
		}
		if r == nil && (sotype != sockDgram || l == nil) {
			return nil, errMissingAddress
		}
	}
	return socket(ctx, network, afUnix, sotype, 0, false, sockAddr(l), sockAddr(r), listen, ctl)
}

// DialUnix connects to raddr, from laddr if that isn't nil.
func DialUnix(network string, laddr, raddr *UnixAddr) (*UnixConn, error) {
	c, err := new(Dialer).dialUnix(context.Background(), network, laddr, raddr)
	if err != nil {
		return nil, &OpError{Op: "dial", Net: network, Source: asAddr(laddr), Addr: asAddr(raddr), Err: err}
	}
	return c, nil
}

func (d *Dialer) dialUnix(ctx context.Context, network string, l, r *UnixAddr) (*UnixConn, error) {
	fd, err := unixSocket(ctx, network, l, r, false, d.control())
	if err != nil {
		return nil, err
	}
	return &UnixConn{conn{fd}}, nil
}

// DialUnix is the function of that name within a context.
func (d *Dialer) DialUnix(ctx context.Context, network string, laddr *UnixAddr, raddr *UnixAddr) (*UnixConn, error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	c, err := d.dialUnix(ctx, network, laddr, raddr)
	if err != nil {
		return nil, &OpError{Op: "dial", Net: network, Source: asAddr(laddr), Addr: asAddr(raddr), Err: err}
	}
	return c, nil
}

// ListenUnix listens at a Unix socket, which must not exist.
func ListenUnix(network string, laddr *UnixAddr) (*UnixListener, error) {
	err := error(UnknownNetworkError(network))
	if network == "unix" || network == "unixpacket" {
		err = errMissingAddress
		if laddr != nil {
			var l *UnixListener
			if l, err = new(ListenConfig).listenUnix(context.Background(), network, laddr); err == nil {
				return l, nil
			}
		}
	}
	return nil, &OpError{Op: "listen", Net: network, Addr: asAddr(laddr), Err: err}
}

func (lc *ListenConfig) listenUnix(ctx context.Context, network string, laddr *UnixAddr) (*UnixListener, error) {
	fd, err := unixSocket(ctx, network, laddr, nil, true, lc.control())
	if err != nil {
		return nil, err
	}
	return &UnixListener{fd: fd, path: fd.laddr.String(), unlink: true}, nil
}

// ListenUnixgram makes a socket that receives the packets for laddr.
func ListenUnixgram(network string, laddr *UnixAddr) (*UnixConn, error) {
	err := error(UnknownNetworkError(network))
	if network == "unixgram" {
		err = errMissingAddress
		if laddr != nil {
			var c *UnixConn
			if c, err = new(ListenConfig).listenUnixgram(context.Background(), network, laddr); err == nil {
				return c, nil
			}
		}
	}
	return nil, &OpError{Op: "listen", Net: network, Addr: asAddr(laddr), Err: err}
}

func (lc *ListenConfig) listenUnixgram(ctx context.Context, network string, laddr *UnixAddr) (*UnixConn, error) {
	fd, err := unixSocket(ctx, network, laddr, nil, true, lc.control())
	if err != nil {
		return nil, err
	}
	return &UnixConn{conn{fd}}, nil
}

// unixAddrOf is whom a packet came from, nil for a socket without a name.
func (fd *netFD) unixAddrOf(ra *rawAddr) *UnixAddr {
	if ra.family() == afUnspec {
		return nil
	}
	return &UnixAddr{Name: ra.unixName(), Net: unixNet(fd.sotype)}
}

// ReadFromUnix receives one packet.
func (c *UnixConn) ReadFromUnix(b []byte) (int, *UnixAddr, error) {
	if !c.ok() {
		return 0, nil, errInvalid
	}
	var ra rawAddr
	n, err := c.fd.recvFrom(b, &ra)
	if err != nil {
		return n, nil, c.fd.opErrorFrom(err)
	}
	return n, c.fd.unixAddrOf(&ra), nil
}

// ReadFrom receives one packet.
func (c *UnixConn) ReadFrom(b []byte) (int, Addr, error) {
	n, a, err := c.ReadFromUnix(b)
	if a == nil {
		return n, nil, err
	}
	return n, a, err
}

// cloexec makes descriptors that arrive close when another program is executed.
const cloexec = 0x40000000

// ReadMsgUnix receives one packet with control data (descriptors, credentials).
func (c *UnixConn) ReadMsgUnix(b, oob []byte) (n, oobn, flags int, addr *UnixAddr, err error) {
	if !c.ok() {
		return 0, 0, 0, nil, errInvalid
	}
	var ra rawAddr
	if n, oobn, flags, err = c.fd.recvMsg(b, oob, &ra, cloexec); err != nil {
		return n, oobn, flags, nil, c.fd.opErrorFrom(err)
	}
	return n, oobn, flags &^ cloexec, c.fd.unixAddrOf(&ra), nil
}

// WriteToUnix sends one packet to addr.
func (c *UnixConn) WriteToUnix(b []byte, addr *UnixAddr) (int, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	ra, err := c.fd.packetTarget(addr)
	if err == nil && addr.Net != unixNet(c.fd.sotype) {
		err = syscall.EAFNOSUPPORT
	}
	n := 0
	if err == nil {
		n, err = c.fd.sendTo(b, &ra)
	}
	return n, c.fd.opErrorTo(err, asAddr(addr))
}

// WriteTo sends one packet to addr, a *UnixAddr.
func (c *UnixConn) WriteTo(b []byte, addr Addr) (int, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	a, ok := addr.(*UnixAddr)
	if !ok {
		return 0, c.fd.opErrorTo(errInvalid, addr)
	}
	return c.WriteToUnix(b, a)
}

// WriteMsgUnix sends data and control data, to addr unless the socket is
// connected.
func (c *UnixConn) WriteMsgUnix(b, oob []byte, addr *UnixAddr) (n, oobn int, err error) {
	if !c.ok() {
		return 0, 0, errInvalid
	}
	if c.fd.sotype == sockDgram {
		n, oobn, err = c.fd.writeMsg(b, oob, addr)
	} else if addr != nil {
		err = ErrWriteToConnected
	} else {
		n, oobn, err = c.fd.sendMsg(b, oob, nil)
	}
	return n, oobn, c.fd.opErrorTo(err, asAddr(addr))
}

// CloseRead ends reading.
func (c *UnixConn) CloseRead() error {
	if !c.ok() {
		return errInvalid
	}
	return c.fd.opError("close", c.fd.shutdown(shutRead))
}

// CloseWrite ends writing: the other side reads to the end.
func (c *UnixConn) CloseWrite() error {
	if !c.ok() {
		return errInvalid
	}
	return c.fd.opError("close", c.fd.shutdown(shutWrite))
}

func (l *UnixListener) ok() bool { return l != nil && l.fd != nil }

func (l *UnixListener) opError(op string, err error) error {
	if err == nil {
		return nil
	}
	return &OpError{Op: op, Net: l.fd.net, Addr: l.fd.laddr, Err: err}
}

// AcceptUnix waits for the next connection.
func (l *UnixListener) AcceptUnix() (*UnixConn, error) {
	if !l.ok() {
		return nil, errInvalid
	}
	fd, ra, err := l.fd.accept()
	if err != nil {
		return nil, l.opError("accept", err)
	}
	if ra.n < 2 {
		ra.b[0], ra.n = afUnix, 2
	}
	fd.setAddrs(fd.localName(), ra.addr(fd.net, fd.sotype))
	return &UnixConn{conn{fd}}, nil
}

// Accept waits for the next connection, a *UnixConn.
func (l *UnixListener) Accept() (Conn, error) {
	c, err := l.AcceptUnix()
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Close ends listening and removes the socket's file, if the listener made it.
func (l *UnixListener) Close() error {
	if !l.ok() {
		return errInvalid
	}
	l.once.Do(func() {
		if l.unlink && l.path != "" && l.path[0] != '@' {
			os.Remove(l.path)
		}
	})
	return l.opError("close", l.fd.close())
}

// SetUnlinkOnClose says whether Close removes the socket's file.
func (l *UnixListener) SetUnlinkOnClose(unlink bool) { l.unlink = unlink }

// Addr returns where it listens.
func (l *UnixListener) Addr() Addr { return l.fd.laddr }

// SetDeadline sets until when Accept may wait.
func (l *UnixListener) SetDeadline(t time.Time) error {
	if !l.ok() {
		return errInvalid
	}
	return l.opError("set", l.fd.setDeadline(t, true, true))
}

// File returns a copy of the descriptor as a file.
func (l *UnixListener) File() (f *os.File, err error) {
	if !l.ok() {
		return nil, errInvalid
	}
	f, err = l.fd.dup(l.fd.name())
	return f, l.opError("file", err)
}

// SyscallConn returns the listener for system calls of its own.
func (l *UnixListener) SyscallConn() (syscall.RawConn, error) {
	if !l.ok() {
		return nil, errInvalid
	}
	return rawConn{l.fd}, nil
}
