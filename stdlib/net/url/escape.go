// This file holds percent encoding: which bytes each part of a URL escapes.

package url

import (
	"internal/hexdigit"
	"strconv"
	"strings"
)

// part is a part of a URL with rules of its own.
type part int

const (
	inPath part = iota
	inSegment
	inHost
	inZone
	inUser
	inQuery
	inFragment
)

// free has, for each part, what stands for itself besides letters, digits and
// -_.~ (RFC 3986, section 3).
var free = [...]string{
	inPath:     "$&+,/:;=@",
	inSegment:  "$&+:=@",
	inHost:     "!$&'()*+,;=:[]<>\"",
	inZone:     "!$&'()*+,;=:[]<>\"",
	inUser:     "$&+,;=",
	inQuery:    "",
	inFragment: "$&+,/:;=?@!()*",
}

func plain(c byte, p part) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '_' || c == '.' || c == '~' || strings.IndexByte(free[p], c) >= 0
}

// EscapeError is a percent sign without two hexadecimal digits.
type EscapeError string

// Error quotes it.
func (e EscapeError) Error() string { return "invalid URL escape " + strconv.Quote(string(e)) }

// InvalidHostError is a byte that no host has.
type InvalidHostError string

// Error quotes it.
func (e InvalidHostError) Error() string {
	return "invalid character " + strconv.Quote(string(e)) + " in host name"
}

// QueryEscape escapes s for a query: a space becomes a plus.
func QueryEscape(s string) string { return escape(s, inQuery) }

// PathEscape escapes s for one segment of a path.
func PathEscape(s string) string { return escape(s, inSegment) }

// QueryUnescape undoes QueryEscape.
func QueryUnescape(s string) (string, error) { return unescape(s, inQuery) }

// PathUnescape undoes PathEscape.
func PathUnescape(s string) (string, error) { return unescape(s, inSegment) }

const digits = "0123456789ABCDEF"

func escape(s string, p part) string {
	spaces, others := 0, 0
	for i := range len(s) {
		if c := s[i]; !plain(c, p) {
			if c == ' ' && p == inQuery {
				spaces++
			} else {
				others++
			}
		}
	}
	if spaces+others == 0 {
		return s
	}
	b := make([]byte, 0, len(s)+2*others)
	for i := range len(s) {
		switch c := s[i]; {
		case plain(c, p):
			b = append(b, c)
		case c == ' ' && p == inQuery:
			b = append(b, '+')
		default:
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return string(b)
}

// escaped reads the byte that an escape at the beginning of s stands for.
func escaped(s string) (byte, bool) {
	if len(s) < 3 {
		return 0, false
	}
	hi, lo := hexdigit.Value(rune(s[1])), hexdigit.Value(rune(s[2]))
	return byte(hi<<4 | lo), hi >= 0 && lo >= 0
}

func unescape(s string, p part) (string, error) {
	change := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '%':
			b, ok := escaped(s[i:])
			if !ok {
				return "", EscapeError(s[i:min(i+3, len(s))])
			}
			// A host has escapes of bytes that are not ASCII only; and %25 before
			// the zone of an address.
			if p == inHost && b < 0x80 && s[i:i+3] != "%25" {
				return "", EscapeError(s[i : i+3])
			}
			if p == inZone && s[i:i+3] != "%25" && b != ' ' && b < 0x80 && !plain(b, inHost) {
				return "", EscapeError(s[i : i+3])
			}
			change = true
			i += 2
		case '+':
			change = change || p == inQuery
		default:
			if (p == inHost || p == inZone) && c < 0x80 && !plain(c, p) {
				return "", InvalidHostError(s[i : i+1])
			}
		}
	}
	if !change {
		return s, nil
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			c, _ = escaped(s[i:])
			b = append(b, c)
			i += 2
		case c == '+' && p == inQuery:
			b = append(b, ' ')
		default:
			b = append(b, c)
		}
	}
	return string(b), nil
}

// validEncoding reports whether s may be the encoded form of a part: reserved
// bytes stand for themselves.
func validEncoding(s string, p part) bool {
	for i := range len(s) {
		switch c := s[i]; c {
		case '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=', ':', '@', '[', ']', '%':
		default:
			if !plain(c, p) {
				return false
			}
		}
	}
	return true
}
