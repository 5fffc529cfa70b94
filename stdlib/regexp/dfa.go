// This file holds the lazy automaton. A state is the list of threads that wait
// for a rune, in the order of their priority, and what kind of rune was last;
// states and transitions are made when a text first needs them.
//
// Conditions such as \b look at the next rune too. In a program that has some, a
// state keeps the places where threads went on after the last rune, and the
// transition finds out what they lead to: to do a part of that before would
// change the order in which loops are entered. A transition also says whether there is a match before
// the rune: each match is known one rune late.

package regexp

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// Kinds of runes that conditions tell apart, with one rune of each.
const (
	kindNone = iota // the program has no conditions
	kindEdge        // beginning or end of the text
	kindNewline
	kindWord
	kindOther
)

var kindRune = [...]rune{' ', -1, '\n', 'a', ' '}

const (
	maxEntries = 1 << 18 // transitions that an automaton may keep
	maxResets  = 10      // times it may start anew before it must be worth it
)

// dfa is an automaton. A state is the offset of its row in trans; an entry of
// a row is 0 if not known, else twice the next state, plus 1 if there is a
// match before the rune. State 0 does not exist, the next is dead.
type dfa struct {
	inst       []syntax.Inst
	start      uint32 // anchored
	unanchored uint32
	classes    *classes
	backwards  bool // then it looks for the longest match
	trans      []int32
	states     []state
	index      map[string]int32
	starts     [2][kindOther + 1]int32
	resets     int
	now, next  list
	stack      []uint32
	key        []byte
}

type state struct {
	pcs  []uint32
	kind uint8
}

// list is an ordered set of instructions.
type list struct {
	pcs   []uint32
	seen  []uint32
	round uint32
}

func (l *list) reset(n int) {
	if len(l.seen) < n {
		l.seen = make([]uint32, n)
		l.round = 0
	}
	l.pcs = l.pcs[:0]
	if l.round++; l.round == 0 {
		clear(l.seen)
		l.round = 1
	}
}

func newDFA(inst []syntax.Inst, start uint32, c *classes, backwards bool) *dfa {
	n := uint32(len(inst))
	// Two instructions more try to begin at each rune, after all others.
	inst = append(slices.Clip(inst),
		syntax.Inst{Op: syntax.InstAlt, Out: start, Arg: n + 1},
		syntax.Inst{Op: syntax.InstRuneAny, Out: n})
	d := &dfa{inst: inst, start: start, unanchored: n, classes: c, backwards: backwards}
	d.reset()
	return d
}

func (d *dfa) reset() {
	d.trans = make([]int32, 2*d.classes.n)
	d.states = make([]state, 2)
	d.index = map[string]int32{}
	d.starts = [2][kindOther + 1]int32{}
}

// begin is the state at a position with r on the other side.
func (d *dfa) begin(anchored bool, r rune) int32 {
	kind, a, pc := d.classes.kind(r), 0, d.unanchored
	if anchored {
		a, pc = 1, d.start
	}
	if s := d.starts[a][kind]; s != 0 {
		return s
	}
	d.next.reset(len(d.inst))
	d.close(&d.next, pc)
	s := d.state(kind)
	d.starts[a][kind] = s
	return s
}

// close adds what pc leads to; pc itself, if the program has conditions.
func (d *dfa) close(l *list, pc uint32) {
	if d.classes.conditions {
		if l.seen[pc] != l.round {
			l.seen[pc] = l.round
			l.pcs = append(l.pcs, pc)
		}
		return
	}
	d.resolve(l, pc, 0)
}

// resolve adds what pc leads to under conditions that hold.
func (d *dfa) resolve(l *list, pc uint32, flags syntax.EmptyOp) {
	d.stack = append(d.stack[:0], pc)
	for len(d.stack) > 0 {
		pc := d.stack[len(d.stack)-1]
		d.stack = d.stack[:len(d.stack)-1]
		for l.seen[pc] != l.round {
			l.seen[pc] = l.round
			i := &d.inst[pc]
			if i.Op == syntax.InstAlt || i.Op == syntax.InstAltMatch {
				d.stack = append(d.stack, i.Arg)
			} else if i.Op == syntax.InstEmptyWidth {
				if syntax.EmptyOp(i.Arg)&^flags != 0 {
					break
				}
			} else if i.Op != syntax.InstCapture && i.Op != syntax.InstNop {
				if i.Op != syntax.InstFail {
					l.pcs = append(l.pcs, pc)
				}
				break
			}
			pc = i.Out
		}
	}
}

