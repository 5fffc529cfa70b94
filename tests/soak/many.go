// Very many goroutines at once: parked ones, deep ones, and ones that want the same mutex. None may be lost.
// Usage: many parked|deep|mutex [number]
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
)

// What the goroutines do once all have been started, and how many there are by default. The results are added up.
var kinds = map[string]struct {
	number int
	do     func(i int) int
}{
	"parked": {1_000_000, func(i int) int { return i }},
	"deep":   {10_000, func(int) int { return depth(1000) }},
	"mutex":  {100_000, func(int) int { return 1 }},
}

//go:noinline
func depth(n int) int {
	if n == 0 {
		return 0
	}
	return depth(n-1) + 1
}

func main() {
	kind, ok := kinds[os.Args[1]]
	if !ok {
		fmt.Fprintln(os.Stderr, "many: parked, deep or mutex?")
		os.Exit(2)
	}
	n := kind.number
	if len(os.Args) > 2 {
		n, _ = strconv.Atoi(os.Args[2])
	}
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		start = make(chan struct{})
		sum   int
	)
	if os.Args[1] == "mutex" {
		mu.Lock()
	}
	for i := range n {
		wg.Go(func() {
			// Those that want the mutex are parked by it.
			if os.Args[1] != "mutex" {
				<-start
			}
			r := kind.do(i)
			mu.Lock()
			sum += r
			mu.Unlock()
		})
	}
	close(start)
	if os.Args[1] == "mutex" {
		mu.Unlock()
	}
	wg.Wait()
	want := map[string]int{"parked": n * (n - 1) / 2, "deep": 1000 * n, "mutex": n}[os.Args[1]]
	if sum != want {
		fmt.Fprintf(os.Stderr, "many: %s: %d instead of %d\n", os.Args[1], sum, want)
		os.Exit(1)
	}
	fmt.Println(os.Args[1], n, "ok")
}
