// Recursive calls that are inlined one level stay apart in tracebacks, under the function's own name.
// RUN: %gosubc build -o %t %s && not %t 2>&1 | FileCheck %s
package main

import "runtime"

func sum(n int) int {
	if n == 0 {
		var pcs [16]uintptr
		frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
		for {
			f, more := frames.Next()
			println(f.Function, f.Line)
			if !more || f.Function == "main.main" {
				break
			}
		}
		panic("bottom")
	}
	return sum(n-1) + 1
}

// CHECK: main.sum 10
// CHECK-NEXT: main.sum 20
// CHECK-NEXT: main.sum 20
// CHECK-NEXT: main.sum 20
// CHECK-NEXT: main.main 32
// CHECK: panic: bottom
// CHECK-COUNT-4: main.sum(
// CHECK-NOT: inlined
// CHECK: main.main()
func main() { println(sum(3)) }
