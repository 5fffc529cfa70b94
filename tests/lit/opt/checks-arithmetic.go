// Checks of divisors, shift counts and lengths to make are removed where the value is known well enough; a division of the least
// integer by -1, and shifts by the width or more, get no branch where they can't happen.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck --check-prefix=LL %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// CHECK-NOT: checks: main.constant
// LL-LABEL: define{{.*}} @main.constant(
// LL-NOT: br
// LL: ret
//
//go:noinline
func constant(n int) int { return n/10 + n%16 + n/-1 }

// CHECK: checks: main.divides: 1, left: divide 1
//
//go:noinline
func divides(n, d int) int { return n / d }

// CHECK: checks: main.made: 1, left: none
//
//go:noinline
func made(n uint16) []int { return make([]int, n) }

// CHECK: checks: main.makes: 1, left: make_slice_len 1
//
//go:noinline
func makes(n int) []int { return make([]int, n) }

// CHECK: checks: main.nonzero: 1, left: none
//
//go:noinline
func nonzero(n, d int) int {
	if d <= 0 {
		return -1
	}
	return n / d
}

// CHECK: checks: main.shifts: 1, left: shift 1
//
//go:noinline
func shifts(x uint32, n int) uint32 { return x << n }

// CHECK-NOT: checks: main.unsignedShift
// CHECK: checks: main.within: 1, left: none
//
// LL-LABEL: define{{.*}} @main.unsignedShift(
// LL: select
// LL: ret
//
//go:noinline
func unsignedShift(x uint32, n uint) uint32 { return x << n }

// LL-LABEL: define{{.*}} @main.within(
// LL-NOT: select
// LL: shl
// LL-NOT: select
// LL: ret
//
//go:noinline
func within(x uint32, n int) uint32 { return x << (n & 31) }

func main() {
	// OUT: -14 8301034833169298228 3 -1 -9223372036854775808
	// OUT-NEXT: 16 0 0 2 5 3
	// OUT-NEXT: 0 runtime error: integer divide by zero
	// OUT-NEXT: 1 runtime error: negative shift amount
	// OUT-NEXT: 2 runtime error: makeslice: len out of range
	println(constant(25), constant(-1<<63), nonzero(7, 2), nonzero(7, 0), divides(-1<<63, -1))
	println(shifts(1, 4), shifts(1, 32), unsignedShift(1, 33), within(1, 33), len(made(5)), len(makes(3)))
	for i, f := range []func(){func() { divides(1, 0) }, func() { shifts(1, -1) }, func() { makes(-1) }} {
		func() {
			defer func() { println(i, recover().(error).Error()) }()
			f()
		}()
	}
}
