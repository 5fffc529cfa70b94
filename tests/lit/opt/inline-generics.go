// Instances of generic functions and methods are inlined as what they are: code for one type. A call through a constraint's method
// is direct.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

import (
	"cmp"
	"slices"
)

func largest[T cmp.Ordered](s ...T) T {
	m := s[0]
	for _, x := range s[1:] {
		m = max(m, x)
	}
	return m
}

type stack[T any] struct{ list []T }

func (s *stack[T]) push(x T) { s.list = append(s.list, x) }
func (s *stack[T]) top() T   { return s.list[len(s.list)-1] }

type sizer interface{ size() int }
type file struct{ n int }

func (f file) size() int { return f.n }

func total[T sizer](list []T) (n int) {
	for _, x := range list {
		n += x.size()
	}
	return
}

// CHECK-LABEL: define{{.*}} @main.ints(
// CHECK-NOT: call {{.*}}@"main.
// CHECK-NOT: call {{.*}}@main.
// CHECK: ret
//
//go:noinline
func ints(a, b, c int) int { return largest(a, b, c) + len(slices.Repeat([]int{a}, 0)) }

// CHECK-LABEL: define{{.*}} @main.methods(
// CHECK-NOT: call {{.*}}@"main.
// CHECK: ret
//
//go:noinline
func methods(n int32) int32 {
	var s stack[int32]
	s.push(n)
	return s.top()
}

// CHECK-LABEL: define{{.*}} @main.constraint(
// CHECK-NOT: call {{.*}}main
// CHECK: ret
//
//go:noinline
func constraint(list []file) int { return total(list) }

//go:noinline
func never[T any](x T) T { return x }

// CHECK-LABEL: define{{.*}} @main.calls(
// CHECK: call {{.*}}@"main.never[int]"(
//
//go:noinline
func calls(n int) int { return never(n) }

// The type argument is an interface: which method it is, is known only then.
//
// CHECK-LABEL: define{{.*}} @main.dynamic(
// CHECK: call i64 %
//
//go:noinline
func dynamic(list []sizer) int { return total(list) }

func main() {
	// OUT: 9
	// OUT-NEXT: 7
	// OUT-NEXT: 3
	// OUT-NEXT: 5
	// OUT-NEXT: 7
	println(ints(3, 9, 4))
	println(methods(7))
	println(constraint([]file{{1}, {2}}))
	println(calls(5))
	println(dynamic([]sizer{file{3}, file{4}}))
}
