// This file holds what is about primes.

package big

import (
	"fmt"
	"math/rand"
)

// Jacobi returns the Jacobi symbol (x/y): -1, 0 or 1. It panics if y is even.
func Jacobi(x, y *Int) int {
	if len(y.abs) == 0 || y.abs[0]&1 == 0 {
		panic(fmt.Sprintf("big: invalid 2nd argument to Int.Jacobi: need odd integer but got %s", y.String()))
	}
	var a, b, c Int
	a.Set(x)
	b.Set(y)
	j := 1
	if b.neg {
		if a.neg {
			j = -1
		}
		b.neg = false
	}
	for {
		if b.Cmp(intOne) == 0 {
			return j
		}
		if len(a.abs) == 0 {
			return 0
		}
		a.Mod(&a, &b)
		if len(a.abs) == 0 {
			return 0
		}
		s := a.abs.trailingZeroBits()
		if s&1 != 0 {
			if m := b.abs[0] & 7; m == 3 || m == 5 {
				j = -j
			}
		}
		c.Rsh(&a, s)
		if b.abs[0]&3 == 3 && c.abs[0]&3 == 3 {
			j = -j
		}
		a.Set(&b)
		b.Set(&c)
	}
}

// ModSqrt sets z to a square root of x modulo the odd prime p. If there is none,
// z is left as it is, and nil returned.
func (z *Int) ModSqrt(x, p *Int) *Int {
	switch Jacobi(x, p) {
	case -1:
		return nil
	case 0:
		return z.SetInt64(0)
	}
	if x.neg || x.Cmp(p) >= 0 {
		x = new(Int).Mod(x, p)
	}
	switch {
	case p.abs[0]&3 == 3:
		e := new(Int).Add(p, intOne)
		e.Rsh(e, 2)
		return z.Exp(x, e, p)
	case p.abs[0]&7 == 5:
		// Atkin: with a = (2x)^((p-5)/8), i = 2x*a^2: x*a*(i-1).
		e := new(Int).Rsh(p, 3)
		tx := new(Int).Lsh(x, 1)
		a := new(Int).Exp(tx, e, p)
		i := new(Int).Mul(a, a)
		i.Mod(i, p)
		i.Mul(i, tx)
		i.Mod(i, p)
		i.Sub(i, intOne)
		i.Mul(i, x)
		i.Mod(i, p)
		i.Mul(i, a)
		return z.Mod(i, p)
	}
	// Tonelli and Shanks: p-1 = s * 2^e with odd s.
	var s Int
	s.Sub(p, intOne)
	e := s.abs.trailingZeroBits()
	s.Rsh(&s, e)
	n := NewInt(2)
	for Jacobi(n, p) != -1 {
		n.Add(n, intOne)
	}
	var y, b, g, t Int
	y.Add(&s, intOne)
	y.Rsh(&y, 1)
	y.Exp(x, &y, p)
	b.Exp(x, &s, p)
	g.Exp(n, &s, p)
	r := e
	for {
		// The least m with b^(2^m) = 1.
		var m uint
		t.Set(&b)
		for t.Cmp(intOne) != 0 {
			t.Mul(&t, &t)
			t.Mod(&t, p)
			m++
		}
		if m == 0 {
			return z.Set(&y)
		}
		t.SetInt64(0)
		t.SetBit(&t, int(r-m-1), 1)
		t.Exp(&g, &t, p)
		g.Mul(&t, &t)
		g.Mod(&g, p)
		y.Mul(&y, &t)
		y.Mod(&y, p)
		b.Mul(&b, &g)
		b.Mod(&b, p)
		r = m
	}
}

