// This file holds the functions that take something off the ends of a slice.

package bytes

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cutLeft returns the part of s that the string t, a part of the view of s that
// reaches to the end, has the length of.
func cutLeft(s []byte, t string) []byte {
	if len(t) == 0 {
		return nil
	}
	return s[len(s)-len(t):]
}

// TrimFunc takes all runes for which f is true off both ends of s.
func TrimFunc(s []byte, f func(r rune) bool) []byte {
	return TrimRightFunc(TrimLeftFunc(s, f), f)
}

// TrimLeftFunc takes all runes for which f is true off the start of s.
func TrimLeftFunc(s []byte, f func(r rune) bool) []byte {
	return cutLeft(s, strings.TrimLeftFunc(view(s), f))
}

// TrimRightFunc takes all runes for which f is true off the end of s.
func TrimRightFunc(s []byte, f func(r rune) bool) []byte {
	return s[:len(strings.TrimRightFunc(view(s), f))]
}

// Trim takes all runes that are in cutset off both ends of s.
func Trim(s []byte, cutset string) []byte {
	if len(s) == 0 {
		return nil
	}
	if cutset == "" {
		return s
	}
	return TrimRight(TrimLeft(s, cutset), cutset)
}

// TrimLeft takes all runes that are in cutset off the start of s.
func TrimLeft(s []byte, cutset string) []byte {
	if len(s) == 0 {
		return nil
	}
	return cutLeft(s, strings.TrimLeft(view(s), cutset))
}

// TrimRight takes all runes that are in cutset off the end of s.
func TrimRight(s []byte, cutset string) []byte {
	return s[:len(strings.TrimRight(view(s), cutset))]
}

// TrimSpace takes all white space off both ends of s.
func TrimSpace(s []byte) []byte {
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
			return s
		}
		s = s[:len(s)-1]
	}
	return nil
}

// TrimPrefix takes prefix off the start of s, if it is there.
func TrimPrefix(s, prefix []byte) []byte {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

// TrimSuffix takes suffix off the end of s, if it is there.
func TrimSuffix(s, suffix []byte) []byte {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}
