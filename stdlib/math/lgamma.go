// This file holds the logarithm of the gamma function.

package math

// sinPi returns -sin(pi*x) for x >= 0, with care for large x.
func sinPi(x float64) float64 {
	if x == Floor(x) {
		return 0
	}
	if x > 2 {
		x = Mod(x, 2)
	}
	// By what is near: 0, 1/2, 1, 3/2, or 2.
	switch {
	case x < 0.25:
		return -Sin(Pi * x)
	case x < 0.75:
		return -Cos(Pi * (0.5 - x))
	case x < 1.25:
		return -Sin(Pi * (1 - x))
	case x < 1.75:
		return Cos(Pi * (x - 1.5))
	}
	return -Sin(Pi * (x - 2))
}

// Lgamma returns the logarithm of the magnitude of Gamma(x), and the sign of
// Gamma(x) as +1 or -1. For zeros and negative integers it is plus infinity.
// Infinities come back as they are.
func Lgamma(x float64) (lgamma float64, sign int) {
	// After FreeBSD's lgamma_r.
	const (
		yMin = 1.461632144968362245
		tc   = 1.46163214496836224576e+00
		tf   = -1.21486290535849611461e-01
		tt   = -3.63867699703950536541e-18
		tiny = 1.0 / (1 << 70)
	)
	sign = 1
	switch {
	case x != x || IsInf(x, 0):
		return x, sign
	case x == 0:
		return Inf(1), sign
	}
	neg := x < 0
	if neg {
		x = -x
	}
	if x < tiny {
		if neg {
			sign = -1
		}
		return -Log(x), sign
	}
	var reflect float64
	if neg {
		if x >= 1<<52 {
			return Inf(1), sign
		}
		t := sinPi(x)
		if t == 0 {
			return Inf(1), sign
		}
		reflect = Log(Pi / Abs(t*x))
		if t < 0 {
			sign = -1
		}
	}
	switch {
	case x == 1 || x == 2:
		lgamma = 0
	case x < 2:
		// Three polynomials around 2, around the minimum, and around 1.
		var y float64
		var which int
		if x <= 0.9 {
			lgamma = -Log(x)
			switch {
			case x >= yMin-1+0.27:
				y, which = 1-x, 0
			case x >= yMin-1-0.27:
				y, which = x-(tc-1), 1
			default:
				y, which = x, 2
			}
		} else {
			switch {
			case x >= yMin+0.27:
				y, which = 2-x, 0
			case x >= yMin-0.27:
				y, which = x-tc, 1
			default:
				y, which = x-1, 2
			}
		}
		a, t := &lgamA, &lgamT
		switch which {
		case 0:
			z := y * y
			p1 := a[0] + z*(a[2]+z*(a[4]+z*(a[6]+z*(a[8]+z*a[10]))))
			p2 := z * (a[1] + z*(a[3]+z*(a[5]+z*(a[7]+z*(a[9]+z*a[11])))))
			lgamma += y*p1 + p2 - 0.5*y
		case 1:
			z := y * y
			w := z * y
			p1 := t[0] + w*(t[3]+w*(t[6]+w*(t[9]+w*t[12])))
			p2 := t[1] + w*(t[4]+w*(t[7]+w*(t[10]+w*t[13])))
			p3 := t[2] + w*(t[5]+w*(t[8]+w*(t[11]+w*t[14])))
			p := z*p1 - (tt - w*(p2+y*p3))
			lgamma += tf + p
		case 2:
			lgamma += -0.5*y + y*up(y, lgamU[:])/up(y, lgamV[:])
		}
	case x < 8:
		i := int(x)
		y := x - float64(i)
		lgamma = 0.5*y + y*up(y, lgamS[:])/up(y, lgamR[:])
		z := 1.0
		for ; i >= 3; i-- {
			z *= y + float64(i-1)
		}
		if int(x) >= 3 {
			lgamma += Log(z)
		}
	case x < 1<<58:
		t := Log(x)
		z := 1 / x
		y := z * z
		w := lgamW[0] + z*up(y, lgamW[1:])
		lgamma = (x-0.5)*(t-1) + w
	default:
		lgamma = x * (Log(x) - 1)
	}
	if neg {
		lgamma = reflect - lgamma
	}
	return lgamma, sign
}
