// This file changes the spaces in JSON text, and what HTML would trip over.

package json

import "bytes"

// HTMLEscape appends src to dst with <, >, &, U+2028 and U+2029 inside strings
// written as escapes.
func HTMLEscape(dst *bytes.Buffer, src []byte) {
	dst.Grow(len(src))
	b := dst.AvailableBuffer()
	dst.Write(appendEscaped(b, src))
}

// appendEscaped appends src, in which these characters only occur in strings.
func appendEscaped(b, src []byte) []byte {
	start := 0
	for i, c := range src {
		switch {
		case c == '<' || c == '>' || c == '&':
			b = append(b, src[start:i]...)
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			start = i + 1
		case c == 0xe2 && i+2 < len(src) && src[i+1] == 0x80 && src[i+2]&^1 == 0xa8:
			b = append(b, src[start:i]...)
			b = append(b, '\\', 'u', '2', '0', '2', hexDigits[src[i+2]&15])
			start = i + 3
		}
	}
	return append(b, src[start:]...)
}

// Compact appends src to dst without spaces between tokens.
func Compact(dst *bytes.Buffer, src []byte) error {
	var s scanner
	if _, _, err := s.document(src); err != nil {
		return relabel(err)
	}
	dst.Grow(len(src))
	dst.Write(appendCompact(dst.AvailableBuffer(), src, false))
	return nil
}

// appendCompact appends src, which was checked, without spaces.
func appendCompact(b, src []byte, html bool) []byte {
	for i := 0; i < len(src); {
		c := src[i]
		switch {
		case isSpace(c):
			i++
		case c == '"':
			end := stringEnd(src, i)
			if html {
				b = appendEscaped(b, src[i:end])
			} else {
				b = append(b, src[i:end]...)
			}
			i = end
		default:
			b = append(b, c)
			i++
		}
	}
	return b
}

// relabel gives a syntax error the words that these functions have for it.
func relabel(err error) error {
	if e, ok := err.(*SyntaxError); ok {
		const old, new = "after array element", "after array value"
		if n := len(e.msg) - len(old); n >= 0 && e.msg[n:] == old {
			return &SyntaxError{e.msg[:n] + new, e.Offset}
		}
	}
	return err
}

// Indent appends src to dst with each element on a line of its own, which
// begins with prefix and one indent for each level. Spaces behind src stay.
func Indent(dst *bytes.Buffer, src []byte, prefix, indent string) error {
	var s scanner
	start, end, err := s.document(src)
	if err != nil {
		return relabel(err)
	}
	dst.Grow(2 * len(src))
	b := appendIndent(dst.AvailableBuffer(), src[start:end], prefix, indent)
	dst.Write(append(b, src[end:]...))
	return nil
}

func appendIndent(b, src []byte, prefix, indent string) []byte {
	depth := 0
	newline := func() {
		b = append(b, '\n')
		b = append(b, prefix...)
		for range depth {
			b = append(b, indent...)
		}
	}
	for i := 0; i < len(src); {
		c := src[i]
		i++
		switch {
		case isSpace(c):
		case c == '"':
			end := stringEnd(src, i-1)
			b = append(b, src[i-1:end]...)
			i = end
		case c == '{' || c == '[':
			b = append(b, c)
			if i = skipSpace(src, i); src[i] == c+2 {
				b = append(b, src[i])
				i++
				break
			}
			depth++
			newline()
		case c == '}' || c == ']':
			depth--
			newline()
			b = append(b, c)
		case c == ',':
			b = append(b, c)
			newline()
		case c == ':':
			b = append(b, c, ' ')
		default:
			b = append(b, c)
		}
	}
	return b
}
