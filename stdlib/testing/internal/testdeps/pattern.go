// This file matches the patterns of -run, -skip, -bench and -list: regular expressions as in package regexp, without
// repetition counts, flags other than i, and Unicode classes, which are errors. Test binaries don't have to carry package
// regexp, whose own tests run here too. All states run at once over the text, so matching takes linear time.

package testdeps

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

type op uint8

const (
	opRune  op = iota // one character for which ok holds
	opSplit           // go on at x and at y
	opJump            // go on at x
	opBegin           // of the text
	opEnd
	opWord // \b; y is 1 for \B
	opMatch
)

type inst struct {
	op   op
	x, y int
	ok   func(rune) bool
}

type program struct{ code []inst }

type compiler struct {
	program
	pattern string
	pos     int
	fold    bool
}

func compile(pattern string) (*program, error) {
	c := &compiler{pattern: pattern}
	if err := c.alternatives(); err != nil {
		return nil, fmt.Errorf("error parsing regexp: %w", err)
	}
	if c.pos < len(pattern) {
		return nil, fmt.Errorf("error parsing regexp: unexpected ): `%s`", pattern)
	}
	c.emit(inst{op: opMatch})
	return &c.program, nil
}

func (c *compiler) emit(i inst) int {
	c.code = append(c.code, i)
	return len(c.code) - 1
}

// insert puts an instruction in front of those from `at` on.
func (c *compiler) insert(at int, i inst) {
	c.code = append(c.code, inst{})
	copy(c.code[at+1:], c.code[at:])
	c.code[at] = i
	for j := at + 1; j < len(c.code); j++ {
		p := &c.code[j]
		if (p.op == opSplit || p.op == opJump) && p.x >= at {
			p.x++
		}
		if p.op == opSplit && p.y >= at {
			p.y++
		}
	}
}

func (c *compiler) more() bool { return c.pos < len(c.pattern) }

func (c *compiler) alternatives() error {
	start := len(c.code)
	var jumps []int
	for {
		if err := c.sequence(); err != nil {
			return err
		}
		if !c.more() || c.pattern[c.pos] != '|' {
			break
		}
		c.pos++
		c.insert(start, inst{op: opSplit, x: start + 1})
		for i := range jumps {
			jumps[i]++
		}
		jumps = append(jumps, c.emit(inst{op: opJump}))
		c.code[start].y = len(c.code)
		start = len(c.code)
	}
	for _, j := range jumps {
		c.code[j].x = len(c.code)
	}
	return nil
}

func (c *compiler) sequence() error {
	for c.more() && c.pattern[c.pos] != '|' && c.pattern[c.pos] != ')' {
		start := len(c.code)
		if strings.IndexByte("*+?", c.pattern[c.pos]) >= 0 {
			return fmt.Errorf("missing argument to repetition operator: `%c`", c.pattern[c.pos])
		}
		if err := c.atom(); err != nil {
			return err
		}
		for c.more() && strings.IndexByte("*+?", c.pattern[c.pos]) >= 0 {
			switch c.pattern[c.pos] {
			case '*':
				c.insert(start, inst{op: opSplit, x: start + 1})
				c.emit(inst{op: opJump, x: start})
				c.code[start].y = len(c.code)
			case '+':
				c.emit(inst{op: opSplit, x: start, y: len(c.code) + 1})
			case '?':
				c.insert(start, inst{op: opSplit, x: start + 1})
				c.code[start].y = len(c.code)
			}
			c.pos++
			if c.more() && c.pattern[c.pos] == '?' {
				c.pos++ // as few as possible: the same strings match
			}
		}
		if c.more() && c.pattern[c.pos] == '{' && c.isRepeat() {
			return fmt.Errorf("repetition counts are not supported in test patterns: `%s`", c.pattern)
		}
	}
	return nil
}

