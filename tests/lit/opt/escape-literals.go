// Composite literals whose address is taken, and the arrays of slice literals, stay in the frame unless they are kept.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type point struct{ x, y int }
type list struct {
	next *list
	n    int
}

var (
	kept  *point
	slice []int
)

//go:noinline
func norm(p *point) int { return p.x*p.x + p.y*p.y }

//go:noinline
func sum(l *list) (n int) {
	for ; l != nil; l = l.next {
		n += l.n
	}
	return
}

//go:noinline
func total(s []int) (n int) {
	for _, x := range s {
		n += x
	}
	return
}

// CHECK-DAG: escape: main.pointers: 4 of 4 allocations
//
//go:noinline
func pointers(n int) int {
	return norm(&point{n, 2}) + sum(&list{&list{&list{nil, n}, 2}, 3})
}

// CHECK-DAG: escape: main.slices: 2 of 2 allocations
//
//go:noinline
func slices(n int) int {
	s := []int{n, 2, 3}
	return total(s) + total([]int{n})
}

// CHECK-DAG: escape: main.keeps: 1 of 3 allocations
// CHECK-DAG: allocate: main.keeps: 2, left: newobject_noscan 2
//
//go:noinline
func keeps(n int) int {
	kept = &point{n, n}
	slice = []int{n, n, n}
	return norm(&point{1, n})
}

// CHECK-DAG: escape: main.inside: 0 of 2 allocations
//
//go:noinline
func inside(n int) *list { return &list{&list{nil, n}, 2} }

func main() {
	// OUT: 21
	// OUT-NEXT: 13
	// OUT-NEXT: 17
	// OUT-NEXT: 4 4 4
	// OUT-NEXT: 5
	println(pointers(3))
	println(slices(4))
	println(keeps(4))
	println(kept.x, slice[2], kept.y)
	println(sum(inside(3)))
}
