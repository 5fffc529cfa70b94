// This file holds the nodes of texts, actions and control.

package parse

import (
	"strconv"
	"strings"
)

// mark writes text and pipe, if there is one, between the marks of the tree's
// template.
func (t *Tree) mark(b *strings.Builder, text string, pipe *PipeNode) {
	left, right := leftMark, rightMark
	if t != nil && t.left != "" {
		left, right = t.left, t.right
	}
	b.WriteString(left)
	b.WriteString(text)
	if pipe != nil {
		pipe.writeTo(b)
	}
	b.WriteString(right)
}

// ListNode is a sequence.
type ListNode struct {
	NodeType
	Pos
	tr    *Tree
	Nodes []Node
}

func (l *ListNode) tree() *Tree    { return l.tr }
func (l *ListNode) String() string { return text(l) }
func (l *ListNode) writeTo(b *strings.Builder) {
	for _, n := range l.Nodes {
		n.writeTo(b)
	}
}

// CopyList returns a deep copy.
func (l *ListNode) CopyList() *ListNode {
	if l == nil {
		return nil
	}
	c := *l
	c.Nodes = nil
	for _, n := range l.Nodes {
		c.Nodes = append(c.Nodes, n.Copy())
	}
	return &c
}

// Copy returns a deep copy.
func (l *ListNode) Copy() Node { return l.CopyList() }

// TextNode is text between actions.
type TextNode struct {
	NodeType
	Pos
	tr   *Tree
	Text []byte
}

func (t *TextNode) tree() *Tree                { return t.tr }
func (t *TextNode) String() string             { return string(t.Text) }
func (t *TextNode) writeTo(b *strings.Builder) { b.Write(t.Text) }

// Copy returns a copy.
func (t *TextNode) Copy() Node {
	c := *t
	c.Text = append([]byte{}, t.Text...)
	return &c
}

// CommentNode is a comment with its marks.
type CommentNode struct {
	NodeType
	Pos
	tr   *Tree
	Text string
}

func (c *CommentNode) tree() *Tree                { return c.tr }
func (c *CommentNode) String() string             { return text(c) }
func (c *CommentNode) writeTo(b *strings.Builder) { c.tr.mark(b, c.Text, nil) }

// Copy returns a copy.
func (c *CommentNode) Copy() Node { n := *c; return &n }

// ActionNode is a pipeline whose value is written.
type ActionNode struct {
	NodeType
	Pos
	tr   *Tree
	Line int
	Pipe *PipeNode
}

func (a *ActionNode) tree() *Tree    { return a.tr }
func (a *ActionNode) String() string { return text(a) }
func (a *ActionNode) writeTo(b *strings.Builder) {
	a.tr.mark(b, "", a.Pipe)
}

// Copy returns a deep copy.
func (a *ActionNode) Copy() Node {
	c := *a
	c.Pipe = a.Pipe.CopyPipe()
	return &c
}

// BranchNode is what if, range and with have in common.
type BranchNode struct {
	NodeType
	Pos
	tr       *Tree
	Line     int
	Pipe     *PipeNode
	List     *ListNode
	ElseList *ListNode // nil if there is no else
}

func (b *BranchNode) tree() *Tree    { return b.tr }
func (b *BranchNode) String() string { return text(b) }
func (b *BranchNode) writeTo(out *strings.Builder) {
	word := ""
	switch b.NodeType {
	case NodeIf:
		word = "if "
	case NodeRange:
		word = "range "
	case NodeWith:
		word = "with "
	default:
		panic("unknown branch type")
	}
	b.tr.mark(out, word, b.Pipe)
	b.List.writeTo(out)
	if b.ElseList != nil {
		b.tr.mark(out, "else", nil)
		b.ElseList.writeTo(out)
	}
	b.tr.mark(out, "end", nil)
}

func (b *BranchNode) copyBranch() BranchNode {
	c := *b
	c.Pipe, c.List, c.ElseList = b.Pipe.CopyPipe(), b.List.CopyList(), b.ElseList.CopyList()
	return c
}

// Copy returns a deep copy.
func (b *BranchNode) Copy() Node {
	switch b.NodeType {
	case NodeIf:
		return &IfNode{b.copyBranch()}
	case NodeRange:
		return &RangeNode{b.copyBranch()}
	case NodeWith:
		return &WithNode{b.copyBranch()}
	}
	panic("unknown branch type")
}

// IfNode is an if.
type IfNode struct{ BranchNode }

// Copy returns a deep copy.
func (i *IfNode) Copy() Node { return &IfNode{i.copyBranch()} }

// RangeNode is a range.
type RangeNode struct{ BranchNode }

// Copy returns a deep copy.
func (r *RangeNode) Copy() Node { return &RangeNode{r.copyBranch()} }

// WithNode is a with.
type WithNode struct{ BranchNode }

// Copy returns a deep copy.
func (w *WithNode) Copy() Node { return &WithNode{w.copyBranch()} }

// BreakNode ends a range.
type BreakNode struct {
	tr *Tree
	NodeType
	Pos
	Line int
}

func (b *BreakNode) tree() *Tree                  { return b.tr }
func (b *BreakNode) String() string               { return text(b) }
func (b *BreakNode) writeTo(out *strings.Builder) { b.tr.mark(out, "break", nil) }

// Copy returns a copy.
func (b *BreakNode) Copy() Node { c := *b; return &c }

// ContinueNode goes on with the next round of a range.
type ContinueNode struct {
	tr *Tree
	NodeType
	Pos
	Line int
}

func (c *ContinueNode) tree() *Tree                { return c.tr }
func (c *ContinueNode) String() string             { return text(c) }
func (c *ContinueNode) writeTo(b *strings.Builder) { c.tr.mark(b, "continue", nil) }

// Copy returns a copy.
func (c *ContinueNode) Copy() Node { n := *c; return &n }

// TemplateNode executes another template.
type TemplateNode struct {
	NodeType
	Pos
	tr   *Tree
	Line int
	Name string
	Pipe *PipeNode // its dot; nil if there is none
}

func (t *TemplateNode) tree() *Tree    { return t.tr }
func (t *TemplateNode) String() string { return text(t) }
func (t *TemplateNode) writeTo(b *strings.Builder) {
	word := "template " + strconv.Quote(t.Name)
	if t.Pipe != nil {
		word += " "
	}
	t.tr.mark(b, word, t.Pipe)
}

// Copy returns a deep copy.
func (t *TemplateNode) Copy() Node {
	c := *t
	c.Pipe = t.Pipe.CopyPipe()
	return &c
}

// endNode and elseNode are what ends a list.
type endNode struct {
	NodeType
	Pos
	tr *Tree
}

func (e *endNode) tree() *Tree                { return e.tr }
func (e *endNode) String() string             { return text(e) }
func (e *endNode) writeTo(b *strings.Builder) { e.tr.mark(b, "end", nil) }
func (e *endNode) Copy() Node                 { c := *e; return &c }

type elseNode struct {
	NodeType
	Pos
	tr   *Tree
	Line int
}

func (e *elseNode) tree() *Tree                { return e.tr }
func (e *elseNode) String() string             { return text(e) }
func (e *elseNode) writeTo(b *strings.Builder) { e.tr.mark(b, "else", nil) }
func (e *elseNode) Copy() Node                 { c := *e; return &c }
