// This file holds templates: those of text/template, which are escaped before
// they are first executed.

// Package template executes templates of HTML. It is text/template, with escapes
// for each value that depend on where in the document it is written, so that
// data cannot change the structure of the page or run scripts. Go's
// documentation of html/template describes what is escaped how.
package template

import (
	"fmt"
	"io"
	"sync"
	"text/template"
	"text/template/parse"
)

// FuncMap has functions by their names, as that of text/template.
type FuncMap = template.FuncMap

// Template is a template of HTML, with others that are associated with it.
type Template struct {
	text *template.Template
	// Tree is the tree, with escapers once the template was executed.
	Tree    *parse.Tree
	space   *nameSpace
	escaped bool  // without error
	err     error // of escaping
}

// nameSpace is what associated templates share. Escaping one may change others.
type nameSpace struct {
	mu      sync.Mutex
	set     map[string]*Template
	escaped bool // some template was executed
	escaper escaper
}

func newNameSpace() *nameSpace {
	s := &nameSpace{set: map[string]*Template{}}
	s.escaper = newEscaper(s)
	return s
}

// any is one of the templates in text/template, to look others up with.
func (s *nameSpace) any() *template.Template {
	for _, t := range s.set {
		return t.text
	}
	panic("no templates in name space")
}

// New returns an empty template.
func New(name string) *Template {
	t := &Template{text: template.New(name), space: newNameSpace()}
	t.space.set[name] = t
	return t
}

// New returns an empty template associated with t, with its delimiters. One of
// the same name is reset and no longer associated.
func (t *Template) New(name string) *Template {
	t.space.mu.Lock()
	defer t.space.mu.Unlock()
	return t.add(name)
}

func (t *Template) add(name string) *Template {
	n := &Template{text: t.text.New(name), space: t.space}
	if old, ok := n.space.set[name]; ok {
		*old = *New(old.Name())
	}
	n.space.set[name] = n
	return n
}

// Must returns t, and panics if there is an error.
func Must(t *Template, err error) *Template {
	if err != nil {
		panic(err)
	}
	return t
}

// Name returns the template's name.
func (t *Template) Name() string { return t.text.Name() }

// Templates returns all associated templates, t among them.
func (t *Template) Templates() []*Template {
	t.space.mu.Lock()
	defer t.space.mu.Unlock()
	list := make([]*Template, 0, len(t.space.set))
	for _, sub := range t.space.set {
		list = append(list, sub)
	}
	return list
}

// Lookup returns the associated template of the name, nil if there is none.
func (t *Template) Lookup(name string) *Template {
	t.space.mu.Lock()
	defer t.space.mu.Unlock()
	return t.space.set[name]
}

// DefinedTemplates lists the associated templates as "; defined templates are:
// ...", nothing if there are none.
func (t *Template) DefinedTemplates() string { return t.text.DefinedTemplates() }

// Delims sets the delimiters of actions for what is parsed from now on.
func (t *Template) Delims(left, right string) *Template {
	t.text.Delims(left, right)
	return t
}

// Funcs adds functions. It panics if a name or a function does not do.
func (t *Template) Funcs(funcMap FuncMap) *Template {
	t.text.Funcs(funcMap)
	return t
}

// Option sets options: missingkey=default, invalid, zero or error.
func (t *Template) Option(opt ...string) *Template {
	t.text.Option(opt...)
	return t
}

// canParse reports an error if templates were executed: what they call must
// not change any more.
func (t *Template) canParse() error {
	if t == nil {
		return nil
	}
	t.space.mu.Lock()
	defer t.space.mu.Unlock()
	if t.space.escaped {
		return fmt.Errorf("html/template: cannot Parse after Execute")
	}
	return nil
}

// Parse parses text as the body of t. Templates that it defines are associated
// with t. It is an error after an execution.
func (t *Template) Parse(text string) (*Template, error) {
	if err := t.canParse(); err != nil {
		return nil, err
	}
	parsed, err := t.text.Parse(text)
	if err != nil {
		return nil, err
	}
	t.space.mu.Lock()
	defer t.space.mu.Unlock()
	for _, sub := range parsed.Templates() {
		own := t.space.set[sub.Name()]
		if own == nil {
			own = t.add(sub.Name())
		}
		own.text, own.Tree = sub, sub.Tree
	}
	return t, nil
}

