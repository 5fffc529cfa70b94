// Each has variables of its own: the sanitizer misses some races where there was one before.
// What is looked at: each of these has a race, which is reported, with the operation on top where that is the runtime's.
//
// RUN: %gosubc build -race -o %t %s
// RUN: %often 66 %t %s
// RUN: %gosubc build -race -O0 -o %t %s
// RUN: %often 66 %t %s
package main

import (
	"os"
	"sync"
)

type T struct{ a, b int }

//go:noinline
func deep(n int, p *int) {
	if n == 0 {
		*p = 1
		return
	}
	deep(n-1, p)
}

func main() {
	both := func(name string, f, g func()) {
		os.Stderr.WriteString("--- " + name + "\n")
		var wg sync.WaitGroup
		wg.Add(2)
		// The sanitizer may take a goroutine for the one that has ended before it.
		hold := make(chan bool)
		go func() { f(); wg.Done(); <-hold }()
		go func() { g(); wg.Done(); <-hold }()
		wg.Wait()
		close(hold)
	}

	// CHECK-LABEL: --- map
	// CHECK: WARNING: DATA RACE
	// CHECK: {{^}}  internal/runtime/maps.
	m := map[string]int{"x": 1}
	both("map", func() { m["x"] = 2 }, func() { _ = m["y"] })

	// CHECK-LABEL: --- delete
	// CHECK: WARNING: DATA RACE
	n := map[string]int{"x": 1}
	both("delete", func() { delete(n, "x") }, func() {
		for k := range n {
			os.Stderr.WriteString(k[:0])
		}
	})

	// CHECK-LABEL: --- slice
	// CHECK: WARNING: DATA RACE
	s := make([]int, 10)
	both("slice", func() { s[3]++ }, func() { s[3] = 1 })

	// CHECK-LABEL: --- other elements
	// CHECK-NOT: WARNING: DATA RACE
	both("other elements", func() { s[4]++ }, func() { s[5] = 1 })

	// CHECK-LABEL: --- field
	// CHECK: WARNING: DATA RACE
	t := T{}
	both("field", func() { t.b++ }, func() { t = T{} })

	// CHECK-LABEL: --- deep
	// CHECK: WARNING: DATA RACE
	// CHECK-NEXT: Write at
	// CHECK-NEXT: main.deep()
	// CHECK: main.deep()
	// CHECK: main.deep()
	// CHECK: main.main.func
	x := 0
	both("deep", func() { deep(2, &x) }, func() { deep(2, &x) })

	// CHECK-LABEL: --- copy
	// CHECK: WARNING: DATA RACE
	b := make([]byte, 100)
	both("copy", func() { copy(b, "hello world, this is long") }, func() { b[7] = 1 })

	// CHECK-LABEL: --- conversion
	// CHECK: WARNING: DATA RACE
	// CHECK: runtime.slicebytetostring()
	var text string
	d := make([]byte, 100)
	both("conversion", func() { text = string(d) }, func() { d[7] = 2 })
	os.Stderr.WriteString(text[99:])

	// CHECK-LABEL: --- interface
	// CHECK: WARNING: DATA RACE
	var i any
	both("interface", func() { i = 5 }, func() { i = "x" })
	_ = i

	// CHECK-LABEL: --- after a panic
	// CHECK: WARNING: DATA RACE
	// CHECK-NOT: main.deep
	// CHECK: --- readers
	recovered := func() {
		defer func() { recover() }()
		deep(2, nil)
	}
	y := 0
	both("after a panic", func() { recovered(); y = 1 }, func() { recovered(); y = 2 })
	_ = y

	// Readers don't exclude each other.
	// CHECK: WARNING: DATA RACE
	var rw sync.RWMutex
	both("readers", func() { rw.RLock(); x = 3; rw.RUnlock() }, func() { rw.RLock(); x = 4; rw.RUnlock() })

	// Whoever is done first isn't ordered before the other.
	// CHECK-LABEL: --- done
	// CHECK: WARNING: DATA RACE
	var wg sync.WaitGroup
	wg.Add(2)
	both("done", func() { x = 5; wg.Done() }, func() { wg.Done(); x = 6 })

	// CHECK-LABEL: --- close
	// CHECK: WARNING: DATA RACE
	// CHECK: runtime.{{closechan|chansend}}()
	c := make(chan int, 10)
	both("close", func() { defer func() { recover() }(); c <- 1 }, func() { close(c) })
	// CHECK: Found {{[0-9]+}} data race(s)
}
