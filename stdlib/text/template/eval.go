// This file evaluates pipelines: fields, methods, functions and constants.

package template

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

var (
	reflectValueType = reflect.TypeFor[reflect.Value]()
	noFinal          = reflect.ValueOf(new(struct{ missing int })) // there is no value before
)

// pipeline evaluates a pipeline and sets its variables.
func (s *state) pipeline(dot reflect.Value, p *parse.PipeNode) (v reflect.Value) {
	if p == nil {
		return
	}
	s.at(p)
	v = noFinal
	for _, cmd := range p.Cmds {
		v = s.command(dot, cmd, v)
		// A value in an interface{} is what it holds.
		if v.Kind() == reflect.Interface && v.Type().NumMethod() == 0 {
			v = reflect.ValueOf(v.Interface())
		}
	}
	for _, d := range p.Decl {
		if p.IsAssign {
			s.assign(d.Ident[0], v)
		} else {
			s.push(d.Ident[0], v)
		}
	}
	return v
}

// command evaluates a command; final is the value before the bar.
func (s *state) command(dot reflect.Value, cmd *parse.CommandNode, final reflect.Value) reflect.Value {
	first := cmd.Args[0]
	switch n := first.(type) {
	case *parse.FieldNode:
		s.at(n)
		return s.fields(dot, dot, n, n.Ident, cmd.Args, final)
	case *parse.ChainNode:
		return s.chain(dot, n, cmd.Args, final)
	case *parse.IdentifierNode:
		return s.function(dot, n, cmd, cmd.Args, final)
	case *parse.PipeNode:
		s.noArgs(cmd.Args, final)
		return s.pipeline(dot, n)
	case *parse.VariableNode:
		return s.varNode(dot, n, cmd.Args, final)
	}
	s.at(first)
	s.noArgs(cmd.Args, final)
	switch n := first.(type) {
	case *parse.BoolNode:
		return reflect.ValueOf(n.True)
	case *parse.DotNode:
		return dot
	case *parse.NilNode:
		s.errorf("nil is not a command")
	case *parse.NumberNode:
		return s.ideal(n)
	case *parse.StringNode:
		return reflect.ValueOf(n.Text)
	}
	s.errorf("can't evaluate command %q", first)
	return reflect.Value{}
}

// noArgs reports arguments of what is no function.
func (s *state) noArgs(args []parse.Node, final reflect.Value) {
	if len(args) > 1 || final != noFinal {
		s.errorf("can't give argument to non-function %s", args[0])
	}
}

// ideal is the value of a number where no type is asked for.
func (s *state) ideal(n *parse.NumberNode) reflect.Value {
	s.at(n)
	float := n.IsFloat && !strings.HasPrefix(n.Text, "0x") && !strings.HasPrefix(n.Text, "0X") && n.Text[0] != '\'' &&
		strings.ContainsAny(n.Text, ".eEpP") || n.IsFloat && (strings.HasPrefix(n.Text, "0x") || strings.HasPrefix(n.Text, "0X")) && strings.ContainsAny(n.Text, ".pP")
	switch {
	case n.IsComplex:
		return reflect.ValueOf(n.Complex128)
	case float:
		return reflect.ValueOf(n.Float64)
	case n.IsInt:
		return reflect.ValueOf(int(n.Int64))
	case n.IsUint:
		s.errorf("%s overflows int", n.Text)
	}
	return reflect.Value{}
}

func (s *state) chain(dot reflect.Value, n *parse.ChainNode, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	if len(n.Field) == 0 {
		s.errorf("internal error: no fields in evalChainNode")
	}
	if n.Node.Type() == parse.NodeNil {
		s.errorf("indirection through explicit nil in %s", n)
	}
	v := s.arg(dot, nil, n.Node)
	return s.fields(dot, v, n, n.Field, args, final)
}

func (s *state) varNode(dot reflect.Value, n *parse.VariableNode, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	v := s.variable(n.Ident[0])
	if len(n.Ident) == 1 {
		s.noArgs(args, final)
		return v
	}
	return s.fields(dot, v, n, n.Ident[1:], args, final)
}

