// This file parses and writes addresses, as text and as bytes.

package netip

import (
	"errors"
	"internal/hexdigit"
	"strconv"
)

func decimal(n int) string { return strconv.Itoa(n) }

// parseError says why a text is no address.
type parseError struct {
	in  string
	msg string
	at  string // what is left of the text there
}

func (e parseError) Error() string {
	s := "ParseAddr(" + strconv.Quote(e.in) + "): " + e.msg
	if e.at != "" {
		s += " (at " + strconv.Quote(e.at) + ")"
	}
	return s
}

// ParseAddr parses 192.0.2.1, 2001:db8::68, or fe80::1%eth0 with a zone.
func ParseAddr(s string) (Addr, error) {
	for i := range len(s) {
		switch s[i] {
		case '.':
			lo, err := parse4(s, s)
			if err != nil {
				return Addr{}, err
			}
			return Addr{0, mapped | uint64(lo), v4}, nil
		case ':':
			return parse6(s)
		case '%':
			return Addr{}, parseError{s, "missing IPv6 address", ""}
		}
	}
	return Addr{}, parseError{s, "unable to parse IP", ""}
}

// MustParseAddr is ParseAddr for texts that are known to be right: it panics
// if there is an error.
func MustParseAddr(s string) Addr {
	ip, err := ParseAddr(s)
	if err != nil {
		panic(err)
	}
	return ip
}

// parse4 parses dotted decimals, which may be the end of whole.
func parse4(s, whole string) (uint32, error) {
	var ip, value uint32
	fields, digits := 0, 0
	for i := range len(s) {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			if digits == 1 && value == 0 {
				return 0, parseError{whole, "IPv4 field has octet with leading zero", ""}
			}
			value = value*10 + uint32(c-'0')
			digits++
			if value > 255 {
				return 0, parseError{whole, "IPv4 field has value >255", ""}
			}
		case c == '.':
			if i == 0 || i == len(s)-1 || s[i-1] == '.' {
				return 0, parseError{whole, "IPv4 field must have at least one digit", s[i:]}
			}
			if fields == 3 {
				return 0, parseError{whole, "IPv4 address too long", ""}
			}
			ip = ip<<8 | value
			fields++
			value, digits = 0, 0
		default:
			return 0, parseError{whole, "unexpected character", s[i:]}
		}
	}
	if fields < 3 {
		return 0, parseError{whole, "IPv4 address too short", ""}
	}
	return ip<<8 | value, nil
}

func parse6(in string) (Addr, error) {
	s := in
	zone := ""
	for i := range len(s) {
		if s[i] == '%' {
			s, zone = s[:i], s[i+1:]
			if zone == "" {
				return Addr{}, parseError{in, "zone must be a non-empty string", ""}
			}
			break
		}
	}
	var b [16]byte
	n, gap := 0, -1
	if len(s) >= 2 && s[0] == ':' && s[1] == ':' {
		gap = 0
		if s = s[2:]; s == "" {
			return Addr{family: v6}.WithZone(zone), nil
		}
	}
	for n < 16 {
		value, k := uint32(0), 0
		for ; k < len(s); k++ {
			d := hexdigit.Value(rune(s[k]))
			if d < 0 {
				break
			}
			if k > 3 {
				return Addr{}, parseError{in, "each group must have 4 or less digits", s}
			}
			value = value<<4 | uint32(d)
		}
		if k == 0 {
			return Addr{}, parseError{in, "each colon-separated field must have at least one digit", s}
		}
		if k < len(s) && s[k] == '.' {
			if gap < 0 && n != 12 {
				return Addr{}, parseError{in, "embedded IPv4 address must replace the final 2 fields of the address", s}
			}
			if n+4 > 16 {
				return Addr{}, parseError{in, "too many hex fields to fit an embedded IPv4 at the end of the address", s}
			}
			end := in
			if zone != "" {
				end = in[:len(in)-len(zone)-1]
			}
			ip, err := parse4(s, end)
			if err != nil {
				e := err.(parseError)
				e.in = in
				return Addr{}, e
			}
			b[n], b[n+1], b[n+2], b[n+3] = byte(ip>>24), byte(ip>>16), byte(ip>>8), byte(ip)
			s = ""
			n += 4
			break
		}
		b[n], b[n+1] = byte(value>>8), byte(value)
		n += 2
		if s = s[k:]; s == "" {
			break
		}
		if s[0] != ':' {
			return Addr{}, parseError{in, "unexpected character, want colon", s}
		}
		if len(s) == 1 {
			return Addr{}, parseError{in, "colon must be followed by more characters", s}
		}
		s = s[1:]
		if s[0] == ':' {
			if gap >= 0 {
				return Addr{}, parseError{in, "multiple :: in address", s}
			}
			gap = n
			if s = s[1:]; s == "" {
				break
			}
		}
	}
	if s != "" {
		return Addr{}, parseError{in, "trailing garbage after address", s}
	}
	if n < 16 {
		if gap < 0 {
			return Addr{}, parseError{in, "address string too short", ""}
		}
		moved := n - gap
		copy(b[16-moved:], b[gap:n])
		clear(b[gap : 16-moved])
	} else if gap >= 0 {
		return Addr{}, parseError{in, "the :: must expand to at least one field of zeros", ""}
	}
	return AddrFrom16(b).WithZone(zone), nil
}

