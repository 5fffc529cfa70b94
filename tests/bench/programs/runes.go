// Iteration over the runes of strings, conversions to slices.
// Group: strings
package main

func main() {
	s := "Größe, naïveté, 日本語, ascii text that is longer than the rest of it"
	sum := 0
	for i := range 1500000 {
		for _, r := range s {
			sum += int(r) ^ i
		}
	}
	for range 500000 {
		sum += len([]rune(s)) + len([]byte(s)) + len(string([]byte(s)[2:9]))
	}
	println(sum)
}