// fields evaluates .A.B.C; arguments are for the last.
func (s *state) fields(dot, v reflect.Value, n parse.Node, names []string, args []parse.Node, final reflect.Value) reflect.Value {
	last := len(names) - 1
	for _, name := range names[:last] {
		v = s.field(dot, name, n, nil, noFinal, v)
	}
	return s.field(dot, names[last], n, args, final, v)
}

// field evaluates a field, a method or a key of a map.
func (s *state) field(dot reflect.Value, name string, n parse.Node, args []parse.Node, final, receiver reflect.Value) reflect.Value {
	if !receiver.IsValid() {
		if s.tmpl.missing == missingError {
			s.errorf("nil data; no entry for key %q", name)
		}
		return reflect.Value{}
	}
	typ := receiver.Type()
	receiver, isNil := indirect(receiver)
	if receiver.Kind() == reflect.Interface && isNil {
		s.errorf("nil pointer evaluating %s.%s", typ, name)
	}
	// Methods of the pointer are methods of what it points to, if that can be
	// pointed to.
	ptr := receiver
	if ptr.Kind() != reflect.Interface && ptr.Kind() != reflect.Pointer && ptr.CanAddr() {
		ptr = ptr.Addr()
	}
	if m := ptr.MethodByName(name); m.IsValid() {
		return s.call(dot, m, false, n, name, args, final)
	}
	hasArgs := len(args) > 1 || final != noFinal
	switch receiver.Kind() {
	case reflect.Struct:
		f, ok := receiver.Type().FieldByName(name)
		if !ok {
			break
		}
		v, err := receiver.FieldByIndexErr(f.Index)
		if !f.IsExported() {
			s.errorf("%s is an unexported field of struct type %s", name, typ)
		}
		if err != nil {
			s.errorf("%v", err)
		}
		if hasArgs {
			s.errorf("%s has arguments but cannot be invoked as function", name)
		}
		return v
	case reflect.Map:
		key := reflect.ValueOf(name)
		if !key.Type().AssignableTo(receiver.Type().Key()) {
			break
		}
		if hasArgs {
			s.errorf("%s is not a method but has arguments", name)
		}
		v := receiver.MapIndex(key)
		if !v.IsValid() {
			switch s.tmpl.missing {
			case missingZero:
				v = reflect.Zero(receiver.Type().Elem())
			case missingError:
				s.errorf("map has no entry for key %q", name)
			}
		}
		return v
	case reflect.Pointer:
		if t := receiver.Type().Elem(); t.Kind() == reflect.Struct {
			if _, ok := t.FieldByName(name); !ok {
				break
			}
		}
		if isNil {
			s.errorf("nil pointer evaluating %s.%s", typ, name)
		}
	}
	s.errorf("can't evaluate field %s in type %s", name, typ)
	return reflect.Value{}
}

// function evaluates a call by name.
func (s *state) function(dot reflect.Value, n *parse.IdentifierNode, cmd parse.Node, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	var fn reflect.Value
	builtin := false
	if s.tmpl.common != nil {
		s.tmpl.mu.RLock()
		fn = s.tmpl.exec[n.Ident]
		s.tmpl.mu.RUnlock()
	}
	if !fn.IsValid() {
		fn, builtin = builtinFuncs[n.Ident], true
	}
	if !fn.IsValid() {
		s.errorf("%q is not a defined function", n.Ident)
	}
	return s.call(dot, fn, builtin, cmd, n.Ident, args, final)
}

