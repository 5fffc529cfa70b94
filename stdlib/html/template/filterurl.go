// This file holds the filters and escapers of URLs.

package template

import (
	"fmt"
	"strings"
)

// urlFilter passes URLs whose scheme cannot run a script.
func urlFilter(args ...any) string {
	s, k := textOf(args)
	if k != kindURL && !isSafeURL(s) {
		return "#" + unsafe
	}
	return s
}

// isSafeURL reports whether the URL has no scheme, or a harmless one.
func isSafeURL(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.Contains(scheme, "/") {
		return true
	}
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

// urlEscaper escapes for the query of a URL.
func urlEscaper(args ...any) string {
	s, k := textOf(args)
	return escapeURL(s, k == kindURL)
}

// urlNormalizer escapes what no URL may hold and leaves its syntax.
func urlNormalizer(args ...any) string {
	s, _ := textOf(args)
	return escapeURL(s, true)
}

// escapeURL escapes s as a URL or as a part of one.
func escapeURL(s string, whole bool) string {
	var b strings.Builder
	written := 0
	for i := range len(s) {
		c := s[i]
		if isLetter(c) || isDigit(c) || strings.IndexByte("-._~", c) >= 0 || whole && strings.IndexByte("!#$&*+,/:;=?@[]", c) >= 0 {
			continue
		}
		if c == '%' && whole && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			continue
		}
		b.WriteString(s[written:i])
		fmt.Fprintf(&b, "%%%02x", c)
		written = i + 1
	}
	if written == 0 {
		return s
	}
	b.WriteString(s[written:])
	return b.String()
}

// srcsetEscaper escapes and filters each URL of a list with sizes.
func srcsetEscaper(args ...any) string {
	s, k := textOf(args)
	switch k {
	case kindSrcset:
		return s
	case kindURL:
		return strings.ReplaceAll(escapeURL(s, true), ",", "%2c")
	}
	var b strings.Builder
	for i, part := range strings.Split(s, ",") {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(sourceOf(part))
	}
	return b.String()
}

// sourceOf escapes one URL with white space and a size around it.
func sourceOf(s string) string {
	start := space([]byte(s))
	end := start
	for end < len(s) && !isSpace(s[end]) {
		end++
	}
	url, size := s[start:end], s[end:]
	for i := range len(size) {
		if c := size[i]; !isSpace(c) && !isLetter(c) && !isDigit(c) {
			return "#" + unsafe
		}
	}
	if !isSafeURL(url) {
		return "#" + unsafe
	}
	return s[:start] + escapeURL(url, true) + size
}