// AddParseTree associates the template of a tree with t. It is an error after
// an execution.
func (t *Template) AddParseTree(name string, tree *parse.Tree) (*Template, error) {
	if err := t.canParse(); err != nil {
		return nil, err
	}
	t.space.mu.Lock()
	defer t.space.mu.Unlock()
	text, err := t.text.AddParseTree(name, tree)
	if err != nil {
		return nil, err
	}
	n := &Template{text: text, Tree: text.Tree, space: t.space}
	t.space.set[name] = n
	return n, nil
}

// Clone returns a copy of t and of all associated templates. It is an error
// after an execution.
func (t *Template) Clone() (*Template, error) {
	t.space.mu.Lock()
	defer t.space.mu.Unlock()
	if t.executed() {
		return nil, t.cloneError()
	}
	text, err := t.text.Clone()
	if err != nil {
		return nil, err
	}
	c := &Template{text: text, Tree: text.Tree, space: newNameSpace()}
	c.space.set[c.Name()] = c
	for _, sub := range text.Templates() {
		if from := t.space.set[sub.Name()]; from == nil || from.executed() {
			return nil, t.cloneError()
		}
		sub.Tree = sub.Tree.Copy()
		c.space.set[sub.Name()] = &Template{text: sub, Tree: sub.Tree, space: c.space}
	}
	return c.space.set[c.Name()], nil
}

func (t *Template) executed() bool { return t.escaped || t.err != nil }

func (t *Template) cloneError() error {
	return fmt.Errorf("html/template: cannot Clone %q after it has executed", t.Name())
}

// Execute executes the template with data as its dot and writes to wr.
func (t *Template) Execute(wr io.Writer, data any) error {
	if err := t.prepare(); err != nil {
		return err
	}
	return t.text.Execute(wr, data)
}

// prepare escapes t if it has not been.
func (t *Template) prepare() error {
	t.space.mu.Lock()
	defer t.space.mu.Unlock()
	t.space.escaped = true
	switch {
	case t.err != nil:
		return t.err
	case t.escaped:
		return nil
	case t.Tree == nil:
		return fmt.Errorf("template: %q is an incomplete or empty template", t.Name())
	}
	return t.escape()
}

// ExecuteTemplate executes the associated template of the name.
func (t *Template) ExecuteTemplate(wr io.Writer, name string, data any) error {
	sub, err := t.prepareNamed(name)
	if err != nil {
		return err
	}
	return sub.text.Execute(wr, data)
}

func (t *Template) prepareNamed(name string) (*Template, error) {
	t.space.mu.Lock()
	defer t.space.mu.Unlock()
	t.space.escaped = true
	sub := t.space.set[name]
	switch {
	case sub == nil:
		return nil, fmt.Errorf("html/template: %q is undefined", name)
	case sub.err != nil:
		return nil, sub.err
	case sub.text.Tree == nil || sub.text.Root == nil:
		return nil, fmt.Errorf("html/template: %q is an incomplete template", name)
	case sub.escaped:
		return sub, nil
	}
	return sub, sub.escape()
}

// escape puts the escapers into t and the templates that it calls. If that
// cannot be done, t cannot be executed.
func (t *Template) escape() error {
	name := t.Name()
	e := &t.space.escaper
	end, _ := e.call(context{}, t.text.Root, name, 0)
	var err error
	if end.err != nil {
		end.err.Name = name
		err = end.err
	} else if end.state != stateText {
		err = &Error{ErrorCode: ErrEndContext, Name: name, Description: "ends in a non-text context: " + end.String()}
	}
	// The template of this name may be another than t by now.
	own := t.space.set[name]
	if err != nil {
		if own != nil {
			own.err, own.text.Tree, own.Tree = err, nil, nil
		}
		return err
	}
	e.commit()
	if own != nil {
		own.escaped, own.Tree = true, own.text.Tree
	}
	return nil
}
