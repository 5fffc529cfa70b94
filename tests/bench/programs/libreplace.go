// strings.ReplaceAll, a Replacer of several words and one of single bytes.
// Group: library
package main

import "strings"

func main() {
	text := strings.Repeat("a quick brown fox jumps over the lazy dog & <another> one; ", 2000)
	words := strings.NewReplacer("quick", "slow", "brown", "red", "fox", "wolf", "lazy", "eager")
	marks := strings.NewReplacer("<", "&lt;", ">", "&gt;", "&", "&amp;")
	total := 0
	for range 200 {
		total += len(strings.ReplaceAll(text, "fox", "hedgehog"))
		total += len(strings.ReplaceAll(text, "o", "0"))
		total += len(strings.ReplaceAll(text, "absent", ""))
		total += len(marks.Replace(text))
	}
	for range 60 {
		total += len(words.Replace(text))
	}
	println(total)
}
