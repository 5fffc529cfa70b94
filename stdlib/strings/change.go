// This file holds the functions that return a changed string.

package strings

import (
	"internal/bytealg"
	"math/bits"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// own returns b as a string without a copy. Nothing may change b any more.
func own(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// Repeat returns count copies of s in a row. It panics if count is negative or
// the length overflows.
func Repeat(s string, count int) string {
	switch {
	case count < 0:
		panic("strings: negative Repeat count")
	case count == 0 || len(s) == 0:
		return ""
	case count == 1:
		return s
	}
	hi, lo := bits.Mul(uint(len(s)), uint(count))
	if hi > 0 || lo > ^uint(0)>>1 {
		panic("strings: Repeat output length overflow")
	}
	b := make([]byte, int(lo))
	n := copy(b, s)
	// Double what is there, but by pieces that stay in a near cache.
	const piece = 8 << 10
	step := n
	for n < len(b) {
		k := copy(b[n:], b[:step])
		n += k
		if step < piece {
			step = n
		}
	}
	return own(b)
}

// Map returns s with each rune replaced by what mapping returns for it, or
// left out if that is negative. If nothing changes it returns s itself.
func Map(mapping func(rune) rune, s string) string {
	for i, c := range s {
		r := mapping(c)
		if r == c {
			if c != utf8.RuneError {
				continue
			}
			// A faulty encoding becomes a correct one of RuneError.
			if _, size := utf8.DecodeRuneInString(s[i:]); size != 1 {
				continue
			}
		}
		size := 1
		if c >= utf8.RuneSelf {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		b := make([]byte, i, len(s)+utf8.UTFMax)
		copy(b, s[:i])
		if r >= 0 {
			b = utf8.AppendRune(b, r)
		}
		for _, c := range s[i+size:] {
			if r := mapping(c); uint32(r) < utf8.RuneSelf {
				b = append(b, byte(r))
			} else if r >= 0 {
				b = utf8.AppendRune(b, r)
			}
		}
		return own(b)
	}
	return s
}

// ToUpper returns s with all letters in upper case.
func ToUpper(s string) string {
	ascii, change := true, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		ascii = ascii && c < utf8.RuneSelf
		change = change || c-'a' < 26
	}
	if !ascii {
		return Map(unicode.ToUpper, s)
	}
	if !change {
		return s
	}
	b := make([]byte, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c-'a' < 26 {
			c -= 'a' - 'A'
		}
		b[i] = c
	}
	return own(b)
}

// ToLower returns s with all letters in lower case.
func ToLower(s string) string {
	ascii, change := true, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		ascii = ascii && c < utf8.RuneSelf
		change = change || c-'A' < 26
	}
	if !ascii {
		return Map(unicode.ToLower, s)
	}
	if !change {
		return s
	}
	b := make([]byte, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c-'A' < 26 {
			c += 'a' - 'A'
		}
		b[i] = c
	}
	return own(b)
}

// ToTitle returns s with all letters in title case.
func ToTitle(s string) string { return Map(unicode.ToTitle, s) }

// ToUpperSpecial returns s with all letters in upper case, by the case
// mapping c.
func ToUpperSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToUpper, s) }

// ToLowerSpecial returns s with all letters in lower case, by the case
// mapping c.
func ToLowerSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToLower, s) }

// ToTitleSpecial returns s with all letters in title case, by the case
// mapping c.
func ToTitleSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToTitle, s) }

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

// Title returns s with the letters that begin words in title case. What it
// takes for words is only right for plain text: punctuation beyond ASCII does
// not end one.
//
// Deprecated: use golang.org/x/text/cases.
func Title(s string) string {
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

// ToValidUTF8 returns s with each run of bytes that are no correct UTF-8
// replaced by replacement.
func ToValidUTF8(s, replacement string) string {
	if utf8.ValidString(s) {
		return s
	}
	b := make([]byte, 0, len(s)+len(replacement))
	faulty := false
	for i := 0; i < len(s); {
		size := 1
		if s[i] >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				if !faulty {
					b = append(b, replacement...)
				}
				faulty = true
				i++
				continue
			}
		}
		faulty = false
		b = append(b, s[i:i+size]...)
		i += size
	}
	return own(b)
}

// Replace returns s with the first n places of old replaced by new, or all for
// a negative n. An empty old is at the start and behind each rune.
func Replace(s, old, new string, n int) string {
	if n == 0 || old == new {
		return s
	}
	m := Count(s, old)
	if m == 0 {
		return s
	}
	if n < 0 || m < n {
		n = m
	}
	b := make([]byte, len(s)+n*(len(new)-len(old)))
	at, start := 0, 0
	for i := 0; i < n; i++ {
		end := start
		if len(old) > 0 {
			end += bytealg.Index(s[start:], old)
		} else if i > 0 {
			_, size := utf8.DecodeRuneInString(s[start:])
			end += size
		}
		at += copy(b[at:], s[start:end])
		at += copy(b[at:], new)
		start = end + len(old)
	}
	copy(b[at:], s[start:])
	return own(b)
}

// ReplaceAll returns s with all places of old replaced by new. An empty old is
// at the start and behind each rune.
func ReplaceAll(s, old, new string) string { return Replace(s, old, new, -1) }
