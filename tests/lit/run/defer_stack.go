// Records in the frame: linked and taken by the code itself, the deferred functions called directly.
// RUN: %gosubc run %s | FileCheck %s
// RUN: %gosubc run -O0 %s | FileCheck %s
// RUN: %gosubc build -emit=asm -o %t.s %s
// RUN: FileCheck --check-prefix=ASM %s < %t.s
// The recovery code leaves the rest to the runtime.
// ASM: main.nine:
// ASM: gosubc_g@TPOFF
// ASM-NOT: gosubc_deferproc
// ASM: gosubc_deferreturn
// ASM-NOT: gosubc_deferreturn
// ASM: .cfi_endproc
package main

import "fmt"

//go:noinline
func nine(c bool, s string) (r int) {
	defer func() { r++; fmt.Println("a", r, recover()) }()
	if c {
		defer fmt.Println("b", s)
	}
	defer func(x [7]int) { r += x[3] }([7]int{1, 2, 3, 4})
	defer fmt.Println(1)
	defer fmt.Println(2)
	defer fmt.Println(3)
	defer fmt.Println(4)
	defer fmt.Println(5)
	defer fmt.Println(6)
	if s == "p" {
		panic(s)
	}
	defer fmt.Println(7)
	if s == "q" {
		defer panic("late")
		return 40
	}
	return 10
}
func main() {
	fmt.Println(nine(true, "x"), nine(false, "p"), nine(true, "q"), nine(false, "y"))
}
// CHECK: 7
// CHECK-NEXT: 6
// CHECK-NEXT: 5
// CHECK-NEXT: 4
// CHECK-NEXT: 3
// CHECK-NEXT: 2
// CHECK-NEXT: 1
// CHECK-NEXT: b x
// CHECK-NEXT: a 15 <nil>
// CHECK-NEXT: 6
// CHECK-NEXT: 5
// CHECK-NEXT: 4
// CHECK-NEXT: 3
// CHECK-NEXT: 2
// CHECK-NEXT: 1
// CHECK-NEXT: a 5 p
// CHECK-NEXT: 7
// CHECK-NEXT: 6
// CHECK-NEXT: 5
// CHECK-NEXT: 4
// CHECK-NEXT: 3
// CHECK-NEXT: 2
// CHECK-NEXT: 1
// CHECK-NEXT: b q
// CHECK-NEXT: a 45 late
// CHECK-NEXT: 7
// CHECK-NEXT: 6
// CHECK-NEXT: 5
// CHECK-NEXT: 4
// CHECK-NEXT: 3
// CHECK-NEXT: 2
// CHECK-NEXT: 1
// CHECK-NEXT: a 15 <nil>
// CHECK-NEXT: 15 5 45 15