// isRepeat: `{2}`, `{2,}`, `{2,3}`; other braces are characters.
func (c *compiler) isRepeat() bool {
	body, _, found := strings.Cut(c.pattern[c.pos+1:], "}")
	if !found || body == "" || body[0] == ',' {
		return false
	}
	return strings.Trim(body, "0123456789,") == "" && strings.Count(body, ",") <= 1
}

func (c *compiler) atom() error {
	r, size := utf8.DecodeRuneInString(c.pattern[c.pos:])
	if r == utf8.RuneError && size == 1 {
		return fmt.Errorf("invalid UTF-8: `%s`", c.pattern)
	}
	c.pos += size
	switch r {
	case '.':
		c.emit(inst{op: opRune, ok: func(r rune) bool { return r != '\n' }})
	case '^':
		c.emit(inst{op: opBegin})
	case '$':
		c.emit(inst{op: opEnd})
	case '(':
		return c.group()
	case '[':
		ok, err := c.class()
		if err != nil {
			return err
		}
		c.emit(inst{op: opRune, ok: ok})
	case '\\':
		if c.more() && (c.pattern[c.pos] == 'b' || c.pattern[c.pos] == 'B') {
			not := 0
			if c.pattern[c.pos] == 'B' {
				not = 1
			}
			c.pos++
			c.emit(inst{op: opWord, y: not})
			return nil
		}
		ok, _, err := c.escape()
		if err != nil {
			return err
		}
		c.emit(inst{op: opRune, ok: ok})
	default:
		c.emit(inst{op: opRune, ok: c.is(r)})
	}
	return nil
}

// is returns the predicate of one character.
func (c *compiler) is(want rune) func(rune) bool {
	if c.fold {
		return func(r rune) bool {
			return unicode.ToLower(unicode.ToUpper(r)) == unicode.ToLower(unicode.ToUpper(want))
		}
	}
	return func(r rune) bool { return r == want }
}

func (c *compiler) group() error {
	whole := c.pattern
	fold := c.fold
	if rest, ok := strings.CutPrefix(c.pattern[c.pos:], "?"); ok {
		flags, _, found := strings.Cut(rest, ":")
		set, after, isSet := strings.Cut(rest, ")")
		switch {
		case found && (flags == "" || flags == "i"):
			c.fold = c.fold || flags == "i"
			c.pos += 1 + len(flags) + 1
		case isSet && set == "i":
			// For the rest of the group around it.
			c.fold = true
			c.pos = len(c.pattern) - len(after)
			return nil
		case strings.HasPrefix(rest, "P<") || strings.HasPrefix(rest, "<"):
			end := strings.IndexByte(c.pattern[c.pos:], '>')
			if end < 0 {
				return fmt.Errorf("invalid named capture: `%s`", whole)
			}
			c.pos += end + 1
		default:
			return fmt.Errorf("invalid or unsupported Perl syntax: `(%s`", c.pattern[c.pos:])
		}
	}
	if err := c.alternatives(); err != nil {
		return err
	}
	if !c.more() {
		return fmt.Errorf("missing closing ): `%s`", whole)
	}
	c.pos++
	c.fold = fold
	return nil
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
func isSpace(r rune) bool { return strings.ContainsRune("\t\n\f\r ", r) }
func isWord(r rune) bool {
	return isDigit(r) || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_'
}

// escape reads what follows a backslash; r is -1 for a class.
func (c *compiler) escape() (ok func(rune) bool, r rune, err error) {
	if !c.more() {
		return nil, 0, fmt.Errorf("trailing backslash at end of expression: ``")
	}
	e, size := utf8.DecodeRuneInString(c.pattern[c.pos:])
	c.pos += size
	not := func(f func(rune) bool) func(rune) bool { return func(r rune) bool { return !f(r) } }
	switch e {
	case 'd':
		return isDigit, -1, nil
	case 'D':
		return not(isDigit), -1, nil
	case 's':
		return isSpace, -1, nil
	case 'S':
		return not(isSpace), -1, nil
	case 'w':
		return isWord, -1, nil
	case 'W':
		return not(isWord), -1, nil
	case 'n':
		e = '\n'
	case 't':
		e = '\t'
	case 'r':
		e = '\r'
	case 'f':
		e = '\f'
	case 'v':
		e = '\v'
	case 'a':
		e = '\a'
	default:
		if isWord(e) && e != '_' || e >= utf8.RuneSelf {
			return nil, 0, fmt.Errorf("invalid escape sequence: `\\%c`", e)
		}
	}
	return c.is(e), e, nil
}

// class reads a bracket expression behind its bracket.
func (c *compiler) class() (func(rune) bool, error) {
	begin := c.pos - 1
	missing := func() error { return fmt.Errorf("missing closing ]: `%s`", c.pattern[begin:]) }
	negate := false
	if c.more() && c.pattern[c.pos] == '^' {
		negate = true
		c.pos++
	}
	var parts []func(rune) bool
	for first := true; ; first = false {
		if !c.more() {
			return nil, missing()
		}
		if c.pattern[c.pos] == ']' && !first {
			c.pos++
			break
		}
		if strings.HasPrefix(c.pattern[c.pos:], "[:") {
			return nil, fmt.Errorf("named classes are not supported in test patterns: `%s`", c.pattern)
		}
		lo, ok, err := c.classRune()
		if err != nil {
			return nil, err
		}
		rest := c.pattern[c.pos:]
		if lo < 0 || !strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "-]") {
			parts = append(parts, ok)
			continue
		}
		c.pos++
		if !c.more() {
			return nil, missing()
		}
		hi, _, err := c.classRune()
		if err != nil {
			return nil, err
		}
		if hi < lo {
			return nil, fmt.Errorf("invalid character class range: `%c-%c`", lo, hi)
		}
		fold := c.fold
		parts = append(parts, func(r rune) bool {
			in := func(r rune) bool { return lo <= r && r <= hi }
			return in(r) || fold && (in(unicode.ToLower(r)) || in(unicode.ToUpper(r)))
		})
	}
	return func(r rune) bool {
		for _, ok := range parts {
			if ok(r) {
				return !negate
			}
		}
		return negate
	}, nil
}

