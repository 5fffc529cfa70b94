// Stripped executables keep what tracebacks, runtime.Caller and FuncForPC say, as gc's do.
//
// RUN: %gosubc build -o %t %s
// RUN: not %t > %t.whole 2>&1
// RUN: FileCheck %s < %t.whole
// RUN: %gosubc build -ldflags=-w -o %t.w %s
// RUN: not %t.w 2>&1 | FileCheck %s
// RUN: %gosubc build -ldflags="-s -w" -o %t.s %s
// RUN: not %t.s 2>&1 | FileCheck %s
// RUN: llvm-readelf -S %t.s | FileCheck %s --check-prefix=SECTIONS
// SECTIONS-NOT: .symtab
// SECTIONS-NOT: .debug_

package main

import "runtime"

type T struct{ p *int }

func (t T) get() int { return *t.p }

//go:noinline
func deep(n int) int {
	if n == 0 {
		return T{}.get()
	}
	return deep(n-1) + 1
}

func main() {
	pc, _, line, ok := runtime.Caller(0)
	// CHECK: caller [[#@LINE-1]] true main.main
	println("caller", line, ok, runtime.FuncForPC(pc).Name())
	defer func() {
		func() {
			defer println("deferred")
			deep(1)
		}()
	}()
	var m map[string]int
	m["x"] = 1
}

// CHECK: deferred
// CHECK-NEXT: panic: assignment to entry in nil map
// CHECK: goroutine 1 [running]:
// CHECK-NEXT: main.T.get(...)
// CHECK-NEXT: stripped.go:20
// CHECK-NEXT: main.deep(...)
// CHECK-NEXT: stripped.go:25
// CHECK-NEXT: main.deep(...)
// CHECK-NEXT: stripped.go:27
// CHECK-NEXT: main.main.func1.1(...)
// CHECK-NEXT: stripped.go:37
// CHECK-NEXT: main.main.func1(...)
// CHECK-NEXT: stripped.go:38
// CHECK-NEXT: panic(...)
// CHECK: main.main()
// CHECK-NEXT: stripped.go:41
