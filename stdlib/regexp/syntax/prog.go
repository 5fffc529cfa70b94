// This file holds programs: their instructions and what can be asked of them.

package syntax

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Prog is a compiled expression.
type Prog struct {
	Inst   []Inst
	Start  int // index of the first instruction
	NumCap int // places that InstCapture notes: two for each group and the whole
}

// InstOp is the operation of an instruction.
type InstOp uint8

// The operations.
const (
	InstAlt          InstOp = iota // goes on at Out, else at Arg
	InstAltMatch                   // as InstAlt
	InstCapture                    // notes the position in place Arg
	InstEmptyWidth                 // goes on if the conditions in Arg hold
	InstMatch                      // found
	InstFail                       // not found
	InstNop                        // goes on
	InstRune                       // takes a rune of Rune
	InstRune1                      // takes the rune Rune[0]
	InstRuneAny                    // takes any rune
	InstRuneAnyNotNL               // takes any rune but a newline
)

var instNames = [...]string{"InstAlt", "InstAltMatch", "InstCapture", "InstEmptyWidth", "InstMatch", "InstFail",
	"InstNop", "InstRune", "InstRune1", "InstRuneAny", "InstRuneAnyNotNL"}

// String returns the operation's name.
func (i InstOp) String() string {
	if int(i) < len(instNames) {
		return instNames[i]
	}
	return ""
}

// EmptyOp is a set of conditions on a position.
type EmptyOp uint8

// The conditions.
const (
	EmptyBeginLine EmptyOp = 1 << iota
	EmptyEndLine
	EmptyBeginText
	EmptyEndText
	EmptyWordBoundary
	EmptyNoWordBoundary
)

// EmptyOpContext returns the conditions that hold between two runes; -1 stands
// for the beginning or end of the text.
func EmptyOpContext(r1, r2 rune) EmptyOp {
	op := EmptyNoWordBoundary
	if IsWordChar(r1) != IsWordChar(r2) {
		op = EmptyWordBoundary
	}
	switch r1 {
	case -1:
		op |= EmptyBeginText | EmptyBeginLine
	case '\n':
		op |= EmptyBeginLine
	}
	switch r2 {
	case -1:
		op |= EmptyEndText | EmptyEndLine
	case '\n':
		op |= EmptyEndLine
	}
	return op
}

// IsWordChar reports whether r belongs to a word: an ASCII letter or digit, or
// an underscore.
func IsWordChar(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
}

// Inst is an instruction.
type Inst struct {
	Op   InstOp
	Out  uint32 // the next one
	Arg  uint32
	Rune []rune // ranges; or one rune, with FoldCase in Arg if case does not matter
}

// MatchRune reports whether the instruction, an InstRune, takes r.
func (i *Inst) MatchRune(r rune) bool { return i.MatchRunePos(r) >= 0 }

// MatchRunePos returns the index of the range that has r, or -1.
func (i *Inst) MatchRunePos(r rune) int {
	if len(i.Rune) == 1 {
		want := i.Rune[0]
		if r == want {
			return 0
		}
		if Flags(i.Arg)&FoldCase != 0 {
			for f := unicode.SimpleFold(want); f != want; f = unicode.SimpleFold(f) {
				if r == f {
					return 0
				}
			}
		}
		return -1
	}
	// The first range that ends at r or later.
	lo, hi := 0, len(i.Rune)/2
	for lo < hi {
		m := int(uint(lo+hi) / 2)
		if i.Rune[2*m+1] < r {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if 2*lo < len(i.Rune) && i.Rune[2*lo] <= r {
		return lo
	}
	return -1
}

// MatchEmptyWidth reports whether the conditions of the instruction, an
// InstEmptyWidth, hold between two runes.
func (i *Inst) MatchEmptyWidth(before rune, after rune) bool {
	return EmptyOp(i.Arg)&^EmptyOpContext(before, after) == 0
}

// onlyRune returns the one rune that the instruction takes.
func (i *Inst) onlyRune() (rune, bool) {
	if i.Op != InstRune1 && i.Op != InstRune || len(i.Rune) != 1 || Flags(i.Arg)&FoldCase != 0 {
		return 0, false
	}
	return i.Rune[0], i.Rune[0] != utf8.RuneError
}

// Prefix returns the text that each match begins with, and whether there is
// nothing else in it.
func (p *Prog) Prefix() (prefix string, complete bool) {
	i := p.skip(uint32(p.Start))
	if i.Op == InstMatch {
		return "", true
	}
	var b strings.Builder
	for {
		r, ok := i.onlyRune()
		if !ok {
			return b.String(), i.Op == InstMatch
		}
		b.WriteRune(r)
		i = p.skip(i.Out)
	}
}

// skip follows instructions that take and check nothing.
func (p *Prog) skip(pc uint32) *Inst {
	i := &p.Inst[pc]
	for i.Op == InstNop || i.Op == InstCapture {
		i = &p.Inst[i.Out]
	}
	return i
}

// StartCond returns the conditions at the beginning of each match; all of them
// if there are no matches.
func (p *Prog) StartCond() EmptyOp {
	var flag EmptyOp
	pc := uint32(p.Start)
	for {
		i := &p.Inst[pc]
		switch i.Op {
		case InstEmptyWidth:
			flag |= EmptyOp(i.Arg)
		case InstFail:
			return ^EmptyOp(0)
		case InstCapture, InstNop:
		default:
			return flag
		}
		pc = i.Out
	}
}

// String lists the instructions.
func (p *Prog) String() string {
	var b strings.Builder
	for j := range p.Inst {
		n := strconv.Itoa(j)
		b.WriteString(strings.Repeat(" ", max(0, 3-len(n))) + n)
		if j == p.Start {
			b.WriteByte('*')
		}
		b.WriteString("\t" + p.Inst[j].String() + "\n")
	}
	return b.String()
}

// String describes the instruction.
func (i *Inst) String() string {
	next := " -> " + strconv.Itoa(int(i.Out))
	switch i.Op {
	case InstAlt:
		return "alt" + next + ", " + strconv.Itoa(int(i.Arg))
	case InstAltMatch:
		return "altmatch" + next + ", " + strconv.Itoa(int(i.Arg))
	case InstCapture:
		return "cap " + strconv.Itoa(int(i.Arg)) + next
	case InstEmptyWidth:
		return "empty " + strconv.Itoa(int(i.Arg)) + next
	case InstMatch:
		return "match"
	case InstFail:
		return "fail"
	case InstNop:
		return "nop" + next
	case InstRune:
		text := "rune "
		if i.Rune == nil {
			text = "rune <nil>"
		}
		text += strconv.QuoteToASCII(string(i.Rune))
		if Flags(i.Arg)&FoldCase != 0 {
			text += "/i"
		}
		return text + next
	case InstRune1:
		return "rune1 " + strconv.QuoteToASCII(string(i.Rune)) + next
	case InstRuneAny:
		return "any" + next
	case InstRuneAnyNotNL:
		return "anynotnl" + next
	}
	return ""
}
