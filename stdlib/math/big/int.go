// This file holds Int and its arithmetic.

// Package big has numbers of any size: integers, fractions, and floating-point
// numbers of any precision. Operations store their result in the receiver, which
// they return.
package big

import (
	"math"
	"math/bits"
	"math/rand"
)

// An Int is an integer; the zero value is 0. Ints must not be copied.
type Int struct {
	neg bool // never for 0
	abs nat
}

var intOne = &Int{false, natOne}

// NewInt returns an Int of value x.
func NewInt(x int64) *Int { return new(Int).SetInt64(x) }

// Sign returns -1, 0 or 1 as x is below, equal to or above 0.
func (x *Int) Sign() int {
	switch {
	case len(x.abs) == 0:
		return 0
	case x.neg:
		return -1
	}
	return 1
}

// SetInt64 sets z to x.
func (z *Int) SetInt64(x int64) *Int {
	u := uint64(x)
	if x < 0 {
		u = -u
	}
	z.abs = z.abs.setUint64(u)
	z.neg = x < 0
	return z
}

// SetUint64 sets z to x.
func (z *Int) SetUint64(x uint64) *Int {
	z.abs = z.abs.setUint64(x)
	z.neg = false
	return z
}

// Set sets z to x.
func (z *Int) Set(x *Int) *Int {
	if z != x {
		z.abs = z.abs.set(x.abs)
		z.neg = x.neg
	}
	return z
}

// Bits returns |x|, lowest word first. It shares x's memory.
func (x *Int) Bits() []Word { return x.abs }

// SetBits sets z to abs, lowest word first, and shares its memory.
func (z *Int) SetBits(abs []Word) *Int {
	z.abs = nat(abs).norm()
	z.neg = false
	return z
}

// Abs sets z to |x|.
func (z *Int) Abs(x *Int) *Int {
	z.Set(x)
	z.neg = false
	return z
}

// Neg sets z to -x.
func (z *Int) Neg(x *Int) *Int {
	z.Set(x)
	z.neg = len(z.abs) > 0 && !z.neg
	return z
}

// Add sets z to x + y.
func (z *Int) Add(x, y *Int) *Int { return z.sum(x.neg, x.abs, y.neg, y.abs) }

// Sub sets z to x - y.
func (z *Int) Sub(x, y *Int) *Int { return z.sum(x.neg, x.abs, !y.neg, y.abs) }

// sum adds numbers given by sign and magnitude.
func (z *Int) sum(xneg bool, x nat, yneg bool, y nat) *Int {
	neg := xneg
	if xneg == yneg {
		z.abs = z.abs.add(x, y)
	} else if x.cmp(y) >= 0 {
		z.abs = z.abs.sub(x, y)
	} else {
		neg = yneg
		z.abs = z.abs.sub(y, x)
	}
	z.neg = neg && len(z.abs) > 0
	return z
}

// Mul sets z to x * y.
func (z *Int) Mul(x, y *Int) *Int {
	neg := x.neg != y.neg
	if x == y {
		z.abs = z.abs.sqr(x.abs)
		z.neg = false
		return z
	}
	z.abs = z.abs.mul(x.abs, y.abs)
	z.neg = neg && len(z.abs) > 0
	return z
}

// MulRange sets z to a * (a+1) * ... * b, 1 if a > b.
func (z *Int) MulRange(a, b int64) *Int {
	switch {
	case a > b:
		return z.SetInt64(1)
	case a <= 0 && b >= 0:
		return z.SetInt64(0)
	}
	neg := false
	if a < 0 {
		neg = (b-a)&1 == 0
		a, b = -b, -a
	}
	z.abs = z.abs.mulRange(uint64(a), uint64(b))
	z.neg = neg
	return z
}

// Binomial sets z to the number of ways to choose k of n.
func (z *Int) Binomial(n, k int64) *Int {
	if k > n {
		return z.SetInt64(0)
	}
	if k > n-k {
		k = n - k
	}
	var a, b Int
	a.MulRange(n-k+1, n)
	b.MulRange(1, k)
	return z.Quo(&a, &b)
}

// Quo sets z to x / y, rounded to zero as Go does. It panics if y is 0.
func (z *Int) Quo(x, y *Int) *Int {
	neg := x.neg != y.neg
	z.abs, _ = z.abs.div(nil, x.abs, y.abs)
	z.neg = neg && len(z.abs) > 0
	return z
}

