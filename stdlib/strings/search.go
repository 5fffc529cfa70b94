// This file holds the functions that look for something in a string.

// Package strings looks into, cuts and changes strings of UTF-8 text.
package strings

import (
	"internal/bytealg"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// Compare returns -1, 0 or +1 as a comes before, equals or comes after b in
// the order of bytes. The operators ==, < and so on are mostly clearer.
func Compare(a, b string) int { return bytealg.Compare(a, b) }

// Clone returns a copy of s in memory of its own, so that a small part of a
// large string can be kept without the rest.
func Clone(s string) string {
	if len(s) == 0 {
		return ""
	}
	b := make([]byte, len(s))
	copy(b, s)
	return unsafe.String(&b[0], len(b))
}

// Contains reports whether substr is in s.
func Contains(s, substr string) bool { return Index(s, substr) >= 0 }

// ContainsAny reports whether one of the runes of chars is in s.
func ContainsAny(s, chars string) bool { return IndexAny(s, chars) >= 0 }

// ContainsRune reports whether r is in s.
func ContainsRune(s string, r rune) bool { return IndexRune(s, r) >= 0 }

// ContainsFunc reports whether f is true for a rune of s.
func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

// HasSuffix reports whether s ends in suffix.
func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

// Count returns how often substr is in s, without overlaps. The empty substr
// is there once more than there are runes.
func Count(s, substr string) int {
	switch len(substr) {
	case 0:
		return utf8.RuneCountInString(s) + 1
	case 1:
		return bytealg.CountByte(s, substr[0])
	}
	n := 0
	for {
		i := bytealg.Index(s, substr)
		if i < 0 {
			return n
		}
		n++
		s = s[i+len(substr):]
	}
}

// Index returns the place of the first substr in s, or -1.
func Index(s, substr string) int { return bytealg.Index(s, substr) }

// IndexByte returns the place of the first c in s, or -1.
func IndexByte(s string, c byte) int { return bytealg.IndexByte(s, c) }

// IndexRune returns the place of the first r in s, or -1. For
// utf8.RuneError that is also the first faulty encoding.
func IndexRune(s string, r rune) int {
	if uint32(r) < utf8.RuneSelf {
		return bytealg.IndexByte(s, byte(r))
	}
	return indexWideRune(s, r)
}

// indexWideRune is IndexRune without ASCII. It stands apart so that that is inlined.
func indexWideRune(s string, r rune) int {
	switch {
	case r == utf8.RuneError:
		for i, c := range s {
			if c == utf8.RuneError {
				return i
			}
		}
		return -1
	case !utf8.ValidRune(r):
		return -1
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	return bytealg.Index(s, unsafe.String(&buf[0], n))
}

// byteSet is a set of ASCII bytes.
type byteSet [2]uint64

// has reports whether c is in the set. It may be any byte.
func (set *byteSet) has(c byte) bool {
	return c < utf8.RuneSelf && set[c>>6&1]>>(c&63)&1 != 0
}

// asciiSet returns the set of the bytes of chars, if they all are ASCII.
func asciiSet(chars string) (set byteSet, ok bool) {
	for i := 0; i < len(chars); i++ {
		c := chars[i]
		if c >= utf8.RuneSelf {
			return set, false
		}
		set[c>>6] |= 1 << (c & 63)
	}
	return set, true
}

// IndexAny returns the place of the first rune in s that is also in chars, or
// -1.
func IndexAny(s, chars string) int {
	if len(chars) == 0 || len(s) == 0 {
		return -1
	}
	if len(chars) == 1 {
		r := rune(chars[0])
		if r >= utf8.RuneSelf {
			r = utf8.RuneError
		}
		return IndexRune(s, r)
	}
	if set, ok := asciiSet(chars); ok {
		for i := 0; i < len(s); i++ {
			if set.has(s[i]) {
				return i
			}
		}
		return -1
	}
	for i, c := range s {
		if IndexRune(chars, c) >= 0 {
			return i
		}
	}
	return -1
}

// IndexFunc returns the place of the first rune in s for which f is true, or
// -1.
func IndexFunc(s string, f func(rune) bool) int {
	for i, c := range s {
		if f(c) {
			return i
		}
	}
	return -1
}

// LastIndexByte returns the place of the last c in s, or -1.
func LastIndexByte(s string, c byte) int { return bytealg.LastIndexByte(s, c) }

// LastIndex returns the place of the last substr in s, or -1.
func LastIndex(s, substr string) int {
	n := len(substr)
	switch {
	case n == 0:
		return len(s)
	case n == 1:
		return bytealg.LastIndexByte(s, substr[0])
	case n == len(s):
		if s == substr {
			return 0
		}
		return -1
	case n > len(s):
		return -1
	}
	// Compare rolling sums of powers, from the end.
	const base = 16777619
	var want, have, top uint32
	top = 1
	at := len(s) - n
	for i := n - 1; i >= 0; i-- {
		want = want*base + uint32(substr[i])
		have = have*base + uint32(s[at+i])
		top *= base
	}
	for {
		if have == want && s[at:at+n] == substr {
			return at
		}
		if at == 0 {
			return -1
		}
		at--
		have = have*base + uint32(s[at]) - top*uint32(s[at+n])
	}
}

// LastIndexAny returns the place of the last rune in s that is also in chars,
// or -1.
func LastIndexAny(s, chars string) int {
	if len(chars) == 0 {
		return -1
	}
	if set, ok := asciiSet(chars); ok {
		for i := len(s) - 1; i >= 0; i-- {
			if set.has(s[i]) {
				return i
			}
		}
		return -1
	}
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
		if IndexRune(chars, r) >= 0 {
			return i
		}
	}
	return -1
}

// LastIndexFunc returns the place of the last rune in s for which f is true,
// or -1.
func LastIndexFunc(s string, f func(rune) bool) int {
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
		if f(r) {
			return i
		}
	}
	return -1
}

// EqualFold reports whether s and t are equal under simple case folding, which
// is a wider notion than equal lower cases.
func EqualFold(s, t string) bool {
	i := 0
	for ; i < len(s) && i < len(t); i++ {
		a, b := s[i], t[i]
		if a|b >= utf8.RuneSelf {
			return equalFoldRunes(s[i:], t[i:])
		}
		if a == b {
			continue
		}
		a |= 0x20
		if a != b|0x20 || a < 'a' || 'z' < a {
			return false
		}
	}
	return len(s) == len(t)
}

// equalFoldRunes is EqualFold for any runes.
func equalFoldRunes(s, t string) bool {
	for _, a := range s {
		if len(t) == 0 {
			return false
		}
		b, size := utf8.DecodeRuneInString(t)
		t = t[size:]
		if a == b {
			continue
		}
		if a > b {
			a, b = b, a
		}
		if b < utf8.RuneSelf {
			if 'A' <= a && a <= 'Z' && b == a+'a'-'A' {
				continue
			}
			return false
		}
		// Walk the ring of equal runes from the smaller one.
		r := unicode.SimpleFold(a)
		for r != a && r < b {
			r = unicode.SimpleFold(r)
		}
		if r != b {
			return false
		}
	}
	return len(t) == 0
}
