// Closures that are known where they are called are inlined, although other calls come in between: what a closure
// object holds doesn't change.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc run %s 2>&1 | FileCheck --check-prefix=OUT %s
package main

func each(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}

func adder(n int) func(int) int { return func(x int) int { return x + n } }

//go:noinline
func other(p *int) { *p++ }

// CHECK-LABEL: define{{.*}} @main.sum(
// CHECK-NOT: call {{.*}}ptr nest nonnull
// CHECK: ret i64
//
//go:noinline
func sum(n int) int {
	total := 0
	add := func(x int) {
		if x%3 == 0 {
			total += x
		} else {
			total ^= x
		}
	}
	for i := range n {
		add(i)
		other(&total)
	}
	each(n, func(i int) { total += i })
	f := adder(n)
	other(&total)
	return f(total)
}

// OUT: 83
func main() { println(sum(10)) }
