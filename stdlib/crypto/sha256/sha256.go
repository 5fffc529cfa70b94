// This file holds the hash SHA-256 or SHA-224 in progress.

// Package sha256 computes SHA-256 and SHA-224 hashes, as FIPS 180-4 has them.
package sha256

import (
	"errors"
	"hash"
	"internal/byteorder"
)

// Size is the size of a SHA-256 hash in bytes.
const Size = 32

// Size224 is the size of a SHA-224 hash in bytes.
const Size224 = 28

// BlockSize is the size of a block of both in bytes.
const BlockSize = 64

// The identifiers and the size of a saved state.
const (
	stateID224 = "sha\x02"
	stateID256 = "sha\x03"
	stateSize  = len(stateID256) + 8*4 + BlockSize + 8
)

// The states before any data.
var (
	start256 = [8]uint32{
		0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
	}
	start224 = [8]uint32{
		0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939,
		0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
	}
)

// digest is a hash in progress.
type digest struct {
	h     [8]uint32
	x     [BlockSize]byte // what does not fill a block yet
	nx    int
	len   uint64
	is224 bool
}

// New returns a SHA-256 hash, whose state can be saved and copied.
func New() hash.Hash {
	return &digest{h: start256}
}

// New224 returns a SHA-224 hash, whose state can be saved and copied.
func New224() hash.Hash {
	return &digest{h: start224, is224: true}
}

// Reset begins anew.
func (d *digest) Reset() {
	start := start256
	if d.is224 {
		start = start224
	}
	*d = digest{h: start, is224: d.is224}
}

// Size returns the size of the hash.
func (d *digest) Size() int {
	if d.is224 {
		return Size224
	}
	return Size
}

// id returns the identifier of a saved state.
func (d *digest) id() string {
	if d.is224 {
		return stateID224
	}
	return stateID256
}

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
	byteorder.PutBE64(d.x[BlockSize-8:], bits)
	block(&d.h, d.x[:])
}

// result ends the hash and returns it, for both kinds with all words.
func (d *digest) result() (out [Size]byte) {
	d.finish()
	for i, h := range d.h {
		byteorder.PutBE32(out[4*i:], h)
	}
	return out
}

// Sum appends the hash to in.
func (d *digest) Sum(in []byte) []byte {
	c := *d
	sum := c.result()
	return append(in, sum[:d.Size()]...)
}

// Sum256 returns the SHA-256 hash of data.
func Sum256(data []byte) [Size]byte {
	d := digest{h: start256}
	d.Write(data)
	return d.result()
}

// Sum224 returns the SHA-224 hash of data.
func Sum224(data []byte) [Size224]byte {
	d := digest{h: start224, is224: true}
	d.Write(data)
	sum := d.result()
	return [Size224]byte(sum[:Size224])
}

// AppendBinary appends the state to b.
func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, d.id()...)
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
	if id := d.id(); len(b) < len(id) || string(b[:len(id)]) != id {
		return errors.New("crypto/sha256: invalid hash state identifier")
	}
	if len(b) != stateSize {
		return errors.New("crypto/sha256: invalid hash state size")
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
