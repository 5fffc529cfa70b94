// Many short goroutines.
// Group: concurrency
package main

import "sync"

func main() {
	var wg sync.WaitGroup
	results := make([]int, 1000)
	for round := range 1500 {
		for i := range results {
			wg.Add(1)
			go func() {
				results[i] += i ^ round
				wg.Done()
			}()
		}
		wg.Wait()
	}
	sum := 0
	for _, r := range results {
		sum += r
	}
	println(sum)
}
