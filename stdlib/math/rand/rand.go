// This file holds Rand.

// Package rand draws pseudo-random numbers, which are not fit for secrets; for
// those there is crypto/rand. New programs should rather use math/rand/v2.
package rand

import (
	"internal/ziggurat"
	"math"
)

// Rand draws numbers from a Source.
type Rand struct {
	src   Source
	src64 Source64 // src, if it is one
	val   int64    // what is left of the number that Read uses
	left  int8     // how many bytes of it
}

// New returns a Rand that draws from src.
func New(src Source) *Rand {
	s64, _ := src.(Source64)
	return &Rand{src: src, src64: s64}
}

// Seed makes the source begin anew with a seed. It must not be called at the
// same time as another method.
func (r *Rand) Seed(seed int64) {
	r.src.Seed(seed)
	r.left = 0
}

// Int63 returns a number from 0 up to 1<<63 - 1.
func (r *Rand) Int63() int64 { return r.src.Int63() }

// Uint32 returns a number of 32 bits.
func (r *Rand) Uint32() uint32 { return uint32(r.Int63() >> 31) }

// Uint64 returns a number of 64 bits.
func (r *Rand) Uint64() uint64 {
	if r.src64 != nil {
		return r.src64.Uint64()
	}
	return uint64(r.Int63())>>31 | uint64(r.Int63())<<32
}

// Int31 returns a number from 0 up to 1<<31 - 1.
func (r *Rand) Int31() int32 { return int32(r.Int63() >> 32) }

// Int returns a number from 0 up to the largest int.
func (r *Rand) Int() int { return int(uint(r.Int63())) }

// Int63n returns a number from 0 up to n-1. It panics if n <= 0.
func (r *Rand) Int63n(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int63n")
	}
	if n&(n-1) == 0 {
		return r.Int63() & (n - 1)
	}
	limit := int64(1<<63 - 1 - (1<<63)%uint64(n))
	v := r.Int63()
	for v > limit {
		v = r.Int63()
	}
	return v % n
}

// Int31n returns a number from 0 up to n-1. It panics if n <= 0.
func (r *Rand) Int31n(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int31n")
	}
	if n&(n-1) == 0 {
		return r.Int31() & (n - 1)
	}
	limit := int32(1<<31 - 1 - (1<<31)%uint32(n))
	v := r.Int31()
	for v > limit {
		v = r.Int31()
	}
	return v % n
}

// below returns a number from 0 up to n-1 by Lemire's method. It draws other
// numbers than Int31n does.
func (r *Rand) below(n int32) int32 {
	p := uint64(r.Uint32()) * uint64(n)
	if low := uint32(p); low < uint32(n) {
		limit := uint32(-n) % uint32(n)
		for low < limit {
			p = uint64(r.Uint32()) * uint64(n)
			low = uint32(p)
		}
	}
	return int32(p >> 32)
}

// Intn returns a number from 0 up to n-1. It panics if n <= 0.
func (r *Rand) Intn(n int) int {
	if n <= 0 {
		panic("invalid argument to Intn")
	}
	if n <= 1<<31-1 {
		return int(r.Int31n(int32(n)))
	}
	return int(r.Int63n(int64(n)))
}

// Float64 returns a number from 0 to below 1.
func (r *Rand) Float64() float64 {
	for {
		if f := float64(r.Int63()) / (1 << 63); f != 1 {
			return f
		}
	}
}

// Float32 returns a number from 0 to below 1.
func (r *Rand) Float32() float32 {
	for {
		if f := float32(r.Float64()); f != 1 {
			return f
		}
	}
}

// Perm returns the numbers from 0 up to n-1 in random order.
func (r *Rand) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		j := r.Intn(i + 1)
		p[i] = p[j]
		p[j] = i
	}
	return p
}

// Shuffle puts n elements in random order, by exchanging them with swap. It
// panics if n is negative.
func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	i := n - 1
	for ; i > 1<<31-1-1; i-- {
		swap(i, int(r.Int63n(int64(i+1))))
	}
	for ; i > 0; i-- {
		swap(i, int(r.below(int32(i+1))))
	}
}

// Read fills p with random bytes. It always fills all of it, without an error.
// It must not be called at the same time as another method.
func (r *Rand) Read(p []byte) (n int, err error) {
	fill(p, r.src, &r.val, &r.left)
	return len(p), nil
}

// fill fills p with the bytes of numbers from src, seven of each. What is left
// of the last one is kept.
func fill(p []byte, src Source, val *int64, left *int8) {
	v, n := *val, *left
	for i := range p {
		if n == 0 {
			v = src.Int63()
			n = 7
		}
		p[i] = byte(v)
		v >>= 8
		n--
	}
	*val, *left = v, n
}

// NormFloat64 returns a number of the normal distribution with mean 0 and
// standard deviation 1.
func (r *Rand) NormFloat64() float64 {
	for {
		j := int32(r.Uint32())
		i := j & 0x7F
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
		j := r.Uint32()
		i := j & 0xFF
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
