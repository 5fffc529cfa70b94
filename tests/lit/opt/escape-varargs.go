// The slice of variadic arguments, and what is boxed into it, stays in the caller's frame if the callee doesn't keep it.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build -m -o %t %s 2>&1 | FileCheck --check-prefix=M %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

//go:noinline
func sum(list ...int) (n int) {
	for _, x := range list {
		n += x
	}
	return
}

//go:noinline
func ints(list ...any) (n int) {
	for _, x := range list {
		if i, ok := x.(int); ok {
			n += i
		}
	}
	return
}

var (
	kept  []int
	boxes any
)

//go:noinline
func keep(list ...int) { kept = list }

// Keeps what is in the slice, not the slice.
//
//go:noinline
func keepFirst(list ...any) { boxes = list[0] }

// CHECK-DAG: escape: main.local: 3 of 3 allocations
//
//go:noinline
func local(n int) int {
	// M: [[#@LINE+1]]:{{[0-9]+}}: ... argument does not escape
	return sum(n, 2, 3) + ints(n, "x")
}

// CHECK-DAG: escape: main.keeps: 0 of 1 allocations
//
//go:noinline
func keeps(n int) {
	// M: [[#@LINE+1]]:{{[0-9]+}}: ... argument escapes to heap
	keep(n, n)
}

// CHECK-DAG: escape: main.keepsBox: 1 of 2 allocations
//
//go:noinline
func keepsBox(n int) { keepFirst(n) }

func main() {
	// OUT: 13
	// OUT-NEXT: 7 7
	// OUT-NEXT: 1000
	println(local(4))
	keeps(7)
	println(kept[0], kept[1])
	keepsBox(1000)
	println(boxes.(int))
}
