// This file holds the states of CSS, and its escapes.

package template

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

const cssSpace = "\t\n\f\r "

// stepCSS reads up to a string, a URL or a comment.
func stepCSS(c context, s []byte) (context, int) {
	for i, b := range s {
		switch b {
		case '"':
			c.state = stateCSSDqStr
			return c, i + 1
		case '\'':
			c.state = stateCSSSqStr
			return c, i + 1
		case '/':
			if i+1 == len(s) {
				continue
			}
			switch s[i+1] {
			case '/':
				c.state = stateCSSLineCmt
				return c, i + 2
			case '*':
				c.state = stateCSSBlockCmt
				return c, i + 2
			}
		case '(':
			if !endsInKeyword(bytes.TrimRight(s[:i], cssSpace), "url") {
				continue
			}
			n := len(s) - len(bytes.TrimLeft(s[i+1:], cssSpace))
			switch {
			case n < len(s) && s[n] == '"':
				c.state = stateCSSDqURL
				n++
			case n < len(s) && s[n] == '\'':
				c.state = stateCSSSqURL
				n++
			default:
				c.state = stateCSSURL
			}
			return c, n
		}
	}
	return c, len(s)
}

// stepCSSString reads in a string or URL to its end. Strings may be URLs, too.
func stepCSSString(c context, s []byte) (context, int) {
	ends := " \t\n\f\r)"
	switch c.state {
	case stateCSSDqStr, stateCSSDqURL:
		ends = `"`
	case stateCSSSqStr, stateCSSSqURL:
		ends = "'"
	}
	for start, i := 0, 0; ; i++ {
		n := bytes.IndexAny(s[i:], ends+`\`)
		if n < 0 {
			c.urlPart = c.urlPart.behind(decodeCSS(s[start:]))
			return c, len(s)
		}
		if i += n; s[i] != '\\' {
			c.state = stateCSS
			return c, i + 1
		}
		if i++; i == len(s) {
			return fail(ErrPartialEscape, nil, 0, "unfinished escape sequence in CSS string: %q", s), len(s)
		}
		c.urlPart = c.urlPart.behind(decodeCSS(s[:i+1]))
		start = i + 1
	}
}

// endsInKeyword reports whether the last word of s is the keyword. Escapes in
// keywords are not looked for.
func endsInKeyword(s []byte, keyword string) bool {
	n := len(s) - len(keyword)
	if n < 0 || !strings.EqualFold(string(s[n:]), keyword) {
		return false
	}
	r, _ := utf8.DecodeLastRune(s[:n])
	return n == 0 || !isCSSName(r)
}

// isCSSName reports whether r may be in a name.
func isCSSName(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '-' || r == '_' || isLetter(byte(r)) || isDigit(byte(r))
	}
	return r <= 0xd7ff || 0xe000 <= r && r <= 0xfffd || 0x10000 <= r && r <= unicode.MaxRune
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// decodeCSS replaces the escapes in s.
func decodeCSS(s []byte) []byte {
	i := bytes.IndexByte(s, '\\')
	if i < 0 {
		return s
	}
	var out []byte
	for ; i >= 0; i = bytes.IndexByte(s, '\\') {
		out = append(out, s[:i]...)
		s = s[i+1:]
		if len(s) == 0 {
			break // half of an escape
		}
		if !isHex(s[0]) {
			_, n := utf8.DecodeRune(s)
			out = append(out, s[:n]...)
			s = s[n:]
			continue
		}
		// At most six digits, and a white space that may follow.
		r, n := rune(0), 0
		for n < len(s) && n < 6 && isHex(s[n]) {
			d := rune(s[n] - '0')
			if !isDigit(s[n]) {
				d = rune(s[n]|0x20-'a') + 10
			}
			if r<<4|d > unicode.MaxRune {
				break
			}
			r = r<<4 | d
			n++
		}
		out = utf8.AppendRune(out, r)
		s = withoutCSSSpace(s[n:])
	}
	return append(out, s...)
}

// withoutCSSSpace drops the white space, of one character, that ends an escape.
func withoutCSSSpace(s []byte) []byte {
	switch {
	case bytes.HasPrefix(s, []byte("\r\n")):
		return s[2:]
	case len(s) > 0 && strings.IndexByte(cssSpace, s[0]) >= 0:
		return s[1:]
	}
	return s
}
