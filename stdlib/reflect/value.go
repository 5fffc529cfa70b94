// This file holds Value: making, inspecting and taking apart.

package reflect

import (
	"strconv"
	"unsafe"
)

// Value is a Go value of any type. The zero Value holds none: only IsValid,
// Kind and String work on it.
//
// If flagIndir is set, ptr points to the value, else it is the value (of a
// pointer-shaped type).
type Value struct {
	typ  *rtype
	ptr  unsafe.Pointer
	flag flag
}

type flag uintptr

const (
	flagKind flag = 1<<5 - 1
	// Obtained through an unexported field: directly, or through an embedded one.
	flagStickyRO flag = 1 << 5
	flagEmbedRO  flag = 1 << 6
	flagRO            = flagStickyRO | flagEmbedRO
	flagIndir    flag = 1 << 7
	flagAddr     flag = 1 << 8
	// A method value: ptr is the receiver, the bits above are the index.
	flagMethod      flag = 1 << 9
	flagMethodShift      = 10
)

func (f flag) kind() Kind { return Kind(f & flagKind) }

// ro is flagStickyRO if f is read-only in any way.
func (f flag) ro() flag {
	if f&flagRO != 0 {
		return flagStickyRO
	}
	return 0
}

// mustBe panics unless the kind is k.
func (v Value) mustBe(k Kind, name string) {
	if v.flag.kind() != k || v.flag&flagMethod != 0 && k != Func {
		panic(&ValueError{"reflect.Value." + name, v.Kind()})
	}
}

func (v Value) mustBeExported(name string) {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value." + name, Invalid})
	}
	if v.flag&flagRO != 0 {
		panic("reflect: reflect.Value." + name + " using value obtained using unexported field")
	}
}

func (v Value) mustBeAssignable(name string) {
	v.mustBeExported(name)
	if v.flag&flagAddr == 0 {
		panic("reflect: reflect.Value." + name + " using unaddressable value")
	}
}

// pointer returns the word of a pointer-shaped value.
func (v Value) pointer() unsafe.Pointer {
	if v.flag&flagIndir != 0 {
		return *(*unsafe.Pointer)(v.ptr)
	}
	return v.ptr
}

// addr returns where the value lies, after copying it to memory if need be.
func (v *Value) addr() unsafe.Pointer {
	if v.flag&flagIndir != 0 {
		return v.ptr
	}
	p := new(unsafe.Pointer)
	*p = v.ptr
	return unsafe.Pointer(p)
}

// loaded returns the t at p as a Value that is not addressable and does not
// change with *p.
func loaded(t *rtype, p unsafe.Pointer, fl flag) Value {
	fl |= flag(t.kind)
	if t.direct() {
		return Value{t, *(*unsafe.Pointer)(p), fl}
	}
	c := unsafeNew(t)
	typedmemmove(t, c, p)
	return Value{t, c, fl | flagIndir}
}

// ValueOf returns the value in i, the zero Value for a nil interface.
func ValueOf(i any) Value {
	e := (*eface)(unsafe.Pointer(&i))
	if e.typ == nil {
		return Value{}
	}
	fl := flag(e.typ.kind)
	if !e.typ.direct() {
		fl |= flagIndir
	}
	return Value{e.typ, e.data, fl}
}

// packEface makes an interface of v; an addressable value is copied.
func packEface(v Value) any {
	var i any
	e := (*eface)(unsafe.Pointer(&i))
	e.typ = v.typ
	switch {
	case v.typ.direct():
		e.data = v.pointer()
	case v.flag&flagAddr != 0:
		e.data = unsafeNew(v.typ)
		typedmemmove(v.typ, e.data, v.ptr)
	default:
		e.data = v.ptr
	}
	return i
}

// IsValid reports whether v holds a value.
func (v Value) IsValid() bool { return v.flag != 0 }

// Kind returns the kind of v's type, Invalid for the zero Value.
func (v Value) Kind() Kind { return v.flag.kind() }

// Type returns v's type.
func (v Value) Type() Type {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.Type", Invalid})
	}
	if v.flag&flagMethod != 0 {
		t, _, _ := v.methodReceiver("Type")
		return t
	}
	return v.typ
}

