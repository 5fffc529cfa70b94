// This file holds the reading of quoted strings and runes.

package strconv

import "unicode/utf8"

// UnquoteChar reads the first character, or byte, of the inside of a string or
// character literal. It returns the character's value, whether it needs more
// than one byte of UTF-8, and the rest of s.
//
// The quote tells the kind of literal: in one with ' or " that quote may be
// escaped and must not stand alone, and the other must not be escaped. With 0
// neither may be escaped, and both may stand alone.
func UnquoteChar(s string, quote byte) (val rune, multibyte bool, tail string, err error) {
	if s == "" {
		return 0, false, "", ErrSyntax
	}
	c := s[0]
	switch {
	case c == quote && (quote == '\'' || quote == '"'):
		return 0, false, "", ErrSyntax
	case c >= utf8.RuneSelf:
		r, size := utf8.DecodeRuneInString(s)
		return r, true, s[size:], nil
	case c != '\\':
		return rune(c), false, s[1:], nil
	case len(s) < 2:
		return 0, false, "", ErrSyntax
	}
	c, s = s[1], s[2:]
	switch c {
	case 'a':
		return '\a', false, s, nil
	case 'b':
		return '\b', false, s, nil
	case 'f':
		return '\f', false, s, nil
	case 'n':
		return '\n', false, s, nil
	case 'r':
		return '\r', false, s, nil
	case 't':
		return '\t', false, s, nil
	case 'v':
		return '\v', false, s, nil
	case '\\':
		return '\\', false, s, nil
	case '\'', '"':
		if c != quote {
			return 0, false, "", ErrSyntax
		}
		return rune(c), false, s, nil
	case 'x', 'u', 'U':
		n := 2
		if c == 'u' {
			n = 4
		} else if c == 'U' {
			n = 8
		}
		if len(s) < n {
			return 0, false, "", ErrSyntax
		}
		var v rune
		for i := 0; i < n; i++ {
			d := value(s[i])
			if d >= 16 {
				return 0, false, "", ErrSyntax
			}
			v = v<<4 | rune(d)
		}
		if c == 'x' {
			return v, false, s[n:], nil
		}
		if !utf8.ValidRune(v) {
			return 0, false, "", ErrSyntax
		}
		return v, true, s[n:], nil
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if len(s) < 2 {
			return 0, false, "", ErrSyntax
		}
		v := rune(c - '0')
		for i := 0; i < 2; i++ {
			d := s[i] - '0'
			if d > 7 {
				return 0, false, "", ErrSyntax
			}
			v = v<<3 | rune(d)
		}
		if v > 255 {
			return 0, false, "", ErrSyntax
		}
		return v, false, s[2:], nil
	}
	return 0, false, "", ErrSyntax
}

// unquote reads the literal at the start of s. It returns its length, and if
// asked for its value.
func unquote(s string, want bool) (out string, n int, err error) {
	if len(s) < 2 {
		return "", 0, ErrSyntax
	}
	quote := s[0]
	switch quote {
	case '`':
		return unquoteRaw(s, want)
	case '"', '\'':
	default:
		return "", 0, ErrSyntax
	}
	// In most literals nothing is escaped.
	i, valid := 1, true
	for i < len(s) && s[i] != quote && s[i] != '\\' && s[i] != '\n' {
		valid = valid && s[i] < utf8.RuneSelf
		i++
	}
	if i < len(s) && s[i] == quote {
		inner := s[1:i]
		if quote == '"' {
			if valid || utf8.ValidString(inner) {
				return inner, i + 1, nil
			}
		} else if r, size := utf8.DecodeRuneInString(inner); size == len(inner) && size > 0 && (r != utf8.RuneError || size > 1) {
			return inner, i + 1, nil
		}
	}
	var b []byte
	rest := s[1:]
	if want {
		b = make([]byte, 0, 3*i/2)
	}
	for len(rest) > 0 && rest[0] != quote {
		if rest[0] == '\n' {
			return "", 0, ErrSyntax
		}
		r, multi, tail, err := UnquoteChar(rest, quote)
		if err != nil {
			return "", 0, ErrSyntax
		}
		rest = tail
		if want {
			if r < utf8.RuneSelf || !multi {
				b = append(b, byte(r))
			} else {
				b = utf8.AppendRune(b, r)
			}
		}
		if quote == '\'' {
			break
		}
	}
	if len(rest) == 0 || rest[0] != quote {
		return "", 0, ErrSyntax
	}
	return own(b), len(s) - len(rest) + 1, nil
}

// unquoteRaw reads a literal in backquotes. Carriage returns do not count.
func unquoteRaw(s string, want bool) (out string, n int, err error) {
	i, returns := 1, 0
	for i < len(s) && s[i] != '`' {
		if s[i] == '\r' {
			returns++
		}
		i++
	}
	if i == len(s) {
		return "", 0, ErrSyntax
	}
	if !want || returns == 0 {
		return s[1:i], i + 1, nil
	}
	b := make([]byte, 0, i-1-returns)
	for j := 1; j < i; j++ {
		if s[j] != '\r' {
			b = append(b, s[j])
		}
	}
	return own(b), i + 1, nil
}

// QuotedPrefix returns the quoted string, one that Unquote understands, at the
// start of s, quotes and all. Without one there it is an error.
func QuotedPrefix(s string) (string, error) {
	_, n, err := unquote(s, false)
	return s[:n], err
}

// Unquote returns the value of s, which is a Go string literal in double quotes
// or backquotes, or a character literal. A character literal gives a string of
// that character; it may be empty.
func Unquote(s string) (string, error) {
	out, n, err := unquote(s, true)
	if err == nil && n != len(s) {
		return "", ErrSyntax
	}
	return out, err
}
