// Small variables without pointers that one block allocates share an object. Those with pointers don't, for one would keep what
// the other refers to; nor do large ones.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build --emit=opt -o - %s | FileCheck --check-prefix=OPT %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

import "runtime"

type numbers struct {
	a *int64
	b *byte
	c *int16
	d *[2]int
}

// CHECK-LABEL: define{{.*}} @main.several(
// CHECK: call ptr @gosubc_newobject_noscan(i64 32)
// CHECK-NOT: @gosubc_newobject_noscan
// CHECK: ret
//
// OPT-DAG: allocate: main.several: 4, left: newobject_noscan 1
//
//go:noinline
func several(n int) numbers {
	a, b, c, d := new(int64), new(byte), new(int16), new([2]int)
	*a, *b, *c, d[1] = int64(n), byte(n), int16(n), n
	return numbers{a, b, c, d}
}

var sink [3]any

// Boxes, too.
//
// OPT-DAG: allocate: main.boxes: 3, left: newobject_noscan 1
//
//go:noinline
func boxes(x, y, z float64) { sink = [3]any{x, y, z} }

// Captured variables.
//
// OPT-DAG: allocate: main.counters: {{.*}}left: newobject 2, newobject_noscan 1
//
//go:noinline
func counters() (func() int, func() int) {
	a, b := 0, 10
	return func() int { a++; return a + b }, func() int { b++; return b }
}

type box struct{ p *int }

// OPT-DAG: allocate: main.pointers: 2, left: newobject 2
//
//go:noinline
func pointers(p *int) (*box, *box) { return &box{p}, &box{p} }

// OPT-DAG: allocate: main.large: 2, left: newobject_noscan 2
//
//go:noinline
func large() (*[4]int, *[4]int) { return new([4]int), new([4]int) }

// OPT-DAG: allocate: main.branches: 2, left: newobject_noscan 2
//
//go:noinline
func branches(n int) (p, q *int) {
	if p = new(int); n > 3 {
		q = new(int)
	}
	return
}

func main() {
	// OUT: 5 5 5 0 5 6 6 6 0 6
	// OUT-NEXT: 5 5 5 0 5 6 6 6 0 6
	// OUT-NEXT: 5 5 5 0 5 6 6 6 0 6
	// OUT-NEXT: true true true
	// OUT-NEXT: 11 11 13
	// OUT-NEXT: 7
	// OUT-NEXT: 4 0 5 6
	for range 3 {
		s := several(5)
		t := several(6)
		runtime.GC()
		println(*s.a, *s.b, *s.c, s.d[0], s.d[1], *t.a, *t.b, *t.c, t.d[0], t.d[1])
	}
	boxes(1.5, 2.5, 3.5)
	println(sink[0] == 1.5, sink[1] == 2.5, sink[2] == 3.5)
	f, g := counters()
	println(f(), g(), f())
	// The part that is kept keeps the whole.
	kept := several(7).c
	for range 1000 {
		several(8)
	}
	runtime.GC()
	several(9)
	println(*kept)
	n := 3
	a, b := pointers(&n)
	*a.p = 4
	x, y := large()
	x[3] = 1
	p, q := branches(4)
	*p, *q = 5, 6
	println(*b.p, y[3], *p, *q)
}
