// A chain of goroutines that filters primes.
// Group: concurrency
package main

func filter(in <-chan int, out chan<- int, prime int) {
	for i := range in {
		if i%prime != 0 {
			out <- i
		}
	}
	close(out)
}

func main() {
	ch := make(chan int, 8)
	go func() {
		for i := 2; i < 20000; i++ {
			ch <- i
		}
		close(ch)
	}()
	in, last, n := (<-chan int)(ch), 0, 0
	for last < 1500 {
		last = <-in
		out := make(chan int, 8)
		go filter(in, out, last)
		in = out
	}
	for range in {
		n++
	}
	println(last, n)
}
