// This file holds the work on a block.

package sha1

import (
	"internal/byteorder"
	"math/bits"
)

// block adds whole blocks to the state.
func block(state *[5]uint32, p []byte) {
	var w [16]uint32
	h0, h1, h2, h3, h4 := state[0], state[1], state[2], state[3], state[4]
	for len(p) >= BlockSize {
		for i := range w {
			w[i] = byteorder.BE32(p[4*i:])
		}
		a, b, c, d, e := h0, h1, h2, h3, h4
		i := 0
		for ; i < 16; i++ {
			t := bits.RotateLeft32(a, 5) + (b&c | ^b&d) + e + w[i] + 0x5a827999
			a, b, c, d, e = t, a, bits.RotateLeft32(b, 30), c, d
		}
		for ; i < 20; i++ {
			t := bits.RotateLeft32(a, 5) + (b&c | ^b&d) + e + spread(&w, i) + 0x5a827999
			a, b, c, d, e = t, a, bits.RotateLeft32(b, 30), c, d
		}
		for ; i < 40; i++ {
			t := bits.RotateLeft32(a, 5) + (b ^ c ^ d) + e + spread(&w, i) + 0x6ed9eba1
			a, b, c, d, e = t, a, bits.RotateLeft32(b, 30), c, d
		}
		for ; i < 60; i++ {
			t := bits.RotateLeft32(a, 5) + ((b|c)&d | b&c) + e + spread(&w, i) + 0x8f1bbcdc
			a, b, c, d, e = t, a, bits.RotateLeft32(b, 30), c, d
		}
		for ; i < 80; i++ {
			t := bits.RotateLeft32(a, 5) + (b ^ c ^ d) + e + spread(&w, i) + 0xca62c1d6
			a, b, c, d, e = t, a, bits.RotateLeft32(b, 30), c, d
		}
		h0 += a
		h1 += b
		h2 += c
		h3 += d
		h4 += e
		p = p[BlockSize:]
	}
	state[0], state[1], state[2], state[3], state[4] = h0, h1, h2, h3, h4
}

// spread makes word i of the message from those before, and keeps it.
func spread(w *[16]uint32, i int) uint32 {
	x := bits.RotateLeft32(w[(i-3)&15]^w[(i-8)&15]^w[(i-14)&15]^w[i&15], 1)
	w[i&15] = x
	return x
}
