// `for range` reads each element once, without checks, and copies no array that it needn't; over strings, ASCII takes no call.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build --emit=opt -o - %s | FileCheck --check-prefix=OPT %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// OPT-NOT: checks: main.values
// OPT-NOT: checks: main.integers
//
// CHECK-LABEL: define{{.*}} @main.values(
// CHECK-NOT: call {{.*}}@gosubc
// CHECK: ret
//
//go:noinline
func values(s []string) (n int) {
	for i, x := range s {
		n += i * len(x)
	}
	return
}

// The array behind the pointer isn't copied; an array that the loop changes is.
//
// CHECK-LABEL: define{{.*}} @main.behind(
// CHECK-NOT: alloca
// CHECK: ret
//
//go:noinline
func behind(a *[1000]int) (n int) {
	for _, x := range a {
		n += x
		a[999] = 0
	}
	return
}

// CHECK-LABEL: define{{.*}} @main.changed(
// CHECK: alloca
// CHECK: call void @llvm.mem{{cpy|move}}
// CHECK: ret
//
//go:noinline
func changed(a [1000]int, p *int) (n int) {
	for i, x := range a {
		n += x
		a[999] = 0
		if p != nil {
			a[i&1] = *p
		}
	}
	return n + a[0]
}

// A sum of integers has a formula.
//
// CHECK-LABEL: define{{.*}} @main.integers(
// CHECK: lshr i{{65|128}}
// CHECK: ret
//
//go:noinline
func integers(n int) (sum int) {
	for i := range n {
		sum += i
	}
	return
}

// CHECK-LABEL: define{{.*}} @main.runes(
// CHECK: icmp {{(sgt|slt)}} i8 {{.*}}, {{-1|0}}
// CHECK: ret
//
//go:noinline
func runes(s string) (n int) {
	for i, r := range s {
		n += i * int(r)
	}
	return
}

// The iterator and the body are one loop.
//
// OPT-DAG: inline: main.function: main.count
//
// CHECK-LABEL: define{{.*}} @main.function(
// CHECK-NOT: call {{.*}}main
// CHECK: ret
//
//go:noinline
func function(n int) (sum int) {
	for i := range count(n) {
		if i == 7 {
			break
		}
		sum += i
	}
	return
}

func count(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; i < n; i += 2 {
			if !yield(i) {
				return
			}
		}
	}
}

func main() {
	// OUT: 8 16 5 55 276792 12
	var a [1000]int
	a[0], a[999] = 5, 6
	println(values([]string{"a", "bc", "def"}), changed(a, nil), behind(&a), integers(11), runes("aé\xff世"), function(7))
}
