// This file holds Rat and its arithmetic.

package big

import (
	"fmt"
	"math"
)

// A Rat is a fraction in lowest terms; the zero value is 0. Rats must not be
// copied.
type Rat struct {
	a Int
	b Int // above 0, but 0 for 1 in a Rat that was never set
}

// NewRat returns a/b. It panics if b is 0.
func NewRat(a, b int64) *Rat { return new(Rat).SetFrac64(a, b) }

// norm makes the terms the lowest.
func (z *Rat) norm() *Rat {
	switch {
	case len(z.a.abs) == 0:
		z.a.neg = false
		z.b.SetInt64(1)
	case len(z.b.abs) == 0:
		z.b.SetInt64(1)
	case len(z.b.abs) == 1 && z.b.abs[0] == 1:
	default:
		neg := z.a.neg
		z.a.neg, z.b.neg = false, false
		if f := new(Int).GCD(nil, nil, &z.a, &z.b); f.Cmp(intOne) != 0 {
			z.a.Quo(&z.a, f)
			z.b.Quo(&z.b, f)
		}
		z.a.neg = neg
	}
	z.b.neg = false
	return z
}

// den is the denominator, which must not be changed.
func (x *Rat) den() *Int {
	if len(x.b.abs) == 0 {
		return intOne
	}
	return &x.b
}

// SetFrac sets z to a/b. It panics if b is 0.
func (z *Rat) SetFrac(a, b *Int) *Rat {
	if len(b.abs) == 0 {
		panic("division by zero")
	}
	neg := a.neg != b.neg
	den := new(Int).Abs(b)
	z.a.Set(a)
	z.a.neg = neg
	z.b.Set(den)
	return z.norm()
}

// SetFrac64 sets z to a/b. It panics if b is 0.
func (z *Rat) SetFrac64(a, b int64) *Rat {
	if b == 0 {
		panic("division by zero")
	}
	return z.SetFrac(NewInt(a), NewInt(b))
}

// SetInt sets z to x.
func (z *Rat) SetInt(x *Int) *Rat {
	z.a.Set(x)
	z.b.SetInt64(1)
	return z
}

// SetInt64 sets z to x.
func (z *Rat) SetInt64(x int64) *Rat {
	z.a.SetInt64(x)
	z.b.SetInt64(1)
	return z
}

// SetUint64 sets z to x.
func (z *Rat) SetUint64(x uint64) *Rat {
	z.a.SetUint64(x)
	z.b.SetInt64(1)
	return z
}

// SetFloat64 sets z to exactly f, or returns nil if f is not finite.
func (z *Rat) SetFloat64(f float64) *Rat {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	m, e := math.Frexp(f)
	n := int64(m * (1 << 53))
	e -= 53
	z.a.SetInt64(n)
	z.b.SetInt64(1)
	if e > 0 {
		z.a.Lsh(&z.a, uint(e))
	} else {
		z.b.Lsh(&z.b, uint(-e))
	}
	return z.norm()
}

// Set sets z to x.
func (z *Rat) Set(x *Rat) *Rat {
	if z != x {
		z.a.Set(&x.a)
		z.b.Set(x.den())
	}
	return z
}

// Abs sets z to |x|.
func (z *Rat) Abs(x *Rat) *Rat {
	z.Set(x)
	z.a.neg = false
	return z
}

// Neg sets z to -x.
func (z *Rat) Neg(x *Rat) *Rat {
	z.Set(x)
	z.a.neg = len(z.a.abs) > 0 && !z.a.neg
	return z
}

// Inv sets z to 1/x. It panics if x is 0.
func (z *Rat) Inv(x *Rat) *Rat {
	if len(x.a.abs) == 0 {
		panic("division by zero")
	}
	z.Set(x)
	z.a.abs, z.b.abs = z.den().abs, z.a.abs
	return z
}

// Sign returns -1, 0 or 1 as x is below, equal to or above 0.
func (x *Rat) Sign() int { return x.a.Sign() }

// IsInt reports whether x is an integer.
func (x *Rat) IsInt() bool { return len(x.b.abs) == 0 || x.b.abs.cmp(natOne) == 0 }

// Num returns the numerator; it may be a part of x.
func (x *Rat) Num() *Int { return &x.a }

// Denom returns the denominator; it may be a part of x.
func (x *Rat) Denom() *Int {
	if len(x.b.abs) == 0 {
		return NewInt(1)
	}
	return &x.b
}

// Cmp returns -1, 0 or 1 as x is below, equal to or above y.
func (x *Rat) Cmp(y *Rat) int {
	var p, q Int
	return p.Mul(&x.a, y.den()).Cmp(q.Mul(&y.a, x.den()))
}

