// This file holds the Bessel functions of the first and second kind.

package math

// Limits of the approximations, after FreeBSD's j0, j1 and jn.
const (
	twoM54 = 1.0 / (1 << 54)
	twoM29 = 1.0 / (1 << 29)
	twoM27 = 1.0 / (1 << 27)
	twoM13 = 1.0 / (1 << 13)
	two129 = 1 << 129
	two302 = 1 << 302
)

// asymptotic returns the quotient of t's fraction for x >= 2.
func asymptotic(x float64, t *[4]rational) float64 {
	var f *rational
	switch {
	case x >= 8:
		f = &t[0]
	case x >= 4.5454:
		f = &t[1]
	case x >= 2.8571:
		f = &t[2]
	default:
		f = &t[3]
	}
	z := 1 / (x * x)
	return up(z, f.p) / up(z, f.q)
}

// parts0 returns what the functions of order 0 are made of for x >= 2: the sum
// and difference of sine and cosine, the one that cancels by a detour.
func parts0(x float64) (ss, cc float64) {
	s, c := Sincos(x)
	ss, cc = s-c, s+c
	if x < MaxFloat64/2 {
		z := -Cos(x + x)
		if s*c < 0 {
			cc = z / ss
		} else {
			ss = z / cc
		}
	}
	return ss, cc
}

// parts1 is parts0 for the functions of order 1.
func parts1(x float64) (ss, cc float64) {
	s, c := Sincos(x)
	ss, cc = -s-c, s-c
	if x < MaxFloat64/2 {
		z := Cos(x + x)
		if s*c > 0 {
			cc = z / ss
		} else {
			ss = z / cc
		}
	}
	return ss, cc
}

// J0 returns the Bessel function of the first kind of order 0.
func J0(x float64) float64 {
	x = Abs(x)
	if x != x {
		return x
	}
	if x > MaxFloat64 {
		return 0
	}
	if x >= 2 {
		ss, cc := parts0(x)
		if x > two129 {
			return (1 / SqrtPi) * cc / Sqrt(x)
		}
		u := 1 + asymptotic(x, &besselP0)
		v := (-0.125 + asymptotic(x, &besselQ0)) / x
		return (1 / SqrtPi) * (u*cc - v*ss) / Sqrt(x)
	}
	if x < twoM13 {
		if x < twoM27 {
			return 1
		}
		return 1 - 0.25*x*x
	}
	z := x * x
	f := up(z, j0R[:]) / up(z, j0S[:])
	if x < 1 {
		return 1 + z*(-0.25+f)
	}
	u := 0.5 * x
	return (1+u)*(1-u) + z*f
}

// Y0 returns the Bessel function of the second kind of order 0. It is minus
// infinity for 0 and a NaN below.
func Y0(x float64) float64 {
	switch {
	case x < 0 || x != x:
		return NaN()
	case x > MaxFloat64:
		return 0
	case x == 0:
		return Inf(-1)
	}
	if x >= 2 {
		ss, cc := parts0(x)
		if x > two129 {
			return (1 / SqrtPi) * ss / Sqrt(x)
		}
		u := 1 + asymptotic(x, &besselP0)
		v := (-0.125 + asymptotic(x, &besselQ0)) / x
		return (1 / SqrtPi) * (u*ss + v*cc) / Sqrt(x)
	}
	if x <= twoM27 {
		return y0U[0] + (2/Pi)*Log(x)
	}
	z := x * x
	return up(z, y0U[:])/up(z, y0V[:]) + (2/Pi)*J0(x)*Log(x)
}

// J1 returns the Bessel function of the first kind of order 1.
func J1(x float64) float64 {
	switch {
	case x != x:
		return x
	case IsInf(x, 0) || x == 0:
		return 0
	}
	neg := x < 0
	if neg {
		x = -x
	}
	if x < twoM27 {
		return 0.5 * x
	}
	var y float64
	switch {
	case x >= 2:
		ss, cc := parts1(x)
		if x > two129 {
			y = (1 / SqrtPi) * cc / Sqrt(x)
		} else {
			u := 1 + asymptotic(x, &besselP1)
			v := (0.375 + asymptotic(x, &besselQ1)) / x
			y = (1 / SqrtPi) * (u*cc - v*ss) / Sqrt(x)
		}
	default:
		z := x * x
		r := z * up(z, j1R[:])
		r *= x
		y = 0.5*x + r/up(z, j1S[:])
	}
	if neg {
		return -y
	}
	return y
}

