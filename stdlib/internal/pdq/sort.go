// This file holds a pattern-defeating quicksort that works by indices.

// Package pdq sorts anything that can compare and exchange by index.
//
// Sort is the pattern-defeating quicksort of Orson Peters: quicksort with a
// pivot chosen from up to nine elements, that finishes short pieces by
// insertion, notices pieces that are in order already, scatters a few elements
// after bad splits, and falls back on heapsort after too many of them.
package pdq

import "math/bits"

// Order compares and exchanges elements by index.
type Order interface {
	// Less reports whether element i must come before element j.
	Less(i, j int) bool
	// Swap exchanges elements i and j.
	Swap(i, j int)
}

// Limits of the strategy.
const (
	// ShortPiece is the length up to which a piece is sorted by insertion.
	ShortPiece = 12
	// NintherFrom is the length from which the pivot is a median of medians.
	NintherFrom = 50
	// ScatterFrom is the length from which elements are scattered.
	ScatterFrom = 8
	// FixLimit is how many misplaced elements are moved by insertion in a
	// piece that seems to be in order.
	FixLimit = 5
	// AllSwaps is the number of exchanges that choosing a pivot from nine
	// elements makes if they all are in reverse order.
	AllSwaps = 12
)

// Hint tells how the elements looked at for a pivot were ordered.
type Hint uint8

// The hints.
const (
	Mixed Hint = iota
	Rising
	Falling
)

// Scatter is a small generator of pseudo-random numbers.
type Scatter uint64

// Next returns the next number.
func (s *Scatter) Next() uint64 {
	x := uint64(*s)
	x ^= x << 13
	x ^= x >> 7
	x ^= x << 17
	*s = Scatter(x)
	return x
}

// Sort sorts the first n elements of d. Equal elements may change places.
func Sort[D Order](d D, n int) {
	quick(d, 0, n, bits.Len(uint(n)))
}

// quick sorts the elements in [a, b). After bad many splits it turns to
// heapsort.
func quick[D Order](d D, a, b, bad int) {
	balanced, parted := true, true
	for {
		n := b - a
		if n <= ShortPiece {
			insertion(d, a, b)
			return
		}
		if bad == 0 {
			heap(d, a, b)
			return
		}
		if !balanced {
			scatter(d, a, b)
			bad--
		}
		pivot, hint := choose(d, a, b)
		if hint == Falling {
			for i, j := a, b-1; i < j; i, j = i+1, j-1 {
				d.Swap(i, j)
			}
			pivot = a + b - 1 - pivot
			hint = Rising
		}
		if balanced && parted && hint == Rising && nearlySorted(d, a, b) {
			return
		}
		// The element before the piece is not above any in it. If the pivot
		// equals it, all that equal the pivot belong to the left.
		if a > 0 && !d.Less(a-1, pivot) {
			a = splitEqual(d, a, b, pivot)
			continue
		}
		var mid int
		mid, parted = split(d, a, b, pivot)
		left, right := mid-a, b-mid
		if left < right {
			balanced = left >= n/8
			quick(d, a, mid, bad)
			a = mid + 1
		} else {
			balanced = right >= n/8
			quick(d, mid+1, b, bad)
			b = mid
		}
	}
}

// insertion sorts [a, b) by insertion.
func insertion[D Order](d D, a, b int) {
	for i := a + 1; i < b; i++ {
		for j := i; j > a && d.Less(j, j-1); j-- {
			d.Swap(j, j-1)
		}
	}
}

// heap sorts [a, b) by heapsort.
func heap[D Order](d D, a, b int) {
	n := b - a
	for i := (n - 1) / 2; i >= 0; i-- {
		sink(d, i, n, a)
	}
	for i := n - 1; i >= 0; i-- {
		d.Swap(a, a+i)
		sink(d, 0, i, a)
	}
}

