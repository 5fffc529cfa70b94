// This file holds the functions on the bits of a floating-point number.

package math

import "unsafe"

// The layout of a float64: 52 bits of fraction, 11 of exponent, and the sign.
const (
	fracBits = 52
	expMask  = 0x7FF
	expBias  = 1023
	signBit  = 1 << 63
	fracMask = 1<<fracBits - 1
	infBits  = expMask << fracBits
	nanBits  = 0x7FF8000000000001
)

// Float32bits returns the IEEE 754 bits of f.
func Float32bits(f float32) uint32 { return *(*uint32)(unsafe.Pointer(&f)) }

// Float32frombits returns the number with the IEEE 754 bits b.
func Float32frombits(b uint32) float32 { return *(*float32)(unsafe.Pointer(&b)) }

// Float64bits returns the IEEE 754 bits of f.
func Float64bits(f float64) uint64 { return *(*uint64)(unsafe.Pointer(&f)) }

// Float64frombits returns the number with the IEEE 754 bits b.
func Float64frombits(b uint64) float64 { return *(*float64)(unsafe.Pointer(&b)) }

// Inf returns plus infinity for sign >= 0 and minus infinity otherwise.
func Inf(sign int) float64 {
	if sign >= 0 {
		return Float64frombits(infBits)
	}
	return Float64frombits(signBit | infBits)
}

// NaN returns a value that is not a number.
func NaN() float64 { return Float64frombits(nanBits) }

// IsNaN reports whether f is not a number.
func IsNaN(f float64) (is bool) { return f != f }

// IsInf reports whether f is plus infinity for sign > 0, minus infinity for
// sign < 0, and either of them for sign == 0.
func IsInf(f float64, sign int) bool {
	return sign >= 0 && f > MaxFloat64 || sign <= 0 && f < -MaxFloat64
}

// Abs returns the absolute value of x. A NaN stays one.
func Abs(x float64) float64 { return Float64frombits(Float64bits(x) &^ signBit) }

// Copysign returns a value with the magnitude of f and the sign of sign.
func Copysign(f, sign float64) float64 {
	return Float64frombits(Float64bits(f)&^signBit | Float64bits(sign)&signBit)
}

// Signbit reports whether the sign bit of x is set, as it is for -0.
func Signbit(x float64) bool { return Float64bits(x)&signBit != 0 }

// normalize returns y and exp with x == y * 2**exp, where y is not denormal.
// It is meant for finite x other than 0.
func normalize(x float64) (y float64, exp int) {
	if Abs(x) < 0x1p-1022 {
		return x * (1 << fracBits), -fracBits
	}
	return x, 0
}

// Frexp cuts f into a fraction of magnitude in [0.5, 1) and a power of two:
// f == frac * 2**exp. Zeros, infinities and NaNs come back as they are, with
// exp == 0.
func Frexp(f float64) (frac float64, exp int) {
	if f == 0 || f != f || IsInf(f, 0) {
		return f, 0
	}
	f, exp = normalize(f)
	x := Float64bits(f)
	exp += int(x>>fracBits)&expMask - expBias + 1
	x = x&^(expMask<<fracBits) | (expBias-1)<<fracBits
	return Float64frombits(x), exp
}

// Ldexp returns frac * 2**exp, the reverse of Frexp. Zeros, infinities and
// NaNs come back as they are.
func Ldexp(frac float64, exp int) float64 {
	if frac == 0 || frac != frac || IsInf(frac, 0) {
		return frac
	}
	f, e := normalize(frac)
	x := Float64bits(f)
	e += int(x>>fracBits)&expMask - expBias
	switch {
	case exp > 1<<20:
		exp = 1 << 20
	case exp < -1<<20:
		exp = -1 << 20
	}
	exp += e
	if exp < -1075 {
		return Copysign(0, frac)
	}
	if exp > 1023 {
		if frac < 0 {
			return Inf(-1)
		}
		return Inf(1)
	}
	scale := 1.0
	if exp < -1022 {
		// Denormal: build it larger, and let the product round it.
		exp += 53
		scale = 1.0 / (1 << 53)
	}
	x = x&^(expMask<<fracBits) | uint64(exp+expBias)<<fracBits
	return scale * Float64frombits(x)
}

// Ilogb returns the binary exponent of x. Zero gives MinInt32, infinities and
// NaNs give MaxInt32.
func Ilogb(x float64) int {
	switch {
	case x == 0:
		return MinInt32
	case x != x || IsInf(x, 0):
		return MaxInt32
	}
	x, exp := normalize(x)
	return int(Float64bits(x)>>fracBits)&expMask - expBias + exp
}

// Logb returns the binary exponent of x as a float64. Zero gives minus
// infinity, infinities plus infinity, a NaN a NaN.
func Logb(x float64) float64 {
	switch {
	case x == 0:
		return Inf(-1)
	case IsInf(x, 0):
		return Inf(1)
	case x != x:
		return x
	}
	return float64(Ilogb(x))
}

// Nextafter returns the float64 next to x in the direction of y. If they are
// equal it returns x; a NaN among them gives a NaN.
func Nextafter(x, y float64) (r float64) {
	switch {
	case x != x || y != y:
		return NaN()
	case x == y:
		return x
	case x == 0:
		return Copysign(Float64frombits(1), y)
	case (y > x) == (x > 0):
		return Float64frombits(Float64bits(x) + 1)
	}
	return Float64frombits(Float64bits(x) - 1)
}

// Nextafter32 returns the float32 next to x in the direction of y. If they are
// equal it returns x; a NaN among them gives a NaN.
func Nextafter32(x, y float32) (r float32) {
	switch {
	case x != x || y != y:
		return float32(NaN())
	case x == y:
		return x
	case x == 0:
		return float32(Copysign(float64(Float32frombits(1)), float64(y)))
	case (y > x) == (x > 0):
		return Float32frombits(Float32bits(x) + 1)
	}
	return Float32frombits(Float32bits(x) - 1)
}
