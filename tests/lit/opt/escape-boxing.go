// What is converted to an interface is in the frame if the interface value doesn't outlive it.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type pair struct{ a, b int }
type summer interface{ sum() int }

func (p pair) sum() int { return p.a + p.b }

//go:noinline
func kind(v any) int {
	switch v := v.(type) {
	case int:
		return v
	case string:
		return len(v)
	case pair:
		return v.a
	}
	return -1
}

//go:noinline
func same(v any) any { return v }

// CHECK-DAG: escape: main.local: 4 of 4 allocations
//
//go:noinline
func local(n int, s string) int {
	return kind(n) + kind(s) + kind(pair{n, n}) + kind(float64(n))
}

// Through the result of a call.
//
// CHECK-DAG: escape: main.back: 1 of 1 allocations
//
//go:noinline
func back(n int) int { return same(pair{n, 1}).(pair).a }

// CHECK-DAG: escape: main.compared: 2 of 2 allocations
//
//go:noinline
func compared(n int, v any) bool { return v == any(pair{n, n}) || v == any(n) }

var sink any

// CHECK-DAG: escape: main.stored: 0 of 1 allocations
// CHECK-DAG: allocate: main.stored: 1, left: newobject_noscan 1
//
//go:noinline
func stored(n int) { sink = pair{n, n} }

// Somebody else's method may keep what it gets, and may be called with what is in the box.
//
// CHECK-DAG: escape: main.returned: 0 of 1 allocations
//
//go:noinline
func returned(n int) summer { return pair{n, 2} }

// Panics take their value along.
//
// CHECK-DAG: escape: main.panics: 0 of 1 allocations
//
//go:noinline
func panics(n int) { panic(pair{n, 3}) }

func main() {
	// OUT: 10
	// OUT-NEXT: 7
	// OUT-NEXT: true true false
	// OUT-NEXT: 6
	// OUT-NEXT: 11
	// OUT-NEXT: 9
	println(local(4, "abc"))
	println(back(7))
	println(compared(2, pair{2, 2}), compared(2, 2), compared(2, "2"))
	stored(6)
	println(sink.(pair).b)
	println(returned(9).sum())
	defer func() { println(recover().(pair).a) }()
	panics(9)
}
