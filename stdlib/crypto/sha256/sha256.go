// This file holds the hash SHA-256 or SHA-224 in progress.

// Package sha256 computes SHA-256 and SHA-224 hashes, as FIPS 180-4 has them.
package sha256

import (
	"hash"
	"internal/blockhash"
	"internal/byteorder"
)

// Size is the size of a SHA-256 hash in bytes.
const Size = 32

// Size224 is the size of a SHA-224 hash in bytes.
const Size224 = 28

// BlockSize is the size of a block of both in bytes.
const BlockSize = 64

// The identifiers of saved states.
const (
	stateID224 = "sha\x02"
	stateID256 = "sha\x03"
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
	buf   blockhash.Buffer
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
	blockhash.Write(d, &d.buf, p, BlockSize)
	return len(p), nil
}

// result ends the hash and returns it, for both kinds with all words.
func (d *digest) result() (out [Size]byte) {
	blockhash.Finish(d, &d.buf, BlockSize, false)
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
	return blockhash.Append(b, d.id(), d.h[:], &d.buf, BlockSize), nil
}

// MarshalBinary returns the state.
func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, blockhash.StateSize(d.id(), d.h[:], BlockSize)))
}

// UnmarshalBinary sets the state to a saved one.
func (d *digest) UnmarshalBinary(b []byte) error {
	return blockhash.Restore(b, "crypto/sha256", d.id(), d.h[:], &d.buf, BlockSize)
}

// Clone returns a copy.
func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
