// This file holds all of package html but its table.

// Package html escapes and unescapes HTML text.
package html

import (
	"strings"
	"unicode/utf8"
)

// escaper does the work of EscapeString.
var escaper = strings.NewReplacer(
	`&`, "&amp;",
	`'`, "&#39;",
	`<`, "&lt;",
	`>`, "&gt;",
	`"`, "&#34;",
)

// EscapeString returns s with the characters < > & ' and " escaped.
// UnescapeString turns that back into s.
func EscapeString(s string) string { return escaper.Replace(s) }

// windows has what the numbers from 0x80 to 0x9F stand for, by the rules of
// HTML: the characters of Windows-1252.
var windows = [32]rune{
	'\u20AC', '\u0081', '\u201A', '\u0192', '\u201E', '\u2026', '\u2020', '\u2021',
	'\u02C6', '\u2030', '\u0160', '\u2039', '\u0152', '\u008D', '\u017D', '\u008F',
	'\u0090', '\u2018', '\u2019', '\u201C', '\u201D', '\u2022', '\u2013', '\u2014',
	'\u02DC', '\u2122', '\u0161', '\u203A', '\u0153', '\u009D', '\u017E', '\u0178',
}

// UnescapeString returns s with all escapes replaced: the named ones of HTML 5,
// such as &aacute; and &lt; and decimal and hexadecimal numbers, such as &#225;
// and &#xE1;.
func UnescapeString(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i >= 0 {
		b = append(b, s[:i]...)
		s = s[i:]
		var n int
		b, n = unescape(b, s)
		s = s[n:]
		i = strings.IndexByte(s, '&')
	}
	return string(append(b, s...))
}

// unescape appends what the escape at the start of s stands for, or the & if it
// is none, and returns how much of s that is.
func unescape(b []byte, s string) ([]byte, int) {
	if len(s) > 1 && s[1] == '#' {
		return unescapeNumber(b, s)
	}
	end := 1
	for end < len(s) && alphanumeric(s[end]) {
		end++
	}
	name := s[1:end]
	if name == "" {
		return append(b, '&'), 1
	}
	if end < len(s) && s[end] == ';' {
		if text, ok := entities[s[1:end+1]]; ok {
			return append(b, text...), end + 1
		}
	}
	if text, ok := entities[name]; ok {
		return append(b, text...), end
	}
	// A few names need no semicolon, and letters may follow.
	for n := min(len(name)-1, longestBare); n > 1; n-- {
		if text, ok := entities[name[:n]]; ok {
			return append(b, text...), n + 1
		}
	}
	return append(b, s[:end]...), end
}

// alphanumeric reports whether c is an ASCII letter or digit.
func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// unescapeNumber is unescape for numbers.
func unescapeNumber(b []byte, s string) ([]byte, int) {
	i := 2
	base := rune(10)
	if i < len(s) && s[i]|0x20 == 'x' {
		base = 16
		i++
	}
	start := i
	x := rune(0)
	for ; i < len(s); i++ {
		d := rune(99)
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			d = rune(c - '0')
		case base == 16 && 'a' <= c|0x20 && c|0x20 <= 'f':
			d = rune(c|0x20-'a') + 10
		}
		if d > 15 {
			break
		}
		if x <= utf8.MaxRune {
			x = x*base + d
		}
	}
	if i == start {
		return append(b, '&'), 1
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	switch {
	case 0x80 <= x && x <= 0x9F:
		x = windows[x-0x80]
	case x == 0 || !utf8.ValidRune(x):
		x = utf8.RuneError
	}
	return utf8.AppendRune(b, x), i
}
