// This file holds the exponential functions.

package math

// The parts of ln 2 that arguments are reduced by, and its reciprocal.
const (
	ln2Hi  = 6.93147180369123816490e-01
	ln2Lo  = 1.90821492927058770002e-10
	invLn2 = 1.44269504088896338700e+00
)

// Exp returns e**x. For large x it overflows to plus infinity, for very
// negative x it underflows to 0, for small ones it is near 1.
func Exp(x float64) float64 {
	// After Naoki Shibata: take away multiples of ln 2, divide by 16, sum the
	// Taylor series of e**x - 1, and square four times.
	const (
		overflow = 7.09782712893383973096e+02
		ln2U     = 0.69314718055966295651160180568695068359375
		ln2L     = 0.28235290563031577122588448175013436025525412068e-12
		log2E    = 1.4426950408889634073599246810018920
		magic    = 3 << 51
	)
	if !(x <= overflow) {
		if x != x {
			return x
		}
		return Inf(1)
	}
	if x < -750 {
		return 0
	}
	k := x*log2E + magic - magic // to the nearest integer
	r := FMA(-ln2U, k, x)
	r = FMA(-ln2L, k, r)
	r *= 0.0625
	p := 2.4801587301587301587e-5
	p = FMA(p, r, 1.9841269841269841270e-4)
	p = FMA(p, r, 1.3888888888888888889e-3)
	p = FMA(p, r, 8.3333333333333333333e-3)
	p = FMA(p, r, 4.1666666666666666667e-2)
	p = FMA(p, r, 1.6666666666666666667e-1)
	p = FMA(p, r, 0.5)
	p = FMA(p, r, 1.0)
	r *= p
	r *= r + 2
	r *= r + 2
	r *= r + 2
	r = FMA(r, r+2, 1)
	e := int(k) + expBias
	switch {
	case e >= expMask:
		return Inf(1)
	case e > 0:
		return r * Float64frombits(uint64(e)<<fracBits)
	case e > -fracBits-1:
		return r * Float64frombits(uint64(e+fracBits)<<fracBits) * 0x1p-52
	}
	return 0
}

// Exp2 returns 2**x, with the limits as for Exp.
func Exp2(x float64) float64 {
	switch {
	case x != x || x > MaxFloat64:
		return x
	case x > 1.0239999999999999e+03:
		return Inf(1)
	case x < -1.0740e+03:
		return 0
	}
	k := int(x + Copysign(0.5, x))
	t := x - float64(k)
	return expParts(t*ln2Hi, -t*ln2Lo, k)
}

// expParts returns e**(hi-lo) * 2**k for a small hi-lo, after FreeBSD's exp.
func expParts(hi, lo float64, k int) float64 {
	const (
		p1 = 1.66666666666666657415e-01
		p2 = -2.77777777770155933842e-03
		p3 = 6.61375632143793436117e-05
		p4 = -1.65339022054652515390e-06
		p5 = 4.13813679705723846039e-08
	)
	r := hi - lo
	t := r * r
	c := r - t*(p1+t*(p2+t*(p3+t*(p4+t*p5))))
	y := 1 - ((lo - (r*c)/(2-c)) - hi)
	return Ldexp(y, k)
}

// Expm1 returns e**x - 1, which for x near 0 is more exact than Exp(x) - 1. For
// large x it overflows to plus infinity, for very negative x it is near -1.
func Expm1(x float64) float64 {
	// After FreeBSD's expm1.
	const (
		overflow = 7.09782712893383973096e+02
		ln2x56   = 3.88162421113569373274e+01
		ln2x1_5  = 1.03972077083991796413e+00
		ln2x0_5  = 3.46573590279972654709e-01
		tiny     = 1.0 / (1 << 54)
		q1       = -3.33333333333331316428e-02
		q2       = 1.58730158725481460165e-03
		q3       = -7.93650757867487942473e-05
		q4       = 4.00821782732936239552e-06
		q5       = -2.01099218183624371326e-07
	)
	switch {
	case x != x || x > MaxFloat64:
		return x
	case x < -MaxFloat64:
		return -1
	}
	abs, neg := Abs(x), x < 0
	if abs >= ln2x56 {
		if neg {
			return -1
		}
		if abs >= overflow {
			return Inf(1)
		}
	}
	// x = k*ln2 + x' with a correction c.
	var c float64
	var k int
	switch {
	case abs > ln2x0_5:
		var hi, lo float64
		if abs < ln2x1_5 {
			if neg {
				hi, lo, k = x+ln2Hi, -ln2Lo, -1
			} else {
				hi, lo, k = x-ln2Hi, ln2Lo, 1
			}
		} else {
			if neg {
				k = int(invLn2*x - 0.5)
			} else {
				k = int(invLn2*x + 0.5)
			}
			t := float64(k)
			hi, lo = x-t*ln2Hi, t*ln2Lo
		}
		x = hi - lo
		c = (hi - x) - lo
	case abs < tiny:
		return x
	}
	hfx := 0.5 * x
	hxs := x * hfx
	r1 := 1 + hxs*(q1+hxs*(q2+hxs*(q3+hxs*(q4+hxs*q5))))
	t := 3 - r1*hfx
	e := hxs * ((r1 - t) / (6.0 - x*t))
	if k == 0 {
		return x - (x*e - hxs)
	}
	e = x*(e-c) - c
	e -= hxs
	scale := func(y float64) float64 {
		return Float64frombits(Float64bits(y) + uint64(k)<<fracBits)
	}
	if k == -1 {
		return 0.5*(x-e) - 0.5
	}
	if k == 1 && x >= -0.25 {
		return 1 + 2*(x-e)
	}
	if k == 1 {
		return -2 * (e - (x + 0.5))
	}
	if k < 0 || k > 56 {
		return scale(1-(e-x)) - 1
	}
	// 1 - 2**-k, as far as that can be told from 1 beside x.
	power := Float64frombits(uint64(expBias-k) << fracBits)
	if k < 20 {
		return scale((1 - power) - (e - x))
	}
	return scale(x - (e + power) + 1)
}
