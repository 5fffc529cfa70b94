// This file holds the patterns of ServeMux.

package http

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// segment is a part of a pattern's path: literal text ("/" for the end of a
// path in a slash), a wildcard, or one for all that follows.
type segment struct {
	text  string // literal, or name
	wild  bool
	multi bool
}

// pattern is "[METHOD ][HOST]/path".
type pattern struct {
	text   string
	method string
	host   string
	segs   []segment
	at     string // where it was registered
}

// index returns the number of a wildcard among the values of a match.
func (p *pattern) index(name string) int {
	if p == nil || name == "" {
		return -1
	}
	n := 0
	for _, s := range p.segs {
		if s.wild {
			if s.text == name {
				return n
			}
			n++
		}
	}
	return -1
}

func (p *pattern) last() segment { return p.segs[len(p.segs)-1] }

func parsePattern(s string) (*pattern, error) {
	if s == "" {
		return nil, errors.New("empty pattern")
	}
	off := 0
	fail := func(at int, format string, args ...any) (*pattern, error) {
		return nil, fmt.Errorf("at offset %d: %w", at, fmt.Errorf(format, args...))
	}
	p := &pattern{text: s}
	rest := s
	if i := strings.IndexAny(s, " \t"); i >= 0 {
		p.method, rest = s[:i], strings.TrimLeft(s[i+1:], " \t")
		off = len(s) - len(rest)
		if !isToken(p.method) {
			return fail(0, "invalid method %q", p.method)
		}
	}
	i := strings.IndexByte(rest, '/')
	if i < 0 {
		return fail(off, "host/path missing /")
	}
	p.host, rest = rest[:i], rest[i:]
	if j := strings.IndexByte(p.host, '{'); j >= 0 {
		return fail(off+j, "host contains '{' (missing initial '/'?)")
	}
	off += i
	if p.method != "" && p.method != "CONNECT" && cleanURLPath(rest) != rest {
		return fail(off, "non-CONNECT pattern with unclean path can never match")
	}
	seen := map[string]bool{}
	for len(rest) > 0 {
		rest = rest[1:]
		off = len(s) - len(rest)
		if rest == "" {
			p.segs = append(p.segs, segment{wild: true, multi: true})
			break
		}
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			i = len(rest)
		}
		seg := rest[:i]
		rest = rest[i:]
		open := strings.IndexByte(seg, '{')
		if open < 0 {
			text, err := url.PathUnescape(seg)
			if err != nil {
				text = seg
			}
			p.segs = append(p.segs, segment{text: text})
			continue
		}
		if open != 0 {
			return fail(off, "bad wildcard segment (must start with '{')")
		}
		if seg[len(seg)-1] != '}' {
			return fail(off, "bad wildcard segment (must end with '}')")
		}
		name := seg[1 : len(seg)-1]
		if name == "$" {
			if rest != "" {
				return fail(off, "{$} not at end")
			}
			p.segs = append(p.segs, segment{text: "/"})
			break
		}
		name, multi := strings.CutSuffix(name, "...")
		if multi && rest != "" {
			return fail(off, "{...} wildcard not at end")
		}
		if name == "" {
			return fail(off, "empty wildcard")
		}
		if !isIdentifier(name) {
			return fail(off, "bad wildcard name %q", name)
		}
		if seen[name] {
			return fail(off, "duplicate wildcard name %q", name)
		}
		seen[name] = true
		p.segs = append(p.segs, segment{text: name, wild: true, multi: multi})
	}
	return p, nil
}

