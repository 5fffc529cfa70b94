// Package sync, atomics, timers, 1,000 goroutines: ordered, and nothing to report.
//
// RUN: %gosubc build -race -o %t %s
// RUN: %t 2>&1 | FileCheck %s
// RUN: env GOMAXPROCS=4 %t 2>&1 | FileCheck %s
// CHECK-NOT: DATA RACE
// CHECK: 1001 1000 5 63 2
// CHECK-NOT: DATA RACE
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	m := map[int]int{}
	n := 0
	for i := range 1000 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			m[i]++
			n++
			mu.Unlock()
		}()
	}
	wg.Wait()
	n++
	var once sync.Once
	v := 0
	for range 10 {
		wg.Go(func() { once.Do(func() { v = 5 }); _ = fmt.Sprint(v) })
	}
	wg.Wait()
	var flag atomic.Bool
	data := 0
	go func() { data = 42; flag.Store(true) }()
	for !flag.Load() {
		time.Sleep(time.Millisecond)
	}
	data++
	var rw sync.RWMutex
	for range 20 {
		wg.Go(func() { rw.RLock(); _ = fmt.Sprint(data); rw.RUnlock() })
		wg.Go(func() { rw.Lock(); data++; rw.Unlock() })
	}
	wg.Wait()
	p := sync.Pool{New: func() any { return new(int) }}
	for range 50 {
		wg.Go(func() { x := p.Get().(*int); *x++; p.Put(x) })
	}
	wg.Wait()
	var sm sync.Map
	for i := range 50 {
		wg.Go(func() { x := new(int); *x = i; sm.Store(i%7, x) })
		wg.Go(func() {
			if x, ok := sm.Load(i % 7); ok {
				_ = *x.(*int)
			}
		})
	}
	wg.Wait()
	q := 0
	t := make(chan bool)
	time.AfterFunc(time.Millisecond, func() { q = 1; t <- true })
	<-t
	q = 2
	cond := sync.NewCond(&mu)
	ready := false
	go func() { mu.Lock(); ready = true; mu.Unlock(); cond.Broadcast() }()
	mu.Lock()
	for !ready {
		cond.Wait()
	}
	mu.Unlock()
	func() {
		defer func() { recover() }()
		var np *int
		*np = 1
	}()
	fmt.Println(n, len(m), v, data, q)
}