// Rem sets z to x % y as Go has it. It panics if y is 0.
func (z *Int) Rem(x, y *Int) *Int {
	neg := x.neg
	_, z.abs = nat(nil).div(z.abs, x.abs, y.abs)
	z.neg = neg && len(z.abs) > 0
	return z
}

// QuoRem is Quo, and Rem for r, in one.
func (z *Int) QuoRem(x, y, r *Int) (*Int, *Int) {
	qneg, rneg := x.neg != y.neg, x.neg
	z.abs, r.abs = z.abs.div(r.abs, x.abs, y.abs)
	z.neg, r.neg = qneg && len(z.abs) > 0, rneg && len(r.abs) > 0
	return z, r
}

// Div sets z to the quotient of Euclid's division, where the remainder is not
// negative. It panics if y is 0.
func (z *Int) Div(x, y *Int) *Int {
	yneg := y.neg
	var r Int
	z.QuoRem(x, y, &r)
	if r.neg {
		if yneg {
			z.Add(z, intOne)
		} else {
			z.Sub(z, intOne)
		}
	}
	return z
}

// Mod sets z to the remainder of Euclid's division. It panics if y is 0.
func (z *Int) Mod(x, y *Int) *Int {
	y0 := y
	if z == y {
		y0 = new(Int).Set(y)
	}
	z.Rem(x, y)
	if z.neg {
		if y0.neg {
			z.Sub(z, y0)
		} else {
			z.Add(z, y0)
		}
	}
	return z
}

// DivMod is Div, and Mod for m, in one.
func (z *Int) DivMod(x, y, m *Int) (*Int, *Int) {
	y0 := y
	if z == y || m == y {
		y0 = new(Int).Set(y)
	}
	z.QuoRem(x, y, m)
	if m.neg {
		if y0.neg {
			z.Add(z, intOne)
			m.Sub(m, y0)
		} else {
			z.Sub(z, intOne)
			m.Add(m, y0)
		}
	}
	return z, m
}

// Names of rounding modes for Divide.
const (
	Trunc = ToZero
	Floor = ToNegativeInf
	Round = ToNearestEven
	Ceil  = ToPositiveInf
)

// Divide sets z to x / y, rounded by the mode, and r, if it is not nil, to
// x - y*z. It panics if y is 0, and for other modes than the four above.
func (z *Int) Divide(x, y, r *Int, mode RoundingMode) (*Int, *Int) {
	switch mode {
	case Trunc, Floor, Round, Ceil:
	default:
		panic("unsupported rounding mode")
	}
	var q, rem, d Int
	d.Set(y)
	neg := x.neg != y.neg
	q.QuoRem(x, y, &rem)
	if rem.Sign() != 0 {
		up := false // away from zero
		half := new(Int).Lsh(&rem, 1).CmpAbs(&d)
		switch mode {
		case ToNearestEven:
			up = half > 0 || half == 0 && q.Bit(0) == 1
		case ToNegativeInf:
			up = neg
		case ToPositiveInf:
			up = !neg
		}
		if up {
			if neg {
				q.Sub(&q, intOne)
				rem.Add(&rem, &d)
			} else {
				q.Add(&q, intOne)
				rem.Sub(&rem, &d)
			}
		}
	}
	z.Set(&q)
	if r != nil {
		r.Set(&rem)
	}
	return z, r
}

// Cmp returns -1, 0 or 1 as x is below, equal to or above y.
func (x *Int) Cmp(y *Int) (r int) {
	switch {
	case x.neg != y.neg:
		r = 1
	default:
		r = x.abs.cmp(y.abs)
	}
	if x.neg {
		r = -r
	}
	return r
}

// CmpAbs is Cmp for |x| and |y|.
func (x *Int) CmpAbs(y *Int) int { return x.abs.cmp(y.abs) }

// low64 is the lowest word of |x|.
func (x *Int) low64() uint64 {
	if len(x.abs) == 0 {
		return 0
	}
	return uint64(x.abs[0])
}

// Int64 returns x as an int64; its low bits if it does not fit.
func (x *Int) Int64() int64 {
	v := int64(x.low64())
	if x.neg {
		v = -v
	}
	return v
}

