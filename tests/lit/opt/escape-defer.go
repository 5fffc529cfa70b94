// Deferred closures and what they capture stay in the frame, be the defer open-coded or a record in the frame. Where the statement runs
// more than once, each execution has a record, and the closure is on the heap.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// CHECK-DAG: escape: main.open: 1 of 1 allocations and 2 of 2 variables
// CHECK-DAG: defer: main.open: 1 of 1 open-coded
//
//go:noinline
func open(n int) (r int) {
	x := n
	defer func() { r += x }()
	x *= 2
	return x
}

var sink *int

// CHECK-DAG: escape: main.leaks: 1 of 1 allocations and 0 of 1 variables
//
//go:noinline
func leaks(n int) {
	x := n
	defer func() { sink = &x }()
	x++
}

// CHECK-DAG: defer: main.loop.func1: 0 of 1 open-coded
// CHECK-DAG: allocate: main.loop.func1: {{.*}}left: {{.*}}deferproc 1
//
//go:noinline
func loop(n int) (r int) {
	func() {
		for i := range n {
			defer func() { r = r*10 + i }()
		}
	}()
	return
}

func main() {
	// OUT: 12
	// OUT-NEXT: 6
	// OUT-NEXT: 210
	println(open(3))
	leaks(5)
	println(*sink)
	println(loop(3))
}
