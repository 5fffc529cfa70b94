// This file holds the hash of bytes.

// Package maphash hashes bytes and comparable values for use in hash tables.
// Results depend on a seed that differs from one run of a program to the next.
package maphash

import (
	"hash"
	"internal/byteorder"
	"math/bits"
	"unsafe"
)

// Seed chooses a hash function. The zero Seed is not valid.
type Seed struct {
	s uint64
}

//go:linkname rand64 gosubc_rand_uint64
func rand64() uint64

// MakeSeed returns a new random seed.
func MakeSeed() Seed {
	for {
		if s := rand64(); s != 0 {
			return Seed{s}
		}
	}
}

// Odd constants with bits that follow no rule.
const (
	k0 = 0x9e3779b97f4a7c15
	k1 = 0xbf58476d1ce4e5b9
	k2 = 0x94d049bb133111eb
)

// mix folds the product of a and b.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// sum hashes b.
func sum(seed uint64, b []byte) uint64 {
	n := len(b)
	h := seed ^ k0
	for len(b) > 16 {
		h = mix(byteorder.LE64(b)^k1, byteorder.LE64(b[8:])^h)
		b = b[16:]
	}
	var x, y uint64
	switch {
	case len(b) >= 8:
		x, y = byteorder.LE64(b), byteorder.LE64(b[len(b)-8:])
	case len(b) >= 4:
		x, y = uint64(byteorder.LE32(b)), uint64(byteorder.LE32(b[len(b)-4:]))
	case len(b) > 0:
		x = uint64(b[0])<<16 | uint64(b[len(b)/2])<<8 | uint64(b[len(b)-1])
	}
	h = mix(x^k1, y^h)
	return mix(h^k2, uint64(n)^k0)
}

func (s Seed) check() {
	if s.s == 0 {
		panic("maphash: use of uninitialized Seed")
	}
}

// Bytes returns the hash of b.
func Bytes(seed Seed, b []byte) uint64 {
	seed.check()
	if len(b) <= bufferSize {
		return sum(seed.s, b)
	}
	var h Hash
	h.SetSeed(seed)
	h.Write(b)
	return h.Sum64()
}

// String returns the hash of s, which is that of its bytes.
func String(seed Seed, s string) uint64 {
	return Bytes(seed, unsafe.Slice(unsafe.StringData(s), len(s)))
}

// bufferSize is how many bytes are hashed at a time.
const bufferSize = 128

// Hash is a hash in progress; the zero Hash has a random seed. The result
// depends on the bytes only, not on how they are divided among calls.
type Hash struct {
	_     [0]func() // not comparable
	seed  Seed
	state Seed // of what was hashed before the buffer
	buf   [bufferSize]byte
	n     int
}

func (h *Hash) init() {
	if h.seed.s == 0 {
		h.SetSeed(MakeSeed())
	}
}

// Seed returns the seed.
func (h *Hash) Seed() Seed {
	h.init()
	return h.seed
}

// SetSeed begins anew with the seed.
func (h *Hash) SetSeed(seed Seed) {
	seed.check()
	h.seed, h.state, h.n = seed, seed, 0
}

// Reset begins anew with the same seed.
func (h *Hash) Reset() {
	h.init()
	h.state, h.n = h.seed, 0
}

// flush hashes the buffer, which is full.
func (h *Hash) flush() {
	h.state.s = sum(h.state.s, h.buf[:])
	h.n = 0
}

// Write adds b. It never fails.
func (h *Hash) Write(b []byte) (int, error) {
	h.init()
	n := len(b)
	for len(b) > 0 {
		// A full buffer waits for the byte behind it.
		if h.n == bufferSize {
			h.flush()
		}
		k := copy(h.buf[h.n:], b)
		h.n += k
		b = b[k:]
	}
	return n, nil
}

// WriteByte adds b. It never fails.
func (h *Hash) WriteByte(b byte) error {
	h.Write([]byte{b})
	return nil
}

// WriteString adds s. It never fails.
func (h *Hash) WriteString(s string) (int, error) {
	return h.Write(unsafe.Slice(unsafe.StringData(s), len(s)))
}

// Sum64 returns the hash.
func (h *Hash) Sum64() uint64 {
	h.init()
	return sum(h.state.s, h.buf[:h.n])
}

// Sum appends the hash to b.
func (h *Hash) Sum(b []byte) []byte { return byteorder.AppendBE64(b, h.Sum64()) }

// Size returns 8.
func (h *Hash) Size() int { return 8 }

// BlockSize returns the size of the buffer.
func (h *Hash) BlockSize() int { return bufferSize }

// Clone returns a copy.
func (h *Hash) Clone() (hash.Cloner, error) {
	h.init()
	c := *h
	return &c, nil
}
