// This file divides natural numbers, and computes powers modulo others.

package big

import "math/bits"

// div returns u / v and u % v, the latter in r's memory if there is enough.
func (z nat) div(r, u, v nat) (q, rem nat) {
	if len(v) == 0 {
		panic("division by zero")
	}
	if u.cmp(v) < 0 {
		rem = r.set(u)
		return z[:0], rem
	}
	if len(v) == 1 {
		z = z.make(len(u))
		w := divVW(z, u, v[0])
		return z.norm(), r.setWord(w)
	}
	// Shift so that the top bit of the divisor is set.
	s := uint(bits.LeadingZeros(uint(v[len(v)-1])))
	d := make(nat, len(v))
	shlVU(d, v, s)
	n := len(v)
	if shares(r, u) || shares(r, v) {
		r = nil
	}
	a := r.make(len(u) + 1)
	a[len(u)] = shlVU(a[:len(u)], u, s)
	if shares(z, u) || shares(z, v) {
		z = nil
	}
	q = z.make(len(u) + 1 - n)
	if n >= recursiveDiv {
		divPieces(q, a, d)
	} else {
		divBasic(q, a, d)
	}
	a = a[:n]
	shrVU(a, a, s)
	return q.norm(), a.norm()
}

// divBasic sets q to a / d and a to a % d (Knuth, volume 2, 4.3.1 D). The top bit
// of d is set, a has at least as many words, and q the difference; the top words
// of a are less than d.
func divBasic(q, a, d nat) {
	n := len(d)
	d1, d2 := uint64(d[n-1]), uint64(d[n-2])
	inv, _ := bits.Div64(^d1, ^uint64(0), d1)
	for j := len(q) - 1; j >= 0; j-- {
		var qhat uint64 = 1<<64 - 1
		if top := uint64(a[j+n]); top != d1 {
			var r uint64
			qhat, r = div2by1(top, uint64(a[j+n-1]), d1, inv)
			hi, lo := bits.Mul64(qhat, d2)
			a2 := uint64(a[j+n-2])
			for hi > r || hi == r && lo > a2 {
				qhat--
				old := r
				if r += d1; r < old {
					break
				}
				var b uint64
				lo, b = bits.Sub64(lo, d2, 0)
				hi -= b
			}
		}
		c := subMulVVW(a[j:j+n], d, Word(qhat))
		if a[j+n] < c {
			k := addVV(a[j:j+n], a[j:j+n], d)
			_ = k // it makes up for what was missing
			qhat--
		}
		a[j+n] = 0
		q[j] = Word(qhat)
	}
}

// recursiveDiv is the size of divisors from which on the division is divided.
const recursiveDiv = 80

// divPieces is divBasic for large numbers: it makes len(d) words of the quotient
// at a time.
func divPieces(q, a, d nat) {
	n := len(d)
	clear(q)
	for j := (len(q) - 1) / n * n; j >= 0; j -= n {
		m := min(n, len(q)-j)
		divStep(q[j:j+m], a[j:j+m+n], d)
	}
}

// divStep sets q, of m <= n words, to a / d and a, of m+n words, to a % d, where
// a / d fits (Burnikel and Ziegler).
func divStep(q, a, d nat) {
	m, n := len(q), len(d)
	if m < recursiveDiv/2 || n < recursiveDiv {
		divBasic(q, a, d)
		return
	}
	if m > n/2 {
		// Two steps of half as many words.
		h := m / 2
		divStep(q[h:], a[h:], d)
		divStep(q[:h], a[:h+n], d)
		return
	}
	// Estimate with the 2m top words of a and the m top words of d. Their
	// quotient is at most 2 too large.
	hi := n - m
	top, dTop := a[hi:], d[hi:]
	if nat(top[m:]).norm().cmp(nat(dTop).norm()) >= 0 {
		// It does not fit: take the largest there is.
		for i := range q {
			q[i] = ^Word(0)
		}
		// top - (B^m - 1)*dTop = top - dTop*B^m + dTop
		subVV(top[m:], top[m:], dTop)
		if c := addVV(top[:m], top[:m], dTop); c != 0 {
			addVW(top[m:], top[m:], c)
		}
	} else {
		divStep(q, top, dTop)
	}
	p := nat(nil).mul(q.norm(), d[:hi].norm())
	// a -= q * the rest of d
	neg := false
	if len(p) > 0 {
		if len(p) > len(a) {
			panic("math/big: internal error: quotient too large")
		}
		c := subVV(a[:len(p)], a[:len(p)], p)
		c = subVW(a[len(p):], a[len(p):], c)
		neg = c != 0
	}
	for neg {
		subVW(q, q, 1)
		c := addVV(a[:n], a[:n], d)
		c = addVW(a[n:], a[n:], c)
		neg = c == 0
	}
}

