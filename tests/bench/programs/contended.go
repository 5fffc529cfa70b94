// One mutex, one RWMutex and one atomic that many goroutines want at once.
// Group: concurrency
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var mu sync.Mutex
	var rw sync.RWMutex
	var wg sync.WaitGroup
	var hits atomic.Int64
	total, writes := 0, 0
	for g := range 100 {
		wg.Go(func() {
			x := g
			for i := range 30_000 {
				mu.Lock()
				total += i & 3
				mu.Unlock()
				for range 20 {
					x = x*31 + 7
				}
				if i%16 == 0 {
					rw.Lock()
					writes++
					rw.Unlock()
				} else {
					rw.RLock()
					_ = writes
					rw.RUnlock()
				}
				hits.Add(int64(x & 1))
			}
		})
	}
	wg.Wait()
	println(total, writes, hits.Load() > 0)
}
