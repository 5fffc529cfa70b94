// This file holds the hyperbolic functions and their inverses.

package math

// Sinh returns the hyperbolic sine of x.
func Sinh(x float64) float64 {
	// Coefficients of Hart and Cheney, number 2029.
	const (
		p0 = -0.6307673640497716991184787251e+6
		p1 = -0.8991272022039509355398013511e+5
		p2 = -0.2894211355989563807284660366e+4
		p3 = -0.2630563213397497062819489e+2
		q0 = -0.6307673640497716991212077277e+6
		q1 = 0.1521517378790019070696485176e+5
		q2 = -0.173678953558233699533450911e+3
	)
	neg := x < 0
	if neg {
		x = -x
	}
	var y float64
	switch {
	case x > 21:
		y = Exp(x) * 0.5
	case x > 0.5:
		e := Exp(x)
		y = (e - 1/e) * 0.5
	default:
		s := x * x
		y = (((p3*s+p2)*s+p1)*s + p0) * x
		y = y / (((s+q2)*s+q1)*s + q0)
	}
	if neg {
		y = -y
	}
	return y
}

// Cosh returns the hyperbolic cosine of x.
func Cosh(x float64) float64 {
	x = Abs(x)
	if x > 21 {
		return Exp(x) * 0.5
	}
	e := Exp(x)
	return (e + 1/e) * 0.5
}

// Tanh returns the hyperbolic tangent of x.
func Tanh(x float64) float64 {
	const half = 0.5 * 8.8029691931113054295988e+01 // of the largest logarithm
	if x == 0 {
		return x
	}
	z := Abs(x)
	if z > half {
		return Copysign(1, x)
	}
	if z >= 0.625 {
		return Copysign(1-2/(Exp(2*z)+1), x)
	}
	s := x * x
	p := (-9.64399179425052238628e-1*s+-9.92877231001918586564e1)*s + -1.61468768441708447952e3
	q := ((s+1.12811678491632931402e2)*s+2.23548839060100448583e3)*s + 4.84406305325125486048e3
	return x + x*s*p/q
}

// The limits between which the inverse functions use their series.
const (
	nearZero = 1.0 / (1 << 28)
	farOut   = 1 << 28
)

// Asinh returns the inverse hyperbolic sine of x.
func Asinh(x float64) float64 {
	if x != x || IsInf(x, 0) {
		return x
	}
	neg := x < 0
	if neg {
		x = -x
	}
	var y float64
	switch {
	case x > farOut:
		y = Log(x) + Ln2
	case x > 2:
		y = Log(2*x + 1/(Sqrt(x*x+1)+x))
	case x < nearZero:
		y = x
	default:
		y = Log1p(x + x*x/(1+Sqrt(1+x*x)))
	}
	if neg {
		y = -y
	}
	return y
}

// Acosh returns the inverse hyperbolic cosine of x. It is a NaN for x < 1.
func Acosh(x float64) float64 {
	switch {
	case x < 1 || x != x:
		return NaN()
	case x == 1:
		return 0
	case x >= farOut:
		return Log(x) + Ln2
	case x > 2:
		return Log(2*x - 1/(x+Sqrt(x*x-1)))
	}
	t := x - 1
	return Log1p(t + Sqrt(2*t+t*t))
}

// Atanh returns the inverse hyperbolic tangent of x. It is infinite for 1 and
// -1, and a NaN beyond.
func Atanh(x float64) float64 {
	switch {
	case x < -1 || x > 1 || x != x:
		return NaN()
	case x == 1:
		return Inf(1)
	case x == -1:
		return Inf(-1)
	}
	neg := x < 0
	if neg {
		x = -x
	}
	var y float64
	switch {
	case x < nearZero:
		y = x
	case x < 0.5:
		y = x + x
		y = 0.5 * Log1p(y+y*x/(1-x))
	default:
		y = 0.5 * Log1p((x+x)/(1-x))
	}
	if neg {
		y = -y
	}
	return y
}
