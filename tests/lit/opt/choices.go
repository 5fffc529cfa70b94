// What is chosen by min and max is chosen without branches, also in loops, where LLVM would take some back: data decides, which the
// processor cannot foresee.
//
// RUN: %gosubc build --emit=asm -o %t.s %s
// RUN: FileCheck %s < %t.s
// RUN: %gosubc run %s | FileCheck %s --check-prefix=OUT
package main

import "fmt"

// CHECK-LABEL: main.row:
// CHECK: {{cmov(l|ge)q}}
// CHECK: {{cmov(l|ge)q}}
// CHECK-LABEL: .Lfunc_end
//
//go:noinline
func row(a byte, b []byte, prev, cur []int) {
	for j := 1; j < len(cur) && j < len(prev) && j <= len(b); j++ {
		cost := 1
		if a == b[j-1] {
			cost = 0
		}
		cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
	}
}

func main() {
	prev, cur := []int{0, 1, 2, 3, 4}, []int{1, 0, 0, 0, 0}
	for _, a := range []byte("tea") {
		row(a, []byte("east"), prev, cur)
		prev, cur = cur, prev
		cur[0] = prev[0] + 1
	}
	// OUT: [3 2 1 2 3]
	fmt.Println(prev)
}
