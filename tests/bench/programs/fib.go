// Fib: calls. They are counted so that each has to happen.
// Group: compute
package main

var calls int

func fib(n int) int {
	calls++
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func main() {
	println(fib(40))
	println(calls)
}
