// A million goroutines, of which every thousandth waits for the last, joined by a WaitGroup.
// Group: concurrency
package main

import "sync"

func main() {
	const n = 1_000_000
	var wg sync.WaitGroup
	begin := make(chan bool)
	results := make([]int32, n)
	for i := range n {
		wg.Go(func() {
			if i%1000 == 0 {
				<-begin
			}
			results[i] = int32(i % 7)
		})
	}
	close(begin)
	wg.Wait()
	sum := 0
	for _, r := range results {
		sum += int(r)
	}
	println(sum)
}
