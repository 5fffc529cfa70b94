// This file holds all of package subtle.

// Package subtle has functions whose time does not depend on secret values.
package subtle

// ConstantTimeCompare returns 1 if x and y are equal, else 0. Its time depends
// on the lengths only, and it returns at once if these differ.
func ConstantTimeCompare(x, y []byte) int {
	if len(x) != len(y) {
		return 0
	}
	var diff byte
	for i := range x {
		diff |= x[i] ^ y[i]
	}
	return ConstantTimeByteEq(diff, 0)
}

// ConstantTimeSelect returns x if v is 1 and y if it is 0.
func ConstantTimeSelect(v, x, y int) int { return ^(v-1)&x | (v-1)&y }

// ConstantTimeByteEq returns 1 if x == y, else 0.
func ConstantTimeByteEq(x, y uint8) int { return int((uint32(x^y) - 1) >> 31) }

// ConstantTimeEq returns 1 if x == y, else 0.
func ConstantTimeEq(x, y int32) int { return int((uint64(uint32(x^y)) - 1) >> 63) }

// ConstantTimeCopy copies y to x if v is 1, and does nothing if it is 0. Their
// lengths must be equal.
func ConstantTimeCopy(v int, x, y []byte) {
	if len(x) != len(y) {
		panic("subtle: slices have different lengths")
	}
	keep, take := byte(v-1), ^byte(v-1)
	for i := range x {
		x[i] = x[i]&keep | y[i]&take
	}
}

// ConstantTimeLessOrEq returns 1 if x <= y, else 0, for numbers from 0 to
// 1<<31 - 1.
func ConstantTimeLessOrEq(x, y int) int {
	return int(uint32(int32(x)-int32(y)-1)>>31) & 1
}

// XORBytes sets dst[i] to x[i] ^ y[i] for all i that are below the smaller
// length of x and y, which it returns. dst must be at least that long, and either be
// one of the others or not overlap them.
func XORBytes(dst, x, y []byte) int {
	n := min(len(x), len(y))
	if n == 0 {
		return 0
	}
	if n > len(dst) {
		panic("subtle.XORBytes: dst too short")
	}
	if overlaps(dst[:n], x[:n]) || overlaps(dst[:n], y[:n]) {
		panic("subtle.XORBytes: invalid overlap")
	}
	dst, x, y = dst[:n], x[:n], y[:n]
	for i := range dst {
		dst[i] = x[i] ^ y[i]
	}
	return n
}

// WithDataIndependentTiming calls f. Processors of this architecture need no
// mode for it.
func WithDataIndependentTiming(f func()) { f() }
