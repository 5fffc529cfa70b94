// This file takes counted repetitions out of a tree.

package syntax

// Simplify returns an equivalent expression without counted repetitions. It
// may share nodes with re. Groups within what was repeated appear more than
// once.
func (re *Regexp) Simplify() *Regexp {
	if re == nil {
		return nil
	}
	switch re.Op {
	case OpCapture, OpConcat, OpAlternate:
		same := true
		subs := make([]*Regexp, len(re.Sub))
		for i, sub := range re.Sub {
			subs[i] = sub.Simplify()
			same = same && subs[i] == sub
		}
		if same {
			return re
		}
		n := *re
		n.Rune = nil
		n.Sub = subs
		return &n
	case OpStar, OpPlus, OpQuest:
		return loop(re.Op, re.Flags, re.Sub[0].Simplify(), re)
	case OpRepeat:
		return re.unroll()
	}
	return re
}

// loop is the repetition of a simple expression; re, if it is that already.
func loop(op Op, flags Flags, sub, re *Regexp) *Regexp {
	if sub.Op == OpEmptyMatch {
		return sub
	}
	// (?:a*)* and the like.
	if sub.Flags&NonGreedy == flags&NonGreedy && (sub.Op == OpStar || sub.Op == OpPlus || sub.Op == OpQuest) {
		if op == sub.Op {
			return sub
		}
		return loop(OpStar, flags, sub.Sub[0], nil)
	}
	if re != nil && re.Op == op && re.Flags&NonGreedy == flags&NonGreedy && sub == re.Sub[0] {
		return re
	}
	return unary(op, flags, sub)
}

// unroll writes a counted repetition out.
func (re *Regexp) unroll() *Regexp {
	if re.Min == 0 && re.Max == 0 {
		return &Regexp{Op: OpEmptyMatch}
	}
	sub := re.Sub[0].Simplify()
	if sub.Op == OpEmptyMatch {
		return sub
	}
	// Once more than needed of something empty changes nothing.
	lo, hi := re.Min, re.Max
	if re.Max < 0 {
		switch lo {
		case 0:
			return loop(OpStar, re.Flags, sub, nil)
		case 1:
			return loop(OpPlus, re.Flags, sub, nil)
		}
		list := make([]*Regexp, lo)
		for i := range lo - 1 {
			list[i] = sub
		}
		list[lo-1] = loop(OpPlus, re.Flags, sub, nil)
		return &Regexp{Op: OpConcat, Sub: list}
	}
	var list []*Regexp
	for range lo {
		list = append(list, sub)
	}
	if hi > lo {
		// x{2,5} is xx(?:x(?:x(?:x)?)?)?: what is not there ends it at once.
		opt := unary(OpQuest, re.Flags, sub)
		for range hi - lo - 1 {
			opt = unary(OpQuest, re.Flags, &Regexp{Op: OpConcat, Sub: []*Regexp{sub, opt}})
		}
		list = append(list, opt)
	}
	switch len(list) {
	case 0:
		return &Regexp{Op: OpNoMatch}
	case 1:
		return list[0]
	}
	return &Regexp{Op: OpConcat, Sub: list}
}
