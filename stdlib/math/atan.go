// This file holds the inverse functions of sine, cosine and tangent.

package math

// atanSeries returns the arc tangent of x in [0, 0.66], after Cephes.
func atanSeries(x float64) float64 {
	z := x * x
	p := (((-8.750608600031904122785e-01*z+-1.615753718733365076637e+01)*z+-7.500855792314704667340e+01)*z+-1.228866684490136173410e+02)*z + -6.485021904942025371773e+01
	q := ((((z+2.485846490142306297962e+01)*z+1.650270098316988542046e+02)*z+4.328810604912902668951e+02)*z+4.853903996359136964868e+02)*z + 1.945506571482613964425e+02
	z = z * p / q
	return x*z + x
}

// atanPositive returns the arc tangent of x >= 0.
func atanPositive(x float64) float64 {
	const (
		more   = 6.123233995736765886130e-17 // what pi/2 lacks
		tan3p8 = 2.41421356237309504880      // the tangent of 3*pi/8
	)
	if x <= 0.66 {
		return atanSeries(x)
	}
	if x > tan3p8 {
		return Pi/2 - atanSeries(1/x) + more
	}
	return Pi/4 + atanSeries((x-1)/(x+1)) + 0.5*more
}

// Atan returns the arc tangent of x, in radians.
func Atan(x float64) float64 {
	if x == 0 {
		return x
	}
	if x > 0 {
		return atanPositive(x)
	}
	return -atanPositive(-x)
}

// Asin returns the arc sine of x, in radians. It is a NaN for x beyond 1.
func Asin(x float64) float64 {
	if x == 0 {
		return x
	}
	neg := x < 0
	if neg {
		x = -x
	}
	if x > 1 {
		return NaN()
	}
	y := Sqrt(1 - x*x)
	if x > 0.7 {
		y = Pi/2 - atanPositive(y/x)
	} else {
		y = atanPositive(x / y)
	}
	if neg {
		y = -y
	}
	return y
}

// Acos returns the arc cosine of x, in radians. It is a NaN for x beyond 1.
func Acos(x float64) float64 { return Pi/2 - Asin(x) }

// Atan2 returns the arc tangent of y/x, in the quadrant that the signs of both
// say; in radians from -pi to pi. Zeros and infinities are taken as limits.
func Atan2(y, x float64) float64 {
	switch {
	case y != y || x != x:
		return NaN()
	case IsInf(x, 0) && IsInf(y, 0):
		if x > 0 {
			return Copysign(Pi/4, y)
		}
		return Copysign(3*Pi/4, y)
	case y == 0 || IsInf(x, 0):
		if Signbit(x) {
			return Copysign(Pi, y)
		}
		return Copysign(0, y)
	case x == 0 || IsInf(y, 0):
		return Copysign(Pi/2, y)
	}
	q := Atan(y / x)
	switch {
	case x > 0:
		return q
	case q > 0:
		return q - Pi
	}
	return q + Pi
}
