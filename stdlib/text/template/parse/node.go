// This file holds the nodes of a template's tree that stand in actions: values
// and pipelines. control.go has the others.

// Package parse builds trees of templates. text/template uses it; other
// programs mostly need not.
package parse

import (
	"fmt"
	"strconv"
	"strings"
)

// Node is an element of a tree.
type Node interface {
	Type() NodeType
	// String returns the node as it could stand in a template.
	String() string
	// Copy returns a deep copy.
	Copy() Node
	Position() Pos // offset in the text of the template
	tree() *Tree
	writeTo(*strings.Builder)
}

// NodeType tells the kinds of nodes apart.
type NodeType int

// Type returns the kind itself, so that nodes have the method by embedding it.
func (t NodeType) Type() NodeType { return t }

// The kinds of nodes. Two between them never reach a tree.
const (
	NodeText NodeType = iota
	NodeAction
	NodeBool
	NodeChain
	NodeCommand
	NodeDot
	nodeElse
	nodeEnd
	NodeField
	NodeIdentifier
	NodeIf
	NodeList
	NodeNil
	NodeNumber
	NodePipe
	NodeRange
	NodeString
	NodeTemplate
	NodeVariable
	NodeWith
	NodeComment
	NodeBreak
	NodeContinue
)

// Pos is an offset in the text of a template.
type Pos int

// Position returns the offset itself.
func (p Pos) Position() Pos { return p }

// text is the text of a node that writes itself.
func text(n Node) string {
	var b strings.Builder
	n.writeTo(&b)
	return b.String()
}

// PipeNode is a pipeline, perhaps with variables for its value.
type PipeNode struct {
	NodeType
	Pos
	tr       *Tree
	Line     int
	IsAssign bool            // the variables are there already
	Decl     []*VariableNode // the variables
	Cmds     []*CommandNode
}

func (p *PipeNode) tree() *Tree    { return p.tr }
func (p *PipeNode) String() string { return text(p) }
func (p *PipeNode) writeTo(b *strings.Builder) {
	for i, v := range p.Decl {
		if i > 0 {
			b.WriteString(", ")
		}
		v.writeTo(b)
	}
	if len(p.Decl) > 0 {
		if p.IsAssign {
			b.WriteString(" = ")
		} else {
			b.WriteString(" := ")
		}
	}
	for i, c := range p.Cmds {
		if i > 0 {
			b.WriteString(" | ")
		}
		c.writeTo(b)
	}
}

// CopyPipe returns a deep copy.
func (p *PipeNode) CopyPipe() *PipeNode {
	if p == nil {
		return nil
	}
	c := *p
	c.Decl = nil
	for _, v := range p.Decl {
		c.Decl = append(c.Decl, v.Copy().(*VariableNode))
	}
	c.Cmds = nil
	for _, cmd := range p.Cmds {
		c.Cmds = append(c.Cmds, cmd.Copy().(*CommandNode))
	}
	return &c
}

// Copy returns a deep copy.
func (p *PipeNode) Copy() Node { return p.CopyPipe() }

// CommandNode is one command of a pipeline.
type CommandNode struct {
	NodeType
	Pos
	tr   *Tree
	Args []Node // function or value first
}

func (c *CommandNode) tree() *Tree    { return c.tr }
func (c *CommandNode) String() string { return text(c) }
func (c *CommandNode) writeTo(b *strings.Builder) {
	for i, arg := range c.Args {
		if i > 0 {
			b.WriteByte(' ')
		}
		writeOperand(b, arg)
	}
}

// writeOperand writes a pipeline in parentheses.
func writeOperand(b *strings.Builder, n Node) {
	if p, ok := n.(*PipeNode); ok {
		b.WriteByte('(')
		p.writeTo(b)
		b.WriteByte(')')
		return
	}
	n.writeTo(b)
}

// Copy returns a deep copy.
func (c *CommandNode) Copy() Node {
	if c == nil {
		return c
	}
	n := *c
	n.Args = nil
	for _, arg := range c.Args {
		n.Args = append(n.Args, arg.Copy())
	}
	return &n
}

// IdentifierNode is the name of a function.
type IdentifierNode struct {
	NodeType
	Pos
	tr    *Tree
	Ident string
}

// NewIdentifier returns a node for a function's name.
func NewIdentifier(ident string) *IdentifierNode {
	return &IdentifierNode{NodeType: NodeIdentifier, Ident: ident}
}

