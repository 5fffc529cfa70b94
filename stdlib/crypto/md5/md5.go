// This file holds the hash MD5 in progress.

// Package md5 computes MD5 hashes, as RFC 1321 has them. MD5 is broken and must
// not be used where that matters.
package md5

import (
	"errors"
	"hash"
	"internal/byteorder"
)

// Size is the size of a hash in bytes.
const Size = 16

// BlockSize is the size of a block in bytes.
const BlockSize = 64

// The identifier and the size of a saved state.
const (
	stateID   = "md5\x01"
	stateSize = len(stateID) + 4*4 + BlockSize + 8
)

// start is the state before any data.
var start = [4]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}

// digest is a hash in progress.
type digest struct {
	h   [4]uint32
	x   [BlockSize]byte // what does not fill a block yet
	nx  int
	len uint64
}

// New returns an MD5 hash, whose state can be saved and copied.
func New() hash.Hash {
	return &digest{h: start}
}

// Reset begins anew.
func (d *digest) Reset() { *d = digest{h: start} }

// Size returns the size of the hash.
func (d *digest) Size() int { return Size }

// BlockSize returns the size of a block.
func (d *digest) BlockSize() int { return BlockSize }

// Write adds p.
func (d *digest) Write(p []byte) (n int, err error) {
	n = len(p)
	d.len += uint64(n)
	if d.nx > 0 {
		k := copy(d.x[d.nx:], p)
		d.nx += k
		if d.nx == BlockSize {
			block(&d.h, d.x[:])
			d.nx = 0
		}
		p = p[k:]
	}
	if len(p) >= BlockSize {
		k := len(p) &^ (BlockSize - 1)
		block(&d.h, p[:k])
		p = p[k:]
	}
	if len(p) > 0 {
		d.nx = copy(d.x[:], p)
	}
	return n, nil
}

// finish adds the end mark and the length. The state is not to be used further.
func (d *digest) finish() {
	bits := d.len << 3
	d.x[d.nx] = 0x80
	clear(d.x[d.nx+1:])
	if d.nx >= BlockSize-8 {
		block(&d.h, d.x[:])
		clear(d.x[:])
	}
	byteorder.PutLE64(d.x[BlockSize-8:], bits)
	block(&d.h, d.x[:])
}

// result ends the hash and returns it.
func (d *digest) result() (out [Size]byte) {
	d.finish()
	for i, h := range d.h {
		byteorder.PutLE32(out[4*i:], h)
	}
	return out
}

// Sum appends the hash to in.
func (d *digest) Sum(in []byte) []byte {
	c := *d
	sum := c.result()
	return append(in, sum[:]...)
}

// Sum returns the MD5 hash of data.
func Sum(data []byte) [Size]byte {
	d := digest{h: start}
	d.Write(data)
	return d.result()
}

// AppendBinary appends the state to b.
func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, stateID...)
	for _, h := range d.h {
		b = byteorder.AppendBE32(b, h)
	}
	b = append(b, d.x[:d.nx]...)
	b = append(b, make([]byte, BlockSize-d.nx)...)
	return byteorder.AppendBE64(b, d.len), nil
}

// MarshalBinary returns the state.
func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, stateSize))
}

// UnmarshalBinary sets the state to a saved one.
func (d *digest) UnmarshalBinary(b []byte) error {
	if id := stateID; len(b) < len(id) || string(b[:len(id)]) != id {
		return errors.New("crypto/md5: invalid hash state identifier")
	}
	if len(b) != stateSize {
		return errors.New("crypto/md5: invalid hash state size")
	}
	b = b[4:]
	for i := range d.h {
		d.h[i] = byteorder.BE32(b)
		b = b[4:]
	}
	b = b[copy(d.x[:], b):]
	d.len = byteorder.BE64(b)
	d.nx = int(d.len % BlockSize)
	return nil
}

// Clone returns a copy.
func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
