// This file holds all of package crc32.

// Package crc32 computes cyclic redundancy checks of 32 bits. Polynomials are
// written with the lowest bit first.
package crc32

import (
	"errors"
	"hash"
	"internal/byteorder"
	"sync"
	"unsafe"
)

// Size is the size of a checksum in bytes.
const Size = 4

// Polynomials in common use.
const (
	IEEE       = 0xedb88320 // Ethernet, gzip, PNG and many more
	Castagnoli = 0x82f63b78 // iSCSI; finds more errors
	Koopman    = 0xeb31d82e // finds more errors too
)

// Table has, for each byte, what it does to a checksum, for one polynomial.
type Table [256]uint32

// IEEETable is the table for IEEE.
var IEEETable = simpleTable(IEEE)

// simpleTable makes the table for a polynomial.
func simpleTable(poly uint32) *Table {
	t := new(Table)
	for i := range t {
		c := uint32(i)
		for range 8 {
			c = c>>1 ^ poly&-(c&1)
		}
		t[i] = c
	}
	return t
}

// slices8 has tables for a byte that 0 to 7 others follow, by which eight bytes
// are done at once.
type slices8 [8]Table

// slice makes these tables.
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

// The tables for the common polynomials, made when they are first used.
var (
	ieee8           *slices8
	ieeeOnce        sync.Once
	castagnoliTable *Table
	castagnoli8     *slices8
	castagnoliOnce  sync.Once
)

// initCastagnoli makes the tables for Castagnoli.
func initCastagnoli() {
	castagnoliTable = simpleTable(Castagnoli)
	castagnoli8 = slice(castagnoliTable)
}

// MakeTable returns the table for a polynomial. It must not be changed.
func MakeTable(poly uint32) *Table {
	switch poly {
	case IEEE:
		return IEEETable
	case Castagnoli:
		castagnoliOnce.Do(initCastagnoli)
		return castagnoliTable
	}
	return simpleTable(poly)
}

// simpleUpdate adds p byte by byte. The checksum is inverted here.
func simpleUpdate(crc uint32, t *Table, p []byte) uint32 {
	for _, b := range p {
		crc = t[byte(crc)^b] ^ crc>>8
	}
	return crc
}

// update8 adds p eight bytes at a time.
func update8(crc uint32, s *slices8, p []byte) uint32 {
	for len(p) >= 8 {
		crc ^= byteorder.LE32(p)
		crc = s[0][p[7]] ^ s[1][p[6]] ^ s[2][p[5]] ^ s[3][p[4]] ^
			s[4][crc>>24] ^ s[5][crc>>16&0xff] ^ s[6][crc>>8&0xff] ^ s[7][crc&0xff]
		p = p[8:]
	}
	return simpleUpdate(crc, &s[0], p)
}

// foldIEEE adds the first bytes of n to an inverted checksum for IEEE, in large
// steps, and returns how many.
//
//go:noescape
//go:linkname foldIEEE gosubc_crc32_ieee
func foldIEEE(crc *uint32, p *byte, n int) int

// foldCastagnoli does the same for Castagnoli.
//
//go:noescape
//go:linkname foldCastagnoli gosubc_crc32_castagnoli
func foldCastagnoli(crc *uint32, p *byte, n int) int

// Update returns the checksum crc with the bytes of p added.
func Update(crc uint32, tab *Table, p []byte) uint32 {
	switch {
	case len(p) < 16:
		return ^simpleUpdate(^crc, tab, p)
	case tab == IEEETable:
		crc = ^crc
		if len(p) >= 64 {
			p = p[foldIEEE(&crc, unsafe.SliceData(p), len(p)):]
		}
		ieeeOnce.Do(func() { ieee8 = slice(IEEETable) })
		return ^update8(crc, ieee8, p)
	case tab == castagnoliTable:
		crc = ^crc
		if len(p) >= 64 {
			p = p[foldCastagnoli(&crc, unsafe.SliceData(p), len(p)):]
		}
		return ^update8(crc, castagnoli8, p)
	}
	return ^simpleUpdate(^crc, tab, p)
}

// Checksum returns the checksum of data for the polynomial of the table.
func Checksum(data []byte, tab *Table) uint32 { return Update(0, tab, data) }

// ChecksumIEEE returns the checksum of data for IEEE.
func ChecksumIEEE(data []byte) uint32 { return Update(0, IEEETable, data) }

// digest is a checksum in progress.
type digest struct {
	crc uint32
	tab *Table
}

// New returns a hash for the polynomial of the table, whose Sum has its highest
// byte first.
func New(tab *Table) hash.Hash32 { return &digest{0, tab} }

// NewIEEE returns a hash for IEEE, whose Sum has its highest byte first.
func NewIEEE() hash.Hash32 { return New(IEEETable) }

func (d *digest) Size() int            { return Size }
func (d *digest) BlockSize() int       { return 1 }
func (d *digest) Reset()               { d.crc = 0 }
func (d *digest) Sum32() uint32        { return d.crc }
func (d *digest) Sum(in []byte) []byte { return byteorder.AppendBE32(in, d.crc) }

// Write adds p.
func (d *digest) Write(p []byte) (n int, err error) {
	d.crc = Update(d.crc, d.tab, p)
	return len(p), nil
}

// The identifier and the size of a saved state.
const (
	stateID   = "crc\x01"
	stateSize = len(stateID) + 8
)

// tableSum identifies a table.
func tableSum(t *Table) uint32 {
	var b []byte
	if t != nil {
		for _, x := range t {
			b = byteorder.AppendBE32(b, x)
		}
	}
	return ChecksumIEEE(b)
}

// AppendBinary appends the state to b.
func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, stateID...)
	b = byteorder.AppendBE32(b, tableSum(d.tab))
	return byteorder.AppendBE32(b, d.crc), nil
}

// MarshalBinary returns the state.
func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, stateSize))
}

// UnmarshalBinary sets the state to a saved one.
func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(stateID) || string(b[:len(stateID)]) != stateID {
		return errors.New("hash/crc32: invalid hash state identifier")
	}
	if len(b) != stateSize {
		return errors.New("hash/crc32: invalid hash state size")
	}
	if tableSum(d.tab) != byteorder.BE32(b[4:]) {
		return errors.New("hash/crc32: tables do not match")
	}
	d.crc = byteorder.BE32(b[8:])
	return nil
}

// Clone returns a copy.
func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
