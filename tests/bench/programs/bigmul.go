// Multiplication of long numbers with bits.Mul64 and bits.Add64.
// Group: compute
package main

import "math/bits"

func mul(z, x, y []uint64) {
	clear(z)
	for i, a := range x {
		var carry uint64
		for j, b := range y {
			hi, lo := bits.Mul64(a, b)
			lo, c := bits.Add64(lo, z[i+j], 0)
			hi += c
			lo, c = bits.Add64(lo, carry, 0)
			hi += c
			z[i+j], carry = lo, hi
		}
		z[i+len(y)] = carry
	}
}

func main() {
	x, y, z := make([]uint64, 400), make([]uint64, 400), make([]uint64, 800)
	for i := range x {
		x[i], y[i] = uint64(i)*0x9e3779b97f4a7c15, ^uint64(i)*0xbf58476d1ce4e5b9
	}
	var sum uint64
	for range 1500 {
		mul(z, x, y)
		sum += z[400]
		x[0]++
	}
	println(sum)
}