// call calls a function or method. args[0] is its name; final, if there is
// one, the last argument.
func (s *state) call(dot, fn reflect.Value, builtin bool, n parse.Node, name string, args []parse.Node, final reflect.Value) reflect.Value {
	if args != nil {
		args = args[1:]
	}
	typ := fn.Type()
	num := len(args)
	if final != noFinal {
		num++
	}
	fixed := len(args)
	if typ.IsVariadic() {
		fixed = typ.NumIn() - 1
		if num < fixed {
			s.errorf("wrong number of args for %s: want at least %d got %d", name, fixed, len(args))
		}
	} else if num != typ.NumIn() {
		s.errorf("wrong number of args for %s: want %d got %d", name, typ.NumIn(), num)
	}
	if err := goodFunc(name, typ); err != nil {
		s.errorf("%v", err)
	}
	if builtin && (name == "and" || name == "or") {
		// The first that decides is the value; the rest is not evaluated.
		var v reflect.Value
		for _, arg := range args {
			v = s.arg(dot, reflectValueType, arg).Interface().(reflect.Value)
			if t, _ := isTrue(indirectInterface(v)); t == (name == "or") {
				return v
			}
		}
		if final != noFinal {
			v = s.validate(final, reflectValueType).Interface().(reflect.Value)
		}
		return v
	}
	argv := make([]reflect.Value, num)
	i := 0
	for ; i < fixed && i < len(args); i++ {
		argv[i] = s.arg(dot, typ.In(i), args[i])
	}
	if typ.IsVariadic() {
		elem := typ.In(typ.NumIn() - 1).Elem()
		for ; i < len(args); i++ {
			argv[i] = s.arg(dot, elem, args[i])
		}
	}
	if final != noFinal {
		t := typ.In(typ.NumIn() - 1)
		if typ.IsVariadic() {
			if num-1 < fixed {
				t = typ.In(num - 1)
			} else {
				t = t.Elem()
			}
		}
		argv[i] = s.validate(final, t)
	}
	if builtin && name == "call" {
		// The name of what is called is in the errors.
		callee := argv[0].Interface().(reflect.Value)
		text := args0(args)
		v, err := s.callValue(callee, argv[1:], text)
		if err != nil {
			s.at(n)
			s.errorf("error calling call: %w", err)
		}
		return unwrap(v)
	}
	v, err := safeCall(fn, argv)
	if err != nil {
		s.at(n)
		s.errorf("error calling %s: %w", name, err)
	}
	return unwrap(v)
}

// unwrap is the value that a function returned as a reflect.Value.
func unwrap(v reflect.Value) reflect.Value {
	if v.IsValid() && v.Type() == reflectValueType {
		return v.Interface().(reflect.Value)
	}
	return v
}

func args0(args []parse.Node) string {
	if len(args) == 0 {
		return "nil"
	}
	return args[0].String()
}

// callValue calls the first argument of call with the others.
func (s *state) callValue(fn reflect.Value, args []reflect.Value, name string) (reflect.Value, error) {
	fn = indirectInterface(fn)
	if !fn.IsValid() {
		return reflect.Value{}, errNilCall
	}
	typ := fn.Type()
	if typ.Kind() != reflect.Func {
		return reflect.Value{}, fmt.Errorf("non-function %s of type %s", name, typ)
	}
	if err := goodFunc(name, typ); err != nil {
		return reflect.Value{}, err
	}
	var rest reflect.Type
	num := typ.NumIn()
	if typ.IsVariadic() {
		if len(args) < num-1 {
			return reflect.Value{}, fmt.Errorf("wrong number of args for %s: got %d want at least %d", name, len(args), num-1)
		}
		rest = typ.In(num - 1).Elem()
	} else if len(args) != num {
		return reflect.Value{}, fmt.Errorf("wrong number of args for %s: got %d want %d", name, len(args), num)
	}
	argv := make([]reflect.Value, len(args))
	for i, arg := range args {
		arg = indirectInterface(unwrap(arg))
		t := rest
		if !typ.IsVariadic() || i < num-1 {
			t = typ.In(i)
		}
		var err error
		if argv[i], err = argument(arg, t); err != nil {
			return reflect.Value{}, fmt.Errorf("arg %d: %w", i, err)
		}
	}
	return safeCall(fn, argv)
}

// safeCall calls a function; a panic becomes an error.
func safeCall(fn reflect.Value, args []reflect.Value) (v reflect.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				err = e
			} else {
				err = fmt.Errorf("%v", r)
			}
		}
	}()
	out := fn.Call(args)
	if len(out) == 2 && !out[1].IsNil() {
		return out[0], out[1].Interface().(error)
	}
	return out[0], nil
}

