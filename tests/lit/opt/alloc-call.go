// An allocation is one call with one argument, a type or a size that is known; nothing is stored to it but what the program says, since
// it comes zeroed. An object whose result isn't used is not made.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build --emit=opt -o - %s | FileCheck --check-prefix=OPT %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type node struct {
	left, right *node
	n           int
}

// CHECK-LABEL: define{{.*}} @main.tree(
// CHECK: call ptr @gosubc_newobject(ptr nonnull @"type:main.node")
// CHECK-NOT: memset
// CHECK-COUNT-1: store i64
// CHECK-NOT: store
// CHECK: ret
//
//go:noinline
func tree(n int) *node { return &node{n: n} }

// CHECK-LABEL: define{{.*}} @main.number(
// CHECK: call ptr @gosubc_newobject_noscan(i64 8)
// CHECK-NOT: memset
// CHECK-NOT: store i64 0
// CHECK: ret
//
//go:noinline
func number() *int { return new(int) }

// OPT: allocate: main.unused: 1, left: none
//
//go:noinline
func unused(n int) int {
	p := number2(n)
	_ = make([]byte, n&7)
	return *p
}

func number2(n int) *int { return &n }

// OPT: allocate: main.used: {{.*}}makeslice 1
//
//go:noinline
func used(n int) []byte { return make([]byte, n) }

func main() {
	// OUT: 5 6 true 0 7 8
	t := tree(5)
	t.left = tree(6)
	println(t.n, t.left.n, t.right == nil, *number(), unused(7), len(used(8)))
}