// Interface returns v as an interface value. It panics if v was obtained
// through unexported fields.
func (v Value) Interface() any { return v.iface("Interface", true) }

func (v Value) iface(name string, safe bool) any {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value." + name, Invalid})
	}
	if safe && v.flag&flagRO != 0 {
		panic("reflect.Value.Interface: cannot return value obtained from unexported field or method")
	}
	if v.flag&flagMethod != 0 {
		v = v.methodFunc(name)
	}
	if v.Kind() == Interface {
		return v.inner()
	}
	return packEface(v)
}

// inner returns the content of an interface value as an any.
func (v Value) inner() any {
	if v.typ.len == 0 {
		return *(*any)(v.ptr)
	}
	var i any
	w := (*iface)(v.ptr)
	if w.tab != nil {
		e := (*eface)(unsafe.Pointer(&i))
		e.typ, e.data = w.tab.typ, w.data
	}
	return i
}

// TypeAssert is v.Interface().(T) with a comma ok, without the interface.
func TypeAssert[T any](v Value) (T, bool) {
	if v.flag == 0 {
		panic(&ValueError{"reflect.TypeAssert", Invalid})
	}
	if v.flag&flagRO != 0 {
		panic("reflect.TypeAssert: cannot return value obtained from unexported field or method")
	}
	t, ok := v.iface("TypeAssert", true).(T)
	return t, ok
}

// CanInterface reports whether Interface works.
func (v Value) CanInterface() bool {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.CanInterface", Invalid})
	}
	return v.flag&flagRO == 0
}

// InterfaceData returns the two words of an interface value.
//
// Deprecated: the layout is not part of the language.
func (v Value) InterfaceData() [2]uintptr {
	v.mustBe(Interface, "InterfaceData")
	return *(*[2]uintptr)(v.ptr)
}

// CanAddr reports whether Addr works: v is an element of a slice, of an
// addressable array, a field of an addressable struct, or what a pointer points to.
func (v Value) CanAddr() bool { return v.flag&flagAddr != 0 }

// CanSet reports whether v may be changed.
func (v Value) CanSet() bool { return v.flag&(flagAddr|flagRO) == flagAddr }

// Addr returns a pointer to v.
func (v Value) Addr() Value {
	if v.flag&flagAddr == 0 {
		panic("reflect.Value.Addr of unaddressable value")
	}
	return Value{v.typ.pointer(), v.ptr, v.flag&flagRO | flag(Pointer)}
}

// UnsafeAddr returns v's address.
func (v Value) UnsafeAddr() uintptr {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.UnsafeAddr", Invalid})
	}
	if v.flag&flagAddr == 0 {
		panic("reflect.Value.UnsafeAddr of unaddressable value")
	}
	return uintptr(v.ptr)
}

// Bool returns a bool's value.
func (v Value) Bool() bool {
	v.mustBe(Bool, "Bool")
	return *(*bool)(v.ptr)
}

// CanInt reports whether Int works.
func (v Value) CanInt() bool { return v.Kind() >= Int && v.Kind() <= Int64 }

// Int returns a signed integer's value.
func (v Value) Int() int64 {
	switch v.Kind() {
	case Int:
		return int64(*(*int)(v.ptr))
	case Int8:
		return int64(*(*int8)(v.ptr))
	case Int16:
		return int64(*(*int16)(v.ptr))
	case Int32:
		return int64(*(*int32)(v.ptr))
	case Int64:
		return *(*int64)(v.ptr)
	}
	panic(&ValueError{"reflect.Value.Int", v.Kind()})
}

// CanUint reports whether Uint works.
func (v Value) CanUint() bool { return v.Kind() >= Uint && v.Kind() <= Uintptr }

// Uint returns an unsigned integer's value.
func (v Value) Uint() uint64 {
	switch v.Kind() {
	case Uint:
		return uint64(*(*uint)(v.ptr))
	case Uint8:
		return uint64(*(*uint8)(v.ptr))
	case Uint16:
		return uint64(*(*uint16)(v.ptr))
	case Uint32:
		return uint64(*(*uint32)(v.ptr))
	case Uint64:
		return *(*uint64)(v.ptr)
	case Uintptr:
		return uint64(*(*uintptr)(v.ptr))
	}
	panic(&ValueError{"reflect.Value.Uint", v.Kind()})
}

