// slices.Sort and its like are code for one type, with comparisons inline; only a comparison that the program gives is called, and a known one is
// inlined, too. sort.Slice sorts through functions.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

import (
	"cmp"
	"slices"
	"sort"
)

type person struct {
	name string
	age  int
}

//go:noinline
func ints(s []int32) { slices.Sort(s) }

//go:noinline
func find(s []int32, x int32) (int, bool) { return slices.BinarySearch(s, x) }

//go:noinline
func people(s []person) {
	slices.SortFunc(s, func(a, b person) int { return cmp.Compare(a.age, b.age) })
}

//go:noinline
func indices(s []int) { sort.Slice(s, func(i, j int) bool { return s[i] > s[j] }) }

// CHECK-LABEL: define{{.*}} @main.find(
// CHECK-NOT: call {{.*}}@gosubc_cmp
// CHECK-NOT: call {{.*}}slices
// CHECK: ret
//
// CHECK-LABEL: define{{.*}} @main.indices(
// CHECK: call {{.*}}@sort.Slice(
//
// Compares and swaps four-byte numbers; of the closure for people nothing is left but its comparison.
//
// CHECK: define{{.*}} @"slices.splitEqual[int32,slices.natural[int32]]"(
// CHECK-NOT: call {{[^@]*}} %
// CHECK: icmp {{s[lg][te]}} i32
// CHECK-NOT: call {{[^@]*}} %
// CHECK: {{^}}}
func main() {
	// OUT: -1 2 3 5 7 9 4 true
	// OUT-NEXT: b c a
	// OUT-NEXT: 3 2 1
	// OUT-NEXT: true 0 1008
	s := []int32{5, 2, 9, -1, 7, 3}
	ints(s)
	for _, x := range s {
		print(x, " ")
	}
	println(find(s, 7))
	p := []person{{"a", 30}, {"b", 20}, {"c", 25}}
	people(p)
	println(p[0].name, p[1].name, p[2].name)
	t := []int{1, 3, 2}
	indices(t)
	println(t[0], t[1], t[2])
	large := make([]int32, 1000)
	for i := range large {
		large[i] = int32(i * 7919 % 1009)
	}
	ints(large)
	println(slices.IsSorted(large), large[0], large[999])
}
