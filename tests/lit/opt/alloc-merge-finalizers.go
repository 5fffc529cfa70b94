// Variables that share an object (alloc-merge.go) have finalizers of their own, and each can be taken back.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc run -O0 %s 2>&1 | FileCheck --check-prefix=OUT %s
// RUN: %gosubc run %s 2>&1 | FileCheck --check-prefix=OUT %s
package main

import (
	"runtime"
	"time"
)

var done = make(chan int32, 8)

// CHECK: allocate: main.three: 3, left: newobject_noscan 1
//
//go:noinline
func three() (a, b, c *int32) {
	a, b, c = new(int32), new(int32), new(int32)
	*a, *b, *c = 1, 2, 4
	return
}

//go:noinline
func start() {
	a, b, c := three()
	for _, p := range []*int32{a, b, c} {
		runtime.SetFinalizer(p, func(p *int32) { done <- *p })
	}
	runtime.SetFinalizer(b, nil)
}

func main() {
	start()
	sum := int32(0)
	for i := 0; i < 200 && sum < 5; i++ {
		runtime.GC()
		select {
		case n := <-done:
			sum += n
		case <-time.After(10 * time.Millisecond):
		}
	}
	// OUT: 5
	println(sum)
}
