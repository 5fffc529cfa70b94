// This file is the parser, by recursive descent. Classes in brackets and
// escapes are in class.go.

package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxDepth  = 1000      // of nested groups and repetitions
	maxRepeat = 1000      // the greatest count, and product of nested counts
	maxSize   = 128 << 20 // bytes of a program, by a rough count
	maxRunes  = 32 << 20  // in all classes
)

// parser holds what is left of the pattern.
type parser struct {
	whole string
	rest  string
	flags Flags
	caps  int
	depth int
	runes int // in classes
}

// Parse parses a pattern.
func Parse(s string, flags Flags) (re *Regexp, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *Error:
			re, err = nil, r
		default:
			panic(r)
		}
	}()
	for i, r := range s {
		if _, n := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && n == 1 {
			return nil, &Error{ErrInvalidUTF8, s[i:]}
		}
	}
	p := &parser{whole: s, rest: s, flags: flags}
	if flags&Literal != 0 {
		var all []*Regexp
		for _, r := range s {
			all = append(all, p.literal(r))
		}
		return concat(all, flags), nil
	}
	re = p.alternation()
	if p.rest != "" {
		p.fail(ErrUnexpectedParen, s)
	}
	if size(re, maxInst) > maxInst {
		p.fail(ErrLarge, s)
	}
	return re, nil
}

// fail ends the parser.
func (p *parser) fail(code ErrorCode, expr string) {
	panic(&Error{code, expr})
}

// alternation parses up to a closing parenthesis or the end.
func (p *parser) alternation() *Regexp {
	var subs []*Regexp
	for {
		subs = append(subs, p.sequence())
		if p.rest == "" || p.rest[0] == ')' {
			return alternate(subs, p.flags)
		}
		p.rest = p.rest[1:] // the bar
	}
}

// sequence parses up to a bar, a closing parenthesis or the end.
func (p *parser) sequence() *Regexp {
	var subs []*Regexp
	last := "" // where the repetition began that ends here
	for p.rest != "" {
		start := p.rest
		repeated := false
		switch c := p.rest[0]; c {
		case '|', ')':
			return concat(subs, p.flags)
		case '*', '+', '?', '{':
			lo, hi := 0, -1
			switch c {
			case '+':
				lo = 1
			case '?':
				hi = 1
			}
			if c != '{' {
				p.rest = p.rest[1:]
			} else if rest := ""; true {
				var ok bool
				if lo, hi, rest, ok = p.counts(p.rest); !ok {
					subs = append(subs, p.literal('{'))
					p.rest = p.rest[1:]
					break
				}
				p.rest = rest
				if lo > maxRepeat || hi > maxRepeat || hi >= 0 && lo > hi {
					p.fail(ErrInvalidRepeatSize, start[:len(start)-len(rest)])
				}
			}
			flags := p.flags
			if flags&PerlX != 0 {
				if strings.HasPrefix(p.rest, "?") {
					p.rest = p.rest[1:]
					flags ^= NonGreedy
				}
				if last != "" {
					p.fail(ErrInvalidRepeatOp, last[:len(last)-len(p.rest)])
				}
			}
			if len(subs) == 0 {
				p.fail(ErrMissingRepeatArgument, start[:len(start)-len(p.rest)])
			}
			n := len(subs) - 1
			subs[n] = repeat(c, lo, hi, flags, subs[n])
			if c == '{' && !p.repeats(subs[n], maxRepeat, 0) {
				p.fail(ErrInvalidRepeatSize, start[:len(start)-len(p.rest)])
			}
			repeated = true
		default:
			subs = p.atom(subs)
		}
		last = ""
		if repeated {
			last = start
		}
	}
	return concat(subs, p.flags)
}

// repeat makes the node of a repetition.
func repeat(c byte, lo, hi int, flags Flags, sub *Regexp) *Regexp {
	op := OpRepeat
	switch c {
	case '*':
		op = OpStar
	case '+':
		op = OpPlus
	case '?':
		op = OpQuest
	}
	// Repeating a repetition of one kind changes nothing; of different kinds
	// without counts it is a star.
	if sub.Flags&NonGreedy == flags&NonGreedy && op != OpRepeat {
		if sub.Op == op {
			return sub
		}
		if sub.Op == OpStar || sub.Op == OpPlus || sub.Op == OpQuest {
			sub.Op = OpStar
			return sub
		}
	}
	re := unary(op, flags, sub)
	if op == OpRepeat {
		re.Min, re.Max = lo, hi
	}
	return re
}

