// Nothing reachable is lost and what is unreachable goes, however the collector works: with the world stopped, by a
// copy of the process while the program goes on (gcsnapshot=0), at every n-th allocation (gcstress).
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: env GODEBUG=gcsnapshot=0 %t | FileCheck %s
// RUN: env GODEBUG=gcsnapshot=0,gcstress=2000 GOMAXPROCS=4 %t | FileCheck %s
// RUN: env GODEBUG=gcsnapshot=0 GOMAXPROCS=1 GOGC=20 %t | FileCheck %s
// RUN: env GODEBUG=gcsnapshot=-1,gcstress=2000 GOMAXPROCS=4 %t | FileCheck %s
// RUN: env GODEBUG=gcsnapshot=0,gctrace=1 %t 2>&1 | FileCheck %s --check-prefix=TRACE
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"weak"
)

type tree struct {
	left, right *tree
	n           int
}

func grow(depth, n int) *tree {
	if depth == 0 {
		return &tree{n: n}
	}
	return &tree{grow(depth-1, n), grow(depth-1, n+1), n}
}

func (t *tree) sum() int {
	if t == nil {
		return 0
	}
	return t.n + t.left.sum() + t.right.sum()
}

// Each worker keeps a window of trees, a map of strings and a list, and changes them all the time.
func worker(id int, wrong *atomic.Int64) {
	var window [20]*tree
	words := map[string][]int{}
	for round := 0; round < 100; round++ {
		i := (round*7 + id) % len(window)
		if window[i] != nil && window[i].sum() != window[i].n*511+1793 {
			wrong.Add(1)
		}
		window[i] = grow(8, round)
		for k := 0; k < 40; k++ {
			key := fmt.Sprint("k", (round+k)%97)
			words[key] = append(words[key], round+k)
			if len(words[key]) > 10 {
				for _, v := range words[key] {
					if fmt.Sprint("k", v%97) != key {
						wrong.Add(1)
					}
				}
				delete(words, key)
			}
		}
	}
}

// Weak pointers bring objects back while they are being collected.
func weakPointers(wrong *atomic.Int64) {
	var list [100]weak.Pointer[tree]
	for round := 0; round < 200; round++ {
		for i := range list {
			t := list[i].Value()
			if t == nil {
				t = grow(2, i)
				list[i] = weak.Make(t)
			}
			if t.sum() != i*7+5 {
				wrong.Add(1)
			}
		}
	}
}

var cleaned, finalized atomic.Int64

//go:noinline
func attach(n int) {
	for i := 0; i < n; i++ {
		a, b := grow(1, i), grow(1, i)
		runtime.AddCleanup(a, func(n int) { cleaned.Add(1) }, i)
		runtime.SetFinalizer(b, func(t *tree) {
			if t.left.n == t.n && t.right.n == t.n+1 {
				finalized.Add(1)
			}
		})
	}
}

//go:noinline
func large() (m runtime.MemStats, total int) {
	var list []*tree
	for i := 0; i < 30; i++ {
		list = append(list, grow(13, i))
	}
	runtime.GC()
	runtime.ReadMemStats(&m)
	for _, t := range list {
		total += t.sum()
	}
	return
}

func main() {
	var wrong atomic.Int64
	var wg sync.WaitGroup
	for id := 0; id < 4; id++ {
		wg.Go(func() { worker(id, &wrong) })
	}
	wg.Go(func() { weakPointers(&wrong) })
	ticks := 0
	done := make(chan bool)
	go func() { wg.Wait(); close(done) }()
	for tick := time.NewTicker(time.Millisecond); ; ticks++ {
		select {
		case <-tick.C:
			continue
		case <-done:
		}
		break
	}
	// CHECK: wrong: 0
	fmt.Println("wrong:", wrong.Load())

	attach(100)
	for i := 0; i < 100 && (cleaned.Load() < 95 || finalized.Load() < 95); i++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	// CHECK: cleaned and finalized: true true
	fmt.Println("cleaned and finalized:", cleaned.Load() >= 95, finalized.Load() >= 95)

	// CHECK: shrinks: true
	var before runtime.MemStats
	total := 0
	// In a goroutine, whose stack nobody scans afterwards.
	wg.Go(func() { before, total = large() })
	wg.Wait()
	runtime.GC()
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	fmt.Println("shrinks:", after.HeapAlloc+30<<18 < before.HeapAlloc && after.NumGC > before.NumGC, total)
	// TRACE: gc 1 @{{[0-9.]+}}s {{[0-9]+}}%: {{[0-9.]+}}+{{[0-9.]+}}+{{[0-9.]+}} ms clock, {{.*}}->{{.*}} MB, {{[0-9]+}} MB goal
	// TRACE: wrong: 0
}
