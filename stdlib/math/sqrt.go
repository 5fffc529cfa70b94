// This file holds the square root and the fused multiply-add, which the
// compiler replaces by machine instructions where it can, and the functions
// next to them.

package math

import "math/bits"

// Sqrt returns the square root of x. That of a negative x is a NaN; zeros, plus
// infinity and NaNs come back as they are.
func Sqrt(x float64) float64 {
	switch {
	case x == 0 || x != x || x > MaxFloat64:
		return x
	case x < 0:
		return NaN()
	}
	x, shift := normalize(x)
	b := Float64bits(x)
	exp := int(b>>fracBits)&expMask - expBias + shift
	m := b&fracMask | 1<<fracBits
	if exp&1 != 0 {
		m <<= 1
	}
	exp >>= 1
	// One bit of the root after the other, and one more for rounding.
	m <<= 1
	var root, sum uint64
	for bit := uint64(1) << (fracBits + 1); bit != 0; bit >>= 1 {
		if t := sum + bit; t <= m {
			sum = t + bit
			m -= t
			root += bit
		}
		m <<= 1
	}
	if m != 0 {
		root += root & 1
	}
	return Float64frombits(root>>1 + uint64(exp-1+expBias)<<fracBits)
}

// Hypot returns the square root of p*p + q*q without needless overflow. With an
// infinity among them it is plus infinity, else with a NaN a NaN.
func Hypot(p, q float64) float64 {
	p, q = Abs(p), Abs(q)
	switch {
	case p > MaxFloat64 || q > MaxFloat64:
		return Inf(1)
	case p != p || q != q:
		return NaN()
	}
	if p < q {
		p, q = q, p
	}
	if p == 0 {
		return 0
	}
	q /= p
	return p * Sqrt(1+q*q)
}

// Cbrt returns the cube root of x. Zeros, infinities and NaNs come back as they
// are.
func Cbrt(x float64) float64 {
	// After FreeBSD's cbrt: a first guess by dividing the exponent by three,
	// a rational step to 23 bits, and a Newton step.
	if x == 0 || x != x || IsInf(x, 0) {
		return x
	}
	const (
		b1 = 715094163
		b2 = 696219795
		c  = 5.42857142857142815906e-01
		d  = -7.05306122448979611050e-01
		e  = 1.41428571428571436819e+00
		f  = 1.60714285714285720630e+00
		g  = 3.57142857142857150787e-01
	)
	a := Abs(x)
	t := Float64frombits(Float64bits(a)/3 + b1<<32)
	if a < 0x1p-1022 {
		t = (1 << 54) * a
		t = Float64frombits(Float64bits(t)/3 + b2<<32)
	}
	r := t * t / a
	s := c + r*t
	t *= g + f/(s+e+d/s)
	t = Float64frombits(Float64bits(t)&(0xFFFFFFFFC<<28) + 1<<30)
	s = t * t
	r = a / s
	r = (r - t) / (t + t + r)
	t = t + t*r
	return Copysign(t, x)
}

// FMA returns x*y + z, rounded only once.
func FMA(x, y, z float64) float64 {
	bx, by, bz := Float64bits(x), Float64bits(y), Float64bits(z)
	if x == 0 || y == 0 || bx>>fracBits&expMask == expMask || by>>fracBits&expMask == expMask {
		return x*y + z
	}
	if z == 0 {
		// The sign is that of the product, even if it underflows.
		return x * y
	}
	if bz>>fracBits&expMask == expMask {
		return z
	}
	fx, ex := split(x)
	fy, ey := split(y)
	fz, ez := split(z)
	neg := (bx ^ by) >> 63
	negz := bz >> 63
	// The product has its top bit at 126 or 125; put it at 126 exactly.
	hi, lo := bits.Mul64(fx<<10, fy<<11)
	ep := ex + ey + 1
	if hi>>62 == 0 {
		hi, lo = hi<<1|lo>>63, lo<<1
		ep--
	}
	zhi, zlo := fz<<10, uint64(0)
	// Let the larger one be the product.
	if ez > ep || ez == ep && zhi > hi {
		hi, lo, zhi, zlo = zhi, zlo, hi, lo
		ep, ez = ez, ep
		neg, negz = negz, neg
	}
	zhi, zlo = shiftSticky(zhi, zlo, uint(ep-ez))
	if neg == negz {
		var carry uint64
		lo, carry = bits.Add64(lo, zlo, 0)
		hi, _ = bits.Add64(hi, zhi, carry)
		if hi>>63 != 0 {
			hi, lo = shiftSticky(hi, lo, 1)
			ep++
		}
	} else {
		var borrow uint64
		lo, borrow = bits.Sub64(lo, zlo, 0)
		hi, borrow = bits.Sub64(hi, zhi, borrow)
		if borrow != 0 {
			lo, borrow = bits.Sub64(0, lo, 0)
			hi, _ = bits.Sub64(0, hi, borrow)
			neg ^= 1
		}
		if hi|lo == 0 {
			return 0
		}
		n := bits.LeadingZeros64(hi)
		if hi == 0 {
			n = 64 + bits.LeadingZeros64(lo)
		}
		n--
		if n >= 64 {
			hi, lo = lo<<uint(n-64), 0
		} else if n > 0 {
			hi, lo = hi<<uint(n)|lo>>uint(64-n), lo<<uint(n)
		}
		ep -= n
	}
	// Round hi, with lo as what is left, to 53 bits.
	if lo != 0 {
		hi |= 1
	}
	drop := uint(10)
	if ep < -expBias+1 {
		drop += uint(-expBias + 1 - ep)
		if drop > 63 {
			hi, drop = 1, 63
		}
		ep = -expBias + 1
	}
	rest := hi & (1<<drop - 1)
	m := hi >> drop
	if half := uint64(1) << (drop - 1); rest > half || rest == half && m&1 != 0 {
		m++
	}
	if m>>(fracBits+1) != 0 {
		m >>= 1
		ep++
	}
	if ep > expBias {
		return Float64frombits(neg<<63 | infBits)
	}
	if m>>fracBits == 0 {
		return Float64frombits(neg<<63 | m)
	}
	return Float64frombits(neg<<63 | uint64(ep+expBias)<<fracBits | m&fracMask)
}

// split returns the 53 bits and the exponent of a finite x other than 0.
func split(x float64) (frac uint64, exp int) {
	x, shift := normalize(x)
	b := Float64bits(x)
	return b&fracMask | 1<<fracBits, int(b>>fracBits)&expMask - expBias + shift
}

// shiftSticky shifts (hi, lo) right by n and sets the last bit if bits other
// than 0 were lost.
func shiftSticky(hi, lo uint64, n uint) (uint64, uint64) {
	var lost uint64
	switch {
	case n == 0:
		return hi, lo
	case n < 64:
		lost = lo << (64 - n)
		hi, lo = hi>>n, lo>>n|hi<<(64-n)
	case n == 64:
		lost = lo
		hi, lo = 0, hi
	case n < 128:
		lost = lo | hi<<(128-n)
		hi, lo = 0, hi>>(n-64)
	default:
		lost = hi | lo
		hi, lo = 0, 0
	}
	if lost != 0 {
		lo |= 1
	}
	return hi, lo
}
