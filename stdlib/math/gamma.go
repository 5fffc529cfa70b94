// This file holds the gamma function.

package math

// Coefficients of Cephes for the gamma function: of the fraction for 2 to 3,
// and of Stirling's formula.
var (
	gammaP = [...]float64{
		1.60119522476751861407e-04,
		1.19135147006586384913e-03,
		1.04213797561761569935e-02,
		4.76367800457137231464e-02,
		2.07448227648435975150e-01,
		4.94214826801497100753e-01,
		9.99999999999999996796e-01,
	}
	gammaQ = [...]float64{
		-2.31581873324120129819e-05,
		5.39605580493303397842e-04,
		-4.45641913851797240494e-03,
		1.18139785222060435552e-02,
		3.58236398605498653373e-02,
		-2.34591795718243348568e-01,
		7.14304917030273074085e-02,
		1.00000000000000000320e+00,
	}
	gammaS = [...]float64{
		7.87311395793093628397e-04,
		-2.29549961613378126380e-04,
		-2.68132617805781232825e-03,
		3.47222221605458667310e-03,
		8.33333333333482257126e-02,
	}
)

// down evaluates the polynomial with the coefficients c, the one of the highest
// power first.
func down(x float64, c []float64) float64 {
	y := c[0]
	for _, k := range c[1:] {
		y = y*x + k
	}
	return y
}

// up evaluates the polynomial with the coefficients c, the constant one first.
func up(x float64, c []float64) float64 {
	y := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		y = c[i] + x*y
	}
	return y
}

// stirling returns two factors of the gamma function of a large x.
func stirling(x float64) (float64, float64) {
	if x > 200 {
		return Inf(1), 1
	}
	const (
		sqrtTwoPi = 2.506628274631000502417
		limit     = 143.01608
	)
	w := 1 / x
	w = 1 + w*down(w, gammaS[:])
	y1 := Exp(x)
	y2 := 1.0
	if x > limit {
		// The power alone would overflow.
		v := Pow(x, 0.5*x-0.25)
		y1, y2 = v, v/y1
	} else {
		y1 = Pow(x, x-0.5) / y1
	}
	return y1, sqrtTwoPi * w * y2
}

// reflected returns Gamma(-q) for a large q that is no integer.
func reflected(q float64) float64 {
	below := Floor(q)
	sign := 1.0
	if int64(below)&1 == 0 {
		sign = -1
	}
	// The distance to the nearest integer.
	d := q - below
	if d > 0.5 {
		d = q - (below + 1)
	}
	s := Abs(q * Sin(Pi*d))
	if s == 0 {
		return Inf(int(sign))
	}
	y1, y2 := stirling(q)
	product := s * y1 * y2
	if product > MaxFloat64 {
		return sign * (Pi / s / y1 / y2)
	}
	return sign * (Pi / product)
}

// Gamma returns the gamma function of x. It is infinite for zeros, with their
// sign, and a NaN for negative integers and minus infinity.
func Gamma(x float64) float64 {
	const euler = 0.57721566490153286060651209008240243104215933593992
	switch {
	case x != x, x < 0 && x == Floor(x):
		return NaN()
	case x == 0:
		return Copysign(Inf(1), x)
	case x < -33:
		return reflected(-x)
	case x > MaxFloat64:
		return x
	case x > 33:
		y1, y2 := stirling(x)
		return y1 * y2
	}
	// Step to between 2 and 3.
	z := 1.0
	for ; x >= 3; z *= x {
		x--
	}
	for ; x <= -1e-09 || 1e-09 <= x && x < 2; x++ {
		z /= x
	}
	switch {
	case x == 0:
		return Inf(1)
	case x < 1e-09:
		return z / ((1 + euler*x) * x)
	case x == 2:
		return z
	}
	x = x - 2
	return z * down(x, gammaP[:]) / down(x, gammaQ[:])
}
