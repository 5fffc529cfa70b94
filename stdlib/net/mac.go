// This file holds hardware addresses.

package net

import "internal/hexdigit"

// A HardwareAddr is the address of a network card.
type HardwareAddr []byte

// String returns the bytes in hexadecimal, with colons between.
func (a HardwareAddr) String() string {
	if len(a) == 0 {
		return ""
	}
	hex := hexOf(a)
	b := make([]byte, 0, 3*len(a)-1)
	for i := 0; i < len(hex); i += 2 {
		if i > 0 {
			b = append(b, ':')
		}
		b = append(b, hex[i], hex[i+1])
	}
	return string(b)
}

// ParseMAC reads an address of 6, 8 or 20 bytes: pairs of digits with colons
// or hyphens between, or groups of four with points between.
func ParseMAC(s string) (hw HardwareAddr, err error) {
	bad := &AddrError{Err: "invalid MAC address", Addr: s}
	if len(s) < 14 {
		return nil, bad
	}
	group, sep := 2, s[2]
	if sep != ':' && sep != '-' {
		if group, sep = 4, s[4]; sep != '.' {
			return nil, bad
		}
	}
	if (len(s)+1)%(group+1) != 0 {
		return nil, bad
	}
	for i := 0; i < len(s); i += group + 1 {
		if i > 0 && s[i-1] != sep {
			return nil, bad
		}
		for j := i; j < i+group; j += 2 {
			hi, lo := hexdigit.Value(rune(s[j])), hexdigit.Value(rune(s[j+1]))
			if hi < 0 || lo < 0 {
				return nil, bad
			}
			hw = append(hw, byte(hi<<4|lo))
		}
	}
	switch len(hw) {
	case 6, 8, 20:
		return hw, nil
	}
	return nil, bad
}
