// This file holds the escaper and the filter of CSS.

package template

import (
	"strings"
	"unicode/utf8"
)

var cssTable = table{}.with("\x00", `\0`, "\t", `\9`, "\n", `\a`, "\f", `\c`, "\r", `\d`, `"`, `\22`, "&", `\26`, "'", `\27`, "(", `\28`,
	")", `\29`, "+", `\2b`, "/", `\2f`, ":", `\3a`, ";", `\3b`, "<", `\3c`, ">", `\3e`, `\`, `\\`, "{", `\7b`, "}", `\7d`)

// cssEscaper escapes for a string of CSS.
func cssEscaper(args ...any) string {
	s, _ := textOf(args)
	var b strings.Builder
	written := 0
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || cssTable[s[i]] == "" {
			continue
		}
		b.WriteString(s[written:i])
		b.WriteString(cssTable[s[i]])
		written = i + 1
		// A digit or space that follows would belong to the escape.
		if s[i] != '\\' && (written == len(s) || isHex(s[written]) || strings.IndexByte(cssSpace, s[written]) >= 0) {
			b.WriteByte(' ')
		}
	}
	if written == 0 {
		return s
	}
	b.WriteString(s[written:])
	return b.String()
}

// cssFilter passes values that can neither end the one that they stand in nor
// run a script.
func cssFilter(args ...any) string {
	s, k := textOf(args)
	if k == kindCSS {
		return s
	}
	value := decodeCSS([]byte(s))
	var word []byte
	for i, c := range value {
		switch {
		case strings.IndexByte("\x00\"'()/;@[\\]`{}<>", c) >= 0:
			return unsafe
		case c == '-' && i > 0 && value[i-1] == '-':
			return unsafe // <!-- and --> separate rules
		case c < utf8.RuneSelf && c != '-' && isCSSName(rune(c)):
			word = append(word, c|0x20)
		}
	}
	// Old browsers evaluate these.
	if w := string(word); strings.Contains(w, "expression") || strings.Contains(w, "mozbinding") {
		return unsafe
	}
	return string(value)
}
