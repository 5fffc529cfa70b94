// Memory is zeroed only where the program may see that: not before a copy that fills it, not where append puts elements, not for results of
// concatenations and conversions. What stays partly unwritten is zero.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build -O0 --emit=llvm-ir -o - %s | FileCheck --check-prefix=O0 %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

import "slices"

// CHECK-LABEL: define{{.*}} @main.copied(
// CHECK-NOT: @gosubc_makeslice(
// CHECK: call ptr @gosubc_alloc_noscan_uninit(
// CHECK: call void @gosubc_memmove(
// CHECK: ret
//
// O0-LABEL: define{{.*}} @main.copied(
// O0: call {{.*}}@gosubc_makeslice(
//
//go:noinline
func copied(b []byte) []byte {
	c := make([]byte, len(b))
	copy(c, b)
	return c
}

// CHECK-LABEL: define{{.*}} @main.numbers(
// CHECK: call ptr @gosubc_alloc_noscan_uninit(
// CHECK: ret
//
//go:noinline
func numbers(s []int32) []int32 {
	c := make([]int32, len(s))
	copy(c, s)
	return c
}

// Longer than what is copied.
//
// CHECK-LABEL: define{{.*}} @main.longer(
// CHECK: call ptr @gosubc_makeslice(
// CHECK: ret
//
//go:noinline
func longer(b []byte) []byte {
	c := make([]byte, len(b)+100)
	copy(c, b)
	return c
}

// The copy may be shorter.
//
// CHECK-LABEL: define{{.*}} @main.other(
// CHECK: call ptr @gosubc_makeslice(
// CHECK: ret
//
//go:noinline
func other(b []byte, n int) []byte {
	c := make([]byte, n)
	copy(c, b)
	return c
}

// The collector looks at pointers.
//
// CHECK-LABEL: define{{.*}} @main.pointers(
// CHECK: call ptr @gosubc_makeslice(
// CHECK: ret
//
//go:noinline
func pointers(s []*int) []*int {
	c := make([]*int, len(s))
	copy(c, s)
	return c
}

// CHECK-LABEL: define{{.*}} @main.cloned(
// CHECK-NOT: memset
// CHECK: call {{.*}}@gosubc_growslice(
// CHECK-NOT: memset
// CHECK: ret
//
//go:noinline
func cloned(b []byte) []byte { return append([]byte(nil), b...) }

func main() {
	// OUT: 0 5 3 0
	garbage := make([]byte, 0)
	for range 300 {
		garbage = make([]byte, 2000)
		for i := range garbage {
			garbage[i] = 0xee
		}
	}
	b := make([]byte, 1500)
	for i := range b {
		b[i] = byte(i)
	}
	bad := 0
	for range 300 {
		c, d, e, f, g := copied(b), cloned(b), longer(b), other(b[:700], 1500), slices.Grow(b[:1500:1500], 600)
		if string(c) != string(b) || string(d) != string(b) || string(e[:1500]) != string(b) || string(f[:700]) != string(b[:700]) {
			bad++
		}
		for _, rest := range [][]byte{e[1500:], f[700:], d[len(d):cap(d)], g[1500:cap(g)]} {
			for _, x := range rest {
				if x != 0 {
					bad++
				}
			}
		}
	}
	n := 5
	println(bad, *pointers([]*int{&n})[0], numbers([]int32{1, 2, 3})[2], len(copied(nil)))
}
