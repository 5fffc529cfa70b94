// Which deferred calls run, in which order, and what recover returns in them: the behaviours that defer_test.go of Go's
// runtime tests, by other programs, with Go 1.27.3's output.
//   - a panic is recovered with the very value, without a condition around it
//   - functions with open-coded and other defers mixed on a stack, in both orders, each recover its own panic
//   - conditional open-coded defers run as far as they were reached, last first
//   - a defer in code that is dropped at compile time
//   - a panic in a deferred call aborts the one that runs it: one recover ends both
//   - recover in a deferred function's own deferred function is not for the outer panic, but for its own
//   - arguments too large for registers are evaluated once, at the statement: results, literals, fields
//   - a function that never returns still has its deferred calls run
//   - many recovers and panics anew on the way out leave no record behind on the stack
//   - records of all three forms in one frame and below, with large arguments, while the stack grows and is collected
//   - a panic recovered inside a deferred call leaves the panic around it, with open-coded defers and without
//   - deferred panics that replace one another in nested deferred calls, counted step by step
//   - a deferred recover counts as called by the function that defers it, with arguments or without
//   - recovery goes on in the frame that recovered with its remaining deferred calls, then in its caller
//
// RUN: %gosubc run %s | FileCheck %s
// RUN: %gosubc run -O0 %s | FileCheck %s
// RUN: %gosubc run -O3 %s | FileCheck %s
// RUN: %gosubc run -d=nodeferopen %s | FileCheck %s
// RUN: %gosubc run -d=nodeferopen,nodeferstack %s | FileCheck %s
// RUN: %gosubc run -O0 -d=nodeferopen,nodeferstack %s | FileCheck %s
package main

import (
	"fmt"
	"runtime"
)

var three = 3

func said(where string) {
	// Called directly by a deferred function: not entitled to recover.
	fmt.Println(where, "helper", recover())
}

func plain() {
	defer func() { fmt.Println("plain", recover()) }()
	panic("value")
}

//go:noinline
func openCoded(n int) {
	defer func(m int) { fmt.Println("open", m, recover()) }(n + 1)
	if n > 2 {
		panic("in open")
	}
}

func loopFirst() {
	for {
		defer func(n int) { fmt.Println("loop", n, recover()) }(3)
		if three > 2 {
			break
		}
	}
	openCoded(46)
	panic("in loop")
}

func openFirst() {
	openCoded(46)
	for {
		defer func(n int) { fmt.Println("loop", n, recover()) }(4)
		if three > 2 {
			break
		}
	}
	panic("in loop")
}

func conditional(n int) (order []int) {
	defer func() { fmt.Println("conditional", n, order, recover()) }()
	note := func(i int) { order = append(order, i) }
	func() {
		defer note(1)
		if n > 5 {
			defer note(2)
			if n > 8 {
				defer note(3)
			} else {
				defer note(4)
			}
		}
		panic("conditional")
	}()
	return
}

func dropped() {
	switch runtime.GOOS {
	case "plan10":
		defer fmt.Println("never")
	}
	fmt.Println("dropped")
}

func aborted() {
	defer func() { fmt.Println("aborted outer", recover()) }()
	defer func() { fmt.Println("aborted inner", recover()) }()
	defer func() { panic("second") }()
	panic("first")
}

func matching() {
	defer func() { fmt.Println("matching", recover()) }()
	defer func() {
		defer func() {
			fmt.Println("deferred by deferred", recover())
			said("deferred by deferred")
		}()
		said("deferred")
	}()
	panic("one")
}

type wide [100]byte

type record struct{ a, b, c, d, e, f int64 }

type holder struct{ in record }

var evaluated [3]int

func makeWide() (w wide) {
	evaluated[0]++
	w[4] = 5
	return
}

//go:noinline
func count(n int64) int64 {
	evaluated[1]++
	return n
}

func pass(h holder) holder {
	evaluated[2]++
	return h
}

func large() {
	var saved [4]int64
	defer func() { fmt.Println("large", evaluated, saved) }()
	defer func(w wide) { saved[0] = int64(w[4]) }(makeWide())
	defer func(r record) { saved[1] = r.b*10 + r.f }(record{1, 2, 3, 4, 5, count(6)})
	h := holder{}
	h.in.c = 4
	defer func(r record) { saved[2] = r.c }(h.in)
	defer func(r record) { saved[3] = r.c }(pass(h).in)
	h.in.c = 9
}

//go:noinline
func grow(p *int, n int) int {
	var room [64]int
	room[n&63] = *p
	if n > 0 {
		return grow(p, n-1) + room[n&63]
	}
	return *p
}

//go:noinline
func thrown() { panic("no exit") }

func endless() {
	state := 1
	defer func() { fmt.Println("endless", state, recover()) }()
	x := 0
	grow(&x, 1000)
	state = 2
	thrown()
	for {
	}
}

func interpret(level, last, stop int) {
	defer func() {
		if e := recover(); e != nil && e.(int) != level {
			panic(e)
		} else if e != nil {
			fmt.Println("stopped", level)
		}
	}()
	if level+1 < last {
		interpret(level+1, last, stop)
	} else {
		panic(stop)
	}
}

var saved uint64

//go:noinline
func overwrite(level, last int) {
	var a [40]uint64
	for i := range a {
		a[i] = ^uint64(0)
	}
	if level+1 < last {
		saved = a[level]
		overwrite(level+1, last)
		return
	}
	panic("overwritten")
}

