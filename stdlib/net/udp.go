// This file holds UDP.

package net

import (
	"context"
	"net/netip"
	"syscall"
	"unsafe"
)

// UDPConn sends and receives UDP packets.
type UDPConn struct{ conn }

// udpAddr returns whom a packet came from, nil for nobody.
func (fd *netFD) udpAddr(ra *rawAddr) *UDPAddr {
	if ra.n == 0 {
		return nil
	}
	ip, port, zone := ra.inet()
	return &UDPAddr{IP: ip, Port: port, Zone: zone}
}

// netipAddrPort is the address as netip has it; "udp" sockets of IPv6 give
// IPv4 addresses in IPv6's form.
func (ra *rawAddr) netipAddrPort() netip.AddrPort {
	port := uint16(ra.b[2])<<8 | uint16(ra.b[3])
	switch ra.family() {
	case afInet:
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte(ra.b[4:8])), port)
	case afInet6:
		a := netip.AddrFrom16([16]byte(ra.b[8:24]))
		if z := int(ra.b[24]) | int(ra.b[25])<<8 | int(ra.b[26])<<16 | int(ra.b[27])<<24; z != 0 {
			a = a.WithZone(zoneName(z))
		}
		return netip.AddrPortFrom(a, port)
	}
	return netip.AddrPort{}
}

// ReadFromUDP receives one packet.
func (c *UDPConn) ReadFromUDP(b []byte) (n int, addr *UDPAddr, err error) {
	if !c.ok() {
		return 0, nil, errInvalid
	}
	var ra rawAddr
	if n, err = c.fd.recvFrom(b, &ra); err != nil {
		return n, nil, c.fd.opErrorFrom(err)
	}
	return n, c.fd.udpAddr(&ra), nil
}

// ReadFrom receives one packet.
func (c *UDPConn) ReadFrom(b []byte) (int, Addr, error) {
	n, a, err := c.ReadFromUDP(b)
	if a == nil {
		return n, nil, err
	}
	return n, a, err
}

// ReadFromUDPAddrPort receives one packet.
func (c *UDPConn) ReadFromUDPAddrPort(b []byte) (n int, addr netip.AddrPort, err error) {
	if !c.ok() {
		return 0, netip.AddrPort{}, errInvalid
	}
	var ra rawAddr
	if n, err = c.fd.recvFrom(b, &ra); err != nil {
		return n, netip.AddrPort{}, c.fd.opErrorFrom(err)
	}
	return n, ra.netipAddrPort(), nil
}

// ReadMsgUDP receives one packet with control data in oob.
func (c *UDPConn) ReadMsgUDP(b, oob []byte) (n, oobn, flags int, addr *UDPAddr, err error) {
	if !c.ok() {
		return 0, 0, 0, nil, errInvalid
	}
	var ra rawAddr
	if n, oobn, flags, err = c.fd.recvMsg(b, oob, &ra, 0); err != nil {
		return n, oobn, flags, nil, c.fd.opErrorFrom(err)
	}
	return n, oobn, flags, c.fd.udpAddr(&ra), nil
}

// ReadMsgUDPAddrPort receives one packet with control data in oob.
func (c *UDPConn) ReadMsgUDPAddrPort(b, oob []byte) (n, oobn, flags int, addr netip.AddrPort, err error) {
	if !c.ok() {
		return 0, 0, 0, netip.AddrPort{}, errInvalid
	}
	var ra rawAddr
	if n, oobn, flags, err = c.fd.recvMsg(b, oob, &ra, 0); err != nil {
		return n, oobn, flags, netip.AddrPort{}, c.fd.opErrorFrom(err)
	}
	return n, oobn, flags, ra.netipAddrPort(), nil
}

// WriteToUDP sends one packet to addr.
func (c *UDPConn) WriteToUDP(b []byte, addr *UDPAddr) (int, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	ra, err := c.fd.packetTarget(addr)
	n := 0
	if err == nil {
		n, err = c.fd.sendTo(b, &ra)
	}
	return n, c.fd.opErrorTo(err, asAddr(addr))
}

// WriteTo sends one packet to addr, a *UDPAddr.
func (c *UDPConn) WriteTo(b []byte, addr Addr) (int, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	a, ok := addr.(*UDPAddr)
	if !ok {
		return 0, c.fd.opErrorTo(errInvalid, addr)
	}
	return c.WriteToUDP(b, a)
}

// WriteToUDPAddrPort sends one packet to addr.
func (c *UDPConn) WriteToUDPAddrPort(b []byte, addr netip.AddrPort) (int, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	if !addr.IsValid() && !c.fd.connected {
		return 0, c.fd.opErrorTo(errMissingAddress, nil)
	}
	return c.WriteToUDP(b, UDPAddrFromAddrPort(addr))
}

// WriteMsgUDP sends one packet with control data, to addr unless the socket is
// connected.
func (c *UDPConn) WriteMsgUDP(b, oob []byte, addr *UDPAddr) (n, oobn int, err error) {
	if !c.ok() {
		return 0, 0, errInvalid
	}
	n, oobn, err = c.fd.writeMsg(b, oob, addr)
	return n, oobn, c.fd.opErrorTo(err, asAddr(addr))
}

// writeMsg is sendMsg to an address, which a connected socket must not be given.
func (fd *netFD) writeMsg(b, oob []byte, to sockAddr) (n, oobn int, err error) {
	if fd.connected && !to.isNil() {
		return 0, 0, ErrWriteToConnected
	}
	if fd.connected {
		return fd.sendMsg(b, oob, nil)
	}
	ra, err := fd.packetTarget(to)
	if err != nil {
		return 0, 0, err
	}
	return fd.sendMsg(b, oob, &ra)
}

