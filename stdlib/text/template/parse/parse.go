// This file parses templates.

package parse

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// Mode changes what the parser does.
type Mode uint

// The modes.
const (
	ParseComments Mode = 1 << iota // comments are nodes
	SkipFuncCheck                  // functions need not be defined
)

// The usual marks of actions.
const leftMark, rightMark = "{{", "}}"

// Tree is a parsed template.
type Tree struct {
	Name      string
	ParseName string // of the outermost template, for errors
	Root      *ListNode
	Mode      Mode
	text      string
	// The marks of actions, for the nodes' texts.
	left, right string
	funcs       []map[string]any
	lex         *lexer
	ahead       []token // tokens that were given back, the next one last
	line        int     // of the last token
	actionLine  int     // where the action began; 0 outside of actions
	vars        []string
	set         map[string]*Tree
	loops       int // depth of range
	depth       int // of parentheses
}

// New returns a tree to parse into.
func New(name string, funcs ...map[string]any) *Tree { return &Tree{Name: name, funcs: funcs} }

// Parse returns the trees of a template and of those that it defines.
func Parse(name, text, leftDelim, rightDelim string, funcs ...map[string]any) (map[string]*Tree, error) {
	set := map[string]*Tree{}
	t := New(name)
	t.text = text
	_, err := t.Parse(text, leftDelim, rightDelim, set, funcs...)
	return set, err
}

// Copy returns a deep copy.
func (t *Tree) Copy() *Tree {
	if t == nil {
		return nil
	}
	return &Tree{Name: t.Name, ParseName: t.ParseName, Root: t.Root.CopyList(), text: t.text, left: t.left, right: t.right}
}

// ErrorContext returns where a node is, and its text.
func (t *Tree) ErrorContext(n Node) (location, context string) {
	if tr := n.tree(); tr != nil {
		t = tr
	}
	before := t.text[:n.Position()]
	column := len(before) - (strings.LastIndexByte(before, '\n') + 1)
	return fmt.Sprintf("%s:%d:%d", t.ParseName, 1+strings.Count(before, "\n"), column), n.String()
}

// IsEmptyTree reports whether there is nothing but space and comments.
func IsEmptyTree(n Node) bool {
	switch n := n.(type) {
	case nil:
		return true
	case *CommentNode:
		return true
	case *ListNode:
		for _, sub := range n.Nodes {
			if !IsEmptyTree(sub) {
				return false
			}
		}
		return true
	case *TextNode:
		return len(strings.TrimSpace(string(n.Text))) == 0
	case *ActionNode, *IfNode, *RangeNode, *TemplateNode, *WithNode, *BreakNode, *ContinueNode:
		return false
	}
	panic("unknown node: " + n.String())
}

// Parse parses text. The tree, and those of the templates that it defines, are
// added to treeSet. Empty delimiters are the usual ones.
func (t *Tree) Parse(text, leftDelim, rightDelim string, treeSet map[string]*Tree, funcs ...map[string]any) (tree *Tree, err error) {
	defer t.recover(&err)
	t.ParseName = t.Name
	if leftDelim == "" {
		leftDelim = leftMark
	}
	if rightDelim == "" {
		rightDelim = rightMark
	}
	t.start(funcs, &lexer{in: text, left: leftDelim, right: rightDelim, line: 1, comments: t.Mode&ParseComments != 0}, treeSet)
	t.lex.breakOK, t.lex.continueOK = !t.hasFunction("break"), !t.hasFunction("continue")
	t.text = text
	t.parse()
	t.add()
	t.stop()
	return t, nil
}

func (t *Tree) start(funcs []map[string]any, lex *lexer, set map[string]*Tree) {
	t.Root = nil
	t.lex, t.ahead = lex, nil
	t.left, t.right = lex.left, lex.right
	t.vars = []string{"$"}
	t.funcs = funcs
	t.set = set
}

func (t *Tree) stop() { t.lex, t.ahead, t.vars, t.funcs, t.set = nil, nil, nil, nil, nil }

