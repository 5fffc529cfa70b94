// Slices that grow by append, small and large.
// Group: memory
package main

func main() {
	total := 0
	for i := range 3000000 {
		var s []int
		for j := range i % 16 {
			s = append(s, j)
		}
		total += len(s)
	}
	for range 20 {
		var s []int
		for j := range 1000000 {
			s = append(s, j)
		}
		total += s[len(s)-1]
	}
	println(total)
}
