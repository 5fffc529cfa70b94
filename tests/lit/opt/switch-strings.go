// A switch on strings looks at the length first, as one switch on integers, and compares bytes only with the cases of that length; without a
// call where these are short. Cases that aren't constants are compared in their order.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build --emit=asm -o - %s | FileCheck --check-prefix=ASM %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// CHECK-LABEL: define{{.*}} @main.keyword(
// CHECK: switch i64 %{{.*}}, label
// CHECK-NEXT: i64 2, label
// CHECK-NEXT: i64 3, label
// CHECK-NEXT: i64 4, label
// CHECK-NEXT: i64 6, label
// CHECK-NOT: @gosubc
// CHECK: ret
//
// ASM-LABEL: {{^"?}}main.keyword{{"?}}:
// ASM-NOT: call
// ASM: .cfi_endproc
//
//go:noinline
func keyword(s string) int {
	switch s {
	case "if", "go":
		return 1
	case "for":
		return 2
	case "func", "case", "else":
		return 3
	case "switch", "select", "return":
		return 4
	case "var":
		return 5
	}
	return 0
}

// Two cases are no table.
//
// CHECK-LABEL: define{{.*}} @main.variable(
// CHECK-NOT: switch
// CHECK: @bcmp(
// CHECK: ret
//
//go:noinline
func variable(s, first, second string) int {
	switch s {
	case first:
		return 1
	case second:
		return 2
	}
	return 0
}

func main() {
	// OUT: 1 1 0 2 5 0 3 3 3 4 4 4 0 0 1 2 0
	for _, s := range []string{"if", "go", "gi", "for", "var", "vax", "func", "case", "else", "switch", "select", "return", "", "functions"} {
		print(keyword(s), " ")
	}
	println(variable("a", "a", "a"), variable("b", "a", "b"), variable("c", "a", "b"))
}
