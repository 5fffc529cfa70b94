// This file holds the functions that all templates have, but for and, or and
// call, which exec.go treats.

package template

import (
	"errors"
	"fmt"
	"reflect"
	"unicode"
)

// builtins are the functions for the parser; builtinFuncs those for execution.
var builtins = FuncMap{
	"and": and, "or": or, "call": emptyCall, "html": HTMLEscaper, "index": index, "slice": slice, "js": JSEscaper, "len": length,
	"not": not, "print": fmt.Sprint, "printf": fmt.Sprintf, "println": fmt.Sprintln, "urlquery": URLQueryEscaper,
	"eq": eq, "ge": ge, "gt": gt, "le": le, "lt": lt, "ne": ne,
}

var builtinFuncs = func() map[string]reflect.Value {
	m := map[string]reflect.Value{}
	addFuncs(m, builtins)
	return m
}()

func addFuncs(out map[string]reflect.Value, in FuncMap) {
	for name, fn := range in {
		if !goodName(name) {
			panic(fmt.Errorf("function name %q is not a valid identifier", name))
		}
		v := reflect.ValueOf(fn)
		if v.Kind() != reflect.Func {
			panic("value for " + name + " not a function")
		}
		if err := goodFunc(name, v.Type()); err != nil {
			panic(err)
		}
		out[name] = v
	}
}

func goodName(name string) bool {
	for i, r := range name {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != ""
}

var errorType = reflect.TypeFor[error]()

// goodFunc checks the results of a function.
func goodFunc(name string, t reflect.Type) error {
	switch n := t.NumOut(); {
	case n == 1:
		return nil
	case n == 2 && t.Out(1) == errorType:
		return nil
	case n == 2:
		return fmt.Errorf("invalid function signature for %s: second return value should be error; is %s", name, t.Out(1))
	default:
		return fmt.Errorf("function %s has %d return values; should be 1 or 2", name, n)
	}
}

// and and or are never called: the executor stops at the first argument that
// decides.
func and(arg0 reflect.Value, args ...reflect.Value) reflect.Value { return arg0 }
func or(arg0 reflect.Value, args ...reflect.Value) reflect.Value  { return arg0 }

// emptyCall is never called: the executor knows the name of what it calls.
func emptyCall(fn reflect.Value, args ...reflect.Value) reflect.Value { return fn }

func not(arg reflect.Value) bool {
	t, _ := isTrue(indirectInterface(arg))
	return !t
}

// indirectInterface is the value in an interface.
func indirectInterface(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Interface || v.IsNil() {
		if v.Kind() == reflect.Interface {
			return reflect.Value{}
		}
		return v
	}
	return v.Elem()
}

// indirect follows pointers and interfaces; isNil reports a nil on the way.
func indirect(v reflect.Value) (rv reflect.Value, isNil bool) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return v, true
		}
		v = v.Elem()
	}
	return v, false
}

// indexArg is an index into something of a length.
func indexArg(v reflect.Value, limit int) (int, error) {
	var x int64
	switch {
	case v.IsValid() && v.CanInt():
		x = v.Int()
	case v.IsValid() && v.CanUint():
		x = int64(v.Uint())
	case !v.IsValid():
		return 0, errors.New("cannot index slice/array with nil")
	default:
		return 0, fmt.Errorf("cannot index slice/array with type %s", v.Type())
	}
	if x < 0 || int(x) < 0 || int(x) > limit {
		return 0, fmt.Errorf("index out of range: %d", x)
	}
	return int(x), nil
}

// argument makes v a value of type t for a map's key.
func argument(v reflect.Value, t reflect.Type) (reflect.Value, error) {
	if !v.IsValid() {
		if !canBeNil(t) {
			return reflect.Value{}, fmt.Errorf("value is nil; should be of type %s", t)
		}
		return reflect.Zero(t), nil
	}
	if v.Type().AssignableTo(t) {
		return v, nil
	}
	if integer(v.Kind()) && integer(t.Kind()) && v.Type().ConvertibleTo(t) {
		return v.Convert(t), nil
	}
	return reflect.Value{}, fmt.Errorf("value has type %s; should be %s", v.Type(), t)
}

func integer(k reflect.Kind) bool { return reflect.Int <= k && k <= reflect.Uintptr }

