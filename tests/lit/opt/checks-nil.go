// Nil checks of what cannot be nil are removed: addresses, new objects, what has been checked before; the rest stays, as a
// faulting access where there is one.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build --emit=asm -o - %s | FileCheck --check-prefix=ASM %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type node struct {
	next *node
	n    [4]int
}

//go:noinline
func use(p *int) { *p++ }

// CHECK-DAG: nil: main.addresses: checks removed 5
//
//go:noinline
func addresses(n int) int {
	p := &n
	*p = 3
	q := new(node)
	use(&q.n[1])
	r := &node{next: q}
	return *p + r.n[0] + q.n[1]
}

// CHECK-DAG: checks: main.again: 4, left: nil 1
//
//go:noinline
func again(p *node) int {
	p.n[0] = 4
	use(&p.n[1])
	return p.n[0] + p.n[1]
}

// CHECK-DAG: checks: main.tested: 2, left: none
//
//go:noinline
func tested(p *node) (n int) {
	for ; p != nil; p = p.next {
		n += p.n[0]
	}
	return
}

// Both checks panic at one place.
//
// CHECK-DAG: checks: main.unknown: 2, left: nil 1
//
//go:noinline
func unknown(p, q *node) int { return p.n[1] + q.n[2] }

// No instruction compares: the access faults.
//
// ASM-LABEL: {{^"?}}main.faults{{"?}}:
// ASM-NOT: testq
// ASM: ret
//
//go:noinline
func faults(p *node) int { return p.n[1] }

func main() {
	// OUT: 0 4 5 5 1
	// OUT-NEXT: runtime error: invalid memory address or nil pointer dereference
	println(faults(&node{}), addresses(1), again(&node{}), tested(&node{n: [4]int{5}}), unknown(&node{n: [4]int{0, 1, 2}}, &node{}))
	defer func() { println(recover().(error).Error()) }()
	unknown(&node{}, nil)
}