// SetPos sets the position and returns the node.
func (i *IdentifierNode) SetPos(pos Pos) *IdentifierNode {
	i.Pos = pos
	return i
}

// SetTree sets the tree and returns the node.
func (i *IdentifierNode) SetTree(t *Tree) *IdentifierNode {
	i.tr = t
	return i
}

func (i *IdentifierNode) tree() *Tree                { return i.tr }
func (i *IdentifierNode) String() string             { return i.Ident }
func (i *IdentifierNode) writeTo(b *strings.Builder) { b.WriteString(i.Ident) }

// Copy returns a copy.
func (i *IdentifierNode) Copy() Node { c := *i; return &c }

// VariableNode is a variable, perhaps with fields: $x.Field.
type VariableNode struct {
	NodeType
	Pos
	tr    *Tree
	Ident []string
}

func (v *VariableNode) tree() *Tree                { return v.tr }
func (v *VariableNode) String() string             { return text(v) }
func (v *VariableNode) writeTo(b *strings.Builder) { b.WriteString(strings.Join(v.Ident, ".")) }

// Copy returns a copy.
func (v *VariableNode) Copy() Node {
	c := *v
	c.Ident = append([]string(nil), v.Ident...)
	return &c
}

// DotNode is the dot.
type DotNode struct {
	NodeType
	Pos
	tr *Tree
}

// Type returns NodeDot.
func (d *DotNode) Type() NodeType             { return NodeDot }
func (d *DotNode) tree() *Tree                { return d.tr }
func (d *DotNode) String() string             { return "." }
func (d *DotNode) writeTo(b *strings.Builder) { b.WriteString(".") }

// Copy returns a copy.
func (d *DotNode) Copy() Node { c := *d; return &c }

// NilNode is the constant nil.
type NilNode struct {
	NodeType
	Pos
	tr *Tree
}

// Type returns NodeNil.
func (n *NilNode) Type() NodeType             { return NodeNil }
func (n *NilNode) tree() *Tree                { return n.tr }
func (n *NilNode) String() string             { return "nil" }
func (n *NilNode) writeTo(b *strings.Builder) { b.WriteString("nil") }

// Copy returns a copy.
func (n *NilNode) Copy() Node { c := *n; return &c }

// FieldNode is a field of the dot, perhaps with fields of its own: .A.B.
type FieldNode struct {
	NodeType
	Pos
	tr    *Tree
	Ident []string
}

func (f *FieldNode) tree() *Tree    { return f.tr }
func (f *FieldNode) String() string { return text(f) }
func (f *FieldNode) writeTo(b *strings.Builder) {
	for _, name := range f.Ident {
		b.WriteString("." + name)
	}
}

// Copy returns a copy.
func (f *FieldNode) Copy() Node {
	c := *f
	c.Ident = append([]string(nil), f.Ident...)
	return &c
}

// ChainNode is a value in parentheses with fields behind it.
type ChainNode struct {
	NodeType
	Pos
	tr    *Tree
	Node  Node
	Field []string
}

// Add appends a field, which begins with a period.
func (c *ChainNode) Add(field string) {
	if len(field) == 0 || field[0] != '.' {
		panic("no dot in field")
	}
	field = field[1:]
	if field == "" {
		panic("empty field")
	}
	c.Field = append(c.Field, field)
}

func (c *ChainNode) tree() *Tree    { return c.tr }
func (c *ChainNode) String() string { return text(c) }
func (c *ChainNode) writeTo(b *strings.Builder) {
	writeOperand(b, c.Node)
	for _, name := range c.Field {
		b.WriteString("." + name)
	}
}

// Copy returns a deep copy.
func (c *ChainNode) Copy() Node {
	n := *c
	n.Node = c.Node.Copy()
	n.Field = append([]string(nil), c.Field...)
	return &n
}

// BoolNode is true or false.
type BoolNode struct {
	NodeType
	Pos
	tr   *Tree
	True bool
}

func (b *BoolNode) tree() *Tree                  { return b.tr }
func (b *BoolNode) String() string               { return strconv.FormatBool(b.True) }
func (b *BoolNode) writeTo(out *strings.Builder) { out.WriteString(b.String()) }

// Copy returns a copy.
func (b *BoolNode) Copy() Node { c := *b; return &c }

