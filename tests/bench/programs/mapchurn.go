// Goroutines that fill and drop maps of strings, pointers and slices: what grows is garbage soon.
// Group: concurrency
package main

import (
	"strconv"
	"sync"
)

type entry struct {
	name string
	list []int
	next *entry
}

func churn(seed int) int {
	byName := map[string]*entry{}
	byKey := map[int][]*entry{}
	n := 0
	for i := range 400_000 {
		k := (i*7919 + seed*104729) % 20011
		name := strconv.Itoa(k)
		e := &entry{name: name, list: []int{i, k}, next: byName[name]}
		if e.next != nil && e.next.next != nil {
			e.next.next = nil
		}
		byName[name] = e
		byKey[k%503] = append(byKey[k%503], e)
		if len(byKey[k%503]) > 40 {
			delete(byKey, k%503)
		}
		if i%3 == 0 {
			delete(byName, strconv.Itoa((k*31)%20011))
		}
		if i%100_000 == 99_999 {
			for _, e := range byName {
				n += len(e.list)
			}
			byName = map[string]*entry{}
		}
	}
	return n + len(byKey)
}

func main() {
	var wg sync.WaitGroup
	results := make([]int, 4)
	for i := range results {
		wg.Go(func() { results[i] = churn(i) })
	}
	wg.Wait()
	for _, r := range results {
		println(r)
	}
}
