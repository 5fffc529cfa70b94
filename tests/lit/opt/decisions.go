// -m says what is on the heap and which parameters leak, in Go's words.
// RUN: %gosubc build -m -o %t %s 2>&1 | FileCheck %s
package main

type T struct {
	next *T
	n    int
}

var sink any

// CHECK: decisions.go:[[#@LINE+1]]:11: leaking param: t to result ~r0 level=0
func same(t *T) *T { return t }

// CHECK-NEXT: decisions.go:[[#@LINE+1]]:11: t does not escape
func read(t *T) int { return t.n }

// CHECK-NEXT: decisions.go:[[#@LINE+1]]:11: leaking param: t
func keep(t *T) { sink = t }

// CHECK-NEXT: decisions.go:[[#@LINE+1]]:11: leaking param content: t
func next(t *T) { sink = t.next }

func main() {
	a := &T{n: 1}
	// CHECK-NEXT: decisions.go:[[#@LINE-1]]:{{[0-9]+}}: &T{...} does not escape
	b := &T{}
	// CHECK-NEXT: decisions.go:[[#@LINE-1]]:{{[0-9]+}}: &T{} escapes to heap
	var c T
	// CHECK-NEXT: decisions.go:[[#@LINE-1]]:{{[0-9]+}}: moved to heap: c
	n := read(same(a))
	keep(b)
	next(&T{next: &c})
	// CHECK-NEXT: decisions.go:[[#@LINE-1]]:{{[0-9]+}}: &T{...} does not escape
	s := make([]int, 4)
	// CHECK-NEXT: decisions.go:[[#@LINE-1]]:{{[0-9]+}}: make([]int, 4) does not escape
	f := func() { s[0] = n }
	// CHECK-NEXT: decisions.go:[[#@LINE-1]]:{{[0-9]+}}: func literal does not escape
	f()
	sink = s[0]
	// CHECK-NEXT: decisions.go:[[#@LINE-1]]:{{[0-9]+}}: s[0] escapes to heap
	// CHECK-NOT: decisions.go
}