// StringNode is a string.
type StringNode struct {
	NodeType
	Pos
	tr     *Tree
	Quoted string // as it stands in the template
	Text   string
}

func (s *StringNode) tree() *Tree                { return s.tr }
func (s *StringNode) String() string             { return s.Quoted }
func (s *StringNode) writeTo(b *strings.Builder) { b.WriteString(s.Quoted) }

// Copy returns a copy.
func (s *StringNode) Copy() Node { c := *s; return &c }

// NumberNode is a number, with its value in all types that can have it.
type NumberNode struct {
	NodeType
	Pos
	tr         *Tree
	IsInt      bool
	IsUint     bool
	IsFloat    bool
	IsComplex  bool
	Int64      int64
	Uint64     uint64
	Float64    float64
	Complex128 complex128
	Text       string // as it stands in the template
}

func (n *NumberNode) tree() *Tree                { return n.tr }
func (n *NumberNode) String() string             { return n.Text }
func (n *NumberNode) writeTo(b *strings.Builder) { b.WriteString(n.Text) }

// Copy returns a copy.
func (n *NumberNode) Copy() Node { c := *n; return &c }

// number fills in the values of a number or character.
func number(s string, char bool) (*NumberNode, error) {
	n := &NumberNode{NodeType: NodeNumber, Text: s}
	switch {
	case char:
		r, _, rest, err := strconv.UnquoteChar(s[1:], s[0])
		if err != nil {
			return nil, err
		}
		if rest != "'" {
			return nil, fmt.Errorf("malformed character constant: %s", s)
		}
		n.IsInt, n.Int64 = true, int64(r)
		n.IsUint, n.Uint64 = true, uint64(r)
		n.IsFloat, n.Float64 = true, float64(r)
		return n, nil
	case strings.HasSuffix(s, "i"):
		// fmt reads complex numbers; a lone imaginary part is one too.
		f, err := strconv.ParseFloat(s[:len(s)-1], 64)
		switch {
		case err == nil:
			n.Complex128 = complex(0, f)
		case !twoParts(s):
			return nil, fmt.Errorf("illegal number syntax: %q", s)
		default:
			if _, err := fmt.Sscan(s, &n.Complex128); err != nil {
				return nil, err
			}
		}
		n.IsComplex = true
		n.simplify()
		return n, nil
	}
	if u, err := strconv.ParseUint(s, 0, 64); err == nil {
		n.IsUint, n.Uint64 = true, u
	}
	if i, err := strconv.ParseInt(s, 0, 64); err == nil {
		n.IsInt, n.Int64 = true, i
		if i == 0 {
			n.IsUint = true // -0
		}
	}
	switch {
	case n.IsInt:
		n.IsFloat, n.Float64 = true, float64(n.Int64)
	case n.IsUint:
		n.IsFloat, n.Float64 = true, float64(n.Uint64)
	default:
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			break
		}
		// Digits alone are an integer that is too large.
		if !strings.ContainsAny(s, ".eEpP") {
			return nil, fmt.Errorf("integer overflow: %q", s)
		}
		n.IsFloat, n.Float64 = true, f
		n.integers()
	}
	if !n.IsInt && !n.IsUint && !n.IsFloat {
		return nil, fmt.Errorf("illegal number syntax: %q", s)
	}
	return n, nil
}

// twoParts reports whether a sign in the number is not that of an exponent.
func twoParts(s string) bool {
	exponent := "eE"
	if strings.HasPrefix(strings.TrimLeft(s, "+-"), "0x") || strings.HasPrefix(strings.TrimLeft(s, "+-"), "0X") {
		exponent = "pP"
	}
	for i := 1; i < len(s); i++ {
		if (s[i] == '+' || s[i] == '-') && strings.IndexByte(exponent, s[i-1]) < 0 {
			return true
		}
	}
	return false
}

// simplify adds the real values of a complex number without imaginary part.
func (n *NumberNode) simplify() {
	if n.IsFloat = imag(n.Complex128) == 0; n.IsFloat {
		n.Float64 = real(n.Complex128)
		n.integers()
	}
}

// integers adds the integer values of a float that has them.
func (n *NumberNode) integers() {
	if i := int64(n.Float64); float64(i) == n.Float64 {
		n.IsInt, n.Int64 = true, i
	}
	if u := uint64(n.Float64); n.Float64 >= 0 && float64(u) == n.Float64 {
		n.IsUint, n.Uint64 = true, u
	}
}
