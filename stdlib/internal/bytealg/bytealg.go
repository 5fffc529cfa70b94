// This file holds the byte searches that strings and bytes are built on.

// Package bytealg holds the primitive searches in byte sequences. The string
// forms are the basic ones: a byte slice is viewed as a string with View.
package bytealg

import "unsafe"

// View returns b as a string that shares its memory. The string must not
// outlive the next change of b.
func View(b []byte) string {
	// A slice begins with the two words of a string.
	return *(*string)(unsafe.Pointer(&b))
}

// IndexByte returns the place of the first c in s, or -1.
func IndexByte(s string, c byte) int {
	if len(s) == 0 {
		return -1
	}
	return memchr(unsafe.StringData(s), len(s), c)
}

// LastIndexByte returns the place of the last c in s, or -1.
func LastIndexByte(s string, c byte) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == c {
			return i
		}
	}
	return -1
}

// CountByte returns how many bytes of s are c.
func CountByte(s string, c byte) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			n++
		}
	}
	return n
}

// Index returns the place of the first sub in s, or -1. The empty string is
// found at 0.
func Index(s, sub string) int {
	switch {
	case len(sub) == 0:
		return 0
	case len(sub) > len(s):
		return -1
	case len(sub) == 1:
		return memchr(unsafe.StringData(s), len(s), sub[0])
	case len(sub) == len(s):
		if s == sub {
			return 0
		}
		return -1
	}
	return memmem(unsafe.StringData(s), len(s), unsafe.StringData(sub), len(sub))
}

// Compare orders a and b by their bytes: -1, 0 or +1.
func Compare(a, b string) int {
	n := min(len(a), len(b))
	if n > 0 && unsafe.StringData(a) != unsafe.StringData(b) {
		if c := memcmp(unsafe.StringData(a), unsafe.StringData(b), n); c != 0 {
			if c < 0 {
				return -1
			}
			return 1
		}
	}
	if len(a) < len(b) {
		return -1
	}
	if len(a) > len(b) {
		return 1
	}
	return 0
}