// group is 16 bits of an IPv6 address.
func (ip Addr) group(i int) uint16 {
	if i < 4 {
		return uint16(ip.hi >> (48 - 16*i))
	}
	return uint16(ip.lo >> (48 - 16*(i-4)))
}

func (ip Addr) append4(b []byte) []byte {
	for i := range 4 {
		if i > 0 {
			b = append(b, '.')
		}
		b = strconv.AppendUint(b, uint64(ip.octet(i)), 10)
	}
	return b
}

func (ip Addr) append6(b []byte) []byte {
	if ip.Is4In6() {
		b = ip.append4(append(b, "::ffff:"...))
	} else {
		// The first longest run of at least two zero groups is left out.
		from, to := 8, 8
		for i := 0; i < 8; i++ {
			j := i
			for j < 8 && ip.group(j) == 0 {
				j++
			}
			if j-i >= 2 && j-i > to-from {
				from, to = i, j
			}
			i = max(i, j-1)
		}
		for i := 0; i < 8; i++ {
			if i == from {
				b = append(b, "::"...)
				if i = to; i == 8 {
					break
				}
			} else if i > 0 {
				b = append(b, ':')
			}
			b = strconv.AppendUint(b, uint64(ip.group(i)), 16)
		}
	}
	if zone := ip.Zone(); zone != "" {
		b = append(append(b, '%'), zone...)
	}
	return b
}

// AppendTo appends the text of ip, nothing for no address.
func (ip Addr) AppendTo(b []byte) []byte {
	switch ip.family {
	case none:
		return b
	case v4:
		return ip.append4(b)
	}
	return ip.append6(b)
}

// String returns the text of ip, "invalid IP" for no address.
func (ip Addr) String() string {
	if !ip.IsValid() {
		return "invalid IP"
	}
	var room [64]byte
	return string(ip.AppendTo(room[:0]))
}

// StringExpanded is String with all zeros of IPv6.
func (ip Addr) StringExpanded() string {
	if !ip.Is6() {
		return ip.String()
	}
	const digits = "0123456789abcdef"
	b := make([]byte, 0, 39)
	for i := range 8 {
		if i > 0 {
			b = append(b, ':')
		}
		g := ip.group(i)
		b = append(b, digits[g>>12], digits[g>>8&15], digits[g>>4&15], digits[g&15])
	}
	if zone := ip.Zone(); zone != "" {
		b = append(append(b, '%'), zone...)
	}
	return string(b)
}

// AppendText appends the text of ip.
func (ip Addr) AppendText(b []byte) ([]byte, error) { return ip.AppendTo(b), nil }

// MarshalText returns the text of ip.
func (ip Addr) MarshalText() ([]byte, error) { return ip.AppendTo([]byte{}), nil }

// UnmarshalText parses a text; an empty one is no address.
func (ip *Addr) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*ip = Addr{}
		return nil
	}
	var err error
	*ip, err = ParseAddr(string(text))
	return err
}

// AppendBinary appends the bytes of ip, and its zone.
func (ip Addr) AppendBinary(b []byte) ([]byte, error) {
	return append(append(b, ip.AsSlice()...), ip.Zone()...), nil
}

// MarshalBinary returns the bytes of ip, and its zone.
func (ip Addr) MarshalBinary() ([]byte, error) { return ip.AppendBinary([]byte{}) }

// UnmarshalBinary reads what MarshalBinary returned.
func (ip *Addr) UnmarshalBinary(b []byte) error {
	switch n := len(b); {
	case n == 0:
		*ip = Addr{}
	case n == 4:
		*ip = AddrFrom4([4]byte(b))
	case n >= 16:
		*ip = AddrFrom16([16]byte(b[:16])).WithZone(string(b[16:]))
	default:
		return errors.New("unexpected slice size")
	}
	return nil
}
