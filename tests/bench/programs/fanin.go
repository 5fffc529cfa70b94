// Many producers; one goroutine selects among their channels, buffered and not.
// Group: concurrency
package main

func produce(n, from int, to chan<- int) {
	for i := range n {
		to <- from + i
	}
	close(to)
}

func main() {
	const n = 300_000
	a, b, c := make(chan int), make(chan int), make(chan int)
	d, e, f := make(chan int, 16), make(chan int, 16), make(chan int, 16)
	for i, ch := range []chan int{a, b, c, d, e, f} {
		go produce(n, i, ch)
	}
	sum, open := 0, 6
	for open > 0 {
		var v int
		var ok bool
		select {
		case v, ok = <-a:
			if !ok {
				a = nil
			}
		case v, ok = <-b:
			if !ok {
				b = nil
			}
		case v, ok = <-c:
			if !ok {
				c = nil
			}
		case v, ok = <-d:
			if !ok {
				d = nil
			}
		case v, ok = <-e:
			if !ok {
				e = nil
			}
		case v, ok = <-f:
			if !ok {
				f = nil
			}
		}
		if !ok {
			open--
			continue
		}
		sum += v
	}
	println(sum)
}
