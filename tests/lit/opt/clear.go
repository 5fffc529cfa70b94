// clear of a slice is one memset, or a few stores if the length is known; pointers, too. clear of a map is a call of the map's own type.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type part struct {
	p *int
	n int
}

// CHECK-LABEL: define{{.*}} @main.all(
// CHECK: call void @llvm.memset
// CHECK-NOT: br
// CHECK: ret
//
//go:noinline
func all(s []part) { clear(s) }

// The loop that people write.
//
// CHECK-LABEL: define{{.*}} @main.loop(
// CHECK: call void @llvm.memset
// CHECK: ret
//
//go:noinline
func loop(s []int) {
	for i := range s {
		s[i] = 0
	}
}

// CHECK-LABEL: define{{.*}} @main.known(
// CHECK: call void @llvm.memset{{.*}}i64 32
// CHECK: ret
//
//go:noinline
func known(a *[2]part) { clear(a[:]) }

// Not all bytes.
//
// CHECK-LABEL: define{{.*}} @main.half(
// CHECK-NOT: call void @llvm.memset
// CHECK: ret
//
//go:noinline
func half(s []part) {
	for i := range s {
		s[i].n = 0
	}
}

// CHECK-LABEL: define{{.*}} @main.table(
// CHECK: call {{.*}}@"internal/runtime/maps.Clear[string,int]"(
// CHECK: ret
//
//go:noinline
func table(m map[string]int) { clear(m) }

func main() {
	// OUT: true 0
	// OUT-NEXT: 1 true true
	// OUT-NEXT: true 0
	// OUT-NEXT: 0 0 3
	// OUT-NEXT: 0
	n := 5
	s := []part{{&n, 1}, {&n, 2}, {&n, 3}}
	half(s[2:])
	println(s[2].p == &n, s[2].n)
	all(s[1:])
	println(s[0].n, s[1].p == nil, s[2].p == nil)
	a := [2]part{{&n, 1}, {&n, 2}}
	known(&a)
	println(a[0].p == nil, a[1].n)
	t := []int{1, 2, 3}
	loop(t[:2])
	println(t[0], t[1], t[2])
	m := map[string]int{"a": 1}
	table(m)
	println(len(m))
}
