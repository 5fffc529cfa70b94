// This file holds the tree of a regular expression, its comparison and what
// can be asked of it. string.go writes it as text.

// Package syntax parses regular expressions into trees and compiles trees
// into programs for a machine that matches.
//
// The syntax is that of RE2: the documentation of Go's package of this name
// has the table.
package syntax

import "slices"

// Op is the operator of a node.
type Op uint8

// The operators. Those from OpCapture on have operands.
const (
	OpNoMatch        Op = 1 + iota // matches nothing
	OpEmptyMatch                   // matches the empty string
	OpLiteral                      // matches the runes one after the other
	OpCharClass                    // matches one rune of the ranges
	OpAnyCharNotNL                 // matches any rune but a newline
	OpAnyChar                      // matches any rune
	OpBeginLine                    // matches at the beginning of a line
	OpEndLine                      // matches at the end of a line
	OpBeginText                    // matches at the beginning of the text
	OpEndText                      // matches at the end of the text
	OpWordBoundary                 // matches between a word and something else
	OpNoWordBoundary               // matches elsewhere
	OpCapture                      // Sub[0], noted as group Cap
	OpStar                         // Sub[0] any number of times
	OpPlus                         // Sub[0] at least once
	OpQuest                        // Sub[0] or nothing
	OpRepeat                       // Sub[0] from Min to Max times; Max -1: no limit
	OpConcat                       // all of Sub in turn
	OpAlternate                    // the first of Sub that leads to a match
)

var opNames = [...]string{"", "NoMatch", "EmptyMatch", "Literal", "CharClass", "AnyCharNotNL", "AnyChar",
	"BeginLine", "EndLine", "BeginText", "EndText", "WordBoundary", "NoWordBoundary", "Capture", "Star",
	"Plus", "Quest", "Repeat", "Concat", "Alternate"}

// String returns the operator's name.
func (i Op) String() string {
	if i > 0 && int(i) < len(opNames) {
		return opNames[i]
	}
	return "Op(" + decimal(int(i)) + ")"
}

// Regexp is a node of the tree.
type Regexp struct {
	Op       Op
	Flags    Flags
	Sub      []*Regexp  // operands
	Sub0     [1]*Regexp // room for a short Sub
	Rune     []rune     // of OpLiteral; ranges of OpCharClass, from and to in turn
	Rune0    [2]rune    // room for a short Rune
	Min, Max int        // of OpRepeat
	Cap      int        // index of the group of OpCapture
	Name     string     // its name, if it has one
}

// unary makes a node with one operand.
func unary(op Op, flags Flags, sub *Regexp) *Regexp {
	re := &Regexp{Op: op, Flags: flags}
	re.Sub0[0] = sub
	re.Sub = re.Sub0[:]
	return re
}

// Equal reports whether two trees are the same.
func (x *Regexp) Equal(y *Regexp) bool {
	if x == nil || y == nil {
		return x == y
	}
	if x.Op != y.Op {
		return false
	}
	switch x.Op {
	case OpEndText:
		// \z and $ differ.
		return x.Flags&WasDollar == y.Flags&WasDollar
	case OpLiteral, OpCharClass:
		return x.Flags&FoldCase == y.Flags&FoldCase && slices.Equal(x.Rune, y.Rune)
	case OpStar, OpPlus, OpQuest:
		return x.Flags&NonGreedy == y.Flags&NonGreedy && x.Sub[0].Equal(y.Sub[0])
	case OpRepeat:
		return x.Flags&NonGreedy == y.Flags&NonGreedy && x.Min == y.Min && x.Max == y.Max && x.Sub[0].Equal(y.Sub[0])
	case OpCapture:
		return x.Cap == y.Cap && x.Name == y.Name && x.Sub[0].Equal(y.Sub[0])
	case OpConcat, OpAlternate:
		return slices.EqualFunc(x.Sub, y.Sub, (*Regexp).Equal)
	}
	return true
}

// MaxCap returns the greatest index of a group.
func (re *Regexp) MaxCap() int {
	m := 0
	if re.Op == OpCapture {
		m = re.Cap
	}
	for _, sub := range re.Sub {
		m = max(m, sub.MaxCap())
	}
	return m
}

// CapNames returns the names of the groups by their indices; names of groups
// without one, and of the whole, are empty.
func (re *Regexp) CapNames() []string {
	names := make([]string, re.MaxCap()+1)
	re.capNames(names)
	return names
}

func (re *Regexp) capNames(names []string) {
	if re.Op == OpCapture {
		names[re.Cap] = re.Name
	}
	for _, sub := range re.Sub {
		sub.capNames(names)
	}
}

// nullable reports whether the expression can match without taking a rune.
func (re *Regexp) nullable() bool {
	switch re.Op {
	case OpNoMatch, OpCharClass, OpAnyChar, OpAnyCharNotNL:
		return false
	case OpLiteral:
		return len(re.Rune) == 0
	case OpCapture, OpPlus:
		return re.Sub[0].nullable()
	case OpRepeat:
		return re.Min == 0 || re.Sub[0].nullable()
	case OpConcat:
		return !slices.ContainsFunc(re.Sub, func(sub *Regexp) bool { return !sub.nullable() })
	case OpAlternate:
		return slices.ContainsFunc(re.Sub, (*Regexp).nullable)
	}
	return true
}

func decimal(n int) string {
	if n < 0 {
		return "-" + decimal(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + string(rune('0'+n%10))
}
