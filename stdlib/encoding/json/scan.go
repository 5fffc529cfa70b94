// This file checks the syntax of JSON text and finds the ends of values. What
// decodes afterwards relies on it.

package json

import (
	"errors"
	"strconv"
	"unicode/utf8"
)

// maxDepth is how deep arrays and objects may be nested.
const maxDepth = 10000

// errIncomplete is the scanner's error for text that ends too early.
var errIncomplete = errors.New("unexpected end of JSON input")

// scanner checks a value without recursion.
type scanner struct {
	data []byte
	// nest has an entry for each open array (false) or object (true).
	nest []bool
}

func isSpace(c byte) bool {
	return c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n')
}

func isDigit(c byte) bool { return c-'0' < 10 }

// skipSpace returns the first index from i on that is not of a space.
func skipSpace(data []byte, i int) int {
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	return i
}

// plain tells the bytes that stand for themselves in strings.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= ' ' && c != '"' && c != '\\'
	}
	return
}()

// syntaxError is about the character at i.
func (s *scanner) syntaxError(i int, context string) error {
	return charError(s.data, i, context)
}

func charError(data []byte, i int, context string) error {
	r, n := utf8.DecodeRune(data[i:])
	quoted := strconv.QuoteRune(r)
	if r == utf8.RuneError && n == 1 {
		quoted = `'\x` + string("0123456789abcdef"[data[i]>>4]) + string("0123456789abcdef"[data[i]&15]) + "'"
	}
	return &SyntaxError{"invalid character " + quoted + " " + context, int64(i + n)}
}

// incomplete is what Unmarshal says of text that ends at i.
func incomplete(i int) error {
	return &SyntaxError{errIncomplete.Error(), int64(i)}
}

// value checks the value at i, where no space is, and returns its end. Of
// text that is too short the error is errIncomplete, with the index behind the
// last whole token. depth counts what is open around it.
func (s *scanner) value(i, depth int) (int, error) {
	data := s.data
	s.nest = s.nest[:0]
	for {
		if i >= len(data) {
			return i, errIncomplete
		}
		// A value starts here.
		switch c := data[i]; {
		case c == '"':
			end, err := s.str(i)
			if err != nil {
				return end, err
			}
			i = end
		case c == '{':
			if len(s.nest)+depth >= maxDepth {
				return i, &SyntaxError{"exceeded max depth", int64(i + 1)}
			}
			i = skipSpace(data, i+1)
			if i < len(data) && data[i] == '}' {
				i++
				break
			}
			s.nest = append(s.nest, true)
			end, err := s.key(i)
			if err != nil {
				return end, err
			}
			i = end
			continue
		case c == '[':
			if len(s.nest)+depth >= maxDepth {
				return i, &SyntaxError{"exceeded max depth", int64(i + 1)}
			}
			i = skipSpace(data, i+1)
			if i < len(data) && data[i] == ']' {
				i++
				break
			}
			s.nest = append(s.nest, false)
			continue
		case c == '-' || isDigit(c):
			end, err := s.number(i)
			if err != nil {
				return end, err
			}
			i = end
		default:
			end, err := s.literal(i)
			if err != nil {
				return end, err
			}
			i = end
		}
		// A value ended here.
	ended:
		if len(s.nest) == 0 {
			return i, nil
		}
		i = skipSpace(data, i)
		if i >= len(data) {
			return i, errIncomplete
		}
		c := data[i]
		if s.nest[len(s.nest)-1] {
			if c == ',' {
				end, err := s.key(skipSpace(data, i+1))
				if err != nil {
					return end, err
				}
				i = end
				continue
			}
			if c != '}' {
				return i, s.syntaxError(i, "after object key:value pair")
			}
		} else {
			if c == ',' {
				i = skipSpace(data, i+1)
				continue
			}
			if c != ']' {
				return i, s.syntaxError(i, "after array element")
			}
		}
		s.nest = s.nest[:len(s.nest)-1]
		i++
		goto ended
	}
}

