// This file turns Floats into other numbers.

package big

import "math"

// integer returns |x| rounded to zero, and whether that is x.
func (x *Float) integer() (nat, bool) {
	if x.exp <= 0 {
		return nil, false
	}
	if low := x.low(); low >= 0 {
		return nat(nil).shl(x.mant, uint(low)), true
	} else {
		return nat(nil).shr(x.mant, uint(-low)), !x.mant.sticky(uint(-low))
	}
}

// Uint64 returns x rounded to zero, or the nearest uint64.
func (x *Float) Uint64() (uint64, Accuracy) {
	switch {
	case x.form == zero:
		return 0, Exact
	case x.neg:
		return 0, Above
	case x.form == inf || x.exp > 64:
		return math.MaxUint64, Below
	}
	n, exact := x.integer()
	u := (&Int{abs: n}).low64()
	if exact {
		return u, Exact
	}
	return u, Below
}

// Int64 returns x rounded to zero, or the nearest int64.
func (x *Float) Int64() (int64, Accuracy) {
	if x.form == zero {
		return 0, Exact
	}
	acc := accuracy(x.neg)
	if x.form == finite && x.exp <= 63 {
		n, exact := x.integer()
		i := int64((&Int{abs: n}).low64())
		if x.neg {
			i = -i
		}
		if exact {
			return i, Exact
		}
		return i, acc
	}
	if x.neg {
		if x.form == finite && x.exp == 64 && x.MinPrec() == 1 {
			acc = Exact // -1<<63
		}
		return math.MinInt64, acc
	}
	return math.MaxInt64, Below
}

// Int sets z, or a new Int for nil, to x rounded to zero; nil is returned for
// infinities.
func (x *Float) Int(z *Int) (*Int, Accuracy) {
	if z == nil && x.form != inf {
		z = new(Int)
	}
	switch x.form {
	case zero:
		return z.SetInt64(0), Exact
	case inf:
		return nil, accuracy(x.neg)
	}
	n, exact := x.integer()
	z.abs = n
	z.neg = x.neg && len(n) > 0
	if exact {
		return z, Exact
	}
	return z, accuracy(x.neg)
}

// Rat sets z, or a new Rat for nil, to x; nil is returned for infinities.
func (x *Float) Rat(z *Rat) (*Rat, Accuracy) {
	if z == nil && x.form != inf {
		z = new(Rat)
	}
	switch x.form {
	case zero:
		return z.SetInt64(0), Exact
	case inf:
		return nil, accuracy(x.neg)
	}
	low := x.low()
	z.a.abs, z.a.neg = nat(nil).set(x.mant), x.neg
	z.b.SetInt64(1)
	if low >= 0 {
		z.a.abs = z.a.abs.shl(z.a.abs, uint(low))
	} else {
		z.b.abs = z.b.abs.shl(z.b.abs, uint(-low))
	}
	return z.norm(), Exact
}

// roundTo returns x, which is finite and not 0, as a number of prec bits that has
// an exponent of at least minExp, or fewer bits down to 2^minBit.
func (x *Float) roundTo(prec, minExp, minBit int) (float64, Accuracy) {
	e := int(x.exp)
	p := prec
	if e < minExp {
		p = e - minBit
	}
	var r Float
	if p < 0 || p == 0 && x.mant.sticky(uint(x.mant.bitLen()-1)) == false {
		// Less than half of the least number, or just half.
		f := math.Copysign(0, -1)
		if !x.neg {
			f = 0
		}
		return f, accuracy(x.neg)
	}
	if p == 0 {
		f := math.Ldexp(1, minBit)
		if x.neg {
			f = -f
		}
		return f, accuracy(!x.neg)
	}
	r.prec = uint32(p)
	r.Set(x)
	f := float64(0)
	n := r.mant
	low := r.low()
	if k := n.trailingZeroBits(); k > 0 {
		n = nat(nil).shr(n, k)
		low += int64(k)
	}
	switch {
	case r.exp > 1024:
		f = math.Inf(1)
	default:
		f = math.Ldexp(float64(n[0]), int(low))
	}
	acc := r.acc
	if math.IsInf(f, 0) {
		acc = accuracy(!x.neg)
	}
	if x.neg {
		f = -f
	}
	return f, acc
}

// Float64 returns the float64 nearest to x.
func (x *Float) Float64() (float64, Accuracy) {
	switch x.form {
	case zero:
		if x.neg {
			return math.Copysign(0, -1), Exact
		}
		return 0, Exact
	case inf:
		return math.Inf(-b2i(x.neg)), Exact
	}
	return x.roundTo(53, -1021, -1074)
}

// Float32 returns the float32 nearest to x.
func (x *Float) Float32() (float32, Accuracy) {
	if x.form != finite {
		f, _ := x.Float64()
		return float32(f), Exact
	}
	f, acc := x.roundTo(24, -125, -149)
	if math.Abs(f) >= 1<<128 {
		return float32(math.Inf(-b2i(x.neg))), accuracy(!x.neg)
	}
	return float32(f), acc
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
