// A method value is in the frame, with its copy of the receiver, unless it is kept; calls of known ones are direct.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type counter struct{ n, step int }

func (c *counter) add(x int)     { c.n += x * c.step }
func (c counter) plus(x int) int { return c.n + x }

//go:noinline
func each(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}

//go:noinline
func apply(f func(int) int, x int) int { return f(x) }

// CHECK-DAG: escape: main.given: 2 of 2 allocations and 1 of 1 variables
//
//go:noinline
func given(n int) int {
	c := counter{0, 2}
	each(n, c.add)
	return apply(c.plus, 1)
}

// CHECK-DAG: devirtualize: main.called: direct calls 1
// CHECK-DAG: escape: main.called: 1 of 1 allocations and 1 of 1 variables
//
//go:noinline
func called(n int) int {
	c := counter{n, 3}
	f := c.add
	f(n)
	return c.n
}

// CHECK-DAG: escape: main.returned: 0 of 1 allocations and 0 of 1 variables
//
//go:noinline
func returned(n int) func(int) {
	c := counter{n, 1}
	return c.add
}

var hook func(int) int

// The copy is in the closure.
//
// CHECK-DAG: escape: main.stored: 0 of 1 allocations and 0 of 0 variables
//
//go:noinline
func stored(n int) {
	c := counter{n, 1}
	hook = c.plus
}

func main() {
	// OUT: 13
	// OUT-NEXT: 16
	// OUT-NEXT: 9
	println(given(4))
	println(called(4))
	returned(4)(2)
	stored(5)
	println(hook(4))
}
