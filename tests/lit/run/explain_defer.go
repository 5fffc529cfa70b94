// RUN: %gosubc explain defer %s | FileCheck %s
// RUN: %gosubc build -d=defer=why -o %t %s 2>&1 | FileCheck %s --check-prefix=WHY
package main

import "fmt"

func note(s string, n int) { fmt.Println(s, n) }

// CHECK-LABEL: main.open: 2 defer statements
// CHECK-NEXT: explain_defer.go:[[#@LINE + 11]]:2: open-coded
// CHECK-NEXT: bit 0 of deferBits; 24 bytes of arguments and captured variables at offset 8
// CHECK-NEXT: called directly at each of the function's 2 ends, by deferreturn after a recovered panic
// CHECK-NEXT: a panic calls it by defer:main.note
// CHECK-NEXT: open-coded
// CHECK-NEXT: bit 1 of deferBits; no arguments
// CHECK: a panic calls it by main.open.func1
// CHECK-NEXT: the frame's area: 32 bytes, deferBits at offset 0
// WHY: explain_defer.go:[[#@LINE + 3]]:2: open-coded defer{{$}}
// WHY-NEXT: explain_defer.go:[[#@LINE + 4]]:3: open-coded defer{{$}}
func open(n int) int {
	defer note("open", n)
	if n > 0 {
		defer func() { recover() }()
		return 1
	}
	return n
}

// CHECK-LABEL: main.loop: 2 defer statements
// CHECK-NEXT: explain_defer.go:[[#@LINE + 11]]:2: stack-allocated
// CHECK-NEXT: a record of 88 bytes in the frame (24 bytes of arguments and captured variables)
// CHECK-NEXT: called by deferreturn
// CHECK-NEXT: not open-coded: {{.*}} (defer_loop)
// CHECK-NEXT: open-coded if you do what the loop's body does in a function of its own
// CHECK: explain_defer.go:[[#@LINE + 8]]:3: heap-allocated
// CHECK-NEXT: a record of 80 bytes from a pool for each execution (16 bytes
// CHECK: (defer_loop)
// WHY-NEXT: explain_defer.go:[[#@LINE + 3]]:2: stack-allocated defer (defer_loop)
// WHY-NEXT: explain_defer.go:[[#@LINE + 4]]:3: heap-allocated defer (defer_loop)
func loop(n int) {
	defer note("loop", n)
	for i := range n {
		defer func() { fmt.Println(i) }()
	}
}

// CHECK-LABEL: main.escapes: 1 defer statement
// CHECK: stack-allocated
// CHECK: (heap_result)
// WHY-NEXT: explain_defer.go:[[#@LINE + 2]]:2: stack-allocated defer (heap_result)
func escapes() (r int) {
	defer func() { r++ }()
	kept = &r
	return 1
}

var kept *int

func main() {
	fmt.Println(open(1), escapes(), *kept)
	loop(2)
}
