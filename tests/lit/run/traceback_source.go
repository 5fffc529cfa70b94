// The source line itself in a traceback, where GODEBUG asks for it.
// RUN: %gosubc build -g -o %t %s
// RUN: env GODEBUG=tracesource=1 %exits 2 %t 2>&1 | FileCheck %s
// RUN: %exits 2 %t 2>&1 | FileCheck %s --check-prefix=WITHOUT --implicit-check-not="return a[i]"
package main

// CHECK: panic: runtime error: index out of range [3] with length 1
// CHECK: main.at(...)
// CHECK-NEXT: traceback_source.go:[[#@LINE + 6]]
// CHECK-NEXT: {{^}}		return a[i]{{$}}
// WITHOUT: main.at(...)
//
//go:noinline
func at(a []int, i int) int {
	return a[i]
}

// CHECK: main.main()
// CHECK: {{^}}		println(at([]int{1}, 3))
func main() {
	println(at([]int{1}, 3))
}
