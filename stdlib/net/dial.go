// This file holds Dialer and ListenConfig.

package net

import (
	"context"
	"syscall"
	"time"
)

// mptcp says whether multipath TCP is used.
type mptcp uint8

const (
	mptcpDefault mptcp = iota
	mptcpOn
	mptcpOff
)

// A Dialer connects. Its zero value does what Dial does.
type Dialer struct {
	// Timeout is how long connecting may take; 0 for as long as the system
	// tries.
	Timeout time.Duration

	// Deadline is until when connecting may take.
	Deadline time.Time

	// LocalAddr is the near end; nil for one that the system chooses.
	LocalAddr Addr

	// Deprecated: it is always on; FallbackDelay < 0 turns it off.
	DualStack bool

	// FallbackDelay is how long a connection by one version of IP may take
	// before the other is tried beside it; 0 stands for 300ms, less for never.
	FallbackDelay time.Duration

	// KeepAlive is the time between probes of the other side, if
	// KeepAliveConfig isn't enabled; 0 stands for 15 seconds, less for none.
	KeepAlive time.Duration

	// KeepAliveConfig says how the other side is probed.
	KeepAliveConfig KeepAliveConfig

	// Resolver looks up names; nil stands for DefaultResolver.
	Resolver *Resolver

	// Deprecated: use DialContext. Closing it ends connecting.
	Cancel <-chan struct{}

	// Control is called with each new socket before it is connected, unless
	// ControlContext is there.
	Control func(network, address string, c syscall.RawConn) error

	// ControlContext is Control with the context of dialing.
	ControlContext func(ctx context.Context, network, address string, c syscall.RawConn) error

	mptcp mptcp
}

// MultipathTCP reports whether multipath TCP is tried.
func (d *Dialer) MultipathTCP() bool { return d.mptcp == mptcpOn }

// SetMultipathTCP says whether multipath TCP is tried.
func (d *Dialer) SetMultipathTCP(use bool) {
	d.mptcp = mptcpOff
	if use {
		d.mptcp = mptcpOn
	}
}

func (d *Dialer) control() control {
	if d.ControlContext != nil {
		return d.ControlContext
	}
	if d.Control != nil {
		return func(_ context.Context, network, address string, c syscall.RawConn) error {
			return d.Control(network, address, c)
		}
	}
	return nil
}

// within returns ctx with the dialer's own limits.
func (d *Dialer) within(ctx context.Context) (context.Context, context.CancelFunc) {
	at := d.Deadline
	if d.Timeout != 0 {
		if t := time.Now().Add(d.Timeout); at.IsZero() || t.Before(at) {
			at = t
		}
	}
	cancel := context.CancelFunc(func() {})
	if !at.IsZero() {
		ctx, cancel = context.WithDeadline(ctx, at)
	}
	if d.Cancel != nil {
		sub, subCancel := context.WithCancel(ctx)
		outer := cancel
		cancel = func() { subCancel(); outer() }
		ctx = sub
		go func() {
			select {
			case <-d.Cancel:
				subCancel()
			case <-sub.Done():
			}
		}()
	}
	return ctx, cancel
}

// Dial connects to an address on a network: "tcp", "udp" with a 4 or 6 behind
// or not, "unix", "unixgram", "unixpacket", or "ip" with a protocol ("ip4:icmp").
// TCP and UDP addresses are "host:port"; without a host it is this one.
func Dial(network, address string) (Conn, error) {
	var d Dialer
	return d.Dial(network, address)
}

// DialTimeout is Dial with a limit of time.
func DialTimeout(network, address string, timeout time.Duration) (Conn, error) {
	d := Dialer{Timeout: timeout}
	return d.Dial(network, address)
}

// Dial connects to an address on a network.
func (d *Dialer) Dial(network, address string) (Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

// DialContext connects to an address on a network. The context ends connecting,
// not the connection.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (Conn, error) {
	if ctx == nil {
		panic("nil context")
	}
	ctx, cancel := d.within(ctx)
	defer cancel()
	r := d.Resolver
	if r == nil {
		r = DefaultResolver
	}
	fail := func(to Addr, err error) (Conn, error) {
		return nil, &OpError{Op: "dial", Net: network, Source: d.LocalAddr, Addr: to, Err: err}
	}
	list, err := r.dialList(ctx, network, address, d.LocalAddr)
	if err != nil {
		return fail(nil, err)
	}
	first, second := list, []sockAddr(nil)
	if network == "tcp" && d.FallbackDelay >= 0 {
		first, second = splitFamilies(list)
	}
	if len(second) == 0 {
		return d.dialSerial(ctx, network, first)
	}
	return d.dialParallel(ctx, network, first, second)
}