func (c *compiler) classRune() (rune, func(rune) bool, error) {
	r, size := utf8.DecodeRuneInString(c.pattern[c.pos:])
	c.pos += size
	if r == '\\' {
		ok, r, err := c.escape()
		return r, ok, err
	}
	return r, c.is(r), nil
}

// match reports whether any part of the text matches.
func (p *program) match(text string) bool {
	var now, next []int
	on := make([]int, len(p.code)) // the step for which a state was added last
	step := 0
	before := rune(-1)
	var add func(list []int, i int, after rune) []int
	add = func(list []int, i int, after rune) []int {
		if on[i] == step+1 {
			return list
		}
		on[i] = step + 1
		switch in := p.code[i]; in.op {
		case opSplit:
			return add(add(list, in.x, after), in.y, after)
		case opJump:
			return add(list, in.x, after)
		case opBegin:
			if before >= 0 {
				return list
			}
			return add(list, i+1, after)
		case opEnd:
			if after >= 0 {
				return list
			}
			return add(list, i+1, after)
		case opWord:
			if (isWord(before) != isWord(after)) == (in.y == 1) {
				return list
			}
			return add(list, i+1, after)
		}
		return append(list, i)
	}
	runes := []rune(text)
	for i := 0; ; i++ {
		r := rune(-1)
		if i < len(runes) {
			r = runes[i]
		}
		now = add(now, 0, r) // a match may begin anywhere
		after := rune(-1)
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		for _, s := range now {
			if p.code[s].op == opMatch {
				return true
			}
		}
		if r < 0 {
			return false
		}
		step++
		before = r
		next = next[:0]
		for _, s := range now {
			if in := p.code[s]; in.ok != nil && in.ok(r) {
				next = add(next, s+1, after)
			}
		}
		now, next = next, now
	}
}