func noRecordsLeft() {
	for _, stop := range []int{2, 1, 3} {
		interpret(0, 6, stop)
		func() {
			defer func() { recover() }()
			overwrite(0, 10)
		}()
	}
	fmt.Println("no records left", saved == ^uint64(0))
}

type thing struct{ n *int }

//go:noinline
func (t *thing) add() { *t.n++ }

var sums [9]int

func manyArguments(t *thing, a, b, c, d, e, f, g, h, i int) {
	defer t.add()
	defer func(t *thing, a, b, c, d, e, f, g, h, i int) {
		recover()
		sums = [9]int{a, b, c, d, e, f, g, h, i}
	}(t, a, b, c, d, e, f, g, h, i)
	panic("many")
}

func allForms(n *int) {
	t := &thing{n}
	for range 1 {
		defer t.add()
	}
	defer t.add()
	defer t.add()
	manyArguments(t, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	grow(n, 2000)
	runtime.GC()
}

func mixed() {
	n := 0
	for range 10 {
		allForms(&n)
		func() { allForms(&n) }()
	}
	fmt.Println("mixed", n, sums)
}

func insideLoop() {
	defer func() { fmt.Println("outer", recover()) }()
	func() {
		for {
			defer func() {}()
			break
		}
		defer func() {
			defer func() { fmt.Println("inner", recover()) }()
			panic(4)
		}()
		panic(1)
	}()
}

func steps(n *int, what string) {
	*n++
	fmt.Println(*n, what)
}

func replacing() {
	n := 0
	defer func() { fmt.Println("one", recover()) }()
	defer func() {
		defer func() {
			defer func() { fmt.Println("five", recover()) }()
			defer panic(5)
			func() { panic(4) }()
		}()
		defer func() { fmt.Println("three", recover()) }()
		defer panic(3)
	}()
	func() {
		defer steps(&n, "first")
		panic(1)
	}()
}

func deferredRecover() {
	try := func(what string, f func()) {
		defer func() { fmt.Println(what, recover()) }()
		f()
	}
	try("own panics", func() {
		defer recover()
		panic("own")
	})
	try("literal", func() {
		defer func() { defer recover() }()
		panic("recovered")
	})
	try("with an argument", func() {
		defer func(int) { defer recover() }(three)
		panic("recovered")
	})
	try("one call away", func() {
		defer func(int) {
			func() { defer recover() }()
		}(three)
		panic("kept")
	})
}

func goesOn() {
	n := 0
	defer func() {
		steps(&n, "end")
		fmt.Println("four", recover())
	}()
	func() {
		func() {
			defer func() {
				defer func() { fmt.Println("three", recover()) }()
				defer panic(3)
				panic(2)
			}()
			defer func() { fmt.Println("one", recover()) }()
			defer panic(1)
		}()
		defer func() {}()
		defer func() {}()
		defer steps(&n, "third")
		defer steps(&n, "second")
		steps(&n, "first")
	}()
	func() {
		defer steps(&n, "sixth")
		defer steps(&n, "fifth")
		func() {
			defer steps(&n, "fourth")
			panic(4)
		}()
		defer func() {}()
		defer panic(-1)
		defer steps(&n, "never")
		defer func() {}()
	}()
}

// CHECK: plain value
// CHECK-NEXT: open 47 in open
// CHECK-NEXT: loop 3 in loop
// CHECK-NEXT: open 47 in open
// CHECK-NEXT: loop 4 in loop
// CHECK-NEXT: conditional 8 [4 2 1] conditional
// CHECK-NEXT: conditional 9 [3 2 1] conditional
// CHECK-NEXT: conditional 1 [1] conditional
// CHECK-NEXT: dropped
// CHECK-NEXT: aborted inner second
// CHECK-NEXT: aborted outer <nil>
// CHECK-NEXT: deferred helper <nil>
// CHECK-NEXT: deferred by deferred <nil>
// CHECK-NEXT: deferred by deferred helper <nil>
// CHECK-NEXT: matching one
// CHECK-NEXT: large [1 1 1] [5 26 4 4]
// CHECK-NEXT: endless 2 no exit
// CHECK-NEXT: stopped 2
// CHECK-NEXT: stopped 1
// CHECK-NEXT: stopped 3
// CHECK-NEXT: no records left true
// CHECK-NEXT: mixed 80 [1 2 3 4 5 6 7 8 9]
// CHECK-NEXT: inner 4
// CHECK-NEXT: outer 1
// CHECK-NEXT: 1 first
// CHECK-NEXT: three 3
// CHECK-NEXT: five 5
// CHECK-NEXT: one 1
// CHECK-NEXT: one 1
// CHECK-NEXT: three 3
// CHECK-NEXT: 1 first
// CHECK-NEXT: 2 second
// CHECK-NEXT: 3 third
// CHECK-NEXT: 4 fourth
// CHECK-NEXT: 5 fifth
// CHECK-NEXT: 6 sixth
// CHECK-NEXT: 7 end
// CHECK-NEXT: four 4
// CHECK-NEXT: own panics own
// CHECK-NEXT: literal <nil>
// CHECK-NEXT: with an argument <nil>
// CHECK-NEXT: one call away kept
// CHECK-NOT: {{.}}
func main() {
	plain()
	loopFirst()
	openFirst()
	for _, n := range []int{8, 9, 1} {
		conditional(n)
	}
	dropped()
	aborted()
	matching()
	large()
	endless()
	noRecordsLeft()
	mixed()
	insideLoop()
	func() {
		replacing()
	}()
	goesOn()
	deferredRecover()
}
