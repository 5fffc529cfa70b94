// Arithmetic on large integers: sums (Fibonacci), products (factorial), quotients (digits of pi), powers.
// Group: library
package main

import "math/big"

func main() {
	a, b := big.NewInt(0), big.NewInt(1)
	for range 60000 {
		a.Add(a, b)
		a, b = b, a
	}
	f := big.NewInt(1)
	var k big.Int
	for i := range int64(4000) {
		f.Mul(f, k.SetInt64(i+1))
	}
	square := new(big.Int).Mul(f, f)
	for range 30 {
		square.Mul(f, f)
	}
	// Gibbons's spigot.
	digits := 0
	q, r, t, n := big.NewInt(1), big.NewInt(0), big.NewInt(1), new(big.Int)
	var x, y, u, v big.Int
	ten := big.NewInt(10)
	for i := int64(1); digits < 1200; i++ {
		// q, r, t: the state of the series; n: the next digit, if two estimates agree.
		x.SetInt64(2*i + 1)
		u.Lsh(q, 1)
		u.Add(&u, r)
		r.Mul(&u, &x)
		t.Mul(t, &x)
		q.Mul(q, y.SetInt64(i))
		if q.Cmp(r) > 0 {
			continue
		}
		u.Mul(q, y.SetInt64(3))
		u.Add(&u, r)
		n.DivMod(&u, t, &v)
		v.Add(&v, q)
		if v.Cmp(t) >= 0 {
			continue
		}
		digits++
		r.Sub(r, u.Mul(t, n))
		r.Mul(r, ten)
		q.Mul(q, ten)
	}
	m := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 521), big.NewInt(1))
	e := big.NewInt(3)
	for range 20 {
		e.Exp(e, new(big.Int).Sub(m, big.NewInt(12)), m)
	}
	println(a.BitLen(), f.BitLen(), square.BitLen(), digits, n.Int64(), e.BitLen())
}
