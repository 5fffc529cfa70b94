// A map that doesn't outlive its function is in the frame, its first eight slots included; iteration and growth
// work as on the heap. Small integers are boxed without allocation.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc run %s 2>&1 | FileCheck --check-prefix=OUT %s
package main

import "runtime"

type key struct{ a, b int32 }

// CHECK-LABEL: define{{.*}} @main.local(
// CHECK-NOT: call {{.*}}@gosubc_newobject
// CHECK: ret i64
//
//go:noinline
func local(n int32) int {
	m := map[key]int{{n, 1}: 5}
	m[key{1, n}] += 2
	sum := len(m)
	for k, v := range m {
		sum += v + int(k.a)
	}
	return sum
}

// CHECK-LABEL: define{{.*}} @main.kept(
// CHECK: call {{.*}}@gosubc_newobject
// CHECK: ret ptr
//
//go:noinline
func kept() map[int]int { return map[int]int{1: 2} }

//go:noinline
func grows(n int) int {
	m := make(map[int][]int)
	for i := range n {
		m[i%20] = append(m[i%20], i)
		if i%7 == 0 {
			runtime.GC()
			delete(m, i%20)
		}
	}
	sum := 0
	for _, v := range m {
		for _, x := range v {
			sum += x
		}
	}
	return sum
}

var sink any

// CHECK-LABEL: define{{.*}} @main.box(
// CHECK: icmp ult i64 %{{.*}}, 256
// CHECK: gosubc_staticbytes
//
//go:noinline
func box(n int) { sink = n }

func allocs(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 1000 {
		f()
	}
	runtime.ReadMemStats(&after)
	return (after.Mallocs - before.Mallocs) / 1000
}

func main() {
	// OUT: 17
	println(local(7))
	// OUT-NEXT: 2
	println(kept()[1])
	// OUT-NEXT: 9 4 943
	println(len(maps(3)), len(maps(1)), grows(50)+kept()[3]+missing())
	// OUT-NEXT: 0 0 1
	println(allocs(func() { local(3) }), allocs(func() { box(255) }), allocs(func() { box(256) }))
}

func maps(n int) map[string]int {
	m := map[string]int{"a": n}
	for i := range 3 * n {
		m[string(rune('a'+i))] = i
	}
	if n == 1 {
		m["z"] = 1
	}
	return m
}

func missing() int {
	m := map[any]int{}
	return m["x"] + len(m)
}
