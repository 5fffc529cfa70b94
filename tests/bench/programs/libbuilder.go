// strings.Builder and bytes.Buffer.
// Group: library
package main

import (
	"bytes"
	"strings"
)

func main() {
	total := 0
	for range 300 {
		var b strings.Builder
		for j := range 20000 {
			b.WriteByte(byte('a' + j%26))
			b.WriteString("xyz")
			b.WriteRune('é')
		}
		total += b.Len()
	}
	for range 500000 {
		var b strings.Builder
		b.WriteString("short")
		b.WriteByte(' ')
		b.WriteString("text")
		total += len(b.String())
	}
	var buf bytes.Buffer
	for range 100 {
		buf.Reset()
		for j := range 50000 {
			buf.WriteByte(byte(j))
			buf.WriteString("abcd")
			buf.WriteRune(rune(j & 0xfff))
		}
		total += buf.Len()
	}
	println(total)
}