// dialList returns the addresses to try, which fit the near end.
func (r *Resolver) dialList(ctx context.Context, network, address string, local Addr) ([]sockAddr, error) {
	name, _, err := parseNetwork(network, true)
	if err != nil {
		return nil, err
	}
	if address == "" {
		return nil, errMissingAddress
	}
	switch name {
	case "unix", "unixgram", "unixpacket":
		a, err := ResolveUnixAddr(name, address)
		if err != nil {
			return nil, err
		}
		if local != nil && local.Network() != a.Network() {
			return nil, &AddrError{Err: "mismatched local address type", Addr: local.String()}
		}
		return []sockAddr{a}, nil
	}
	list, err := r.addrList(ctx, name, address)
	if err != nil || local == nil {
		return list, err
	}
	l, ok := local.(sockAddr)
	if !ok || l.Network() != list[0].Network() {
		return nil, &AddrError{Err: "mismatched local address type", Addr: local.String()}
	}
	if l.isNil() || l.isWildcard() {
		return list, nil
	}
	fits := list[:0:0]
	for _, a := range list {
		if a.isWildcard() || a.family() == l.family() {
			fits = append(fits, a)
		}
	}
	if len(fits) == 0 {
		return nil, &AddrError{Err: errNoSuitable.Error(), Addr: address}
	}
	return fits, nil
}

// splitFamilies separates the addresses of the first one's family.
func splitFamilies(list []sockAddr) (first, second []sockAddr) {
	for _, a := range list {
		if a.family() == list[0].family() {
			first = append(first, a)
		} else {
			second = append(second, a)
		}
	}
	return first, second
}

// dialSerial tries one address after another; the first error is the one to
// tell.
func (d *Dialer) dialSerial(ctx context.Context, network string, list []sockAddr) (Conn, error) {
	var first error
	for i, a := range list {
		if err := ctx.Err(); err != nil {
			return nil, &OpError{Op: "dial", Net: network, Source: d.LocalAddr, Addr: a, Err: fromContext(err)}
		}
		sub, cancel := share(ctx, len(list)-i)
		c, err := d.dialOne(sub, network, a)
		cancel()
		if err == nil {
			return c, nil
		}
		if first == nil {
			first = err
		}
	}
	if first == nil {
		first = &OpError{Op: "dial", Net: network, Err: errMissingAddress}
	}
	return nil, first
}

// share gives one of n addresses its share of the time that is left, but at
// least two seconds.
func share(ctx context.Context, n int) (context.Context, context.CancelFunc) {
	at, ok := ctx.Deadline()
	if !ok || n == 1 {
		return ctx, func() {}
	}
	left := time.Until(at)
	part := max(left/time.Duration(n), min(left, 2*time.Second))
	return context.WithTimeout(ctx, part)
}

