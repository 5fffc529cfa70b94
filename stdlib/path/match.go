// This file holds the matching of shell patterns.

package path

import (
	"errors"
	"internal/bytealg"
	"unicode/utf8"
)

// ErrBadPattern says that a pattern is malformed.
var ErrBadPattern = errors.New("syntax error in pattern")

// Match reports whether the shell pattern matches all of name. In a pattern
//
//   - matches any run of characters but /
//     ?       matches a character but /
//     [list]  matches a character that the list names: characters, and ranges
//     like a-z; with ^ at its start a character that it does not name
//     \c      matches c
//     c       matches c, unless it is one of those above
//
// In a list, ] - and \ need a \ before them. The only error is ErrBadPattern.
func Match(pattern, name string) (matched bool, err error) {
	for len(pattern) > 0 {
		star := false
		for len(pattern) > 0 && pattern[0] == '*' {
			pattern = pattern[1:]
			star = true
		}
		var part string
		part, pattern = piece(pattern)
		if star && part == "" {
			// The last star takes all but a slash.
			return bytealg.IndexByte(name, '/') < 0, nil
		}
		rest, ok, err := matchPiece(part, name)
		if err != nil {
			return false, err
		}
		// The last piece must reach to the end.
		if ok && (len(rest) == 0 || len(pattern) > 0) {
			name = rest
			continue
		}
		if star {
			found := false
			for i := 0; i < len(name) && name[i] != '/'; i++ {
				rest, ok, err = matchPiece(part, name[i+1:])
				if err != nil {
					return false, err
				}
				if ok && (len(rest) == 0 || len(pattern) > 0) {
					found = true
					break
				}
			}
			if found {
				name = rest
				continue
			}
		}
		// It does not match; but the rest of the pattern may be malformed.
		for len(pattern) > 0 {
			for len(pattern) > 0 && pattern[0] == '*' {
				pattern = pattern[1:]
			}
			part, pattern = piece(pattern)
			if _, _, err := matchPiece(part, ""); err != nil {
				return false, err
			}
		}
		return false, nil
	}
	return len(name) == 0, nil
}

// piece cuts pattern at its first star.
func piece(pattern string) (part, rest string) {
	inList := false
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '\\':
			i++
		case '[':
			inList = true
		case ']':
			inList = false
		case '*':
			if !inList {
				return pattern[:i], pattern[i:]
			}
		}
	}
	return pattern, ""
}

// matchPiece matches a pattern without stars at the start of s and returns the
// rest of s. When it does not match, the pattern is still checked to its end.
func matchPiece(part, s string) (rest string, ok bool, err error) {
	ok = true
	for len(part) > 0 {
		if ok && len(s) == 0 {
			ok = false
		}
		switch part[0] {
		case '[':
			var r rune
			if ok {
				var size int
				r, size = utf8.DecodeRuneInString(s)
				s = s[size:]
			}
			part = part[1:]
			negate := false
			if len(part) > 0 && part[0] == '^' {
				negate = true
				part = part[1:]
			}
			in := false
			for count := 0; ; count++ {
				if len(part) > 0 && part[0] == ']' && count > 0 {
					part = part[1:]
					break
				}
				var lo, hi rune
				if lo, part, err = listChar(part); err != nil {
					return "", false, err
				}
				hi = lo
				if part[0] == '-' {
					if hi, part, err = listChar(part[1:]); err != nil {
						return "", false, err
					}
				}
				in = in || lo <= r && r <= hi
			}
			if in == negate {
				ok = false
			}
		case '?':
			if ok {
				if s[0] == '/' {
					ok = false
				}
				_, size := utf8.DecodeRuneInString(s)
				s = s[size:]
			}
			part = part[1:]
		case '\\':
			part = part[1:]
			if len(part) == 0 {
				return "", false, ErrBadPattern
			}
			fallthrough
		default:
			if ok {
				if part[0] != s[0] {
					ok = false
				}
				s = s[1:]
			}
			part = part[1:]
		}
	}
	if !ok {
		return "", false, nil
	}
	return s, true, nil
}

// listChar reads a character of a list.
func listChar(part string) (r rune, rest string, err error) {
	if len(part) == 0 || part[0] == '-' || part[0] == ']' {
		return 0, "", ErrBadPattern
	}
	if part[0] == '\\' {
		part = part[1:]
		if len(part) == 0 {
			return 0, "", ErrBadPattern
		}
	}
	r, size := utf8.DecodeRuneInString(part)
	if r == utf8.RuneError && size == 1 {
		err = ErrBadPattern
	}
	rest = part[size:]
	if len(rest) == 0 {
		err = ErrBadPattern
	}
	return r, rest, err
}