func (t *Tree) recover(err *error) {
	switch e := recover().(type) {
	case nil:
	case runtime.Error:
		panic(e)
	case error:
		*err = e
		t.stop()
	default:
		panic(e)
	}
}

// add puts the tree into the set, unless it would hide one that is not empty.
func (t *Tree) add() {
	if old := t.set[t.Name]; old == nil || IsEmptyTree(old.Root) {
		t.set[t.Name] = t
	} else if !IsEmptyTree(t.Root) {
		t.errorf("template: multiple definition of template %q", t.Name)
	}
}

func (t *Tree) hasFunction(name string) bool {
	for _, m := range t.funcs {
		if m[name] != nil {
			return true
		}
	}
	return false
}

// next returns the next token.
func (t *Tree) next() token {
	if n := len(t.ahead) - 1; n >= 0 {
		tok := t.ahead[n]
		t.ahead = t.ahead[:n]
		t.line = tok.line
		return tok
	}
	tok := t.lex.next()
	t.line = tok.line
	return tok
}

// back gives a token back.
func (t *Tree) back(tok token) { t.ahead = append(t.ahead, tok) }

func (t *Tree) peek() token {
	tok := t.next()
	t.back(tok)
	return tok
}

func (t *Tree) nextNonSpace() token {
	for {
		if tok := t.next(); tok.kind != tokSpace {
			return tok
		}
	}
}

func (t *Tree) peekNonSpace() token {
	tok := t.nextNonSpace()
	t.back(tok)
	return tok
}

// errorf ends the parser.
func (t *Tree) errorf(format string, args ...any) {
	t.Root = nil
	panic(fmt.Errorf("template: "+strings.ReplaceAll(t.ParseName, "%", "%%")+":"+strconv.Itoa(t.line)+": "+format, args...))
}

func (t *Tree) unexpected(tok token, context string) {
	if tok.kind == tokError {
		where := ""
		if t.actionLine != 0 && t.actionLine != tok.line {
			where = fmt.Sprintf(" in action started at %s:%d", t.ParseName, t.actionLine)
			if strings.HasSuffix(tok.text, " action") {
				where = strings.TrimPrefix(where, " in action")
			}
		}
		t.errorf("%s%s", tok, where)
	}
	t.errorf("unexpected %s in %s", tok, context)
}

func (t *Tree) expect(k kind, context string) token {
	tok := t.nextNonSpace()
	if tok.kind != k {
		t.unexpected(tok, context)
	}
	return tok
}

func (t *Tree) newList(pos Pos) *ListNode { return &ListNode{tr: t, NodeType: NodeList, Pos: pos} }

// parse parses the whole text.
func (t *Tree) parse() {
	t.Root = t.newList(t.peek().pos)
	for t.peek().kind != tokEOF {
		if left := t.peek(); left.kind == tokLeft {
			t.next()
			tok := t.nextNonSpace()
			if tok.kind == tokDefine {
				sub := New("definition")
				sub.text, sub.Mode, sub.ParseName = t.text, t.Mode, t.ParseName
				sub.start(t.funcs, t.lex, t.set)
				sub.ahead = t.ahead
				sub.definition()
				t.ahead = sub.ahead
				sub.stop()
				continue
			}
			t.back(tok)
			t.back(left)
		}
		n := t.textOrAction()
		if n.Type() == nodeEnd || n.Type() == nodeElse {
			t.errorf("unexpected %s", n)
		}
		t.Root.Nodes = append(t.Root.Nodes, n)
	}
}

// definition parses what follows {{define.
func (t *Tree) definition() {
	const context = "define clause"
	t.Name = t.stringConstant(context)
	t.expect(tokRight, context)
	var end Node
	t.Root, end = t.itemList()
	if end.Type() != nodeEnd {
		t.errorf("unexpected %s in %s", end, context)
	}
	t.add()
}

