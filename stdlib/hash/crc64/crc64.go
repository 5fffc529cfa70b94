// This file holds all of package crc64.

// Package crc64 computes cyclic redundancy checks of 64 bits. Polynomials are
// written with the lowest bit first.
package crc64

import (
	"errors"
	"hash"
	"internal/byteorder"
	"sync"
)

// Size is the size of a checksum in bytes.
const Size = 8

// Polynomials in common use.
const (
	ISO  = 0xD800000000000000 // ISO 3309, of HDLC
	ECMA = 0xC96C5795D7870F42 // ECMA 182
)

// Table has, for each byte, what it does to a checksum, for one polynomial.
type Table [256]uint64

// slices8 has tables for a byte that 0 to 7 others follow.
type slices8 [8]Table

// tables are those of the common polynomials, made when first used.
var tables = sync.OnceValue(func() (t struct{ iso, ecma *slices8 }) {
	t.iso, t.ecma = slice(newTable(ISO)), slice(newTable(ECMA))
	return
})

func newTable(poly uint64) *Table {
	t := new(Table)
	for i := range t {
		c := uint64(i)
		for range 8 {
			c = c>>1 ^ poly&-(c&1)
		}
		t[i] = c
	}
	return t
}

func slice(t *Table) *slices8 {
	s := new(slices8)
	s[0] = *t
	for i := range 256 {
		c := s[0][i]
		for j := 1; j < 8; j++ {
			c = s[0][c&0xff] ^ c>>8
			s[j][i] = c
		}
	}
	return s
}

// MakeTable returns the table for a polynomial. It must not be changed.
func MakeTable(poly uint64) *Table {
	switch poly {
	case ISO:
		return &tables().iso[0]
	case ECMA:
		return &tables().ecma[0]
	}
	return newTable(poly)
}

// Update returns the checksum crc with the bytes of p added.
func Update(crc uint64, tab *Table, p []byte) uint64 {
	crc = ^crc
	if len(p) >= 64 {
		var s *slices8
		switch t := tables(); {
		case tab == &t.iso[0]:
			s = t.iso
		case tab == &t.ecma[0]:
			s = t.ecma
		case len(p) >= 2048:
			s = slice(tab)
		}
		for s != nil && len(p) >= 8 {
			crc ^= byteorder.LE64(p)
			crc = s[7][crc&0xff] ^ s[6][crc>>8&0xff] ^ s[5][crc>>16&0xff] ^ s[4][crc>>24&0xff] ^
				s[3][crc>>32&0xff] ^ s[2][crc>>40&0xff] ^ s[1][crc>>48&0xff] ^ s[0][crc>>56]
			p = p[8:]
		}
	}
	for _, b := range p {
		crc = tab[byte(crc)^b] ^ crc>>8
	}
	return ^crc
}

// Checksum returns the checksum of data for the polynomial of the table.
func Checksum(data []byte, tab *Table) uint64 { return Update(0, tab, data) }

// digest is a checksum in progress.
type digest struct {
	crc uint64
	tab *Table
}

// New returns a hash for the polynomial of the table, whose Sum has its highest
// byte first.
func New(tab *Table) hash.Hash64 { return &digest{0, tab} }

func (d *digest) Size() int            { return Size }
func (d *digest) BlockSize() int       { return 1 }
func (d *digest) Reset()               { d.crc = 0 }
func (d *digest) Sum64() uint64        { return d.crc }
func (d *digest) Sum(in []byte) []byte { return byteorder.AppendBE64(in, d.crc) }

// Write adds p.
func (d *digest) Write(p []byte) (n int, err error) {
	d.crc = Update(d.crc, d.tab, p)
	return len(p), nil
}

// The identifier and the size of a saved state.
const (
	stateID   = "crc\x02"
	stateSize = len(stateID) + 8 + 8
)

// tableSum identifies a table.
func tableSum(t *Table) uint64 {
	var b []byte
	for _, x := range t {
		b = byteorder.AppendBE64(b, x)
	}
	return Checksum(b, MakeTable(ISO))
}

// AppendBinary appends the state to b.
func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, stateID...)
	b = byteorder.AppendBE64(b, tableSum(d.tab))
	return byteorder.AppendBE64(b, d.crc), nil
}

// MarshalBinary returns the state.
func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, stateSize))
}

// UnmarshalBinary sets the state to a saved one.
func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(stateID) || string(b[:len(stateID)]) != stateID {
		return errors.New("hash/crc64: invalid hash state identifier")
	}
	if len(b) != stateSize {
		return errors.New("hash/crc64: invalid hash state size")
	}
	if tableSum(d.tab) != byteorder.BE64(b[4:]) {
		return errors.New("hash/crc64: tables do not match")
	}
	d.crc = byteorder.BE64(b[12:])
	return nil
}

// Clone returns a copy.
func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
