// This file holds the sorting of slices of int, float64 and string.

package sort

import "slices"

// IntSlice makes a []int a collection in increasing order.
type IntSlice []int

// Len is the number of elements.
func (x IntSlice) Len() int { return len(x) }

// Less compares two elements.
func (x IntSlice) Less(i, j int) bool { return x[i] < x[j] }

// Swap exchanges two elements.
func (x IntSlice) Swap(i, j int) { x[i], x[j] = x[j], x[i] }

// Sort sorts the slice, as Sort(x) does.
func (x IntSlice) Sort() { Sort(x) }

// Search is SearchInts on the slice.
func (p IntSlice) Search(x int) int { return SearchInts(p, x) }

// Float64Slice makes a []float64 a collection in increasing order, NaNs first.
type Float64Slice []float64

// Len is the number of elements.
func (x Float64Slice) Len() int { return len(x) }

// Less compares two elements. A NaN comes before all other numbers, so that
// the order is transitive.
func (x Float64Slice) Less(i, j int) bool {
	return x[i] < x[j] || (x[i] != x[i] && x[j] == x[j])
}

// Swap exchanges two elements.
func (x Float64Slice) Swap(i, j int) { x[i], x[j] = x[j], x[i] }

// Sort sorts the slice, as Sort(x) does.
func (x Float64Slice) Sort() { Sort(x) }

// Search is SearchFloat64s on the slice.
func (p Float64Slice) Search(x float64) int { return SearchFloat64s(p, x) }

// StringSlice makes a []string a collection in increasing order.
type StringSlice []string

// Len is the number of elements.
func (x StringSlice) Len() int { return len(x) }

// Less compares two elements.
func (x StringSlice) Less(i, j int) bool { return x[i] < x[j] }

// Swap exchanges two elements.
func (x StringSlice) Swap(i, j int) { x[i], x[j] = x[j], x[i] }

// Sort sorts the slice, as Sort(x) does.
func (x StringSlice) Sort() { Sort(x) }

// Search is SearchStrings on the slice.
func (p StringSlice) Search(x string) int { return SearchStrings(p, x) }

// Ints sorts x in increasing order.
func Ints(x []int) { slices.Sort(x) }

// Float64s sorts x in increasing order, NaNs first.
func Float64s(x []float64) { slices.Sort(x) }

// Strings sorts x in increasing order.
func Strings(x []string) { slices.Sort(x) }

// IntsAreSorted reports whether x is in increasing order.
func IntsAreSorted(x []int) bool { return slices.IsSorted(x) }

// Float64sAreSorted reports whether x is in increasing order, NaNs first.
func Float64sAreSorted(x []float64) bool { return slices.IsSorted(x) }

// StringsAreSorted reports whether x is in increasing order.
func StringsAreSorted(x []string) bool { return slices.IsSorted(x) }
