// --emit=opt: the hash behind each part is the same for builds that have removed and proved the same, and another as soon as one thing differs.
// Escape analysis and what comes before LLVM don't depend on the level, if nothing is inlined.
// RUN: %gosubc build -O2 --emit=opt -o %t.2 %s
// RUN: %gosubc build -O3 --emit=opt -o %t.3 %s
// RUN: %gosubc build -O0 --emit=opt -o %t.0 %s
// RUN: grep -v "^checks\|^allocate\|^vectorize" %t.2 > %t.ir2
// RUN: grep -v "^checks\|^allocate\|^vectorize" %t.3 > %t.ir3
// RUN: grep -v "^checks\|^allocate\|^vectorize" %t.0 > %t.ir0
// RUN: diff %t.ir2 %t.ir3
// RUN: diff %t.ir2 %t.ir0
// RUN: FileCheck %s < %t.2
// RUN: FileCheck --check-prefix=O0 %s < %t.0
// RUN: sed "s/sink = nil/sink = \&x/" %s > %t.go
// RUN: %gosubc build -O2 --emit=opt -o %t.other %t.go
// RUN: FileCheck --check-prefix=OTHER %s < %t.other
// RUN: cat %t.2 %t.other | FileCheck --check-prefix=BOTH %s
// RUN: cat %t.2 %t.3 | FileCheck --check-prefix=SAME %s
package main

var sink *int

//go:noinline
func local(n int, p *int) int {
	x := n
	set(&x)
	sink = nil
	return x + *p
}

//go:noinline
func set(p *int) { *p++ }

//go:noinline
func sum(s []int) (n int) {
	for i := range len(s) {
		n += s[i]
	}
	return
}

// CHECK: escape: main.local: 0 of 0 allocations and 1 of 1 variables in the frame
// CHECK: escape: hash {{[0-9a-f]+$}}
// CHECK: checks: main.sum: 1, left: none
// CHECK: checks: hash
// CHECK: vectorize: main.sum: loops 1
//
// O0: checks: main.sum: 1, left: index 1
// O0-NOT: vectorize
//
// OTHER: escape: main.local: 0 of 0 allocations and 0 of 1 variables
// OTHER: allocate: main.local: 0, left: newobject_noscan 1
//
// SAME: escape: hash [[SAME:[0-9a-f]+]]
// SAME: escape: hash [[SAME]]
//
// BOTH: escape: hash [[HASH:[0-9a-f]+]]
// BOTH-NOT: escape: hash [[HASH]]
// BOTH: escape: hash
func main() {
	y := 1
	println(local(1, &y), sum([]int{1, 2}))
}
