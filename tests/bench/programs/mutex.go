// Uncontended locks, atomics and Once.
// Group: concurrency
package main

import (
	"sync"
	"sync/atomic"
)

type counter struct {
	mu   sync.Mutex
	rw   sync.RWMutex
	once sync.Once
	n    int
	a    atomic.Int64
}

func (c *counter) inc() {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
	c.a.Add(2)
}

func (c *counter) get() int {
	c.once.Do(func() { c.n++ })
	c.rw.RLock()
	defer c.rw.RUnlock()
	return c.n
}

func main() {
	var c counter
	sum := 0
	for range 20000000 {
		c.inc()
		sum += c.get() & 1
	}
	println(c.n, c.a.Load(), sum)
}
