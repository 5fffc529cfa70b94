// This file holds Float: its state, rounding and arithmetic.

package big

import (
	"fmt"
	"math"
)

// Limits of Floats.
const (
	MaxExp  = math.MaxInt32
	MinExp  = math.MinInt32
	MaxPrec = math.MaxUint32
)

// A Float is a floating-point number: its value is mant * 2^(exp - bits of mant),
// or ±0 or ±Inf. Results are rounded to the receiver's precision, or, if that is 0,
// to the largest of the operands'. The zero value is 0 with precision 0. Floats must
// not be copied.
type Float struct {
	prec uint32
	mode RoundingMode
	acc  Accuracy
	form form
	neg  bool
	mant nat
	exp  int32 // 0.5 <= |x| / 2^exp < 1
}

type form byte

const (
	zero form = iota
	finite
	inf
)

// RoundingMode says how a result that has no exact form is rounded.
type RoundingMode byte

// The rounding modes.
const (
	ToNearestEven RoundingMode = iota
	ToNearestAway
	ToZero
	AwayFromZero
	ToNegativeInf
	ToPositiveInf
)

// String returns the mode's name.
func (i RoundingMode) String() string {
	names := [...]string{"ToNearestEven", "ToNearestAway", "ToZero", "AwayFromZero", "ToNegativeInf", "ToPositiveInf"}
	if int(i) < len(names) {
		return names[i]
	}
	return fmt.Sprintf("RoundingMode(%d)", byte(i))
}

// Accuracy says how a result differs from the exact value.
type Accuracy int8

// The accuracies.
const (
	Below Accuracy = -1
	Exact Accuracy = 0
	Above Accuracy = +1
)

// String returns the accuracy's name.
func (i Accuracy) String() string {
	switch i {
	case Below:
		return "Below"
	case Exact:
		return "Exact"
	case Above:
		return "Above"
	}
	return fmt.Sprintf("Accuracy(%d)", int8(i))
}

func accuracy(above bool) Accuracy {
	if above {
		return Above
	}
	return Below
}

// An ErrNaN is what operations panic with that IEEE 754 has NaN for.
type ErrNaN struct {
	msg string
}

func (err ErrNaN) Error() string { return err.msg }

// NewFloat returns x with precision 53. It panics if x is NaN.
func NewFloat(x float64) *Float {
	if math.IsNaN(x) {
		panic(ErrNaN{"NewFloat(NaN)"})
	}
	return new(Float).SetFloat64(x)
}

// Prec returns the precision in bits.
func (x *Float) Prec() uint { return uint(x.prec) }

// Mode returns the rounding mode.
func (x *Float) Mode() RoundingMode { return x.mode }

// Acc returns how the last operation's result differs from the exact one.
func (x *Float) Acc() Accuracy { return x.acc }

// MinPrec returns how many bits x needs, 0 for zeros and infinities.
func (x *Float) MinPrec() uint {
	if x.form != finite {
		return 0
	}
	return uint(x.mant.bitLen()) - x.mant.trailingZeroBits()
}

// SetPrec sets z's precision and rounds it.
func (z *Float) SetPrec(prec uint) *Float {
	z.acc = Exact
	if prec == 0 {
		z.prec = 0
		if z.form == finite {
			z.acc = accuracy(z.neg)
			z.form = zero
		}
		return z
	}
	old := z.prec
	z.prec = uint32(min(prec, MaxPrec))
	if z.prec < old {
		z.round(false)
	}
	return z
}

// SetMode sets z's rounding mode, and its accuracy to Exact.
func (z *Float) SetMode(mode RoundingMode) *Float {
	z.mode = mode
	z.acc = Exact
	return z
}

// Sign returns -1, 0 or 1 as x is below, equal to or above 0.
func (x *Float) Sign() int {
	switch {
	case x.form == zero:
		return 0
	case x.neg:
		return -1
	}
	return 1
}

// Signbit reports whether x is negative or negative zero.
func (x *Float) Signbit() bool { return x.neg }

// IsInf reports whether x is an infinity.
func (x *Float) IsInf() bool { return x.form == inf }

// IsInt reports whether x is an integer.
func (x *Float) IsInt() bool {
	if x.form != finite {
		return x.form == zero
	}
	return x.exp > 0 && x.MinPrec() <= uint(x.exp)
}

