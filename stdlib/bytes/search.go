// This file holds the functions that look for something in a byte slice.

// Package bytes looks into, cuts and changes byte slices, as package strings
// does with strings.
package bytes

import (
	"internal/bytealg"
	"strings"
	"unicode/utf8"
)

// view returns b as a string that shares its memory.
func view(b []byte) string { return bytealg.View(b) }

// Equal reports whether a and b have the same length and bytes. Nil equals
// empty.
func Equal(a, b []byte) bool { return view(a) == view(b) }

// Compare returns -1, 0 or +1 as a comes before, equals or comes after b in
// the order of bytes. Nil equals empty.
func Compare(a, b []byte) int { return bytealg.Compare(view(a), view(b)) }

// Clone returns a copy of b, which may have spare capacity. A nil b gives nil.
func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

// Contains reports whether subslice is in b.
func Contains(b, subslice []byte) bool { return Index(b, subslice) >= 0 }

// ContainsAny reports whether one of the runes of chars is in b.
func ContainsAny(b []byte, chars string) bool { return IndexAny(b, chars) >= 0 }

// ContainsRune reports whether r is in b.
func ContainsRune(b []byte, r rune) bool { return IndexRune(b, r) >= 0 }

// ContainsFunc reports whether f is true for a rune of b.
func ContainsFunc(b []byte, f func(rune) bool) bool { return IndexFunc(b, f) >= 0 }

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix []byte) bool {
	return len(s) >= len(prefix) && view(s[:len(prefix)]) == view(prefix)
}

// HasSuffix reports whether s ends in suffix.
func HasSuffix(s, suffix []byte) bool {
	return len(s) >= len(suffix) && view(s[len(s)-len(suffix):]) == view(suffix)
}

// Count returns how often sep is in s, without overlaps. The empty sep is
// there once more than there are runes.
func Count(s, sep []byte) int { return strings.Count(view(s), view(sep)) }

// Index returns the place of the first sep in s, or -1.
func Index(s, sep []byte) int { return bytealg.Index(view(s), view(sep)) }

// IndexByte returns the place of the first c in b, or -1.
func IndexByte(b []byte, c byte) int { return bytealg.IndexByte(view(b), c) }

// IndexRune returns the place of the first r in s, or -1. For utf8.RuneError
// that is also the first faulty encoding.
func IndexRune(s []byte, r rune) int { return strings.IndexRune(view(s), r) }

// IndexAny returns the place of the first rune in s that is also in chars, or
// -1.
func IndexAny(s []byte, chars string) int { return strings.IndexAny(view(s), chars) }

// IndexFunc returns the place of the first rune in s for which f is true, or
// -1.
func IndexFunc(s []byte, f func(r rune) bool) int { return strings.IndexFunc(view(s), f) }

// LastIndexByte returns the place of the last c in s, or -1.
func LastIndexByte(s []byte, c byte) int { return bytealg.LastIndexByte(view(s), c) }

// LastIndex returns the place of the last sep in s, or -1.
func LastIndex(s, sep []byte) int { return strings.LastIndex(view(s), view(sep)) }

// LastIndexAny returns the place of the last rune in s that is also in chars,
// or -1.
func LastIndexAny(s []byte, chars string) int { return strings.LastIndexAny(view(s), chars) }

// LastIndexFunc returns the place of the last rune in s for which f is true,
// or -1.
func LastIndexFunc(s []byte, f func(r rune) bool) int { return strings.LastIndexFunc(view(s), f) }

// EqualFold reports whether s and t are equal under simple case folding, which
// is a wider notion than equal lower cases.
func EqualFold(s, t []byte) bool { return strings.EqualFold(view(s), view(t)) }

// Runes returns the runes that s encodes.
func Runes(s []byte) []rune {
	out := make([]rune, utf8.RuneCount(s))
	i := 0
	for _, r := range view(s) {
		out[i] = r
		i++
	}
	return out
}
