// This file holds the functions that cut a string into pieces, and Join.

package strings

import (
	"internal/bytealg"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// explode returns the encodings of up to n runes of s, the last one with the
// rest. A negative n means all.
func explode(s string, n int) []string {
	count := utf8.RuneCountInString(s)
	if n < 0 || n > count {
		n = count
	}
	out := make([]string, n)
	for i := 0; i < n-1; i++ {
		_, size := utf8.DecodeRuneInString(s)
		out[i] = s[:size]
		s = s[size:]
	}
	if n > 0 {
		out[n-1] = s
	}
	return out
}

// split cuts s at each sep into up to n pieces, with the first keep bytes of
// sep left at their ends.
func split(s, sep string, keep, n int) []string {
	if n == 0 {
		return nil
	}
	if sep == "" {
		return explode(s, n)
	}
	if n < 0 {
		n = Count(s, sep) + 1
	}
	n = min(n, len(s)+1)
	out := make([]string, n)
	i := 0
	for i < n-1 {
		at := bytealg.Index(s, sep)
		if at < 0 {
			break
		}
		out[i] = s[:at+keep]
		s = s[at+len(sep):]
		i++
	}
	out[i] = s
	return out[:i+1]
}

// SplitN cuts s at the first n-1 places of sep and returns the pieces without
// sep. For n == 0 the result is nil, for a negative n all places are cut. An
// empty sep cuts behind each rune.
func SplitN(s, sep string, n int) []string { return split(s, sep, 0, n) }

// SplitAfterN is SplitN with sep left at the end of the pieces.
func SplitAfterN(s, sep string, n int) []string { return split(s, sep, len(sep), n) }

// Split cuts s at all places of sep and returns the pieces without sep. If it
// is not there the only piece is s. An empty sep cuts behind each rune.
func Split(s, sep string) []string { return split(s, sep, 0, -1) }

// SplitAfter is Split with sep left at the end of the pieces.
func SplitAfter(s, sep string) []string { return split(s, sep, len(sep), -1) }

// asciiSpace marks the ASCII bytes that are white space.
var asciiSpace = [256]uint8{'\t': 1, '\n': 1, '\v': 1, '\f': 1, '\r': 1, ' ': 1}

// Fields returns the pieces of s between runs of white space, as
// unicode.IsSpace has it; none if there is nothing else.
func Fields(s string) []string {
	// Count the fields. All is simple if there is only ASCII.
	n := 0
	before := uint8(1)
	all := uint8(0)
	for i := 0; i < len(s); i++ {
		c := s[i]
		all |= c
		space := asciiSpace[c]
		n += int(before &^ space)
		before = space
	}
	if all >= utf8.RuneSelf {
		return FieldsFunc(s, unicode.IsSpace)
	}
	out := make([]string, n)
	i := 0
	for k := range out {
		for asciiSpace[s[i]] != 0 {
			i++
		}
		start := i
		for i < len(s) && asciiSpace[s[i]] == 0 {
			i++
		}
		out[k] = s[start:i]
	}
	return out
}

// FieldsFunc returns the pieces of s between runs of runes for which f is
// true; none if f is true for all. It relies on f to return the same for the
// same rune, and may call it in any order.
func FieldsFunc(s string, f func(rune) bool) []string {
	type span struct{ start, end int }
	var room [32]span
	spans := room[:0]
	start := -1
	for i, r := range s {
		if f(r) {
			if start >= 0 {
				spans = append(spans, span{start, i})
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		spans = append(spans, span{start, len(s)})
	}
	out := make([]string, len(spans))
	for i, sp := range spans {
		out[i] = s[sp.start:sp.end]
	}
	return out
}

// Cut returns what is before and after the first sep in s, and whether there
// is one. Without one it returns s, "" and false.
func Cut(s, sep string) (before, after string, found bool) {
	if i := bytealg.Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// CutLast returns what is before and after the last sep in s, and whether
// there is one. Without one it returns s, "" and false.
func CutLast(s, sep string) (before, after string, found bool) {
	if i := LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// CutPrefix returns s without prefix at its start, and whether it was there.
func CutPrefix(s, prefix string) (after string, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// CutSuffix returns s without suffix at its end, and whether it was there.
func CutSuffix(s, suffix string) (before string, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}

// Join puts the strings of elems together with sep between them.
func Join(elems []string, sep string) string {
	switch len(elems) {
	case 0:
		return ""
	case 1:
		return elems[0]
	}
	const maxInt = int(^uint(0) >> 1)
	n := 0
	if len(sep) > 0 {
		if len(sep) > maxInt/(len(elems)-1) {
			panic("strings: Join output length overflow")
		}
		n = len(sep) * (len(elems) - 1)
	}
	for _, e := range elems {
		if len(e) > maxInt-n {
			panic("strings: Join output length overflow")
		}
		n += len(e)
	}
	b := make([]byte, n)
	at := copy(b, elems[0])
	for _, e := range elems[1:] {
		at += copy(b[at:], sep)
		at += copy(b[at:], e)
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}
