// Maps: integer and string keys.
// Group: strings
package main

func main() {
	m := map[int]int{}
	for i := range 3_000_000 {
		m[i*7919%1_000_003] += i
	}
	sum := 0
	for range 5 {
		for k, v := range m {
			sum += k ^ v
		}
	}
	words := []string{"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"}
	s := map[string]int{}
	for i := range 20_000_000 {
		s[words[i%len(words)]] += i
	}
	println(len(m), sum, s["eta"])
}
