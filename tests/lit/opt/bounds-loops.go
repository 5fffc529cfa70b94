// Loops whose variable cannot leave a slice have no bounds checks; those where it can keep one.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// CHECK-DAG: checks: main.ranged: 1, left: none
//
//go:noinline
func ranged(s []int) (n int) {
	for i := range s {
		n += s[i]
	}
	return
}

// CHECK-DAG: checks: main.counted: 1, left: none
//
//go:noinline
func counted(s []int) (n int) {
	for i := 0; i < len(s); i++ {
		n += s[i]
	}
	return
}

// CHECK-DAG: checks: main.down: 1, left: none
//
//go:noinline
func down(s []int) (n int) {
	for i := len(s) - 1; i >= 0; i-- {
		n = n*3 + s[i]
	}
	return
}

// CHECK-DAG: checks: main.pairs: 3, left: none
//
//go:noinline
func pairs(s []int) (n int) {
	for i := 1; i < len(s); i++ {
		n += s[i] * s[i-1]
	}
	for i := 0; i < len(s)-1; i += 2 {
		n ^= s[i]
	}
	return
}

// CHECK-DAG: checks: main.array: 2, left: nil 1
//
//go:noinline
func array(a *[8]int) (n int) {
	for i := range 8 {
		n += a[i]
	}
	return
}

// CHECK-DAG: checks: main.bytes: 1, left: none
//
//go:noinline
func bytes(s string) (n int) {
	for i := 0; i < len(s); i++ {
		n = n*31 + int(s[i])
	}
	return
}

// CHECK-DAG: checks: main.other: 1, left: index 1
//
//go:noinline
func other(s []int, n int) (sum int) {
	for i := range n {
		sum += s[i]
	}
	return
}

// CHECK-DAG: checks: main.behind: 1, left: index 1
//
//go:noinline
func behind(s []int) (sum int) {
	for i := 0; i <= len(s); i++ {
		sum += s[i]
		if sum > 5 {
			break
		}
	}
	return
}

func main() {
	// OUT: 10 10 142 22
	// OUT-NEXT: 36 3105
	// OUT-NEXT: 3 6
	// OUT-NEXT: runtime error: index out of range [4] with length 4
	s := []int{1, 2, 3, 4}
	println(ranged(s), counted(s), down(s), pairs(s))
	println(array(&[8]int{1, 2, 3, 4, 5, 6, 7, 8}), bytes("ab"))
	println(other(s, 2), behind(s))
	defer func() { println(recover().(error).Error()) }()
	other(s, 5)
}
