// A pool of workers with WaitGroup and Mutex.
// Group: concurrency
package main

import "sync"

func main() {
	jobs := make(chan int, 64)
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				x := j
				for range 100 {
					x = x*31 + 7
				}
				mu.Lock()
				total += x & 15
				mu.Unlock()
			}
		}()
	}
	for i := range 2000000 {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	println(total)
}
