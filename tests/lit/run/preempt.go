// Preemption by signal: loops without calls give way wherever they are, go on elsewhere with all their registers, and who is
// woken does not wait behind them for more than a time slice at a time.
// RUN: %gosubc build -o %t.exe %s
// RUN: %t.exe | FileCheck %s
// RUN: env GOMAXPROCS=1 %t.exe | FileCheck %s
// RUN: env GOMAXPROCS=4 GODEBUG=gcstress=20 %t.exe | FileCheck %s
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type node struct {
	next *node
	v    uint64
}

// Integers in many registers.
func mix(seed, n uint64) uint64 {
	a, b, c, d, e, f, g, h := seed, seed+1, seed+2, seed+3, seed+4, seed+5, seed+6, seed+7
	for i := uint64(0); i < n; i++ {
		a, b, c, d = b+i, c^a, d*3, a>>1^b
		e, f, g, h = f+a, g^b, h*5+c, e<<1^d
	}
	return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h
}

// Floats in many registers, and an array that vectorizes.
func blend(seed float64, n int) float64 {
	a, b, c, d := seed, seed*2, seed*3, seed*4
	var t [64]float64
	for i := 0; i < n; i++ {
		a, b, c, d = b*0.5+1, c*0.25+d*0.5, d*0.125+a*0.75, a*0.5-b*0.25
		for j := range t {
			t[j] += seed
		}
	}
	return a + b + c + d + t[7] + t[63]
}

// Pointers that only registers hold.
func chase(l *node, n int) (sum uint64) {
	for i := 0; i < n; i++ {
		sum += l.v
		l = l.next
	}
	return sum
}

func ring() *node {
	first := &node{v: 1}
	l := first
	for i := uint64(2); i <= 50; i++ {
		l.next = &node{v: i}
		l = l.next
	}
	l.next = first
	return first
}

func main() {
	const n = 20_000_000
	wantMix, wantBlend, wantChase := mix(1, n), blend(1.5, n/50), chase(ring(), n)
	var wg sync.WaitGroup
	var wrong atomic.Int32
	for range 6 {
		wg.Go(func() {
			if mix(1, n) != wantMix {
				wrong.Add(1)
			}
		})
		wg.Go(func() {
			if blend(1.5, n/50) != wantBlend {
				wrong.Add(1)
			}
		})
		wg.Go(func() {
			if chase(ring(), n) != wantChase {
				wrong.Add(1)
			}
		})
	}
	stop := make(chan bool)
	go func() {
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
				time.Sleep(time.Millisecond)
			}
		}
	}()
	wg.Wait()
	close(stop)
	// CHECK: wrong: 0
	fmt.Println("wrong:", wrong.Load())

	// Hogs that never end, more than processors.
	for i := range 6 {
		go hog(uint64(i))
	}
	a, b := make(chan int), make(chan int)
	go func() {
		for v := range a {
			b <- v + 1
		}
	}()
	time.Sleep(10 * time.Millisecond)
	start := time.Now()
	v := 0
	for range 20_000 {
		a <- v
		v = <-b
	}
	// Behind a hog each time it would take minutes.
	// CHECK: 20000 rounds, quick: true
	fmt.Println(v, "rounds, quick:", time.Since(start) < 20*time.Second)

	// A traceback shows where they were interrupted.
	time.Sleep(50 * time.Millisecond)
	buf := make([]byte, 1<<16)
	text := string(buf[:runtime.Stack(buf, true)])
	// CHECK: hogs: true
	fmt.Println("hogs:", strings.Contains(text, "main.hog("))
	// CHECK-NOT: gosubc_
	fmt.Println(text)
}

var sink atomic.Uint64

//go:noinline
func hog(i uint64) {
	for n := i; ; n = n*3 + 1 {
		if n == 12345 {
			sink.Add(n)
		}
	}
}
