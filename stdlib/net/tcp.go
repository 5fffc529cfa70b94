// This file holds TCP.

package net

import (
	"context"
	"io"
	"net/netip"
	"os"
	"syscall"
	"time"
)

// TCPConn is a TCP connection.
type TCPConn struct{ conn }

// TCPListener accepts TCP connections.
type TCPListener struct {
	fd *netFD
	lc ListenConfig
}

func newTCPConn(fd *netFD, idle time.Duration, keep KeepAliveConfig) *TCPConn {
	c := &TCPConn{conn{fd}}
	setInt(fd.fd, ipprotoTCP, tcpNodelay, 1)
	if !keep.Enable && idle >= 0 {
		keep = KeepAliveConfig{Enable: true, Idle: idle}
	}
	if keep.Enable {
		fd.setKeepAlive(keep)
	}
	return c
}

// ReadFrom copies from r until its end.
func (c *TCPConn) ReadFrom(r io.Reader) (int64, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	n, err := copyTo(writerOnly{c}, r)
	if _, ok := err.(*OpError); err != nil && err != io.EOF && !ok {
		err = &OpError{Op: "readfrom", Net: c.fd.net, Source: c.fd.laddr, Addr: c.fd.raddr, Err: err}
	}
	return n, err
}

// WriteTo copies to w until the connection's end.
func (c *TCPConn) WriteTo(w io.Writer) (int64, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	n, err := copyTo(w, readerOnly{c})
	if _, ok := err.(*OpError); err != nil && err != io.EOF && !ok {
		err = &OpError{Op: "writeto", Net: c.fd.net, Source: c.fd.laddr, Addr: c.fd.raddr, Err: err}
	}
	return n, err
}

// writerOnly and readerOnly hide the methods that would call each other.
type writerOnly struct{ io.Writer }
type readerOnly struct{ io.Reader }

func copyTo(w io.Writer, r io.Reader) (int64, error) {
	buf := copyBuffers.Get().(*[]byte)
	defer copyBuffers.Put(buf)
	return io.CopyBuffer(w, r, *buf)
}

// CloseRead ends reading.
func (c *TCPConn) CloseRead() error {
	if !c.ok() {
		return errInvalid
	}
	return c.fd.opError("close", c.fd.shutdown(shutRead))
}

// CloseWrite ends writing: the other side reads to the end.
func (c *TCPConn) CloseWrite() error {
	if !c.ok() {
		return errInvalid
	}
	return c.fd.opError("close", c.fd.shutdown(shutWrite))
}

// SetLinger says what Close does with data that has not been sent: with sec < 0
// it goes on being sent, with 0 it is dropped, else it is sent for up to sec
// seconds.
func (c *TCPConn) SetLinger(sec int) error {
	if !c.ok() {
		return errInvalid
	}
	return c.setError(c.fd.setLinger(sec))
}

// SetKeepAlive turns probes of the other side on or off.
func (c *TCPConn) SetKeepAlive(keepalive bool) error {
	return c.set(solSocket, soKeepalive, boolInt(keepalive))
}

// SetKeepAlivePeriod sets after which time of silence probes begin.
func (c *TCPConn) SetKeepAlivePeriod(d time.Duration) error {
	if d < 0 {
		return nil
	}
	return c.set(ipprotoTCP, tcpKeepidle, seconds(d))
}

// SetKeepAliveConfig sets how the other side is probed.
func (c *TCPConn) SetKeepAliveConfig(config KeepAliveConfig) error {
	if !c.ok() {
		return errInvalid
	}
	return c.setError(c.fd.setKeepAlive(config))
}

// SetNoDelay says whether small pieces are sent at once, which is the default,
// or collected.
func (c *TCPConn) SetNoDelay(noDelay bool) error {
	return c.set(ipprotoTCP, tcpNodelay, boolInt(noDelay))
}

// MultipathTCP reports whether the connection is a multipath one.
func (c *TCPConn) MultipathTCP() (bool, error) {
	if !c.ok() {
		return false, errInvalid
	}
	if !c.fd.use() {
		return false, errClosed
	}
	defer c.fd.unuse()
	return c.fd.getInt(solSocket, soProtocol) == ipprotoMPTCP, nil
}

// DialTCP connects to raddr, from laddr if that isn't nil.
func DialTCP(network string, laddr, raddr *TCPAddr) (*TCPConn, error) {
	switch network {
	case "tcp", "tcp4", "tcp6":
	default:
		return nil, &OpError{Op: "dial", Net: network, Source: asAddr(laddr), Addr: asAddr(raddr), Err: UnknownNetworkError(network)}
	}
	if raddr == nil {
		return nil, &OpError{Op: "dial", Net: network, Source: asAddr(laddr), Err: errMissingAddress}
	}
	var d Dialer
	c, err := d.dialTCP(context.Background(), network, laddr, raddr)
	if err != nil {
		return nil, &OpError{Op: "dial", Net: network, Source: asAddr(laddr), Addr: raddr, Err: err}
	}
	return c, nil
}

