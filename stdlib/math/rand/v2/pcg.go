// This file holds the generator PCG.

package rand

import (
	"errors"
	"math/bits"
)

// PCG is a generator with 128 bits of state, the variant PCG-DXSM of O'Neill's
// family.
type PCG struct {
	hi uint64
	lo uint64
}

// NewPCG returns a PCG with the two halves of its state as given.
func NewPCG(seed1, seed2 uint64) *PCG { return &PCG{seed1, seed2} }

// Seed sets the two halves of the state.
func (p *PCG) Seed(seed1, seed2 uint64) { p.hi, p.lo = seed1, seed2 }

// AppendBinary appends the state to b.
func (p *PCG) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, "pcg:"...)
	return appendWord(appendWord(b, p.hi), p.lo), nil
}

// MarshalBinary returns the state.
func (p *PCG) MarshalBinary() ([]byte, error) {
	return p.AppendBinary(make([]byte, 0, 20))
}

// UnmarshalBinary sets the state to one that MarshalBinary returned.
func (p *PCG) UnmarshalBinary(data []byte) error {
	if len(data) != 20 || string(data[:4]) != "pcg:" {
		return errors.New("invalid PCG encoding")
	}
	p.hi, p.lo = word(data[4:]), word(data[12:])
	return nil
}

// appendWord appends x with its highest byte first.
func appendWord(b []byte, x uint64) []byte {
	return append(b, byte(x>>56), byte(x>>48), byte(x>>40), byte(x>>32),
		byte(x>>24), byte(x>>16), byte(x>>8), byte(x))
}

// word reads what appendWord wrote.
func word(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0])<<56 | uint64(b[1])<<48 | uint64(b[2])<<40 | uint64(b[3])<<32 |
		uint64(b[4])<<24 | uint64(b[5])<<16 | uint64(b[6])<<8 | uint64(b[7])
}

// Uint64 returns a number of 64 bits.
func (p *PCG) Uint64() uint64 {
	const (
		mulHi = 0x2360ed051fc65da4
		mulLo = 0x4385df649fccf645
		incHi = 0x5851f42d4c957f2d
		incLo = 0x14057b7ef767814f
		short = 0xda942042e4dd58b5
	)
	// state = state*mul + inc
	hi, lo := bits.Mul64(p.lo, mulLo)
	hi += p.hi*mulLo + p.lo*mulHi
	lo, carry := bits.Add64(lo, incLo, 0)
	hi, _ = bits.Add64(hi, incHi, carry)
	p.hi, p.lo = hi, lo
	// Double xorshift multiply.
	hi ^= hi >> 32
	hi *= short
	hi ^= hi >> 48
	hi *= lo | 1
	return hi
}