// Uint64 returns x as a uint64; its low bits if it does not fit.
func (x *Int) Uint64() uint64 { return x.low64() }

// IsInt64 reports whether x is an int64.
func (x *Int) IsInt64() bool {
	if len(x.abs) > 1 {
		return false
	}
	v := int64(x.low64())
	return v >= 0 || x.neg && v == math.MinInt64
}

// IsUint64 reports whether x is a uint64.
func (x *Int) IsUint64() bool { return !x.neg && len(x.abs) <= 1 }

// Float64 returns the float64 nearest to x, and how it differs.
func (x *Int) Float64() (float64, Accuracy) {
	n := x.abs.bitLen()
	if n == 0 {
		return 0, Exact
	}
	if n <= 53 || n < 64 && n-int(x.abs.trailingZeroBits()) <= 53 {
		f := float64(x.low64())
		if x.neg {
			f = -f
		}
		return f, Exact
	}
	return new(Float).SetInt(x).Float64()
}

// SetBytes sets z to the number whose bytes are buf, highest first.
func (z *Int) SetBytes(buf []byte) *Int {
	z.abs = z.abs.setBytes(buf)
	z.neg = false
	return z
}

// Bytes returns the bytes of |x|, highest first.
func (x *Int) Bytes() []byte {
	buf := make([]byte, (x.abs.bitLen()+7)/8)
	x.abs.bytes(buf)
	return buf
}

// FillBytes sets buf to |x|, highest byte first. It panics if that does not fit.
func (x *Int) FillBytes(buf []byte) []byte {
	clear(buf)
	x.abs.bytes(buf)
	return buf
}

// BitLen returns the number of bits of |x|, 0 for 0.
func (x *Int) BitLen() int { return x.abs.bitLen() }

// TrailingZeroBits returns how often 2 divides |x|, 0 for 0.
func (x *Int) TrailingZeroBits() uint { return x.abs.trailingZeroBits() }

// Exp sets z to x**y, modulo |m| unless m is nil or 0. For negative y that is 1
// without m, and with it a power of the inverse; if there is none, z is left as
// it is, and nil returned.
func (z *Int) Exp(x, y, m *Int) *Int {
	xa := x.abs
	xneg := x.neg
	if y.neg {
		if m == nil || len(m.abs) == 0 {
			return z.SetInt64(1)
		}
		inv := new(Int).ModInverse(x, m)
		if inv == nil {
			return nil
		}
		xa, xneg = inv.abs, inv.neg
	}
	var ma nat
	if m != nil {
		ma = nat(nil).set(m.abs)
	}
	neg := xneg && len(y.abs) > 0 && y.abs[0]&1 == 1
	z.abs = nat(nil).expNN(xa, y.abs, ma)
	z.neg = neg && len(z.abs) > 0
	if z.neg && len(ma) > 0 {
		z.abs = z.abs.sub(ma, z.abs)
		z.neg = false
	}
	return z
}

// GCD sets z to the greatest common divisor of a and b, which is not negative,
// and x and y, where they are not nil, such that z = a*x + b*y.
func (z *Int) GCD(x, y, a, b *Int) *Int {
	if len(a.abs) == 0 || len(b.abs) == 0 {
		na, nb, sa, sb := len(a.abs), len(b.abs), a.Sign(), b.Sign()
		if na == 0 {
			z.Set(b)
		} else {
			z.Set(a)
		}
		z.neg = false
		if x != nil {
			x.SetInt64(int64(sa))
		}
		if y != nil {
			if nb == 0 || na != 0 {
				sb = 0
			}
			y.SetInt64(int64(sb))
		}
		return z
	}
	return z.lehmer(x, y, a, b)
}

