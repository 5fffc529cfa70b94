// This file holds prefixes of networks.

package netip

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
)

// Prefix is an address of which the first bits are the network.
type Prefix struct {
	ip   Addr  // without a zone
	size uint8 // bits + 1; 0 is invalid
}

// PrefixFrom returns the prefix of ip with so many bits; other bits of ip stay.
func PrefixFrom(ip Addr, bits int) Prefix {
	p := Prefix{ip: ip.WithZone("")}
	if ip.IsValid() && 0 <= bits && bits <= ip.BitLen() {
		p.size = uint8(bits) + 1
	}
	return p
}

// Addr returns the address.
func (p Prefix) Addr() Addr { return p.ip }

// Bits returns the number of bits, -1 if p is invalid.
func (p Prefix) Bits() int { return int(p.size) - 1 }

// IsValid reports whether address and bits are right.
func (p Prefix) IsValid() bool { return p.size > 0 }

// IsSingleIP reports whether the network has one address.
func (p Prefix) IsSingleIP() bool { return p.IsValid() && p.Bits() == p.ip.BitLen() }

// Masked returns the prefix with the other bits 0.
func (p Prefix) Masked() Prefix {
	m, err := p.ip.Prefix(p.Bits())
	if err != nil {
		return Prefix{}
	}
	return m
}

// Contains reports whether ip is in the network. Addresses with a zone are in
// none.
func (p Prefix) Contains(ip Addr) bool {
	if !p.IsValid() || ip.BitLen() != p.ip.BitLen() || ip.Zone() != "" {
		return false
	}
	n, err := ip.Prefix(p.Bits())
	return err == nil && n.ip == p.Masked().ip
}

// Overlaps reports whether the networks have addresses in common.
func (p Prefix) Overlaps(o Prefix) bool {
	if !p.IsValid() || !o.IsValid() || p.ip.BitLen() != o.ip.BitLen() {
		return false
	}
	n := min(p.Bits(), o.Bits())
	a, _ := p.ip.Prefix(n)
	b, _ := o.ip.Prefix(n)
	return a == b
}

// Compare orders by validity, family, network, length, and address.
func (p Prefix) Compare(p2 Prefix) int {
	valid := func(p Prefix) int {
		if p.IsValid() {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(valid(p), valid(p2)), cmp.Compare(p.ip.BitLen(), p2.ip.BitLen()),
		p.Masked().ip.Compare(p2.Masked().ip), cmp.Compare(p.Bits(), p2.Bits()), p.ip.Compare(p2.ip))
}

func prefixError(in, msg string) error {
	return errors.New("netip.ParsePrefix(" + strconv.Quote(in) + "): " + msg)
}

// ParsePrefix parses 192.168.1.0/24 or 2001:db8::/32.
func ParsePrefix(s string) (Prefix, error) {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return Prefix{}, prefixError(s, "no '/'")
	}
	ip, err := ParseAddr(s[:i])
	if err != nil {
		return Prefix{}, prefixError(s, err.Error())
	}
	if ip.Zone() != "" {
		return Prefix{}, prefixError(s, "IPv6 zones cannot be present in a prefix")
	}
	size := s[i+1:]
	if len(size) > 1 && (size[0] < '1' || size[0] > '9') {
		return Prefix{}, prefixError(s, "bad bits after slash: "+strconv.Quote(size))
	}
	bits, err := strconv.Atoi(size)
	if err != nil {
		return Prefix{}, prefixError(s, "bad bits after slash: "+strconv.Quote(size))
	}
	if bits < 0 || bits > ip.BitLen() {
		return Prefix{}, prefixError(s, "prefix length out of range")
	}
	return PrefixFrom(ip, bits), nil
}

// MustParsePrefix is ParsePrefix for texts that are known to be right.
func MustParsePrefix(s string) Prefix {
	p, err := ParsePrefix(s)
	if err != nil {
		panic(err)
	}
	return p
}

// AppendTo appends the text of p, nothing for the zero Prefix.
func (p Prefix) AppendTo(b []byte) []byte {
	if p == (Prefix{}) {
		return b
	}
	if !p.IsValid() {
		return append(b, "invalid Prefix"...)
	}
	b = append(p.ip.AppendTo(b), '/')
	return strconv.AppendInt(b, int64(p.Bits()), 10)
}

// String returns the text of p.
func (p Prefix) String() string {
	if !p.IsValid() {
		return "invalid Prefix"
	}
	return string(p.AppendTo(nil))
}

// AppendText appends the text of p.
func (p Prefix) AppendText(b []byte) ([]byte, error) { return p.AppendTo(b), nil }

// MarshalText returns the text of p.
func (p Prefix) MarshalText() ([]byte, error) { return p.AppendTo([]byte{}), nil }

// UnmarshalText parses a text; an empty one is the zero Prefix.
func (p *Prefix) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Prefix{}
		return nil
	}
	var err error
	*p, err = ParsePrefix(string(text))
	return err
}

// AppendBinary appends the bytes of the address and the number of bits.
func (p Prefix) AppendBinary(b []byte) ([]byte, error) {
	b, err := p.ip.AppendBinary(b)
	return append(b, uint8(p.Bits())), err
}

// MarshalBinary returns the bytes of the address and the number of bits.
func (p Prefix) MarshalBinary() ([]byte, error) { return p.AppendBinary([]byte{}) }

// UnmarshalBinary reads what MarshalBinary returned.
func (p *Prefix) UnmarshalBinary(b []byte) error {
	if len(b) < 1 {
		return errors.New("unexpected slice size")
	}
	var ip Addr
	if err := ip.UnmarshalBinary(b[:len(b)-1]); err != nil {
		return err
	}
	*p = PrefixFrom(ip, int(b[len(b)-1]))
	return nil
}
