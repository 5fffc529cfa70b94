// Calls through an interface whose dynamic type is known are direct: arguments and receivers stay in the frame. Of any other interface
// value nothing is known.
// RUN: %gosubc build --emit=opt -o %t.opt %s
// RUN: FileCheck %s < %t.opt
// RUN: FileCheck --check-prefix=NO %s < %t.opt
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type adder interface{ add(p *int) int }
type small struct{ n int }
type pair struct{ a, b int }

//go:noinline
func (s *small) add(p *int) int { s.n += *p; return s.n }

//go:noinline
func (s pair) add(p *int) int { return s.a + s.b + *p }

// CHECK-DAG: devirtualize: main.pointer: direct calls 1
// CHECK-DAG: escape: main.pointer: 1 of 1 allocations and 1 of 1 variables
//
//go:noinline
func pointer(n int) int {
	var a adder = &small{1}
	return a.add(&n)
}

// CHECK-DAG: devirtualize: main.value: direct calls 1
// CHECK-DAG: escape: main.value: 1 of 1 allocations and 1 of 1 variables
//
//go:noinline
func value(n int) int {
	a := adder(pair{n, 1})
	return a.add(&n)
}

func call(a adder, p *int) int { return a.add(p) }

// A function that calls a method of what it is given is inlined, so that the type is known.
//
// CHECK-DAG: inline: main.given: main.call
// CHECK-DAG: devirtualize: main.given: direct calls 1
// CHECK-DAG: escape: main.given: 0 of 0 allocations and 2 of 2 variables
//
//go:noinline
func given(n int) int {
	s := small{2}
	return call(&s, &n)
}

// NO-NOT: devirtualize: main.unknown
// CHECK-DAG: escape: main.unknown: 0 of 0 allocations and 0 of 1 variables
//
//go:noinline
func unknown(a adder, n int) int { return a.add(&n) }

// One of two types.
//
// NO-NOT: devirtualize: main.either
// CHECK-DAG: escape: main.either: 0 of 2 allocations and 0 of 1 variables
//
//go:noinline
func either(first bool, n int) int {
	var a adder = &small{3}
	if !first {
		a = pair{n, 2}
	}
	return a.add(&n)
}

func main() {
	// OUT: 5
	// OUT-NEXT: 9
	// OUT-NEXT: 6
	// OUT-NEXT: 7
	// OUT-NEXT: 8 12
	println(pointer(4))
	println(value(4))
	println(given(4))
	println(unknown(&small{3}, 4))
	println(either(true, 5), either(false, 5))
}