// lehmer is GCD for numbers that are not 0: it does many of Euclid's steps with
// the top words at a time, and keeps how often a goes into both numbers.
func (z *Int) lehmer(x, y, a, b *Int) *Int {
	A, B := new(Int).Abs(a), new(Int).Abs(b)
	extended := x != nil || y != nil
	ua, ub := NewInt(1), NewInt(0)
	if A.abs.cmp(B.abs) < 0 {
		A, B = B, A
		ua, ub = ub, ua
	}
	var q, r, s, t, f, p0, q0, p1, q1 Int
	for len(B.abs) > 1 {
		u0, u1, v0, v1, even := simulate(A, B)
		if v0 == 0 {
			// Only a whole division gets further.
			q.QuoRem(A, B, &r)
			A, B, r = B, new(Int).Set(&r), *A
			if extended {
				s.Mul(&q, ub)
				s.Sub(ua, &s)
				ua, ub = ub, new(Int).Set(&s)
			}
			continue
		}
		update := func(p, q *Int) {
			// p, q = u0*p - v0*q, v1*q - u1*p, or the other way round.
			p0.Mul(p, f.SetUint64(u0))
			q0.Mul(q, f.SetUint64(v0))
			p1.Mul(p, f.SetUint64(u1))
			q1.Mul(q, f.SetUint64(v1))
			if even {
				p.Sub(&p0, &q0)
				q.Sub(&q1, &p1)
			} else {
				p.Sub(&q0, &p0)
				q.Sub(&p1, &q1)
			}
		}
		update(A, B)
		if extended {
			update(ua, ub)
		}
	}
	if len(B.abs) == 1 {
		if len(A.abs) > 1 {
			q.QuoRem(A, B, &r)
			A, B = B, new(Int).Set(&r)
			if extended {
				s.Mul(&q, ub)
				s.Sub(ua, &s)
				ua, ub = ub, new(Int).Set(&s)
			}
		}
		if len(B.abs) == 1 {
			// Single words.
			av, bv := A.low64(), B.low64()
			for bv != 0 {
				qv := av / bv
				av, bv = bv, av-qv*bv
				if extended {
					s.Mul(new(Int).SetUint64(qv), ub)
					s.Sub(ua, &s)
					ua, ub = ub, new(Int).Set(&s)
				}
			}
			A = new(Int).SetUint64(av)
		}
	}
	// A = ua*|a| + ...*|b|
	aneg := a.neg
	bc := new(Int).Set(b)
	ac := new(Int).Set(a)
	if aneg {
		ua = new(Int).Neg(ua)
	}
	if y != nil {
		t.Mul(ac, ua)
		t.Sub(A, &t)
		y.Quo(&t, bc)
	}
	if x != nil {
		x.Set(ua)
	}
	return z.Set(A)
}

// simulate runs Euclid's algorithm on the top words of A >= B, as long as the
// quotients are certain (Collins' condition), and returns the cofactors.
func simulate(A, B *Int) (u0, u1, v0, v1 uint64, even bool) {
	n, m := len(A.abs), len(B.abs)
	h := uint(bits.LeadingZeros64(uint64(A.abs[n-1])))
	a1 := uint64(A.abs[n-1])<<h | uint64(A.abs[n-2])>>(64-h)
	var a2 uint64
	switch {
	case n == m:
		a2 = uint64(B.abs[n-1])<<h | uint64(B.abs[n-2])>>(64-h)
	case n == m+1:
		a2 = uint64(B.abs[n-2]) >> (64 - h)
	}
	var u2, v2 uint64
	u0, u1, u2 = 0, 1, 0
	v0, v1, v2 = 0, 0, 1
	for a2 >= v2 && a1-a2 >= v1+v2 {
		q, r := a1/a2, a1%a2
		a1, a2 = a2, r
		u0, u1, u2 = u1, u2, u1+q*u2
		v0, v1, v2 = v1, v2, v1+q*v2
		even = !even
	}
	// even says which of the products is the larger one: u0*A then.
	return u0, u1, v0, v1, even
}

// Rand sets z to a number from 0 to n-1. It panics if n <= 0.
func (z *Int) Rand(rnd *rand.Rand, n *Int) *Int {
	if n.neg || len(n.abs) == 0 {
		z.neg = false
		z.abs = nil
		return z
	}
	z.neg = false
	z.abs = z.abs.random(rnd, n.abs, n.abs.bitLen())
	return z
}

// ModInverse sets z to the number with g*z = 1 modulo |n|. If there is none, z is
// left as it is, and nil returned.
func (z *Int) ModInverse(g, n *Int) *Int {
	if n.neg {
		n = new(Int).Neg(n)
	}
	if g.neg {
		g = new(Int).Mod(g, n)
	}
	var d, x Int
	d.GCD(&x, nil, g, n)
	if d.Cmp(intOne) != 0 {
		return nil
	}
	if x.neg {
		return z.Add(&x, n)
	}
	return z.Set(&x)
}
