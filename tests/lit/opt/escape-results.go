// Results that refer to parameters: the caller's own use decides, not the callee.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build -m -o %t %s 2>&1 | FileCheck --check-prefix=M %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type list struct {
	next *list
	n    int
}

// M: [[#@LINE+3]]:{{[0-9]+}}: leaking param: a to result ~r0 level=0
//
//go:noinline
func larger(a, b *int) *int {
	if *a > *b {
		return a
	}
	return b
}

// M: [[#@LINE+3]]:{{[0-9]+}}: leaking param: l to result r level=1
//
//go:noinline
func next(l *list) (r *list) { return l.next }

// M: [[#@LINE+3]]:{{[0-9]+}}: leaking param: s to result ~r0 level=0
//
//go:noinline
func tail(s []int) []int { return s[1:] }

var kept *int

// CHECK-DAG: escape: main.local: 0 of 0 allocations and 2 of 2 variables
//
//go:noinline
func local(n int) int {
	x, y := n, 5
	*larger(&x, &y) = 100
	return x + y
}

// CHECK-DAG: escape: main.keeps: 0 of 0 allocations and 0 of 2 variables
//
//go:noinline
func keeps(n int) {
	x, y := n, 5
	kept = larger(&x, &y)
}

// The second element is returned, the first is not.
//
// CHECK-DAG: escape: main.second: 1 of 2 allocations
//
//go:noinline
func second(n int) *list { return next(&list{&list{nil, n}, 1}) }

// CHECK-DAG: escape: main.slices: 1 of 1 allocations
//
//go:noinline
func slices(n int) int { return tail(tail([]int{1, 2, n}))[0] }

func main() {
	// OUT: 103
	// OUT-NEXT: 9
	// OUT-NEXT: 6
	// OUT-NEXT: 8
	println(local(3))
	keeps(9)
	println(*kept)
	println(second(6).n)
	println(slices(8))
}
