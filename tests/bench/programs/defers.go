// Defers: an open-coded defer, one in a loop, and panics that are recovered.
// Group: defer
package main

//go:noinline
func add(p *int, n int) { *p += n }

//go:noinline
func open(p *int) {
	defer add(p, 1)
	*p++
}

//go:noinline
func loop(p *int, n int) {
	for i := range n {
		defer add(p, i)
	}
}

//go:noinline
func panics(p *int) {
	defer func() {
		if recover() != nil {
			*p++
		}
	}()
	panic("x")
}

func main() {
	n := 0
	for range 100_000_000 {
		open(&n)
	}
	for range 100_000 {
		loop(&n, 100)
	}
	for range 2_000_000 {
		panics(&n)
	}
	println(n)
}