// CanFloat reports whether Float works.
func (v Value) CanFloat() bool { return v.Kind() == Float32 || v.Kind() == Float64 }

// Float returns a float's value.
func (v Value) Float() float64 {
	switch v.Kind() {
	case Float32:
		return float64(*(*float32)(v.ptr))
	case Float64:
		return *(*float64)(v.ptr)
	}
	panic(&ValueError{"reflect.Value.Float", v.Kind()})
}

// CanComplex reports whether Complex works.
func (v Value) CanComplex() bool { return v.Kind() == Complex64 || v.Kind() == Complex128 }

// Complex returns a complex number's value.
func (v Value) Complex() complex128 {
	switch v.Kind() {
	case Complex64:
		return complex128(*(*complex64)(v.ptr))
	case Complex128:
		return *(*complex128)(v.ptr)
	}
	panic(&ValueError{"reflect.Value.Complex", v.Kind()})
}

// String returns a string's value; for other kinds a text such as "<int Value>".
func (v Value) String() string {
	switch v.Kind() {
	case String:
		return *(*string)(v.ptr)
	case Invalid:
		return "<invalid Value>"
	}
	return "<" + v.Type().String() + " Value>"
}

// Bytes returns the bytes of a byte slice or addressable byte array.
func (v Value) Bytes() []byte {
	switch v.Kind() {
	case Slice:
		if v.typ.elem.Kind() != Uint8 {
			panic("reflect.Value.Bytes of non-byte slice")
		}
		return *(*[]byte)(v.ptr)
	case Array:
		if v.typ.elem.Kind() != Uint8 {
			panic("reflect.Value.Bytes of non-byte array")
		}
		if !v.CanAddr() {
			panic("reflect.Value.Bytes of unaddressable byte array")
		}
		return unsafe.Slice((*byte)(v.ptr), int(v.typ.len))
	}
	panic(&ValueError{"reflect.Value.Bytes", v.Kind()})
}

// IsNil reports whether a channel, func, interface, map, pointer or slice is nil.
func (v Value) IsNil() bool {
	switch v.Kind() {
	case Chan, Func, Map, Pointer, UnsafePointer:
		if v.flag&flagMethod != 0 {
			return false
		}
		return v.pointer() == nil
	case Interface, Slice:
		return *(*unsafe.Pointer)(v.ptr) == nil
	}
	panic(&ValueError{"reflect.Value.IsNil", v.Kind()})
}

// Pointer returns the address in v as a number.
func (v Value) Pointer() uintptr { return uintptr(v.unsafePointer("Pointer")) }

// UnsafePointer returns the address in a channel, func, map, pointer, slice or string.
func (v Value) UnsafePointer() unsafe.Pointer { return v.unsafePointer("UnsafePointer") }

func (v Value) unsafePointer(name string) unsafe.Pointer {
	switch v.Kind() {
	case Chan, Map, Pointer, UnsafePointer:
		return v.pointer()
	case Func:
		p := v.pointer()
		if v.flag&flagMethod != 0 {
			p = v.methodFunc(name).ptr
		}
		if p != nil {
			p = *(*unsafe.Pointer)(p)
		}
		return p
	case Slice, String:
		return *(*unsafe.Pointer)(v.ptr)
	}
	panic(&ValueError{"reflect.Value." + name, v.Kind()})
}

// Elem returns what an interface contains or a pointer points to; the zero
// Value if v is nil.
func (v Value) Elem() Value {
	switch v.Kind() {
	case Interface:
		x := ValueOf(v.inner())
		if x.flag != 0 {
			x.flag |= v.flag.ro()
		}
		return x
	case Pointer:
		p := v.pointer()
		if p == nil {
			return Value{}
		}
		return Value{v.typ.elem, p, v.flag&flagRO | flagIndir | flagAddr | flag(v.typ.elem.kind)}
	}
	panic(&ValueError{"reflect.Value.Elem", v.Kind()})
}

// Indirect returns v.Elem() for pointers, else v.
func Indirect(v Value) Value {
	if v.Kind() != Pointer {
		return v
	}
	return v.Elem()
}

