// Stacks grow to Go's limit in every goroutine, and what they took is given back; pools age, timers' channels look unbuffered.
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: env GODEBUG=gcsnapshot=0 GOMAXPROCS=4 %t | FileCheck %s
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Some 900 bytes for each level, which refers to the one above.
//
//go:noinline
func deep(n int, up *[100]int) int {
	var pad [100]int
	pad[n%100] = n
	if n == 0 {
		return 0
	}
	below := deep(n-1, &pad)
	return below + pad[n%100] - n + 1 + up[(n+50)%100]
}

// Resident memory in MB.
func resident() int {
	text, _ := os.ReadFile("/proc/self/statm")
	pages, _ := strconv.Atoi(strings.Fields(string(text))[1])
	return pages * os.Getpagesize() >> 20
}

func collect() {
	for i := 0; i < 4; i++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}

func main() {
	const levels = 200_000
	// CHECK: main: 200000 true
	n := deep(levels, new([100]int))
	before := resident()
	collect()
	fmt.Println("main:", n, resident() < before-100)

	// CHECK: goroutine: 200000 true
	at, stop := make(chan int), make(chan bool)
	go func() {
		at <- deep(levels, new([100]int))
		<-stop
	}()
	n = <-at
	before = resident()
	collect()
	fmt.Println("goroutine:", n, resident() < before-100)
	close(stop)

	// CHECK: beside 3000 others: 350000
	hold := make(chan bool)
	for range 3000 {
		go func() { <-hold }()
	}
	go func() { at <- deep(350_000, new([100]int)) }()
	fmt.Println("beside 3000 others:", <-at)
	close(hold)
	collect()

	// CHECK: many: 2001000 true
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	start := make(chan bool)
	before = resident()
	for i := 0; i < 2000; i++ {
		wg.Go(func() {
			<-start
			d := deep(100, new([100]int))
			mu.Lock()
			total += d + i%2
			mu.Unlock()
		})
	}
	close(start)
	wg.Wait()
	collect()
	// All together they used 180 MB.
	fmt.Println("many:", total+1800000, resident() < before+40)

	// CHECK: pool: true true
	debug.SetGCPercent(-1)
	var pool sync.Pool
	pool.Put("a")
	pool.Put("b")
	runtime.GC()
	first := pool.Get() != nil
	collect()
	fmt.Println("pool:", first, pool.Get() == nil)

	// CHECK: timer: 0 0 true
	t := time.NewTimer(time.Millisecond)
	time.Sleep(5 * time.Millisecond)
	fmt.Println("timer:", len(t.C), cap(t.C), t.Stop())
}