// stringConstant parses the name of a template.
func (t *Tree) stringConstant(context string) string {
	tok := t.nextNonSpace()
	if tok.kind != tokString && tok.kind != tokRaw {
		t.unexpected(tok, context)
	}
	s, err := strconv.Unquote(tok.text)
	if err != nil {
		t.errorf("%s", err)
	}
	return s
}

// itemList parses up to an end or else, which it returns too.
func (t *Tree) itemList() (list *ListNode, next Node) {
	list = t.newList(t.peekNonSpace().pos)
	for t.peekNonSpace().kind != tokEOF {
		n := t.textOrAction()
		if n.Type() == nodeEnd || n.Type() == nodeElse {
			return list, n
		}
		list.Nodes = append(list.Nodes, n)
	}
	t.errorf("unexpected EOF")
	return nil, nil
}

func (t *Tree) textOrAction() Node {
	switch tok := t.nextNonSpace(); tok.kind {
	case tokText:
		return &TextNode{tr: t, NodeType: NodeText, Pos: tok.pos, Text: []byte(tok.text)}
	case tokLeft:
		t.depth = 0
		t.actionLine = tok.line
		n := t.action()
		t.actionLine = 0
		return n
	case tokComment:
		return &CommentNode{tr: t, NodeType: NodeComment, Pos: tok.pos, Text: tok.text}
	default:
		t.unexpected(tok, "input")
	}
	return nil
}

// action parses what follows a left delimiter.
func (t *Tree) action() Node {
	tok := t.nextNonSpace()
	switch tok.kind {
	case tokBlock:
		return t.block()
	case tokBreak, tokContinue:
		if end := t.nextNonSpace(); end.kind != tokRight {
			t.unexpected(end, "{{"+tok.text+"}}")
		}
		if t.loops == 0 {
			t.errorf("{{%s}} outside {{range}}", tok.text)
		}
		if tok.kind == tokBreak {
			return &BreakNode{tr: t, NodeType: NodeBreak, Pos: tok.pos, Line: tok.line}
		}
		return &ContinueNode{tr: t, NodeType: NodeContinue, Pos: tok.pos, Line: tok.line}
	case tokElse:
		next := t.peekNonSpace()
		if next.kind == tokIf || next.kind == tokWith {
			// {{else if}} is an else with an if that needs no end of its own.
			return &elseNode{tr: t, NodeType: nodeElse, Pos: next.pos, Line: next.line}
		}
		tok := t.expect(tokRight, "else")
		return &elseNode{tr: t, NodeType: nodeElse, Pos: tok.pos, Line: tok.line}
	case tokEnd:
		return &endNode{tr: t, NodeType: nodeEnd, Pos: t.expect(tokRight, "end").pos}
	case tokIf:
		return &IfNode{t.control(NodeIf, "if")}
	case tokRange:
		return &RangeNode{t.control(NodeRange, "range")}
	case tokWith:
		return &WithNode{t.control(NodeWith, "with")}
	case tokTemplate:
		return t.template()
	}
	t.back(tok)
	first := t.peek()
	return &ActionNode{tr: t, NodeType: NodeAction, Pos: first.pos, Line: first.line, Pipe: t.pipeline("command", tokRight)}
}

// control parses what follows if, range or with.
func (t *Tree) control(typ NodeType, context string) BranchNode {
	vars := len(t.vars)
	defer func() { t.vars = t.vars[:vars] }()
	pipe := t.pipeline(context, tokRight)
	b := BranchNode{tr: t, NodeType: typ, Pos: pipe.Pos, Line: pipe.Line, Pipe: pipe}
	if typ == NodeRange {
		t.loops++
	}
	var next Node
	b.List, next = t.itemList()
	if typ == NodeRange {
		t.loops--
	}
	if next.Type() != nodeElse {
		return b
	}
	follow := t.peek()
	if typ == NodeIf && follow.kind == tokIf || typ == NodeWith && follow.kind == tokWith {
		t.next()
		b.ElseList = t.newList(next.Position())
		var sub Node
		if typ == NodeIf {
			sub = &IfNode{t.control(typ, context)}
		} else {
			sub = &WithNode{t.control(typ, context)}
		}
		b.ElseList.Nodes = append(b.ElseList.Nodes, sub)
		return b
	}
	b.ElseList, next = t.itemList()
	if next.Type() != nodeEnd {
		t.errorf("expected end; found %s", next)
	}
	return b
}