// counts reads {n}, {n,} or {n,m}. A count that is too large is maxRepeat+1.
func (p *parser) counts(s string) (lo, hi int, rest string, ok bool) {
	s = s[1:]
	lo, s, ok = number(s)
	if !ok || s == "" {
		return 0, 0, "", false
	}
	hi = lo
	if s[0] == ',' {
		s = s[1:]
		hi = -1
		if s != "" && s[0] != '}' {
			if hi, s, ok = number(s); !ok {
				return 0, 0, "", false
			}
		}
	}
	if s == "" || s[0] != '}' {
		return 0, 0, "", false
	}
	return lo, hi, s[1:], true
}

// number reads a decimal number without superfluous zeros.
func number(s string) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		n = min(n*10+int(s[i]-'0'), maxRepeat+1)
		i++
	}
	return n, s[i:], i > 0 && (i == 1 || s[0] != '0')
}

// atom parses what a repetition can follow, and appends it.
func (p *parser) atom(subs []*Regexp) []*Regexp {
	switch p.rest[0] {
	case '(':
		if re := p.group(); re != nil {
			subs = append(subs, re)
		}
		return subs
	case '[':
		return append(subs, p.bracket())
	case '^':
		p.rest = p.rest[1:]
		op := OpBeginLine
		if p.flags&OneLine != 0 {
			op = OpBeginText
		}
		return append(subs, &Regexp{Op: op, Flags: p.flags})
	case '$':
		p.rest = p.rest[1:]
		if p.flags&OneLine != 0 {
			return append(subs, &Regexp{Op: OpEndText, Flags: p.flags | WasDollar})
		}
		return append(subs, &Regexp{Op: OpEndLine, Flags: p.flags})
	case '.':
		p.rest = p.rest[1:]
		op := OpAnyCharNotNL
		if p.flags&DotNL != 0 {
			op = OpAnyChar
		}
		return append(subs, &Regexp{Op: op, Flags: p.flags})
	case '\\':
		return p.backslash(subs)
	}
	r, n := utf8.DecodeRuneInString(p.rest)
	p.rest = p.rest[n:]
	return append(subs, p.literal(r))
}

// backslash parses an escape outside of brackets.
func (p *parser) backslash(subs []*Regexp) []*Regexp {
	if len(p.rest) > 1 && p.flags&PerlX != 0 {
		op := Op(0)
		switch p.rest[1] {
		case 'A':
			op = OpBeginText
		case 'b':
			op = OpWordBoundary
		case 'B':
			op = OpNoWordBoundary
		case 'z':
			op = OpEndText
		case 'C':
			p.fail(ErrInvalidEscape, p.rest[:2])
		case 'Q':
			var text string
			text, p.rest, _ = strings.Cut(p.rest[2:], `\E`)
			for _, r := range text {
				subs = append(subs, p.literal(r))
			}
			return subs
		}
		if op != 0 {
			p.rest = p.rest[2:]
			return append(subs, &Regexp{Op: op, Flags: p.flags &^ WasDollar})
		}
	}
	var set class
	if p.namedClass(&set) {
		return append(subs, p.classNode(set))
	}
	return append(subs, p.literal(p.escape()))
}

// literal makes the node of a rune.
func (p *parser) literal(r rune) *Regexp {
	re := &Regexp{Op: OpLiteral, Flags: p.flags}
	if p.flags&FoldCase != 0 {
		if unicode.SimpleFold(r) == r {
			re.Flags &^= FoldCase
		} else {
			r = leastFold(r)
		}
	}
	re.Rune0[0] = r
	re.Rune = re.Rune0[:1]
	return re
}

// leastFold returns the first of the runes that differ from r in case only.
func leastFold(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}

