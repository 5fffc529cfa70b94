// This file turns a checked package into its exported names: a map from a name
// (`Buffer`, `Buffer.Len`) to a description that is equal for equal declarations.

package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// exported describes everything that a program can name in pkg.
func exported(pkg *types.Package) map[string]string {
	names := map[string]string{}
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		if !ast.IsExported(name) {
			continue
		}
		switch obj := scope.Lookup(name).(type) {
		case *types.Const:
			names[name] = fmt.Sprintf("const %s = %s", describe(obj.Type()), obj.Val().ExactString())
		case *types.Var:
			names[name] = "var " + describe(obj.Type())
		case *types.Func:
			names[name] = "func" + describe(obj.Type())
		case *types.TypeName:
			typeNames(names, obj)
		}
	}
	return names
}

// typeNames adds a type with its exported fields and methods.
func typeNames(names map[string]string, obj *types.TypeName) {
	name := obj.Name()
	if alias, ok := obj.Type().(*types.Alias); ok && obj.IsAlias() {
		names[name] = "type" + parameters(alias.TypeParams()) + " = " + describe(alias.Rhs())
		return
	}
	named, ok := obj.Type().(*types.Named)
	if !ok {
		names[name] = "type = " + describe(obj.Type())
		return
	}
	head := "type" + parameters(named.TypeParams())
	switch under := named.Underlying().(type) {
	case *types.Struct:
		head += " struct"
		if !types.Comparable(under) {
			head += " (not comparable)"
		}
		for f := range under.Fields() {
			if f.Exported() {
				kind := "field "
				if f.Embedded() {
					kind = "embedded "
				}
				names[name+"."+f.Name()] = kind + describe(f.Type())
			}
		}
	case *types.Interface:
		head += " interface"
		for m := range under.Methods() {
			if !m.Exported() {
				head += " (closed)"
				break
			}
		}
		if !under.IsMethodSet() {
			head += " " + describe(under)
		}
	default:
		head += " " + describe(under)
	}
	names[name] = head
	if types.IsInterface(named) {
		methods(names, name, named, nil)
		return
	}
	methods(names, name, types.NewPointer(named), types.NewMethodSet(named))
}

// methods adds the exported methods of t; those that are not in the set of
// values are marked.
func methods(names map[string]string, name string, t types.Type, values *types.MethodSet) {
	set := types.NewMethodSet(t)
	for m := range set.Methods() {
		fn := m.Obj().(*types.Func)
		if !fn.Exported() {
			continue
		}
		kind := "method"
		if values != nil && values.Lookup(fn.Pkg(), fn.Name()) == nil {
			kind = "pointer method"
		}
		names[name+"."+fn.Name()] = kind + describe(m.Type())
	}
}

// parameters describes a list of type parameters.
func parameters(list *types.TypeParamList) string {
	if list.Len() == 0 {
		return ""
	}
	var parts []string
	for p := range list.TypeParams() {
		parts = append(parts, describe(p.Constraint()))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// describe writes a type without the names of parameters; type parameters are
// their indices, so that their names do not matter either.
func describe(t types.Type) string {
	switch t := t.(type) {
	case *types.Alias:
		return describe(types.Unalias(t))
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return "unsafe.Pointer"
		}
		// byte and rune are names of other basic types.
		return types.Typ[t.Kind()].Name()
	case *types.Named:
		name := t.Obj().Name()
		if pkg := t.Obj().Pkg(); pkg != nil {
			name = pkg.Path() + "." + name
		}
		if t.TypeArgs().Len() > 0 {
			var args []string
			for a := range t.TypeArgs().Types() {
				args = append(args, describe(a))
			}
			name += "[" + strings.Join(args, ", ") + "]"
		}
		return name
	case *types.TypeParam:
		return fmt.Sprintf("$%d", t.Index())
	case *types.Pointer:
		return "*" + describe(t.Elem())
	case *types.Slice:
		return "[]" + describe(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), describe(t.Elem()))
	case *types.Map:
		return "map[" + describe(t.Key()) + "]" + describe(t.Elem())
	case *types.Chan:
		return [...]string{"chan", "chan<-", "<-chan"}[t.Dir()] + " (" + describe(t.Elem()) + ")"
	case *types.Signature:
		return parameters(t.TypeParams()) + tuple(t.Params(), t.Variadic()) + tuple(t.Results(), false)
	case *types.Struct:
		var parts []string
		for i := range t.NumFields() {
			f := t.Field(i)
			parts = append(parts, f.Name()+" "+describe(f.Type())+" "+t.Tag(i))
		}
		return "struct{" + strings.Join(parts, "; ") + "}"
	case *types.Interface:
		var parts []string
		for i := range t.NumExplicitMethods() {
			m := t.ExplicitMethod(i)
			parts = append(parts, m.Name()+describe(m.Type()))
		}
		for e := range t.EmbeddedTypes() {
			parts = append(parts, describe(e))
		}
		return "interface{" + strings.Join(parts, "; ") + "}"
	case *types.Union:
		var parts []string
		for term := range t.Terms() {
			tilde := ""
			if term.Tilde() {
				tilde = "~"
			}
			parts = append(parts, tilde+describe(term.Type()))
		}
		return strings.Join(parts, "|")
	}
	return t.String()
}

// tuple describes parameters or results.
func tuple(vars *types.Tuple, variadic bool) string {
	var parts []string
	for v := range vars.Variables() {
		parts = append(parts, describe(v.Type()))
	}
	if variadic {
		last := len(parts) - 1
		parts[last] = "..." + strings.TrimPrefix(parts[last], "[]")
	}
	return "(" + strings.Join(parts, ", ") + ")"
}
