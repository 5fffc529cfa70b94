// Recover in a function literal of a deferred method is not called by the deferred function: it returns nil, though the method is
// called through wrappers, which are optimised away.
//
// RUN: %gosubc run %s | FileCheck %s
// RUN: %gosubc run -O0 %s | FileCheck %s
// RUN: %gosubc run -O3 %s | FileCheck %s
// RUN: %gosubc run -d=nodeferopen,nodeferstack %s | FileCheck %s
package main

import "fmt"

type inner struct{ n int }

func (p *inner) direct(int)  { fmt.Println("direct:", recover()) }
func (p *inner) literal(int) { func() { fmt.Println("literal:", recover()) }() }
func (p *inner) both(int) {
	func() { fmt.Println("literal:", recover()) }()
	fmt.Println("then:", recover())
}

type outer struct {
	x int
	inner
}

type closer interface {
	direct(int)
	literal(int)
	both(int)
}

func run(f func()) {
	defer func() { fmt.Println("outside:", recover()) }()
	f()
}

// CHECK: direct: a
// CHECK-NEXT: outside: <nil>
// CHECK-NEXT: literal: <nil>
// CHECK-NEXT: outside: b
// CHECK-NEXT: literal: <nil>
// CHECK-NEXT: then: c
// CHECK-NEXT: outside: <nil>
// CHECK-NEXT: literal: <nil>
// CHECK-NEXT: literal: <nil>
// CHECK-NEXT: outside: d
// CHECK-NEXT: literal: <nil>
// CHECK-NEXT: outside: e
// CHECK-NEXT: literal: <nil>
// CHECK-NEXT: outside: f
// CHECK-NEXT: literal: <nil>
// CHECK-NEXT: outside: g
func main() {
	run(func() { defer closer(&outer{x: 1}).direct(1); panic("a") })
	run(func() { defer closer(&outer{x: 1}).literal(1); panic("b") })
	run(func() { defer closer(&outer{x: 1}).both(1); panic("c") })
	run(func() {
		for i := range 2 {
			defer closer(&outer{x: 1}).literal(i)
		}
		panic("d")
	})
	run(func() { f := (&outer{}).literal; defer f(1); panic("e") })
	run(func() { defer (*outer).literal(&outer{}, 1); panic("f") })
	run(func() { f := closer.literal; defer f(&outer{}, 1); panic("g") })
}
