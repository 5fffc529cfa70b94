// Strings are compared by length first, then by bytes; with constants, without a call. Only an order takes the runtime.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build --emit=asm -o - %s | FileCheck --check-prefix=ASM %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// CHECK-LABEL: define{{.*}} @main.same(
// CHECK: icmp eq i64
// CHECK: icmp eq ptr
// CHECK: call i32 @bcmp(
// CHECK: ret
//
//go:noinline
func same(a, b string) bool { return a == b }

// ASM-LABEL: {{^"?}}main.constant{{"?}}:
// ASM-NOT: call
// ASM: ret
//
//go:noinline
func constant(s string) bool { return s == "constant" }

// ASM-LABEL: {{^"?}}main.empty{{"?}}:
// ASM-NOT: call
// ASM: ret
//
//go:noinline
func empty(s string) bool { return s == "" || s != "x" && s[0] == 'x' }

// CHECK-LABEL: define{{.*}} @main.less(
// CHECK: call i64 @gosubc_cmpstring(
// CHECK-NOT: call i64 @gosubc_cmpstring(
// CHECK: ret
//
//go:noinline
func less(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// CHECK-LABEL: define{{.*}} @main.arrays(
// CHECK-NOT: call {{.*}}gosubc
// CHECK: ret
//
//go:noinline
func arrays(a, b [8]byte) bool { return a == b }

func main() {
	// OUT: true false false true false
	// OUT-NEXT: true false true false
	// OUT-NEXT: -1 1 -1 1 0
	// OUT-NEXT: true false
	s := "const"
	println(same(s, "const"), same(s, "consT"), same(s, "con"), constant(s+"ant"), constant(s))
	println(empty(""), empty("x"), empty("xy"), empty("y"))
	println(less("a", "b"), less("b", "a"), less("a", "ab"), less("a\xff", "a"), less("", ""))
	println(arrays([8]byte{7: 1}, [8]byte{7: 1}), arrays([8]byte{7: 1}, [8]byte{}))
}
