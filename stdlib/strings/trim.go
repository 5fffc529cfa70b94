// This file holds the functions that take something off the ends of a string.

package strings

import (
	"unicode"
	"unicode/utf8"
)

// TrimFunc takes all runes for which f is true off both ends of s.
func TrimFunc(s string, f func(rune) bool) string {
	return TrimRightFunc(TrimLeftFunc(s, f), f)
}

// TrimLeftFunc takes all runes for which f is true off the start of s.
func TrimLeftFunc(s string, f func(rune) bool) string {
	for i, r := range s {
		if !f(r) {
			return s[i:]
		}
	}
	return ""
}

// TrimRightFunc takes all runes for which f is true off the end of s.
func TrimRightFunc(s string, f func(rune) bool) string {
	for len(s) > 0 {
		r, size := utf8.DecodeLastRuneInString(s)
		if !f(r) {
			break
		}
		s = s[:len(s)-size]
	}
	return s
}

// Trim takes all runes that are in cutset off both ends of s.
func Trim(s, cutset string) string {
	return TrimRight(TrimLeft(s, cutset), cutset)
}

// TrimLeft takes all runes that are in cutset off the start of s. To take off
// a string, use TrimPrefix.
func TrimLeft(s, cutset string) string {
	if len(s) == 0 || len(cutset) == 0 {
		return s
	}
	if set, ok := asciiSet(cutset); ok {
		for len(s) > 0 && set.has(s[0]) {
			s = s[1:]
		}
		return s
	}
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if !ContainsRune(cutset, r) {
			break
		}
		s = s[size:]
	}
	return s
}

// TrimRight takes all runes that are in cutset off the end of s. To take off a
// string, use TrimSuffix.
func TrimRight(s, cutset string) string {
	if len(s) == 0 || len(cutset) == 0 {
		return s
	}
	if set, ok := asciiSet(cutset); ok {
		for len(s) > 0 && set.has(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
		return s
	}
	for len(s) > 0 {
		r, size := utf8.DecodeLastRuneInString(s)
		if !ContainsRune(cutset, r) {
			break
		}
		s = s[:len(s)-size]
	}
	return s
}

// TrimSpace takes all white space off both ends of s.
func TrimSpace(s string) string {
	for len(s) > 0 {
		c := s[0]
		if c >= utf8.RuneSelf {
			return TrimFunc(s, unicode.IsSpace)
		}
		if asciiSpace[c] == 0 {
			break
		}
		s = s[1:]
	}
	for len(s) > 0 {
		c := s[len(s)-1]
		if c >= utf8.RuneSelf {
			return TrimRightFunc(s, unicode.IsSpace)
		}
		if asciiSpace[c] == 0 {
			break
		}
		s = s[:len(s)-1]
	}
	return s
}

// TrimPrefix takes prefix off the start of s, if it is there.
func TrimPrefix(s, prefix string) string {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

// TrimSuffix takes suffix off the end of s, if it is there.
func TrimSuffix(s, suffix string) string {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}