// NumField returns the number of fields of a struct.
func (v Value) NumField() int {
	v.mustBe(Struct, "NumField")
	return int(v.typ.len)
}

// Field returns the i'th field of a struct.
func (v Value) Field(i int) Value {
	v.mustBe(Struct, "Field")
	if uint(i) >= uint(v.typ.len) {
		panic("reflect: Field index out of range")
	}
	f := &v.typ.fields()[i]
	fl := v.flag&(flagStickyRO|flagIndir|flagAddr) | flag(f.typ.kind)
	if f.pkgPath != "" {
		if f.embedded != 0 {
			fl |= flagEmbedRO
		} else {
			fl |= flagStickyRO
		}
	}
	if v.flag&flagIndir == 0 {
		return Value{f.typ, v.ptr, fl}
	}
	return Value{f.typ, unsafe.Add(v.ptr, f.offset), fl}
}

// FieldByIndex follows a path of field indices; it panics at a nil pointer.
func (v Value) FieldByIndex(index []int) Value {
	if len(index) == 1 {
		return v.Field(index[0])
	}
	v.mustBe(Struct, "FieldByIndex")
	for i, x := range index {
		if i > 0 && v.Kind() == Pointer && v.typ.elem.Kind() == Struct {
			if v.IsNil() {
				panic("reflect: indirection through nil pointer to embedded struct")
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v
}

// FieldByIndexErr is FieldByIndex with an error at a nil pointer.
func (v Value) FieldByIndexErr(index []int) (Value, error) {
	if len(index) == 1 {
		return v.Field(index[0]), nil
	}
	v.mustBe(Struct, "FieldByIndexErr")
	for i, x := range index {
		if i > 0 && v.Kind() == Pointer && v.typ.elem.Kind() == Struct {
			if v.IsNil() {
				return Value{}, textError("reflect: indirection through nil pointer to embedded struct field " + v.typ.elem.Name())
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v, nil
}

type textError string

func (e textError) Error() string { return string(e) }

// FieldByName returns the field of that name, or the zero Value.
func (v Value) FieldByName(name string) Value {
	v.mustBe(Struct, "FieldByName")
	if f, ok := v.typ.FieldByName(name); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// FieldByNameFunc returns the field whose name satisfies match, or the zero Value.
func (v Value) FieldByNameFunc(match func(string) bool) Value {
	if f, ok := v.typ.FieldByNameFunc(match); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// Len returns the length of an array, channel, map, slice, string or pointer to array.
func (v Value) Len() int {
	switch v.Kind() {
	case Slice:
		return (*sliceHeader)(v.ptr).len
	case String:
		return len(*(*string)(v.ptr))
	case Array:
		return int(v.typ.len)
	case Chan:
		return chanlen(v.pointer())
	case Map:
		if m := v.pointer(); m != nil {
			return *(*int)(m)
		}
		return 0
	case Pointer:
		if v.typ.elem.Kind() == Array {
			return int(v.typ.elem.len)
		}
		panic("reflect: call of reflect.Value.Len on ptr to non-array Value")
	}
	panic(&ValueError{"reflect.Value.Len", v.Kind()})
}

// Cap returns the capacity of an array, channel, slice or pointer to array.
func (v Value) Cap() int {
	switch v.Kind() {
	case Slice:
		return (*sliceHeader)(v.ptr).cap
	case Array:
		return int(v.typ.len)
	case Chan:
		return chancap(v.pointer())
	case Pointer:
		if v.typ.elem.Kind() == Array {
			return int(v.typ.elem.len)
		}
		panic("reflect: call of reflect.Value.Cap on ptr to non-array Value")
	}
	panic(&ValueError{"reflect.Value.Cap", v.Kind()})
}

// Index returns the i'th element of an array, slice or string.
func (v Value) Index(i int) Value {
	switch v.Kind() {
	case Slice:
		s := (*sliceHeader)(v.ptr)
		if uint(i) >= uint(s.len) {
			panic("reflect: slice index out of range")
		}
		e := v.typ.elem
		return Value{e, unsafe.Add(s.data, uintptr(i)*e.size), flagAddr | flagIndir | v.flag.ro() | flag(e.kind)}
	case Array:
		if uint(i) >= uint(v.typ.len) {
			panic("reflect: array index out of range")
		}
		e := v.typ.elem
		fl := v.flag&(flagIndir|flagAddr) | v.flag.ro() | flag(e.kind)
		if v.flag&flagIndir == 0 {
			return Value{e, v.ptr, fl}
		}
		return Value{e, unsafe.Add(v.ptr, uintptr(i)*e.size), fl}
	case String:
		s := *(*string)(v.ptr)
		if uint(i) >= uint(len(s)) {
			panic("reflect: string index out of range")
		}
		b := new(byte)
		*b = s[i]
		return Value{uint8Type, unsafe.Pointer(b), v.flag.ro() | flag(Uint8) | flagIndir}
	}
	panic(&ValueError{"reflect.Value.Index", v.Kind()})
}

var (
	uint8Type  = TypeFor[uint8]().common()
	stringType = TypeFor[string]().common()
	bytesType  = TypeFor[[]byte]().common()
)

// Zero returns the zero value of a type; it is not addressable.
func Zero(typ Type) Value {
	if typ == nil {
		panic("reflect: Zero(nil)")
	}
	t := typ.common()
	if t.direct() {
		return Value{t, nil, flag(t.kind)}
	}
	return Value{t, unsafeNew(t), flag(t.kind) | flagIndir}
}

// New returns a pointer to a new zero value.
func New(typ Type) Value {
	if typ == nil {
		panic("reflect: New(nil)")
	}
	t := typ.common()
	return Value{t.pointer(), unsafeNew(t), flag(Pointer)}
}

// NewAt returns a pointer of type *typ with the value p.
func NewAt(typ Type, p unsafe.Pointer) Value {
	return Value{typ.common().pointer(), p, flag(Pointer)}
}

// IsZero reports whether v is the zero value of its type.
func (v Value) IsZero() bool {
	switch k := v.Kind(); {
	case k == Invalid:
		panic(&ValueError{"reflect.Value.IsZero", Invalid})
	case k == Float32, k == Float64:
		return v.Float() == 0 && !negative(v.Float())
	case k == Complex64, k == Complex128:
		c := v.Complex()
		return c == 0 && !negative(real(c)) && !negative(imag(c))
	case k == Chan, k == Func, k == Interface, k == Map, k == Pointer, k == Slice, k == UnsafePointer:
		return v.IsNil()
	case k == String:
		return v.Len() == 0
	case k == Array:
		for i := range v.Len() {
			if !v.Index(i).IsZero() {
				return false
			}
		}
		return true
	case k == Struct:
		for i := range v.NumField() {
			if v.typ.fields()[i].name != "_" && !v.Field(i).IsZero() {
				return false
			}
		}
		return true
	case k == Bool:
		return !v.Bool()
	case v.CanInt():
		return v.Int() == 0
	}
	return v.Uint() == 0
}

func negative(f float64) bool { return *(*uint64)(unsafe.Pointer(&f))>>63 != 0 }

// Comparable reports whether comparing v does not panic.
func (v Value) Comparable() bool {
	switch v.Kind() {
	case Invalid:
		return true
	case Interface:
		return v.IsNil() || v.Elem().Comparable()
	case Array:
		for i := range v.Len() {
			if !v.Index(i).Comparable() {
				return false
			}
		}
		return v.typ.Comparable()
	case Struct:
		for i := range v.NumField() {
			if !v.Field(i).Comparable() {
				return false
			}
		}
		return true
	}
	return v.typ.Comparable()
}

// Equal reports v == u for values of one type.
func (v Value) Equal(u Value) bool {
	if v.Kind() == Interface {
		v = v.Elem()
	}
	if u.Kind() == Interface {
		u = u.Elem()
	}
	if !v.IsValid() || !u.IsValid() {
		return v.IsValid() == u.IsValid()
	}
	if v.Type() != u.Type() {
		return false
	}
	if !v.typ.Comparable() {
		panic("reflect.Value.Equal: values of type " + v.Type().String() + " are not comparable")
	}
	return v.typ.equalAt(v.addr(), u.addr())
}

// itoa is for messages.
func itoa(i int) string { return strconv.Itoa(i) }
