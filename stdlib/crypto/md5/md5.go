// This file holds the hash MD5 in progress.

// Package md5 computes MD5 hashes, as RFC 1321 has them. MD5 is broken and must
// not be used where that matters.
package md5

import (
	"hash"
	"internal/blockhash"
	"internal/byteorder"
)

// Size is the size of a hash in bytes.
const Size = 16

// BlockSize is the size of a block in bytes.
const BlockSize = 64

// stateID marks a saved state.
const stateID = "md5\x01"

// start is the state before any data.
var start = [4]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}

// digest is a hash in progress.
type digest struct {
	h   [4]uint32
	buf blockhash.Buffer
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
	blockhash.Write(d, &d.buf, p, BlockSize)
	return len(p), nil
}

// result ends the hash and returns it.
func (d *digest) result() (out [Size]byte) {
	blockhash.Finish(d, &d.buf, BlockSize, true)
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
	return blockhash.Append(b, stateID, d.h[:], &d.buf, BlockSize), nil
}

// MarshalBinary returns the state.
func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, blockhash.StateSize(stateID, d.h[:], BlockSize)))
}

// UnmarshalBinary sets the state to a saved one.
func (d *digest) UnmarshalBinary(b []byte) error {
	return blockhash.Restore(b, "crypto/md5", stateID, d.h[:], &d.buf, BlockSize)
}

// Clone returns a copy.
func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