// setExp sets z's exponent and handles what is too large or too small.
func (z *Float) setExp(exp int64) {
	switch {
	case exp < MinExp:
		z.acc = accuracy(z.neg)
		z.form = zero
	case exp > MaxExp:
		z.acc = accuracy(!z.neg)
		z.form = inf
	default:
		z.form = finite
		z.exp = int32(exp)
	}
}

// round rounds the mantissa to the precision. sticky says that there is more
// below it. The accuracy must be that of the operation before.
func (z *Float) round(sticky bool) {
	z.acc = Exact
	if z.form != finite {
		return
	}
	n := uint(z.mant.bitLen())
	if n <= uint(z.prec) {
		if !sticky {
			return
		}
		// Bits below the mantissa decide: append them.
		k := uint(z.prec) - n + 2
		z.mant = z.mant.shl(z.mant, k)
		z.mant = z.mant.setBit(z.mant, 0, 1)
		n += k
		sticky = false
	}
	cut := n - uint(z.prec)
	half := z.mant.bit(cut - 1)
	rest := sticky || z.mant.sticky(cut-1)
	if half == 0 && !rest {
		z.mant = z.mant.shr(z.mant, cut)
		return
	}
	z.mant = z.mant.shr(z.mant, cut)
	up := false
	switch z.mode {
	case ToNearestEven:
		up = half == 1 && (rest || z.mant.bit(0) == 1)
	case ToNearestAway:
		up = half == 1
	case ToZero:
	case AwayFromZero:
		up = true
	case ToNegativeInf:
		up = z.neg
	case ToPositiveInf:
		up = !z.neg
	}
	z.acc = accuracy(up != z.neg)
	if up {
		if len(z.mant) == 0 {
			z.mant = nat{1} // precision 0 bits were kept
		} else {
			z.mant = z.mant.add(z.mant, natOne)
		}
		if uint(z.mant.bitLen()) > uint(z.prec) {
			z.mant = z.mant.shr(z.mant, 1)
			z.setExp(int64(z.exp) + 1)
		}
	}
}

// setBits sets z to mant * 2^exp, rounded; sticky says that the number is a bit
// larger. It takes mant over.
func (z *Float) setBits(neg bool, mant nat, exp int64, sticky bool) *Float {
	z.acc = Exact
	z.neg = neg
	if len(mant) == 0 {
		z.form = zero
		return z
	}
	// Zero words at the end carry nothing.
	k := 0
	for mant[k] == 0 {
		k++
	}
	if k > 0 && !sticky {
		mant = mant[k:]
		exp += int64(k) * wordBits
	}
	z.mant = mant
	z.setExp(exp + int64(mant.bitLen()))
	if z.form == finite {
		z.round(sticky)
	}
	return z
}

// low is the exponent of the lowest bit of the mantissa.
func (x *Float) low() int64 { return int64(x.exp) - int64(x.mant.bitLen()) }

// SetUint64 sets z to x; a precision of 0 becomes 64.
func (z *Float) SetUint64(x uint64) *Float {
	if z.prec == 0 {
		z.prec = 64
	}
	return z.setBits(false, nat(nil).setUint64(x), 0, false)
}

// SetInt64 sets z to x; a precision of 0 becomes 64.
func (z *Float) SetInt64(x int64) *Float {
	if z.prec == 0 {
		z.prec = 64
	}
	u := uint64(x)
	if x < 0 {
		u = -u
	}
	return z.setBits(x < 0, nat(nil).setUint64(u), 0, false)
}

// SetFloat64 sets z to x; a precision of 0 becomes 53. It panics if x is NaN.
func (z *Float) SetFloat64(x float64) *Float {
	if z.prec == 0 {
		z.prec = 53
	}
	if math.IsNaN(x) {
		panic(ErrNaN{"Float.SetFloat64(NaN)"})
	}
	neg := math.Signbit(x)
	if math.IsInf(x, 0) {
		return z.SetInf(neg)
	}
	m, e := math.Frexp(math.Abs(x))
	return z.setBits(neg, nat(nil).setUint64(uint64(m*(1<<53))), int64(e)-53, false)
}

// SetInt sets z to x; a precision of 0 becomes that of x, at least 64.
func (z *Float) SetInt(x *Int) *Float {
	if z.prec == 0 {
		z.prec = uint32(max(x.BitLen(), 64))
	}
	return z.setBits(x.neg, nat(nil).set(x.abs), 0, false)
}