func (d *Dialer) dialTCP(ctx context.Context, network string, l, r *TCPAddr) (*TCPConn, error) {
	proto := 0
	if d.mptcp == mptcpOn {
		proto = ipprotoMPTCP
	}
	dial := func(proto int) (*netFD, error) {
		return internetSocket(ctx, network, l, r, sockStream, proto, false, d.control())
	}
	fd, err := dial(proto)
	if err != nil && proto != 0 {
		fd, err = dial(0)
	}
	// The system may connect a socket to itself when nobody listens at a port
	// of the range that it takes near ends from.
	for try := 0; try < 2 && err == nil && (l == nil || l.Port == 0) && selfConnected(fd); try++ {
		fd.close()
		fd, err = dial(0)
	}
	if err != nil {
		return nil, err
	}
	return newTCPConn(fd, d.KeepAlive, d.KeepAliveConfig), nil
}

func selfConnected(fd *netFD) bool {
	l, lok := fd.laddr.(*TCPAddr)
	r, rok := fd.raddr.(*TCPAddr)
	return !lok || !rok || l.Port == r.Port && l.IP.Equal(r.IP)
}

// DialTCP connects to raddr, from laddr if that is valid.
func (d *Dialer) DialTCP(ctx context.Context, network string, laddr netip.AddrPort, raddr netip.AddrPort) (*TCPConn, error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	var l *TCPAddr
	if laddr.IsValid() {
		l = TCPAddrFromAddrPort(laddr)
	}
	r := TCPAddrFromAddrPort(raddr)
	var err error = UnknownNetworkError(network)
	switch network {
	case "tcp", "tcp4", "tcp6":
		var c *TCPConn
		if c, err = d.dialTCP(ctx, network, l, r); err == nil {
			return c, nil
		}
	}
	return nil, &OpError{Op: "dial", Net: network, Source: asAddr(l), Addr: r, Err: err}
}

// ListenTCP listens at laddr; with port 0 at one that the system chooses.
func ListenTCP(network string, laddr *TCPAddr) (*TCPListener, error) {
	switch network {
	case "tcp", "tcp4", "tcp6":
	default:
		return nil, &OpError{Op: "listen", Net: network, Addr: asAddr(laddr), Err: UnknownNetworkError(network)}
	}
	if laddr == nil {
		laddr = &TCPAddr{}
	}
	var lc ListenConfig
	l, err := lc.listenTCP(context.Background(), network, laddr)
	if err != nil {
		return nil, &OpError{Op: "listen", Net: network, Addr: laddr, Err: err}
	}
	return l, nil
}

func (lc *ListenConfig) listenTCP(ctx context.Context, network string, laddr *TCPAddr) (*TCPListener, error) {
	var s *netFD
	var err error
	if lc.mptcp == mptcpOn {
		s, err = internetSocket(ctx, network, laddr, nil, sockStream, ipprotoMPTCP, true, lc.control())
	}
	if s == nil {
		s, err = internetSocket(ctx, network, laddr, nil, sockStream, 0, true, lc.control())
	}
	if err != nil {
		return nil, err
	}
	return &TCPListener{fd: s, lc: *lc}, nil
}

func (l *TCPListener) ok() bool { return l != nil && l.fd != nil }

// AcceptTCP waits for the next connection.
func (l *TCPListener) AcceptTCP() (*TCPConn, error) {
	if !l.ok() {
		return nil, errInvalid
	}
	fd, ra, err := l.fd.accept()
	if err != nil {
		return nil, l.opError("accept", err)
	}
	fd.setAddrs(fd.localName(), ra.addr(fd.net, fd.sotype))
	return newTCPConn(fd, l.lc.KeepAlive, l.lc.KeepAliveConfig), nil
}

// Accept waits for the next connection.
func (l *TCPListener) Accept() (Conn, error) {
	c, err := l.AcceptTCP()
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (l *TCPListener) opError(op string, err error) error {
	if err == nil {
		return nil
	}
	return &OpError{Op: op, Net: l.fd.net, Addr: l.fd.laddr, Err: err}
}

// Close ends listening.
func (l *TCPListener) Close() error {
	if !l.ok() {
		return errInvalid
	}
	return l.opError("close", l.fd.close())
}

// Addr returns where it listens, a *TCPAddr.
func (l *TCPListener) Addr() Addr { return l.fd.laddr }

// SetDeadline sets until when Accept may wait.
func (l *TCPListener) SetDeadline(t time.Time) error {
	if !l.ok() {
		return errInvalid
	}
	return l.opError("set", l.fd.setDeadline(t, true, true))
}

// File returns a copy of the descriptor as a file.
func (l *TCPListener) File() (f *os.File, err error) {
	if !l.ok() {
		return nil, errInvalid
	}
	f, err = l.fd.dup(l.fd.name())
	return f, l.opError("file", err)
}

// SyscallConn returns the listener for system calls of its own.
func (l *TCPListener) SyscallConn() (syscall.RawConn, error) {
	if !l.ok() {
		return nil, errInvalid
	}
	return rawConn{l.fd}, nil
}