// dialParallel tries the second list when the first has not succeeded after a
// delay, or has failed.
func (d *Dialer) dialParallel(ctx context.Context, network string, first, second []sockAddr) (Conn, error) {
	type result struct {
		c     Conn
		err   error
		first bool
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan result)
	done := make(chan struct{})
	defer close(done)
	start := func(list []sockAddr, isFirst bool) {
		c, err := d.dialSerial(ctx, network, list)
		select {
		case results <- result{c, err, isFirst}:
		case <-done:
			if c != nil {
				c.Close()
			}
		}
	}
	go start(first, true)
	delay := d.FallbackDelay
	if delay == 0 {
		delay = 300 * time.Millisecond
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	var firstErr, anyErr error
	running, started := 1, false
	for {
		select {
		case <-timer.C:
			if !started {
				started = true
				running++
				go start(second, false)
			}
		case r := <-results:
			if r.err == nil {
				return r.c, nil
			}
			anyErr = r.err
			if r.first {
				firstErr = r.err
			}
			running--
			if !started {
				started = true
				running++
				go start(second, false)
			}
			if running == 0 {
				if firstErr != nil {
					return nil, firstErr
				}
				return nil, anyErr
			}
		}
	}
}

// dialOne connects to one address.
func (d *Dialer) dialOne(ctx context.Context, network string, to sockAddr) (c Conn, err error) {
	local := d.LocalAddr
	switch a := to.(type) {
	case *TCPAddr:
		l, _ := local.(*TCPAddr)
		var t *TCPConn
		if t, err = d.dialTCP(ctx, network, l, a); err == nil {
			return t, nil
		}
	case *UDPAddr:
		l, _ := local.(*UDPAddr)
		var u *UDPConn
		if u, err = d.dialUDP(ctx, network, l, a); err == nil {
			return u, nil
		}
	case *IPAddr:
		l, _ := local.(*IPAddr)
		var i *IPConn
		if i, err = d.dialIP(ctx, network, l, a); err == nil {
			return i, nil
		}
	case *UnixAddr:
		l, _ := local.(*UnixAddr)
		var u *UnixConn
		if u, err = d.dialUnix(ctx, network, l, a); err == nil {
			return u, nil
		}
	}
	return nil, &OpError{Op: "dial", Net: network, Source: local, Addr: to, Err: err}
}

// ListenConfig listens. Its zero value does what Listen does.
type ListenConfig struct {
	// Control is called with each new socket before it is bound.
	Control func(network, address string, c syscall.RawConn) error

	// KeepAlive is the time between probes of the other sides of connections,
	// if KeepAliveConfig isn't enabled; 0 stands for 15 seconds, less for none.
	KeepAlive time.Duration

	// KeepAliveConfig says how the other sides are probed.
	KeepAliveConfig KeepAliveConfig

	mptcp mptcp
}

// MultipathTCP reports whether multipath TCP is offered.
func (lc *ListenConfig) MultipathTCP() bool { return lc.mptcp == mptcpOn }

// SetMultipathTCP says whether multipath TCP is offered.
func (lc *ListenConfig) SetMultipathTCP(use bool) {
	lc.mptcp = mptcpOff
	if use {
		lc.mptcp = mptcpOn
	}
}

func (lc *ListenConfig) control() control {
	if lc.Control == nil {
		return nil
	}
	return func(_ context.Context, network, address string, c syscall.RawConn) error {
		return lc.Control(network, address, c)
	}
}

// Listen listens at an address: on "tcp", "tcp4", "tcp6" at "host:port" (port
// 0 for one that the system chooses), on "unix" and "unixpacket" at a path.
func Listen(network, address string) (Listener, error) {
	var lc ListenConfig
	return lc.Listen(context.Background(), network, address)
}

// listenAddr returns the address to listen at.
func listenAddr(ctx context.Context, network, address string) (sockAddr, error) {
	name, _, err := parseNetwork(network, true)
	if err != nil {
		return nil, err
	}
	switch name {
	case "unix", "unixgram", "unixpacket":
		return ResolveUnixAddr(name, address)
	}
	list, err := DefaultResolver.addrList(ctx, name, address)
	if err != nil {
		return nil, err
	}
	return preferIPv4(list, address), nil
}

// Listen listens at an address.
func (lc *ListenConfig) Listen(ctx context.Context, network, address string) (Listener, error) {
	addr, err := listenAddr(ctx, network, address)
	if err != nil {
		return nil, &OpError{Op: "listen", Net: network, Err: err}
	}
	switch a := addr.(type) {
	case *TCPAddr:
		var l *TCPListener
		if l, err = lc.listenTCP(ctx, network, a); err == nil {
			return l, nil
		}
	case *UnixAddr:
		if network == "unixgram" {
			err = &AddrError{Err: "unexpected address type", Addr: address}
			break
		}
		var l *UnixListener
		if l, err = lc.listenUnix(ctx, network, a); err == nil {
			return l, nil
		}
	default:
		err = &AddrError{Err: "unexpected address type", Addr: address}
	}
	return nil, &OpError{Op: "listen", Net: network, Addr: addr, Err: err}
}

// ListenPacket receives packets at an address: on "udp", "udp4", "udp6" at
// "host:port", on "unixgram" at a path, on "ip4:icmp" and the like at a host.
func ListenPacket(network, address string) (PacketConn, error) {
	var lc ListenConfig
	return lc.ListenPacket(context.Background(), network, address)
}

// ListenPacket receives packets at an address.
func (lc *ListenConfig) ListenPacket(ctx context.Context, network, address string) (PacketConn, error) {
	addr, err := listenAddr(ctx, network, address)
	if err != nil {
		return nil, &OpError{Op: "listen", Net: network, Err: err}
	}
	switch a := addr.(type) {
	case *UDPAddr:
		var c *UDPConn
		if c, err = lc.listenUDP(ctx, network, a); err == nil {
			return c, nil
		}
	case *IPAddr:
		var c *IPConn
		if c, err = lc.listenIP(ctx, network, a); err == nil {
			return c, nil
		}
	case *UnixAddr:
		if network != "unixgram" {
			err = &AddrError{Err: "unexpected address type", Addr: address}
			break
		}
		var c *UnixConn
		if c, err = lc.listenUnixgram(ctx, network, a); err == nil {
			return c, nil
		}
	default:
		err = &AddrError{Err: "unexpected address type", Addr: address}
	}
	return nil, &OpError{Op: "listen", Net: network, Addr: addr, Err: err}
}
