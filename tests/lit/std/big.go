// RUN: %gosubc run %s | sed 's/0x[0-9a-f]*/PTR/g' | diff %S/Inputs/big.out -
// Package big: results as Go gives them, for random numbers of all sizes and for odd texts.

package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"math/big"
	"math/rand"
	"strings"
)

var seed uint64 = 88172645463325252

func rnd() uint64 {
	seed ^= seed << 13
	seed ^= seed >> 7
	seed ^= seed << 17
	return seed
}

func ri(words int) *big.Int {
	n := int(rnd()%uint64(words)) + 1
	b := make([]byte, n*8-int(rnd()%8))
	switch rnd() % 5 {
	case 0:
		for i := range b {
			b[i] = 0xff
		}
	case 1:
		b[0] = 1
	default:
		for i := range b {
			b[i] = byte(rnd() >> 30)
		}
	}
	x := new(big.Int).SetBytes(b)
	if rnd()%2 == 0 {
		x.Neg(x)
	}
	return x
}

func h(s string) string {
	if len(s) < 60 {
		return s
	}
	f := fnv.New64a()
	f.Write([]byte(s))
	return fmt.Sprintf("%d:%x", len(s), f.Sum64())
}

func try(f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Printf("panic %T %v\n", e, e)
		}
	}()
	f()
}

