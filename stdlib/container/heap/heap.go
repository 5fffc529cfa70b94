// This file holds all of package heap.

// Package heap keeps any collection that can be sorted as a heap: a tree in
// which no element comes before its parent, so that the first one is the least.
package heap

import "sort"

// Interface is a collection that can be kept as a heap. Its own Push and Pop
// work at its end; to add to or take from the heap there are the functions of
// the package.
type Interface interface {
	sort.Interface
	Push(x any) // adds x as element Len()
	Pop() any   // removes element Len() - 1 and returns it
}

// Init makes h a heap, whatever its order. It takes O(n) steps.
func Init(h Interface) {
	n := h.Len()
	for i := n/2 - 1; i >= 0; i-- {
		down(h, i, n)
	}
}

// Push adds x to the heap in O(log n) steps.
func Push(h Interface, x any) {
	h.Push(x)
	up(h, h.Len()-1)
}

// Pop removes the least element and returns it, in O(log n) steps.
func Pop(h Interface) any {
	n := h.Len() - 1
	h.Swap(0, n)
	down(h, 0, n)
	return h.Pop()
}

// Remove removes element i and returns it, in O(log n) steps.
func Remove(h Interface, i int) any {
	if n := h.Len() - 1; n != i {
		h.Swap(i, n)
		if !down(h, i, n) {
			up(h, i)
		}
	}
	return h.Pop()
}

// Fix puts element i in its place after its value has changed, in O(log n)
// steps.
func Fix(h Interface, i int) {
	if !down(h, i, h.Len()) {
		up(h, i)
	}
}

// up moves element j towards the root.
func up(h Interface, j int) {
	for j > 0 {
		parent := (j - 1) / 2
		if !h.Less(j, parent) {
			return
		}
		h.Swap(parent, j)
		j = parent
	}
}

// down moves element i away from the root, among the first n elements, and
// reports whether it moved.
func down(h Interface, i, n int) bool {
	start := i
	for {
		child := 2*i + 1
		if child >= n || child < 0 {
			break
		}
		if right := child + 1; right < n && h.Less(right, child) {
			child = right
		}
		if !h.Less(child, i) {
			break
		}
		h.Swap(i, child)
		i = child
	}
	return i > start
}
