// What a number in the arguments of a //go:uintptrescapes function points to lives until that has been called, also by defer and go.
// RUN: %gosubc build -o %t %s
// RUN: %t 2>&1 | FileCheck %s
// RUN: env GODEBUG=gcstress=1 %t 2>&1 | FileCheck %s
package main

import (
	"runtime"
	"unsafe"
)

type cell struct{ text *string }

func pointer(s string) unsafe.Pointer {
	c := &cell{text: &s}
	runtime.SetFinalizer(c, func(c *cell) { *c.text = "gone" })
	return unsafe.Pointer(c)
}

type printer struct{ name string }

//go:noinline
//go:uintptrescapes
func (p printer) print(a uintptr, more ...uintptr) int {
	for range 3 {
		runtime.GC()
	}
	print(p.name, " ", *(*cell)(unsafe.Pointer(a)).text)
	for _, m := range more {
		print(" ", *(*cell)(unsafe.Pointer(m)).text)
	}
	println()
	return len(more)
}

//go:noinline
//go:uintptrescapes
func printTo(done chan bool, a uintptr) {
	printer{"go"}.print(a)
	done <- true
}

//go:noinline
func deferred() {
	for i := range 2 {
		defer printer{"defer"}.print(uintptr(pointer("a"+string(rune('0'+i)))), uintptr(pointer("b")), uintptr(pointer("c")))
	}
	defer printer{"once"}.print(uintptr(pointer("a")), uintptr(pointer("b")))
}

// CHECK: once a b
// CHECK-NEXT: defer a1 b c
// CHECK-NEXT: defer a0 b c
// CHECK-NEXT: go x
// CHECK-NEXT: call y z
func main() {
	deferred()
	done := make(chan bool)
	go printTo(done, uintptr(pointer("x")))
	<-done
	printer{"call"}.print(uintptr(pointer("y")), uintptr(pointer("z")))
}