func canBeNil(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return true
	}
	return t == reflectValueType
}

func index(item reflect.Value, indexes ...reflect.Value) (reflect.Value, error) {
	item = indirectInterface(item)
	if !item.IsValid() {
		return reflect.Value{}, errors.New("index of untyped nil")
	}
	for _, i := range indexes {
		i = indirectInterface(i)
		var isNil bool
		if item, isNil = indirect(item); isNil {
			return reflect.Value{}, errors.New("index of nil pointer")
		}
		switch item.Kind() {
		case reflect.Array, reflect.Slice, reflect.String:
			n, err := indexArg(i, item.Len()-1)
			if err != nil {
				return reflect.Value{}, err
			}
			item = item.Index(n)
		case reflect.Map:
			key, err := argument(i, item.Type().Key())
			if err != nil {
				return reflect.Value{}, err
			}
			if x := item.MapIndex(key); x.IsValid() {
				item = x
			} else {
				item = reflect.Zero(item.Type().Elem())
			}
		default:
			return reflect.Value{}, fmt.Errorf("can't index item of type %s", item.Type())
		}
	}
	return item, nil
}

func slice(item reflect.Value, indexes ...reflect.Value) (reflect.Value, error) {
	item = indirectInterface(item)
	if !item.IsValid() {
		return reflect.Value{}, errors.New("slice of untyped nil")
	}
	if len(indexes) > 3 {
		return reflect.Value{}, fmt.Errorf("too many slice indexes: %d", len(indexes))
	}
	item, isNil := indirect(item)
	if isNil {
		return reflect.Value{}, errors.New("slice of nil pointer")
	}
	limit := 0
	switch item.Kind() {
	case reflect.String:
		if len(indexes) == 3 {
			return reflect.Value{}, errors.New("cannot 3-index slice a string")
		}
		limit = item.Len()
	case reflect.Array, reflect.Slice:
		limit = item.Cap()
	default:
		return reflect.Value{}, fmt.Errorf("can't slice item of type %s", item.Type())
	}
	at := [3]int{0, item.Len()}
	for i, v := range indexes {
		n, err := indexArg(indirectInterface(v), limit)
		if err != nil {
			return reflect.Value{}, err
		}
		at[i] = n
	}
	if at[0] > at[1] {
		return reflect.Value{}, fmt.Errorf("invalid slice index: %d > %d", at[0], at[1])
	}
	if len(indexes) < 3 {
		return item.Slice(at[0], at[1]), nil
	}
	if at[1] > at[2] {
		return reflect.Value{}, fmt.Errorf("invalid slice index: %d > %d", at[1], at[2])
	}
	return item.Slice3(at[0], at[1], at[2]), nil
}

func length(arg reflect.Value) (int, error) {
	v, isNil := indirect(arg)
	if !arg.IsValid() {
		return 0, &reflect.ValueError{Method: "reflect.Value.Type", Kind: reflect.Invalid}
	}
	if isNil {
		return 0, errors.New("len of nil pointer")
	}
	switch v.Kind() {
	case reflect.Array, reflect.Chan, reflect.Map, reflect.Slice, reflect.String:
		return v.Len(), nil
	}
	return 0, fmt.Errorf("len of type %s", v.Type())
}

var (
	errComparisonType = errors.New("invalid type for comparison")
	errNoComparison   = errors.New("missing argument for comparison")
)

func incompatible(a, b reflect.Value) error {
	return fmt.Errorf("incompatible types for comparison: %v and %v", a.Type(), b.Type())
}

// basic is the kind of a value for comparisons; integers are of two kinds.
type basic int

const (
	isBool basic = iota
	isComplex
	isFloat
	isInt
	isString
	isUint
)

func basicKind(v reflect.Value) (basic, error) {
	switch k := v.Kind(); {
	case k == reflect.Bool:
		return isBool, nil
	case reflect.Int <= k && k <= reflect.Int64:
		return isInt, nil
	case reflect.Uint <= k && k <= reflect.Uintptr:
		return isUint, nil
	case k == reflect.Float32 || k == reflect.Float64:
		return isFloat, nil
	case k == reflect.Complex64 || k == reflect.Complex128:
		return isComplex, nil
	case k == reflect.String:
		return isString, nil
	}
	return 0, errComparisonType
}

