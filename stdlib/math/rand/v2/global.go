// This file holds the functions that draw from a common source, the runtime's
// generator. They may be called by several goroutines at once.

package rand

// system is the runtime's generator as a Source.
type system struct{}

func (system) Uint64() uint64 { return runtimeRand() }

// common draws from the runtime's generator.
var common = &Rand{system{}}

// Int64 is Rand.Int64 with the common source.
func Int64() int64 { return common.Int64() }

// Uint32 is Rand.Uint32 with the common source.
func Uint32() uint32 { return common.Uint32() }

// Uint64 is Rand.Uint64 with the common source.
func Uint64() uint64 { return runtimeRand() }

// Int32 is Rand.Int32 with the common source.
func Int32() int32 { return common.Int32() }

// Int is Rand.Int with the common source.
func Int() int { return common.Int() }

// Uint is Rand.Uint with the common source.
func Uint() uint { return common.Uint() }

// Int64N is Rand.Int64N with the common source.
func Int64N(n int64) int64 { return common.Int64N(n) }

// Uint64N is Rand.Uint64N with the common source.
func Uint64N(n uint64) uint64 { return common.Uint64N(n) }

// Int32N is Rand.Int32N with the common source.
func Int32N(n int32) int32 { return common.Int32N(n) }

// Uint32N is Rand.Uint32N with the common source.
func Uint32N(n uint32) uint32 { return common.Uint32N(n) }

// IntN is Rand.IntN with the common source.
func IntN(n int) int { return common.IntN(n) }

// UintN is Rand.UintN with the common source.
func UintN(n uint) uint { return common.UintN(n) }

// intType is the constraint of all integer types.
type intType interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// N returns a number from 0 up to n-1 of any integer type, such as a
// time.Duration. It panics if n <= 0.
func N[Int intType](n Int) Int { return common.N(n) }

// Float64 is Rand.Float64 with the common source.
func Float64() float64 { return common.Float64() }

// Float32 is Rand.Float32 with the common source.
func Float32() float32 { return common.Float32() }

// Perm is Rand.Perm with the common source.
func Perm(n int) []int { return common.Perm(n) }

// Shuffle is Rand.Shuffle with the common source.
func Shuffle(n int, swap func(i, j int)) { common.Shuffle(n, swap) }

// NormFloat64 is Rand.NormFloat64 with the common source.
func NormFloat64() float64 { return common.NormFloat64() }

// ExpFloat64 is Rand.ExpFloat64 with the common source.
func ExpFloat64() float64 { return common.ExpFloat64() }
