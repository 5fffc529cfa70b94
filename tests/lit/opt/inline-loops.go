// Small functions with loops are inlined like any others; large ones, and those that call themselves deeply, are not.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build --emit=opt -o - %s | FileCheck --check-prefix=OPT %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

func sum(s []int) (n int) {
	for _, x := range s {
		n += x
	}
	return
}

func index(s []string, want string) int {
	for i, x := range s {
		if x == want {
			return i
		}
	}
	return -1
}

// CHECK-LABEL: define{{.*}} @main.uses(
// CHECK-NOT: call {{.*}}@main.
// CHECK: ret
//
//go:noinline
func uses(s []int, t []string) int {
	return sum(s) + index(t, "b")
}

func all(s []int, ok func(int) bool) bool {
	for _, x := range s {
		if !ok(x) {
			return false
		}
	}
	return true
}

// With the closure that it calls.
//
// OPT: inline: main.positive: main.all, main.positive.func1
//
// CHECK-LABEL: define{{.*}} @main.positive(
// CHECK-NOT: call {{.*}}@main.
// CHECK: ret
//
//go:noinline
func positive(s []int) bool { return all(s, func(x int) bool { return x > 0 }) }

func large(s []int, n int) int {
	for i := range s {
		for j := range s {
			for k := range s {
				switch {
				case s[i] < s[j] && s[j] < s[k]:
					s[i], s[j] = s[j], s[k]
				case s[i]*s[j] == n || s[k]%7 == n:
					s[k] += s[i] / (1 + s[j]*s[j])
				case s[i] > 2*s[j]:
					s[k], s[j], s[i] = s[i], s[k], s[j]
				case s[j]^s[i] == s[k]:
					n += s[(i+j)%len(s)] * s[(j+k)%len(s)]
				}
			}
		}
	}
	return sum(s) + n
}

// CHECK-LABEL: define{{.*}} @main.usesLarge(
// CHECK: call {{.*}}@main.large(
// CHECK: call {{.*}}@main.large(
//
//go:noinline
func usesLarge(s []int) int { return large(s, 1) + large(s[1:], 2) }

func main() {
	// OUT: 7
	// OUT-NEXT: true false
	// OUT-NEXT: 96
	println(uses([]int{1, 2, 3}, []string{"a", "b"}))
	println(positive([]int{1, 2}), positive([]int{0}))
	println(usesLarge([]int{5, 3, 8, 1, 9}))
}
