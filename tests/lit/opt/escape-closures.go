// Closures and what they capture stay in the frame if they are only called, or given to functions that only call them; those that are
// stored, returned or run as goroutines are on the heap with what they capture by reference.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build -O0 --emit=opt -o - %s | FileCheck --check-prefix=O0 %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

//go:noinline
func each(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}

// CHECK-DAG: escape: main.given: 1 of 1 allocations and 1 of 1 variables
// O0-DAG: escape: main.given: 1 of 1 allocations and 1 of 1 variables
//
//go:noinline
func given(n int) (sum int) {
	each(n, func(i int) { sum += i * n })
	return
}

// CHECK-DAG: devirtualize: main.called: direct calls 3
//
//go:noinline
func called(n int) int {
	total := 0
	var add func(int)
	add = func(i int) { total += i }
	twice := func(i int) { total += 2 * i }
	add(n)
	twice(n)
	twice(1)
	return total
}

// CHECK-DAG: escape: main.returned: 0 of 1 allocations and 0 of 1 variables
// O0-DAG: escape: main.returned: 0 of 1 allocations and 0 of 1 variables
//
//go:noinline
func returned(n int) func() int { return func() int { n++; return n } }

// By value: the closure is on the heap, a variable isn't.
//
// CHECK-DAG: escape: main.copied: 0 of 1 allocations and 0 of 0 variables
//
//go:noinline
func copied(n int) func() int { return func() int { return n } }

var hook func()

// CHECK-DAG: escape: main.stored: 0 of 1 allocations and 0 of 1 variables
//
//go:noinline
func stored(n int) {
	hook = func() { n++; println(n) }
}

// CHECK-DAG: escape: main.started: 0 of 1 allocations and 0 of 1 variables
//
//go:noinline
func started(c chan int) (n int) {
	go func() { n = 5; c <- 1 }()
	<-c
	return n
}

func main() {
	// OUT: 30
	// OUT-NEXT: 11
	// OUT-NEXT: 6 7
	// OUT-NEXT: 4
	// OUT-NEXT: 9
	// OUT-NEXT: 5
	println(given(4) + 6)
	println(called(3))
	f := returned(5)
	println(f(), f())
	println(copied(4)())
	stored(8)
	hook()
	println(started(make(chan int)))
}
