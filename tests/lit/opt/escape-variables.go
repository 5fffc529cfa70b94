// Variables whose address is taken, or that a closure captures, stay in the frame unless the address outlives it or a turn of the
// loop that makes them.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build -m -o %t %s 2>&1 | FileCheck --check-prefix=M %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// M-NOT: moved to heap: stays
//
// CHECK-DAG: escape: main.local: 0 of 0 allocations and 2 of 2 variables in the frame
// CHECK-DAG: escape: main.cyclic: 0 of 0 allocations and 1 of 1 variables in the frame
// CHECK-DAG: escape: main.leaks: 0 of 0 allocations and 0 of 2 variables in the frame
// CHECK-DAG: escape: main.turns: 0 of 0 allocations and 0 of 1 variables in the frame
// CHECK-DAG: escape: main.large: 0 of 0 allocations and 0 of 1 variables in the frame
//
//go:noinline
func set(p *int, n int) { *p = n }

//go:noinline
func local(n int) int {
	var stays [4]int
	var stays2 int
	set(&stays[n&3], n)
	p := &stays2
	set(p, n+1)
	return stays[n&3] * stays2
}

type node struct{ next *node }

// A circle within the frame.
//
//go:noinline
func cyclic() bool {
	var stays node
	stays.next = &stays
	return stays.next.next == &stays
}

var global *int

//go:noinline
func leaks(n int) *int {
	// M: [[#@LINE+1]]:{{[0-9]+}}: moved to heap: kept
	var kept int
	// M: [[#@LINE+1]]:{{[0-9]+}}: moved to heap: returned
	var returned int
	global = &kept
	set(global, n)
	set(&returned, n+1)
	return &returned
}

// Each turn has a variable of its own, which the next one still refers to.
//
//go:noinline
func turns(n int) int {
	var last *int
	sum := 0
	for i := range n {
		// M: [[#@LINE+1]]:{{[0-9]+}}: moved to heap: x
		x := i
		if last != nil {
			sum += *last
		}
		last = &x
	}
	return sum + *last
}

//go:noinline
func large(n int) byte {
	// M: [[#@LINE+1]]:{{[0-9]+}}: moved to heap: huge
	var huge [1 << 20]byte
	for i := range huge {
		huge[i] = byte(i + n)
	}
	p := &huge
	return p[n]
}

func main() {
	// OUT: 20
	// OUT-NEXT: true
	// OUT-NEXT: 8 7
	// OUT-NEXT: 10
	// OUT-NEXT: 6
	println(local(4))
	println(cyclic())
	println(*leaks(7), *global)
	println(turns(5))
	println(large(3))
}
