// Words counted in a map, then sorted.
// Group: strings
package main

import (
	"fmt"
	"sort"
	"strings"
)

func main() {
	words := strings.Fields("the quick brown fox jumps over the lazy dog and runs away from the angry bear that was eating honey in the forest")
	var b strings.Builder
	seed := uint32(1)
	for range 400000 {
		seed = seed*1664525 + 1013904223
		b.WriteString(words[int(seed>>10)%len(words)])
		b.WriteByte(' ')
	}
	text := b.String()
	for range 5 {
		count := map[string]int{}
		for _, w := range strings.Fields(text) {
			count[w]++
		}
		keys := make([]string, 0, len(count))
		for k := range count {
			keys = append(keys, k)
		}
		sort.Slice(keys, func(i, j int) bool {
			return count[keys[i]] > count[keys[j]] || count[keys[i]] == count[keys[j]] && keys[i] < keys[j]
		})
		fmt.Println(keys[0], count[keys[0]])
	}
}
