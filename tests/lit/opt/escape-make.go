// make([]T, n) with a constant n is in the frame unless it is kept or large; with any other n it is on the heap.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build -m -o %t %s 2>&1 | FileCheck --check-prefix=M %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

//go:noinline
func fill(s []int, n int) []int {
	for i := range s {
		s[i] = n + i
	}
	return s
}

// CHECK-DAG: escape: main.constant: 2 of 2 allocations
// CHECK-DAG: allocate: main.constant: 0, left: growslice 1
//
//go:noinline
func constant(n int) int {
	// M: [[#@LINE+1]]:{{[0-9]+}}: make([]int, 8) does not escape
	s := make([]int, 8)
	fill(s, n)
	// M: [[#@LINE+1]]:{{[0-9]+}}: make([]int, 0, 4) does not escape
	t := make([]int, 0, 4)
	// Growing goes to the heap, if it comes to that.
	for _, x := range s[:n] {
		t = append(t, x)
	}
	return s[7] + t[len(t)-1]
}

// CHECK-DAG: escape: main.variable: 0 of 1 allocations
//
//go:noinline
func variable(n int) int {
	// M: [[#@LINE+1]]:{{[0-9]+}}: make([]int, n) escapes to heap
	return fill(make([]int, n), n)[n-1]
}

// CHECK-DAG: escape: main.result: 0 of 1 allocations
//
//go:noinline
func result(n int) []int {
	// M: [[#@LINE+1]]:{{[0-9]+}}: make([]int, 3) escapes to heap
	return fill(make([]int, 3), n)
}

// CHECK-DAG: escape: main.large: 0 of 1 allocations
//
//go:noinline
func large(n int) int {
	// M: [[#@LINE+1]]:{{[0-9]+}}: make([]int, 8193) escapes to heap
	return fill(make([]int, 8193), n)[8192]
}

func main() {
	// OUT: 15
	// OUT-NEXT: 21
	// OUT-NEXT: 7
	// OUT-NEXT: 7
	// OUT-NEXT: 8196
	println(constant(3))
	println(constant(5))
	println(variable(4))
	println(result(5)[2])
	println(large(4))
}