func main() {
	for i := range 21 {
		w := []int{1, 2, 5, 20, 70, 200, 500}[i%7]
		a, b := ri(w), ri([]int{w, 1 + w/2, w}[i%3])
		if b.Sign() == 0 {
			b.SetInt64(7)
		}
		var q, r, d, m, g, x, y big.Int
		q.QuoRem(a, b, &r)
		d.DivMod(a, b, &m)
		g.GCD(&x, &y, a, b)
		fmt.Println(h(a.String()), h(b.Text(16)), h(new(big.Int).Mul(a, b).String()), h(new(big.Int).Mul(a, a).String()), h(q.String()), h(r.String()), h(d.String()), h(m.String()), h(g.String()), a.Cmp(b), a.CmpAbs(b))
		// the identity holds though the cofactors are not unique
		fmt.Println(new(big.Int).Add(new(big.Int).Mul(a, &x), new(big.Int).Mul(b, &y)).Cmp(&g) == 0)
		s := uint(rnd() % 300)
		fmt.Println(h(new(big.Int).Lsh(a, s).String()), h(new(big.Int).Rsh(a, s).String()), h(new(big.Int).And(a, b).String()), h(new(big.Int).Or(a, b).String()), h(new(big.Int).Xor(a, b).String()), h(new(big.Int).AndNot(a, b).String()), h(new(big.Int).Not(a).String()), a.Bit(int(s)), h(new(big.Int).SetBit(a, int(s), uint(i)&1).String()), a.BitLen(), a.TrailingZeroBits(), h(new(big.Int).Sqrt(new(big.Int).Abs(a)).String()))
		for _, base := range []int{2, 3, 8, 10, 16, 32, 36, 62} {
			t := a.Text(base)
			back, ok := new(big.Int).SetString(t, base)
			fmt.Print(h(t), ok && back.Cmp(a) == 0, " ")
		}
		fmt.Println()
		if w <= 70 {
			mod := new(big.Int).Abs(b)
			fmt.Println(h(new(big.Int).Exp(a, big.NewInt(int64(rnd()%1000)), mod).String()), h(fmt.Sprint(new(big.Int).ModInverse(a, b))), h(fmt.Sprint(new(big.Int).Exp(new(big.Int).Abs(a), big.NewInt(-3), b))))
			f, acc := a.Float64()
			fmt.Println(f, acc, a.Int64(), a.Uint64(), a.IsInt64(), a.IsUint64())
			for _, mode := range []big.RoundingMode{big.Trunc, big.Floor, big.Round, big.Ceil} {
				z, rr := new(big.Int).Divide(a, big.NewInt(int64(rnd()%9)-20), new(big.Int), mode)
				fmt.Print(h(z.String()), rr, " ")
			}
			fmt.Println(h(new(big.Int).Exp(a, big.NewInt(3), nil).String()))
			ra := new(big.Rat).SetFrac(a, b)
			rb := new(big.Rat).SetFrac(b, big.NewInt(int64(rnd()>>40)+1))
			fmt.Println(h(ra.String()), h(new(big.Rat).Add(ra, rb).String()), h(new(big.Rat).Sub(ra, rb).RatString()), h(new(big.Rat).Mul(ra, rb).String()), ra.Cmp(rb), h(ra.FloatString(20)), rb.FloatString(3))
			f1, e1 := ra.Float64()
			f2, e2 := ra.Float32()
			fmt.Println(f1, e1, f2, e2 && f2 != 0)
			n, ex := rb.FloatPrec()
			fmt.Println(n, ex)
			for _, prec := range []uint{1, 53, 100} {
				for mode := big.ToNearestEven; mode <= big.ToPositiveInf; mode++ {
					z := new(big.Float).SetPrec(prec).SetMode(mode)
					x, y := new(big.Float).SetRat(ra), new(big.Float).SetInt(b)
					fmt.Print(z.SetRat(ra), z.Acc(), z.Add(x, y), z.Acc(), z.Sub(x, y), z.Acc(), z.Mul(x, y), z.Acc(), z.Quo(x, y), z.Acc(), " ", new(big.Float).SetPrec(prec).Sqrt(x.Abs(x)), " ")
					fmt.Print(h(z.Text('p', 0)), h(z.Text('b', 0)), z.Text('x', -1), z.Text('x', 4), h(z.Text('g', -1)), z.Text('e', 5), h(z.Text('f', 3)), z.MinPrec(), z.IsInt(), ";")
				}
				fmt.Println()
			}
		}
	}
	// small values, primes
	np := 0
	for i := int64(0); i < 3000; i++ {
		if big.NewInt(i).ProbablyPrime(1) {
			np++
		}
	}
	fmt.Println(np)
	for _, s := range []string{"170141183460469231731687303715884105727", "170141183460469231731687303715884105729", "618970019642690137449562111", "3825123056546413051", "18446744073709551557", "18446744073709551556", "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999", "5459", "10877"} {
		x, _ := new(big.Int).SetString(s, 10)
		fmt.Println(s, x.ProbablyPrime(10), x.ProbablyPrime(0))
	}
	for _, p := range []int64{3, 5, 7, 11, 13, 17, 41, 97, 1009, 65537, 1000003} {
		for _, x := range []int64{-1, 0, 2, 3, 5, 10} {
			fmt.Print(big.Jacobi(big.NewInt(x), big.NewInt(p)), new(big.Int).ModSqrt(big.NewInt(x), big.NewInt(p)), " ")
		}
	}
	fmt.Println()
	fmt.Println(h(new(big.Int).MulRange(1, 1000).String()), new(big.Int).MulRange(-5, -2), new(big.Int).MulRange(-2, 3), new(big.Int).MulRange(5, 3), new(big.Int).Binomial(50, 25), new(big.Int).Binomial(3, 5))
	r := rand.New(rand.NewSource(1))
	fmt.Println(new(big.Int).Rand(r, big.NewInt(1000)), new(big.Int).Rand(r, new(big.Int).Lsh(big.NewInt(1), 100)))
	x := big.NewInt(-255)
	for _, f := range []string{"%d", "%x", "%X", "%#x", "%o", "%#o", "%O", "%b", "%#b", "%10d", "%-10d|", "%010d", "%+d", "% d", "%.10d", "%20.10d", "%s", "%v", "%q", "%e", "%08x", "%#08x", "%-8.3d|"} {
		fmt.Printf(f+" "+f+"\n", x, new(big.Int).Neg(x))
	}
	var np0 *big.Int
	fmt.Println(np0, fmt.Sprintf("%d %s %x", np0, np0, np0), fmt.Sprintf("[%.0d] [%5d]", new(big.Int), new(big.Int)))
	for _, s := range []string{"", "-", "0", "-0", "+5", "0x1F", "0b101", "0o17", "017", "1_000", "1__0", "_1", "0x_1", "0_8", "08", "1e5", " 1", "1 ", "z", "0x", "0b2", "12345678901234567890123456789"} {
		for _, b := range []int{0, 10, 16, 36} {
			x, ok := new(big.Int).SetString(s, b)
			fmt.Print(x, ok, " ")
		}
		ra, ok := new(big.Rat).SetString(s)
		fmt.Print(ra, ok, " ")
		f, b, err := new(big.Float).Parse(s, 0)
		fmt.Println(f, b, err)
	}
	for _, s := range []string{"1.5", "-1.25e3", "3/4", "6/-4", "1/0", "0x1p-2", "1e-3", "1.e2", ".5", ".", "1e", "1e+", "0x1.8p1", "0b1.1", "Inf", "-inf", "NaN", "1.5.2", "1e1000000000000", "1e400", "1e-400", "1_0.2_5", "0.1", "123456789.987654321", "1e1000", "2e-1000", "0x.8", "1p5", "1e10/2"} {
		ra, ok := new(big.Rat).SetString(s)
		if ok {
			fmt.Print(h(ra.String()), " ")
		} else {
			fmt.Print(ra, ok, " ")
		}
		f, b, err := new(big.Float).Parse(s, 0)
		fmt.Println(f, b, err)
		f, b, err = new(big.Float).SetPrec(200).Parse(s, 10)
		if err == nil {
			fmt.Println(f.Text('g', -1), f.Text('g', 40), f.Acc())
		}
		f64, acc := f64of(s)
		fmt.Println(f64, acc)
	}
	for _, v := range []float64{0, math.Copysign(0, -1), 1, -1, 1.5, 0.1, 1e100, 1e-100, math.MaxFloat64, 5e-324, 2.2250738585072014e-308, math.Inf(1), math.Inf(-1), 123456789, 1 << 53, 3e10, 999999.5, 0.00001234} {
		f := big.NewFloat(v)
		fmt.Println(f, f.Text('g', -1), f.Text('e', -1), h(f.Text('f', -1)), h(f.Text('f', 2)), f.Text('p', 0), f.Text('b', 0), f.Text('x', -1), f.Text('x', 3), f.Text('G', 5), f.Sign(), f.Signbit(), f.IsInf(), f.IsInt(), f.MinPrec(), f.Prec())
		g, a := f.Float64()
		g32, a32 := f.Float32()
		i, ai := f.Int64()
		u, au := f.Uint64()
		bi, abi := f.Int(nil)
		br, abr := f.Rat(nil)
		var m big.Float
		e := f.MantExp(&m)
		fmt.Println(g, a, g32, a32, i, ai, u, f.IsInt() && au == big.Exact, h(fmt.Sprint(bi)), abi, h(fmt.Sprint(br)), abr, e, &m, new(big.Float).SetMantExp(f, 5))
		fmt.Printf("%v %g %e %f %s %10.3f|%-10.2f|%+.3e|%010.2f|%p|%d|% .2f\n", f, f, f, h(fmt.Sprintf("%f", f)), f, f, f, f, f, f, f, f)
		b, err := f.GobEncode()
		var back big.Float
		fmt.Printf("%x %v %v %v\n", b, err, back.GobDecode(b), back.Cmp(f))
	}
	try(func() { new(big.Float).Quo(big.NewFloat(0), big.NewFloat(0)) })
	try(func() { new(big.Float).Mul(big.NewFloat(0), big.NewFloat(math.Inf(1))) })
	try(func() { new(big.Float).Sub(big.NewFloat(math.Inf(1)), big.NewFloat(math.Inf(1))) })
	try(func() { new(big.Float).Sqrt(big.NewFloat(-1)) })
	try(func() { big.NewFloat(math.NaN()) })
	try(func() { new(big.Int).Quo(x, new(big.Int)) })
	try(func() { new(big.Rat).SetFrac64(1, 0) })
	try(func() { new(big.Int).Sqrt(x) })
	try(func() { new(big.Int).FillBytes(nil); big.NewInt(1000).FillBytes(make([]byte, 1)) })
	try(func() { x.Text(1) })
	type J struct {
		A *big.Int
		B big.Int
		C *big.Rat
		D *big.Float
		E *big.Int
	}
	j, err := json.Marshal(J{A: x, C: big.NewRat(1, 3), D: big.NewFloat(1.5)})
	fmt.Println(string(j), err)
	var jj J
	fmt.Println(json.Unmarshal([]byte(`{"A":123456789012345678901234567890,"B":5,"C":"2/4","D":"1e10"}`), &jj), jj.A, jj.B.String(), jj.C, jj.D, jj.E)
	fmt.Println(json.Unmarshal([]byte(`{"A":"x"}`), &jj))
	var si big.Int
	var sr big.Rat
	var sf big.Float
	n, err := fmt.Sscan("123 3/4 1.5e3", &si, &sr, &sf)
	fmt.Println(n, err, &si, &sr, &sf)
	n, err = fmt.Sscanf("ff 101", "%x %b", &si, &sr)
	fmt.Println(n, err, &si)
	gb, _ := x.GobEncode()
	fmt.Println(gb, si.GobDecode(gb), &si)
	gb, _ = big.NewRat(-3, 7).GobEncode()
	fmt.Println(gb, sr.GobDecode(gb), &sr, si.GobDecode([]byte{9}))
	// aliasing
	a := big.NewInt(10)
	a.Mul(a, a).Add(a, a).Sub(a, big.NewInt(1)).Mod(a, big.NewInt(-7))
	fmt.Println(a)
	b := big.NewInt(-17)
	b.DivMod(b, big.NewInt(5), a)
	fmt.Println(a, b)
	c := big.NewInt(6)
	c.Exp(c, c, c)
	fmt.Println(c, strings.Repeat("=", 3))
	pi := new(big.Float).SetPrec(300)
	pi.SetString("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798214808651")
	fmt.Println(pi, pi.Text('f', 80), new(big.Float).SetPrec(1000).Sqrt(big.NewFloat(2)).Text('f', 200))
	fmt.Println(big.ToZero, big.RoundingMode(9), big.Below, big.Exact, big.Above, big.Accuracy(5))
}

func f64of(s string) (float64, big.Accuracy) {
	f, ok := new(big.Float).SetPrec(300).SetString(s)
	if !ok {
		return 0, 0
	}
	return f.Float64()
}
