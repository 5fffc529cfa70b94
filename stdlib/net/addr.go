// This file holds the addresses of TCP, UDP, IP and Unix sockets.

package net

import (
	"context"
	"net/netip"
)

// TCPAddr is an end of a TCP connection.
type TCPAddr struct {
	IP   IP
	Port int
	Zone string // zone of a scoped IPv6 address
}

// UDPAddr is an end of UDP packets.
type UDPAddr struct {
	IP   IP
	Port int
	Zone string // zone of a scoped IPv6 address
}

// IPAddr is an end of IP packets.
type IPAddr struct {
	IP   IP
	Zone string // zone of a scoped IPv6 address
}

// UnixAddr is a Unix socket.
type UnixAddr struct {
	Name string
	Net  string
}

func withZone(ip IP, zone string) string {
	s := ipText(ip)
	if zone != "" {
		s += "%" + zone
	}
	return s
}

// addrPort returns address and port as netip has them.
func addrPort(ip IP, zone string, port int) netip.AddrPort {
	a, _ := netip.AddrFromSlice(ip)
	return netip.AddrPortFrom(a.WithZone(zone), uint16(port))
}

func ipOf(a netip.Addr) IP {
	if !a.IsValid() {
		return nil
	}
	return IP(a.AsSlice())
}

// Network returns "tcp".
func (a *TCPAddr) Network() string { return "tcp" }

func (a *TCPAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return JoinHostPort(withZone(a.IP, a.Zone), itoa(a.Port))
}

// AddrPort returns the address as netip has it.
func (a *TCPAddr) AddrPort() netip.AddrPort {
	if a == nil {
		return netip.AddrPort{}
	}
	return addrPort(a.IP, a.Zone, a.Port)
}

// TCPAddrFromAddrPort returns addr as a TCPAddr.
func TCPAddrFromAddrPort(addr netip.AddrPort) *TCPAddr {
	return &TCPAddr{IP: ipOf(addr.Addr()), Zone: addr.Addr().Zone(), Port: int(addr.Port())}
}

// Network returns "udp".
func (a *UDPAddr) Network() string { return "udp" }

func (a *UDPAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return JoinHostPort(withZone(a.IP, a.Zone), itoa(a.Port))
}

// AddrPort returns the address as netip has it.
func (a *UDPAddr) AddrPort() netip.AddrPort {
	if a == nil {
		return netip.AddrPort{}
	}
	return addrPort(a.IP, a.Zone, a.Port)
}

// UDPAddrFromAddrPort returns addr as a UDPAddr.
func UDPAddrFromAddrPort(addr netip.AddrPort) *UDPAddr {
	return &UDPAddr{IP: ipOf(addr.Addr()), Zone: addr.Addr().Zone(), Port: int(addr.Port())}
}

// Network returns "ip".
func (a *IPAddr) Network() string { return "ip" }

func (a *IPAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return withZone(a.IP, a.Zone)
}

// Network returns the kind of socket: "unix", "unixgram" or "unixpacket".
func (a *UnixAddr) Network() string { return a.Net }

func (a *UnixAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return a.Name
}

// sockAddr is an address that sockets are bound or connected to.
type sockAddr interface {
	Addr
	// family is the one the address needs.
	family() int
	// sockaddr is the kernel's form for a socket of that family.
	sockaddr(family int) (rawAddr, error)
	isWildcard() bool
	isNil() bool
}

func ipFamily(ip IP) int {
	if len(ip) <= IPv4len || ip.To4() != nil {
		return afInet
	}
	return afInet6
}

func (a *TCPAddr) family() int { return ipFamily(a.IP) }
func (a *TCPAddr) isNil() bool { return a == nil }
func (a *TCPAddr) isWildcard() bool {
	return a == nil || len(a.IP) == 0 || a.IP.IsUnspecified()
}
func (a *TCPAddr) sockaddr(family int) (rawAddr, error) {
	return inetAddr(family, a.IP, a.Port, a.Zone)
}

func (a *UDPAddr) family() int { return ipFamily(a.IP) }
func (a *UDPAddr) isNil() bool { return a == nil }
func (a *UDPAddr) isWildcard() bool {
	return a == nil || len(a.IP) == 0 || a.IP.IsUnspecified()
}
func (a *UDPAddr) sockaddr(family int) (rawAddr, error) {
	return inetAddr(family, a.IP, a.Port, a.Zone)
}

func (a *IPAddr) family() int { return ipFamily(a.IP) }
func (a *IPAddr) isNil() bool { return a == nil }
func (a *IPAddr) isWildcard() bool {
	return a == nil || len(a.IP) == 0 || a.IP.IsUnspecified()
}
func (a *IPAddr) sockaddr(family int) (rawAddr, error) {
	return inetAddr(family, a.IP, 0, a.Zone)
}

func (a *UnixAddr) family() int      { return afUnix }
func (a *UnixAddr) isNil() bool      { return a == nil }
func (a *UnixAddr) isWildcard() bool { return a == nil || a.Name == "" }

func (a *UnixAddr) sockaddr(int) (rawAddr, error) { return unixAddr(a.Name) }

// asAddr returns a as an Addr that is nil if a is.
func asAddr(a sockAddr) Addr {
	if a == nil || a.isNil() {
		return nil
	}
	return a
}

// ResolveTCPAddr returns the TCP address of "host:port", looking names up; of
// several the first, IPv4 before IPv6.
func ResolveTCPAddr(network, address string) (*TCPAddr, error) {
	switch network {
	case "tcp", "tcp4", "tcp6":
	case "":
		network = "tcp"
	default:
		return nil, UnknownNetworkError(network)
	}
	list, err := DefaultResolver.addrList(context.Background(), network, address)
	if err != nil {
		return nil, err
	}
	return preferIPv4(list, address).(*TCPAddr), nil
}

// ResolveUDPAddr returns the UDP address of "host:port", as ResolveTCPAddr.
func ResolveUDPAddr(network, address string) (*UDPAddr, error) {
	switch network {
	case "udp", "udp4", "udp6":
	case "":
		network = "udp"
	default:
		return nil, UnknownNetworkError(network)
	}
	list, err := DefaultResolver.addrList(context.Background(), network, address)
	if err != nil {
		return nil, err
	}
	return preferIPv4(list, address).(*UDPAddr), nil
}

// ResolveIPAddr returns the IP address of a host, as ResolveTCPAddr. The
// network may name a protocol: "ip4:icmp".
func ResolveIPAddr(network, address string) (*IPAddr, error) {
	if network == "" {
		network = "ip"
	}
	name, _, err := parseNetwork(network, false)
	if err != nil {
		return nil, err
	}
	switch name {
	case "ip", "ip4", "ip6":
	default:
		return nil, UnknownNetworkError(network)
	}
	list, err := DefaultResolver.addrList(context.Background(), name, address)
	if err != nil {
		return nil, err
	}
	return preferIPv4(list, address).(*IPAddr), nil
}

// ResolveUnixAddr returns the address of a Unix socket.
func ResolveUnixAddr(network, address string) (*UnixAddr, error) {
	switch network {
	case "unix", "unixgram", "unixpacket":
		return &UnixAddr{Name: address, Net: network}, nil
	}
	return nil, UnknownNetworkError(network)
}

// preferIPv4 returns the first IPv4 address, the first IPv6 one if address has
// an IPv6 literal or there is no other.
func preferIPv4(list []sockAddr, address string) sockAddr {
	if len(address) == 0 || address[0] != '[' {
		for _, a := range list {
			if a.family() == afInet {
				return a
			}
		}
	}
	return list[0]
}