// eq reports whether arg1 equals any of the others.
func eq(arg1 reflect.Value, arg2 ...reflect.Value) (bool, error) {
	arg1 = indirectInterface(arg1)
	if len(arg2) == 0 {
		return false, errNoComparison
	}
	k1, _ := basicKind(arg1)
	simple1 := arg1.IsValid() && isSimple(arg1)
	for _, arg := range arg2 {
		arg = indirectInterface(arg)
		k2, _ := basicKind(arg)
		simple2 := arg.IsValid() && isSimple(arg)
		same := false
		switch {
		case simple1 && simple2 && k1 != k2:
			switch {
			case k1 == isInt && k2 == isUint:
				same = arg1.Int() >= 0 && uint64(arg1.Int()) == arg.Uint()
			case k1 == isUint && k2 == isInt:
				same = arg.Int() >= 0 && arg1.Uint() == uint64(arg.Int())
			default:
				return false, incompatible(arg1, arg)
			}
		case simple1 && simple2:
			switch k1 {
			case isBool:
				same = arg1.Bool() == arg.Bool()
			case isComplex:
				same = arg1.Complex() == arg.Complex()
			case isFloat:
				same = arg1.Float() == arg.Float()
			case isInt:
				same = arg1.Int() == arg.Int()
			case isString:
				same = arg1.String() == arg.String()
			case isUint:
				same = arg1.Uint() == arg.Uint()
			}
		default:
			if !arg1.IsValid() || !arg.IsValid() {
				// Nil equals nil, and what is nil inside.
				same = isNil(arg1) && isNil(arg)
				break
			}
			if simple1 || simple2 {
				return false, incompatible(arg1, arg)
			}
			if arg1.Kind() != arg.Kind() {
				return false, fmt.Errorf("non-comparable types %s: %v, %s: %v", arg1, arg1.Type(), arg.Type(), arg)
			}
			if isNil(arg1) || isNil(arg) {
				same = isNil(arg1) && isNil(arg)
				break
			}
			if !arg1.Comparable() {
				return false, fmt.Errorf("non-comparable type %s: %v", arg1, arg1.Type())
			}
			if !arg.Comparable() {
				return false, fmt.Errorf("non-comparable type %s: %v", arg, arg.Type())
			}
			same = arg1.Type() == arg.Type() && arg1.Interface() == arg.Interface()
		}
		if same {
			return true, nil
		}
	}
	return false, nil
}

// isNil reports whether v is nil or holds one.
func isNil(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return v.IsNil()
	}
	return false
}

func isSimple(v reflect.Value) bool {
	_, err := basicKind(v)
	return err == nil
}

func ne(arg1, arg2 reflect.Value) (bool, error) {
	same, err := eq(arg1, arg2)
	return !same, err
}

func lt(arg1, arg2 reflect.Value) (bool, error) {
	arg1, arg2 = indirectInterface(arg1), indirectInterface(arg2)
	k1, err := basicKind(arg1)
	if err != nil {
		return false, err
	}
	k2, err := basicKind(arg2)
	if err != nil {
		return false, err
	}
	if k1 != k2 {
		switch {
		case k1 == isInt && k2 == isUint:
			return arg1.Int() < 0 || uint64(arg1.Int()) < arg2.Uint(), nil
		case k1 == isUint && k2 == isInt:
			return arg2.Int() >= 0 && arg1.Uint() < uint64(arg2.Int()), nil
		}
		return false, incompatible(arg1, arg2)
	}
	switch k1 {
	case isFloat:
		return arg1.Float() < arg2.Float(), nil
	case isInt:
		return arg1.Int() < arg2.Int(), nil
	case isString:
		return arg1.String() < arg2.String(), nil
	case isUint:
		return arg1.Uint() < arg2.Uint(), nil
	}
	return false, errComparisonType
}

func le(arg1, arg2 reflect.Value) (bool, error) {
	less, err := lt(arg1, arg2)
	if less || err != nil {
		return less, err
	}
	return eq(arg1, arg2)
}

func gt(arg1, arg2 reflect.Value) (bool, error) {
	less, err := le(arg1, arg2)
	return err == nil && !less, err
}

func ge(arg1, arg2 reflect.Value) (bool, error) {
	less, err := lt(arg1, arg2)
	return err == nil && !less, err
}
