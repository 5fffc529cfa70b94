// This file writes and reads JSON strings.

package json

import (
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

const hexDigits = "0123456789abcdef"

// safe tells the ASCII characters that need no escape in a string; htmlSafe
// leaves out those that mean something in HTML.
var safe, htmlSafe = func() (s, h [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		s[c] = c != '"' && c != '\\'
		h[c] = s[c] && c != '<' && c != '>' && c != '&'
	}
	return
}()

// appendString appends s as a JSON string.
func appendString(b []byte, s string, html bool) []byte {
	table := &safe
	if html {
		table = &htmlSafe
	}
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if table[c] {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			b = append(b, s[start:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\b':
				b = append(b, '\\', 'b')
			case '\f':
				b = append(b, '\\', 'f')
			case '\n':
				b = append(b, '\\', 'n')
			case '\r':
				b = append(b, '\\', 'r')
			case '\t':
				b = append(b, '\\', 't')
			default:
				b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			}
			i++
			start = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b = append(b, s[start:i]...)
			b = append(b, "\ufffd"...)
			start = i + 1
		case r == '\u2028' || r == '\u2029':
			b = append(b, s[start:i]...)
			b = append(b, '\\', 'u', '2', '0', '2', hexDigits[r&15])
			start = i + n
		}
		i += n
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}

// simpleEnd returns the index of the quote that ends the string which starts
// at i, behind its quote, if it has nothing but plain ASCII characters; else
// the index of the first other character, and false.
func simpleEnd(data []byte, i int) (int, bool) {
	for {
		c := data[i]
		if c == '"' {
			return i, true
		}
		if c == '\\' || c >= utf8.RuneSelf {
			return i, false
		}
		i++
	}
}

// stringEnd returns the index behind the string at i, which was checked.
func stringEnd(data []byte, i int) int {
	i++
	for data[i] != '"' {
		if data[i] == '\\' {
			i++
		}
		i++
	}
	return i + 1
}

// unquote returns what the string data[i:], which was checked, means, and the
// index behind it. The result may be a part of data, or of buf.
func unquote(data []byte, i int, buf []byte) ([]byte, int) {
	i++
	j, ok := simpleEnd(data, i)
	if ok {
		return data[i:j], j + 1
	}
	b := append(buf[:0], data[i:j]...)
	i = j
	for {
		c := data[i]
		switch {
		case c == '"':
			return b, i + 1
		case c == '\\':
			i++
			switch c := data[i]; c {
			case 'b':
				b = append(b, '\b')
			case 'f':
				b = append(b, '\f')
			case 'n':
				b = append(b, '\n')
			case 'r':
				b = append(b, '\r')
			case 't':
				b = append(b, '\t')
			case 'u':
				r := hexRune(data[i+1:])
				i += 4
				if utf16.IsSurrogate(r) {
					low := rune(-1)
					if data[i+1] == '\\' && data[i+2] == 'u' {
						low = hexRune(data[i+3:])
					}
					r = utf16.DecodeRune(r, low)
					if r != utf8.RuneError {
						i += 6
					}
				}
				b = utf8.AppendRune(b, r)
			default:
				b = append(b, c)
			}
			i++
		case c < utf8.RuneSelf:
			b = append(b, c)
			i++
		default:
			r, n := utf8.DecodeRune(data[i:])
			b = utf8.AppendRune(b, r)
			i += n
		}
	}
}

// hexRune reads four hexadecimal digits.
func hexRune(b []byte) rune {
	return hexDigit(b[0])<<12 | hexDigit(b[1])<<8 | hexDigit(b[2])<<4 | hexDigit(b[3])
}

// asString is b without a copy; b must not change while it is in use.
func asString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