// ProbablyPrime reports whether x is a prime with high probability: by the test of
// Miller and Rabin with n random bases and base 2, and that of Lucas. It is always
// right below 1<<64.
func (x *Int) ProbablyPrime(n int) bool {
	if n < 0 {
		panic("negative n for ProbablyPrime")
	}
	if x.neg || len(x.abs) == 0 {
		return false
	}
	const primes uint64 = 1<<2 | 1<<3 | 1<<5 | 1<<7 | 1<<11 | 1<<13 | 1<<17 | 1<<19 | 1<<23 |
		1<<29 | 1<<31 | 1<<37 | 1<<41 | 1<<43 | 1<<47 | 1<<53 | 1<<59 | 1<<61
	w := x.abs[0]
	if len(x.abs) == 1 && w < 64 {
		return primes&(1<<w) != 0
	}
	if w&1 == 0 {
		return false
	}
	// A product of small primes that is a word.
	const product = 3 * 5 * 7 * 11 * 13 * 17 * 19 * 23 * 29 * 31 * 37 * 41 * 43 * 47 * 53
	r := uint64(x.abs.modW(product))
	for _, p := range [...]uint64{3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53} {
		if r%p == 0 {
			return false
		}
	}
	return x.abs.millerRabin(n+1) && x.abs.lucas()
}

// millerRabin tests with random bases, the last of which is 2.
func (n nat) millerRabin(reps int) bool {
	nm1 := nat(nil).sub(n, natOne)
	k := nm1.trailingZeroBits()
	q := nat(nil).shr(nm1, k)
	nm3 := nat(nil).sub(nm1, nat{2})
	rnd := rand.New(rand.NewSource(int64(n[0])))
	bits := nm3.bitLen()
next:
	for i := range reps {
		x := nat{2}
		if i < reps-1 {
			x = nat(nil).random(rnd, nm3, bits)
			x = nat(nil).add(x, nat{2})
		}
		y := nat(nil).expNN(x, q, n)
		if y.cmp(natOne) == 0 || y.cmp(nm1) == 0 {
			continue
		}
		for j := uint(1); j < k; j++ {
			y = nat(nil).rem(nat(nil).sqr(y), n)
			if y.cmp(nm1) == 0 {
				continue next
			}
			if y.cmp(natOne) == 0 {
				return false
			}
		}
		return false
	}
	return true
}

// lucas is the "almost extra strong" test of Lucas with parameters p, 1 (Baillie's
// way to choose p).
func (n nat) lucas() bool {
	p := Word(3)
	num, d := &Int{abs: n}, &Int{abs: nat{1}}
	for ; ; p++ {
		if p > 10000 {
			panic("math/big: internal error: cannot find (D/n) = -1 for " + num.String())
		}
		d.abs[0] = p*p - 4
		j := Jacobi(d, num)
		if j == -1 {
			break
		}
		if j == 0 {
			// n = p+2 is prime, others have a divisor in common.
			return len(n) == 1 && n[0] == p+2
		}
		if p == 40 {
			// There is no such p for squares.
			t := nat(nil).sqrt(n)
			if nat(nil).sqr(t).cmp(n) == 0 {
				return false
			}
		}
	}
	s := nat(nil).add(n, natOne)
	r := int(s.trailingZeroBits())
	s = nat(nil).shr(s, uint(r))
	nm2 := nat(nil).sub(n, nat{2})
	natP := nat{p}
	// V(k) and V(k+1), from the top bit of s on.
	vk, vk1 := nat{2}, nat{p}
	mod := func(x nat) nat { return nat(nil).rem(x, n) }
	for i := s.bitLen(); i >= 0; i-- {
		// V(k)*V(k+1) - P
		t := nat(nil).mul(vk, vk1)
		t = t.add(t, n)
		t = mod(t.sub(t, natP))
		if s.bit(uint(i)) != 0 {
			vk = t
			vk1 = nat(nil).sqr(vk1)
			vk1 = mod(vk1.add(vk1, nm2))
		} else {
			vk1 = t
			vk = nat(nil).sqr(vk)
			vk = mod(vk.add(vk, nm2))
		}
	}
	if vk.cmp(nat{2}) == 0 || vk.cmp(nm2) == 0 {
		// U(s) = 0: 2*V(s+1) = P*V(s).
		t1 := nat(nil).mul(vk, natP)
		t2 := nat(nil).shl(vk1, 1)
		if t1.cmp(t2) < 0 {
			t1, t2 = t2, t1
		}
		if len(mod(t1.sub(t1, t2))) == 0 {
			return true
		}
	}
	for range r - 1 {
		if len(vk) == 0 {
			return true
		}
		if len(vk) == 1 && vk[0] == 2 {
			return false
		}
		vk = nat(nil).sqr(vk)
		vk = mod(vk.add(vk, nm2))
	}
	return false
}
