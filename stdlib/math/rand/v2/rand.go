// This file holds Rand.

// Package rand draws pseudo-random numbers, which are not fit for secrets; for
// those there is crypto/rand.
package rand

import (
	"internal/ziggurat"
	"math"
	"math/bits"
)

// Source gives pseudo-random numbers of 64 bits. It is not meant for several
// goroutines at once.
type Source interface {
	Uint64() uint64
}

// Rand draws numbers from a Source.
type Rand struct {
	src Source
}

// New returns a Rand that draws from src.
func New(src Source) *Rand { return &Rand{src} }

// Int64 returns a number from 0 up to 1<<63 - 1.
func (r *Rand) Int64() int64 { return int64(r.src.Uint64() &^ (1 << 63)) }

// Uint32 returns a number of 32 bits.
func (r *Rand) Uint32() uint32 { return uint32(r.src.Uint64() >> 32) }

// Uint64 returns a number of 64 bits.
func (r *Rand) Uint64() uint64 { return r.src.Uint64() }

// Int32 returns a number from 0 up to 1<<31 - 1.
func (r *Rand) Int32() int32 { return int32(r.src.Uint64() >> 33) }

// Int returns a number from 0 up to the largest int.
func (r *Rand) Int() int { return int(uint(r.src.Uint64()) << 1 >> 1) }

// Uint returns a number of all bits of a uint.
func (r *Rand) Uint() uint { return uint(r.src.Uint64()) }

// below64 returns a number from 0 up to n-1, for n > 0, by Lemire's method.
func (r *Rand) below64(n uint64) uint64 {
	if n&(n-1) == 0 {
		return r.src.Uint64() & (n - 1)
	}
	hi, lo := bits.Mul64(r.src.Uint64(), n)
	if lo < n {
		limit := -n % n
		for lo < limit {
			hi, lo = bits.Mul64(r.src.Uint64(), n)
		}
	}
	return hi
}

// Int64N returns a number from 0 up to n-1. It panics if n <= 0.
func (r *Rand) Int64N(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int64N")
	}
	return int64(r.below64(uint64(n)))
}

// Uint64N returns a number from 0 up to n-1. It panics if n == 0.
func (r *Rand) Uint64N(n uint64) uint64 {
	if n == 0 {
		panic("invalid argument to Uint64N")
	}
	return r.below64(n)
}

// Int32N returns a number from 0 up to n-1. It panics if n <= 0.
func (r *Rand) Int32N(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int32N")
	}
	return int32(r.below64(uint64(n)))
}

// Uint32N returns a number from 0 up to n-1. It panics if n == 0.
func (r *Rand) Uint32N(n uint32) uint32 {
	if n == 0 {
		panic("invalid argument to Uint32N")
	}
	return uint32(r.below64(uint64(n)))
}

// IntN returns a number from 0 up to n-1. It panics if n <= 0.
func (r *Rand) IntN(n int) int {
	if n <= 0 {
		panic("invalid argument to IntN")
	}
	return int(r.below64(uint64(n)))
}

// UintN returns a number from 0 up to n-1. It panics if n == 0.
func (r *Rand) UintN(n uint) uint {
	if n == 0 {
		panic("invalid argument to UintN")
	}
	return uint(r.below64(uint64(n)))
}

// Float64 returns a number from 0 to below 1.
func (r *Rand) Float64() float64 { return float64(r.src.Uint64()<<11>>11) / (1 << 53) }

// Float32 returns a number from 0 to below 1.
func (r *Rand) Float32() float32 { return float32(r.Uint32()<<8>>8) / (1 << 24) }

// Perm returns the numbers from 0 up to n-1 in random order.
func (r *Rand) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	r.Shuffle(len(p), func(i, j int) { p[i], p[j] = p[j], p[i] })
	return p
}

// Shuffle puts n elements in random order, by exchanging them with swap. It
// panics if n is negative.
func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	for i := n - 1; i > 0; i-- {
		swap(i, int(r.below64(uint64(i+1))))
	}
}

// N returns a number from 0 up to n-1 of any integer type. It panics if
// n <= 0.
func (r *Rand) N[Int intType](n Int) Int {
	if n <= 0 {
		panic("invalid argument to N")
	}
	return Int(r.below64(uint64(n)))
}

// NormFloat64 returns a number of the normal distribution with mean 0 and
// standard deviation 1.
func (r *Rand) NormFloat64() float64 {
	for {
		u := r.src.Uint64()
		j := int32(u)
		i := u >> 32 & 0x7F
		x := float64(j) * float64(ziggurat.NormalScale[i])
		abs := uint32(j)
		if j < 0 {
			abs = -abs
		}
		if abs < ziggurat.NormalLimit[i] {
			return x
		}
		if i == 0 {
			for {
				x = -math.Log(r.Float64()) * (1.0 / ziggurat.NormalTail)
				y := -math.Log(r.Float64())
				if y+y >= x*x {
					break
				}
			}
			if j > 0 {
				return ziggurat.NormalTail + x
			}
			return -ziggurat.NormalTail - x
		}
		d := &ziggurat.NormalDensity
		if d[i]+float32(r.Float64())*(d[i-1]-d[i]) < float32(math.Exp(-.5*x*x)) {
			return x
		}
	}
}

// ExpFloat64 returns a number of the exponential distribution with rate 1, and
// so with mean 1.
func (r *Rand) ExpFloat64() float64 {
	for {
		u := r.src.Uint64()
		j := uint32(u)
		i := uint8(u >> 32)
		x := float64(j) * float64(ziggurat.ExponentialScale[i])
		if j < ziggurat.ExponentialLimit[i] {
			return x
		}
		if i == 0 {
			return ziggurat.ExponentialTail - math.Log(r.Float64())
		}
		d := &ziggurat.ExponentialDensity
		if d[i]+float32(r.Float64())*(d[i-1]-d[i]) < float32(math.Exp(-x)) {
			return x
		}
	}
}