// sink moves the element at root down in the heap of n elements from base.
func sink[D Order](d D, root, n, base int) {
	for {
		child := 2*root + 1
		if child >= n {
			return
		}
		if child+1 < n && d.Less(base+child, base+child+1) {
			child++
		}
		if !d.Less(base+root, base+child) {
			return
		}
		d.Swap(base+root, base+child)
		root = child
	}
}

// split puts the elements of [a, b) that are less than the pivot before it and
// the others behind it. It returns the new place of the pivot, and whether
// nothing else had to be moved.
func split[D Order](d D, a, b, pivot int) (mid int, parted bool) {
	d.Swap(a, pivot)
	i, j := a+1, b-1
	for i <= j && d.Less(i, a) {
		i++
	}
	for i <= j && !d.Less(j, a) {
		j--
	}
	parted = i > j
	for i <= j {
		d.Swap(i, j)
		i++
		j--
		for i <= j && d.Less(i, a) {
			i++
		}
		for i <= j && !d.Less(j, a) {
			j--
		}
	}
	d.Swap(j, a)
	return j, parted
}

// splitEqual puts the elements of [a, b) that equal the pivot first, and
// returns the end of them. No element may be less than the pivot.
func splitEqual[D Order](d D, a, b, pivot int) int {
	d.Swap(a, pivot)
	i, j := a+1, b-1
	for {
		for i <= j && !d.Less(a, i) {
			i++
		}
		for i <= j && d.Less(a, j) {
			j--
		}
		if i > j {
			return i
		}
		d.Swap(i, j)
		i++
		j--
	}
}

// nearlySorted tries to sort [a, b) by moving a few elements, and reports
// whether that was enough.
func nearlySorted[D Order](d D, a, b int) bool {
	i := a + 1
	for step := 0; step < FixLimit; step++ {
		for i < b && !d.Less(i, i-1) {
			i++
		}
		if i == b {
			return true
		}
		if b-a < NintherFrom {
			return false
		}
		d.Swap(i, i-1)
		if i-a >= 2 {
			for j := i - 1; j >= 1 && d.Less(j, j-1); j-- {
				d.Swap(j, j-1)
			}
		}
		if b-i >= 2 {
			for j := i + 1; j < b && d.Less(j, j-1); j++ {
				d.Swap(j, j-1)
			}
		}
	}
	return false
}

// scatter exchanges three elements in the middle of [a, b) with others, to
// break patterns that make for bad splits.
func scatter[D Order](d D, a, b int) {
	n := b - a
	if n < ScatterFrom {
		return
	}
	random := Scatter(n)
	mask := uint(1)<<uint(bits.Len(uint(n))) - 1
	at := a + n/4*2
	for i := -1; i < 2; i++ {
		other := int(uint(random.Next()) & mask)
		if other >= n {
			other -= n
		}
		d.Swap(at+i, a+other)
	}
}

// choose picks a pivot for [a, b) and tells how the elements that it looked at
// were ordered.
func choose[D Order](d D, a, b int) (pivot int, hint Hint) {
	n := b - a
	swaps := 0
	i, j, k := a+n/4, a+n/4*2, a+n/4*3
	if n >= ScatterFrom {
		if n >= NintherFrom {
			i = median(d, i-1, i, i+1, &swaps)
			j = median(d, j-1, j, j+1, &swaps)
			k = median(d, k-1, k, k+1, &swaps)
		}
		j = median(d, i, j, k, &swaps)
	}
	switch swaps {
	case 0:
		return j, Rising
	case AllSwaps:
		return j, Falling
	}
	return j, Mixed
}

// median returns which of the elements a, b, c is the middle one, and counts
// in swaps how often two of them were out of order.
func median[D Order](d D, a, b, c int, swaps *int) int {
	if d.Less(b, a) {
		*swaps++
		a, b = b, a
	}
	if d.Less(c, b) {
		*swaps++
		b = c
	}
	if d.Less(b, a) {
		*swaps++
		b = a
	}
	return b
}
