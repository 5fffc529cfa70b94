// This file holds IP addresses.

package net

import (
	"net/netip"
	"strings"
)

// The lengths of addresses in bytes.
const (
	IPv4len = 4
	IPv6len = 16
)

// An IP is an IP address of 4 or 16 bytes; both lengths may stand for the same
// IPv4 address.
type IP []byte

// An IPMask says which bits of an address are its network's.
type IPMask []byte

// An IPNet is a network: an address and a mask.
type IPNet struct {
	IP   IP     // number of the network
	Mask IPMask // which bits are the number
}

// IPv4 returns the address a.b.c.d in 16 bytes.
func IPv4(a, b, c, d byte) IP {
	return IP{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d}
}

// IPv4Mask returns the mask a.b.c.d in 4 bytes.
func IPv4Mask(a, b, c, d byte) IPMask { return IPMask{a, b, c, d} }

// CIDRMask returns a mask of bits bits, the first ones of them set; nil unless
// bits is 32 or 128.
func CIDRMask(ones, bits int) IPMask {
	if bits != 8*IPv4len && bits != 8*IPv6len || ones < 0 || ones > bits {
		return nil
	}
	m := make(IPMask, bits/8)
	for i := range m {
		switch {
		case ones >= 8:
			m[i] = 0xff
		case ones > 0:
			m[i] = ^byte(0xff >> ones)
		}
		ones -= 8
	}
	return m
}

// Well-known IPv4 addresses.
var (
	IPv4bcast     = IPv4(255, 255, 255, 255)
	IPv4allsys    = IPv4(224, 0, 0, 1)
	IPv4allrouter = IPv4(224, 0, 0, 2)
	IPv4zero      = IPv4(0, 0, 0, 0)
)

// Well-known IPv6 addresses.
var (
	IPv6zero                   = IP{15: 0}
	IPv6unspecified            = IP{15: 0}
	IPv6loopback               = IP{15: 1}
	IPv6interfacelocalallnodes = IP{0: 0xff, 1: 0x01, 15: 0x01}
	IPv6linklocalallnodes      = IP{0: 0xff, 1: 0x02, 15: 0x01}
	IPv6linklocalallrouters    = IP{0: 0xff, 1: 0x02, 15: 0x02}
)

// To4 returns the address in 4 bytes, nil if it isn't an IPv4 address.
func (ip IP) To4() IP {
	switch {
	case len(ip) == IPv4len:
		return ip
	case len(ip) == IPv6len && allZero(ip[:10]) && ip[10] == 0xff && ip[11] == 0xff:
		return ip[12:16]
	}
	return nil
}

// To16 returns the address in 16 bytes, nil if it is of neither length.
func (ip IP) To16() IP {
	switch len(ip) {
	case IPv4len:
		return IPv4(ip[0], ip[1], ip[2], ip[3])
	case IPv6len:
		return ip
	}
	return nil
}

func allZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// Equal reports whether both are the same address, in whatever length.
func (ip IP) Equal(x IP) bool {
	if len(ip) != len(x) {
		ip, x = ip.To16(), x.To16()
		if ip == nil || x == nil {
			return false
		}
	}
	return string(ip) == string(x)
}

// IsUnspecified reports whether ip is 0.0.0.0 or ::.
func (ip IP) IsUnspecified() bool { return ip.Equal(IPv4zero) || ip.Equal(IPv6unspecified) }

// IsLoopback reports whether ip is one of the host itself.
func (ip IP) IsLoopback() bool {
	if v4 := ip.To4(); v4 != nil {
		return v4[0] == 127
	}
	return ip.Equal(IPv6loopback)
}

// IsPrivate reports whether ip is of a private network (RFC 1918, RFC 4193).
func (ip IP) IsPrivate() bool {
	if v4 := ip.To4(); v4 != nil {
		return v4[0] == 10 || v4[0] == 172 && v4[1]>>4 == 1 || v4[0] == 192 && v4[1] == 168
	}
	return len(ip) == IPv6len && ip[0]&0xfe == 0xfc
}