// WriteMsgUDPAddrPort sends one packet with control data, to addr unless the
// socket is connected.
func (c *UDPConn) WriteMsgUDPAddrPort(b, oob []byte, addr netip.AddrPort) (n, oobn int, err error) {
	var a *UDPAddr
	if addr.IsValid() {
		a = UDPAddrFromAddrPort(addr)
	}
	return c.WriteMsgUDP(b, oob, a)
}

func checkUDP(network string) error {
	switch network {
	case "udp", "udp4", "udp6":
		return nil
	}
	return UnknownNetworkError(network)
}

// DialUDP makes a socket that exchanges packets with raddr only, from laddr if
// that isn't nil.
func DialUDP(network string, laddr, raddr *UDPAddr) (*UDPConn, error) {
	err := checkUDP(network)
	if err == nil && raddr == nil {
		err = errMissingAddress
	}
	var c *UDPConn
	if err == nil {
		c, err = new(Dialer).dialUDP(context.Background(), network, laddr, raddr)
	}
	if err != nil {
		return nil, &OpError{Op: "dial", Net: network, Source: asAddr(laddr), Addr: asAddr(raddr), Err: err}
	}
	return c, nil
}

func (d *Dialer) dialUDP(ctx context.Context, network string, l, r *UDPAddr) (*UDPConn, error) {
	fd, err := internetSocket(ctx, network, l, r, sockDgram, 0, false, d.control())
	if err != nil {
		return nil, err
	}
	return &UDPConn{conn{fd}}, nil
}

// DialUDP is the function of that name within a context.
func (d *Dialer) DialUDP(ctx context.Context, network string, laddr netip.AddrPort, raddr netip.AddrPort) (*UDPConn, error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	var l *UDPAddr
	if laddr.IsValid() {
		l = UDPAddrFromAddrPort(laddr)
	}
	r := UDPAddrFromAddrPort(raddr)
	err := checkUDP(network)
	var c *UDPConn
	if err == nil {
		c, err = d.dialUDP(ctx, network, l, r)
	}
	if err != nil {
		return nil, &OpError{Op: "dial", Net: network, Source: asAddr(l), Addr: r, Err: err}
	}
	return c, nil
}

// ListenUDP makes a socket that receives packets for laddr; with port 0 at one
// that the system chooses.
func ListenUDP(network string, laddr *UDPAddr) (*UDPConn, error) {
	err := checkUDP(network)
	if laddr == nil {
		laddr = &UDPAddr{}
	}
	var c *UDPConn
	if err == nil {
		c, err = new(ListenConfig).listenUDP(context.Background(), network, laddr)
	}
	if err != nil {
		return nil, &OpError{Op: "listen", Net: network, Addr: laddr, Err: err}
	}
	return c, nil
}

func (lc *ListenConfig) listenUDP(ctx context.Context, network string, laddr *UDPAddr) (*UDPConn, error) {
	fd, err := internetSocket(ctx, network, laddr, nil, sockDgram, 0, true, lc.control())
	if err != nil {
		return nil, err
	}
	return &UDPConn{conn{fd}}, nil
}

// ListenMulticastUDP makes a socket that receives the packets of a group on
// the interface ifi, on one that the system chooses if ifi is nil.
func ListenMulticastUDP(network string, ifi *Interface, gaddr *UDPAddr) (*UDPConn, error) {
	fail := func(err error) (*UDPConn, error) {
		return nil, &OpError{Op: "listen", Net: network, Addr: asAddr(gaddr), Err: err}
	}
	if err := checkUDP(network); err != nil {
		return fail(err)
	}
	if gaddr == nil || gaddr.IP == nil {
		return fail(errMissingAddress)
	}
	family, only := favoriteFamily(network, gaddr, nil, false)
	s, err := sysSocket(family, sockDgram, 0)
	if err != nil {
		return fail(err)
	}
	setInt(s, solSocket, soReuseaddr, 1)
	if family == afInet6 {
		setInt(s, ipprotoIPv6, ipv6V6only, boolInt(only))
	}
	fd, err := newFD(s, family, sockDgram, network)
	if err != nil {
		syscall.Close(s)
		return fail(err)
	}
	if err = fd.set(context.Background(), gaddr, nil, true, nil); err == nil {
		err = fd.joinGroup(ifi, gaddr.IP)
	}
	if err != nil {
		fd.close()
		return fail(err)
	}
	return &UDPConn{conn{fd}}, nil
}

// joinGroup makes the socket receive a group's packets, but not its own.
func (fd *netFD) joinGroup(ifi *Interface, ip IP) error {
	index := 0
	if ifi != nil {
		index = ifi.Index
	}
	if v4 := ip.To4(); v4 != nil {
		// ip_mreqn: group, address of the interface, its index.
		var m struct {
			group, addr [4]byte
			index       int32
		}
		copy(m.group[:], v4)
		m.index = int32(index)
		if index != 0 {
			if err := setOpt(fd.fd, ipprotoIP, ipMulticastIf, unsafe.Pointer(&m), 12); err != nil {
				return err
			}
		}
		if err := setInt(fd.fd, ipprotoIP, ipMulticastLoop, 0); err != nil {
			return err
		}
		return setOpt(fd.fd, ipprotoIP, ipAddMembership, unsafe.Pointer(&m), 12)
	}
	var m struct {
		group [16]byte
		index uint32
	}
	copy(m.group[:], ip.To16())
	m.index = uint32(index)
	if index != 0 {
		if err := setInt(fd.fd, ipprotoIPv6, ipv6MulticastIf, index); err != nil {
			return err
		}
	}
	if err := setInt(fd.fd, ipprotoIPv6, ipv6MulticastLp, 0); err != nil {
		return err
	}
	return setOpt(fd.fd, ipprotoIPv6, ipv6JoinGroup, unsafe.Pointer(&m), 20)
}
