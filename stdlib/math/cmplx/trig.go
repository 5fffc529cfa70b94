// This file holds the circular and hyperbolic functions.

package cmplx

import "math"

// sinhcosh returns the hyperbolic sine and cosine of x.
func sinhcosh(x float64) (sh, ch float64) {
	if math.Abs(x) <= 0.5 {
		return math.Sinh(x), math.Cosh(x)
	}
	e := math.Exp(x)
	inv := 0.5 / e
	e *= 0.5
	return e - inv, e + inv
}

// Sin returns the sine of x.
func Sin(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && (isInf(re) || isNaN(re)):
		return complex(math.NaN(), im)
	case isInf(im) && re == 0:
		return x
	case isInf(im) && (isInf(re) || isNaN(re)):
		return complex(math.NaN(), im)
	case re == 0 && isNaN(im):
		return x
	}
	s, c := math.Sincos(re)
	sh, ch := sinhcosh(im)
	return complex(s*ch, c*sh)
}

// Sinh returns the hyperbolic sine of x.
func Sinh(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case re == 0 && (isInf(im) || isNaN(im)):
		return complex(re, math.NaN())
	case isInf(re) && im == 0:
		return x
	case isInf(re) && (isInf(im) || isNaN(im)):
		return complex(re, math.NaN())
	case im == 0 && isNaN(re):
		return complex(math.NaN(), im)
	}
	s, c := math.Sincos(im)
	sh, ch := sinhcosh(re)
	return complex(c*sh, s*ch)
}

// Cos returns the cosine of x.
func Cos(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && (isInf(re) || isNaN(re)):
		return complex(math.NaN(), -im*math.Copysign(0, re))
	case isInf(im) && re == 0:
		return complex(math.Inf(1), -re*math.Copysign(0, im))
	case isInf(im) && (isInf(re) || isNaN(re)):
		return complex(math.Inf(1), math.NaN())
	case re == 0 && isNaN(im):
		return complex(math.NaN(), 0)
	}
	s, c := math.Sincos(re)
	sh, ch := sinhcosh(im)
	return complex(c*ch, -s*sh)
}

// Cosh returns the hyperbolic cosine of x.
func Cosh(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case re == 0 && (isInf(im) || isNaN(im)):
		return complex(math.NaN(), re*math.Copysign(0, im))
	case isInf(re) && im == 0:
		return complex(math.Inf(1), im*math.Copysign(0, re))
	case isInf(re) && (isInf(im) || isNaN(im)):
		return complex(math.Inf(1), math.NaN())
	case im == 0 && isNaN(re):
		return complex(math.NaN(), im)
	}
	s, c := math.Sincos(im)
	sh, ch := sinhcosh(re)
	return complex(c*ch, s*sh)
}

// Tan returns the tangent of x.
func Tan(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case isInf(im) && (isInf(re) || isNaN(re)):
		return complex(math.Copysign(0, re), math.Copysign(1, im))
	case isInf(im):
		return complex(math.Copysign(0, math.Sin(2*re)), math.Copysign(1, im))
	case re == 0 && isNaN(im):
		return x
	}
	d := math.Cos(2*re) + math.Cosh(2*im)
	if math.Abs(d) < 0.25 {
		d = series(x)
	}
	if d == 0 {
		return Inf()
	}
	return complex(math.Sin(2*re)/d, math.Sinh(2*im)/d)
}

// Tanh returns the hyperbolic tangent of x.
func Tanh(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case isInf(re) && (isInf(im) || isNaN(im)):
		return complex(math.Copysign(1, re), math.Copysign(0, im))
	case isInf(re):
		return complex(math.Copysign(1, re), math.Copysign(0, math.Sin(2*im)))
	case im == 0 && isNaN(re):
		return x
	}
	d := math.Cosh(2*re) + math.Cos(2*im)
	if d == 0 {
		return Inf()
	}
	return complex(math.Sinh(2*re)/d, math.Sin(2*im)/d)
}

// Cot returns the cotangent of x.
func Cot(x complex128) complex128 {
	re, im := real(x), imag(x)
	d := math.Cosh(2*im) - math.Cos(2*re)
	if math.Abs(d) < 0.25 {
		d = series(x)
	}
	if d == 0 {
		return Inf()
	}
	return complex(math.Sin(2*re)/d, -math.Sinh(2*im)/d)
}

// reduce takes the nearest multiple of Pi away from x >= 0.
func reduce(x float64) float64 {
	const (
		pi1 = 3.14159265160560607910e0
		pi2 = 1.98418714791870343106e-9
		pi3 = 1.14423774522196636802e-17
	)
	if x >= 1<<26 {
		return math.Atan(math.Tan(x))
	}
	t := float64(int64(x/math.Pi + 0.5))
	return ((x - t*pi1) - t*pi2) - t*pi3
}

// series returns cosh(2y) - cos(2x), for x + iy, by its Taylor series; without
// regard to multiples of Pi in x.
func series(z complex128) float64 {
	const least = 1.0 / (1 << 53)
	x := reduce(math.Abs(2 * real(z)))
	y := math.Abs(2 * imag(z))
	x, y = x*x, y*y
	x2, y2, f, n, d := 1.0, 1.0, 1.0, 0.0, 0.0
	for {
		n++
		f *= n
		n++
		f *= n
		x2 *= x
		y2 *= y
		d += (y2 + x2) / f
		n++
		f *= n
		n++
		f *= n
		x2 *= x
		y2 *= y
		t := (y2 - x2) / f
		d += t
		if !(math.Abs(t/d) > least) {
			return d
		}
	}
}