// block parses what follows {{block: a definition and its use.
func (t *Tree) block() Node {
	const context = "block clause"
	tok := t.nextNonSpace()
	t.back(tok)
	name := t.stringConstant(context)
	pipe := t.pipeline(context, tokRight)
	sub := New(name)
	sub.text, sub.Mode, sub.ParseName = t.text, t.Mode, t.ParseName
	sub.start(t.funcs, t.lex, t.set)
	sub.ahead = t.ahead
	var end Node
	sub.Root, end = sub.itemList()
	if end.Type() != nodeEnd {
		t.errorf("unexpected %s in %s", end, context)
	}
	t.ahead = sub.ahead
	sub.add()
	sub.stop()
	return &TemplateNode{tr: t, NodeType: NodeTemplate, Pos: tok.pos, Line: tok.line, Name: name, Pipe: pipe}
}

// template parses what follows {{template.
func (t *Tree) template() Node {
	const context = "template clause"
	tok := t.nextNonSpace()
	t.back(tok)
	n := &TemplateNode{tr: t, NodeType: NodeTemplate, Pos: tok.pos, Line: tok.line, Name: t.stringConstant(context)}
	if end := t.nextNonSpace(); end.kind != tokRight {
		t.back(end)
		n.Pipe = t.pipeline(context, tokRight)
	}
	return n
}

// pipeline parses a pipeline and the token that ends it.
func (t *Tree) pipeline(context string, end kind) *PipeNode {
	first := t.peekNonSpace()
	p := &PipeNode{tr: t, NodeType: NodePipe, Pos: first.pos, Line: first.line}
	t.declarations(p, context)
	for {
		switch tok := t.nextNonSpace(); tok.kind {
		case end:
			t.checkPipeline(p, context)
			return p
		case tokBool, tokChar, tokDot, tokField, tokIdent, tokNumber, tokNil, tokRaw, tokString, tokVariable, tokOpen:
			t.back(tok)
			p.Cmds = append(p.Cmds, t.command())
		default:
			t.unexpected(tok, context)
		}
	}
}

// declarations parses the variables of a pipeline, if it has some.
func (t *Tree) declarations(p *PipeNode, context string) {
	for {
		v := t.peekNonSpace()
		if v.kind != tokVariable {
			return
		}
		t.nextNonSpace()
		// What follows decides; a space must be given back with it.
		after := t.next()
		next := after
		if next.kind == tokSpace {
			next = t.nextNonSpace()
		}
		switch {
		case next.kind == tokAssign, next.kind == tokDeclare:
			p.IsAssign = next.kind == tokAssign
			t.declare(p, v)
			return
		case next.kind == tokOther && next.text == "," && context == "range" && len(p.Decl) < 2:
			t.declare(p, v)
			switch next := t.peekNonSpace(); next.kind {
			case tokVariable, tokRight, tokClose:
			default:
				t.errorf("range can only initialize variables")
			}
			if len(p.Decl) == 2 {
				t.errorf("too many declarations in %s", context)
			}
			continue
		case next.kind == tokOther && next.text == ",":
			t.errorf("too many declarations in %s", context)
		}
		t.back(next)
		if after.kind == tokSpace {
			t.back(after)
		}
		t.back(v)
		return
	}
}

func (t *Tree) declare(p *PipeNode, v token) {
	p.Decl = append(p.Decl, &VariableNode{tr: t, NodeType: NodeVariable, Pos: v.pos, Ident: []string{v.text}})
	t.vars = append(t.vars, v.text)
}