// SetRat sets z to x; a precision of 0 becomes the largest of numerator,
// denominator and 64.
func (z *Float) SetRat(x *Rat) *Float {
	if x.IsInt() {
		return z.SetInt(x.Num())
	}
	var a, b Float
	a.SetInt(x.Num())
	b.SetInt(x.Denom())
	if z.prec == 0 {
		z.prec = max(a.prec, b.prec)
	}
	return z.Quo(&a, &b)
}

// SetInf sets z to -Inf or +Inf.
func (z *Float) SetInf(signbit bool) *Float {
	z.acc = Exact
	z.form = inf
	z.neg = signbit
	return z
}

// Set sets z to x; a precision of 0 becomes that of x.
func (z *Float) Set(x *Float) *Float {
	if z == x {
		return z
	}
	z.acc = Exact
	z.form, z.neg = x.form, x.neg
	if x.form == finite {
		z.exp = x.exp
		z.mant = z.mant.set(x.mant)
	}
	if z.prec == 0 {
		z.prec = x.prec
	} else if z.prec < x.prec {
		z.round(false)
	}
	return z
}

// Copy sets z to x, with its precision, mode and accuracy.
func (z *Float) Copy(x *Float) *Float {
	if z != x {
		m := z.mant.set(x.mant)
		*z = *x
		z.mant = m
	}
	return z
}

// MantExp sets mant, if it is not nil, to x with the exponent 0 and returns the
// exponent.
func (x *Float) MantExp(mant *Float) (exp int) {
	if x.form == finite {
		exp = int(x.exp)
	}
	if mant != nil {
		mant.Copy(x)
		if mant.form == finite {
			mant.exp = 0
		}
	}
	return exp
}

// SetMantExp sets z to mant * 2^exp.
func (z *Float) SetMantExp(mant *Float, exp int) *Float {
	z.Set(mant)
	if z.form == finite {
		z.setExp(int64(z.exp) + int64(exp))
	}
	return z
}

// Abs sets z to |x|.
func (z *Float) Abs(x *Float) *Float {
	z.Set(x)
	z.neg = false
	return z
}

// Neg sets z to -x.
func (z *Float) Neg(x *Float) *Float {
	z.Set(x)
	z.neg = !z.neg
	return z
}

// Cmp returns -1, 0 or 1 as x is below, equal to or above y.
func (x *Float) Cmp(y *Float) int {
	a, b := x.order(), y.order()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	case a == 1:
		return x.cmpMant(y)
	case a == -1:
		return y.cmpMant(x)
	}
	return 0
}

// order sorts numbers roughly: -2 for -Inf to 2 for +Inf.
func (x *Float) order() int {
	o := 0
	switch x.form {
	case finite:
		o = 1
	case inf:
		o = 2
	}
	if x.neg {
		o = -o
	}
	return o
}

// cmpMant compares the magnitudes of finite numbers.
func (x *Float) cmpMant(y *Float) int {
	switch {
	case x.exp < y.exp:
		return -1
	case x.exp > y.exp:
		return 1
	}
	a, b := x.mant, y.mant
	if d := a.bitLen() - b.bitLen(); d > 0 {
		b = nat(nil).shl(b, uint(d))
	} else if d < 0 {
		a = nat(nil).shl(a, uint(-d))
	}
	return a.cmp(b)
}

// precFor sets a precision of 0 to the largest of the operands'.
func (z *Float) precFor(x, y *Float) {
	if z.prec == 0 {
		z.prec = max(x.prec, y.prec)
	}
}

// Add sets z to x + y. It panics for infinities of different signs.
func (z *Float) Add(x, y *Float) *Float {
	z.precFor(x, y)
	return z.sum(x, y, y.neg, "addition of infinities with opposite signs")
}

// Sub sets z to x - y. It panics for infinities of the same sign.
func (z *Float) Sub(x, y *Float) *Float {
	z.precFor(x, y)
	return z.sum(x, y, !y.neg, "subtraction of infinities with equal signs")
}

