// Generic types declared in generic functions depend on the arguments of both.
//
// RUN: %gosubc run %s | FileCheck %s

package main

import "fmt"

type Int int

func pairs[A any](a A) (any, any) {
	type pair[B any] struct {
		a    A
		b    B
		next *pair[B]
	}
	type strings = pair[string]
	p := &pair[int]{a: a, b: 1}
	p.next = &pair[int]{a: a, b: 2}
	return p, &strings{a: a, b: "s"}
}

func values[A any](a A) any {
	type box[B any] struct{ in map[string]B }
	type boxes []box[A]
	return boxes{{in: map[string]A{"k": a}}}
}

func show[A any](a A) {
	x, y := pairs(a)
	fmt.Printf("%T %T %T\n", x, y, values(a))
}

func main() {
	show(1)
	show(Int(1))
	x, _ := pairs(1)
	y, _ := pairs(Int(1))
	z, _ := pairs(2)
	fmt.Printf("%T %T\n", x, y)
	same := func(x, y any) bool { return fmt.Sprintf("%T", x) == fmt.Sprintf("%T", y) }
	fmt.Println(same(x, y), same(x, z), values(3))
}

// CHECK: *main.pair[int;int] *main.pair[int;string] main.boxes[int]
// CHECK: *main.pair[main.Int;int] *main.pair[main.Int;string] main.boxes[main.Int]
// CHECK: *main.pair[int;int] *main.pair[main.Int;int]
// CHECK: false true [{map[k:3]}]
