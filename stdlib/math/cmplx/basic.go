// This file holds the parts of complex numbers, roots, powers and logarithms.

// Package cmplx has the elementary functions of complex numbers. What they
// return for infinities and NaNs follows Annex G of the C standard.
package cmplx

import "math"

// Abs returns the magnitude of x.
func Abs(x complex128) float64 { return math.Hypot(real(x), imag(x)) }

// Phase returns the angle of x, from -Pi to Pi.
func Phase(x complex128) float64 { return math.Atan2(imag(x), real(x)) }

// Polar returns the magnitude and the angle of x, from -Pi to Pi.
func Polar(x complex128) (r, θ float64) { return Abs(x), Phase(x) }

// Rect returns the number with the magnitude r and the angle θ.
func Rect(r, θ float64) complex128 {
	s, c := math.Sincos(θ)
	return complex(r*c, r*s)
}

// Conj returns the conjugate of x.
func Conj(x complex128) complex128 { return complex(real(x), -imag(x)) }

// Inf returns an infinity, complex(+Inf, +Inf).
func Inf() complex128 {
	inf := math.Inf(1)
	return complex(inf, inf)
}

// NaN returns a number both parts of which are NaNs.
func NaN() complex128 {
	nan := math.NaN()
	return complex(nan, nan)
}

// IsInf reports whether a part of x is an infinity.
func IsInf(x complex128) bool { return isInf(real(x)) || isInf(imag(x)) }

// IsNaN reports whether a part of x is a NaN and none is an infinity.
func IsNaN(x complex128) bool { return !IsInf(x) && (isNaN(real(x)) || isNaN(imag(x))) }

// isInf reports whether f is an infinity.
func isInf(f float64) bool { return math.IsInf(f, 0) }

// isNaN reports whether f is a NaN.
func isNaN(f float64) bool { return f != f }

// Exp returns e**x.
func Exp(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case isInf(re) && re > 0 && im == 0:
		return x
	case isInf(re) && (isInf(im) || isNaN(im)):
		if re < 0 {
			return complex(0, math.Copysign(0, im))
		}
		return complex(math.Inf(1), math.NaN())
	case isNaN(re) && im == 0:
		return complex(math.NaN(), im)
	}
	r := math.Exp(re)
	s, c := math.Sincos(im)
	return complex(r*c, r*s)
}

// Log returns the natural logarithm of x.
func Log(x complex128) complex128 { return complex(math.Log(Abs(x)), Phase(x)) }

// Log10 returns the decimal logarithm of x.
func Log10(x complex128) complex128 {
	z := Log(x)
	return complex(math.Log10E*real(z), math.Log10E*imag(z))
}

// Pow returns x**y. For x == 0 that is 1 if y is 0; if the real part of y is
// negative it is Inf+0i for a real y and Inf+Inf i for others.
func Pow(x, y complex128) complex128 {
	if x == 0 {
		switch {
		case y == 0:
			return 1
		case IsNaN(y):
			return NaN()
		case real(y) == 0:
			return 1
		case real(y) < 0 && imag(y) == 0:
			return complex(math.Inf(1), 0)
		case real(y) < 0:
			return Inf()
		}
		return 0
	}
	size := Abs(x)
	if size == 0 {
		return 0
	}
	r := math.Pow(size, real(y))
	arg := Phase(x)
	angle := real(y) * arg
	if imag(y) != 0 {
		r *= math.Exp(-imag(y) * arg)
		angle += imag(y) * math.Log(size)
	}
	s, c := math.Sincos(angle)
	return complex(r*c, r*s)
}

// Sqrt returns the square root of x whose real part is not negative and whose
// imaginary part has the sign of that of x.
func Sqrt(x complex128) complex128 {
	a, b := real(x), imag(x)
	switch {
	case b == 0 && a == 0:
		return complex(0, b)
	case b == 0 && a < 0:
		return complex(0, math.Copysign(math.Sqrt(-a), b))
	case b == 0:
		return complex(math.Sqrt(a), b)
	case isInf(b):
		return complex(math.Inf(1), b)
	case a == 0 && b < 0:
		r := math.Sqrt(-0.5 * b)
		return complex(r, -r)
	case a == 0:
		r := math.Sqrt(0.5 * b)
		return complex(r, r)
	}
	// Scale, so that nothing overflows or underflows.
	in, out := 0x1p54, 0x1p-27
	if math.Abs(a) > 4 || math.Abs(b) > 4 {
		in, out = 0.25, 2
	}
	a *= in
	b *= in
	// The larger part is a sum of what has one sign; the other is by b = 2*re*im.
	long := math.Sqrt(0.5*math.Hypot(a, b) + 0.5*math.Abs(a))
	short := out * math.Abs((0.5*b)/long)
	long *= out
	if a > 0 {
		return complex(long, math.Copysign(short, b))
	}
	return complex(short, math.Copysign(long, b))
}
