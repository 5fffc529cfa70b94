// Sha256: a hash written out here, integer arithmetic and rotations.
// Group: compute
package main

import "math/bits"

var k [64]uint32

func init() {
	// The fractional parts of the cube roots of the first 64 primes.
	n := 0
	for p := uint64(2); n < 64; p++ {
		prime := true
		for d := uint64(2); d*d <= p; d++ {
			prime = prime && p%d != 0
		}
		if !prime {
			continue
		}
		// r = floor(cbrt(p) * 2^32), by bisection on 128-bit cubes.
		lo, hi := uint64(0), uint64(1)<<36
		for hi-lo > 1 {
			m := (lo + hi) / 2
			h1, l1 := bits.Mul64(m, m)
			h2, l2 := bits.Mul64(l1, m)
			h := h1*m + h2
			if h < p<<32 || h == p<<32 && l2 == 0 {
				lo = m
			} else {
				hi = m
			}
		}
		k[n] = uint32(lo)
		n++
	}
}

func block(h *[8]uint32, p []byte) {
	var w [64]uint32
	for len(p) >= 64 {
		for i := range 16 {
			w[i] = uint32(p[4*i])<<24 | uint32(p[4*i+1])<<16 | uint32(p[4*i+2])<<8 | uint32(p[4*i+3])
		}
		for i := 16; i < 64; i++ {
			x, y := w[i-2], w[i-15]
			w[i] = (bits.RotateLeft32(x, -17) ^ bits.RotateLeft32(x, -19) ^ x>>10) + w[i-7] +
				(bits.RotateLeft32(y, -7) ^ bits.RotateLeft32(y, -18) ^ y>>3) + w[i-16]
		}
		a, b, c, d, e, f, g, z := h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]
		for i := range 64 {
			t1 := z + (bits.RotateLeft32(e, -6) ^ bits.RotateLeft32(e, -11) ^ bits.RotateLeft32(e, -25)) + (e&f ^ ^e&g) + k[i] + w[i]
			t2 := (bits.RotateLeft32(a, -2) ^ bits.RotateLeft32(a, -13) ^ bits.RotateLeft32(a, -22)) + (a&b ^ a&c ^ b&c)
			z, g, f, e, d, c, b, a = g, f, e, d+t1, c, b, a, t1+t2
		}
		h[0] += a
		h[1] += b
		h[2] += c
		h[3] += d
		h[4] += e
		h[5] += f
		h[6] += g
		h[7] += z
		p = p[64:]
	}
}

func main() {
	h := [8]uint32{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}
	buf := make([]byte, 1<<20)
	for i := range buf {
		buf[i] = byte(i * 7)
	}
	for range 200 {
		block(&h, buf)
	}
	println(h[0], h[7])
}
