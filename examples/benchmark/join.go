// Package benchmark has three ways to join words, to measure against each other: `gosubc test -bench . -benchmem`.
package benchmark

import (
	"bytes"
	"strings"
)

// Plus adds word to word: each addition copies all that was there.
func Plus(words []string, sep string) string {
	s := ""
	for i, w := range words {
		if i > 0 {
			s += sep
		}
		s += w
	}
	return s
}

// Buffer writes into a buffer that grows, and copies it at the end.
func Buffer(words []string, sep string) string {
	var b bytes.Buffer
	for i, w := range words {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(w)
	}
	return b.String()
}

// Builder knows the length before it writes, and copies nothing twice.
func Builder(words []string, sep string) string {
	n := len(sep) * max(len(words)-1, 0)
	for _, w := range words {
		n += len(w)
	}
	var b strings.Builder
	b.Grow(n)
	for i, w := range words {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(w)
	}
	return b.String()
}
