// This file holds a stable sort in place.

package pdq

// Stable sorts the first n elements of d and keeps the order of equal ones. It
// sorts blocks by insertion and merges them in place by rotations.
func Stable[D Order](d D, n int) {
	const block = 20
	for a := 0; a < n; a += block {
		insertion(d, a, min(a+block, n))
	}
	for size := block; size < n; size *= 2 {
		for a := 0; a+size < n; a += 2 * size {
			merge(d, a, a+size, min(a+2*size, n))
		}
	}
}

// merge joins the sorted pieces [a, m) and [m, b), after the algorithm SymMerge
// of Kim and Kutzner: the pieces are cut so that exchanging the inner parts
// leaves two smaller merges.
func merge[D Order](d D, a, m, b int) {
	if m-a == 1 {
		// Find the first in the right piece that does not go before the one.
		lo, hi := m, b
		for lo < hi {
			mid := int(uint(lo+hi) >> 1)
			if d.Less(mid, a) {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		for k := a; k < lo-1; k++ {
			d.Swap(k, k+1)
		}
		return
	}
	if b-m == 1 {
		// Find the first in the left piece that goes behind the one.
		lo, hi := a, m
		for lo < hi {
			mid := int(uint(lo+hi) >> 1)
			if !d.Less(m, mid) {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		for k := m; k > lo; k-- {
			d.Swap(k, k-1)
		}
		return
	}
	mid := int(uint(a+b) >> 1)
	n := mid + m
	var lo, hi int
	if m > mid {
		lo, hi = n-b, mid
	} else {
		lo, hi = a, m
	}
	last := n - 1
	for lo < hi {
		c := int(uint(lo+hi) >> 1)
		if !d.Less(last-c, c) {
			lo = c + 1
		} else {
			hi = c
		}
	}
	end := n - lo
	if lo < m && m < end {
		rotate(d, lo, m, end)
	}
	if a < lo && lo < mid {
		merge(d, a, lo, mid)
	}
	if mid < end && end < b {
		merge(d, mid, end, b)
	}
}

// rotate exchanges the neighbouring blocks [a, m) and [m, b).
func rotate[D Order](d D, a, m, b int) {
	i, j := m-a, b-m
	for i != j {
		if i > j {
			swapBlocks(d, m-i, m, j)
			i -= j
		} else {
			swapBlocks(d, m-i, m+j-i, i)
			j -= i
		}
	}
	swapBlocks(d, m-i, m, i)
}

// swapBlocks exchanges the n elements from a with those from b.
func swapBlocks[D Order](d D, a, b, n int) {
	for i := 0; i < n; i++ {
		d.Swap(a+i, b+i)
	}
}
