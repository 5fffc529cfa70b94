// This file holds the loops over words, lowest word first.

package big

import "math/bits"

// A Word is a digit of a number to the base 1<<64.
type Word uint

const wordBits = bits.UintSize

// Loops of the runtime. Those over rows of products need instructions that the
// processor may not have.

//go:linkname features gosubc_big_features
func features() bool

//go:noescape
//go:linkname addWords gosubc_big_add
func addWords(z, x, y *Word, n int) Word

//go:noescape
//go:linkname subWords gosubc_big_sub
func subWords(z, x, y *Word, n int) Word

//go:noescape
//go:linkname addMulRow gosubc_big_add_mul
func addMulRow(z, x *Word, n int, y Word) Word

//go:noescape
//go:linkname subMulRow gosubc_big_sub_mul
func subMulRow(z, x *Word, n int, y Word) Word

//go:noescape
//go:linkname mulAddRow gosubc_big_mul_add
func mulAddRow(z, x *Word, n int, y, c Word) Word

// chains says that the processor has these instructions.
var chains = features()

// addVV sets z to x + y, all of one length, and returns the carry.
func addVV(z, x, y []Word) (c Word) {
	if len(z) >= 4 {
		return addWords(&z[0], &x[:len(z)][0], &y[:len(z)][0], len(z))
	}
	x, y = x[:len(z)], y[:len(z)]
	for i := range z {
		s, carry := bits.Add64(uint64(x[i]), uint64(y[i]), uint64(c))
		z[i], c = Word(s), Word(carry)
	}
	return c
}

// subVV sets z to x - y, all of one length, and returns the borrow.
func subVV(z, x, y []Word) (c Word) {
	if len(z) >= 4 {
		return subWords(&z[0], &x[:len(z)][0], &y[:len(z)][0], len(z))
	}
	x, y = x[:len(z)], y[:len(z)]
	for i := range z {
		s, borrow := bits.Sub64(uint64(x[i]), uint64(y[i]), uint64(c))
		z[i], c = Word(s), Word(borrow)
	}
	return c
}

// addVW sets z to x + c and returns the carry.
func addVW(z, x []Word, c Word) Word {
	x = x[:len(z)]
	for i := range z {
		if c == 0 && &z[0] == &x[0] {
			break
		}
		s, carry := bits.Add64(uint64(x[i]), uint64(c), 0)
		z[i], c = Word(s), Word(carry)
	}
	return c
}

// subVW sets z to x - c and returns the borrow.
func subVW(z, x []Word, c Word) Word {
	x = x[:len(z)]
	for i := range z {
		if c == 0 && &z[0] == &x[0] {
			break
		}
		s, borrow := bits.Sub64(uint64(x[i]), uint64(c), 0)
		z[i], c = Word(s), Word(borrow)
	}
	return c
}

// shlVU sets z to x << s, for s below the size of a word, and returns the bits
// that are shifted out. z may be x or lie behind it in the same memory.
func shlVU(z, x []Word, s uint) (c Word) {
	if len(z) == 0 {
		return 0
	}
	if s == 0 {
		copy(z, x)
		return 0
	}
	x = x[:len(z)]
	c = x[len(x)-1] >> (wordBits - s)
	for i := len(z) - 1; i > 0; i-- {
		z[i] = x[i]<<s | x[i-1]>>(wordBits-s)
	}
	z[0] = x[0] << s
	return c
}

// shrVU sets z to x >> s, for s below the size of a word. z may be x or lie
// before it.
func shrVU(z, x []Word, s uint) {
	if len(z) == 0 {
		return
	}
	if s == 0 {
		copy(z, x)
		return
	}
	x = x[:len(z)]
	for i := 0; i < len(z)-1; i++ {
		z[i] = x[i]>>s | x[i+1]<<(wordBits-s)
	}
	z[len(z)-1] = x[len(x)-1] >> s
}

// mulAddVWW sets z to x*y + c and returns the highest word.
func mulAddVWW(z, x []Word, y, c Word) Word {
	if len(z) >= 4 && chains {
		return mulAddRow(&z[0], &x[:len(z)][0], len(z), y, c)
	}
	x = x[:len(z)]
	for i := range z {
		hi, lo := bits.Mul64(uint64(x[i]), uint64(y))
		lo, carry := bits.Add64(lo, uint64(c), 0)
		z[i], c = Word(lo), Word(hi+carry)
	}
	return c
}

// addMulVVW adds x*y to z and returns the carry.
func addMulVVW(z, x []Word, y Word) (c Word) {
	if len(z) >= 4 && chains {
		return addMulRow(&z[0], &x[:len(z)][0], len(z), y)
	}
	x = x[:len(z)]
	for i := range z {
		hi, lo := bits.Mul64(uint64(x[i]), uint64(y))
		lo, k := bits.Add64(lo, uint64(c), 0)
		hi += k
		lo, k = bits.Add64(lo, uint64(z[i]), 0)
		z[i], c = Word(lo), Word(hi+k)
	}
	return c
}

// subMulVVW subtracts x*y from z and returns what is missing.
func subMulVVW(z, x []Word, y Word) (c Word) {
	if len(z) >= 4 && chains {
		return subMulRow(&z[0], &x[:len(z)][0], len(z), y)
	}
	x = x[:len(z)]
	for i := range z {
		hi, lo := bits.Mul64(uint64(x[i]), uint64(y))
		lo, k := bits.Add64(lo, uint64(c), 0)
		hi += k
		s, b := bits.Sub64(uint64(z[i]), lo, 0)
		z[i], c = Word(s), Word(hi+b)
	}
	return c
}

// divVW sets z to x / y, where y is not 0, and returns the remainder.
func divVW(z, x []Word, y Word) (r Word) {
	s := uint(bits.LeadingZeros64(uint64(y)))
	d := uint64(y) << s
	inv, _ := bits.Div64(^d, ^uint64(0), d)
	x = x[:len(z)]
	var rem uint64
	if len(x) > 0 && s > 0 {
		rem = uint64(x[len(x)-1]) >> (64 - s)
	}
	for i := len(z) - 1; i >= 0; i-- {
		lo := uint64(x[i]) << s
		if i > 0 && s > 0 {
			lo |= uint64(x[i-1]) >> (64 - s)
		}
		var q uint64
		q, rem = div2by1(rem, lo, d, inv)
		z[i] = Word(q)
	}
	return Word(rem >> s)
}

// div2by1 divides hi:lo by d, whose top bit is set, where hi < d. inv is the
// reciprocal (1<<128 - 1)/d - 1<<64 (Möller and Granlund).
func div2by1(hi, lo, d, inv uint64) (q, r uint64) {
	q1, q0 := bits.Mul64(inv, hi)
	var c uint64
	q0, c = bits.Add64(q0, lo, 0)
	q1 += hi + c + 1
	r = lo - q1*d
	if r > q0 {
		q1--
		r += d
	}
	if r >= d {
		q1++
		r -= d
	}
	return q1, r
}
