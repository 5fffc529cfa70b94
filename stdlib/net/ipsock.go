// This file holds raw IP sockets.

package net

import (
	"context"
	"net/netip"
	"os"
	"strings"
)

// IPConn sends and receives IP packets of one protocol.
type IPConn struct{ conn }

// protocols that are known without the system's list.
var protocols = map[string]int{
	"icmp": 1, "igmp": 2, "tcp": 6, "udp": 17, "ipv6-icmp": 58,
}

// lookupProtocol returns the number of a protocol.
func lookupProtocol(name string) (int, error) {
	lower := strings.ToLower(name)
	b, _ := os.ReadFile("/etc/protocols")
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(withoutComment(line))
		if len(f) < 2 {
			continue
		}
		if n, rest, ok := decimal(f[1]); ok && rest == "" {
			for i, s := range f {
				if i != 1 && strings.ToLower(s) == lower {
					return n, nil
				}
			}
		}
	}
	if n, ok := protocols[lower]; ok {
		return n, nil
	}
	return 0, &AddrError{Err: "unknown IP protocol specified", Addr: name}
}

func withoutComment(line string) string {
	line, _, _ = strings.Cut(line, "#")
	return line
}

// parseNetwork splits "ip4:icmp" into a network and the number of a protocol.
// needsProto says that raw sockets must name one.
func parseNetwork(network string, needsProto bool) (name string, proto int, err error) {
	i := strings.LastIndexByte(network, ':')
	if i < 0 {
		switch network {
		case "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6", "unix", "unixgram", "unixpacket":
			return network, 0, nil
		case "ip", "ip4", "ip6":
			if needsProto {
				return "", 0, UnknownNetworkError(network)
			}
			return network, 0, nil
		}
		return "", 0, UnknownNetworkError(network)
	}
	name = network[:i]
	switch name {
	case "ip", "ip4", "ip6":
	default:
		return "", 0, UnknownNetworkError(network)
	}
	n, rest, ok := decimal(network[i+1:])
	if ok && rest == "" {
		return name, n, nil
	}
	n, err = lookupProtocol(network[i+1:])
	return name, n, err
}

func ipNetwork(network string) (int, error) {
	name, proto, err := parseNetwork(network, true)
	if err != nil {
		return 0, err
	}
	switch name {
	case "ip", "ip4", "ip6":
		return proto, nil
	}
	return 0, UnknownNetworkError(name)
}

func (d *Dialer) dialIP(ctx context.Context, network string, l, r *IPAddr) (*IPConn, error) {
	proto, err := ipNetwork(network)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, errMissingAddress
	}
	name, _, _ := strings.Cut(network, ":")
	fd, err := internetSocket(ctx, name, l, r, sockRaw, proto, false, d.control())
	if err != nil {
		return nil, err
	}
	return &IPConn{conn{fd}}, nil
}

// DialIP makes a socket that exchanges packets with raddr only. The network
// names the protocol: "ip4:icmp", "ip6:58".
func DialIP(network string, laddr, raddr *IPAddr) (*IPConn, error) {
	c, err := new(Dialer).dialIP(context.Background(), network, laddr, raddr)
	if err != nil {
		return nil, &OpError{Op: "dial", Net: network, Source: asAddr(laddr), Addr: asAddr(raddr), Err: err}
	}
	return c, nil
}

// DialIP is the function of that name within a context.
func (d *Dialer) DialIP(ctx context.Context, network string, laddr netip.Addr, raddr netip.Addr) (*IPConn, error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	var l *IPAddr
	if laddr.IsValid() {
		l = &IPAddr{IP: ipOf(laddr), Zone: laddr.Zone()}
	}
	r := &IPAddr{IP: ipOf(raddr), Zone: raddr.Zone()}
	c, err := d.dialIP(ctx, network, l, r)
	if err != nil {
		return nil, &OpError{Op: "dial", Net: network, Source: asAddr(l), Addr: r, Err: err}
	}
	return c, nil
}

func (lc *ListenConfig) listenIP(ctx context.Context, network string, laddr *IPAddr) (*IPConn, error) {
	proto, err := ipNetwork(network)
	if err != nil {
		return nil, err
	}
	name, _, _ := strings.Cut(network, ":")
	fd, err := internetSocket(ctx, name, laddr, nil, sockRaw, proto, true, lc.control())
	if err != nil {
		return nil, err
	}
	return &IPConn{conn{fd}}, nil
}

// ListenIP makes a socket that receives the packets of a protocol for laddr.
func ListenIP(network string, laddr *IPAddr) (*IPConn, error) {
	if laddr == nil {
		laddr = &IPAddr{}
	}
	c, err := new(ListenConfig).listenIP(context.Background(), network, laddr)
	if err != nil {
		return nil, &OpError{Op: "listen", Net: network, Addr: laddr, Err: err}
	}
	return c, nil
}

// ReadFromIP receives one packet, without the header of IPv4.
func (c *IPConn) ReadFromIP(b []byte) (int, *IPAddr, error) {
	if !c.ok() {
		return 0, nil, errInvalid
	}
	var ra rawAddr
	n, err := c.fd.recvFrom(b, &ra)
	if err != nil {
		return n, nil, c.fd.opErrorFrom(err)
	}
	if c.fd.family == afInet && n >= 20 && b[0]>>4 == 4 {
		if head := int(b[0]&15) * 4; head >= 20 && head <= n {
			n = copy(b, b[head:n])
		}
	}
	return n, ipAddrOf(&ra), nil
}

func ipAddrOf(ra *rawAddr) *IPAddr {
	if ra.n == 0 {
		return nil
	}
	ip, _, zone := ra.inet()
	return &IPAddr{IP: ip, Zone: zone}
}

// ReadFrom receives one packet.
func (c *IPConn) ReadFrom(b []byte) (int, Addr, error) {
	n, a, err := c.ReadFromIP(b)
	if a == nil {
		return n, nil, err
	}
	return n, a, err
}

// ReadMsgIP receives one packet, with its header, and control data.
func (c *IPConn) ReadMsgIP(b, oob []byte) (n, oobn, flags int, addr *IPAddr, err error) {
	if !c.ok() {
		return 0, 0, 0, nil, errInvalid
	}
	var ra rawAddr
	if n, oobn, flags, err = c.fd.recvMsg(b, oob, &ra, 0); err != nil {
		return n, oobn, flags, nil, c.fd.opErrorFrom(err)
	}
	return n, oobn, flags, ipAddrOf(&ra), nil
}

// WriteToIP sends one packet to addr.
func (c *IPConn) WriteToIP(b []byte, addr *IPAddr) (int, error) {
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

// WriteTo sends one packet to addr, an *IPAddr.
func (c *IPConn) WriteTo(b []byte, addr Addr) (int, error) {
	if !c.ok() {
		return 0, errInvalid
	}
	a, ok := addr.(*IPAddr)
	if !ok {
		return 0, c.fd.opErrorTo(errInvalid, addr)
	}
	return c.WriteToIP(b, a)
}

// WriteMsgIP sends one packet with control data.
func (c *IPConn) WriteMsgIP(b, oob []byte, addr *IPAddr) (n, oobn int, err error) {
	if !c.ok() {
		return 0, 0, errInvalid
	}
	n, oobn, err = c.fd.writeMsg(b, oob, addr)
	return n, oobn, c.fd.opErrorTo(err, asAddr(addr))
}
