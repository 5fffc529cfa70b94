// This file holds calls, methods, and functions made at run time.

package reflect

import (
	"iter"
	"unsafe"
)

// NumMethod returns the number of methods that Method accepts.
func (v Value) NumMethod() int {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.NumMethod", Invalid})
	}
	if v.flag&flagMethod != 0 {
		return 0
	}
	return v.typ.NumMethod()
}

// Method returns the i'th method with v as its receiver.
//
//go:noinline
func (v Value) Method(i int) Value {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.Method", Invalid})
	}
	if v.flag&flagMethod != 0 || uint(i) >= uint(v.typ.NumMethod()) {
		panic("reflect: Method index out of range")
	}
	if v.typ.Kind() == Interface && v.IsNil() {
		panic("reflect: Method on nil interface value")
	}
	if makeMethodFunc == nil {
		makeMethodFunc = funcOfMethod
	}
	fl := v.flag.ro() | v.flag&flagIndir | flag(Func) | flagMethod | flag(i)<<flagMethodShift
	return Value{v.typ, v.ptr, fl}
}

// MethodByName returns the method of that name, or the zero Value.
//
//go:noinline
func (v Value) MethodByName(name string) Value {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.MethodByName", Invalid})
	}
	if v.flag&flagMethod != 0 {
		return Value{}
	}
	if i := v.typ.methodIndex(name); i >= 0 {
		return v.Method(i)
	}
	return Value{}
}

// Fields iterates over the fields of a struct.
func (v Value) Fields() iter.Seq2[StructField, Value] {
	return func(yield func(StructField, Value) bool) {
		for i := range v.NumField() {
			if !yield(v.typ.Field(i), v.Field(i)) {
				return
			}
		}
	}
}

// Methods iterates over the methods.
//
//go:noinline
func (v Value) Methods() iter.Seq2[Method, Value] {
	return func(yield func(Method, Value) bool) {
		for i := range v.NumMethod() {
			if !yield(v.typ.Method(i), v.Method(i)) {
				return
			}
		}
	}
}

// methodReceiver returns a method value's type, the address of a word with its
// code, and the word to pass as receiver.
func (v Value) methodReceiver(name string) (t *rtype, fn *unsafe.Pointer, recv unsafe.Pointer) {
	i := int(v.flag >> flagMethodShift)
	if v.typ.Kind() == Interface {
		m := &v.typ.imethods()[i]
		if m.pkgPath != "" {
			panic("reflect: " + name + " of unexported method")
		}
		w := (*iface)(v.ptr)
		if w.tab == nil {
			panic("reflect: " + name + " of method on nil interface value")
		}
		funs := (*unsafe.Pointer)(unsafe.Pointer(&w.tab.fun))
		return m.typ, (*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(funs), i*8)), w.data
	}
	recv = v.ptr
	if v.typ.direct() {
		recv = v.pointer()
	}
	m := v.typ.methodCode(i)
	return m.typ, &m.ifn, recv
}

// methodFunc makes an ordinary func value of a method value.
func (v Value) methodFunc(name string) Value { return makeMethodFunc(v, name) }

// makeMethodFunc does the work of methodFunc. Method sets it, so that programs
// without method values don't link what they are made of.
var makeMethodFunc func(v Value, name string) Value

func funcOfMethod(v Value, name string) Value {
	t, fn, recv := v.methodReceiver(name)
	if v.typ.Kind() != Interface && !v.typ.direct() {
		// The method value keeps the receiver as it is now.
		c := unsafeNew(v.typ)
		typedmemmove(v.typ, c, v.ptr)
		recv = c
	}
	aux := t.funcAux()
	h := func(_ unsafe.Pointer, args, results *unsafe.Pointer) {
		code[func(fn *unsafe.Pointer, recv unsafe.Pointer, args, results *unsafe.Pointer)](&aux.callmethod)(fn, recv, args, results)
	}
	return Value{t, madeFunc(t, h), flag(Func) | v.flag.ro()}
}

// methodExpr makes a function of type ft that takes a receiver of type t and the arguments of the method with this code.
//
//go:noinline
func methodExpr(t, ft, method *rtype, fn *unsafe.Pointer) unsafe.Pointer {
	aux := method.funcAux()
	return madeFunc(ft, func(_ unsafe.Pointer, args, results *unsafe.Pointer) {
		recv := *args
		if t.direct() {
			recv = *(*unsafe.Pointer)(recv)
		} else {
			recv = unsafeNew(t)
			typedmemmove(t, recv, *args)
		}
		rest := (*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(args), 8))
		code[func(fn *unsafe.Pointer, recv unsafe.Pointer, args, results *unsafe.Pointer)](&aux.callmethod)(fn, recv, rest, results)
	})
}

func (t *rtype) funcAux() *funcAux {
	if t.aux == nil {
		panic("reflect: functions of type " + t.str + " do not occur in the program")
	}
	return (*funcAux)(t.aux)
}

// handler is what a closure made by madeFunc calls.
type handler func(t unsafe.Pointer, args, results *unsafe.Pointer)

// madeClosure is the closure object of a function made at run time.
type madeClosure struct {
	code    unsafe.Pointer
	handler handler
	typ     *rtype
}

//go:noinline
func madeFunc(t *rtype, h handler) unsafe.Pointer {
	return unsafe.Pointer(&madeClosure{t.funcAux().makefunc, h, t})
}

