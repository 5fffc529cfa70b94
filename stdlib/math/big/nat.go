// This file holds natural numbers: their sum, product and bits.

package big

import (
	"math/bits"
	"math/rand"
)

// nat is a natural number, lowest word first, without zero words on top. Methods
// return their result in z's memory if there is enough; unless they say otherwise,
// z may be one of the operands.
type nat []Word

var natOne = nat{1}

func (z nat) norm() nat {
	n := len(z)
	for n > 0 && z[n-1] == 0 {
		n--
	}
	return z[:n]
}

// make returns a nat of n words with any contents, with z's memory if it does.
func (z nat) make(n int) nat {
	if n <= cap(z) {
		return z[:n]
	}
	if n == 1 {
		return make(nat, 1)
	}
	return make(nat, n, n+4)
}

func (z nat) setWord(x Word) nat {
	if x == 0 {
		return z[:0]
	}
	z = z.make(1)
	z[0] = x
	return z
}

func (z nat) setUint64(x uint64) nat { return z.setWord(Word(x)) }

func (z nat) set(x nat) nat {
	z = z.make(len(x))
	copy(z, x)
	return z
}

func (x nat) cmp(y nat) int {
	if len(x) != len(y) {
		if len(x) < len(y) {
			return -1
		}
		return 1
	}
	for i := len(x) - 1; i >= 0; i-- {
		if x[i] != y[i] {
			if x[i] < y[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

func (z nat) add(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	m, n := len(x), len(y)
	if n == 0 {
		return z.set(x)
	}
	z = z.make(m + 1)
	c := addVV(z[:n], x[:n], y)
	if m > n {
		c = addVW(z[n:m], x[n:], c)
	}
	z[m] = c
	return z.norm()
}

// sub returns x - y, where x >= y.
func (z nat) sub(x, y nat) nat {
	m, n := len(x), len(y)
	if m < n {
		panic("underflow")
	}
	if n == 0 {
		return z.set(x)
	}
	z = z.make(m)
	c := subVV(z[:n], x[:n], y)
	if m > n {
		c = subVW(z[n:], x[n:], c)
	}
	if c != 0 {
		panic("underflow")
	}
	return z.norm()
}

// shares reports whether x and y have memory in common.
func shares(x, y nat) bool {
	return cap(x) > 0 && cap(y) > 0 && &x[:cap(x)][cap(x)-1] == &y[:cap(y)][cap(y)-1]
}

// Sizes in words from which on Karatsuba's way is faster.
const (
	karatsubaMul = 32
	karatsubaSqr = 60
)

func (z nat) mul(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	m, n := len(x), len(y)
	switch {
	case n == 0:
		return z[:0]
	case n == 1:
		z = z.make(m + 1)
		z[m] = mulAddVWW(z[:m], x, y[0], 0)
		return z.norm()
	case m == n && &x[0] == &y[0]:
		return z.sqr(x)
	}
	if shares(z, x) || shares(z, y) {
		z = nil
	}
	z = z.make(m + n)
	if n < karatsubaMul {
		basicMul(z, x, y)
		return z.norm()
	}
	// Pieces of x as long as y.
	tmp := make(nat, 6*n+128)
	clear(z)
	for i := 0; i < m; i += n {
		piece := x[i:min(i+n, m)]
		p := tmp[:len(piece)+n]
		if len(piece) == n {
			karatsuba(p, piece, y, tmp[2*n:])
		} else {
			q := nat(nil).mul(y, piece.norm())
			clear(p)
			copy(p, q)
		}
		if c := addVV(z[i:i+len(p)], z[i:i+len(p)], p); c != 0 {
			addVW(z[i+len(p):], z[i+len(p):], c)
		}
	}
	return z.norm()
}

// basicMul sets z, of len(x)+len(y) words, to x*y.
func basicMul(z, x, y nat) {
	z[len(x)] = mulAddVWW(z[:len(x)], x, y[0], 0)
	for i := 1; i < len(y); i++ {
		z[len(x)+i] = addMulVVW(z[i:i+len(x)], x, y[i])
	}
}

// karatsuba sets z, of 2n words, to x*y, of n words each. tmp has at least 4n+64
// words.
func karatsuba(z, x, y, tmp nat) {
	n := len(x)
	if n < karatsubaMul {
		basicMul(z, x, y)
		return
	}
	// The lower halves have h words, the upper ones h or one less.
	h := (n + 1) / 2
	x0, x1, y0, y1 := x[:h], x[h:], y[:h], y[h:]
	karatsuba(z[:2*h], x0, y0, tmp)
	karatsuba(z[2*h:], x1, y1, tmp)
	dx, dy, mid := tmp[:h], tmp[h:2*h], tmp[2*h:4*h]
	neg := absDiff(dx, x0, x1) != absDiff(dy, y0, y1)
	karatsuba(mid, dx, dy, tmp[4*h:])
	// x0*y1 + x1*y0 = x0*y0 + x1*y1 - (x0-x1)*(y0-y1)
	combine(z, mid, tmp, h, neg)
}

// combine adds the middle part to z = x0*y0 and x1*y1: their sum less or plus
// mid, h words up. sum is space for 2h words, which may hold dx and dy.
func combine(z, mid, sum nat, h int, plus bool) {
	n2 := len(z)
	sum = sum[:2*h]
	copy(sum, z[:2*h])
	up := n2 - 2*h
	c := addVV(sum[:up], sum[:up], z[2*h:])
	c = addVW(sum[up:], sum[up:], c)
	if plus {
		c += addVV(sum, sum, mid)
	} else {
		c -= subVV(sum, sum, mid)
	}
	k := min(2*h, n2-h)
	d := addVV(z[h:h+k], z[h:h+k], sum[:k])
	if h+k < n2 {
		addVW(z[h+k:], z[h+k:], c+d)
	}
}

// absDiff sets z to |x - y|, where y may be a word shorter, and reports whether
// x < y.
func absDiff(z, x, y nat) bool {
	n := len(y)
	less := false
	if len(x) == n || x[n] == 0 {
		for i := n - 1; i >= 0; i-- {
			if x[i] != y[i] {
				less = x[i] < y[i]
				break
			}
		}
	}
	if less {
		subVV(z[:n], y, x[:n])
		clear(z[n:])
		return true
	}
	c := subVV(z[:n], x[:n], y)
	if len(x) > n {
		z[n] = x[n] - c
	}
	return false
}

// sqr returns x*x. z may be x.
func (z nat) sqr(x nat) nat {
	n := len(x)
	if n == 0 {
		return z[:0]
	}
	if shares(z, x) {
		z = nil
	}
	z = z.make(2 * n)
	if n < karatsubaSqr {
		basicSqr(z, x)
	} else {
		karatsubaSquare(z, x, make(nat, 4*n+128))
	}
	return z.norm()
}

// basicSqr sets z, of 2n words, to the square of x: twice the products of
// different words, and the squares.
func basicSqr(z, x nat) {
	n := len(x)
	if n == 1 {
		hi, lo := bits.Mul64(uint64(x[0]), uint64(x[0]))
		z[0], z[1] = Word(lo), Word(hi)
		return
	}
	z[0] = 0
	z[n] = mulAddVWW(z[1:n], x[1:], x[0], 0)
	for i := 1; i < n-1; i++ {
		z[n+i] = addMulVVW(z[2*i+1:n+i], x[i+1:], x[i])
	}
	z[2*n-1] = 0
	var top, c uint64
	for i, w := range x {
		hi, lo := bits.Mul64(uint64(w), uint64(w))
		a, b := uint64(z[2*i]), uint64(z[2*i+1])
		lo, c = bits.Add64(lo, a<<1|top>>63, c)
		hi, c = bits.Add64(hi, b<<1|a>>63, c)
		top = b
		z[2*i], z[2*i+1] = Word(lo), Word(hi)
	}
}

func karatsubaSquare(z, x, tmp nat) {
	n := len(x)
	if n < karatsubaSqr {
		basicSqr(z, x)
		return
	}
	h := (n + 1) / 2
	x0, x1 := x[:h], x[h:]
	karatsubaSquare(z[:2*h], x0, tmp)
	karatsubaSquare(z[2*h:], x1, tmp)
	dx, mid := tmp[:h], tmp[2*h:4*h]
	absDiff(dx, x0, x1)
	karatsubaSquare(mid, dx, tmp[4*h:])
	combine(z, mid, tmp, h, false)
}

// mulRange returns a * (a+1) * ... * b.
func (z nat) mulRange(a, b uint64) nat {
	switch {
	case a == 0:
		return z[:0]
	case a > b:
		return z.setUint64(1)
	case a == b:
		return z.setUint64(a)
	case b-a < 8:
		z = z.setUint64(a)
		for a++; a <= b && a != 0; a++ {
			z = z.mul(z, nat{Word(a)})
		}
		return z
	}
	m := a + (b-a)/2
	return z.mul(nat(nil).mulRange(a, m), nat(nil).mulRange(m+1, b))
}

func (x nat) bitLen() int {
	if len(x) == 0 {
		return 0
	}
	return len(x)*wordBits - bits.LeadingZeros(uint(x[len(x)-1]))
}

func (x nat) trailingZeroBits() uint {
	if len(x) == 0 {
		return 0
	}
	i := 0
	for x[i] == 0 {
		i++
	}
	return uint(i*wordBits + bits.TrailingZeros(uint(x[i])))
}

func (z nat) shl(x nat, s uint) nat {
	if len(x) == 0 {
		return z[:0]
	}
	w, n := int(s/wordBits), len(x)
	z = z.make(n + w + 1)
	z[n+w] = shlVU(z[w:n+w], x, s%wordBits)
	clear(z[:w])
	return z.norm()
}

func (z nat) shr(x nat, s uint) nat {
	w := s / wordBits
	if w >= uint(len(x)) {
		return z[:0]
	}
	n := len(x) - int(w)
	z = z.make(n)
	shrVU(z, x[w:], s%wordBits)
	return z.norm()
}

func (x nat) bit(i uint) uint {
	if j := i / wordBits; j < uint(len(x)) {
		return uint(x[j] >> (i % wordBits) & 1)
	}
	return 0
}

// sticky reports whether any of the i low bits is 1.
func (x nat) sticky(i uint) bool {
	return len(x) > 0 && x.trailingZeroBits() < i
}

func (z nat) setBit(x nat, i, b uint) nat {
	j := int(i / wordBits)
	m := Word(1) << (i % wordBits)
	n := len(x)
	if b == 0 {
		z = z.set(x)
		if j < n {
			z[j] &^= m
		}
		return z.norm()
	}
	size := max(n, j+1)
	z = z.make(size)
	copy(z, x)
	if n < size {
		clear(z[n:])
	}
	z[j] |= m
	return z.norm()
}

func (z nat) and(x, y nat) nat {
	n := min(len(x), len(y))
	z = z.make(n)
	for i := range z {
		z[i] = x[i] & y[i]
	}
	return z.norm()
}

func (z nat) andNot(x, y nat) nat {
	n := min(len(x), len(y))
	z = z.make(len(x))
	for i := range n {
		z[i] = x[i] &^ y[i]
	}
	copy(z[n:], x[n:])
	return z.norm()
}

func (z nat) or(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	n := len(y)
	z = z.make(len(x))
	for i := range n {
		z[i] = x[i] | y[i]
	}
	copy(z[n:], x[n:])
	return z
}

func (z nat) xor(x, y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	n := len(y)
	z = z.make(len(x))
	for i := range n {
		z[i] = x[i] ^ y[i]
	}
	copy(z[n:], x[n:])
	return z.norm()
}

// random returns a number below limit, which has n bits.
func (z nat) random(rnd *rand.Rand, limit nat, n int) nat {
	if shares(z, limit) {
		z = nil
	}
	z = z.make(len(limit))
	mask := ^Word(0)
	if r := uint(n % wordBits); r != 0 {
		mask = 1<<r - 1
	}
	for {
		for i := range z {
			z[i] = Word(rnd.Uint32()) | Word(rnd.Uint32())<<32
		}
		z[len(limit)-1] &= mask
		if z.cmp(limit) < 0 {
			return z.norm()
		}
	}
}

// bytes writes the number to the end of buf, highest byte first, and returns
// where it starts. Bytes in front of it are set to 0.
func (x nat) bytes(buf []byte) int {
	i := len(buf)
	for _, w := range x {
		for range wordBits / 8 {
			if i--; i >= 0 {
				buf[i] = byte(w)
			} else if byte(w) != 0 {
				panic("math/big: buffer too small to fit value")
			}
			w >>= 8
		}
	}
	i = max(i, 0)
	for i < len(buf) && buf[i] == 0 {
		i++
	}
	return i
}

func (z nat) setBytes(buf []byte) nat {
	z = z.make((len(buf) + 7) / 8)
	clear(z)
	for i := range buf {
		z[i/8] |= Word(buf[len(buf)-1-i]) << (i % 8 * 8)
	}
	return z.norm()
}

// sqrt returns the root, rounded down, by Newton's way from above.
func (z nat) sqrt(x nat) nat {
	if x.cmp(natOne) <= 0 {
		return z.set(x)
	}
	z1 := nat(nil).shl(natOne, uint(x.bitLen()+1)/2)
	var z2 nat
	for {
		z2, _ = z2.div(nil, x, z1)
		z2 = z2.add(z2, z1)
		z2 = z2.shr(z2, 1)
		if z2.cmp(z1) >= 0 {
			return z.set(z1)
		}
		z1, z2 = z2, z1
	}
}
