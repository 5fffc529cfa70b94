// A chain of concatenations is one call, however long; operands that are empty constants cost nothing, constants are joined. s += t in a
// loop remains what it says.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// CHECK-LABEL: define{{.*}} @main.two(
// CHECK-COUNT-1: call {{.*}}@gosubc_concatstring2(
// CHECK-NOT: call {{.*}}@gosubc
// CHECK: ret
//
//go:noinline
func two(a, b string) string { return a + b }

// CHECK-LABEL: define{{.*}} @main.chain(
// CHECK-COUNT-1: call {{.*}}@gosubc_concatstrings({{.*}}, i64 5)
// CHECK-NOT: call {{.*}}@gosubc
// CHECK: ret
//
//go:noinline
func chain(a, b, c string) string { return a + "/" + (b + "=") + c }

// CHECK-LABEL: define{{.*}} @main.constants(
// CHECK-NOT: call {{.*}}@gosubc
// CHECK: ret
//
//go:noinline
func constants() string { const a = "x"; return a + "y" + a }

// CHECK-LABEL: define{{.*}} @main.assign(
// CHECK-COUNT-1: call {{.*}}@gosubc_concatstrings({{.*}}, i64 3)
// CHECK-NOT: call {{.*}}@gosubc
// CHECK: ret
//
//go:noinline
func assign(s, t string) string {
	s += t + ";"
	return s
}

// CHECK-LABEL: define{{.*}} @main.loop(
// CHECK: phi
// CHECK: call {{.*}}@gosubc_concatstring2(
// CHECK: ret
//
//go:noinline
func loop(t string, n int) (s string) {
	for range n {
		s += t
	}
	return
}

func main() {
	// OUT: v-v-
	// OUT-NEXT: ab a/b=c xyx st; ababab
	// OUT-NEXT: b a 0 /=
	m := map[string]string{"k": "v"}
	m["k"] += "-" + m["k"] + "-"
	println(m["k"])
	println(two("a", "b"), chain("a", "b", "c"), constants(), assign("s", "t"), loop("ab", 3))
	println(two("", "b"), two("a", ""), len(two("", "")), chain("", "", ""))
}
