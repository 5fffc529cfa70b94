// This file holds comparing, searching and single changes of slices.

// Package slices has functions on slices of any element type.
package slices

import (
	"cmp"
	"math/bits"
	"unsafe"
)

// Equal reports whether both slices have the same length and equal elements.
// Elements are compared with ==, up to the first that differ; so a NaN makes
// slices differ. Nil equals empty.
func Equal[S ~[]E, E comparable](s1, s2 S) bool {
	if len(s1) != len(s2) {
		return false
	}
	s2 = s2[:len(s1)]
	for i := range s1 {
		if s1[i] != s2[i] {
			return false
		}
	}
	return true
}

// EqualFunc is Equal with the elements compared by eq.
func EqualFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](s1 S1, s2 S2, eq func(E1, E2) bool) bool {
	if len(s1) != len(s2) {
		return false
	}
	for i, v := range s1 {
		if !eq(v, s2[i]) {
			return false
		}
	}
	return true
}

// Compare orders two slices by the first elements that differ, as cmp.Compare
// orders those. If none do, the shorter slice comes first.
func Compare[S ~[]E, E cmp.Ordered](s1, s2 S) int {
	n := min(len(s1), len(s2))
	for i := 0; i < n; i++ {
		if c := cmp.Compare(s1[i], s2[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(s1), len(s2))
}

// CompareFunc is Compare with the elements ordered by cmp.
func CompareFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](s1 S1, s2 S2, cmp func(E1, E2) int) int {
	n := min(len(s1), len(s2))
	for i := 0; i < n; i++ {
		if c := cmp(s1[i], s2[i]); c != 0 {
			return c
		}
	}
	switch {
	case len(s1) < len(s2):
		return -1
	case len(s1) > len(s2):
		return +1
	}
	return 0
}

// Index returns the first place of v in s, or -1.
func Index[S ~[]E, E comparable](s S, v E) int {
	for i := range s {
		if v == s[i] {
			return i
		}
	}
	return -1
}

// IndexFunc returns the place of the first element for which f is true, or -1.
func IndexFunc[S ~[]E, E any](s S, f func(E) bool) int {
	for i := range s {
		if f(s[i]) {
			return i
		}
	}
	return -1
}

// Contains reports whether v is in s.
func Contains[S ~[]E, E comparable](s S, v E) bool {
	return Index(s, v) >= 0
}

// ContainsFunc reports whether f is true for an element of s.
func ContainsFunc[S ~[]E, E any](s S, f func(E) bool) bool {
	return IndexFunc(s, f) >= 0
}

// Insert puts the values v before s[i] and returns the changed slice, in which
// the first of them is at i. It panics if i is out of range.
func Insert[S ~[]E, E any](s S, i int, v ...E) S {
	_ = s[i:]
	n, m := len(s), len(v)
	if m == 0 {
		return s
	}
	if i == n {
		return append(s, v...)
	}
	if n+m > cap(s) {
		out := append(s[:i:i], make(S, n+m-i)...)
		copy(out[i:], v)
		copy(out[i+m:], s[i:])
		return out
	}
	s = s[:n+m]
	if overlap(v, s[i:]) {
		v = append([]E(nil), v...)
	}
	copy(s[i+m:], s[i:n])
	copy(s[i:], v)
	return s
}

// Delete removes the elements s[i:j] and returns the changed slice. The places
// that become free at the end are set to zero. It panics if s[i:j] is not a
// part of s.
func Delete[S ~[]E, E any](s S, i, j int) S {
	_ = s[i:j:len(s)]
	if i == j {
		return s
	}
	n := len(s)
	s = append(s[:i], s[j:]...)
	clear(s[len(s):n])
	return s
}

// DeleteFunc removes the elements for which del is true and returns the
// changed slice. The places that become free at the end are set to zero.
func DeleteFunc[S ~[]E, E any](s S, del func(E) bool) S {
	kept := IndexFunc(s, del)
	if kept < 0 {
		return s
	}
	for _, v := range s[kept+1:] {
		if del(v) {
			continue
		}
		s[kept] = v
		kept++
	}
	clear(s[kept:])
	return s[:kept]
}

// Replace puts the values v in place of s[i:j] and returns the changed slice.
// Places that become free at the end are set to zero. It panics if s[i:j] is
// not a part of s.
func Replace[S ~[]E, E any](s S, i, j int, v ...E) S {
	_ = s[i:j]
	if i == j {
		return Insert(s, i, v...)
	}
	n := len(s)
	if j == n {
		out := append(s[:i], v...)
		if len(out) < n {
			clear(s[len(out):])
		}
		return out
	}
	total := i + len(v) + n - j
	if total > cap(s) {
		out := append(s[:i:i], make(S, total-i)...)
		copy(out[i:], v)
		copy(out[i+len(v):], s[j:])
		return out
	}
	out := s[:total]
	if i+len(v) <= j {
		copy(out[i:], v)
		copy(out[i+len(v):], s[j:])
		clear(s[total:])
		return out
	}
	if overlap(v, out[i:]) {
		v = append([]E(nil), v...)
	}
	copy(out[i+len(v):], s[j:])
	copy(out[i:], v)
	return out
}

// Clone returns a copy of s, of elements that are assigned and not themselves
// cloned. A nil slice gives nil. The copy may have spare capacity.
func Clone[S ~[]E, E any](s S) S {
	if s == nil {
		return nil
	}
	// The base is a new one, so that an empty copy keeps nothing of s alive.
	return append(S{}, s...)
}

// Compact leaves of each run of equal elements only the first one, and returns
// the changed slice. The places that become free at the end are set to zero.
func Compact[S ~[]E, E comparable](s S) S {
	if len(s) < 2 {
		return s
	}
	k := 1
	for k < len(s) && s[k] != s[k-1] {
		k++
	}
	if k == len(s) {
		return s
	}
	for j := k + 1; j < len(s); j++ {
		if s[j] != s[j-1] {
			s[k] = s[j]
			k++
		}
	}
	clear(s[k:])
	return s[:k]
}

// CompactFunc is Compact with the elements compared by eq.
func CompactFunc[S ~[]E, E any](s S, eq func(E, E) bool) S {
	if len(s) < 2 {
		return s
	}
	k := 1
	for k < len(s) && !eq(s[k], s[k-1]) {
		k++
	}
	if k == len(s) {
		return s
	}
	for j := k + 1; j < len(s); j++ {
		if !eq(s[j], s[j-1]) {
			s[k] = s[j]
			k++
		}
	}
	clear(s[k:])
	return s[:k]
}

// Grow makes room for n more elements, so that they can be appended without
// another allocation. It panics if n is negative or the room too large.
func Grow[S ~[]E, E any](s S, n int) S {
	if n < 0 {
		panic("cannot be negative")
	}
	if more := n - (cap(s) - len(s)); more > 0 {
		s = append(s[:cap(s)], make([]E, more)...)[:len(s)]
	}
	return s
}

// Clip gives up the spare capacity of s.
func Clip[S ~[]E, E any](s S) S {
	return s[:len(s):len(s)]
}

// overlap reports whether a and b share memory.
func overlap[E any](a, b []E) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	size := unsafe.Sizeof(a[0])
	if size == 0 {
		return false
	}
	a0, a1 := uintptr(unsafe.Pointer(&a[0])), uintptr(unsafe.Pointer(&a[len(a)-1]))
	b0, b1 := uintptr(unsafe.Pointer(&b[0])), uintptr(unsafe.Pointer(&b[len(b)-1]))
	return a0 <= b1+(size-1) && b0 <= a1+(size-1)
}

// Reverse turns the order of the elements around.
func Reverse[S ~[]E, E any](s S) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}

// Concat returns a new slice of the elements of all the slices, one after the
// other. It is nil if there are none.
func Concat[S ~[]E, E any](slices ...S) S {
	size := 0
	for _, s := range slices {
		size += len(s)
		if size < 0 {
			panic("len out of range")
		}
	}
	out := Grow[S](nil, size)
	for _, s := range slices {
		out = append(out, s...)
	}
	return out
}

// Repeat returns a new slice of count times the elements of x. It is never
// nil. It panics if count is negative or the length overflows.
func Repeat[S ~[]E, E any](x S, count int) S {
	if count < 0 {
		panic("cannot be negative")
	}
	const maxInt = ^uint(0) >> 1
	hi, lo := bits.Mul(uint(len(x)), uint(count))
	if hi > 0 || lo > maxInt {
		panic("the result of (len(x) * count) overflows")
	}
	out := make(S, lo)
	n := copy(out, x)
	for n < len(out) {
		n += copy(out[n:], out[:n])
	}
	return out
}
