// Maps of ints: insertion, lookup, deletion, iteration.
// Group: strings
package main

func main() {
	sum := 0
	for range 4 {
		m := map[int]int{}
		for i := range 1000000 {
			m[i*7919%1000003] += i
		}
		for i := range 1500000 {
			if v, ok := m[i]; ok {
				sum += v
			}
		}
		for i := range 500000 {
			delete(m, i*2)
		}
		for k, v := range m {
			sum += k ^ v
		}
	}
	println(sum)
}
