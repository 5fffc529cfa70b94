// This file holds binary searches.

package sort

// Search returns the smallest i in [0, n) for which f(i) is true, or n if
// there is none. It takes for granted that f is false for some first indices
// and true for all others.
func Search(n int, f func(int) bool) int {
	lo, hi := 0, n
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if f(mid) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

// Find returns the smallest i in [0, n) for which cmp(i) <= 0, or n if there
// is none, and whether cmp(i) is 0 there. It takes for granted that cmp is
// positive for some first indices, then 0 for some, and negative for all
// others.
func Find(n int, cmp func(int) int) (i int, found bool) {
	lo, hi := 0, n
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if cmp(mid) > 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < n && cmp(lo) == 0
}

// SearchInts returns where x is, or would have to be put, in the increasing
// slice a.
func SearchInts(a []int, x int) int { return place(a, x) }

// SearchFloat64s returns where x is, or would have to be put, in the
// increasing slice a.
func SearchFloat64s(a []float64, x float64) int { return place(a, x) }

// SearchStrings returns where x is, or would have to be put, in the increasing
// slice a.
func SearchStrings(a []string, x string) int { return place(a, x) }

// place returns the first index whose element is not below x.
func place[E int | float64 | string](a []E, x E) int {
	lo, hi := 0, len(a)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if a[mid] >= x {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
