// This file holds IP addresses: what they are, and arithmetic with them.

// Package netip has IP addresses, with ports and as prefixes of networks, as
// small values that can be compared and be keys of maps.
package netip

import (
	"cmp"
	"errors"
	"math/bits"
	"unique"
)

// Addr is an IPv4 or IPv6 address, the latter perhaps with a zone. The zero
// value is no address.
type Addr struct {
	hi, lo uint64 // of an IPv4 address: as mapped into IPv6
	family unique.Handle[string]
}

// The family of an address without a zone. With one, it is "6" and the zone.
var (
	none unique.Handle[string]
	v4   = unique.Make("4")
	v6   = unique.Make("6")
)

const mapped = 0xffff << 32 // the low half of ::ffff:0.0.0.0

// AddrFrom4 returns the IPv4 address of four bytes.
func AddrFrom4(addr [4]byte) Addr {
	return Addr{0, mapped | uint64(addr[0])<<24 | uint64(addr[1])<<16 | uint64(addr[2])<<8 | uint64(addr[3]), v4}
}

// AddrFrom16 returns the IPv6 address of 16 bytes.
func AddrFrom16(addr [16]byte) Addr {
	var ip Addr
	for i := range 8 {
		ip.hi = ip.hi<<8 | uint64(addr[i])
		ip.lo = ip.lo<<8 | uint64(addr[8+i])
	}
	ip.family = v6
	return ip
}

// AddrFromSlice returns the address of 4 or 16 bytes.
func AddrFromSlice(slice []byte) (ip Addr, ok bool) {
	switch len(slice) {
	case 4:
		return AddrFrom4([4]byte(slice)), true
	case 16:
		return AddrFrom16([16]byte(slice)), true
	}
	return Addr{}, false
}

// IPv4Unspecified returns 0.0.0.0.
func IPv4Unspecified() Addr { return AddrFrom4([4]byte{}) }

// IPv6Unspecified returns ::.
func IPv6Unspecified() Addr { return Addr{family: v6} }

// IPv6Loopback returns ::1.
func IPv6Loopback() Addr { return Addr{0, 1, v6} }

// IPv6LinkLocalAllNodes returns ff02::1.
func IPv6LinkLocalAllNodes() Addr { return Addr{0xff02 << 48, 1, v6} }

// IPv6LinkLocalAllRouters returns ff02::2.
func IPv6LinkLocalAllRouters() Addr { return Addr{0xff02 << 48, 2, v6} }

// IsValid reports whether ip is an address.
func (ip Addr) IsValid() bool { return ip.family != none }

// Is4 reports whether ip is an IPv4 address.
func (ip Addr) Is4() bool { return ip.family == v4 }

// Is6 reports whether ip is an IPv6 address.
func (ip Addr) Is6() bool { return ip.family != none && ip.family != v4 }

// Is4In6 reports whether ip is an IPv4 address mapped into IPv6.
func (ip Addr) Is4In6() bool { return ip.Is6() && ip.hi == 0 && ip.lo>>32 == 0xffff }

// Unmap returns the IPv4 address that is mapped, or ip itself.
func (ip Addr) Unmap() Addr {
	if ip.Is4In6() {
		ip.family = v4
	}
	return ip
}

// BitLen returns 32, 128, or 0 for no address.
func (ip Addr) BitLen() int {
	switch ip.family {
	case none:
		return 0
	case v4:
		return 32
	}
	return 128
}

// Zone returns the zone of an IPv6 address, if it has one.
func (ip Addr) Zone() string {
	if ip.family == none || ip.family == v4 || ip.family == v6 {
		return ""
	}
	return ip.family.Value()[1:]
}

// WithZone returns the IPv6 address with another zone.
func (ip Addr) WithZone(zone string) Addr {
	if ip.Is6() {
		ip.family = v6
		if zone != "" {
			ip.family = unique.Make("6" + zone)
		}
	}
	return ip
}

// As16 returns 16 bytes.
func (ip Addr) As16() (a16 [16]byte) {
	for i := range 8 {
		a16[i] = byte(ip.hi >> (56 - 8*i))
		a16[8+i] = byte(ip.lo >> (56 - 8*i))
	}
	return a16
}

// As4 returns four bytes of an IPv4 address, mapped or not.
func (ip Addr) As4() (a4 [4]byte) {
	if ip.Is4() || ip.Is4In6() {
		for i := range 4 {
			a4[i] = byte(ip.lo >> (24 - 8*i))
		}
		return a4
	}
	if !ip.IsValid() {
		panic("As4 called on IP zero value")
	}
	panic("As4 called on IPv6 address")
}

// AsSlice returns 4 or 16 bytes, nil for no address.
func (ip Addr) AsSlice() []byte {
	switch ip.family {
	case none:
		return nil
	case v4:
		a := ip.As4()
		return a[:]
	}
	a := ip.As16()
	return a[:]
}

