// This file holds all of package adler32.

// Package adler32 computes the checksum of RFC 1950: two sums modulo 65521, of
// the bytes and of the first sum.
package adler32

import (
	"errors"
	"hash"
	"internal/byteorder"
)

// Size is the size of a checksum in bytes.
const Size = 4

// mod is the largest prime below 65536.
const mod = 65521

// chunk is how many bytes can be added before the sums must be reduced.
const chunk = 5552

// digest is a checksum in progress: the second sum above the first.
type digest uint32

// New returns a hash whose Sum has its highest byte first.
func New() hash.Hash32 {
	d := new(digest)
	d.Reset()
	return d
}

func (d *digest) Size() int            { return Size }
func (d *digest) BlockSize() int       { return 4 }
func (d *digest) Reset()               { *d = 1 }
func (d *digest) Sum32() uint32        { return uint32(*d) }
func (d *digest) Sum(in []byte) []byte { return byteorder.AppendBE32(in, uint32(*d)) }

// update adds p.
func update(d digest, p []byte) digest {
	s1, s2 := uint32(d&0xffff), uint32(d>>16)
	for len(p) > 0 {
		n := min(len(p), chunk)
		for _, b := range p[:n] {
			s1 += uint32(b)
			s2 += s1
		}
		s1 %= mod
		s2 %= mod
		p = p[n:]
	}
	return digest(s2<<16 | s1)
}

// Write adds p.
func (d *digest) Write(p []byte) (n int, err error) {
	*d = update(*d, p)
	return len(p), nil
}

// Checksum returns the checksum of data.
func Checksum(data []byte) uint32 { return uint32(update(1, data)) }

// The identifier and the size of a saved state.
const (
	stateID   = "adl\x01"
	stateSize = len(stateID) + 4
)

// AppendBinary appends the state to b.
func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return byteorder.AppendBE32(append(b, stateID...), uint32(*d)), nil
}

// MarshalBinary returns the state.
func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, stateSize))
}

// UnmarshalBinary sets the state to a saved one.
func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(stateID) || string(b[:len(stateID)]) != stateID {
		return errors.New("hash/adler32: invalid hash state identifier")
	}
	if len(b) != stateSize {
		return errors.New("hash/adler32: invalid hash state size")
	}
	*d = digest(byteorder.BE32(b[len(stateID):]))
	return nil
}

// Clone returns a copy.
func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