// MakeFunc returns a function of type typ that calls fn.
func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	if typ.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := typ.common()
	if t.aux == nil {
		// No caller of such a function is compiled either; Call still works.
		c := &madeClosure{typ: t}
		c.handler = func(_ unsafe.Pointer, args, results *unsafe.Pointer) { runMade(t, fn, args, results) }
		return Value{t, unsafe.Pointer(c), flag(Func)}
	}
	h := func(_ unsafe.Pointer, args, results *unsafe.Pointer) { runMade(t, fn, args, results) }
	return Value{t, madeFunc(t, h), flag(Func)}
}

// runMade calls fn with the arguments that args point to.
//
//go:noinline
func runMade(t *rtype, fn func([]Value) []Value, args, results *unsafe.Pointer) {
	n := t.inCount()
	ps := t.params()
	in := make([]Value, n)
	for i, p := range unsafe.Slice(args, n) {
		in[i] = loaded(ps[i], p, 0)
	}
	// By the code that passes on the right to recover.
	var out []Value
	from, to := unsafe.Pointer(&in), unsafe.Pointer(&out)
	f := &TypeOf(fn).common().funcAux().call
	code[func(fn unsafe.Pointer, args, results *unsafe.Pointer)](f)(*(*unsafe.Pointer)(unsafe.Pointer(&fn)), &from, &to)
	if len(out) != t.outCount() {
		panic("reflect: wrong return count from function created by MakeFunc")
	}
	for i, r := range unsafe.Slice(results, len(out)) {
		v := out[i]
		if v.typ == nil {
			panic("reflect: function created by MakeFunc using closure returned zero Value")
		}
		if v.flag&flagRO != 0 {
			panic("reflect: function created by MakeFunc using closure returned value obtained from unexported field")
		}
		v.assignTo("reflect.MakeFunc", ps[n+i]).store(r)
	}
}

// Call calls function v; a variadic one gets its last arguments as a slice
// made of them.
func (v Value) Call(in []Value) []Value {
	v.mustBe(Func, "Call")
	v.mustBeExported("Call")
	return v.call("Call", in)
}

// CallSlice calls variadic function v with the last argument as the slice.
func (v Value) CallSlice(in []Value) []Value {
	v.mustBe(Func, "CallSlice")
	v.mustBeExported("CallSlice")
	return v.call("CallSlice", in)
}

//go:noinline
func (v Value) call(op string, in []Value) []Value {
	t := v.typ
	var recv unsafe.Pointer
	var method *unsafe.Pointer
	if v.flag&flagMethod != 0 {
		t, method, recv = v.methodReceiver(op)
	} else if v.pointer() == nil {
		panic("reflect.Value." + op + ": call of nil function")
	}
	n := t.inCount()
	ps := t.params()
	if op == "CallSlice" {
		if !t.variadic() {
			panic("reflect: CallSlice of non-variadic function")
		}
		if len(in) < n {
			panic("reflect: CallSlice with too few input arguments")
		}
		if len(in) > n {
			panic("reflect: CallSlice with too many input arguments")
		}
	} else {
		fixed := n
		if t.variadic() {
			fixed--
		}
		if len(in) < fixed {
			panic("reflect: Call with too few input arguments")
		}
		if !t.variadic() && len(in) > n {
			panic("reflect: Call with too many input arguments")
		}
		for _, x := range in {
			if x.Kind() == Invalid {
				panic("reflect: " + op + " using zero Value argument")
			}
		}
		if t.variadic() {
			m := len(in) - fixed
			rest := MakeSlice(ps[n-1], m, m)
			for i := range m {
				x := in[fixed+i]
				if xt := x.Type(); !xt.AssignableTo(ps[n-1].elem) {
					panic("reflect: cannot use " + xt.String() + " as type " + ps[n-1].elem.String() + " in " + op)
				}
				rest.Index(i).Set(x)
			}
			in = append(append([]Value(nil), in[:fixed]...), rest)
		}
	}
	args := make([]unsafe.Pointer, n+1)
	for i := range n {
		x := in[i]
		x.mustBeExported(op)
		if xt := x.Type(); !xt.AssignableTo(ps[i]) {
			panic("reflect: " + op + " using " + xt.String() + " as type " + ps[i].String())
		}
		a := x.assignTo("reflect.Value.Call", ps[i])
		// The callee may change what it gets.
		p := unsafeNew(ps[i])
		a.store(p)
		args[i] = p
	}
	results := make([]unsafe.Pointer, t.outCount()+1)
	for i := range t.outCount() {
		results[i] = unsafeNew(ps[n+i])
	}
	switch {
	case method != nil:
		f := &t.funcAux().callmethod
		code[func(fn *unsafe.Pointer, recv unsafe.Pointer, args, results *unsafe.Pointer)](f)(method, recv, &args[0], &results[0])
	case t.aux == nil:
		(*madeClosure)(v.pointer()).handler(unsafe.Pointer(t), &args[0], &results[0])
	default:
		f := &t.funcAux().call
		code[func(fn unsafe.Pointer, args, results *unsafe.Pointer)](f)(v.pointer(), &args[0], &results[0])
	}
	out := make([]Value, t.outCount())
	for i := range out {
		rt := ps[n+i]
		if rt.direct() {
			out[i] = Value{rt, *(*unsafe.Pointer)(results[i]), flag(rt.kind)}
		} else {
			out[i] = Value{rt, results[i], flagIndir | flag(rt.kind)}
		}
	}
	return out
}
