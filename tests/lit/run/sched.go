// Loops without calls stop neither others, nor the collector, nor timers; locked goroutines, GOMAXPROCS, the fatal errors.
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: env GOMAXPROCS=1 %t | FileCheck %s
// RUN: env GOMAXPROCS=4 %t | FileCheck %s
// RUN: not %t deadlock 2>&1 | FileCheck %s --check-prefix=DEADLOCK
// RUN: not %t goexit 2>&1 | FileCheck %s --check-prefix=GOEXIT
// RUN: not %t panic 2>&1 | FileCheck %s --check-prefix=PANIC
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func spinning() {
	for range 3 {
		go func() {
			for {
			}
		}()
	}
	time.Sleep(30 * time.Millisecond)
	for range 3 {
		runtime.GC()
	}
	select {
	case <-time.After(20 * time.Millisecond):
		fmt.Println("timer")
	case <-make(chan int):
	}
}

func locked() {
	done := make(chan int)
	for range 4 {
		go func() {
			runtime.LockOSThread()
			for range 50 {
				runtime.Gosched()
				time.Sleep(time.Microsecond)
			}
			runtime.UnlockOSThread()
			done <- 1
		}()
	}
	n := 0
	for range 4 {
		n += <-done
	}
	fmt.Println("locked", n)
}

type node struct{ next *node }

// churn keeps lists alive in goroutines that are stopped anywhere.
func churn() {
	var wg sync.WaitGroup
	var bad atomic.Int64
	for range 8 {
		wg.Go(func() {
			for range 20 {
				var list *node
				for range 2000 {
					list = &node{list}
				}
				n := 0
				for l := list; l != nil; l = l.next {
					n++
				}
				if n != 2000 {
					bad.Add(1)
				}
			}
		})
	}
	for range 20 {
		runtime.GC()
		runtime.GOMAXPROCS(1 + runtime.GOMAXPROCS(0)%3)
	}
	wg.Wait()
	fmt.Println("broken lists", bad.Load())
}

func main() {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "deadlock":
			go func() { select {} }()
			var mu sync.Mutex
			mu.Lock()
			// DEADLOCK: fatal error: all goroutines are asleep - deadlock!
			// DEADLOCK: goroutine 1 [sync.Mutex.Lock]:
			// DEADLOCK: main.main()
			mu.Lock()
		case "goexit":
			// GOEXIT: fatal error: no goroutines (main called runtime.Goexit) - deadlock!
			runtime.Goexit()
		case "panic":
			go func() {
				// PANIC: panic: in a goroutine
				// PANIC: goroutine {{[0-9]+}} [running]:
				panic("in a goroutine")
			}()
			select {}
		}
	}
	// CHECK: locked 4
	locked()
	// CHECK-NEXT: broken lists 0
	churn()
	// CHECK-NEXT: timer
	spinning()
}
