// select over several channels.
// Group: concurrency
package main

func main() {
	a, b, quit := make(chan int, 4), make(chan int, 4), make(chan bool)
	go func() {
		for i := range 1500000 {
			if i%3 == 0 {
				a <- i
			} else {
				b <- i
			}
		}
		close(quit)
	}()
	x, y := 0, 0
	for done := false; !done; {
		select {
		case v := <-a:
			x += v
		case v := <-b:
			y += v
		case <-quit:
			done = true
		}
	}
	for len(a) > 0 {
		x += <-a
	}
	for len(b) > 0 {
		y += <-b
	}
	println(x, y)
}
