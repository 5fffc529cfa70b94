// Very many deferred calls pending in one goroutine, collections among them: all run, last first, after a panic too;
// a record takes at most 64 bytes with an argument; records come back to the pools, and what is left is collected.
// RUN: %gosubc build -o %t %s
// RUN: %t 100000 | FileCheck %s
// RUN: %gosubc build -O0 -o %t.O0 %s
// RUN: %t.O0 30000 | FileCheck %s
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
)

var (
	next, wrong int
	kept        uint64
)

func used() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

//go:noinline
func ran(i int) {
	next--
	if i != next {
		wrong++
	}
}

//go:noinline
func pending(n int, fail bool) {
	defer func() { recover() }()
	runtime.GC()
	before := used()
	for i := range n {
		defer ran(i)
		if i == n/2 {
			runtime.GC()
		}
	}
	next = n
	runtime.GC()
	kept = max(kept, (used()-before)/uint64(n))
	if fail {
		panic("out")
	}
}

// CHECK: left 0 wrong 0
// CHECK-NEXT: left 0 wrong 0
// CHECK-NEXT: left 0 wrong 0
// CHECK-NEXT: at most 64 bytes: true
// CHECK-NEXT: given back: true
func main() {
	n, _ := strconv.Atoi(os.Args[1])
	for i := range 3 {
		pending(n, i == 1)
		fmt.Println("left", next, "wrong", wrong)
	}
	runtime.GC()
	runtime.GC()
	fmt.Println("at most 64 bytes:", kept <= 64)
	fmt.Println("given back:", used() < uint64(n)*16)
	if len(os.Args) > 2 {
		fmt.Println(kept, "bytes for each")
	}
}
