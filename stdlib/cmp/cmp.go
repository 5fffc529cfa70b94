// This file holds all of package cmp.

// Package cmp compares values of ordered types.
package cmp

// Ordered is the constraint of all types that have the operators < <= >= >.
// Floating-point types are among them, NaNs and all; see Compare for how a NaN
// is ordered.
type Ordered interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr |
		~float32 | ~float64 |
		~string
}

// Less reports whether x comes before y. A NaN comes before every other
// number, and -0.0 does not come before 0.0.
func Less[T Ordered](x, y T) bool {
	return x < y || (x != x && y == y)
}

// Compare returns -1 if x comes before y, +1 if it comes after, and 0 if
// neither. A NaN comes before every other number and equals a NaN; -0.0 equals
// 0.0.
func Compare[T Ordered](x, y T) int {
	if x < y {
		return -1
	}
	if x > y {
		return +1
	}
	if x == y {
		return 0
	}
	// At least one of the two is a NaN.
	switch {
	case x == x:
		return +1
	case y == y:
		return -1
	}
	return 0
}

// Or returns the first of vals that is not the zero value of its type, or the
// zero value if there is none.
func Or[T comparable](vals ...T) T {
	var zero T
	for _, v := range vals {
		if v != zero {
			return v
		}
	}
	return zero
}