// Add sets z to x + y.
func (z *Rat) Add(x, y *Rat) *Rat {
	var p, q, d Int
	p.Mul(&x.a, y.den())
	q.Mul(&y.a, x.den())
	d.Mul(x.den(), y.den())
	z.a.Add(&p, &q)
	z.b.Set(&d)
	return z.norm()
}

// Sub sets z to x - y.
func (z *Rat) Sub(x, y *Rat) *Rat {
	var p, q, d Int
	p.Mul(&x.a, y.den())
	q.Mul(&y.a, x.den())
	d.Mul(x.den(), y.den())
	z.a.Sub(&p, &q)
	z.b.Set(&d)
	return z.norm()
}

// Mul sets z to x * y.
func (z *Rat) Mul(x, y *Rat) *Rat {
	var a, b Int
	a.Mul(&x.a, &y.a)
	b.Mul(x.den(), y.den())
	z.a.Set(&a)
	z.b.Set(&b)
	return z.norm()
}

// Quo sets z to x / y. It panics if y is 0.
func (z *Rat) Quo(x, y *Rat) *Rat {
	if len(y.a.abs) == 0 {
		panic("division by zero")
	}
	var a, b Int
	a.Mul(&x.a, y.den())
	b.Mul(x.den(), &y.a)
	neg := a.neg != b.neg
	a.neg, b.neg = neg, false
	z.a.Set(&a)
	z.b.Set(&b)
	return z.norm()
}

// float returns x rounded to a number with prec bits as float64s or float32s are.
func (x *Rat) float(bits int) (f float64, exact bool) {
	if len(x.a.abs) == 0 {
		return 0, true
	}
	fl := new(Float)
	// More bits than needed, the last of which is 1 if anything is cut off.
	fl.quoInts(x.a.neg, x.a.abs, x.den().abs, 128)
	if bits == 32 {
		v, acc := fl.roundTo(24, -125, -149)
		return v, acc == Exact
	}
	v, acc := fl.roundTo(53, -1021, -1074)
	return v, acc == Exact
}

// Float32 returns the float32 nearest to x, and whether it is x.
func (x *Rat) Float32() (f float32, exact bool) {
	v, exact := x.float(32)
	if math.Abs(v) >= 1<<128 {
		return float32(math.Inf(int(math.Copysign(1, v)))), false
	}
	return float32(v), exact
}

// Float64 returns the float64 nearest to x, and whether it is x.
func (x *Rat) Float64() (f float64, exact bool) {
	f, exact = x.float(64)
	return f, exact && !math.IsInf(f, 0)
}

// FloatPrec returns how many digits x has behind the decimal point, if it has
// finitely many; else n is the number of digits before the repetition.
func (x *Rat) FloatPrec() (n int, exact bool) {
	d := new(Int).Set(x.den())
	p2 := int(d.TrailingZeroBits())
	d.Rsh(d, uint(p2))
	p5 := 0
	five := NewInt(5)
	var q, r Int
	for {
		q.QuoRem(d, five, &r)
		if r.Sign() != 0 {
			break
		}
		d.Set(&q)
		p5++
	}
	return max(p2, p5), d.Cmp(intOne) == 0
}

// String returns x as a/b.
func (x *Rat) String() string { return x.a.String() + "/" + x.den().String() }

// RatString returns x as a/b, or as a if it is an integer.
func (x *Rat) RatString() string {
	if x.IsInt() {
		return x.a.String()
	}
	return x.String()
}

// FloatString returns x in decimal with prec digits behind the point, the last
// one rounded, halves away from zero.
func (x *Rat) FloatString(prec int) string {
	if x.IsInt() {
		s := x.a.String()
		if prec > 0 {
			s += "." + zeros(prec)
		}
		return s
	}
	var q, r, p Int
	p.abs = nat(nil).expNN(nat{10}, nat{Word(max(prec, 0))}.norm(), nil)
	q.Mul(new(Int).Abs(&x.a), &p)
	q.Lsh(&q, 1)
	q.Add(&q, x.den())
	r.Lsh(x.den(), 1)
	q.Quo(&q, &r)
	s := q.String()
	if prec > 0 {
		if len(s) <= prec {
			s = zeros(prec+1-len(s)) + s
		}
		s = s[:len(s)-prec] + "." + s[len(s)-prec:]
	}
	if x.a.neg {
		s = "-" + s
	}
	return s
}

func zeros(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0'
	}
	return string(b)
}

// AppendText appends x as RatString does.
func (x *Rat) AppendText(b []byte) ([]byte, error) { return append(b, x.RatString()...), nil }

// MarshalText returns x as RatString does.
func (x *Rat) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText sets z to the number in text.
func (z *Rat) UnmarshalText(text []byte) error {
	if _, ok := z.SetString(string(text)); !ok {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Rat", text)
	}
	return nil
}
