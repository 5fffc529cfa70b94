// sort.Slice, slices.Sort, sort.Strings, slices.SortFunc on structs.
// Group: library
package main

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
)

type rec struct {
	key  string
	n, m int
}

func main() {
	seed := uint32(1)
	next := func() int {
		seed = seed*1664525 + 1013904223
		return int(seed >> 3)
	}
	total := 0
	for range 3 {
		ints := make([]int, 500000)
		for i := range ints {
			ints[i] = next()
		}
		by := slices.Clone(ints)
		slices.Sort(ints)
		sort.Slice(by, func(i, j int) bool { return by[i] < by[j] })
		words := make([]string, 100000)
		recs := make([]rec, 100000)
		for i := range words {
			words[i] = strconv.Itoa(next())
			recs[i] = rec{words[i], next() % 1000, i}
		}
		sort.Strings(words)
		slices.SortStableFunc(recs, func(a, b rec) int { return cmp.Compare(a.n, b.n) })
		sort.SliceStable(recs, func(i, j int) bool { return recs[i].key < recs[j].key })
		total += ints[1000] + by[2000] + len(words[7]) + recs[99].m
	}
	println(total)
}
