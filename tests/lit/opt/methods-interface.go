// Methods are linked if they are called directly or if somebody calls one of their name and type through an interface,
// and only of types that interface values may have; reflection counts all of them, and assertions know all of them.
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: llvm-nm %t | FileCheck %s --check-prefix=KEPT
// RUN: llvm-nm %t | FileCheck %s --check-prefix=GONE
// RUN: %gosubc build -O0 -o %t0 %s
// RUN: %t0 | FileCheck %s
// RUN: llvm-nm %t0 | FileCheck %s --check-prefix=GONE
package main

import (
	"fmt"
	"reflect"
)

type T struct{ n int }

//go:noinline
func (t *T) Called() int { return t.n }

//go:noinline
func (t *T) Deferred() { fmt.Println("deferred", t.n) }

//go:noinline
func (t *T) Started(c chan int) { c <- t.n }

//go:noinline
func (t *T) Bound() int { return t.n + 1 }

//go:noinline
func (t *T) Direct() int { return t.n + 2 }

//go:noinline
func (t *T) Asserted() int { return t.n + 3 }

//go:noinline
func (t *T) Unused() int { return t.n + 4 }

//go:noinline
func (t *T) hidden() int { return t.n + 5 }

// Same name as a method that is called, another type.
//
//go:noinline
func (t *T) Other(x string) int { return t.n + len(x) }

// Never in an interface value.
type plain struct{ n int }

//go:noinline
func (p *plain) Called() int { return p.n }

// In interface values, and its method is promoted.
type outer struct{ *T }

type caller interface{ Called() int }

type wide interface {
	caller
	Deferred()
	Started(chan int)
	Bound() int
	Other(int) int
}

type other struct{}

func (other) Called() int      { return 10 }
func (other) Deferred()        {}
func (other) Started(chan int) {}
func (other) Bound() int       { return 11 }
func (other) Other(x int) int  { return x }

var sink *plain

//go:noinline
func use(x any) {
	if c, ok := x.(caller); ok {
		fmt.Println("called", c.Called())
	}
	if d, ok := x.(interface{ Deferred() }); ok {
		defer d.Deferred()
	}
	if s, ok := x.(interface{ Started(chan int) }); ok {
		c := make(chan int, 1)
		go s.Started(c)
		if w, ok := x.(wide); ok {
			fmt.Println("wide", w.Other(1))
		} else {
			fmt.Println("started", <-c)
		}
	}
	if b, ok := x.(interface{ Bound() int }); ok {
		f := b.Bound
		fmt.Println("bound", f())
	}
	_, ok := x.(interface{ Asserted() int })
	fmt.Println("asserted", ok)
	_, ok = x.(interface{ Asserted(int) int })
	fmt.Println("other type", ok)
	fmt.Println("methods", reflect.TypeOf(x).NumMethod())
}

func main() {
	// CHECK: called 1
	// CHECK: started 1
	// CHECK: bound 2
	// CHECK: asserted true
	// CHECK: other type false
	// CHECK: methods 8
	// CHECK: deferred 1
	use(&T{1})
	// CHECK: called 7
	// CHECK: asserted true
	// CHECK: methods 8
	use(outer{&T{7}})
	// CHECK: called 10
	// CHECK: wide 1
	// CHECK: asserted false
	use(other{})
	sink = &plain{1}
	// CHECK: direct 3
	fmt.Println("direct", (&T{1}).Direct(), reflect.TypeFor[*T]().NumMethod())
}

// KEPT-DAG: main.(*T).Bound
// KEPT-DAG: main.(*T).Called
// KEPT-DAG: main.(*T).Deferred
// KEPT-DAG: main.(*T).Direct
// KEPT-DAG: main.(*T).Started

// GONE-NOT: main.(*T).Asserted
// GONE-NOT: main.(*T).Other
// GONE-NOT: main.(*T).Unused
// GONE-NOT: main.(*T).hidden
// GONE-NOT: main.(*plain).Called
// GONE-NOT: makefunc:
