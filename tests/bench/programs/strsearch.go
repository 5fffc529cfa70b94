// Searches, replacements and splits of strings.
// Group: strings
package main

import "strings"

func main() {
	text := strings.Repeat("the quick brown fox jumps over the lazy dog; ", 2000)
	n := 0
	for range 600 {
		n += strings.Count(text, "fox")
		n += strings.Index(text, "cat")
		n += len(strings.Split(text, "; "))
		n += len(strings.ReplaceAll(text, "lazy", "energetic"))
		n += len(strings.ToUpper(text))
		n += strings.LastIndex(text, "quick")
		if strings.Contains(text, "zebra") || strings.HasPrefix(text, "xyz") {
			n++
		}
		n += len(strings.TrimSpace(text)) + strings.IndexByte(text, 'Z')
	}
	println(n)
}
