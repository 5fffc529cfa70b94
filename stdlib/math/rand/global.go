// This file holds the functions that draw from a common source.

package rand

// system is the runtime's generator, which several goroutines may use at once.
type system struct{}

func (system) Int63() int64   { return int64(runtimeRand() & (1<<63 - 1)) }
func (system) Uint64() uint64 { return runtimeRand() }
func (system) Seed(int64)     {}

// common draws from the runtime's generator.
var common = New(system{})

// Seed does nothing any more: the functions of the package give different
// numbers in each run.
//
// Deprecated: use New(NewSource(seed)).
func Seed(seed int64) {}

// Int63 is Rand.Int63 with the common source.
func Int63() int64 { return common.Int63() }

// Uint32 is Rand.Uint32 with the common source.
func Uint32() uint32 { return common.Uint32() }

// Uint64 is Rand.Uint64 with the common source.
func Uint64() uint64 { return common.Uint64() }

// Int31 is Rand.Int31 with the common source.
func Int31() int32 { return common.Int31() }

// Int is Rand.Int with the common source.
func Int() int { return common.Int() }

// Int63n is Rand.Int63n with the common source.
func Int63n(n int64) int64 { return common.Int63n(n) }

// Int31n is Rand.Int31n with the common source.
func Int31n(n int32) int32 { return common.Int31n(n) }

// Intn is Rand.Intn with the common source.
func Intn(n int) int { return common.Intn(n) }

// Float64 is Rand.Float64 with the common source.
func Float64() float64 { return common.Float64() }

// Float32 is Rand.Float32 with the common source.
func Float32() float32 { return common.Float32() }

// Perm is Rand.Perm with the common source.
func Perm(n int) []int { return common.Perm(n) }

// Shuffle is Rand.Shuffle with the common source.
func Shuffle(n int, swap func(i, j int)) { common.Shuffle(n, swap) }

// Read is Rand.Read with the common source, and safe for several goroutines.
//
// Deprecated: use crypto/rand.
func Read(p []byte) (n int, err error) {
	var val int64
	var left int8
	fill(p, system{}, &val, &left)
	return len(p), nil
}

// NormFloat64 is Rand.NormFloat64 with the common source.
func NormFloat64() float64 { return common.NormFloat64() }

// ExpFloat64 is Rand.ExpFloat64 with the common source.
func ExpFloat64() float64 { return common.ExpFloat64() }
