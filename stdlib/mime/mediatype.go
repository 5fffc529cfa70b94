// This file holds media types with parameters (RFC 2045, RFC 2231).

// Package mime holds media types and words in headers.
package mime

import (
	"errors"
	"fmt"
	"internal/hexdigit"
	"maps"
	"slices"
	"strings"
)

// ErrInvalidMediaParameter is the error of a media type that is fine but for
// its parameters.
var ErrInvalidMediaParameter = errors.New("mime: invalid media parameter")

// isTokenChar reports whether c can be in a token.
func isTokenChar(c byte) bool {
	return c > ' ' && c < 0x7f && strings.IndexByte(`()<>@,;:\"/[]?=`, c) < 0
}

func isToken(s string) bool {
	for i := range len(s) {
		if !isTokenChar(s[i]) {
			return false
		}
	}
	return s != ""
}

// FormatMediaType writes a media type with its parameters in order of their
// names; empty if a name or the type can't be written.
func FormatMediaType(t string, param map[string]string) string {
	var b strings.Builder
	major, sub, ok := strings.Cut(t, "/")
	if !isToken(major) || ok && !isToken(sub) {
		return ""
	}
	b.WriteString(strings.ToLower(t))
	for _, name := range slices.Sorted(maps.Keys(param)) {
		value := param[name]
		if !isToken(name) {
			return ""
		}
		b.WriteString("; " + strings.ToLower(name))
		switch {
		case !isASCII(value):
			b.WriteString("*=utf-8''")
			for i := range len(value) {
				if c := value[i]; c < 0x80 && isTokenChar(c) && c != '*' && c != '\'' && c != '%' {
					b.WriteByte(c)
				} else {
					fmt.Fprintf(&b, "%%%02X", c)
				}
			}
		case isToken(value):
			b.WriteString("=" + value)
		default:
			b.WriteString(`="`)
			for i := range len(value) {
				if value[i] == '"' || value[i] == '\\' {
					b.WriteByte('\\')
				}
				b.WriteByte(value[i])
			}
			b.WriteByte('"')
		}
	}
	return b.String()
}

// isASCII reports whether s can be quoted.
func isASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\t' {
			return false
		}
	}
	return true
}

// ParseMediaType reads a media type, in lower case, and its parameters.
func ParseMediaType(v string) (mediatype string, params map[string]string, err error) {
	base, rest := v, ""
	if i := strings.IndexByte(v, ';'); i >= 0 {
		base, rest = v[:i], v[i:]
	}
	mediatype = strings.TrimSpace(strings.ToLower(base))
	if err := checkType(mediatype); err != nil {
		return "", nil, err
	}
	params = map[string]string{}
	pieces := map[string]map[string]string{} // of parameters in several
	for rest != "" {
		rest = strings.TrimLeft(rest, " \t\r\n")
		if rest == "" || rest == ";" {
			break
		}
		name, value, next, ok := param(rest)
		if !ok {
			if strings.TrimSpace(rest) == ";" {
				break // a semicolon too many
			}
			return mediatype, nil, ErrInvalidMediaParameter
		}
		into := params
		if base, _, several := strings.Cut(name, "*"); several {
			if pieces[base] == nil {
				pieces[base] = map[string]string{}
			}
			into = pieces[base]
		}
		if old, dup := into[name]; dup && old != value {
			return "", nil, errors.New("mime: duplicate parameter name")
		}
		into[name] = value
		rest = next
	}
	for base, list := range pieces {
		if v, ok := list[base+"*"]; ok {
			if s, ok := decode2231(v); ok {
				params[base] = s
			}
			continue
		}
		var b strings.Builder
		found := false
		for n := 0; ; n++ {
			name := fmt.Sprintf("%s*%d", base, n)
			if s, ok := list[name]; ok {
				b.WriteString(s)
				found = true
				continue
			}
			s, ok := list[name+"*"]
			if !ok {
				break
			}
			found = true
			if n == 0 {
				if s, ok := decode2231(s); ok {
					b.WriteString(s)
				}
			} else if s, ok := unpercent(s); ok {
				b.WriteString(s)
			}
		}
		if found {
			params[base] = b.String()
		}
	}
	return mediatype, params, nil
}

func checkType(s string) error {
	major, sub, hasSlash := strings.Cut(s, "/")
	switch {
	case s == "":
		return errors.New("mime: no media type")
	case major == "" || !isTokenChar(major[0]):
		return errors.New("mime: no media type")
	case !isToken(major):
		return errors.New("mime: expected slash after first token")
	case !hasSlash:
		return nil
	case sub == "" || !isTokenChar(sub[0]):
		return errors.New("mime: expected token after slash")
	case !isToken(sub):
		return errors.New("mime: unexpected content after media subtype")
	}
	return nil
}

// param reads ";name=value".
func param(s string) (name, value, rest string, ok bool) {
	s, ok = strings.CutPrefix(s, ";")
	if !ok {
		return "", "", "", false
	}
	s = strings.TrimLeft(s, " \t\r\n")
	name, s = token(s)
	if name == "" {
		return "", "", "", false
	}
	s = strings.TrimLeft(s, " \t\r\n")
	if s, ok = strings.CutPrefix(s, "="); !ok {
		return "", "", "", false
	}
	s = strings.TrimLeft(s, " \t\r\n")
	if strings.HasPrefix(s, `"`) {
		value, rest, ok = quoted(s[1:])
		return strings.ToLower(name), value, rest, ok
	}
	value, rest = token(s)
	return strings.ToLower(name), value, rest, value != ""
}

func token(s string) (tok, rest string) {
	i := 0
	for i < len(s) && isTokenChar(s[i]) {
		i++
	}
	return s[:i], s[i:]
}

// quoted reads to the closing quotation mark. A backslash stays where it can't
// have been meant to quote: old browsers send paths of files.
func quoted(s string) (value, rest string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return b.String(), s[i+1:], true
		case c == '\\' && i+1 < len(s) && !isTokenChar(s[i+1]) && s[i+1] < 0x80:
			i++
			b.WriteByte(s[i])
		case c == '\r' || c == '\n':
			return "", "", false
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

// decode2231 reads "charset'language'text".
func decode2231(s string) (string, bool) {
	f := strings.SplitN(s, "'", 3)
	if len(f) != 3 {
		return "", false
	}
	switch strings.ToLower(f[0]) {
	case "us-ascii", "utf-8":
		return unpercent(f[2])
	}
	return "", false
}

func unpercent(s string) (string, bool) {
	if !strings.Contains(s, "%") {
		return s, true
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		if i+2 >= len(s) {
			return "", false
		}
		hi, lo := hexdigit.Value(rune(s[i+1])), hexdigit.Value(rune(s[i+2]))
		if hi < 0 || lo < 0 {
			return "", false
		}
		b.WriteByte(byte(hi<<4 | lo))
		i += 2
	}
	return b.String(), true
}
