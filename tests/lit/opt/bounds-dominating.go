// A check that an earlier check or condition implies is removed; what only seems to imply it doesn't.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// CHECK-DAG: checks: main.again: 3, left: index 1
//
//go:noinline
func again(s []int, i int) int { return s[i] + s[i] + s[i]*2 }

// CHECK-DAG: checks: main.highest: 4, left: index 1
//
//go:noinline
func highest(b []byte) uint32 {
	_ = b[3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
}

// CHECK-DAG: checks: main.tested: 1, left: none
//
//go:noinline
func tested(s []int, i int) int {
	if i >= 0 && i < len(s) {
		return s[i]
	}
	return -1
}

// CHECK-DAG: checks: main.unsigned: 1, left: none
//
//go:noinline
func unsigned(s []int, i int) int {
	if uint(i) < uint(len(s)) {
		return s[i]
	}
	return -1
}

// CHECK-DAG: checks: main.masked: 3, left: nil 1
//
//go:noinline
func masked(t *[256]byte, u [16]byte, x byte) byte { return t[x] + u[x>>4] }

// CHECK-DAG: checks: main.slices: 2, left: none
//
//go:noinline
func slices(s []int, n int) []int {
	if n < 0 || n > len(s) {
		return nil
	}
	return append(s[:n], s[n:]...)
}

// CHECK-DAG: checks: main.halves: 2, left: none
//
//go:noinline
func halves(s string) (string, string) { return s[:len(s)/2], s[len(s)/2:] }

// No length is negative, and none is larger than the capacity.
//
// CHECK-DAG: checks: main.middle: 1, left: none
//
//go:noinline
func middle(s []int) int {
	if len(s) == 0 {
		return 0
	}
	return s[len(s)/2]
}

// CHECK-DAG: checks: main.pop: 2, left: none
//
//go:noinline
func pop(s []int) ([]int, int) {
	if len(s) == 0 {
		return s, 0
	}
	return s[:len(s)-1], s[len(s)-1]
}

// It may be negative.
//
// CHECK-DAG: checks: main.halfTested: 1, left: index 1
//
//go:noinline
func halfTested(s []int, i int) int {
	if i < len(s) {
		return s[i]
	}
	return -1
}

// The slice is another one behind the call.
//
// CHECK-DAG: checks: main.changed: 4, left: index 2, nil 1
//
//go:noinline
func changed(s *[]int, i int) int {
	n := (*s)[i]
	cut(s)
	return n + (*s)[i]
}

//go:noinline
func cut(s *[]int) { *s = (*s)[:1] }

func main() {
	// OUT: 8 197121 3 -1 -1 1 -1
	// OUT-NEXT: 9 3 3
	// OUT-NEXT: a bc
	// OUT-NEXT: 2 3 2
	// OUT-NEXT: runtime error: index out of range [3] with length 3
	// OUT-NEXT: runtime error: index out of range [-1]
	// OUT-NEXT: runtime error: index out of range [1] with length 1
	s := []int{1, 2, 3}
	println(again(s, 1), highest([]byte{1, 2, 3, 4}), tested(s, 2), tested(s, -1), tested(s, 3), unsigned(s, 0), unsigned(s, -1))
	println(masked(&[256]byte{255: 7}, [16]byte{15: 2}, 255), len(slices(s, 2)), halfTested(s, 2))
	a, b := halves("abc")
	println(a, b)
	rest, last := pop(s)
	println(len(rest), last, middle(s))
	try := func(f func()) {
		defer func() { println(recover().(error).Error()) }()
		f()
	}
	try(func() { highest([]byte{1, 2, 3}) })
	try(func() { halfTested(s, -1) })
	try(func() { changed(&s, 1) })
}
