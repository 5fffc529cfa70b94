// This file holds the functions that cut a byte slice into pieces, and Join.

package bytes

import (
	"internal/bytealg"
	"unicode"
	"unicode/utf8"
)

// explode returns the encodings of up to n runes of s, the last one with the
// rest. A negative n means all.
func explode(s []byte, n int) [][]byte {
	count := utf8.RuneCount(s)
	if n < 0 || n > count {
		n = count
	}
	out := make([][]byte, n)
	for i := 0; i < n-1; i++ {
		_, size := utf8.DecodeRune(s)
		out[i] = s[:size:size]
		s = s[size:]
	}
	if n > 0 {
		out[n-1] = s
	}
	return out
}

// split cuts s at each sep into up to n pieces, with the first keep bytes of
// sep left at their ends.
func split(s, sep []byte, keep, n int) [][]byte {
	if n == 0 {
		return nil
	}
	if len(sep) == 0 {
		return explode(s, n)
	}
	if n < 0 {
		n = Count(s, sep) + 1
	}
	n = min(n, len(s)+1)
	out := make([][]byte, n)
	i := 0
	for i < n-1 {
		at := Index(s, sep)
		if at < 0 {
			break
		}
		out[i] = s[: at+keep : at+keep]
		s = s[at+len(sep):]
		i++
	}
	out[i] = s
	return out[:i+1]
}

// SplitN cuts s at the first n-1 places of sep and returns the pieces without
// sep, as parts of s. For n == 0 the result is nil, for a negative n all places
// are cut. An empty sep cuts behind each rune.
func SplitN(s, sep []byte, n int) [][]byte { return split(s, sep, 0, n) }

// SplitAfterN is SplitN with sep left at the end of the pieces.
func SplitAfterN(s, sep []byte, n int) [][]byte { return split(s, sep, len(sep), n) }

// Split cuts s at all places of sep and returns the pieces without sep, as
// parts of s. An empty sep cuts behind each rune.
func Split(s, sep []byte) [][]byte { return split(s, sep, 0, -1) }

// SplitAfter is Split with sep left at the end of the pieces.
func SplitAfter(s, sep []byte) [][]byte { return split(s, sep, len(sep), -1) }

// asciiSpace marks the ASCII bytes that are white space.
var asciiSpace = [256]uint8{'\t': 1, '\n': 1, '\v': 1, '\f': 1, '\r': 1, ' ': 1}

// Fields returns the pieces of s between runs of white space, as parts of s;
// none if there is nothing else.
func Fields(s []byte) [][]byte {
	n := 0
	before := uint8(1)
	all := uint8(0)
	for _, c := range s {
		all |= c
		space := asciiSpace[c]
		n += int(before &^ space)
		before = space
	}
	if all >= utf8.RuneSelf {
		return FieldsFunc(s, unicode.IsSpace)
	}
	out := make([][]byte, n)
	i := 0
	for k := range out {
		for asciiSpace[s[i]] != 0 {
			i++
		}
		start := i
		for i < len(s) && asciiSpace[s[i]] == 0 {
			i++
		}
		out[k] = s[start:i:i]
	}
	return out
}

// FieldsFunc returns the pieces of s between runs of runes for which f is
// true, as parts of s; none if f is true for all. It relies on f to return the
// same for the same rune, and may call it in any order.
func FieldsFunc(s []byte, f func(rune) bool) [][]byte {
	type span struct{ start, end int }
	var room [32]span
	spans := room[:0]
	start := -1
	for i, r := range view(s) {
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
	out := make([][]byte, len(spans))
	for i, sp := range spans {
		out[i] = s[sp.start:sp.end:sp.end]
	}
	return out
}

// Cut returns what is before and after the first sep in s, and whether there
// is one. Without one it returns s, nil and false.
func Cut(s, sep []byte) (before, after []byte, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, nil, false
}

// CutLast returns what is before and after the last sep in s, and whether
// there is one. Without one it returns s, nil and false.
func CutLast(s, sep []byte) (before, after []byte, found bool) {
	if i := LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, nil, false
}

// CutPrefix returns s without prefix at its start, and whether it was there.
func CutPrefix(s, prefix []byte) (after []byte, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// CutSuffix returns s without suffix at its end, and whether it was there.
func CutSuffix(s, suffix []byte) (before []byte, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}

// Join puts the elements of s together with sep between them.
func Join(s [][]byte, sep []byte) []byte {
	switch len(s) {
	case 0:
		return []byte{}
	case 1:
		return append([]byte(nil), s[0]...)
	}
	const maxInt = int(^uint(0) >> 1)
	n := 0
	if len(sep) > 0 {
		if len(sep) > maxInt/(len(s)-1) {
			panic("bytes: Join output length overflow")
		}
		n = len(sep) * (len(s) - 1)
	}
	for _, e := range s {
		if len(e) > maxInt-n {
			panic("bytes: Join output length overflow")
		}
		n += len(e)
	}
	out := make([]byte, n)
	at := copy(out, s[0])
	for _, e := range s[1:] {
		at += copy(out[at:], sep)
		at += copy(out[at:], e)
	}
	return out
}

// indexByte is IndexByte without a detour, for the loops of iter.go.
func indexByte(b []byte, c byte) int { return bytealg.IndexByte(view(b), c) }
