// Closures: called in loops, passed on, returned.
// Group: dispatch
package main

func each(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}

func compose(f, g func(int) int) func(int) int { return func(x int) int { return f(g(x)) } }

func counter() func() int {
	n := 0
	return func() int { n++; return n }
}

func main() {
	sum := 0
	add := func(x int) {
		if x%3 == 0 {
			sum += x
		} else {
			sum ^= x
		}
	}
	for i := range 100000000 {
		add(i)
		add(sum & 7)
	}
	each(100000000, func(i int) { sum += i & 3 })
	f := compose(func(x int) int { return x + 1 }, func(x int) int { return x * 2 })
	c := counter()
	for i := range 100000000 {
		sum += f(i) & c()
	}
	println(sum)
}
