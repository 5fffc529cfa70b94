// This file holds templates and what they share by association.

// Package template executes templates: texts with actions in {{ }} that write
// values, choose and repeat. The documentation of Go's package of this name
// describes the language.
package template

import (
	"fmt"
	"internal/templatefile"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
)

// FuncMap has functions by their names. They return one value, or a value and
// an error that ends the execution.
type FuncMap map[string]any

// common is what associated templates share.
type common struct {
	mu      sync.RWMutex
	set     map[string]*Template
	missing missingKey
	parse   FuncMap // functions for the parser
	exec    map[string]reflect.Value
}

// missingKey is what an index of a map without the key does.
type missingKey int

const (
	missingInvalid missingKey = iota // gives <no value>
	missingZero                      // gives the zero value
	missingError                     // is an error
)

// Template is a parsed template, with others that are associated with it.
type Template struct {
	name string
	*parse.Tree
	*common
	left, right string
}

// New returns an empty template.
func New(name string) *Template { return &Template{name: name} }

// Name returns the template's name.
func (t *Template) Name() string { return t.name }

// New returns an empty template associated with t, with its delimiters.
func (t *Template) New(name string) *Template {
	t.init()
	return &Template{name: name, common: t.common, left: t.left, right: t.right}
}

func (t *Template) init() {
	if t.common == nil {
		t.common = &common{set: map[string]*Template{}, parse: FuncMap{}, exec: map[string]reflect.Value{}}
	}
}

// Must returns t, and panics if there is an error.
func Must(t *Template, err error) *Template {
	if err != nil {
		panic(err)
	}
	return t
}

// Clone returns a copy of t and all that is associated with it.
func (t *Template) Clone() (*Template, error) {
	c := &Template{name: t.name, Tree: t.Tree, left: t.left, right: t.right}
	c.init()
	if t.common == nil {
		return c, nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	c.missing = t.missing
	for name, sub := range t.set {
		if name == t.name {
			c.set[name] = c
			continue
		}
		c.set[name] = &Template{name: sub.name, Tree: sub.Tree, common: c.common, left: sub.left, right: sub.right}
	}
	maps.Copy(c.parse, t.parse)
	maps.Copy(c.exec, t.exec)
	return c, nil
}

// AddParseTree associates the template of a tree with t.
func (t *Template) AddParseTree(name string, tree *parse.Tree) (*Template, error) {
	t.init()
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t
	if name != t.name {
		n = t.New(name)
	}
	if t.associate(n, tree) || n.Tree == nil {
		n.Tree = tree
	}
	return n, nil
}

// associate puts n into the set, unless an empty tree would take the place of
// another.
func (t *Template) associate(n *Template, tree *parse.Tree) bool {
	if old := t.set[n.name]; old != nil && parse.IsEmptyTree(tree.Root) && old.Tree != nil {
		return false
	}
	t.set[n.name] = n
	return true
}

// Templates returns all associated templates, t among them if it is parsed.
func (t *Template) Templates() []*Template {
	if t.common == nil {
		return nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	return slices.Collect(maps.Values(t.set))
}

// Lookup returns the associated template of the name, nil if there is none.
func (t *Template) Lookup(name string) *Template {
	if t.common == nil {
		return nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.set[name]
}

// DefinedTemplates lists the associated templates as "; defined templates are:
// ...", nothing if there are none.
func (t *Template) DefinedTemplates() string {
	if t.common == nil {
		return ""
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	var names []string
	for name, sub := range t.set {
		if sub.Tree != nil && sub.Root != nil {
			names = append(names, fmt.Sprintf("%q", name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; defined templates are: " + strings.Join(names, ", ")
}

// Delims sets the delimiters of actions for what is parsed from now on.
func (t *Template) Delims(left, right string) *Template {
	t.init()
	t.left, t.right = left, right
	return t
}

// Funcs adds functions. It panics if a name or a function does not do.
func (t *Template) Funcs(funcMap FuncMap) *Template {
	t.init()
	t.mu.Lock()
	defer t.mu.Unlock()
	addFuncs(t.exec, funcMap)
	maps.Copy(t.parse, funcMap)
	return t
}

// Option sets options: missingkey=default, invalid, zero or error.
func (t *Template) Option(opt ...string) *Template {
	t.init()
	for _, s := range opt {
		if s == "" {
			panic("empty option string")
		}
		key, value, ok := strings.Cut(s, "=")
		if ok && key == "missingkey" {
			switch value {
			case "invalid", "default":
				t.missing = missingInvalid
				continue
			case "zero":
				t.missing = missingZero
				continue
			case "error":
				t.missing = missingError
				continue
			}
		}
		panic("unrecognized option: " + s)
	}
	return t
}

// Parse parses text as the body of t. Templates that it defines are associated
// with t.
func (t *Template) Parse(text string) (*Template, error) {
	t.init()
	t.mu.RLock()
	trees, err := parse.Parse(t.name, text, t.left, t.right, t.parse, builtins)
	t.mu.RUnlock()
	if err != nil {
		return nil, err
	}
	for name, tree := range trees {
		if _, err := t.AddParseTree(name, tree); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// ParseFiles parses files into templates named after them; the first is the
// result.
func ParseFiles(filenames ...string) (*Template, error) {
	return parseFiles(nil, templatefile.OS(filenames))
}

// ParseFiles parses files into templates associated with t.
func (t *Template) ParseFiles(filenames ...string) (*Template, error) {
	t.init()
	return parseFiles(t, templatefile.OS(filenames))
}

func parseFiles(t *Template, files []templatefile.File) (*Template, error) {
	err := templatefile.Parse("template", files, func(name, text string) error {
		if t == nil {
			t = New(name)
		}
		n := t
		if name != t.name {
			n = t.New(name)
		}
		_, err := n.Parse(text)
		return err
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// ParseGlob is ParseFiles for the files that match a pattern.
func ParseGlob(pattern string) (*Template, error) { return parseGlob(nil, pattern) }

// ParseGlob is ParseFiles for the files that match a pattern.
func (t *Template) ParseGlob(pattern string) (*Template, error) {
	t.init()
	return parseGlob(t, pattern)
}

func parseGlob(t *Template, pattern string) (*Template, error) {
	files, err := templatefile.Glob("template", pattern)
	if err != nil {
		return nil, err
	}
	return parseFiles(t, files)
}

// ParseFS is ParseGlob for patterns in a file system.
func ParseFS(fsys fs.FS, patterns ...string) (*Template, error) { return parseFS(nil, fsys, patterns) }

// ParseFS is ParseGlob for patterns in a file system.
func (t *Template) ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	t.init()
	return parseFS(t, fsys, patterns)
}

func parseFS(t *Template, fsys fs.FS, patterns []string) (*Template, error) {
	files, err := templatefile.FS(fsys, patterns)
	if err != nil {
		return nil, err
	}
	return parseFiles(t, files)
}
