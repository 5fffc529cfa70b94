// Copies of unknown length are one direct call; those of known length are moves.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
package main

// CHECK-LABEL: define{{.*}} @main.some(
// CHECK: call void @gosubc_memmove(
// CHECK: ret
//
//go:noinline
func some(dst, src []int) int { return copy(dst, src) }

// CHECK-LABEL: define{{.*}} @main.four(
// CHECK-NOT: gosubc_memmove
// CHECK: store i32
// CHECK: ret
//
//go:noinline
func four(dst *[4]byte, src *[4]byte) { copy(dst[:], src[:]) }

func main() {
	a, b := []int{1, 2, 3}, [4]byte{}
	println(some(a, a[1:]), a[0])
	four(&b, &[4]byte{7})
	println(b[0])
}
