// What a long-running function has dropped is collected, although its frame is scanned word by word: maps that a
// variable held before, tables that have been iterated over, objects next to those in use.
// RUN: %gosubc run %s 2>&1 | FileCheck %s
package main

import "runtime"

type node struct {
	name *int
	next *node
}

func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs - m.Frees
}

func fill(m map[int]*node) {
	for i := range 10_000 {
		m[i] = &node{name: new(int), next: &node{}}
	}
}

func main() {
	before := live()
	m := map[int]*node{}
	n := 0
	for range 6 {
		fill(m)
		for _, v := range m {
			if v.next != nil {
				n++
			}
		}
		m = map[int]*node{}
	}
	// CHECK: 60000 true 0
	println(n, live()-before < 10_000, len(m))

	// A chain of neighbours, of which the last is in use.
	var last *node
	lists := 0
	for i := range 1000 {
		last = &node{}
		for range 100 {
			last.next = &node{next: last.next}
		}
		lists += i
	}
	// CHECK-NEXT: 499500 true true
	println(lists, live()-before < 10_000, last.next != nil)
}
