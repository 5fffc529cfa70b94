// This file holds the escapers for the text, the values and the names of HTML.

package template

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// unsafe takes the place of what cannot be written safely.
const unsafe = "ZgotmplZ"

// table has the replacements of ASCII characters.
type table [utf8.RuneSelf]string

// with returns the table with more replacements: characters and their texts in
// turn.
func (t table) with(pairs ...string) *table {
	for i := 0; i < len(pairs); i += 2 {
		t[pairs[i][0]] = pairs[i+1]
	}
	return &t
}

// replace replaces the characters of s that have a text in the table, and the
// other runes that other has a text for.
func (t *table) replace(s string, other func(r rune, size int) string) string {
	var b strings.Builder
	written := 0
	for i, size := 0, 0; i < len(s); i += size {
		r, n := utf8.DecodeRuneInString(s[i:])
		size = n
		text := ""
		if r < utf8.RuneSelf {
			text = t[r]
		} else if other != nil {
			text = other(r, size)
		}
		if text != "" {
			b.WriteString(s[written:i])
			b.WriteString(text)
			written = i + size
		}
	}
	if written == 0 {
		return s
	}
	b.WriteString(s[written:])
	return b.String()
}

// The tables for text and quoted values, and for values without quotes. Those
// of markup leave its references as they are.
var (
	markupTable = table{}.with("\x00", "\uFFFD", `"`, "&#34;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")
	textTable   = markupTable.with("&", "&amp;")

	bareMarkupTable = markupTable.with("\x00", "&#xfffd;", "\t", "&#9;", "\n", "&#10;", "\v", "&#11;", "\f", "&#12;", "\r", "&#13;",
		" ", "&#32;", "=", "&#61;", "`", "&#96;")
	bareTable = bareMarkupTable.with("&", "&amp;")
)

// noncharacter gives references for runes that could end a value without
// quotes in some browsers.
func noncharacter(r rune, size int) string {
	if 0xfdd0 <= r && r <= 0xfdef || 0xfff0 <= r && r <= 0xffff {
		return fmt.Sprintf("&#x%x;", r)
	}
	return ""
}

// htmlEscaper escapes for the text between tags.
func htmlEscaper(args ...any) string {
	s, k := textOf(args)
	if k == kindHTML {
		return s
	}
	return textTable.replace(s, nil)
}

// rcdataEscaper escapes for the text of title and textarea, which has no tags.
func rcdataEscaper(args ...any) string {
	s, k := textOf(args)
	if k == kindHTML {
		return markupTable.replace(s, nil)
	}
	return textTable.replace(s, nil)
}

// attrEscaper escapes for a value in quotes.
func attrEscaper(args ...any) string {
	s, k := textOf(args)
	if k == kindHTML {
		return markupTable.replace(withoutTags(s), nil)
	}
	return textTable.replace(s, nil)
}

// nospaceEscaper escapes for a value without quotes. An empty one would take
// the next attribute for its value.
func nospaceEscaper(args ...any) string {
	s, k := textOf(args)
	switch {
	case s == "":
		return unsafe
	case k == kindHTML:
		return bareMarkupTable.replace(withoutTags(s), noncharacter)
	}
	return bareTable.replace(s, noncharacter)
}

// nameFilter passes names of attributes with plain values.
func nameFilter(args ...any) string {
	s, k := textOf(args)
	if k == kindHTMLAttr {
		return s
	}
	s = strings.ToLower(s)
	if s == "" || attrKind(s) != kindPlain {
		return unsafe
	}
	for i := range len(s) {
		if !isLetter(s[i]) && !isDigit(s[i]) {
			return unsafe
		}
	}
	return s
}

// commentEscaper drops its arguments.
func commentEscaper(args ...any) string { return "" }

// withoutTags is the text of markup, without the contents of scripts and
// stylesheets.
func withoutTags(markup string) string {
	var b strings.Builder
	s := []byte(markup)
	c, start, plain := context{}, 0, true
	for start < len(s) {
		rest := s[start:]
		if c.delim != delimNone {
			n := strings.IndexAny(string(rest), valueEnds[c.delim])
			if n < 0 {
				break
			}
			if c.delim != delimSpaceOrTagEnd {
				n++
			}
			c, start = context{state: stateTag, element: c.element}, start+n
			continue
		}
		read := steps[c.state]
		if c.element != elementNone && !c.state.isTag() {
			read = stepEndTag
		}
		next, n := read(c, rest)
		if c.state == stateText || c.state == stateRCDATA {
			end := n
			if next.state != c.state {
				// Up to the tag that changed it.
				if i := strings.LastIndexByte(string(rest[:n]), '<'); i >= 0 {
					end = i
				}
			}
			b.Write(rest[:end])
		} else {
			plain = false
		}
		c, start = next, start+n
		if next.state == stateError {
			break
		}
	}
	switch {
	case plain && start == len(s):
		return markup
	case c.state == stateText || c.state == stateRCDATA:
		b.Write(s[start:])
	}
	return b.String()
}
