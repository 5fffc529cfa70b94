// Matrix multiplies, inverts and raises matrices to powers, exactly, over
// rational numbers, and over floats: generics with a numeric interface.
package main

import (
	"errors"
	"fmt"
	"strings"
)

// Field is a number with the four operations; T is the type itself.
type Field[T any] interface {
	Plus(T) T
	Minus(T) T
	Times(T) T
	Over(T) T
	IsZero() bool
	fmt.Stringer
}

// Ratio is a fraction in lowest terms, its denominator above zero.
type Ratio struct{ num, den int64 }

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

func NewRatio(n, d int64) Ratio {
	if d == 0 {
		panic("zero denominator")
	}
	g := gcd(n, d)
	if d < 0 {
		g = -g
	}
	return Ratio{n / g, d / g}
}

func (a Ratio) Plus(b Ratio) Ratio  { return NewRatio(a.num*b.den+b.num*a.den, a.den*b.den) }
func (a Ratio) Minus(b Ratio) Ratio { return NewRatio(a.num*b.den-b.num*a.den, a.den*b.den) }
func (a Ratio) Times(b Ratio) Ratio { return NewRatio(a.num*b.num, a.den*b.den) }
func (a Ratio) Over(b Ratio) Ratio  { return NewRatio(a.num*b.den, a.den*b.num) }
func (a Ratio) IsZero() bool        { return a.num == 0 }
func (a Ratio) String() string {
	if a.den == 1 {
		return fmt.Sprint(a.num)
	}
	return fmt.Sprintf("%d/%d", a.num, a.den)
}

type Float float64

func (a Float) Plus(b Float) Float  { return a + b }
func (a Float) Minus(b Float) Float { return a - b }
func (a Float) Times(b Float) Float { return a * b }
func (a Float) Over(b Float) Float  { return a / b }
func (a Float) IsZero() bool        { return a == 0 }
func (a Float) String() string      { return fmt.Sprintf("%.4f", float64(a)) }

// Matrix is square.
type Matrix[T Field[T]] [][]T

var ErrSingular = errors.New("matrix is singular")

func (m Matrix[T]) Mul(o Matrix[T]) Matrix[T] {
	out := make(Matrix[T], len(m))
	for i := range m {
		out[i] = make([]T, len(m))
		for j := range m {
			sum := m[i][0].Times(o[0][j])
			for k := 1; k < len(m); k++ {
				sum = sum.Plus(m[i][k].Times(o[k][j]))
			}
			out[i][j] = sum
		}
	}
	return out
}

// Inverse by Gauss and Jordan; one is the number 1.
func (m Matrix[T]) Inverse(one T) (Matrix[T], error) {
	n := len(m)
	zero := one.Minus(one)
	a := make(Matrix[T], n)
	for i := range a {
		a[i] = append(append([]T(nil), m[i]...), make([]T, n)...)
		for j := range n {
			a[i][n+j] = zero
		}
		a[i][n+i] = one
	}
	for c := range n {
		p := c
		for p < n && a[p][c].IsZero() {
			p++
		}
		if p == n {
			return nil, fmt.Errorf("column %d: %w", c, ErrSingular)
		}
		a[c], a[p] = a[p], a[c]
		d := a[c][c]
		for j := range a[c] {
			a[c][j] = a[c][j].Over(d)
		}
		for r := range n {
			if f := a[r][c]; r != c && !f.IsZero() {
				for j := range a[r] {
					a[r][j] = a[r][j].Minus(f.Times(a[c][j]))
				}
			}
		}
	}
	out := make(Matrix[T], n)
	for i := range out {
		out[i] = a[i][n:]
	}
	return out, nil
}

func (m Matrix[T]) String() string {
	var b strings.Builder
	for _, row := range m {
		for _, x := range row {
			fmt.Fprintf(&b, "%10v", x)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func main() {
	hilbert := make(Matrix[Ratio], 4)
	for i := range hilbert {
		for j := range 4 {
			hilbert[i] = append(hilbert[i], NewRatio(1, int64(i+j+1)))
		}
	}
	inv, err := hilbert.Inverse(NewRatio(1, 1))
	fmt.Print(hilbert, inv, hilbert.Mul(inv), err, "\n")
	fib := Matrix[Float]{{1, 1}, {1, 0}}
	p := fib
	for range 9 {
		p = p.Mul(fib)
	}
	fmt.Print(p)
	_, err = Matrix[Ratio]{{{1, 1}, {2, 1}}, {{2, 1}, {4, 1}}}.Inverse(NewRatio(1, 1))
	fmt.Println(err, errors.Is(err, ErrSingular))
}