// validate makes v a value of type t, which may be nil for any.
func (s *state) validate(v reflect.Value, t reflect.Type) reflect.Value {
	if !v.IsValid() {
		if t == nil {
			return reflect.ValueOf(nil)
		}
		if t == reflectValueType {
			return reflect.ValueOf(v)
		}
		if canBeNil(t) {
			return reflect.Zero(t)
		}
		s.errorf("invalid value; expected %s", t)
	}
	if t == reflectValueType {
		if v.Type() == t {
			return v
		}
		return reflect.ValueOf(v)
	}
	if t == nil || v.Type().AssignableTo(t) {
		return v
	}
	if v.Kind() == reflect.Interface && !v.IsNil() {
		if v = v.Elem(); v.Type().AssignableTo(t) {
			return v
		}
	}
	// A pointer is taken, or followed, once.
	switch {
	case v.Kind() == reflect.Pointer && v.Type().Elem().AssignableTo(t):
		if v = v.Elem(); !v.IsValid() {
			s.errorf("dereference of nil pointer of type %s", t)
		}
	case reflect.PointerTo(v.Type()).AssignableTo(t) && v.CanAddr():
		v = v.Addr()
	default:
		s.errorf("wrong type for value; expected %s; got %s", t, v.Type())
	}
	return v
}

// arg evaluates an argument of type t, nil for any.
func (s *state) arg(dot reflect.Value, t reflect.Type, n parse.Node) reflect.Value {
	s.at(n)
	switch arg := n.(type) {
	case *parse.DotNode:
		return s.validate(dot, t)
	case *parse.NilNode:
		if t != nil && canBeNil(t) {
			if t == reflectValueType {
				return reflect.ValueOf(reflect.Value{})
			}
			return reflect.Zero(t)
		}
		s.errorf("cannot assign nil to %s", t)
	case *parse.FieldNode:
		return s.validate(s.fields(dot, dot, arg, arg.Ident, []parse.Node{n}, noFinal), t)
	case *parse.VariableNode:
		return s.validate(s.varNode(dot, arg, nil, noFinal), t)
	case *parse.PipeNode:
		return s.validate(s.pipeline(dot, arg), t)
	case *parse.IdentifierNode:
		return s.validate(s.function(dot, arg, arg, nil, noFinal), t)
	case *parse.ChainNode:
		return s.validate(s.chain(dot, arg, nil, noFinal), t)
	}
	if t == nil || t == reflectValueType || t.Kind() == reflect.Interface && t.NumMethod() == 0 {
		return s.validate(s.constant(n), t)
	}
	return s.typed(t, n)
}

// constant is the value of a constant where no type is asked for.
func (s *state) constant(n parse.Node) reflect.Value {
	switch n := n.(type) {
	case *parse.BoolNode:
		return reflect.ValueOf(n.True)
	case *parse.NumberNode:
		return s.ideal(n)
	case *parse.StringNode:
		return reflect.ValueOf(n.Text)
	}
	s.errorf("can't handle assignment of %s to empty interface argument", n)
	return reflect.Value{}
}

// typed is the value of a constant for a type.
func (s *state) typed(t reflect.Type, n parse.Node) reflect.Value {
	v := reflect.New(t).Elem()
	num, isNum := n.(*parse.NumberNode)
	switch k := t.Kind(); {
	case k == reflect.Bool:
		if b, ok := n.(*parse.BoolNode); ok {
			v.SetBool(b.True)
			return v
		}
		s.errorf("expected bool; found %s", n)
	case k == reflect.String:
		if str, ok := n.(*parse.StringNode); ok {
			v.SetString(str.Text)
			return v
		}
		s.errorf("expected string; found %s", n)
	case v.CanInt():
		if isNum && num.IsInt && !v.OverflowInt(num.Int64) {
			v.SetInt(num.Int64)
			return v
		}
		s.errorf("expected integer; found %s", n)
	case v.CanUint():
		if isNum && num.IsUint && !v.OverflowUint(num.Uint64) {
			v.SetUint(num.Uint64)
			return v
		}
		s.errorf("expected unsigned integer; found %s", n)
	case v.CanFloat():
		if isNum && num.IsFloat {
			v.SetFloat(num.Float64)
			return v
		}
		s.errorf("expected float; found %s", n)
	case v.CanComplex():
		if isNum && num.IsComplex {
			v.SetComplex(num.Complex128)
			return v
		}
		s.errorf("expected complex; found %s", n)
	}
	s.errorf("can't handle %s for arg of type %s", n, t)
	return reflect.Value{}
}
