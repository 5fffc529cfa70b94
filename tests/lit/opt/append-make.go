// append(s, make([]T, n)...) makes no second slice: it grows and clears.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

import "slices"

// CHECK-LABEL: define{{.*}} @main.zeros(
// CHECK-NOT: @gosubc_makeslice
// CHECK: call {{.*}}@gosubc_growslice(
// CHECK-NOT: @gosubc_makeslice
// CHECK: call void @llvm.memset
// CHECK: ret
//
//go:noinline
func zeros(s []int, n int) []int { return append(s, make([]int, n)...) }

// CHECK-LABEL: define{{.*}} @main.pointers(
// CHECK-NOT: @gosubc_makeslice
// CHECK: call {{.*}}@gosubc_growslice(
// CHECK-NOT: @gosubc_makeslice
// CHECK: ret
//
//go:noinline
func pointers(s []*int, n int) []*int { return append(s, make([]*int, n)...) }

// CHECK-LABEL: define{{.*}} @main.room(
// CHECK-NOT: @gosubc_makeslice
// CHECK: ret
//
//go:noinline
func room(s []byte, n int) []byte { return slices.Grow(s, n) }

// Something else has it, too.
//
// CHECK-LABEL: define{{.*}} @main.kept(
// CHECK: call {{.*}}@gosubc_makeslice(
// CHECK: ret
//
//go:noinline
func kept(s []int, n int) ([]int, []int) {
	t := make([]int, n)
	return append(s, t...), t
}

func main() {
	// OUT: 3 2 0 4
	// OUT-NEXT: 12 2 0
	// OUT-NEXT: 3 true 1
	// OUT-NEXT: 14 0 2
	// OUT-NEXT: runtime error: makeslice: len out of range
	s := []int{1, 2, 3, 4}
	s = zeros(s[:2], 1)
	println(len(s), s[1], s[2], s[:4][3])
	s = zeros(s, 9)
	println(len(s), s[1], s[11])
	println(len(pointers(nil, 3)), cap(room(nil, 10)) >= 10, len(room([]byte("a"), 3)))
	a, b := kept(s, 2)
	b[0] = 5
	println(len(a), a[12], len(b))
	defer func() { println(recover().(error).Error()) }()
	n := -1
	zeros(s, n)
}
