// This file searches by backtracking. A bit for each branch at each position
// keeps it from trying anything twice, so the time stays linear.

package regexp

import "regexp/syntax"

// maxVisited is the number of bits that a search may use.
const maxVisited = 256 << 10

// job is a branch that waits to be tried, or a position of a group to restore.
type job struct {
	pc  int32 // negative: restore ^pc
	pos int
}

// backtracker is the memory of the search.
type backtracker struct {
	visited []uint32
	jobs    []job
	cap     []int
	best    []int
}

// run searches s between from and to. If anchored, matches begin at from.
func (b *backtracker) run(re *Regexp, s string, from, to int, anchored bool, ncap int, dst []int) []int {
	prog := re.engine.prog
	width := to - from + 1
	words := (width*len(prog.Inst) + 31) / 32
	if cap(b.visited) < words {
		b.visited = make([]uint32, words)
	}
	b.visited = b.visited[:words]
	clear(b.visited)
	size := max(ncap, 2)
	if cap(b.cap) < size {
		b.cap = make([]int, size)
		b.best = make([]int, size)
	}
	b.cap, b.best = b.cap[:size], b.best[:size]
	for i := range b.cap {
		b.cap[i] = -1
	}
	for pos := from; pos <= to; {
		b.cap[0] = pos
		if b.try(prog, s, pos, from, to, width, re.longest) {
			if ncap == 0 {
				return found
			}
			return append(dst, b.best[:ncap]...)
		}
		if anchored {
			break
		}
		_, w := after(s, pos)
		pos += max(w, 1)
	}
	return nil
}

// try searches a match that begins at start.
func (b *backtracker) try(prog *syntax.Prog, s string, start, from, to, width int, longest bool) bool {
	matched := false
	b.jobs = append(b.jobs[:0], job{int32(prog.Start), start})
	for len(b.jobs) > 0 {
		j := b.jobs[len(b.jobs)-1]
		b.jobs = b.jobs[:len(b.jobs)-1]
		if j.pc < 0 {
			b.cap[^j.pc] = j.pos
			continue
		}
		pc, pos := uint32(j.pc), j.pos
	thread:
		for {
			i := &prog.Inst[pc]
			switch i.Op {
			case syntax.InstAlt, syntax.InstAltMatch:
				n := int(pc)*width + pos - from
				if b.visited[n/32]&(1<<(n%32)) != 0 {
					break thread
				}
				b.visited[n/32] |= 1 << (n % 32)
				b.jobs = append(b.jobs, job{int32(i.Arg), pos})
			case syntax.InstCapture:
				if int(i.Arg) < len(b.cap) {
					b.jobs = append(b.jobs, job{^int32(i.Arg), b.cap[i.Arg]})
					b.cap[i.Arg] = pos
				}
			case syntax.InstEmptyWidth:
				r, _ := after(s, pos)
				if !i.MatchEmptyWidth(before(s, pos), r) {
					break thread
				}
			case syntax.InstNop:
			case syntax.InstMatch:
				if !matched || pos > b.best[1] {
					b.cap[1] = pos
					copy(b.best, b.cap)
					matched = true
				}
				if !longest || pos == to {
					return true
				}
				break thread
			case syntax.InstFail:
				break thread
			default:
				if pos >= to {
					break thread
				}
				r, w := after(s, pos)
				if !takes(i, r) {
					break thread
				}
				pos += w
			}
			pc = i.Out
		}
	}
	return matched
}
