// Very many goroutines at once: parked ones, deep ones, and ones that want the same mutex. None may be lost.
// Usage: many parked|deep|mutex
package main

import (
	"fmt"
	"os"
	"sync"
)

type kind struct {
	number int
	// What each adds to the sum once all have been started.
	do   func(i int) int
	want int
	// The mutex is what keeps them back; others wait for a channel.
	held bool
}

var kinds = map[string]kind{
	"parked": {number: 1_000_000, do: func(i int) int { return i }, want: 1_000_000 * 999_999 / 2},
	"deep":   {number: 10_000, do: func(int) int { return depth(1000) }, want: 10_000 * 1000},
	"mutex":  {number: 100_000, do: func(int) int { return 1 }, want: 100_000, held: true},
}

//go:noinline
func depth(n int) int {
	if n == 0 {
		return 0
	}
	return depth(n-1) + 1
}

func main() {
	var k kind
	if len(os.Args) == 2 {
		k = kinds[os.Args[1]]
	}
	if k.number == 0 {
		fmt.Fprintln(os.Stderr, "usage: many parked|deep|mutex")
		os.Exit(2)
	}
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		start = make(chan struct{})
		sum   int
	)
	if k.held {
		close(start)
		mu.Lock()
	}
	for i := range k.number {
		wg.Go(func() {
			<-start
			r := k.do(i)
			mu.Lock()
			sum += r
			mu.Unlock()
		})
	}
	if k.held {
		mu.Unlock()
	} else {
		close(start)
	}
	wg.Wait()
	if sum != k.want {
		fmt.Fprintf(os.Stderr, "many: %d instead of %d\n", sum, k.want)
		os.Exit(1)
	}
	fmt.Println(os.Args[1], k.number, "ok")
}