// sum sets z to x plus y with another sign.
func (z *Float) sum(x, y *Float, yneg bool, nan string) *Float {
	switch {
	case x.form == inf && y.form == inf && x.neg != yneg:
		z.acc, z.form, z.neg = Exact, zero, false
		panic(ErrNaN{nan})
	case x.form == inf:
		return z.Set(x)
	case y.form == inf:
		return z.SetInf(yneg)
	case x.form == zero && y.form == zero:
		neg := x.neg && yneg
		if x.neg != yneg && z.mode == ToNegativeInf {
			neg = true
		}
		z.acc, z.form, z.neg = Exact, zero, neg
		return z
	case y.form == zero:
		return z.Set(x)
	case x.form == zero:
		z.Set(y)
		if z.neg = yneg; yneg != y.neg {
			// Rounding depends on the sign.
			z.Copy(new(Float).SetMode(z.mode).SetPrec(uint(z.prec)).setBits(yneg, nat(nil).set(y.mant), y.low(), false))
		}
		return z
	}
	ex, ey := x.low(), y.low()
	a, b := x.mant, y.mant
	e := min(ex, ey)
	if ex > e {
		a = nat(nil).shl(a, uint(ex-e))
	}
	if ey > e {
		b = nat(nil).shl(b, uint(ey-e))
	}
	if x.neg == yneg {
		return z.setBits(x.neg, nat(nil).add(a, b), e, false)
	}
	switch a.cmp(b) {
	case 1:
		return z.setBits(x.neg, nat(nil).sub(a, b), e, false)
	case -1:
		return z.setBits(yneg, nat(nil).sub(b, a), e, false)
	}
	z.acc, z.form, z.neg = Exact, zero, z.mode == ToNegativeInf
	return z
}

// Mul sets z to x * y. It panics for 0 times an infinity.
func (z *Float) Mul(x, y *Float) *Float {
	z.precFor(x, y)
	neg := x.neg != y.neg
	switch {
	case x.form == finite && y.form == finite:
		return z.setBits(neg, nat(nil).mul(x.mant, y.mant), x.low()+y.low(), false)
	case x.form == zero && y.form == inf, x.form == inf && y.form == zero:
		z.acc, z.form, z.neg = Exact, zero, false
		panic(ErrNaN{"multiplication of zero with infinity"})
	case x.form == inf || y.form == inf:
		return z.SetInf(neg)
	}
	z.acc, z.form, z.neg = Exact, zero, neg
	return z
}

// Quo sets z to x / y. It panics for two zeros or infinities.
func (z *Float) Quo(x, y *Float) *Float {
	z.precFor(x, y)
	neg := x.neg != y.neg
	switch {
	case x.form == finite && y.form == finite:
		e := x.low() - y.low()
		// Enough bits for the quotient and one for rounding.
		n := int64(z.prec) + 2 + int64(y.mant.bitLen()) - int64(x.mant.bitLen())
		a := x.mant
		if n > 0 {
			a = nat(nil).shl(a, uint(n))
			e -= n
		}
		q, r := nat(nil).div(nil, a, y.mant)
		return z.setBits(neg, q, e, len(r) > 0)
	case x.form == zero && y.form == zero, x.form == inf && y.form == inf:
		z.acc, z.form, z.neg = Exact, zero, false
		panic(ErrNaN{"division of zero by zero or infinity by infinity"})
	case x.form == zero || y.form == inf:
		z.acc, z.form, z.neg = Exact, zero, neg
		return z
	}
	return z.SetInf(neg)
}

// quoInts sets z to a / b with at least prec bits, rounded to an odd last bit if
// it is not exact, so that it can be rounded again.
func (z *Float) quoInts(neg bool, a, b nat, prec int) {
	n := prec + b.bitLen() - a.bitLen()
	e := int64(0)
	if n > 0 {
		a = nat(nil).shl(a, uint(n))
		e = -int64(n)
	}
	q, r := nat(nil).div(nil, a, b)
	if len(r) > 0 {
		q = q.setBit(q, 0, 1)
	}
	z.prec = MaxPrec
	z.setBits(neg, q, e, false)
}

// Sqrt sets z to the square root of x. It panics if x is negative.
func (z *Float) Sqrt(x *Float) *Float {
	if z.prec == 0 {
		z.prec = x.prec
	}
	if x.Sign() == -1 {
		panic(ErrNaN{"square root of negative operand"})
	}
	if x.form != finite {
		z.acc, z.form, z.neg = Exact, x.form, x.neg
		return z
	}
	e := x.low()
	n := 2*int64(z.prec) + 4 - int64(x.mant.bitLen())
	n = max(n, 0)
	if (e-n)&1 != 0 {
		n++
	}
	m := nat(nil).shl(x.mant, uint(n))
	r := nat(nil).sqrt(m)
	return z.setBits(false, r, (e-n)/2, nat(nil).sqr(r).cmp(m) != 0)
}
