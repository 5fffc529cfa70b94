// Strings built by concatenation and by strings.Builder.
// Group: strings
package main

import "strings"

func main() {
	total := 0
	for i := range 200000 {
		s := ""
		for j := range 20 {
			s += string(rune('a' + (i+j)%26))
		}
		total += len(s)
	}
	for range 300 {
		var b strings.Builder
		for j := range 20000 {
			b.WriteByte(byte('a' + j%26))
			b.WriteString("xyz")
			b.WriteRune('é')
		}
		total += b.Len()
	}
	println(total)
}
