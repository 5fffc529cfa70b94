// Closures compiles arithmetic on x into trees of Go closures, takes
// derivatives, and draws the result.
package main

import (
	"fmt"
	"math"
	"strings"
)

// Expr is a function of x that knows its derivative and its text.
type Expr struct {
	eval  func(x float64) float64
	deriv func() Expr
	text  string
}

// Const returns the expression with the value c everywhere.
func Const(c float64) Expr {
	return Expr{
		func(float64) float64 { return c },
		func() Expr { return Const(0) },
		fmt.Sprint(c),
	}
}

// X is the variable.
var X = Expr{
	func(x float64) float64 { return x },
	func() Expr { return Const(1) },
	"x",
}

func Add(a, b Expr) Expr {
	return Expr{
		func(x float64) float64 { return a.eval(x) + b.eval(x) },
		func() Expr { return Add(a.deriv(), b.deriv()) },
		"(" + a.text + " + " + b.text + ")",
	}
}

func Mul(a, b Expr) Expr {
	return Expr{
		func(x float64) float64 { return a.eval(x) * b.eval(x) },
		func() Expr { return Add(Mul(a.deriv(), b), Mul(a, b.deriv())) },
		"(" + a.text + " * " + b.text + ")",
	}
}

// Wave returns the sine of e.
func Wave(e Expr) Expr {
	return Expr{
		func(x float64) float64 { return math.Sin(e.eval(x)) },
		func() Expr { return Mul(e.deriv(), Wave(Add(e, Const(math.Pi/2)))) },
		"sin(" + e.text + ")",
	}
}

// memo remembers results; hits counts how often that helped.
func memo(f func(int) int) (g func(int) int, hits func() int) {
	seen := map[int]int{}
	n := 0
	g = func(x int) int {
		if y, ok := seen[x]; ok {
			n++
			return y
		}
		y := f(x)
		seen[x] = y
		return y
	}
	return g, func() int { return n }
}

func main() {
	f := Mul(Wave(X), Add(X, Const(2)))
	fmt.Println("f  =", f.text)
	fmt.Println("f' =", f.deriv().text)
	for i := range 13 {
		x := float64(i) / 2
		y := f.eval(x)
		fmt.Printf("%4.1f %7.3f %7.3f %s\n", x, y, f.deriv().eval(x), strings.Repeat(" ", int(y*2)+16)+"*")
	}

	var fib func(int) int
	var hits func() int
	fib, hits = memo(func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	})
	fmt.Println(fib(80), hits())

	var steps []func() int
	for i := range 5 {
		steps = append(steps, func() int { i *= i; return i })
	}
	for range 2 {
		for _, s := range steps {
			fmt.Print(s(), " ")
		}
	}
	fmt.Println()
}
