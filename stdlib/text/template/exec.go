// This file executes the nodes of control. eval.go evaluates values.

package template

import (
	"errors"
	"fmt"
	"internal/fmtsort"
	"io"
	"reflect"
	"strings"
	"text/template/parse"
)

// maxDepth bounds templates that execute each other.
const maxDepth = 100000

// ExecError is an error of an execution, with the template's name.
type ExecError struct {
	Name string
	Err  error
}

// Error returns the message.
func (e ExecError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e ExecError) Unwrap() error { return e.Err }

// writeError is an error of the writer, which is returned as it is.
type writeError struct{ err error }

// state is an execution of one template.
type state struct {
	tmpl  *Template
	wr    io.Writer
	node  parse.Node // for errors
	vars  []variable
	depth int
}

type variable struct {
	name  string
	value reflect.Value
}

// flow says how a list ended.
type flow int

const (
	flowOn flow = iota
	flowBreak
	flowContinue
)

// ExecuteTemplate executes the associated template of the name.
func (t *Template) ExecuteTemplate(wr io.Writer, name string, data any) error {
	sub := t.Lookup(name)
	if sub == nil {
		return fmt.Errorf("template: no template %q associated with template %q", name, t.name)
	}
	return sub.Execute(wr, data)
}

// Execute executes the template with data as its dot and writes to wr.
func (t *Template) Execute(wr io.Writer, data any) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case writeError:
			err = e.err
		case ExecError:
			err = e
		default:
			panic(e)
		}
	}()
	dot, ok := data.(reflect.Value)
	if !ok {
		dot = reflect.ValueOf(data)
	}
	s := &state{tmpl: t, wr: wr, vars: []variable{{"$", dot}}}
	if t.Tree == nil || t.Root == nil {
		s.errorf("%q is an incomplete or empty template", t.Name())
	}
	s.walk(dot, t.Root)
	return nil
}

func (s *state) at(n parse.Node) { s.node = n }

// errorf ends the execution.
func (s *state) errorf(format string, args ...any) {
	name := strings.ReplaceAll(s.tmpl.Name(), "%", "%%")
	if s.node == nil {
		format = "template: " + name + ": " + format
	} else {
		location, context := s.tmpl.ErrorContext(s.node)
		format = fmt.Sprintf("template: %s: executing %q at <%s>: %s", strings.ReplaceAll(location, "%", "%%"), name,
			strings.ReplaceAll(context, "%", "%%"), format)
	}
	panic(ExecError{s.tmpl.Name(), fmt.Errorf(format, args...)})
}

func (s *state) write(b []byte) {
	if _, err := s.wr.Write(b); err != nil {
		panic(writeError{err})
	}
}

func (s *state) push(name string, v reflect.Value) { s.vars = append(s.vars, variable{name, v}) }

func (s *state) assign(name string, v reflect.Value) {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == name {
			s.vars[i].value = v
			return
		}
	}
	s.errorf("undefined variable: %s", name)
}

func (s *state) variable(name string) reflect.Value {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == name {
			return s.vars[i].value
		}
	}
	s.errorf("undefined variable: %s", name)
	return reflect.Value{}
}

// walk executes a node.
func (s *state) walk(dot reflect.Value, node parse.Node) flow {
	s.at(node)
	switch n := node.(type) {
	case *parse.ActionNode:
		// The value of a declaration is not written.
		v := s.pipeline(dot, n.Pipe)
		if len(n.Pipe.Decl) == 0 {
			s.print(n, v)
		}
	case *parse.BreakNode:
		return flowBreak
	case *parse.ContinueNode:
		return flowContinue
	case *parse.CommentNode:
	case *parse.IfNode:
		return s.branch(dot, n.Pipe, n.List, n.ElseList, false)
	case *parse.WithNode:
		return s.branch(dot, n.Pipe, n.List, n.ElseList, true)
	case *parse.ListNode:
		for _, sub := range n.Nodes {
			if f := s.walk(dot, sub); f != flowOn {
				return f
			}
		}
	case *parse.RangeNode:
		s.loop(dot, n)
	case *parse.TemplateNode:
		s.template(dot, n)
	case *parse.TextNode:
		s.write(n.Text)
	default:
		s.errorf("unknown node: %s", n)
	}
	return flowOn
}

// branch executes if, or with.
func (s *state) branch(dot reflect.Value, pipe *parse.PipeNode, list, other *parse.ListNode, with bool) flow {
	vars := len(s.vars)
	defer func() { s.vars = s.vars[:vars] }()
	v := s.pipeline(dot, pipe)
	truth, ok := isTrue(indirectInterface(v))
	if !ok {
		s.errorf("if/with can't use %v", v)
	}
	if truth {
		if with {
			dot = v
		}
		return s.walk(dot, list)
	}
	if other != nil {
		return s.walk(dot, other)
	}
	return flowOn
}

// IsTrue reports whether a value is not the zero value of its type (nor an
// empty collection), and whether that can be said.
func IsTrue(val any) (truth, ok bool) { return isTrue(reflect.ValueOf(val)) }

