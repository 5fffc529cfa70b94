// This file holds the logarithms.

package math

// Coefficients of the logarithm's series, after FreeBSD's log.
const (
	log1 = 6.666666666666735130e-01
	log2 = 3.999999999940941908e-01
	log3 = 2.857142874366239149e-01
	log4 = 2.222219843214978396e-01
	log5 = 1.818357216161805012e-01
	log6 = 1.531383769920937332e-01
	log7 = 1.479819860511658591e-01
)

// Log returns the natural logarithm of x. That of 0 is minus infinity, that of
// a negative number a NaN.
func Log(x float64) float64 {
	switch {
	case x != x || x > MaxFloat64:
		return x
	case x < 0:
		return NaN()
	case x == 0:
		return Inf(-1)
	}
	// x = (1+f) * 2**k with 1+f near 1.
	// Denormal numbers are not made normal first, so that the results are those
	// of other Go compilers for this machine.
	b := Float64bits(x)
	e := int(b>>fracBits) - expBias + 1
	m := Float64frombits(b&fracMask | (expBias-1)<<fracBits)
	if m < Sqrt2/2 {
		m *= 2
		e--
	}
	f := m - 1
	k := float64(e)
	s := f / (2 + f)
	s2 := s * s
	s4 := s2 * s2
	t1 := s2 * (log1 + s4*(log3+s4*(log5+s4*log7)))
	t2 := s4 * (log2 + s4*(log4+s4*log6))
	r := t1 + t2
	h := 0.5 * f * f
	return k*ln2Hi - ((h - (s*(h+r) + k*ln2Lo)) - f)
}

// Log10 returns the decimal logarithm of x, with the limits as for Log.
func Log10(x float64) float64 { return Log(x) * (1 / Ln10) }

// Log2 returns the binary logarithm of x, with the limits as for Log. That of a
// power of two is exact.
func Log2(x float64) float64 {
	m, e := Frexp(x)
	if m == 0.5 {
		return float64(e - 1)
	}
	return Log(m)*(1/Ln2) + float64(e)
}

// Log1p returns the natural logarithm of 1+x, which for x near 0 is more exact
// than Log(1+x). That of -1 is minus infinity, that below -1 a NaN.
func Log1p(x float64) float64 {
	// After FreeBSD's log1p.
	const (
		sqrt2m1   = 4.142135623730950488017e-01
		sqrtHalf1 = -2.928932188134524755992e-01
		small     = 1.0 / (1 << 29)
		tiny      = 1.0 / (1 << 54)
	)
	switch {
	case x < -1 || x != x:
		return NaN()
	case x == -1:
		return Inf(-1)
	case x > MaxFloat64:
		return Inf(1)
	}
	abs := Abs(x)
	var f, c float64
	var rest uint64 = 1 // 0 if 1+f has no bits behind the point
	k := 1
	if abs < sqrt2m1 {
		if abs < small {
			if abs < tiny {
				return x
			}
			return x - x*x*0.5
		}
		if x > sqrtHalf1 {
			k, f = 0, x
		}
	}
	if k != 0 {
		var b uint64
		if abs < 1<<53 {
			u := 1.0 + x
			b = Float64bits(u)
			k = int(b>>fracBits) - expBias
			if k > 0 {
				c = 1.0 - (u - x)
			} else {
				c = x - (u - 1.0)
			}
			c /= u
		} else {
			b = Float64bits(x)
			k = int(b>>fracBits) - expBias
		}
		b &= fracMask
		if b < 0x0006a09e667f3bcd { // the fraction of the root of 2
			f = Float64frombits(b|expBias<<fracBits) - 1.0
			rest = b
		} else {
			k++
			f = Float64frombits(b|(expBias-1)<<fracBits) - 1.0
			rest = (1<<fracBits - b) >> 2
		}
	}
	h := 0.5 * f * f
	n := float64(k)
	if rest == 0 {
		if f == 0 {
			if k == 0 {
				return 0
			}
			c += n * ln2Lo
			return n*ln2Hi + c
		}
		r := h * (1.0 - 0.66666666666666666*f)
		if k == 0 {
			return f - r
		}
		return n*ln2Hi - ((r - (n*ln2Lo + c)) - f)
	}
	s := f / (2.0 + f)
	z := s * s
	r := z * (log1 + z*(log2+z*(log3+z*(log4+z*(log5+z*(log6+z*log7))))))
	if k == 0 {
		return f - (h - s*(h+r))
	}
	return n*ln2Hi - ((h - (s*(h+r) + (n*ln2Lo + c))) - f)
}