// IsMulticast reports whether ip stands for a group.
func (ip IP) IsMulticast() bool {
	if v4 := ip.To4(); v4 != nil {
		return v4[0]>>4 == 14
	}
	return len(ip) == IPv6len && ip[0] == 0xff
}

// IsInterfaceLocalMulticast reports whether ip is a group within an interface.
func (ip IP) IsInterfaceLocalMulticast() bool {
	return len(ip) == IPv6len && ip[0] == 0xff && ip[1]&0x0f == 1
}

// IsLinkLocalMulticast reports whether ip is a group of a link.
func (ip IP) IsLinkLocalMulticast() bool {
	if v4 := ip.To4(); v4 != nil {
		return v4[0] == 224 && v4[1] == 0 && v4[2] == 0
	}
	return len(ip) == IPv6len && ip[0] == 0xff && ip[1]&0x0f == 2
}

// IsLinkLocalUnicast reports whether ip is valid on one link only.
func (ip IP) IsLinkLocalUnicast() bool {
	if v4 := ip.To4(); v4 != nil {
		return v4[0] == 169 && v4[1] == 254
	}
	return len(ip) == IPv6len && ip[0] == 0xfe && ip[1]&0xc0 == 0x80
}

// IsGlobalUnicast reports whether ip is a host's, not of the kinds above other
// than private ones.
func (ip IP) IsGlobalUnicast() bool {
	return (len(ip) == IPv4len || len(ip) == IPv6len) &&
		!ip.Equal(IPv4bcast) && !ip.IsUnspecified() && !ip.IsLoopback() &&
		!ip.IsMulticast() && !ip.IsLinkLocalUnicast()
}

// DefaultMask returns the mask of the address's class, nil if ip isn't IPv4.
func (ip IP) DefaultMask() IPMask {
	v4 := ip.To4()
	switch {
	case v4 == nil:
		return nil
	case v4[0] < 128:
		return CIDRMask(8, 32)
	case v4[0] < 192:
		return CIDRMask(16, 32)
	}
	return CIDRMask(24, 32)
}

// Mask returns the bits of ip that mask has.
func (ip IP) Mask(mask IPMask) IP {
	if len(mask) == IPv6len && len(ip) == IPv4len && allOnes(mask[:12]) {
		mask = mask[12:]
	}
	if len(mask) == IPv4len && len(ip) == IPv6len {
		if v4 := ip.To4(); v4 != nil {
			ip = v4
		}
	}
	if len(ip) != len(mask) {
		return nil
	}
	out := make(IP, len(ip))
	for i := range out {
		out[i] = ip[i] & mask[i]
	}
	return out
}

func allOnes(b []byte) bool {
	for _, c := range b {
		if c != 0xff {
			return false
		}
	}
	return true
}

// netipAddr returns the address as netip has it, IPv4 unmapped.
func (ip IP) netipAddr() netip.Addr {
	if v4 := ip.To4(); v4 != nil {
		ip = v4
	}
	a, _ := netip.AddrFromSlice(ip)
	return a
}

// String returns the usual text of the address, "<nil>" for none, and
// hexadecimal digits behind a question mark for other lengths.
func (ip IP) String() string {
	if len(ip) == 0 {
		return "<nil>"
	}
	if len(ip) != IPv4len && len(ip) != IPv6len {
		return "?" + hexOf(ip)
	}
	return ip.netipAddr().String()
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	s := make([]byte, 0, 2*len(b))
	for _, c := range b {
		s = append(s, digits[c>>4], digits[c&15])
	}
	return string(s)
}

// ipText is the text of an address, empty for none.
func ipText(ip IP) string {
	if len(ip) == 0 {
		return ""
	}
	return ip.String()
}

// AppendText appends the text of String; no address has an empty one.
func (ip IP) AppendText(b []byte) ([]byte, error) {
	if len(ip) == 0 {
		return b, nil
	}
	if len(ip) != IPv4len && len(ip) != IPv6len {
		return b, &AddrError{Err: "invalid IP address", Addr: hexOf(ip)}
	}
	return ip.netipAddr().AppendTo(b), nil
}