// group parses from an opening parenthesis on; nil if it only set flags.
func (p *parser) group() *Regexp {
	before := p.flags
	re := &Regexp{Op: OpCapture, Flags: p.flags}
	if p.flags&PerlX != 0 && strings.HasPrefix(p.rest, "(?") {
		if strings.HasPrefix(p.rest, "(?P<") || strings.HasPrefix(p.rest, "(?<") {
			re.Name = p.groupName()
		} else if !p.setFlags() {
			return nil
		} else {
			re = nil
		}
	} else {
		p.rest = p.rest[1:]
	}
	if re != nil {
		p.caps++
		re.Cap = p.caps
	}
	if p.depth++; p.depth >= maxDepth {
		p.fail(ErrNestingDepth, p.whole)
	}
	sub := p.alternation()
	p.depth--
	if p.rest == "" {
		p.fail(ErrMissingParen, p.whole)
	}
	p.rest = p.rest[1:]
	p.flags = before
	if re == nil {
		return sub
	}
	re.Sub0[0] = sub
	re.Sub = re.Sub0[:]
	return re
}

// groupName parses the beginning of a named group.
func (p *parser) groupName() string {
	from := strings.IndexByte(p.rest, '<') + 1
	end := strings.IndexByte(p.rest, '>')
	if end < 0 {
		p.fail(ErrInvalidNamedCapture, p.rest)
	}
	name := p.rest[from:end]
	ok := name != ""
	for _, r := range name {
		ok = ok && IsWordChar(r)
	}
	if !ok {
		p.fail(ErrInvalidNamedCapture, p.rest[:end+1])
	}
	p.rest = p.rest[end+1:]
	return name
}

// setFlags parses (?flags) or (?flags: and sets the flags; it reports whether
// a group begins.
func (p *parser) setFlags() bool {
	start := p.rest
	flags := p.flags
	negative, some := false, false
	i := 2
	for i < len(start) {
		r, n := utf8.DecodeRuneInString(start[i:])
		i += n
		bit, inverted := Flags(0), false
		switch r {
		case 'i':
			bit = FoldCase
		case 'm':
			bit, inverted = OneLine, true
		case 's':
			bit = DotNL
		case 'U':
			bit = NonGreedy
		case '-':
			if negative {
				p.fail(ErrInvalidPerlOp, start[:i])
			}
			negative, some = true, false
			continue
		case ':', ')':
			if negative && !some {
				p.fail(ErrInvalidPerlOp, start[:i])
			}
			p.flags = flags
			p.rest = start[i:]
			return r == ':'
		default:
			p.fail(ErrInvalidPerlOp, start[:i])
		}
		some = true
		if negative != inverted {
			flags &^= bit
		} else {
			flags |= bit
		}
	}
	p.fail(ErrInvalidPerlOp, start)
	return false
}

// concat makes the node of a sequence: adjacent literals become one.
func concat(subs []*Regexp, flags Flags) *Regexp {
	list := make([]*Regexp, 0, len(subs))
	for _, sub := range subs {
		if sub.Op == OpConcat {
			// A group that is one in syntax only.
			list = append(list, sub.Sub...)
			continue
		}
		if n := len(list) - 1; n >= 0 && sub.Op == OpLiteral && list[n].Op == OpLiteral &&
			sub.Flags&FoldCase == list[n].Flags&FoldCase {
			list[n].Rune = append(list[n].Rune, sub.Rune...)
			continue
		}
		list = append(list, sub)
	}
	switch len(list) {
	case 0:
		return &Regexp{Op: OpEmptyMatch, Flags: flags}
	case 1:
		return list[0]
	}
	return &Regexp{Op: OpConcat, Flags: flags, Sub: list}
}

// repeats reports whether no product of nested counts is above the limit.
func (p *parser) repeats(re *Regexp, limit, depth int) bool {
	if depth > 2*maxDepth {
		p.fail(ErrNestingDepth, p.whole)
	}
	if re.Op == OpRepeat {
		n := max(re.Max, re.Min)
		if n > limit {
			return false
		}
		if n > 0 {
			limit /= n
		}
	}
	for _, sub := range re.Sub {
		if !p.repeats(sub, limit, depth+1) {
			return false
		}
	}
	return true
}

// size is about the number of instructions for an expression; it stops
// counting above the limit.
func size(re *Regexp, limit int) int {
	n := 1
	if re.Op == OpLiteral {
		n = len(re.Rune)
	}
	for _, sub := range re.Sub {
		if n += size(sub, limit); n > limit {
			return n
		}
	}
	if re.Op == OpRepeat {
		if re.Max < 0 {
			n *= max(re.Min, 1) + 1
		} else {
			n *= max(re.Max, 1)
		}
	}
	return n
}
