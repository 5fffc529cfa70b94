// This file holds the quoting of strings and runes.

package strconv

import (
	"unicode"
	"unicode/utf8"
)

// How much is left as it is in a quoted string.
type keep uint8

const (
	keepPrint keep = iota
	keepGraphic
	keepASCII
)

// IsPrint reports whether r is printable as unicode.IsPrint has it: a letter,
// mark, number, punctuation, symbol or ASCII space.
func IsPrint(r rune) bool {
	if uint32(r) < utf8.RuneSelf {
		return 0x20 <= r && r < 0x7f
	}
	return unicode.IsPrint(r)
}

// IsGraphic reports whether r is graphic as unicode.IsGraphic has it: a letter,
// mark, number, punctuation, symbol or space.
func IsGraphic(r rune) bool { return unicode.IsGraphic(r) }

// plain reports whether the printable ASCII byte c needs no escape.
func plain(c, quote byte) bool {
	return 0x20 <= c && c < 0x7f && c != quote && c != '\\'
}

// appendQuoted appends s in quotes.
func appendQuoted(dst []byte, s string, quote byte, k keep) []byte {
	if cap(dst)-len(dst) < len(s)+2 {
		more := make([]byte, len(dst), len(dst)+len(s)+2)
		copy(more, dst)
		dst = more
	}
	dst = append(dst, quote)
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && plain(s[i], quote) {
			i++
		}
		dst = append(dst, s[start:i]...)
		if i == len(s) {
			break
		}
		if s[i] < utf8.RuneSelf {
			dst = appendEscaped(dst, rune(s[i]), quote, k)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			dst = append(dst, '\\', 'x', digits[s[i]>>4], digits[s[i]&15])
		} else {
			dst = appendEscaped(dst, r, quote, k)
		}
		i += size
	}
	return append(dst, quote)
}

// appendEscaped appends one rune, escaped if need be.
func appendEscaped(dst []byte, r rune, quote byte, k keep) []byte {
	if r == rune(quote) || r == '\\' {
		return append(dst, '\\', byte(r))
	}
	if r < utf8.RuneSelf {
		if IsPrint(r) {
			return append(dst, byte(r))
		}
	} else if k != keepASCII && (IsPrint(r) || k == keepGraphic && IsGraphic(r)) {
		return utf8.AppendRune(dst, r)
	}
	switch r {
	case '\a':
		return append(dst, `\a`...)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	case '\v':
		return append(dst, `\v`...)
	}
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	n := 28
	switch {
	case r < utf8.RuneSelf:
		dst = append(dst, '\\', 'x')
		n = 4
	case r < 0x10000:
		dst = append(dst, '\\', 'u')
		n = 12
	default:
		dst = append(dst, '\\', 'U')
	}
	for ; n >= 0; n -= 4 {
		dst = append(dst, digits[r>>uint(n)&15])
	}
	return dst
}

// quoted is appendQuoted into a new string.
func quoted(s string, k keep) string {
	return own(appendQuoted(make([]byte, 0, len(s)+len(s)/2+2), s, '"', k))
}

// appendQuotedRune appends r in single quotes.
func appendQuotedRune(dst []byte, r rune, k keep) []byte {
	dst = append(dst, '\'')
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	dst = appendEscaped(dst, r, '\'', k)
	return append(dst, '\'')
}

// Quote returns s as a Go string literal in double quotes, with escapes for
// control characters and for what IsPrint does not accept.
func Quote(s string) string { return quoted(s, keepPrint) }

// AppendQuote appends to dst what Quote returns for s.
func AppendQuote(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', keepPrint) }

// QuoteToASCII is Quote with escapes for all that is not ASCII too.
func QuoteToASCII(s string) string { return quoted(s, keepASCII) }

// AppendQuoteToASCII appends to dst what QuoteToASCII returns for s.
func AppendQuoteToASCII(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', keepASCII) }

// QuoteToGraphic is Quote without escapes for what IsGraphic accepts.
func QuoteToGraphic(s string) string { return quoted(s, keepGraphic) }

// AppendQuoteToGraphic appends to dst what QuoteToGraphic returns for s.
func AppendQuoteToGraphic(dst []byte, s string) []byte {
	return appendQuoted(dst, s, '"', keepGraphic)
}

// QuoteRune returns r as a Go character literal in single quotes, with an
// escape for a control character and for what IsPrint does not accept. What is
// no code point is taken for U+FFFD.
func QuoteRune(r rune) string { return string(appendQuotedRune(nil, r, keepPrint)) }

// AppendQuoteRune appends to dst what QuoteRune returns for r.
func AppendQuoteRune(dst []byte, r rune) []byte { return appendQuotedRune(dst, r, keepPrint) }

// QuoteRuneToASCII is QuoteRune with escapes for all that is not ASCII too.
func QuoteRuneToASCII(r rune) string { return string(appendQuotedRune(nil, r, keepASCII)) }

// AppendQuoteRuneToASCII appends to dst what QuoteRuneToASCII returns for r.
func AppendQuoteRuneToASCII(dst []byte, r rune) []byte { return appendQuotedRune(dst, r, keepASCII) }

// QuoteRuneToGraphic is QuoteRune without escapes for what IsGraphic accepts.
func QuoteRuneToGraphic(r rune) string { return string(appendQuotedRune(nil, r, keepGraphic)) }

// AppendQuoteRuneToGraphic appends to dst what QuoteRuneToGraphic returns for
// r.
func AppendQuoteRuneToGraphic(dst []byte, r rune) []byte {
	return appendQuotedRune(dst, r, keepGraphic)
}

// CanBackquote reports whether s can be written in backquotes on one line: it
// has no control character but tab, no backquote, no byte order mark and no
// faulty UTF-8.
func CanBackquote(s string) bool {
	for i, r := range s {
		switch {
		case r < 0x20 && r != '\t', r == '`', r == 0x7f, r == '\ufeff':
			return false
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return false
			}
		}
	}
	return true
}
