// This file holds the quicksort and the merge sort of slices.

package slices

import (
	"cmp"
	"internal/pdq"
	"math/bits"
)

// order compares two elements. There is one type for the natural order and one
// for an order given by a function, so that each gets code of its own.
type order[E any] interface {
	less(a, b E) bool
}

// natural is the order that cmp.Less gives.
type natural[E cmp.Ordered] struct{}

func (natural[E]) less(a, b E) bool { return a < b || (a != a && b == b) }

// byFunc is the order of a comparison function.
type byFunc[E any] struct {
	cmp func(a, b E) int
}

func (f byFunc[E]) less(a, b E) bool { return f.cmp(a, b) < 0 }

// quick sorts x[a:b] by the same steps as pdq.Sort, but with values at hand
// instead of indices. After bad many bad splits it turns to heapsort.
func quick[E any, O order[E]](x []E, a, b, bad int, o O) {
	balanced, parted := true, true
	for {
		n := b - a
		if n <= pdq.ShortPiece {
			insertion(x[a:b], o)
			return
		}
		if bad == 0 {
			heap(x[a:b], o)
			return
		}
		if !balanced {
			scatter(x[a:b])
			bad--
		}
		pivot, hint := choose(x, a, b, o)
		if hint == pdq.Falling {
			Reverse(x[a:b])
			pivot = a + b - 1 - pivot
			hint = pdq.Rising
		}
		if balanced && parted && hint == pdq.Rising && nearlySorted(x, a, b, o) {
			return
		}
		if a > 0 && !o.less(x[a-1], x[pivot]) {
			a = splitEqual(x, a, b, pivot, o)
			continue
		}
		var mid int
		mid, parted = split(x, a, b, pivot, o)
		left, right := mid-a, b-mid
		if left < right {
			balanced = left >= n/8
			quick(x, a, mid, bad, o)
			a = mid + 1
		} else {
			balanced = right >= n/8
			quick(x, mid+1, b, bad, o)
			b = mid
		}
	}
}

// insertion sorts x by insertion.
func insertion[E any, O order[E]](x []E, o O) {
	for i := 1; i < len(x); i++ {
		if !o.less(x[i], x[i-1]) {
			continue
		}
		v := x[i]
		x[i] = x[i-1]
		j := i - 1
		for j > 0 && o.less(v, x[j-1]) {
			x[j] = x[j-1]
			j--
		}
		x[j] = v
	}
}

// heap sorts x by heapsort.
func heap[E any, O order[E]](x []E, o O) {
	for i := (len(x) - 1) / 2; i >= 0; i-- {
		sink(x, i, o)
	}
	for i := len(x) - 1; i >= 0; i-- {
		x[0], x[i] = x[i], x[0]
		sink(x[:i], 0, o)
	}
}

// sink moves the element at root down in the heap x.
func sink[E any, O order[E]](x []E, root int, o O) {
	for {
		child := 2*root + 1
		if child >= len(x) {
			return
		}
		if child+1 < len(x) && o.less(x[child], x[child+1]) {
			child++
		}
		if !o.less(x[root], x[child]) {
			return
		}
		x[root], x[child] = x[child], x[root]
		root = child
	}
}

// split puts the elements of x[a:b] that are less than the pivot before it and
// the others behind it. It returns the new place of the pivot, and whether
// nothing else had to be moved.
func split[E any, O order[E]](x []E, a, b, pivot int, o O) (mid int, parted bool) {
	x[a], x[pivot] = x[pivot], x[a]
	p := x[a]
	i, j := a+1, b-1
	for i <= j && o.less(x[i], p) {
		i++
	}
	for i <= j && !o.less(x[j], p) {
		j--
	}
	parted = i > j
	for i <= j {
		x[i], x[j] = x[j], x[i]
		i++
		j--
		for i <= j && o.less(x[i], p) {
			i++
		}
		for i <= j && !o.less(x[j], p) {
			j--
		}
	}
	x[a], x[j] = x[j], p
	return j, parted
}

// splitEqual puts the elements of x[a:b] that equal the pivot first, and
// returns the end of them. No element may be less than the pivot.
func splitEqual[E any, O order[E]](x []E, a, b, pivot int, o O) int {
	x[a], x[pivot] = x[pivot], x[a]
	p := x[a]
	i, j := a+1, b-1
	for {
		for i <= j && !o.less(p, x[i]) {
			i++
		}
		for i <= j && o.less(p, x[j]) {
			j--
		}
		if i > j {
			return i
		}
		x[i], x[j] = x[j], x[i]
		i++
		j--
	}
}

