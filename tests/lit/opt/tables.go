// Tables of constants are data that nothing writes: in read-only memory if they are never changed, in place if the program indexes
// into a literal, and without code to fill them in any case.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build --emit=ir -o - %s | FileCheck --check-prefix=IR %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type entry struct {
	name string
	n    int
	next *entry
}

// The initialisers run no code.
//
// CHECK-DAG: @main.names = {{.*}}global {{.*}}@
// CHECK-DAG: @main.linked = {{.*}}global {{.*}}@
// CHECK-DAG: = {{.*}}constant [8 x i64] [i64 3, i64 1, i64 4, i64 1, i64 5, i64 9, i64 2, i64 6]
// IR-NOT: @"main.init"
// IR: func @"main.init"
// IR-NOT: @"main.names"
// IR-NOT: @"main.linked"
// IR: call @"main.compute"
// IR: return
var names = []string{"zero", "one", "two"}
var linked = &entry{"a", 1, &entry{"b", 2, nil}}
var computed = [2]int{compute(3), 1}

//go:noinline
func compute(n int) int { return n * n }

// The literal isn't copied to the frame.
//
// CHECK-LABEL: define{{.*}} @main.digit(
// CHECK-NOT: alloca
// CHECK: getelementptr {{.*}}@const
// CHECK: ret
//
//go:noinline
func digit(i int) int { return [...]int{3, 1, 4, 1, 5, 9, 2, 6}[i&7] }

// CHECK-LABEL: define{{.*}} @main.slice(
// CHECK-NOT: alloca
// CHECK: getelementptr {{.*}}@const
// CHECK: ret
//
//go:noinline
func slice(i int) int {
	t := []int{3, 1, 4, 1, 5, 9, 2, 6}
	return t[i&7]
}

// Changed: each call has its own.
//
// CHECK-LABEL: define{{.*}} @main.changed(
// CHECK: alloca
// CHECK: ret
//
//go:noinline
func changed(i int) int {
	t := [...]int{3, 1, 4, 1, 5, 9, 2, 6}
	for j := range i {
		t[(i+j)&7] += t[j&7]
	}
	return t[i&7]
}

func main() {
	// OUT: two b 9 5 9 4 4
	// OUT-NEXT: changed 7
	println(names[2], linked.next.name, computed[0], digit(4), slice(5), changed(3), changed(3))
	names[2] = "changed"
	linked.next.n = 7
	println(names[2], linked.next.n)
}
