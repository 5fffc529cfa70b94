// append of known elements stores them behind one comparison; only growing is a call. Known lengths need no copy by a call, and results
// that go back to the same variable keep pointer and capacity in place.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// CHECK-LABEL: define{{.*}} @main.one(
// CHECK-COUNT-1: call {{.*}}@gosubc_
// CHECK-NOT: call {{.*}}@gosubc_
// CHECK-NOT: call {{.*}}@llvm.mem
// CHECK: ret
//
//go:noinline
func one(s []int, x int) []int { return append(s, x) }

// CHECK-LABEL: define{{.*}} @main.three(
// CHECK: call {{.*}}@gosubc_growslice(
// CHECK-NOT: call {{.*}}@gosubc_
// CHECK: ret
//
//go:noinline
func three(s []int, x int) []int { return append(s, x, x+1, x+2) }

// CHECK-LABEL: define{{.*}} @main.word(
// CHECK: call {{.*}}@gosubc_growslice(
// CHECK-NOT: call {{.*}}@gosubc_
// CHECK: store i32
// CHECK: ret
//
//go:noinline
func word(b []byte) []byte { return append(b, "word"...) }

// CHECK-LABEL: define{{.*}} @main.slice(
// CHECK: call {{.*}}@gosubc_growslice(
// CHECK: call {{.*}}@gosubc_memmove(
// CHECK: ret
//
//go:noinline
func slice(s, t []int) []int { return append(s, t...) }

// Nothing to append: nothing happens.
//
// CHECK-LABEL: define{{.*}} @main.none(
// CHECK-NOT: call {{.*}}@gosubc
// CHECK: ret
//
//go:noinline
func none(s []int) []int { return append(s) }

// CHECK-LABEL: define{{.*}} @main.stays(
// CHECK-NOT: @gosubc_newobject
// CHECK-NOT: @gosubc_makeslice
// CHECK: ret
//
// It begins in the frame.
//
//go:noinline
func stays(n int) (sum int) {
	s := make([]int, 0, 16)
	for i := range n {
		s = append(s, i)
	}
	for _, x := range s {
		sum += x
	}
	return
}

func main() {
	// OUT: 1
	// OUT-NEXT: 2
	// OUT-NEXT: 1
	// OUT-NEXT: 2
	// OUT-NEXT: 3
	// OUT-NEXT: 4
	// OUT-NEXT: 6 a word 45 780
	s := slice(three(one(nil, 1), 2), []int{5, 6})
	// The elements are known before the slice grows.
	s = append(s[:2], append(s[:1], s[1:4]...)...)
	for _, x := range none(s) {
		println(x)
	}
	println(len(s), string(word([]byte("a "))), stays(10), stays(40))
}
