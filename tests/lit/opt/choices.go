// What is chosen by min and max is chosen without branches, also in loops, where LLVM would take some back: data decides, which the
// processor cannot foresee.
//
// RUN: %gosubc build --emit=asm -o %t.s %s
// RUN: FileCheck %s < %t.s
// RUN: %gosubc run %s | FileCheck %s --check-prefix=OUT
package main

import "fmt"

// CHECK-LABEL: main.distance:
// CHECK-COUNT-2: {{cmov(l|ge)q}}
// CHECK-LABEL: .Lfunc_end
//
//go:noinline
func distance(a, b []byte, prev, cur []int) int {
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
		}
		prev, cur = cur, prev
	}
	return prev[len(b)]
}

func main() {
	// OUT: 3
	fmt.Println(distance([]byte("tea"), []byte("east"), []int{0, 1, 2, 3, 4}, make([]int, 5)))
}
