// This file holds a hash of the SHA-512 family in progress.

// Package sha512 computes SHA-512, SHA-384, SHA-512/224 and SHA-512/256 hashes,
// as FIPS 180-4 has them.
package sha512

import (
	"hash"
	"internal/blockhash"
	"internal/byteorder"
)

// The sizes of the hashes in bytes.
const (
	Size    = 64 // SHA-512
	Size224 = 28 // SHA-512/224
	Size256 = 32 // SHA-512/256
	Size384 = 48 // SHA-384
)

// BlockSize is the size of a block of all of them in bytes.
const BlockSize = 128

// variant is a member of the family.
type variant struct {
	size  int
	id    string // of saved states
	start [8]uint64
}

var (
	variant384 = &variant{Size384, "sha\x04", [8]uint64{
		0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
		0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
	}}
	variant224 = &variant{Size224, "sha\x05", [8]uint64{
		0x8c3d37c819544da2, 0x73e1996689dcd4d6, 0x1dfab7ae32ff9c82, 0x679dd514582f9fcf,
		0x0f6d2b697bd44da8, 0x77e36f7304c48942, 0x3f9d85a86a1d36c8, 0x1112e6ad91d692a1,
	}}
	variant256 = &variant{Size256, "sha\x06", [8]uint64{
		0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151, 0x963877195940eabd,
		0x96283ee2a88effe3, 0xbe5e1e2553863992, 0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2,
	}}
	variant512 = &variant{Size, "sha\x07", [8]uint64{
		0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
		0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
	}}
)

// digest is a hash in progress.
type digest struct {
	h   [8]uint64
	buf blockhash.Buffer
	v   *variant
}

func newDigest(v *variant) *digest { return &digest{h: v.start, v: v} }

// New returns a SHA-512 hash. The state of all hashes here can be saved and
// copied.
func New() hash.Hash { return newDigest(variant512) }

// New384 returns a SHA-384 hash.
func New384() hash.Hash { return newDigest(variant384) }

// New512_224 returns a SHA-512/224 hash.
func New512_224() hash.Hash { return newDigest(variant224) }

// New512_256 returns a SHA-512/256 hash.
func New512_256() hash.Hash { return newDigest(variant256) }

// Reset begins anew.
func (d *digest) Reset() { *d = digest{h: d.v.start, v: d.v} }

// Size returns the size of the hash.
func (d *digest) Size() int { return d.v.size }

// BlockSize returns the size of a block.
func (d *digest) BlockSize() int { return BlockSize }

// Write adds p.
func (d *digest) Write(p []byte) (n int, err error) {
	blockhash.Write(d, &d.buf, p, BlockSize)
	return len(p), nil
}

// result ends the hash and returns it, with all words.
func (d *digest) result() (out [Size]byte) {
	blockhash.Finish(d, &d.buf, BlockSize, false)
	for i, h := range d.h {
		byteorder.PutBE64(out[8*i:], h)
	}
	return out
}

// Sum appends the hash to in.
func (d *digest) Sum(in []byte) []byte {
	c := *d
	sum := c.result()
	return append(in, sum[:d.Size()]...)
}

func sum(v *variant, data []byte) [Size]byte {
	d := digest{h: v.start, v: v}
	d.Write(data)
	return d.result()
}

// Sum512 returns the SHA-512 hash of data.
func Sum512(data []byte) [Size]byte { return sum(variant512, data) }

// Sum384 returns the SHA-384 hash of data.
func Sum384(data []byte) [Size384]byte {
	s := sum(variant384, data)
	return [Size384]byte(s[:Size384])
}

// Sum512_224 returns the SHA-512/224 hash of data.
func Sum512_224(data []byte) [Size224]byte {
	s := sum(variant224, data)
	return [Size224]byte(s[:Size224])
}

// Sum512_256 returns the SHA-512/256 hash of data.
func Sum512_256(data []byte) [Size256]byte {
	s := sum(variant256, data)
	return [Size256]byte(s[:Size256])
}

// AppendBinary appends the state to b.
func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return blockhash.Append(b, d.v.id, d.h[:], &d.buf, BlockSize), nil
}

// MarshalBinary returns the state.
func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, blockhash.StateSize(d.v.id, d.h[:], BlockSize)))
}

// UnmarshalBinary sets the state to a saved one.
func (d *digest) UnmarshalBinary(b []byte) error {
	return blockhash.Restore(b, "crypto/sha512", d.v.id, d.h[:], &d.buf, BlockSize)
}

// Clone returns a copy.
func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
