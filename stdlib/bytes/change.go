// This file holds the functions that return a changed byte slice.

package bytes

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// Repeat returns count copies of b in a row. It panics if count is negative or
// the length overflows.
func Repeat(b []byte, count int) []byte {
	if count < 0 {
		panic("bytes: negative Repeat count")
	}
	hi, lo := bits.Mul(uint(len(b)), uint(count))
	if hi > 0 || lo > ^uint(0)>>1 {
		panic("bytes: Repeat output length overflow")
	}
	out := make([]byte, int(lo))
	n := copy(out, b)
	const piece = 8 << 10
	step := n
	for n < len(out) {
		n += copy(out[n:], out[:step])
		if step < piece {
			step = n
		}
	}
	return out
}

// Map returns s with each rune replaced by what mapping returns for it, or
// left out if that is negative. The result is always a new slice.
func Map(mapping func(r rune) rune, s []byte) []byte {
	out := make([]byte, 0, len(s))
	for _, c := range view(s) {
		if r := mapping(c); r >= 0 {
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// isASCII reports whether s has ASCII bytes only.
func isASCII(s []byte) bool {
	var all byte
	for _, c := range s {
		all |= c
	}
	return all < utf8.RuneSelf
}

// ToUpper returns a copy of s with all letters in upper case.
func ToUpper(s []byte) []byte {
	if !isASCII(s) {
		return Map(unicode.ToUpper, s)
	}
	out := make([]byte, len(s))
	for i, c := range s {
		if c-'a' < 26 {
			c -= 'a' - 'A'
		}
		out[i] = c
	}
	return out
}

// ToLower returns a copy of s with all letters in lower case.
func ToLower(s []byte) []byte {
	if !isASCII(s) {
		return Map(unicode.ToLower, s)
	}
	out := make([]byte, len(s))
	for i, c := range s {
		if c-'A' < 26 {
			c += 'a' - 'A'
		}
		out[i] = c
	}
	return out
}

// ToTitle returns a copy of s with all letters in title case.
func ToTitle(s []byte) []byte { return Map(unicode.ToTitle, s) }

// ToUpperSpecial returns a copy of s with all letters in upper case, by the
// case mapping c.
func ToUpperSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToUpper, s) }

// ToLowerSpecial returns a copy of s with all letters in lower case, by the
// case mapping c.
func ToLowerSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToLower, s) }

// ToTitleSpecial returns a copy of s with all letters in title case, by the
// case mapping c.
func ToTitleSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToTitle, s) }

// separates reports whether r can stand between words for Title.
func separates(r rune) bool {
	if r < utf8.RuneSelf {
		return !('0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' || r == '_')
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return false
	}
	return unicode.IsSpace(r)
}

// Title returns a copy of s with the letters that begin words in title case.
// What it takes for words is only right for plain text: punctuation beyond
// ASCII does not end one.
//
// Deprecated: use golang.org/x/text/cases.
func Title(s []byte) []byte {
	before := rune(' ')
	return Map(func(r rune) rune {
		starts := separates(before)
		before = r
		if starts {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

// ToValidUTF8 returns a copy of s with each run of bytes that are no correct
// UTF-8 replaced by replacement.
func ToValidUTF8(s, replacement []byte) []byte {
	out := make([]byte, 0, len(s)+len(replacement))
	faulty := false
	for i := 0; i < len(s); {
		size := 1
		if s[i] >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRune(s[i:])
			if r == utf8.RuneError && size == 1 {
				if !faulty {
					out = append(out, replacement...)
				}
				faulty = true
				i++
				continue
			}
		}
		faulty = false
		out = append(out, s[i:i+size]...)
		i += size
	}
	return out
}

// Replace returns a copy of s with the first n places of old replaced by new,
// or all for a negative n. An empty old is at the start and behind each rune.
func Replace(s, old, new []byte, n int) []byte {
	m := 0
	if n != 0 {
		m = Count(s, old)
	}
	if m == 0 {
		return append([]byte(nil), s...)
	}
	if n < 0 || m < n {
		n = m
	}
	out := make([]byte, len(s)+n*(len(new)-len(old)))
	at, start := 0, 0
	for i := 0; i < n; i++ {
		end := start
		if len(old) > 0 {
			end += Index(s[start:], old)
		} else if i > 0 {
			_, size := utf8.DecodeRune(s[start:])
			end += size
		}
		at += copy(out[at:], s[start:end])
		at += copy(out[at:], new)
		start = end + len(old)
	}
	copy(out[at:], s[start:])
	return out
}

// ReplaceAll returns a copy of s with all places of old replaced by new. An
// empty old is at the start and behind each rune.
func ReplaceAll(s, old, new []byte) []byte { return Replace(s, old, new, -1) }
