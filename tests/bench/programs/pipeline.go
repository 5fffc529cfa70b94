// Stages over buffered channels.
// Group: concurrency
package main

import "runtime"

func stage(in <-chan int, f func(int) int) <-chan int {
	out := make(chan int, 64)
	go func() {
		for v := range in {
			out <- f(v)
		}
		close(out)
	}()
	return out
}

func main() {
	runtime.GOMAXPROCS(2)
	src := make(chan int, 64)
	go func() {
		for i := range 1000000 {
			src <- i
		}
		close(src)
	}()
	var c <-chan int = src
	for k := range 4 {
		c = stage(c, func(v int) int { return v*3 + k })
	}
	sum := 0
	for v := range c {
		sum += v
	}
	println(sum)
}
