// Strings sorted with sort.Strings and slices.Sort.
// Group: strings
package main

import (
	"slices"
	"sort"
	"strconv"
)

func main() {
	seed := uint32(1)
	words := make([]string, 300000)
	for i := range words {
		seed = seed*1664525 + 1013904223
		words[i] = strconv.Itoa(int(seed))
	}
	for range 2 {
		a := slices.Clone(words)
		sort.Strings(a)
		b := slices.Clone(words)
		slices.Sort(b)
		println(a[1000], b[2000])
	}
}
