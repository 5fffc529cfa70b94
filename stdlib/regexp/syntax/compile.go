// This file compiles a simplified tree into a program, from its end to its
// beginning: each node is compiled with the instruction that follows it.

package syntax

// maxInst bounds programs.
const maxInst = maxSize / 40

// compiler holds the program so far. Instruction 0 fails.
type compiler struct {
	p *Prog
}

// Compile makes a program of an expression that Simplify returned.
func Compile(re *Regexp) (*Prog, error) {
	c := &compiler{&Prog{NumCap: 2}}
	c.emit(Inst{Op: InstFail})
	end := c.emit(Inst{Op: InstMatch})
	c.p.Start = int(c.node(re, end))
	return c.p, nil
}

func (c *compiler) emit(i Inst) uint32 {
	c.p.Inst = append(c.p.Inst, i)
	return uint32(len(c.p.Inst) - 1)
}

// alt goes on with sub, or skips it; sub first if greedy.
func alt(sub, skip uint32, flags Flags) Inst {
	if flags&NonGreedy != 0 {
		sub, skip = skip, sub
	}
	return Inst{Op: InstAlt, Out: sub, Arg: skip}
}

// node compiles re before next and returns where it begins.
func (c *compiler) node(re *Regexp, next uint32) uint32 {
	empty := func(op EmptyOp) uint32 {
		return c.emit(Inst{Op: InstEmptyWidth, Arg: uint32(op), Out: next})
	}
	switch re.Op {
	case OpEmptyMatch:
		return next
	case OpLiteral:
		for i := len(re.Rune) - 1; i >= 0; i-- {
			next = c.emit(literal(re.Rune[i:i+1], re.Flags, next))
		}
		return next
	case OpCharClass:
		if len(re.Rune) == 0 {
			return 0
		}
		return c.emit(Inst{Op: InstRune, Rune: re.Rune, Out: next})
	case OpAnyChar:
		return c.emit(Inst{Op: InstRuneAny, Rune: anyRanges, Out: next})
	case OpAnyCharNotNL:
		return c.emit(Inst{Op: InstRuneAnyNotNL, Rune: notNLRanges, Out: next})
	case OpBeginLine:
		return empty(EmptyBeginLine)
	case OpEndLine:
		return empty(EmptyEndLine)
	case OpBeginText:
		return empty(EmptyBeginText)
	case OpEndText:
		return empty(EmptyEndText)
	case OpWordBoundary:
		return empty(EmptyWordBoundary)
	case OpNoWordBoundary:
		return empty(EmptyNoWordBoundary)
	case OpCapture:
		c.p.NumCap = max(c.p.NumCap, 2*re.Cap+2)
		end := c.emit(Inst{Op: InstCapture, Arg: uint32(2*re.Cap + 1), Out: next})
		sub := c.node(re.Sub[0], end)
		return c.emit(Inst{Op: InstCapture, Arg: uint32(2 * re.Cap), Out: sub})
	case OpQuest:
		return c.emit(alt(c.node(re.Sub[0], next), next, re.Flags))
	case OpPlus:
		_, begin := c.plus(re, next)
		return begin
	case OpStar:
		if re.Sub[0].nullable() {
			// One empty round must not hide what the next ones would match.
			_, begin := c.plus(re, next)
			return c.emit(alt(begin, next, re.Flags))
		}
		loop, _ := c.plus(re, next)
		return loop
	case OpConcat:
		for i := len(re.Sub) - 1; i >= 0; i-- {
			next = c.node(re.Sub[i], next)
		}
		return next
	case OpAlternate:
		begin := c.node(re.Sub[len(re.Sub)-1], next)
		for i := len(re.Sub) - 2; i >= 0; i-- {
			begin = c.emit(Inst{Op: InstAlt, Out: c.node(re.Sub[i], next), Arg: begin})
		}
		return begin
	}
	return 0
}

// plus compiles a loop; it returns the instruction that decides whether there
// is another round, and the beginning of the first.
func (c *compiler) plus(re *Regexp, next uint32) (loop, begin uint32) {
	loop = c.emit(Inst{})
	begin = c.node(re.Sub[0], loop)
	c.p.Inst[loop] = alt(begin, next, re.Flags)
	return loop, begin
}

var (
	anyRanges   = []rune{0, maxRune}
	notNLRanges = []rune{0, '\n' - 1, '\n' + 1, maxRune}
)

func literal(r []rune, flags Flags, next uint32) Inst {
	if flags&FoldCase == 0 || leastFold(r[0]) == r[0] && !hasFold(r[0]) {
		return Inst{Op: InstRune1, Rune: r, Out: next}
	}
	return Inst{Op: InstRune, Rune: r, Arg: uint32(FoldCase), Out: next}
}

func hasFold(r rune) bool {
	var c class
	c.fold(r, r)
	return len(c) > 0
}
