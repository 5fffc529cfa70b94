// This file chooses how to search.
//
// A lazy automaton (dfa.go) finds where the match ends, the automaton of the
// reversed expression where it begins; the groups come from backtracking with
// memory (backtrack.go) between the two, or, where that would take too much
// memory, from a simulation of all threads at once (threads.go). Leftmost
// longest matches, and text from a reader, know the last two only.

package regexp

import (
	"io"
	"regexp/syntax"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// engine is what the copies of a Regexp share.
type engine struct {
	tree    *syntax.Regexp
	prog    *syntax.Prog
	once    sync.Once
	classes *classes      // of runes; nil if there are too many
	reverse []syntax.Inst // the reversed expression
	from    uint32        // its beginning
	spare   atomic.Pointer[machine]
	pool    sync.Pool
}

// machine is the memory of a search. One goroutine uses it at a time.
type machine struct {
	uses     int
	forward  *dfa
	backward *dfa
	back     backtracker
	threads  threads
}

func newEngine(tree *syntax.Regexp, prog *syntax.Prog) *engine {
	return &engine{tree: tree, prog: prog}
}

func (e *engine) get() *machine {
	if m := e.spare.Swap(nil); m != nil {
		return m
	}
	if m, ok := e.pool.Get().(*machine); ok {
		return m
	}
	return new(machine)
}

func (e *engine) put(m *machine) {
	if old := e.spare.Swap(m); old != nil {
		e.pool.Put(old)
	}
}

// automata makes the automata of m, if the expression allows for them.
func (e *engine) automata(m *machine) bool {
	e.once.Do(func() {
		if len(e.prog.Inst) > 10000 {
			return
		}
		e.classes = newClasses(e.prog.Inst)
		if e.classes != nil {
			p, err := syntax.Compile(reversed(e.tree))
			if err != nil {
				e.classes = nil
				return
			}
			e.reverse, e.from = p.Inst, uint32(p.Start)
		}
	})
	if e.classes == nil {
		return false
	}
	if m.forward == nil {
		m.forward = newDFA(e.prog.Inst, uint32(e.prog.Start), e.classes, false)
		m.backward = newDFA(e.reverse, e.from, e.classes, true)
	}
	return true
}

var found = []int{}

// find searches s from pos on and returns the first ncap positions of the
// match, appended to dst; for ncap 0 something that is not nil. It returns nil
// if there is no match.
func (re *Regexp) find(s string, pos, ncap int, dst []int) []int {
	if re.anchored && pos > 0 {
		return nil
	}
	from, to := -1, -1
	if re.complete {
		i := strings.Index(s[pos:], re.prefix)
		if i < 0 {
			return nil
		}
		from, to = pos+i, pos+i+len(re.prefix)
		if ncap <= 2 {
			return bounds(dst, from, to, ncap)
		}
	}
	e := re.engine
	m := e.get()
	m.uses++
	dst = re.search(m, s, pos, from, to, ncap, dst)
	e.put(m)
	return dst
}

func bounds(dst []int, from, to, ncap int) []int {
	if ncap == 0 {
		return found
	}
	return append(dst, from, to)
}

// search is find with a machine; from and to are the bounds of the match, or
// negative if they are not known.
func (re *Regexp) search(m *machine, s string, pos, from, to, ncap int, dst []int) []int {
	prog := re.engine.prog
	fits := func(n int) bool { return n < maxVisited && (n+1)*len(prog.Inst) <= maxVisited }
	rest := len(s) - pos
	if from < 0 && !re.longest {
		// What is short, or a first try, does not pay for automata.
		short := fits(rest) && (m.uses <= 2 || ncap > 2 && rest <= 64)
		if !short && re.engine.automata(m) {
			end, ok := m.forward.forward(s, pos, re.prefix, re.anchored, ncap == 0)
			if ok {
				if end < 0 {
					return nil
				}
				if ncap == 0 {
					return found
				}
				start := pos
				if !re.anchored {
					start, ok = m.backward.backward(s, pos, end)
				}
				if ok {
					from, to = start, end
					if ncap == 2 {
						return append(dst, from, to)
					}
				}
			}
		}
	}
	if from >= 0 {
		if fits(to - from) {
			return m.back.run(re, s, from, to, true, ncap, dst)
		}
		return m.threads.runString(re, s, from, to, true, ncap, dst)
	}
	if fits(rest) {
		return m.back.run(re, s, pos, len(s), re.anchored, ncap, dst)
	}
	return m.threads.runString(re, s, pos, len(s), re.anchored, ncap, dst)
}

// findReader searches what r gives.
func (re *Regexp) findReader(r io.RuneReader, ncap int) []int {
	m := re.engine.get()
	defer re.engine.put(m)
	return m.threads.run(re, func() (rune, int) {
		r, n, err := r.ReadRune()
		if err != nil {
			return -1, 0
		}
		return r, n
	}, -1, 0, re.anchored, ncap, nil)
}

// before is the rune before a position, -1 at the beginning.
func before(s string, pos int) rune {
	if pos == 0 {
		return -1
	}
	if c := s[pos-1]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeLastRuneInString(s[:pos])
	return r
}

// after is the rune at a position and its width, -1 at the end.
func after(s string, pos int) (rune, int) {
	if pos >= len(s) {
		return -1, 0
	}
	if c := s[pos]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[pos:])
}

// reversed is the expression that matches all texts backwards, without groups.
func reversed(re *syntax.Regexp) *syntax.Regexp {
	n := *re
	switch re.Op {
	case syntax.OpCapture:
		return reversed(re.Sub[0])
	case syntax.OpLiteral:
		n.Rune = make([]rune, len(re.Rune))
		for i, r := range re.Rune {
			n.Rune[len(re.Rune)-1-i] = r
		}
		return &n
	}
	if len(re.Sub) == 0 {
		return re
	}
	n.Sub = make([]*syntax.Regexp, len(re.Sub))
	for i, sub := range re.Sub {
		if re.Op == syntax.OpConcat {
			i = len(re.Sub) - 1 - i
		}
		n.Sub[i] = reversed(sub)
	}
	return &n
}

// takes reports whether an instruction that takes runes takes r.
func takes(i *syntax.Inst, r rune) bool {
	switch i.Op {
	case syntax.InstRune1:
		return r == i.Rune[0]
	case syntax.InstRune:
		return i.MatchRune(r)
	case syntax.InstRuneAny:
		return r >= 0
	case syntax.InstRuneAnyNotNL:
		return r != '\n' && r >= 0
	}
	return false
}
