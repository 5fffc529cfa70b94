// What is stored to a slice's elements cannot change the slice: loops over slices in memory keep pointer and length in registers and are
// vectorised. Functions that convert unsafe.Pointer don't rely on types. Equal divisions of an unrolled loop are made once.
//
// RUN: %gosubc build --emit=llvm-ir -o %t.ll %s
// RUN: FileCheck %s < %t.ll
// RUN: %gosubc run %s | FileCheck %s --check-prefix=OUT
package main

import (
	"fmt"
	"unsafe"
)

type table struct {
	n    int
	data []float64
}

// CHECK-LABEL: define {{.*}}@"main.(*table).scale"
// CHECK: fmul <2 x double>
// CHECK: {{^}}}
//
//go:noinline
func (t *table) scale(f float64) {
	for i := range t.data {
		t.data[i] *= f
	}
}

// The length is read again: it may be what has been stored.
//
// CHECK-LABEL: define {{.*}}@main.overwrite
// CHECK-NOT: !tbaa
// CHECK: {{^}}}
//
//go:noinline
func overwrite(s *[]int) int {
	(*[3]int)(unsafe.Pointer(s))[1] = 1
	n := len(*s)
	(*[3]int)(unsafe.Pointer(s))[1] = 3
	return n
}

// CHECK-LABEL: define {{.*}}@main.neighbours
// CHECK-COUNT-6: srem
// CHECK-NOT: srem
// CHECK: {{^}}}
//
//go:noinline
func neighbours(g [][]bool, x, y int) int {
	n, h, w := 0, len(g), len(g[0])
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if (dx != 0 || dy != 0) && g[(y+dy+h)%h][(x+dx+w)%w] {
				n++
			}
		}
	}
	return n
}

func main() {
	t := table{data: []float64{1, 2, 3, 4, 5}}
	t.scale(2)
	s := []int{1, 2, 3}
	n := overwrite(&s)
	g := [][]bool{{true, true, false}, {true, true, false}, {false, false, false}}
	// OUT: [2 4 6 8 10] 1 3 3
	fmt.Println(t.data, n, len(s), neighbours(g, 0, 0))
}
