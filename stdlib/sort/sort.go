// This file holds sorting by interface and by function.

// Package sort sorts slices and other collections, and searches in sorted ones.
package sort

import (
	"internal/pdq"
	"internal/reflectlite"
)

// Interface is a collection whose elements are known by index from 0 to
// Len()-1, and that can be sorted.
type Interface interface {
	// Len is the number of elements.
	Len() int

	// Less reports whether element i must come before element j. If neither
	// of two comes before the other they are equal, and Sort may put them in
	// either order while Stable keeps the one they have. The order must be
	// transitive, and so must be equality; < on floating-point numbers with
	// NaNs among them is not so.
	Less(i, j int) bool

	// Swap exchanges elements i and j.
	Swap(i, j int)
}

// Sort sorts data by its Less method, with O(n log n) comparisons and
// exchanges. Equal elements may change places.
func Sort(data Interface) {
	if n := data.Len(); n > 1 {
		pdq.Sort(data, n)
	}
}

// Stable sorts data by its Less method and keeps the order of equal elements.
// It makes O(n log n) comparisons and O(n log n log n) exchanges.
func Stable(data Interface) {
	pdq.Stable(data, data.Len())
}

// IsSorted reports whether data is sorted.
func IsSorted(data Interface) bool {
	for i := data.Len() - 1; i > 0; i-- {
		if data.Less(i, i-1) {
			return false
		}
	}
	return true
}

// reversed turns the order of a collection around.
type reversed struct {
	Interface
}

// Less compares the other way.
func (r reversed) Less(i, j int) bool { return r.Interface.Less(j, i) }

// Reverse returns data with its order turned around.
func Reverse(data Interface) Interface {
	return &reversed{data}
}

// pair is a collection given by two functions.
type pair struct {
	less func(i, j int) bool
	swap func(i, j int)
}

// Less calls the function for comparing.
func (p *pair) Less(i, j int) bool { return p.less(i, j) }

// Swap calls the function for exchanging.
func (p *pair) Swap(i, j int) { p.swap(i, j) }

// view looks at x as a slice of anything, and panics if it is none.
func view(x any, caller string) reflectlite.Slice {
	s, ok := reflectlite.SliceOf(x)
	if !ok {
		panic("reflect: call of " + caller + " on a value that is not a slice")
	}
	return s
}

// Slice sorts the slice x by the function less, which is given indices into x.
// Equal elements may change places. It panics if x is not a slice.
func Slice(x any, less func(i, j int) bool) {
	s := view(x, "Swapper")
	if n := s.Len(); n > 1 {
		pdq.Sort(&pair{less, s.Swapper()}, n)
	}
}

// SliceStable sorts the slice x by the function less and keeps the order of
// equal elements. It panics if x is not a slice.
func SliceStable(x any, less func(i, j int) bool) {
	s := view(x, "Swapper")
	pdq.Stable(&pair{less, s.Swapper()}, s.Len())
}

// SliceIsSorted reports whether the slice x is sorted by the function less. It
// panics if x is not a slice.
func SliceIsSorted(x any, less func(i, j int) bool) bool {
	s := view(x, "Len")
	for i := s.Len() - 1; i > 0; i-- {
		if less(i, i-1) {
			return false
		}
	}
	return true
}