func isTrue(v reflect.Value) (truth, ok bool) {
	if !v.IsValid() {
		return false, true
	}
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0, true
	case reflect.Bool:
		return v.Bool(), true
	case reflect.Complex64, reflect.Complex128:
		return v.Complex() != 0, true
	case reflect.Chan, reflect.Func, reflect.Pointer, reflect.UnsafePointer, reflect.Interface:
		return !v.IsNil(), true
	case reflect.Struct:
		return true, true
	}
	switch {
	case v.CanInt():
		return v.Int() != 0, true
	case v.CanUint():
		return v.Uint() != 0, true
	case v.CanFloat():
		return v.Float() != 0, true
	}
	return false, false
}

// loop executes a range.
func (s *state) loop(dot reflect.Value, r *parse.RangeNode) {
	s.at(r)
	vars := len(s.vars)
	defer func() { s.vars = s.vars[:vars] }()
	val, _ := indirect(s.pipeline(dot, r.Pipe))
	inner := len(s.vars)
	some := false
	// round executes the body; it reports whether to go on. With one variable,
	// that is the element, or the index where there are no elements.
	round := func(index, elem reflect.Value, one bool) bool {
		some = true
		if n := len(r.Pipe.Decl); n > 0 {
			first := elem
			if n > 1 || one {
				first = index
			}
			set := func(i int, v reflect.Value) {
				if r.Pipe.IsAssign {
					s.assign(r.Pipe.Decl[i].Ident[0], v)
				} else {
					s.vars[len(s.vars)-n+i].value = v
				}
			}
			set(0, first)
			if n > 1 {
				set(1, elem)
			}
		}
		f := s.walk(elem, r.List)
		s.vars = s.vars[:inner]
		return f != flowBreak
	}
	switch k := val.Kind(); {
	case k == reflect.Array || k == reflect.Slice:
		for i := range val.Len() {
			if !round(reflect.ValueOf(i), val.Index(i), false) {
				break
			}
		}
	case val.IsValid() && (val.CanInt() || val.CanUint()):
		if len(r.Pipe.Decl) > 1 {
			s.errorf("can't use %v to iterate over more than one variable", val)
		}
		for v := range val.Seq() {
			if !round(v, v, true) {
				break
			}
		}
	case k == reflect.Map:
		for _, m := range fmtsort.Sort(val) {
			if !round(m.Key, m.Value, false) {
				break
			}
		}
	case k == reflect.Chan:
		if val.IsNil() {
			break
		}
		if val.Type().ChanDir() == reflect.SendDir {
			s.errorf("range over send-only channel %v", val)
		}
		for i := 0; ; i++ {
			elem, ok := val.Recv()
			if !ok || !round(reflect.ValueOf(i), elem, false) {
				break
			}
		}
	case k == reflect.Func && val.Type().CanSeq():
		if len(r.Pipe.Decl) > 1 {
			s.errorf("can't use %v iterate over more than one variable", val)
		}
		for v := range val.Seq() {
			if !round(v, v, true) {
				break
			}
		}
	case k == reflect.Func && val.Type().CanSeq2():
		for a, b := range val.Seq2() {
			if len(r.Pipe.Decl) < 2 {
				b = a
			}
			if !round(a, b, false) {
				break
			}
		}
	case k == reflect.Invalid || k == reflect.Pointer || k == reflect.Interface:
		if k != reflect.Invalid && k != reflect.Interface {
			s.errorf("range can't iterate over %v", val)
		}
	default:
		s.errorf("range can't iterate over %v", val)
	}
	if !some && r.ElseList != nil {
		s.walk(dot, r.ElseList)
	}
}

// template executes another template.
func (s *state) template(dot reflect.Value, n *parse.TemplateNode) {
	s.at(n)
	t := s.tmpl.Lookup(n.Name)
	if t == nil || t.Tree == nil {
		s.errorf("template %q not defined", n.Name)
	}
	if s.depth == maxDepth {
		s.errorf("exceeded maximum template depth (%v)", maxDepth)
	}
	dot = s.pipeline(dot, n.Pipe)
	sub := *s
	sub.depth++
	sub.tmpl = t
	sub.vars = []variable{{"$", dot}}
	sub.walk(dot, t.Root)
}

var (
	stringerType = reflect.TypeFor[fmt.Stringer]()
	errNilCall   = errors.New("call of nil")
)

// printable is what fmt writes for a value: pointers are followed, unless a
// method says what to write.
func printable(v reflect.Value) (any, bool) {
	if v.Kind() == reflect.Pointer {
		v, _ = indirect(v)
	}
	if !v.IsValid() {
		return "<no value>", true
	}
	if !v.Type().Implements(errorType) && !v.Type().Implements(stringerType) {
		if p := reflect.PointerTo(v.Type()); v.CanAddr() && (p.Implements(errorType) || p.Implements(stringerType)) {
			v = v.Addr()
		} else if v.Kind() == reflect.Chan || v.Kind() == reflect.Func {
			return nil, false
		}
	}
	return v.Interface(), true
}

func (s *state) print(n parse.Node, v reflect.Value) {
	s.at(n)
	x, ok := printable(v)
	if !ok {
		s.errorf("can't print %s of type %s", n, v.Type())
	}
	if _, err := fmt.Fprint(s.wr, x); err != nil {
		panic(writeError{err})
	}
}
