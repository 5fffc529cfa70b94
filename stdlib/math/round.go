// This file holds rounding to integers, remainders, minima and maxima.

package math

// Floor returns the largest integer not above x. Zeros, infinities and NaNs
// come back as they are.
func Floor(x float64) float64 {
	t := Trunc(x)
	if t > x {
		return t - 1
	}
	return t
}

// Ceil returns the smallest integer not below x. Zeros, infinities and NaNs
// come back as they are.
func Ceil(x float64) float64 { return -Floor(-x) }

// Trunc returns the integer part of x. Zeros, infinities and NaNs come back as
// they are.
func Trunc(x float64) float64 {
	b := Float64bits(x)
	e := int(b>>fracBits)&expMask - expBias
	switch {
	case e < 0:
		return Float64frombits(b & signBit)
	case e < fracBits:
		return Float64frombits(b &^ (1<<(fracBits-uint(e)) - 1))
	}
	return x
}

// Round returns the nearest integer, of two equally near the one farther from
// zero. Zeros, infinities and NaNs come back as they are.
func Round(x float64) float64 {
	b := Float64bits(x)
	e := int(b>>fracBits)&expMask - expBias
	switch {
	case e < -1:
		b &= signBit
	case e == -1:
		b = b&signBit | expBias<<fracBits
	case e < fracBits:
		b += 1 << (fracBits - 1 - uint(e))
		b &^= 1<<(fracBits-uint(e)) - 1
	}
	return Float64frombits(b)
}

// RoundToEven returns the nearest integer, of two equally near the even one.
// Zeros, infinities and NaNs come back as they are.
func RoundToEven(x float64) float64 {
	if !(Abs(x) < 1<<fracBits) {
		return x
	}
	// Adding 2**52 leaves no bits for a fraction, and rounds to even.
	t := Copysign(1<<fracBits, x)
	return Copysign(x+t-t, x)
}

// Modf cuts f into an integer and a fraction, both with the sign of f. For an
// infinity the fraction is a NaN.
func Modf(f float64) (integer float64, fractional float64) {
	integer = Trunc(f)
	if IsInf(f, 0) {
		return f, NaN()
	}
	return integer, Copysign(f-integer, f)
}

// Mod returns the remainder of x / y with the sign of x, of magnitude less
// than y's. It is a NaN if x is an infinity, y is 0, or one of them a NaN; an
// infinite y gives x.
func Mod(x, y float64) float64 {
	if y == 0 || IsInf(x, 0) || x != x || y != y {
		return NaN()
	}
	y = Abs(y)
	r := Abs(x)
	if r < y {
		return x
	}
	if r < 1<<53 && r == Trunc(r) && y == Trunc(y) {
		return Copysign(float64(uint64(r)%uint64(y)), x)
	}
	yf, ye := Frexp(y)
	for r >= y {
		rf, re := Frexp(r)
		if rf < yf {
			re--
		}
		r -= Ldexp(y, re-ye)
	}
	return Copysign(r, x)
}

// Remainder returns the IEEE 754 remainder of x / y: x less the multiple of y
// nearest to x, of two equally near the even one. It is a NaN if x is an
// infinity, y is 0, or one of them a NaN; an infinite y gives x.
func Remainder(x, y float64) float64 {
	switch {
	case x != x || y != y || IsInf(x, 0) || y == 0:
		return NaN()
	case IsInf(y, 0):
		return x
	}
	y = Abs(y)
	r := Abs(x)
	if r == y {
		return Copysign(0, x)
	}
	if y <= MaxFloat64/2 {
		r = Mod(r, y+y)
	}
	if y < 0x1p-1021 {
		// Half of y would lose a bit.
		if r+r > y {
			r -= y
			if r+r >= y {
				r -= y
			}
		}
	} else if half := y / 2; r > half {
		r -= y
		if r >= half {
			r -= y
		}
	}
	if Signbit(x) {
		return -r
	}
	return r
}

// Dim returns x - y, or 0 if that is negative. The difference of equal
// infinities and with a NaN is a NaN.
func Dim(x, y float64) float64 {
	d := x - y
	if d <= 0 {
		return 0
	}
	return d
}

// Max returns the larger of x and y. A plus infinity wins over a NaN, a NaN
// over all else; 0 is larger than -0.
func Max(x, y float64) float64 {
	switch {
	case IsInf(x, 1) || IsInf(y, 1):
		return Inf(1)
	case x != x || y != y:
		return NaN()
	case x == 0 && x == y:
		if Signbit(x) {
			return y
		}
		return x
	case x > y:
		return x
	}
	return y
}

// Min returns the smaller of x and y. A minus infinity wins over a NaN, a NaN
// over all else; -0 is smaller than 0.
func Min(x, y float64) float64 {
	switch {
	case IsInf(x, -1) || IsInf(y, -1):
		return Inf(-1)
	case x != x || y != y:
		return NaN()
	case x == 0 && x == y:
		if Signbit(x) {
			return x
		}
		return y
	case x < y:
		return x
	}
	return y
}