// key checks a member's name and the colon, and returns where its value starts.
func (s *scanner) key(i int) (int, error) {
	data := s.data
	if i >= len(data) {
		return i, errIncomplete
	}
	if data[i] != '"' {
		return i, s.syntaxError(i, "looking for beginning of object key string")
	}
	end, err := s.str(i)
	if err != nil {
		return end, err
	}
	i = skipSpace(data, end)
	if i >= len(data) {
		return i, errIncomplete
	}
	if data[i] != ':' {
		return i, s.syntaxError(i, "after object key")
	}
	return skipSpace(data, i+1), nil
}

// str checks the string at i.
func (s *scanner) str(i int) (int, error) {
	data := s.data
	start := i
	i++
	for {
		for i < len(data) && plain[data[i]] {
			i++
		}
		if i >= len(data) {
			return i, errIncomplete
		}
		switch c := data[i]; {
		case c == '"':
			return i + 1, nil
		case c < ' ':
			return i, s.syntaxError(i, "in string")
		}
		esc := i
		i++
		if i >= len(data) {
			return start + 1, errIncomplete
		}
		switch data[i] {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			i++
			continue
		case 'u':
			i++
			n := 0
			for n < 4 && i+n < len(data) && hexDigit(data[i+n]) >= 0 {
				n++
			}
			if n == 4 {
				i += 4
				continue
			}
			if i+n >= len(data) {
				return start + 1, errIncomplete
			}
			i = min(i+4, len(data)) - 1
		}
		seq := string(data[esc : i+1])
		return i, &SyntaxError{"invalid escape sequence `" + seq + "` in string", int64(i + 1)}
	}
}

// hexDigit returns the value of a hexadecimal digit, or -1.
func hexDigit(c byte) rune {
	switch {
	case isDigit(c):
		return rune(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return rune(c | 0x20 - 'a' + 10)
	}
	return -1
}

// number checks the number at i.
func (s *scanner) number(i int) (int, error) {
	data := s.data
	start := i
	fail := func() (int, error) {
		if i >= len(data) {
			return start, errIncomplete
		}
		return i, s.syntaxError(i, "in numeric literal")
	}
	if data[i] == '-' {
		i++
	}
	switch {
	case i < len(data) && data[i] == '0':
		i++
	case i < len(data) && isDigit(data[i]):
		for i < len(data) && isDigit(data[i]) {
			i++
		}
	default:
		return fail()
	}
	if i < len(data) && data[i] == '.' {
		i++
		if i >= len(data) || !isDigit(data[i]) {
			return fail()
		}
		for i < len(data) && isDigit(data[i]) {
			i++
		}
	}
	if i < len(data) && data[i]|0x20 == 'e' {
		i++
		if i < len(data) && (data[i] == '+' || data[i] == '-') {
			i++
		}
		if i >= len(data) || !isDigit(data[i]) {
			return fail()
		}
		for i < len(data) && isDigit(data[i]) {
			i++
		}
	}
	return i, nil
}

// literal checks null, true or false at i.
func (s *scanner) literal(i int) (int, error) {
	data := s.data
	var word string
	switch data[i] {
	case 'n':
		word = "null"
	case 't':
		word = "true"
	case 'f':
		word = "false"
	default:
		return i, s.syntaxError(i, "looking for beginning of value")
	}
	for k := 0; k < len(word); k++ {
		if i+k >= len(data) {
			return i + k, errIncomplete
		}
		if data[i+k] != word[k] {
			return i + k, s.syntaxError(i+k, "in literal "+word+" (expecting "+strconv.QuoteRune(rune(word[k]))+")")
		}
	}
	return i + len(word), nil
}

// document checks data as one value, and returns where it starts and ends.
func (s *scanner) document(data []byte) (start, end int, err error) {
	s.data = data
	start = skipSpace(data, 0)
	end, err = s.value(start, 0)
	if err == errIncomplete {
		return 0, 0, incomplete(end)
	}
	if err != nil {
		return 0, 0, err
	}
	if i := skipSpace(data, end); i < len(data) {
		return 0, 0, s.syntaxError(i, "after top-level value")
	}
	return start, end, nil
}

// Valid reports whether data is one JSON value.
func Valid(data []byte) bool {
	var s scanner
	_, _, err := s.document(data)
	return err == nil
}