// nearlySorted tries to sort x[a:b] by moving a few elements, and reports
// whether that was enough.
func nearlySorted[E any, O order[E]](x []E, a, b int, o O) bool {
	i := a + 1
	for step := 0; step < pdq.FixLimit; step++ {
		for i < b && !o.less(x[i], x[i-1]) {
			i++
		}
		if i == b {
			return true
		}
		if b-a < pdq.NintherFrom {
			return false
		}
		x[i], x[i-1] = x[i-1], x[i]
		if i-a >= 2 {
			for j := i - 1; j >= 1 && o.less(x[j], x[j-1]); j-- {
				x[j], x[j-1] = x[j-1], x[j]
			}
		}
		if b-i >= 2 {
			for j := i + 1; j < b && o.less(x[j], x[j-1]); j++ {
				x[j], x[j-1] = x[j-1], x[j]
			}
		}
	}
	return false
}

// scatter exchanges three elements in the middle of x with others, to break
// patterns that make for bad splits.
func scatter[E any](x []E) {
	n := len(x)
	if n < pdq.ScatterFrom {
		return
	}
	random := pdq.Scatter(n)
	mask := uint(1)<<uint(bits.Len(uint(n))) - 1
	at := n / 4 * 2
	for i := -1; i < 2; i++ {
		other := int(uint(random.Next()) & mask)
		if other >= n {
			other -= n
		}
		x[at+i], x[other] = x[other], x[at+i]
	}
}

// choose picks a pivot for x[a:b] and tells how the elements that it looked at
// were ordered.
func choose[E any, O order[E]](x []E, a, b int, o O) (pivot int, hint pdq.Hint) {
	n := b - a
	swaps := 0
	i, j, k := a+n/4, a+n/4*2, a+n/4*3
	if n >= pdq.ScatterFrom {
		if n >= pdq.NintherFrom {
			i = median(x, i-1, i, i+1, &swaps, o)
			j = median(x, j-1, j, j+1, &swaps, o)
			k = median(x, k-1, k, k+1, &swaps, o)
		}
		j = median(x, i, j, k, &swaps, o)
	}
	switch swaps {
	case 0:
		return j, pdq.Rising
	case pdq.AllSwaps:
		return j, pdq.Falling
	}
	return j, pdq.Mixed
}

// median returns which of the elements a, b, c is the middle one, and counts
// in swaps how often two of them were out of order.
func median[E any, O order[E]](x []E, a, b, c int, swaps *int, o O) int {
	if o.less(x[b], x[a]) {
		*swaps++
		a, b = b, a
	}
	if o.less(x[c], x[b]) {
		*swaps++
		b = c
	}
	if o.less(x[b], x[a]) {
		*swaps++
		b = a
	}
	return b
}

// stable sorts x by merging and keeps the order of equal elements.
func stable[E any, O order[E]](x []E, o O) {
	const block = 16
	n := len(x)
	for a := 0; a < n; a += block {
		insertion(x[a:min(a+block, n)], o)
	}
	if n <= block {
		return
	}
	// The shorter side of a merge goes to the side, so half is enough; the
	// sides are at most one power of two of blocks long.
	half := block
	for half*2 < n {
		half *= 2
	}
	spare := make([]E, min(half, n/2))
	for size := block; size < n; size *= 2 {
		for a := 0; a+size < n; a += 2 * size {
			merge(x[a:min(a+2*size, n)], size, spare, o)
		}
	}
}

// merge joins the sorted pieces x[:m] and x[m:]. The shorter one is put aside
// in spare.
func merge[E any, O order[E]](x []E, m int, spare []E, o O) {
	if !o.less(x[m], x[m-1]) {
		return
	}
	// What is in place at both ends stays out of it.
	lo := 0
	for lo < m && !o.less(x[m], x[lo]) {
		lo++
	}
	hi := len(x)
	for hi > m && !o.less(x[hi-1], x[m-1]) {
		hi--
	}
	x, m = x[lo:hi], m-lo
	if n := len(x) - m; m <= n {
		left := spare[:copy(spare, x[:m])]
		i, j, k := 0, m, 0
		for i < len(left) && j < len(x) {
			if o.less(x[j], left[i]) {
				x[k] = x[j]
				j++
			} else {
				x[k] = left[i]
				i++
			}
			k++
		}
		copy(x[k:], left[i:])
		clear(left)
	} else {
		right := spare[:copy(spare, x[m:])]
		i, j, k := m-1, n-1, len(x)-1
		for i >= 0 && j >= 0 {
			if o.less(right[j], x[i]) {
				x[k] = x[i]
				i--
			} else {
				x[k] = right[j]
				j--
			}
			k--
		}
		copy(x[:k+1], right[:j+1])
		clear(right)
	}
}
