// No store into a sync.Map is lost, nothing comes out of a sync.Pool twice.
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: env GOMAXPROCS=4 %t | FileCheck %s
// RUN: env GOMAXPROCS=1 %t | FileCheck %s
// CHECK: lost 0
// CHECK-NEXT: shared 0
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var m sync.Map
	var wg sync.WaitGroup
	var lost atomic.Int64
	for w := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 20000 {
				k := w*1000 + i%37
				m.Store(k, i)
				if v, ok := m.Load(k); !ok || v.(int) != i {
					lost.Add(1)
				}
				if i%3 == 0 {
					m.Delete(k)
					if _, ok := m.Load(k); ok {
						lost.Add(1)
					}
				}
				if i%101 == 0 {
					m.Range(func(k, v any) bool { return true })
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println("lost", lost.Load())
	p := sync.Pool{New: func() any { return new([64]byte) }}
	var busy sync.Map
	var bad atomic.Int64
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 20000 {
				x := p.Get().(*[64]byte)
				if _, loaded := busy.LoadOrStore(x, true); loaded {
					bad.Add(1)
				}
				busy.Delete(x)
				p.Put(x)
			}
		}()
	}
	wg.Wait()
	fmt.Println("shared", bad.Load())
}
