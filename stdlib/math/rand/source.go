// This file holds the additive lagged Fibonacci generator.

package rand

// Source gives pseudo-random numbers from 0 up to 1<<63 - 1. It is not meant
// for several goroutines at once.
type Source interface {
	Int63() int64
	Seed(seed int64)
}

// Source64 is a Source that also gives all 64 bits at once. Functions use that
// where it serves.
type Source64 interface {
	Source
	Uint64() uint64
}

// NewSource returns a Source that begins with the seed. It is a Source64 too.
// Several goroutines must not use it at once.
func NewSource(seed int64) Source {
	f := new(fibonacci)
	f.Seed(seed)
	return f
}

// The generator adds the number length steps back and the one lag steps back.
const (
	length = 607
	lag    = 273
)

// fibonacci is the generator. The two places go through the state backwards.
type fibonacci struct {
	near  int // the number lag steps back
	far   int // the number length steps back, and the place of the new one
	state [length]uint64
}

// next returns the next number after x of the linear congruential generator
// that states are made with, x * 48271 modulo 1<<31 - 1.
func next(x int32) int32 {
	const prime = 1<<31 - 1
	return int32(int64(x) * 48271 % prime)
}

// Seed makes the state for a seed.
func (f *fibonacci) Seed(seed int64) {
	f.near = 0
	f.far = length - lag
	seed %= 1<<31 - 1
	if seed < 0 {
		seed += 1<<31 - 1
	}
	if seed == 0 {
		seed = 89482311
	}
	x := int32(seed)
	for range 20 {
		x = next(x)
	}
	for i := range f.state {
		x = next(x)
		u := uint64(x) << 40
		x = next(x)
		u ^= uint64(x) << 20
		x = next(x)
		u ^= uint64(x)
		f.state[i] = u ^ mix[i]
	}
}

// Int63 returns a number of 63 bits.
func (f *fibonacci) Int63() int64 { return int64(f.Uint64() & (1<<63 - 1)) }

// Uint64 returns a number of 64 bits.
func (f *fibonacci) Uint64() uint64 {
	f.near--
	if f.near < 0 {
		f.near += length
	}
	f.far--
	if f.far < 0 {
		f.far += length
	}
	x := f.state[f.far] + f.state[f.near]
	f.state[f.far] = x
	return x
}
