// Through calls: a parameter that doesn't leak keeps nothing of the caller on the heap, one that leaks does, and one that only what it
// points to leaks from lies between. Circles of functions are solved together, other packages' functions have summaries.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build -m -o %t %s 2>&1 | FileCheck --check-prefix=M %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

import "strings"

type box struct {
	p *int
	n int
}

var global *int

// M: [[#@LINE+3]]:{{[0-9]+}}: b does not escape
//
//go:noinline
func read(b *box) int { return *b.p + b.n }

// M: [[#@LINE+3]]:{{[0-9]+}}: leaking param content: b
//
//go:noinline
func content(b *box) { global = b.p }

// M: [[#@LINE+3]]:{{[0-9]+}}: leaking param: p
//
//go:noinline
func leak(p *int) { global = p }

// M: [[#@LINE+3]]:{{[0-9]+}}: p does not escape
//
//go:noinline
func even(p *int) bool {
	if *p == 0 {
		return true
	}
	n := *p - 1
	return odd(&n)
}

//go:noinline
func odd(p *int) bool {
	if *p == 0 {
		return false
	}
	n := *p - 1
	return even(&n)
}

// CHECK-DAG: escape: main.reads: 1 of 1 allocations and 1 of 1 variables
//
//go:noinline
func reads(n int) int {
	x := n
	return read(&box{&x, 1})
}

// CHECK-DAG: escape: main.contents: 1 of 1 allocations and 0 of 1 variables
//
//go:noinline
func contents(n int) {
	x := n
	content(&box{&x, 1})
}

// CHECK-DAG: escape: main.leaks: 0 of 0 allocations and 0 of 1 variables
//
//go:noinline
func leaks(n int) {
	x := n
	leak(&x)
}

// CHECK-DAG: escape: main.circle: 0 of 0 allocations and 1 of 1 variables
//
//go:noinline
func circle(n int) bool { return even(&n) }

// Nobody knows what this is.
//
// CHECK-DAG: escape: main.unknown: 0 of 0 allocations and 0 of 1 variables
//
//go:noinline
func unknown(f func(*int), n int) int {
	x := n
	f(&x)
	return x
}

// CHECK-DAG: escape: main.imported: 1 of 1 allocations
//
//go:noinline
func imported(s string) bool {
	parts := []string{s, "b"}
	return strings.Join(parts, "") == "ab"
}

func main() {
	// OUT: 5
	// OUT-NEXT: 6
	// OUT-NEXT: 7
	// OUT-NEXT: true false
	// OUT-NEXT: 9
	// OUT-NEXT: true
	println(reads(4))
	contents(6)
	println(*global)
	leaks(7)
	println(*global)
	println(circle(8), circle(3))
	println(unknown(func(p *int) { *p++ }, 8))
	println(imported("a"))
}
