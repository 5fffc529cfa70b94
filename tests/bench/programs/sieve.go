// Sieve: strided stores to a byte slice.
// Group: compute
package main

func main() {
	const n = 20_000_000
	count := 0
	for range 5 {
		composite := make([]bool, n+1)
		count = 0
		for i := 2; i <= n; i++ {
			if composite[i] {
				continue
			}
			count++
			for j := i * i; j <= n; j += i {
				composite[j] = true
			}
		}
	}
	println(count)
}