// MarshalText returns the text of AppendText.
func (ip IP) MarshalText() ([]byte, error) { return ip.AppendText([]byte{}) }

// UnmarshalText reads what ParseIP reads; empty text is no address.
func (ip *IP) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*ip = nil
		return nil
	}
	x := ParseIP(string(text))
	if x == nil {
		return &ParseError{Type: "IP address", Text: string(text)}
	}
	*ip = x
	return nil
}

// ParseIP reads an address without a zone; nil if s isn't one.
func ParseIP(s string) IP {
	a, err := netip.ParseAddr(s)
	if err != nil || a.Zone() != "" {
		return nil
	}
	b := a.As16()
	return IP(b[:])
}

// ParseCIDR reads an address and a length ("192.0.2.1/24") and returns the
// address and the network.
func ParseCIDR(s string) (IP, *IPNet, error) {
	bad := &ParseError{Type: "CIDR address", Text: s}
	slash := strings.IndexByte(s, '/')
	if slash < 0 {
		return nil, nil, bad
	}
	a, err := netip.ParseAddr(s[:slash])
	if err != nil || a.Zone() != "" {
		return nil, nil, bad
	}
	n, rest, ok := decimal(s[slash+1:])
	if !ok || rest != "" || n > a.BitLen() {
		return nil, nil, bad
	}
	mask := CIDRMask(n, a.BitLen())
	b := a.As16()
	ip := IP(b[:])
	return ip, &IPNet{IP: ip.Mask(mask), Mask: mask}, nil
}

// decimal reads a number at the start of s, and returns what follows.
func decimal(s string) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		if n > 1<<24 {
			return 0, s, false
		}
		i++
	}
	return n, s[i:], i > 0
}

// ones returns how many bits are set in front, -1 if others are set too.
func (m IPMask) ones() int {
	n := 0
	for i, b := range m {
		if b == 0xff {
			n += 8
			continue
		}
		for b&0x80 != 0 {
			n++
			b <<= 1
		}
		if b != 0 || !allZero(m[i+1:]) {
			return -1
		}
		break
	}
	return n
}

// Size returns the number of leading ones and of bits; 0, 0 for a mask that
// isn't ones followed by zeros.
func (m IPMask) Size() (ones, bits int) {
	if ones = m.ones(); ones < 0 {
		return 0, 0
	}
	return ones, 8 * len(m)
}

// String returns the mask in hexadecimal.
func (m IPMask) String() string {
	if len(m) == 0 {
		return "<nil>"
	}
	return hexOf(m)
}

// parts returns number and mask in the same length, nil if they don't fit.
func (n *IPNet) parts() (IP, IPMask) {
	ip := n.IP.To4()
	if ip == nil {
		if ip = n.IP; len(ip) != IPv6len {
			return nil, nil
		}
	}
	m := n.Mask
	switch {
	case len(m) == len(ip):
	case len(m) == IPv6len && len(ip) == IPv4len:
		m = m[12:]
	default:
		return nil, nil
	}
	return ip, m
}

// Contains reports whether ip is in the network.
func (n *IPNet) Contains(ip IP) bool {
	num, m := n.parts()
	if v4 := ip.To4(); v4 != nil {
		ip = v4
	}
	if len(ip) != len(num) {
		return false
	}
	for i := range ip {
		if num[i]&m[i] != ip[i]&m[i] {
			return false
		}
	}
	return true
}

// Network returns "ip+net".
func (n *IPNet) Network() string { return "ip+net" }

// String returns the network as "192.0.2.0/24", or with the mask in
// hexadecimal when it isn't ones followed by zeros.
func (n *IPNet) String() string {
	if n == nil {
		return "<nil>"
	}
	ip, m := n.parts()
	if ip == nil || m == nil {
		return "<nil>"
	}
	if ones := m.ones(); ones >= 0 {
		return ip.String() + "/" + itoa(ones)
	}
	return ip.String() + "/" + m.String()
}

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	var b [20]byte
	i := len(b)
	for {
		i--
		b[i] = byte('0' + n%10)
		if n /= 10; n == 0 {
			return string(b[i:])
		}
	}
}
