// This file holds the changing of Values.

package reflect

import "unsafe"

// assignTo returns v as a value of type dst, for an assignment; it panics if
// that is not allowed.
func (v Value) assignTo(context string, dst *rtype) Value {
	if v.flag&flagMethod != 0 {
		v = v.methodFunc(context)
	}
	switch {
	case directlyAssignable(dst, v.typ):
		return Value{dst, v.ptr, v.flag&(flagAddr|flagIndir) | v.flag.ro() | flag(dst.kind)}
	case dst.Kind() == Interface && implementsType(v.typ, dst):
		if v.Kind() == Interface && v.IsNil() {
			return Zero(dst)
		}
		return toInterface(dst, v.iface(context, false))
	}
	panic(context + ": value of type " + v.typ.String() + " is not assignable to type " + dst.String())
}

// toInterface stores x in a new variable of interface type t.
func toInterface(t *rtype, x any) Value {
	p := unsafeNew(t)
	if t.len == 0 {
		*(*any)(p) = x
	} else if e := (*eface)(unsafe.Pointer(&x)); e.typ != nil {
		*(*iface)(p) = iface{(*itab)(getitab(t, e.typ)), e.data}
	}
	return Value{t, p, flagIndir | flag(Interface)}
}

// store writes v, which has v.typ's representation, to p.
func (v Value) store(p unsafe.Pointer) {
	if v.flag&flagIndir != 0 {
		typedmemmove(v.typ, p, v.ptr)
	} else {
		*(*unsafe.Pointer)(p) = v.ptr
	}
}

// Set assigns x to v, as an assignment statement does.
func (v Value) Set(x Value) {
	v.mustBeAssignable("Set")
	x.mustBeExported("Set")
	x = x.assignTo("reflect.Set", v.typ)
	x.store(v.ptr)
}

// SetZero makes v the zero value of its type.
func (v Value) SetZero() {
	v.mustBeAssignable("SetZero")
	Zero(v.typ).store(v.ptr)
}

// SetBool sets a bool.
func (v Value) SetBool(x bool) {
	v.mustBeAssignable("SetBool")
	v.mustBe(Bool, "SetBool")
	*(*bool)(v.ptr) = x
}

// SetInt sets a signed integer to the low bits of x.
func (v Value) SetInt(x int64) {
	v.mustBeAssignable("SetInt")
	switch v.Kind() {
	case Int:
		*(*int)(v.ptr) = int(x)
	case Int8:
		*(*int8)(v.ptr) = int8(x)
	case Int16:
		*(*int16)(v.ptr) = int16(x)
	case Int32:
		*(*int32)(v.ptr) = int32(x)
	case Int64:
		*(*int64)(v.ptr) = x
	default:
		panic(&ValueError{"reflect.Value.SetInt", v.Kind()})
	}
}

// SetUint sets an unsigned integer to the low bits of x.
func (v Value) SetUint(x uint64) {
	v.mustBeAssignable("SetUint")
	switch v.Kind() {
	case Uint:
		*(*uint)(v.ptr) = uint(x)
	case Uint8:
		*(*uint8)(v.ptr) = uint8(x)
	case Uint16:
		*(*uint16)(v.ptr) = uint16(x)
	case Uint32:
		*(*uint32)(v.ptr) = uint32(x)
	case Uint64:
		*(*uint64)(v.ptr) = x
	case Uintptr:
		*(*uintptr)(v.ptr) = uintptr(x)
	default:
		panic(&ValueError{"reflect.Value.SetUint", v.Kind()})
	}
}

// SetFloat sets a float.
func (v Value) SetFloat(x float64) {
	v.mustBeAssignable("SetFloat")
	switch v.Kind() {
	case Float32:
		*(*float32)(v.ptr) = float32(x)
	case Float64:
		*(*float64)(v.ptr) = x
	default:
		panic(&ValueError{"reflect.Value.SetFloat", v.Kind()})
	}
}

// SetComplex sets a complex number.
func (v Value) SetComplex(x complex128) {
	v.mustBeAssignable("SetComplex")
	switch v.Kind() {
	case Complex64:
		*(*complex64)(v.ptr) = complex64(x)
	case Complex128:
		*(*complex128)(v.ptr) = x
	default:
		panic(&ValueError{"reflect.Value.SetComplex", v.Kind()})
	}
}

// SetString sets a string.
func (v Value) SetString(x string) {
	v.mustBeAssignable("SetString")
	v.mustBe(String, "SetString")
	*(*string)(v.ptr) = x
}

// SetBytes sets a byte slice.
func (v Value) SetBytes(x []byte) {
	v.mustBeAssignable("SetBytes")
	v.mustBe(Slice, "SetBytes")
	if v.typ.elem.Kind() != Uint8 {
		panic("reflect.Value.SetBytes of non-byte slice")
	}
	*(*[]byte)(v.ptr) = x
}

// SetPointer sets an unsafe.Pointer.
func (v Value) SetPointer(x unsafe.Pointer) {
	v.mustBeAssignable("SetPointer")
	v.mustBe(UnsafePointer, "SetPointer")
	*(*unsafe.Pointer)(v.ptr) = x
}

// SetLen sets a slice's length.
func (v Value) SetLen(n int) {
	v.mustBeAssignable("SetLen")
	v.mustBe(Slice, "SetLen")
	s := (*sliceHeader)(v.ptr)
	if uint(n) > uint(s.cap) {
		panic("reflect: slice length out of range in SetLen")
	}
	s.len = n
}

// SetCap sets a slice's capacity, between its length and its capacity.
func (v Value) SetCap(n int) {
	v.mustBeAssignable("SetCap")
	v.mustBe(Slice, "SetCap")
	s := (*sliceHeader)(v.ptr)
	if n < s.len || n > s.cap {
		panic("reflect: slice capacity out of range in SetCap")
	}
	s.cap = n
}

// OverflowInt reports whether v's type cannot represent x.
func (v Value) OverflowInt(x int64) bool {
	if !v.CanInt() {
		panic(&ValueError{"reflect.Value.OverflowInt", v.Kind()})
	}
	return v.typ.OverflowInt(x)
}

// OverflowUint reports whether v's type cannot represent x.
func (v Value) OverflowUint(x uint64) bool {
	if !v.CanUint() {
		panic(&ValueError{"reflect.Value.OverflowUint", v.Kind()})
	}
	return v.typ.OverflowUint(x)
}

// OverflowFloat reports whether v's type cannot represent x.
func (v Value) OverflowFloat(x float64) bool {
	if !v.CanFloat() {
		panic(&ValueError{"reflect.Value.OverflowFloat", v.Kind()})
	}
	return v.typ.OverflowFloat(x)
}

// OverflowComplex reports whether v's type cannot represent x.
func (v Value) OverflowComplex(x complex128) bool {
	if !v.CanComplex() {
		panic(&ValueError{"reflect.Value.OverflowComplex", v.Kind()})
	}
	return v.typ.OverflowComplex(x)
}
