// RUN: %gosubc build -o %t %s
// RUN: %exits 2 %t 2>&1 | FileCheck %s
package main

import "fmt"

type T struct{ n int }

func (t *T) fail(i int) int {
	defer fmt.Println("deferred")
	return []int{1, 2, 3}[i+t.n]
}

// CHECK: deferred
// CHECK-NEXT: panic: runtime error: index out of range [5] with length 3
// CHECK-EMPTY:
// CHECK-NEXT: goroutine 1 [running]:
// CHECK-NEXT: main.(*T).fail(
// CHECK-NEXT: panic.go:[[#@LINE - 8]]
// CHECK-NEXT: main.main()
func main() {
	fmt.Println((&T{2}).fail(3))
}