// Y1 returns the Bessel function of the second kind of order 1. It is minus
// infinity for 0 and a NaN below.
func Y1(x float64) float64 {
	switch {
	case x < 0 || x != x:
		return NaN()
	case x > MaxFloat64:
		return 0
	case x == 0:
		return Inf(-1)
	}
	if x >= 2 {
		ss, cc := parts1(x)
		if x > two129 {
			return (1 / SqrtPi) * ss / Sqrt(x)
		}
		u := 1 + asymptotic(x, &besselP1)
		v := (0.375 + asymptotic(x, &besselQ1)) / x
		return (1 / SqrtPi) * (u*ss + v*cc) / Sqrt(x)
	}
	if x <= twoM54 {
		return -(2 / Pi) / x
	}
	z := x * x
	return x*(up(z, y1U[:])/up(z, y1V[:])) + (2/Pi)*(J1(x)*Log(x)-1/x)
}

// Jn returns the Bessel function of the first kind of order n.
func Jn(n int, x float64) float64 {
	if n < 0 {
		n, x = -n, -x
	}
	switch {
	case x != x:
		return x
	case n == 0:
		return J0(x)
	case x == 0 || IsInf(x, 0):
		return 0
	case n == 1:
		return J1(x)
	}
	neg := false
	if x < 0 {
		x = -x
		neg = n&1 == 1
	}
	var b float64
	switch {
	case float64(n) <= x && x >= two302:
		s, c := Sincos(x)
		t := [4]float64{c + s, -c + s, -c - s, c - s}[n&3]
		b = (1 / SqrtPi) * t / Sqrt(x)
	case float64(n) <= x:
		// Forward from the first two is stable here.
		a := J0(x)
		b = J1(x)
		for i := 1; i < n; i++ {
			a, b = b, b*(float64(i+i)/x)-a
		}
	case x < twoM29:
		// The first term of the series.
		if n <= 33 {
			half := x * 0.5
			b = half
			a := 1.0
			for i := 2; i <= n; i++ {
				a *= float64(i)
				b *= half
			}
			b /= a
		}
	default:
		b = backward(n, x)
	}
	if neg {
		return -b
	}
	return b
}

// backward computes Jn by going backward from a continued fraction.
func backward(n int, x float64) float64 {
	// As many terms as make the denominator large.
	first, step := float64(n+n)/x, 2/x
	term := first + step
	terms, denominator := 1, first*term-1
	for before := first; denominator < 1e9; terms++ {
		term += step
		before, denominator = denominator, term*denominator-before
	}
	t := 0.0
	for i := n + terms; i >= n; i-- {
		t = 1 / (float64(2*i)/x - t)
	}
	a, b := t, 1.0
	// This tells whether the steps can overflow.
	size := float64(n)
	size = size * Log(Abs(2/x*size))
	safe := size < 7.09782712893383973096e+02
	for i := n - 1; i > 0; i-- {
		di := float64(i + i)
		a, b = b, b*di/x-a
		if !safe && b > 1e100 {
			a /= b
			t /= b
			b = 1
		}
	}
	return t * J0(x) / b
}

// Yn returns the Bessel function of the second kind of order n. It is infinite
// for 0 and a NaN below.
func Yn(n int, x float64) float64 {
	switch {
	case n == 0:
		return Y0(x)
	case x < 0 || x != x:
		return NaN()
	case x > MaxFloat64:
		return 0
	case x == 0 && n < 0 && n&1 == 1:
		return Inf(1)
	case x == 0:
		return Inf(-1)
	}
	neg := false
	if n < 0 {
		n = -n
		neg = n&1 == 1
	}
	var b float64
	switch {
	case n == 1:
		b = Y1(x)
	case x >= two302:
		s, c := Sincos(x)
		t := [4]float64{s - c, -s - c, -s + c, s + c}[n&3]
		b = (1 / SqrtPi) * t / Sqrt(x)
	default:
		a := Y0(x)
		b = Y1(x)
		for i := 1; i < n && !IsInf(b, -1); i++ {
			a, b = b, (float64(i+i)/x)*b-a
		}
	}
	if neg {
		return -b
	}
	return b
}
