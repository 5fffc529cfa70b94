// This file sorts runes into classes: those that no instruction tells apart
// are one column of the automaton's table.

package regexp

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// classes is a partition of the runes. The last class is the end of the text.
type classes struct {
	n          int
	conditions bool // the program asks for the kinds of runes
	ascii      [utf8.RuneSelf]uint8
	bounds     []rune  // first runes of the ranges
	class      []uint8 // of the ranges
	sample     []rune  // one rune of each class
	kinds      []uint8 // of each class
}

// newClasses returns the classes of a program; nil if there are too many.
func newClasses(inst []syntax.Inst) *classes {
	c := &classes{}
	var sets [][]rune
	known := map[string]bool{}
	add := func(set []rune) {
		key := string(set)
		if !known[key] {
			known[key] = true
			sets = append(sets, set)
		}
	}
	for k := range inst {
		i := &inst[k]
		switch i.Op {
		case syntax.InstEmptyWidth:
			c.conditions = true
		case syntax.InstRuneAnyNotNL:
			add([]rune{'\n', '\n'})
		case syntax.InstRune, syntax.InstRune1:
			if len(i.Rune) != 1 {
				add(i.Rune)
				break
			}
			r := i.Rune[0]
			set := []rune{r, r}
			if syntax.Flags(i.Arg)&syntax.FoldCase != 0 {
				for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
					set = append(set, f, f)
				}
			}
			add(set)
		}
	}
	if c.conditions {
		add([]rune{'\n', '\n'})
		add([]rune{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'})
	}
	// At each bound, the sets that begin or end.
	type event struct {
		at  rune
		set int
	}
	var events []event
	for k, set := range sets {
		for i := 0; i < len(set); i += 2 {
			events = append(events, event{set[i], k}, event{set[i+1] + 1, k})
		}
	}
	slices.SortFunc(events, func(a, b event) int { return int(a.at - b.at) })
	inside := make([]byte, (len(sets)+7)/8)
	numbers := map[string]uint8{}
	bound := func(r rune) bool {
		n, ok := numbers[string(inside)]
		if !ok {
			if len(numbers) == 254 {
				return false
			}
			n = uint8(len(numbers))
			numbers[string(inside)] = n
			c.sample = append(c.sample, r)
		}
		c.bounds = append(c.bounds, r)
		c.class = append(c.class, n)
		return true
	}
	k := 0
	for ; k < len(events) && events[k].at == 0; k++ {
		inside[events[k].set/8] ^= 1 << (events[k].set % 8)
	}
	bound(0)
	for k < len(events) {
		r := events[k].at
		for ; k < len(events) && events[k].at == r; k++ {
			inside[events[k].set/8] ^= 1 << (events[k].set % 8)
		}
		if r <= unicode.MaxRune && !bound(r) {
			return nil
		}
	}
	for r := range c.ascii {
		c.ascii[r] = uint8(c.search(rune(r)))
	}
	c.n = len(numbers) + 1
	for _, r := range c.sample {
		c.kinds = append(c.kinds, c.kind(r))
	}
	c.kinds = append(c.kinds, c.kind(-1))
	return c
}

// of is the class of a rune.
func (c *classes) of(r rune) int { return c.search(r) }

func (c *classes) search(r rune) int {
	lo, hi := 0, len(c.bounds)
	for hi-lo > 1 {
		m := int(uint(lo+hi) / 2)
		if c.bounds[m] <= r {
			lo = m
		} else {
			hi = m
		}
	}
	return int(c.class[lo])
}

// kind is the kind of a rune, as far as the program's conditions ask for it.
func (c *classes) kind(r rune) uint8 {
	switch {
	case !c.conditions:
		return kindNone
	case r < 0:
		return kindEdge
	case r == '\n':
		return kindNewline
	case syntax.IsWordChar(r):
		return kindWord
	}
	return kindOther
}
