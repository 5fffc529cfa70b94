// This file holds replacing and splitting.

package regexp

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// replace appends src to dst with its matches replaced by what f appends; ok
// is false if there are none.
func (re *Regexp) replace(dst []byte, src string, ncap int, f func(dst []byte, m []int) []byte) (b []byte, ok bool) {
	last := 0
	re.each(src, -1, ncap, func(m []int) bool {
		if !ok {
			ok = true
			dst = make([]byte, 0, len(src)+len(src)/8+8)
		}
		dst = append(dst, src[last:m[0]]...)
		dst = f(dst, m)
		last = m[1]
		return true
	})
	if !ok {
		return nil, false
	}
	return append(dst, src[last:]...), true
}

func (re *Regexp) replaceString(src string, ncap int, f func(dst []byte, m []int) []byte) string {
	b, ok := re.replace(nil, src, ncap, f)
	if !ok {
		return src
	}
	return text(b)
}

func (re *Regexp) replaceBytes(src []byte, ncap int, f func(dst []byte, m []int) []byte) []byte {
	b, ok := re.replace(nil, text(src), ncap, f)
	if !ok {
		return append([]byte(nil), src...)
	}
	return b
}

// template returns what a replacement with variables needs.
func (re *Regexp) template(repl, src string) (ncap int, f func(dst []byte, m []int) []byte) {
	if strings.IndexByte(repl, '$') < 0 {
		return 2, func(dst []byte, m []int) []byte { return append(dst, repl...) }
	}
	return re.groups(), func(dst []byte, m []int) []byte { return re.expand(dst, repl, src, m) }
}

// ReplaceAllString replaces all matches in src by repl, in which variables
// stand for groups as in Expand.
func (re *Regexp) ReplaceAllString(src, repl string) string {
	ncap, f := re.template(repl, src)
	return re.replaceString(src, ncap, f)
}

// ReplaceAllLiteralString replaces all matches in src by repl.
func (re *Regexp) ReplaceAllLiteralString(src, repl string) string {
	return re.replaceString(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl...) })
}

// ReplaceAllStringFunc replaces all matches in src by what repl makes of them.
func (re *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return re.replaceString(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl(src[m[0]:m[1]])...) })
}

// ReplaceAll is ReplaceAllString for bytes; it returns a copy.
func (re *Regexp) ReplaceAll(src, repl []byte) []byte {
	ncap, f := re.template(text(repl), text(src))
	return re.replaceBytes(src, ncap, f)
}

// ReplaceAllLiteral is ReplaceAllLiteralString for bytes; it returns a copy.
func (re *Regexp) ReplaceAllLiteral(src, repl []byte) []byte {
	return re.replaceBytes(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl...) })
}

// ReplaceAllFunc is ReplaceAllStringFunc for bytes; it returns a copy.
func (re *Regexp) ReplaceAllFunc(src []byte, repl func([]byte) []byte) []byte {
	return re.replaceBytes(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl(piece(src, m[0], m[1]))...) })
}

// Expand appends template to dst, with its variables replaced by the groups of
// a match in src that FindSubmatchIndex returned. A variable is $name or
// ${name}; a number is the index of a group. $name takes as many letters,
// digits and underscores as there are; $$ is a dollar sign.
func (re *Regexp) Expand(dst []byte, template []byte, src []byte, match []int) []byte {
	return re.expand(dst, text(template), text(src), match)
}

// ExpandString is Expand for strings.
func (re *Regexp) ExpandString(dst []byte, template string, src string, match []int) []byte {
	return re.expand(dst, template, src, match)
}

func (re *Regexp) expand(dst []byte, template, src string, m []int) []byte {
	for {
		before, after, ok := strings.Cut(template, "$")
		dst = append(dst, before...)
		if !ok {
			return dst
		}
		template = after
		if strings.HasPrefix(template, "$") {
			dst = append(dst, '$')
			template = template[1:]
			continue
		}
		name, rest, ok := variable(template)
		if !ok {
			dst = append(dst, '$')
			continue
		}
		template = rest
		if n, err := strconv.Atoi(name); err == nil && '0' <= name[0] && name[0] <= '9' {
			dst = appendGroup(dst, src, m, n)
			continue
		}
		for i, group := range re.names {
			// Of several with the name, the one that took part.
			if group == name && 2*i+1 < len(m) && m[2*i] >= 0 {
				dst = appendGroup(dst, src, m, i)
				break
			}
		}
	}
}

func appendGroup(dst []byte, src string, m []int, n int) []byte {
	if 2*n+1 < len(m) && m[2*n] >= 0 {
		dst = append(dst, src[m[2*n]:m[2*n+1]]...)
	}
	return dst
}

// variable reads the name behind a dollar sign.
func variable(s string) (name, rest string, ok bool) {
	s, brace := strings.CutPrefix(s, "{")
	i := 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' {
			break
		}
		i += n
	}
	name, rest = s[:i], s[i:]
	if name == "" || brace && !strings.HasPrefix(rest, "}") {
		return "", "", false
	}
	if brace {
		rest = rest[1:]
	}
	return name, rest, true
}

// Split returns the parts of s between the matches: at most n of them, the
// last being the rest; all if n < 0.
func (re *Regexp) Split(s string, n int) []string {
	if n == 0 {
		return nil
	}
	if s == "" && re.expr != "" {
		return []string{""}
	}
	var parts []string
	from, to := 0, 0
	if n != 1 {
		re.each(s, -1, 2, func(m []int) bool {
			to = m[0]
			if m[1] != 0 {
				parts = append(parts, s[from:to])
			}
			from = m[1]
			return n < 0 || len(parts) < n-1
		})
	}
	if to != len(s) {
		parts = append(parts, s[from:])
	}
	return parts
}
