// Sorting with sort.Slice, sort.Sort and slices.SortFunc.
// Group: dispatch
package main

import (
	"cmp"
	"slices"
	"sort"
)

type person struct {
	name string
	age  int
}
type byAge []person

func (p byAge) Len() int           { return len(p) }
func (p byAge) Less(i, j int) bool { return p[i].age < p[j].age }
func (p byAge) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }

func main() {
	people := make([]person, 400000)
	seed := uint32(1)
	for i := range people {
		seed = seed*1664525 + 1013904223
		people[i] = person{"n", int(seed >> 4)}
	}
	a, b, c := slices.Clone(people), slices.Clone(people), slices.Clone(people)
	sort.Slice(a, func(i, j int) bool { return a[i].age < a[j].age })
	sort.Sort(byAge(b))
	slices.SortFunc(c, func(x, y person) int { return cmp.Compare(x.age, y.age) })
	println(a[1000].age, b[2000].age, c[3000].age)
}
