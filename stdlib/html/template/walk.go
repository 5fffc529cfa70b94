// This file walks the trees of templates and finds the escapers that each
// action needs. The changes are noted, and made when the whole is known to be
// safe.

package template

import (
	"maps"
	"os"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

// escaper walks the templates of a name space.
type escaper struct {
	space *nameSpace
	// ends has the context behind each template that was walked, by its derived
	// name.
	ends map[string]context
	// derived has copies of templates for calls outside of text.
	derived map[string]*template.Template
	// called has the names of templates that were called.
	called map[string]bool
	// The changes.
	actions map[*parse.ActionNode][]string
	calls   map[*parse.TemplateNode]string
	texts   map[*parse.TextNode][]byte
	loop    *loop // the innermost range
}

// loop collects the contexts in which a range's list ends early.
type loop struct {
	outer             *loop
	breaks, continues []context
}

func newEscaper(space *nameSpace) escaper {
	return escaper{
		space: space, ends: map[string]context{}, derived: map[string]*template.Template{}, called: map[string]bool{},
		actions: map[*parse.ActionNode][]string{}, calls: map[*parse.TemplateNode]string{}, texts: map[*parse.TextNode][]byte{},
	}
}

// template is the template of the name in text/template, or the derived one.
func (e *escaper) template(name string) *template.Template {
	if t := e.space.any().Lookup(name); t != nil {
		return t
	}
	return e.derived[name]
}

// node walks a node and returns the context behind it.
func (e *escaper) node(c context, n parse.Node) context {
	switch n := n.(type) {
	case *parse.ActionNode:
		return e.action(c, n)
	case *parse.CommentNode:
		return c
	case *parse.IfNode:
		return e.branch(c, &n.BranchNode, "if")
	case *parse.ListNode:
		return e.list(c, n)
	case *parse.RangeNode:
		return e.branch(c, &n.BranchNode, "range")
	case *parse.TemplateNode:
		c, name := e.call(c, n, n.Name, n.Line)
		if name != n.Name {
			e.calls[n] = name
		}
		return c
	case *parse.TextNode:
		return e.text(c, n)
	case *parse.WithNode:
		return e.branch(c, &n.BranchNode, "with")
	case *parse.BreakNode:
		c.node = n
		e.loop.breaks = append(e.loop.breaks, c)
		return context{state: stateDead}
	case *parse.ContinueNode:
		c.node = n
		e.loop.continues = append(e.loop.continues, c)
		return context{state: stateDead}
	}
	panic("escaping " + n.String() + " is unimplemented")
}

func (e *escaper) list(c context, list *parse.ListNode) context {
	if list == nil {
		return c
	}
	for _, n := range list.Nodes {
		if c = e.node(c, n); c.state == stateDead {
			break
		}
	}
	return c
}

// action finds the escapers of an action that writes a value.
func (e *escaper) action(c context, n *parse.ActionNode) context {
	if len(n.Pipe.Decl) > 0 {
		return c
	}
	c = c.forAction()
	for i, cmd := range n.Pipe.Cmds {
		// Without quotes html escapes too little.
		name := function(cmd)
		bare := c.state == stateAttr && c.delim == delimSpaceOrTagEnd && name == "html"
		if predefined[name] && (i < len(n.Pipe.Cmds)-1 || bare) {
			return fail(ErrPredefinedEscaper, n, n.Line, "predefined escaper %q disallowed in template", name)
		}
	}
	var names []string
	switch c.state {
	case stateError:
		return c
	case stateURL, stateCSSDqStr, stateCSSSqStr, stateCSSDqURL, stateCSSSqURL, stateCSSURL:
		if c.urlPart == urlPartUnknown {
			return fail(ErrAmbigContext, n, n.Line, "%s appears in an ambiguous context within a URL", n)
		}
		names = forURL(c)
	case stateMetaContentURL:
		if filtersMeta() {
			names = []string{nameURLFilter}
		}
	case stateJS:
		names = []string{nameJSValue}
		c.jsCtx = jsCtxDivOp // behind a value
	case stateAttrName:
		names = []string{nameHTMLName}
	case stateAttr, stateMetaContent: // as all values, below
	default:
		name, ok := stateEscapers[c.state]
		if !ok && c.state.isComment() {
			name = nameComment
		}
		names = []string{name}
	}
	switch c.delim {
	case delimNone:
	case delimSpaceOrTagEnd:
		names = append(names, nameNospace)
	default:
		names = append(names, nameAttr)
	}
	e.actions[n] = names
	return c
}

// stateEscapers has the escapers of states that have just one.
var stateEscapers = map[state]string{
	stateText: nameHTML, stateRCDATA: nameRCDATA, stateSrcset: nameSrcset, stateCSS: nameCSSValue, stateJSDqStr: nameJSString,
	stateJSSqStr: nameJSString, stateJSTmplLit: nameJSTemplate, stateJSRegexp: nameJSRegexp,
}

// forURL is the escapers of a part of a URL. Strings of CSS need not be URLs,
// and are only kept from being dangerous ones.
func forURL(c context) []string {
	if c.urlPart == urlPartQueryOrFrag {
		return []string{nameURLQuery}
	}
	name := nameURL
	if c.state == stateCSSDqStr || c.state == stateCSSSqStr {
		name = nameCSSString
	}
	if c.urlPart == urlPartNone {
		return []string{nameURLFilter, name}
	}
	return []string{name}
}

// filtersMeta reports whether URLs in the content of meta are filtered:
// GODEBUG=htmlmetacontenturlescape=0 says no.
func filtersMeta() bool {
	on := true
	for setting := range strings.SplitSeq(os.Getenv("GODEBUG"), ",") {
		if value, ok := strings.CutPrefix(setting, "htmlmetacontenturlescape="); ok {
			on = value != "0"
		}
	}
	return on
}

// branch walks both lists of an if, range or with.
func (e *escaper) branch(c context, n *parse.BranchNode, name string) context {
	outer := e.loop
	defer func() { e.loop = outer }()
	ranges := name == "range"
	if ranges {
		e.loop = &loop{outer: outer}
	}
	end := e.list(c, n.List)
	if ranges && end.state != stateError {
		if end = e.loop.join(end); end.state == stateError {
			return end
		}
		// The next round begins where this one ended, and must end there, too.
		e.loop = &loop{outer: outer}
		again, _ := e.try(end, n.List, nil)
		if end = join(end, again, n, name); end.state == stateError {
			return end.inRange(n.Line, "on range loop re-entry: ")
		}
		if end = e.loop.join(end); end.state == stateError {
			return end
		}
	}
	e.loop = outer
	return join(end, e.list(c, n.ElseList), n, name)
}

// join is the context behind a range's list and the ways out of it.
func (l *loop) join(c context) context {
	for _, end := range l.breaks {
		if c = join(c, end, end.node, "range"); c.state == stateError {
			return c.inRange(end.node.(*parse.BreakNode).Line, "at range loop break: ")
		}
	}
	for _, end := range l.continues {
		if c = join(c, end, end.node, "range"); c.state == stateError {
			return c.inRange(end.node.(*parse.ContinueNode).Line, "at range loop continue: ")
		}
	}
	return c
}

// inRange says in c's error which way through a range has it.
func (c context) inRange(line int, what string) context {
	c.err.Line, c.err.Description = line, what+c.err.Description
	return c
}

// try walks a list with an escaper of its own, whose findings are kept if ok
// says so.
func (e *escaper) try(c context, list *parse.ListNode, ok func(*escaper, context) bool) (context, bool) {
	sub := newEscaper(e.space)
	sub.loop = e.loop
	maps.Copy(sub.ends, e.ends)
	c = sub.list(c, list)
	if ok == nil || !ok(&sub, c) {
		return c, false
	}
	maps.Copy(e.ends, sub.ends)
	maps.Copy(e.derived, sub.derived)
	maps.Copy(e.called, sub.called)
	maps.Copy(e.actions, sub.actions)
	maps.Copy(e.calls, sub.calls)
	maps.Copy(e.texts, sub.texts)
	return c, true
}

// call walks the template that is called in c. It returns the context behind
// it and the name of the template for this context.
func (e *escaper) call(c context, n parse.Node, name string, line int) (context, string) {
	derived := c.derivedName(name)
	e.called[derived] = true
	if end, ok := e.ends[derived]; ok {
		return end, derived
	}
	t := e.template(name)
	if t == nil || t.Tree == nil {
		if e.space.set[name] != nil {
			return fail(ErrNoSuchTemplate, n, line, "%q is an incomplete or empty template", name), derived
		}
		return fail(ErrNoSuchTemplate, n, line, "no such template %q", name), derived
	}
	if derived != name {
		copied := e.template(derived)
		if copied == nil {
			copied = template.New(derived)
			copied.Tree = &parse.Tree{Name: derived, Root: t.Root.CopyList()}
			e.derived[derived] = copied
		}
		t = copied
	}
	return e.end(c, t), derived
}

// end is the context behind a template that begins in c. A recursive one is
// assumed to end as it begins. If it does not, the context that it then ends in
// is tried for both: it holds for all but the outermost call.
func (e *escaper) end(c context, t *template.Template) context {
	end, ok := e.body(c, t)
	if !ok {
		var again context
		if again, ok = e.body(end, t); ok {
			end = again
		}
	}
	if !ok && end.state != stateError {
		return fail(ErrOutputContext, t.Root, 0, "cannot compute output context for template %s", t.Name())
	}
	return end
}

// body walks a template that begins in c; calls of itself are assumed to end
// there, too.
func (e *escaper) body(c context, t *template.Template) (context, bool) {
	e.ends[t.Name()] = c
	return e.try(c, t.Root, func(sub *escaper, end context) bool {
		return end.state != stateError && (!sub.called[t.Name()] || c.eq(end))
	})
}

// commit makes the changes and gives all templates that were walked the
// functions that they call now.
func (e *escaper) commit() {
	for name := range e.ends {
		e.template(name).Funcs(escapers)
	}
	text := e.space.any()
	for _, name := range slices.Sorted(maps.Keys(e.derived)) {
		if _, err := text.AddParseTree(name, e.derived[name].Tree); err != nil {
			panic("error adding derived template")
		}
	}
	for n, names := range e.actions {
		addEscapers(n.Pipe, names)
	}
	for n, name := range e.calls {
		n.Name = name
	}
	for n, text := range e.texts {
		n.Text = text
	}
	// Later walks must not make them again.
	clear(e.called)
	clear(e.actions)
	clear(e.calls)
	clear(e.texts)
}
