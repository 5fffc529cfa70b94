// This file searches by running all threads of the program at once, one rune
// at a time, in the order of their priority.

package regexp

import "regexp/syntax"

// thread waits for a rune at an instruction.
type thread struct {
	pc  uint32
	cap []int
}

// threads is the memory of the search.
type threads struct {
	now, next []thread
	seen      []uint32 // the round in which an instruction was reached last
	round     uint32
	free      [][]int
	stack     []step
	ncap      int
}

// step is work of follow: an instruction, or a position to restore.
type step struct {
	pc   uint32
	slot int // -1, or what to restore
	old  int
}

// runString searches s between from and to.
func (t *threads) runString(re *Regexp, s string, from, to int, anchored bool, ncap int, dst []int) []int {
	pos := from
	next := func() (rune, int) {
		r, w := after(s, pos)
		pos += w
		return r, w
	}
	// Threads must see what follows the end, but not take it; those that would
	// cannot win.
	return t.run(re, next, before(s, from), from, anchored, ncap, dst)
}

// run searches the runes that next gives: -1 at the end.
func (t *threads) run(re *Regexp, next func() (rune, int), before rune, pos int, anchored bool, ncap int, dst []int) []int {
	prog := re.engine.prog
	if len(t.seen) < len(prog.Inst) {
		t.seen = make([]uint32, len(prog.Inst))
		t.round = 0
	}
	if t.round > 1<<31 {
		clear(t.seen)
		t.round = 0
	}
	if size := max(ncap, 2); size != t.ncap {
		t.ncap, t.free = size, nil
	}
	var best []int
	start := pos
	t.now = t.now[:0]
	scratch := t.take()
	r, w := next()
	t.round++
	for {
		if best == nil && (!anchored || pos == start) {
			for i := range scratch {
				scratch[i] = -1
			}
			scratch[0] = pos
			t.now = t.follow(t.now, prog, uint32(prog.Start), pos, syntax.EmptyOpContext(before, r), scratch)
		}
		if len(t.now) == 0 && (best != nil || anchored) {
			break
		}
		// Each thread takes the rune; those that go on are set up for the next.
		r2, w2 := rune(-1), 0
		if r >= 0 {
			r2, w2 = next()
		}
		t.round++
		t.next = t.next[:0]
		flags := syntax.EmptyOpContext(r, r2)
		for k, th := range t.now {
			i := &prog.Inst[th.pc]
			if best != nil && re.longest && th.cap[0] > best[0] {
				t.give(th.cap)
				continue
			}
			if i.Op != syntax.InstMatch {
				if r >= 0 && takes(i, r) {
					t.next = t.follow(t.next, prog, i.Out, pos+w, flags, th.cap)
				}
				t.give(th.cap)
				continue
			}
			if best == nil {
				best = t.take()
				copy(best, th.cap)
				best[1] = pos
			} else if !re.longest || th.cap[0] < best[0] || pos > best[1] {
				copy(best, th.cap)
				best[1] = pos
			}
			t.give(th.cap)
			if ncap == 0 {
				break
			}
			if !re.longest {
				// Threads of lower priority have lost.
				for _, th := range t.now[k+1:] {
					t.give(th.cap)
				}
				break
			}
		}
		t.now, t.next = t.next, t.now
		if r < 0 || best != nil && ncap == 0 {
			break
		}
		before, r, pos, w = r, r2, pos+w, w2
	}
	for _, th := range t.now {
		t.give(th.cap)
	}
	t.now = t.now[:0]
	t.give(scratch)
	if best == nil {
		return nil
	}
	if ncap == 0 {
		t.give(best)
		return found
	}
	dst = append(dst, best[:ncap]...)
	t.give(best)
	return dst
}

func (t *threads) take() []int {
	if n := len(t.free); n > 0 {
		c := t.free[n-1]
		t.free = t.free[:n-1]
		return c
	}
	return make([]int, t.ncap)
}

func (t *threads) give(c []int) { t.free = append(t.free, c) }

// follow adds the threads that pc leads to without taking a rune.
func (t *threads) follow(list []thread, prog *syntax.Prog, pc uint32, pos int, flags syntax.EmptyOp, cap []int) []thread {
	t.stack = append(t.stack[:0], step{pc, -1, 0})
	for len(t.stack) > 0 {
		s := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		if s.slot >= 0 {
			cap[s.slot] = s.old
			continue
		}
		pc := s.pc
		for t.seen[pc] != t.round {
			t.seen[pc] = t.round
			i := &prog.Inst[pc]
			stop := false
			switch i.Op {
			case syntax.InstAlt, syntax.InstAltMatch:
				t.stack = append(t.stack, step{i.Arg, -1, 0})
			case syntax.InstCapture:
				if n := int(i.Arg); n < len(cap) {
					t.stack = append(t.stack, step{0, n, cap[n]})
					cap[n] = pos
				}
			case syntax.InstEmptyWidth:
				stop = syntax.EmptyOp(i.Arg)&^flags != 0
			case syntax.InstNop:
			case syntax.InstFail:
				stop = true
			default:
				c := t.take()
				copy(c, cap)
				list = append(list, thread{pc, c})
				stop = true
			}
			if stop {
				break
			}
			pc = i.Out
		}
	}
	return list
}