// modW returns x % d.
func (x nat) modW(d Word) Word {
	return divVW(make(nat, len(x)), x, d)
}

// rem returns x % m.
func (z nat) rem(x, m nat) nat {
	_, r := nat(nil).div(z, x, m)
	return r
}

// expNN returns x**y, modulo m unless that is 0.
func (z nat) expNN(x, y, m nat) nat {
	switch {
	case len(m) == 1 && m[0] == 1:
		return z[:0]
	case len(y) == 0:
		return z.setWord(1)
	case len(x) == 0:
		return z[:0]
	}
	if len(m) == 0 {
		r := nat(nil).set(x)
		var tmp nat
		for i := y.bitLen() - 2; i >= 0; i-- {
			tmp = tmp.sqr(r)
			r, tmp = tmp, r
			if y.bit(uint(i)) != 0 {
				tmp = tmp.mul(r, x)
				r, tmp = tmp, r
			}
		}
		return r
	}
	if x.cmp(m) >= 0 {
		x = nat(nil).rem(x, m)
		if len(x) == 0 {
			return z[:0]
		}
	}
	if m[0]&1 == 1 && len(m) > 1 {
		return z.expMontgomery(x, y, m)
	}
	// Windows of four bits.
	mul := func(a, b nat) nat { return nat(nil).rem(nat(nil).mul(a, b), m) }
	return window(y, x, natOne, mul)
}

// window computes a power with the product mul, whose neutral element is one, four
// bits of the exponent at a time.
func window(y, x, one nat, mul func(a, b nat) nat) nat {
	var powers [16]nat
	powers[0], powers[1] = one, x
	for i := 2; i < 16; i++ {
		powers[i] = mul(powers[i-1], x)
	}
	r := one
	for i := (y.bitLen()+3)/4*4 - 4; i >= 0; i -= 4 {
		if i != (y.bitLen()+3)/4*4-4 {
			for range 4 {
				r = mul(r, r)
			}
		}
		if d := y[i/wordBits] >> (i % wordBits) & 15; d != 0 {
			r = mul(r, powers[d])
		}
	}
	return r
}

// expMontgomery is expNN for odd m > 1 and x < m.
func (z nat) expMontgomery(x, y, m nat) nat {
	n := len(m)
	// k = -1/m mod 2^64, by Newton.
	k := 2 - m[0]
	t := m[0] - 1
	for i := 1; i < wordBits; i <<= 1 {
		t *= t
		k *= t + 1
	}
	k = -k
	rr := nat(nil).rem(nat(nil).shl(natOne, uint(2*n*wordBits)), m)
	pad := func(a nat) nat {
		b := make(nat, n)
		copy(b, a)
		return b
	}
	tmp := make(nat, 2*n)
	mul := func(a, b nat) nat {
		r := make(nat, n)
		montgomery(r, a, b, m, k, tmp)
		return r
	}
	rr = pad(rr)
	one := mul(pad(natOne), rr)
	r := window(y, mul(pad(x), rr), one, mul)
	r = mul(r, pad(natOne)).norm()
	if r.cmp(m) >= 0 {
		r = r.rem(r, m)
	}
	return z.set(r)
}

// montgomery sets r to a*b / 2^(64n) mod m, or that plus m; all have n words.
func montgomery(r, a, b, m nat, k Word, tmp nat) {
	n := len(m)
	clear(tmp)
	var c Word
	for i := range n {
		c2 := addMulVVW(tmp[i:n+i], a, b[i])
		t := tmp[i] * k
		c3 := addMulVVW(tmp[i:n+i], m, t)
		cx := c + c2
		cy := cx + c3
		tmp[n+i] = cy
		c = 0
		if cx < c2 || cy < c3 {
			c = 1
		}
	}
	if c != 0 {
		subVV(r, tmp[n:], m)
	} else {
		copy(r, tmp[n:])
	}
}
