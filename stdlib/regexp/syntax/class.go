// This file parses escapes and classes of runes, and computes with classes.

package syntax

import (
	"internal/hexdigit"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const maxRune = unicode.MaxRune

// class is a set of runes: pairs of first and last, in any order until clean.
type class []rune

func (c *class) add(lo, hi rune) { *c = append(*c, lo, hi) }

// clean sorts the ranges and joins those that touch.
func (c *class) clean() {
	type span struct{ lo, hi rune }
	spans := make([]span, len(*c)/2)
	for i := range spans {
		spans[i] = span{(*c)[2*i], (*c)[2*i+1]}
	}
	slices.SortFunc(spans, func(a, b span) int {
		if a.lo != b.lo {
			return int(a.lo - b.lo)
		}
		return int(b.hi - a.hi)
	})
	out := (*c)[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.lo <= out[n-1]+1 {
			out[n-1] = max(out[n-1], s.hi)
			continue
		}
		out = append(out, s.lo, s.hi)
	}
	*c = out
}

// negate makes it the set of all other runes.
func (c *class) negate() {
	c.clean()
	out := class{}
	next := rune(0)
	for i := 0; i < len(*c); i += 2 {
		if lo := (*c)[i]; next < lo {
			out.add(next, lo-1)
		}
		next = (*c)[i+1] + 1
	}
	if next <= maxRune {
		out.add(next, maxRune)
	}
	*c = out
}

// fold adds what differs from the range in case only.
func (c *class) fold(lo, hi rune) {
	const first, last = 'A', 0x1e943 // runes outside have one case
	if lo == 0 && hi == maxRune {
		return
	}
	for r := max(lo, first); r <= min(hi, last); r++ {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			if f < lo || f > hi {
				c.add(f, f)
			}
		}
	}
}

// addTable adds a table of package unicode.
func (c *class) addTable(t *unicode.RangeTable) {
	span := func(lo, hi, stride rune) {
		if stride == 1 {
			c.add(lo, hi)
			return
		}
		for r := lo; r <= hi; r += stride {
			c.add(r, r)
		}
	}
	for _, r := range t.R16 {
		span(rune(r.Lo), rune(r.Hi), rune(r.Stride))
	}
	for _, r := range t.R32 {
		span(rune(r.Lo), rune(r.Hi), rune(r.Stride))
	}
}

// addOther adds another set, or its complement.
func (c *class) addOther(other class, negative bool) {
	if negative {
		other.negate()
	}
	*c = append(*c, other...)
}

// node is the simplest node that matches the set.
func (c *class) node(flags Flags) *Regexp {
	c.clean()
	s := *c
	re := &Regexp{Op: OpCharClass, Flags: flags, Rune: s}
	switch {
	case len(s) == 0:
		re.Rune = []rune{}
	case len(s) == 2 && s[0] == s[1]:
		re.Op, re.Flags, re.Rune = OpLiteral, flags&^FoldCase, s[:1]
	case len(s) == 4 && s[0] == s[1] && s[2] == s[3] && unicode.SimpleFold(s[0]) == s[2] && unicode.SimpleFold(s[2]) == s[0]:
		re.Op, re.Flags, re.Rune = OpLiteral, flags|FoldCase, s[:1]
	case len(s) == 2 && s[0] == 0 && s[1] == maxRune:
		re.Op, re.Rune = OpAnyChar, nil
	case len(s) == 4 && s[0] == 0 && s[1] == '\n'-1 && s[2] == '\n'+1 && s[3] == maxRune:
		re.Op, re.Rune = OpAnyCharNotNL, nil
	}
	return re
}

func (p *parser) classNode(set class) *Regexp {
	re := set.node(p.flags)
	if p.runes += len(re.Rune); p.runes > maxRunes {
		p.fail(ErrLarge, p.whole)
	}
	return re
}

// perlClass is the set of a letter after a backslash, and whether it is meant.
func perlClass(c byte) (set class, negative, ok bool) {
	switch c | 0x20 {
	case 'd':
		set = class{'0', '9'}
	case 's':
		set = class{'\t', '\n', '\f', '\r', ' ', ' '}
	case 'w':
		set = class{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}
	default:
		return nil, false, false
	}
	return set, c < 'a', true
}

