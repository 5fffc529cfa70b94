// This file holds powers.

package math

// isOddInt reports whether x is an odd integer.
func isOddInt(x float64) bool {
	if Abs(x) >= 1<<53 {
		return false
	}
	i, f := Modf(x)
	return f == 0 && int64(i)&1 == 1
}

// Pow returns x**y. It is 1 for y == 0 or x == 1, whatever the other is. A
// negative x gives a NaN unless y is an integer or infinite.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case y == 1:
		return x
	case x != x || y != y:
		return NaN()
	case x == 0:
		return powOfZero(x, y)
	case IsInf(y, 0):
		switch {
		case x == -1:
			return 1
		case (Abs(x) < 1) == (y > 0):
			return 0
		}
		return Inf(1)
	case IsInf(x, 0):
		if x < 0 {
			// As for -0 with the sign of y turned around.
			return powOfZero(Copysign(0, -1), -y)
		}
		if y < 0 {
			return 0
		}
		return Inf(1)
	case y == 0.5:
		return Sqrt(x)
	case y == -0.5:
		return 1 / Sqrt(x)
	}
	whole, frac := Modf(Abs(y))
	if frac != 0 && x < 0 {
		return NaN()
	}
	if whole >= 1<<63 {
		// So large a y is an even integer.
		switch {
		case x == -1:
			return 1
		case (Abs(x) < 1) == (y > 0):
			return 0
		}
		return Inf(1)
	}
	// The result is m * 2**e.
	m, e := 1.0, 0
	if frac != 0 {
		if frac > 0.5 {
			frac--
			whole++
		}
		m = Exp(frac * Log(x))
	}
	xm, xe := Frexp(x)
	for i := int64(whole); i != 0; i >>= 1 {
		if xe < -1<<12 || 1<<12 < xe {
			// Out of range, whatever comes.
			e += xe
			break
		}
		if i&1 == 1 {
			m *= xm
			e += xe
		}
		xm *= xm
		xe <<= 1
		if xm < .5 {
			xm += xm
			xe--
		}
	}
	if y < 0 {
		m = 1 / m
		e = -e
	}
	return Ldexp(m, e)
}

// powOfZero returns x**y for a zero x.
func powOfZero(x, y float64) float64 {
	switch {
	case y < 0:
		if Signbit(x) && isOddInt(y) {
			return Inf(-1)
		}
		return Inf(1)
	case Signbit(x) && isOddInt(y):
		return x
	}
	return 0
}

// Pow10 returns 10**n. It is 0 for n < -323 and plus infinity for n > 308.
func Pow10(n int) float64 {
	switch {
	case n < -323:
		return 0
	case n > 308:
		return Inf(1)
	case n < 0:
		return tensNeg[uint(-n)/32] / tens[uint(-n)%32]
	}
	return tensPos[uint(n)/32] * tens[uint(n)%32]
}

// Powers of ten: the first, and every 32nd up and down.
var (
	tens = [32]float64{
		1e00, 1e01, 1e02, 1e03, 1e04, 1e05, 1e06, 1e07, 1e08, 1e09,
		1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
		1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29,
		1e30, 1e31,
	}
	tensPos = [10]float64{1e00, 1e32, 1e64, 1e96, 1e128, 1e160, 1e192, 1e224, 1e256, 1e288}
	tensNeg = [11]float64{1e-00, 1e-32, 1e-64, 1e-96, 1e-128, 1e-160, 1e-192, 1e-224, 1e-256, 1e-288, 1e-320}
)
