// This file holds bit operations on Ints, where negative numbers have infinitely
// many ones on top: -x is ^(x-1).

package big

// Lsh sets z to x << n.
func (z *Int) Lsh(x *Int, n uint) *Int {
	z.abs = z.abs.shl(x.abs, n)
	z.neg = x.neg
	return z
}

// Rsh sets z to x >> n, rounded down.
func (z *Int) Rsh(x *Int, n uint) *Int {
	if x.neg {
		t := nat(nil).sub(x.abs, natOne)
		t = t.shr(t, n)
		z.abs = z.abs.add(t, natOne)
		z.neg = true
		return z
	}
	z.abs = z.abs.shr(x.abs, n)
	z.neg = false
	return z
}

// Bit returns the bit i of x. It panics if i is negative.
func (x *Int) Bit(i int) uint {
	if i < 0 {
		panic("negative bit index")
	}
	if x.neg {
		return nat(nil).sub(x.abs, natOne).bit(uint(i)) ^ 1
	}
	return x.abs.bit(uint(i))
}

// SetBit sets z to x with the bit i set to b, which is 0 or 1.
func (z *Int) SetBit(x *Int, i int, b uint) *Int {
	if i < 0 {
		panic("negative bit index")
	}
	if b > 1 {
		panic("set bit is not 0 or 1")
	}
	if x.neg {
		t := nat(nil).sub(x.abs, natOne)
		t = t.setBit(t, uint(i), b^1)
		z.abs = z.abs.add(t, natOne)
		z.neg = len(z.abs) > 0
		return z
	}
	z.abs = z.abs.setBit(x.abs, uint(i), b)
	z.neg = false
	return z
}

// ones returns x if it is not negative, else ^x, and whether it is.
func (x *Int) ones() (nat, bool) {
	if x.neg {
		return nat(nil).sub(x.abs, natOne), true
	}
	return x.abs, false
}

// fromOnes sets z to abs, or ^abs.
func (z *Int) fromOnes(abs nat, neg bool) *Int {
	if neg {
		abs = nat(nil).add(abs, natOne)
	}
	z.abs, z.neg = abs, neg
	return z
}

// And sets z to x & y.
func (z *Int) And(x, y *Int) *Int {
	a, p := x.ones()
	b, q := y.ones()
	switch {
	case p && q:
		return z.fromOnes(nat(nil).or(a, b), true)
	case p:
		return z.fromOnes(nat(nil).andNot(b, a), false)
	case q:
		return z.fromOnes(nat(nil).andNot(a, b), false)
	}
	return z.fromOnes(z.abs.and(a, b), false)
}

// AndNot sets z to x &^ y.
func (z *Int) AndNot(x, y *Int) *Int {
	a, p := x.ones()
	b, q := y.ones()
	switch {
	case p && q:
		return z.fromOnes(nat(nil).andNot(b, a), false)
	case p:
		return z.fromOnes(nat(nil).or(a, b), true)
	case q:
		return z.fromOnes(nat(nil).and(a, b), false)
	}
	return z.fromOnes(nat(nil).andNot(a, b), false)
}

// Or sets z to x | y.
func (z *Int) Or(x, y *Int) *Int {
	a, p := x.ones()
	b, q := y.ones()
	switch {
	case p && q:
		return z.fromOnes(nat(nil).and(a, b), true)
	case p:
		return z.fromOnes(nat(nil).andNot(a, b), true)
	case q:
		return z.fromOnes(nat(nil).andNot(b, a), true)
	}
	return z.fromOnes(nat(nil).or(a, b), false)
}

// Xor sets z to x ^ y.
func (z *Int) Xor(x, y *Int) *Int {
	a, p := x.ones()
	b, q := y.ones()
	return z.fromOnes(nat(nil).xor(a, b), p != q)
}

// Not sets z to ^x.
func (z *Int) Not(x *Int) *Int {
	a, p := x.ones()
	return z.fromOnes(nat(nil).set(a), !p)
}

// Sqrt sets z to the square root of x, rounded down. It panics if x is negative.
func (z *Int) Sqrt(x *Int) *Int {
	if x.neg {
		panic("square root of negative number")
	}
	z.neg = false
	z.abs = z.abs.sqrt(x.abs)
	return z
}