// Compare orders by length, then value, then zone.
func (ip Addr) Compare(ip2 Addr) int {
	return cmp.Or(cmp.Compare(ip.BitLen(), ip2.BitLen()), cmp.Compare(ip.hi, ip2.hi), cmp.Compare(ip.lo, ip2.lo),
		cmp.Compare(ip.Zone(), ip2.Zone()))
}

// Less reports whether ip comes before ip2.
func (ip Addr) Less(ip2 Addr) bool { return ip.Compare(ip2) < 0 }

// Next returns the next address, the zero Addr after the last.
func (ip Addr) Next() Addr {
	var carry uint64
	ip.lo, carry = bits.Add64(ip.lo, 1, 0)
	ip.hi += carry
	if ip.Is4() {
		if uint32(ip.lo) == 0 {
			return Addr{}
		}
	} else if ip.hi == 0 && ip.lo == 0 {
		return Addr{}
	}
	return ip
}

// Prev returns the address before, the zero Addr before the first.
func (ip Addr) Prev() Addr {
	if ip.Is4() {
		if uint32(ip.lo) == 0 {
			return Addr{}
		}
	} else if ip.hi == 0 && ip.lo == 0 {
		return Addr{}
	}
	var borrow uint64
	ip.lo, borrow = bits.Sub64(ip.lo, 1, 0)
	ip.hi -= borrow
	return ip
}

// octet is byte i of an IPv4 address.
func (ip Addr) octet(i int) byte { return byte(ip.lo >> (24 - 8*i)) }

// IsUnspecified reports whether ip is 0.0.0.0 or ::.
func (ip Addr) IsUnspecified() bool { return ip == IPv4Unspecified() || ip == IPv6Unspecified() }

// IsLoopback reports whether ip is in 127.0.0.0/8 or ::1.
func (ip Addr) IsLoopback() bool {
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.octet(0) == 127
	}
	return ip.Is6() && ip.hi == 0 && ip.lo == 1
}

// IsMulticast reports whether ip is in 224.0.0.0/4 or ff00::/8.
func (ip Addr) IsMulticast() bool {
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.octet(0)>>4 == 0xe
	}
	return ip.Is6() && ip.hi>>56 == 0xff
}

// IsInterfaceLocalMulticast reports whether ip is in ff01::/16.
func (ip Addr) IsInterfaceLocalMulticast() bool {
	return ip.Is6() && !ip.Is4In6() && ip.hi>>48&0xff0f == 0xff01
}

// IsLinkLocalMulticast reports whether ip is in 224.0.0.0/24 or ff02::/16.
func (ip Addr) IsLinkLocalMulticast() bool {
	ip = ip.Unmap()
	if ip.Is4() {
		return uint32(ip.lo)>>8 == 0xe00000
	}
	return ip.Is6() && ip.hi>>48&0xff0f == 0xff02
}

// IsLinkLocalUnicast reports whether ip is in 169.254.0.0/16 or fe80::/10.
func (ip Addr) IsLinkLocalUnicast() bool {
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.octet(0) == 169 && ip.octet(1) == 254
	}
	return ip.Is6() && ip.hi>>54 == 0xfe80>>6
}

// IsGlobalUnicast reports whether ip is none of the special addresses.
func (ip Addr) IsGlobalUnicast() bool {
	ip = ip.Unmap()
	if ip.Is4() && (uint32(ip.lo) == 0 || uint32(ip.lo) == 1<<32-1) {
		return false
	}
	return ip.IsValid() && !(ip.Is6() && ip.hi == 0 && ip.lo == 0) && !ip.IsLoopback() && !ip.IsMulticast() && !ip.IsLinkLocalUnicast()
}

// IsPrivate reports whether ip is in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16
// or fc00::/7.
func (ip Addr) IsPrivate() bool {
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.octet(0) == 10 || ip.octet(0) == 172 && ip.octet(1)>>4 == 1 || ip.octet(0) == 192 && ip.octet(1) == 168
	}
	return ip.Is6() && ip.hi>>57 == 0xfc>>1
}

// Prefix returns the network of the first b bits of ip.
func (ip Addr) Prefix(b int) (Prefix, error) {
	if b < 0 {
		return Prefix{}, errors.New("negative Prefix bits")
	}
	switch {
	case !ip.IsValid():
		return Prefix{}, nil
	case ip.Is4() && b > 32:
		return Prefix{}, errors.New("prefix length " + decimal(b) + " too large for IPv4")
	case b > 128:
		return Prefix{}, errors.New("prefix length " + decimal(b) + " too large for IPv6")
	}
	n := b
	if ip.Is4() {
		n += 96
	}
	if n <= 64 {
		ip.lo = 0
		ip.hi &= ^uint64(0) << (64 - n)
	} else {
		ip.lo &= ^uint64(0) << (128 - n)
	}
	return PrefixFrom(ip.WithZone(""), b), nil
}