func (t *Tree) checkPipeline(p *PipeNode, context string) {
	if len(p.Cmds) == 0 {
		t.errorf("missing value for %s", context)
	}
	// Only the first command can be a value without a function.
	for i, c := range p.Cmds[1:] {
		switch c.Args[0].Type() {
		case NodeBool, NodeDot, NodeNil, NodeNumber, NodeString:
			t.errorf("non executable command in pipeline stage %d", i+2)
		}
	}
}

// command parses operands up to a bar, or the end, which it leaves.
func (t *Tree) command() *CommandNode {
	c := &CommandNode{tr: t, NodeType: NodeCommand, Pos: t.peekNonSpace().pos}
	for {
		t.peekNonSpace()
		if n := t.operand(); n != nil {
			c.Args = append(c.Args, n)
		}
		switch tok := t.next(); tok.kind {
		case tokSpace:
			continue
		case tokRight, tokClose:
			t.back(tok)
		case tokPipe:
		default:
			t.unexpected(tok, "operand")
		}
		break
	}
	if len(c.Args) == 0 {
		t.errorf("empty command")
	}
	return c
}

// operand parses a term with fields; nil if there is none.
func (t *Tree) operand() Node {
	n := t.term()
	if n == nil || t.peek().kind != tokField {
		return n
	}
	chain := &ChainNode{tr: t, NodeType: NodeChain, Pos: t.peek().pos, Node: n}
	for t.peek().kind == tokField {
		chain.Add(t.next().text)
	}
	switch n := n.(type) {
	case *FieldNode:
		return &FieldNode{tr: t, NodeType: NodeField, Pos: chain.Pos, Ident: append(n.Ident, chain.Field...)}
	case *VariableNode:
		return &VariableNode{tr: t, NodeType: NodeVariable, Pos: chain.Pos, Ident: append(n.Ident, chain.Field...)}
	case *BoolNode, *StringNode, *NumberNode, *NilNode, *DotNode:
		t.errorf("unexpected . after term %q", n)
	}
	return chain
}

// term parses an operand without fields.
func (t *Tree) term() Node {
	tok := t.nextNonSpace()
	switch tok.kind {
	case tokIdent:
		if t.Mode&SkipFuncCheck == 0 && !t.hasFunction(tok.text) {
			t.errorf("function %q not defined", tok.text)
		}
		return NewIdentifier(tok.text).SetTree(t).SetPos(tok.pos)
	case tokDot:
		return &DotNode{tr: t, NodeType: NodeDot, Pos: tok.pos}
	case tokNil:
		return &NilNode{tr: t, NodeType: NodeNil, Pos: tok.pos}
	case tokVariable:
		if !slices.Contains(t.vars, tok.text) {
			t.errorf("undefined variable %q", tok.text)
		}
		return &VariableNode{tr: t, NodeType: NodeVariable, Pos: tok.pos, Ident: []string{tok.text}}
	case tokField:
		return &FieldNode{tr: t, NodeType: NodeField, Pos: tok.pos, Ident: []string{tok.text[1:]}}
	case tokBool:
		return &BoolNode{tr: t, NodeType: NodeBool, Pos: tok.pos, True: tok.text == "true"}
	case tokChar, tokNumber:
		n, err := number(tok.text, tok.kind == tokChar)
		if err != nil {
			t.errorf("%s", err)
		}
		n.tr, n.Pos = t, tok.pos
		return n
	case tokOpen:
		if t.depth++; t.depth > 10000 {
			t.errorf("template: expression is nested too deeply")
		}
		p := t.pipeline("parenthesized pipeline", tokClose)
		t.depth--
		return p
	case tokString, tokRaw:
		s, err := strconv.Unquote(tok.text)
		if err != nil {
			t.errorf("%s", err)
		}
		return &StringNode{tr: t, NodeType: NodeString, Pos: tok.pos, Quoted: tok.text, Text: s}
	}
	t.back(tok)
	return nil
}