func isIdentifier(s string) bool {
	for i, c := range s {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// match reports whether the pattern matches a path, and the values of its
// wildcards, unescaped.
func (p *pattern) match(path string) (values []string, ok bool) {
	rest := path
	for _, s := range p.segs {
		if !strings.HasPrefix(rest, "/") {
			return nil, false
		}
		if s.multi {
			if s.text != "" {
				values = append(values, unescape(rest[1:]))
			} else {
				values = append(values, "")
			}
			return values, true
		}
		if !s.wild && s.text == "/" {
			return values, rest == "/"
		}
		seg := rest[1:]
		i := strings.IndexByte(seg, '/')
		if i < 0 {
			i = len(seg)
		}
		seg, rest = seg[:i], seg[i:]
		switch {
		case s.wild && seg == "":
			return nil, false
		case s.wild:
			values = append(values, unescape(seg))
		case unescape(seg) != s.text:
			return nil, false
		}
	}
	return values, rest == ""
}

func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// relation is how the requests that two patterns match relate.
type relation int

const (
	equivalent relation = iota
	moreSpecific
	moreGeneral
	overlaps
	disjoint
)

func combine(a, b relation) relation {
	switch {
	case a == disjoint || b == disjoint:
		return disjoint
	case a == equivalent:
		return b
	case b == equivalent || a == b:
		return a
	}
	return overlaps
}

// compare relates p's requests to q's.
func (p *pattern) compare(q *pattern) relation {
	return combine(compareMethods(p.method, q.method), comparePaths(p.segs, q.segs))
}

func compareMethods(a, b string) relation {
	switch {
	case a == b:
		return equivalent
	case a == "":
		return moreGeneral
	case b == "":
		return moreSpecific
	case a == "GET" && b == "HEAD":
		return moreGeneral
	case a == "HEAD" && b == "GET":
		return moreSpecific
	}
	return disjoint
}

func comparePaths(a, b []segment) relation {
	amulti, bmulti := a[len(a)-1].multi, b[len(b)-1].multi
	if len(a) != len(b) && !amulti && !bmulti {
		return disjoint
	}
	r := equivalent
	for i := 0; ; i++ {
		switch {
		case i == len(a) && i == len(b):
			return r
		case i == len(a):
			// b goes on: only a multi can be left, and it needs its slash.
			return disjoint
		case i == len(b):
			return disjoint
		}
		s, t := a[i], b[i]
		switch {
		case s.multi && t.multi:
			return r
		case s.multi:
			return combine(r, moreGeneral)
		case t.multi:
			return combine(r, moreSpecific)
		case s.wild && t.wild:
		case s.wild && t.text == "/", t.wild && s.text == "/":
			return disjoint
		case s.wild:
			r = combine(r, moreGeneral)
		case t.wild:
			r = combine(r, moreSpecific)
		case s.text != t.text:
			return disjoint
		}
	}
}

// conflict says why two patterns can't both be there; empty if they can.
func (p *pattern) conflict(q *pattern) string {
	if p.host != q.host {
		return ""
	}
	switch p.compare(q) {
	case equivalent:
		return fmt.Sprintf("%s matches the same requests as %s", p.text, q.text)
	case overlaps:
		m, path := compareMethods(p.method, q.method), comparePaths(p.segs, q.segs)
		if m == moreSpecific && path == moreGeneral {
			return fmt.Sprintf("%s matches fewer methods than %s, but has a more general path pattern", p.text, q.text)
		}
		if m == moreGeneral && path == moreSpecific {
			return fmt.Sprintf("%s matches more methods than %s, but has a more specific path pattern", p.text, q.text)
		}
		return fmt.Sprintf("%s and %s both match some paths, like %q.\nBut neither is more specific than the other.",
			p.text, q.text, commonPath(p.segs, q.segs))
	}
	return ""
}

// commonPath is a path that both match.
func commonPath(a, b []segment) string {
	var s strings.Builder
	for i := 0; i < len(a) || i < len(b); i++ {
		var x segment
		switch {
		case i < len(a) && i < len(b):
			x = a[i]
			if a[i].wild {
				x = b[i]
			}
		case i < len(a):
			x = a[i]
		default:
			x = b[i]
		}
		if !x.wild && x.text == "/" || x.multi && x.text == "" {
			s.WriteByte('/')
			break
		}
		s.WriteString("/" + x.text)
	}
	return s.String()
}

// literal reports whether the pattern matches one path only, and which.
func (p *pattern) literal() (string, bool) {
	var s strings.Builder
	for _, seg := range p.segs {
		if seg.wild || strings.IndexByte(seg.text, '%') >= 0 {
			return "", false
		}
		if seg.text == "/" {
			s.WriteByte('/')
		} else {
			s.WriteString("/" + seg.text)
		}
	}
	return s.String(), !slices.ContainsFunc(p.segs, func(s segment) bool { return len(s.text) > 1 && strings.Contains(s.text, "/") })
}
