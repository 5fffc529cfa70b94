// Edit distance by dynamic programming over two rows.
// Group: compute
package main

func distance(a, b []byte, prev, cur []int) int {
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
		}
		prev, cur = cur, prev
	}
	return prev[len(b)]
}

func main() {
	a, b := make([]byte, 3000), make([]byte, 3000)
	seed := uint32(1)
	for i := range a {
		seed = seed*1664525 + 1013904223
		a[i] = 'a' + byte(seed>>28)
		seed = seed*1664525 + 1013904223
		b[i] = 'a' + byte(seed>>28)
	}
	prev, cur := make([]int, len(b)+1), make([]int, len(b)+1)
	sum := 0
	for range 12 {
		sum += distance(a, b, prev, cur)
	}
	println(sum)
}