// state finds or makes the state of the threads in d.next.
func (d *dfa) state(kind uint8) int32 {
	pcs := d.next.pcs
	if d.backwards {
		slices.Sort(pcs)
	} else {
		// A match ends all threads of lower priority.
		for k, pc := range pcs {
			if d.inst[pc].Op == syntax.InstMatch {
				pcs = pcs[:k+1]
				break
			}
		}
	}
	if len(pcs) == 0 {
		return int32(d.classes.n)
	}
	d.key = append(d.key[:0], kind)
	for _, pc := range pcs {
		d.key = append(d.key, byte(pc), byte(pc>>8), byte(pc>>16))
	}
	if s, ok := d.index[string(d.key)]; ok {
		return s
	}
	s := int32(len(d.trans))
	d.trans = append(d.trans, make([]int32, d.classes.n)...)
	d.states = append(d.states, state{slices.Clone(pcs), kind})
	d.index[string(d.key)] = s
	return s
}

// transition makes the entry of a state for a class; 0 if the automaton grew
// too often.
func (d *dfa) transition(s int32, class int) int32 {
	from := d.states[int(s)/d.classes.n]
	if len(d.trans)+d.classes.n > maxEntries {
		if d.resets++; d.resets > maxResets {
			return 0
		}
		d.reset()
		s = 0
	}
	c := d.classes
	now := &d.now
	now.reset(len(d.inst))
	matched := false
	var flags syntax.EmptyOp
	if from.kind != kindNone {
		last, next := kindRune[from.kind], kindRune[c.kinds[class]]
		if d.backwards {
			last, next = next, last
		}
		flags = syntax.EmptyOpContext(last, next)
	}
	for _, pc := range from.pcs {
		d.resolve(now, pc, flags)
	}
	d.next.reset(len(d.inst))
	for _, pc := range now.pcs {
		i := &d.inst[pc]
		if i.Op == syntax.InstMatch {
			matched = true
			if !d.backwards {
				break
			}
			continue
		}
		if class < c.n-1 && takes(i, c.sample[class]) {
			d.close(&d.next, i.Out)
		}
	}
	t := d.state(c.kinds[class]) << 1
	if matched {
		t |= 1
	}
	if s != 0 {
		d.trans[int(s)+class] = t
	}
	return t
}

// forward returns where the leftmost match from pos on ends, -1 if there is
// none. If any, the first end that it sees will do. ok is false if the automaton
// is too large.
func (d *dfa) forward(s string, pos int, prefix string, anchored, any bool) (end int, ok bool) {
	end = -1
	c := d.classes
	dead := int32(c.n)
	d.resets = 0
	skip := int32(-1) // the state from which prefix can be looked for
	if prefix != "" && !anchored {
		i := strings.Index(s[pos:], prefix)
		if i < 0 {
			return -1, true
		}
		pos += i
	}
	st := d.begin(anchored, before(s, pos))
	if prefix != "" && !anchored && !c.conditions {
		skip = st
	}
	trans := d.trans
	for pos < len(s) {
		if st == skip {
			i := strings.Index(s[pos:], prefix)
			if i < 0 {
				return end, true
			}
			pos += i
		}
		class, w := 0, 1
		if b := s[pos]; b < utf8.RuneSelf {
			class = int(c.ascii[b])
		} else {
			var r rune
			r, w = utf8.DecodeRuneInString(s[pos:])
			class = c.of(r)
		}
		t := trans[int(st)+class]
		if t == 0 {
			resets := d.resets
			if t = d.transition(st, class); t == 0 {
				return -1, false
			}
			trans = d.trans
			if d.resets != resets {
				skip = -1 // it has another number now
			}
		}
		if t&1 != 0 {
			end = pos
			if any {
				return end, true
			}
		}
		st = t >> 1
		if st == dead {
			return end, true
		}
		pos += w
	}
	t := trans[int(st)+c.n-1]
	if t == 0 {
		if t = d.transition(st, c.n-1); t == 0 {
			return -1, false
		}
	}
	if t&1 != 0 {
		end = len(s)
	}
	return end, true
}

// backward returns where the longest match that ends at end begins, not
// before pos.
func (d *dfa) backward(s string, pos, end int) (start int, ok bool) {
	start = -1
	c := d.classes
	dead := int32(c.n)
	d.resets = 0
	next, _ := after(s, end)
	st := d.begin(true, next)
	at := end
	for {
		class, w := c.n-1, 0
		if at > 0 {
			w = 1
			if b := s[at-1]; b < utf8.RuneSelf {
				class = int(c.ascii[b])
			} else {
				var r rune
				r, w = utf8.DecodeLastRuneInString(s[:at])
				class = c.of(r)
			}
		}
		t := d.trans[int(st)+class]
		if t == 0 {
			if t = d.transition(st, class); t == 0 {
				return -1, false
			}
		}
		if t&1 != 0 {
			start = at
		}
		st = t >> 1
		if st == dead || at <= pos {
			return start, start >= 0
		}
		at -= w
	}
}
