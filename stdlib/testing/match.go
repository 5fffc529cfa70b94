// This file decides which tests run (-run, -skip, -bench) and gives subtests names that no other has.

package testing

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// pattern is a flag's value: alternatives, each a list of regular expressions for the levels of a name.
type pattern [][]string

// splitPattern splits at | and / where these are not inside brackets.
func splitPattern(s string) pattern {
	var all pattern
	var levels []string
	square, round, begin := 0, 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			square++
		case ']':
			square = max(square-1, 0) // an unmatched ] is legal
		case '(':
			if square == 0 {
				round++
			}
		case ')':
			if square == 0 {
				round--
			}
		case '\\':
			i++
		case '/', '|':
			if square == 0 && round == 0 {
				levels = append(levels, s[begin:i])
				if s[i] == '|' {
					all = append(all, levels)
					levels = nil
				}
				begin = i + 1
			}
		}
	}
	return append(all, append(levels, s[begin:]))
}

// checkPattern reports a pattern that is no regular expression.
func checkPattern(match func(pat, str string) (bool, error), flag, value string) error {
	for _, levels := range splitPattern(value) {
		for i, level := range levels {
			if _, err := match(rewriteName(level), "non-empty"); err != nil {
				return fmt.Errorf("testing: invalid regexp for element %d of %s (%q): %s", i, flag, level, err)
			}
		}
	}
	return nil
}

// matches compares the levels of a name. partial: the pattern has more levels, so that subtests decide.
func (p pattern) matches(name []string, match func(pat, str string) (bool, error)) (ok, partial bool) {
	for _, levels := range p {
		all := true
		for i := 0; i < len(name) && i < len(levels) && all; i++ {
			all, _ = match(rewriteName(levels[i]), name[i])
		}
		if all {
			if len(name) >= len(levels) {
				return true, false
			}
			ok, partial = true, true
		}
	}
	return ok, partial
}

type matcher struct {
	match     func(pat, str string) (bool, error)
	run, skip pattern

	mu    sync.Mutex
	names map[string]int // names that were given, and how often
}

func newMatcher(match func(pat, str string) (bool, error), run, skip string) *matcher {
	m := &matcher{match: match, names: make(map[string]int)}
	if run != "" {
		m.run = splitPattern(run)
	}
	if skip != "" {
		m.skip = splitPattern(skip)
	}
	return m
}

// fullName returns the name of a test in its parent and whether it is to run.
func (m *matcher) fullName(parent *common, name string) (full string, ok, partial bool) {
	full = name
	m.mu.Lock()
	defer m.mu.Unlock()
	if parent != nil && parent.level > 0 {
		full = m.unique(parent.name, rewriteName(name))
	}
	elements := strings.Split(full, "/")
	ok = true
	if m.run != nil {
		if ok, partial = m.run.matches(elements, m.match); !ok {
			return full, false, false
		}
	}
	if m.skip != nil {
		if skip, more := m.skip.matches(elements, m.match); skip && !more {
			return full, false, false
		}
	}
	return full, ok, partial
}

// unique adds a number to names that are empty or were given before.
func (m *matcher) unique(parent, name string) string {
	base := parent + "/" + name
	for {
		n := m.names[base]
		m.names[base] = n + 1
		if n == 0 && name != "" {
			prefix, number := splitNumber(base)
			if len(prefix) < len(base) && number < m.names[prefix] {
				continue // the name looks like one that was made here
			}
			return base
		}
		full := fmt.Sprintf("%s#%02d", base, n)
		if m.names[full] != 0 {
			continue
		}
		return full
	}
}

// splitNumber splits `name#07` as unique makes it.
func splitNumber(s string) (prefix string, number int) {
	i := strings.LastIndexByte(s, '#')
	if i < 0 {
		return s, 0
	}
	digits := s[i+1:]
	if len(digits) < 2 || len(digits) > 2 && digits[0] == '0' || digits == "00" && !strings.HasSuffix(s[:i], "/") {
		return s, 0
	}
	n, err := strconv.ParseInt(digits, 10, 32)
	if err != nil || n < 0 {
		return s, 0
	}
	return s[:i], int(n)
}

// rewriteName turns spaces into underscores and escapes what cannot be printed.
func rewriteName(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte('_')
		case !strconv.IsPrint(r):
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