var posixClasses = map[string]class{
	"alnum":  {'0', '9', 'A', 'Z', 'a', 'z'},
	"alpha":  {'A', 'Z', 'a', 'z'},
	"ascii":  {0, 0x7F},
	"blank":  {'\t', '\t', ' ', ' '},
	"cntrl":  {0, 0x1F, 0x7F, 0x7F},
	"digit":  {'0', '9'},
	"graph":  {'!', '~'},
	"lower":  {'a', 'z'},
	"print":  {' ', '~'},
	"punct":  {'!', '/', ':', '@', '[', '`', '{', '~'},
	"space":  {'\t', '\r', ' ', ' '},
	"upper":  {'A', 'Z'},
	"word":   {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'},
	"xdigit": {'0', '9', 'A', 'F', 'a', 'f'},
}

// addNamed adds a class that has a name, with the flags at this place.
func (p *parser) addNamed(set *class, named class, negative bool) {
	named = slices.Clone(named)
	if p.flags&FoldCase != 0 {
		for i, n := 0, len(named); i < n; i += 2 {
			named.fold(named[i], named[i+1])
		}
	}
	if negative && p.flags&ClassNL == 0 {
		named.add('\n', '\n')
	}
	set.addOther(named, negative)
}

// namedClass parses \d, \pN and their like, if one stands here, and adds it.
func (p *parser) namedClass(set *class) bool {
	if len(p.rest) < 2 || p.rest[0] != '\\' {
		return false
	}
	if p.flags&PerlX != 0 {
		if named, negative, ok := perlClass(p.rest[1]); ok {
			p.rest = p.rest[2:]
			p.addNamed(set, named, negative)
			return true
		}
	}
	if p.flags&UnicodeGroups == 0 || p.rest[1] != 'p' && p.rest[1] != 'P' {
		return false
	}
	start := p.rest
	negative := p.rest[1] == 'P'
	r, n := utf8.DecodeRuneInString(p.rest[2:])
	name := p.rest[2 : 2+n]
	p.rest = p.rest[2+n:]
	if n == 0 {
		p.fail(ErrInvalidCharRange, start)
	}
	if r == '{' {
		end := strings.IndexByte(p.rest, '}')
		if end < 0 {
			p.fail(ErrInvalidCharRange, start)
		}
		name, p.rest = p.rest[:end], p.rest[end+1:]
	}
	if strings.HasPrefix(name, "^") {
		name, negative = name[1:], !negative
	}
	table, folded, ok := unicodeTable(name)
	if !ok {
		p.fail(ErrInvalidCharRange, start[:len(start)-len(p.rest)])
	}
	var named class
	for _, t := range table {
		named.addTable(t)
	}
	switch canonical(name) {
	case "any":
		named = class{0, maxRune}
	case "ascii":
		named = class{0, 0x7F}
		if p.flags&FoldCase != 0 {
			named.fold(0, 0x7F)
		}
	}
	if canonical(name) == "cn" || canonical(name) == "unassigned" {
		named.negate()
	}
	if p.flags&FoldCase != 0 && folded != nil {
		named.addTable(folded)
	}
	if negative && p.flags&ClassNL == 0 {
		named.add('\n', '\n')
	}
	set.addOther(named, negative)
	return true
}

// canonical is a name without what does not distinguish names.
func canonical(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
}

// unicodeTable finds the tables of a name, and what belongs to them when case
// does not matter.
func unicodeTable(name string) (tables []*unicode.RangeTable, folded *unicode.RangeTable, ok bool) {
	want := canonical(name)
	switch want {
	case "any", "ascii":
		return nil, nil, true
	case "assigned", "cn", "unassigned":
		for long, t := range unicode.Categories {
			if long != "Cn" {
				tables = append(tables, t)
			}
		}
		return tables, nil, true
	case "lc", "casedletter":
		return []*unicode.RangeTable{unicode.Upper, unicode.Lower, unicode.Title}, unicode.FoldCategory["LC"], true
	}
	if t := unicode.Categories[name]; t != nil {
		return []*unicode.RangeTable{t}, unicode.FoldCategory[name], true
	}
	if t := unicode.Scripts[name]; t != nil {
		return []*unicode.RangeTable{t}, unicode.FoldScript[name], true
	}
	for alias, short := range unicode.CategoryAliases {
		if canonical(alias) == want {
			return []*unicode.RangeTable{unicode.Categories[short]}, unicode.FoldCategory[short], true
		}
	}
	for long, t := range unicode.Categories {
		if canonical(long) == want {
			return []*unicode.RangeTable{t}, unicode.FoldCategory[long], true
		}
	}
	for long, t := range unicode.Scripts {
		if canonical(long) == want {
			return []*unicode.RangeTable{t}, unicode.FoldScript[long], true
		}
	}
	return nil, nil, false
}

// bracket parses a class in brackets.
func (p *parser) bracket() *Regexp {
	start := p.rest
	p.rest = p.rest[1:]
	var set class
	negative := false
	if strings.HasPrefix(p.rest, "^") {
		p.rest = p.rest[1:]
		negative = true
		if p.flags&ClassNL == 0 {
			set.add('\n', '\n')
		}
	}
	for first := true; first || !strings.HasPrefix(p.rest, "]"); first = false {
		if p.rest == "" {
			p.fail(ErrMissingBracket, start)
		}
		// POSIX: a minus stands first, last or for a range. Perl: anywhere.
		if p.rest[0] == '-' && p.flags&PerlX == 0 && !first && !strings.HasPrefix(p.rest, "-]") {
			_, n := utf8.DecodeRuneInString(p.rest[1:])
			p.fail(ErrInvalidCharRange, p.rest[:1+n])
		}
		if p.posixName(&set) || p.namedClass(&set) {
			continue
		}
		from := p.rest
		lo := p.classRune(start)
		hi := lo
		if len(p.rest) >= 2 && p.rest[0] == '-' && p.rest[1] != ']' {
			p.rest = p.rest[1:]
			hi = p.classRune(start)
			if hi < lo {
				p.fail(ErrInvalidCharRange, from[:len(from)-len(p.rest)])
			}
		}
		set.add(lo, hi)
		if p.flags&FoldCase != 0 {
			set.fold(lo, hi)
		}
	}
	p.rest = p.rest[1:]
	if negative {
		set.negate()
	}
	return p.classNode(set)
}

// posixName parses [:name:] within brackets.
func (p *parser) posixName(set *class) bool {
	if !strings.HasPrefix(p.rest, "[:") {
		return false
	}
	end := strings.Index(p.rest[2:], ":]")
	if end < 0 {
		return false
	}
	whole := p.rest[:2+end+2]
	name, negative := strings.CutPrefix(whole[2:2+end], "^")
	named, ok := posixClasses[name]
	if !ok {
		p.fail(ErrInvalidCharRange, whole)
	}
	p.rest = p.rest[len(whole):]
	p.addNamed(set, named, negative)
	return true
}

// classRune parses one rune within brackets.
func (p *parser) classRune(start string) rune {
	if p.rest == "" {
		p.fail(ErrMissingBracket, start)
	}
	if p.rest[0] == '\\' {
		return p.escape()
	}
	r, n := utf8.DecodeRuneInString(p.rest)
	p.rest = p.rest[n:]
	return r
}

// escape parses a backslash and what makes one rune with it.
func (p *parser) escape() rune {
	start := p.rest
	if len(start) == 1 {
		p.fail(ErrTrailingBackslash, "")
	}
	c, n := utf8.DecodeRuneInString(start[1:])
	p.rest = start[1+n:]
	bad := func() { p.fail(ErrInvalidEscape, start[:len(start)-len(p.rest)]) }
	switch c {
	case '1', '2', '3', '4', '5', '6', '7', '0':
		// A single digit would be a reference to a group; there are none.
		if c != '0' && (p.rest == "" || p.rest[0] < '0' || p.rest[0] > '7') {
			bad()
		}
		r := c - '0'
		for i := 1; i < 3 && p.rest != "" && '0' <= p.rest[0] && p.rest[0] <= '7'; i++ {
			r = r*8 + rune(p.rest[0]-'0')
			p.rest = p.rest[1:]
		}
		return r
	case 'x':
		digit := func() rune {
			if p.rest == "" {
				bad()
			}
			c, n := utf8.DecodeRuneInString(p.rest)
			p.rest = p.rest[n:]
			d := hexdigit.Value(c)
			if d < 0 {
				bad()
			}
			return rune(d)
		}
		if !strings.HasPrefix(p.rest, "{") {
			hi := digit()
			return hi<<4 | digit()
		}
		p.rest = p.rest[1:]
		r := rune(0)
		for i := 0; ; i++ {
			if i > 0 && strings.HasPrefix(p.rest, "}") {
				p.rest = p.rest[1:]
				return r
			}
			if r = r<<4 | digit(); r > maxRune {
				bad()
			}
		}
	case 'a':
		return '\a'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'v':
		return '\v'
	}
	if c >= utf8.RuneSelf || IsWordChar(c) && c != '_' {
		bad()
	}
	return c
}
