// This file holds Type and its implementation by descriptors.

package reflect

import (
	"iter"
	"unsafe"
)

// Type describes a Go type. Types are comparable: equal Types are identical types.
// Methods that do not apply to the type's kind panic.
type Type interface {
	// Align returns the alignment of variables in bytes.
	Align() int
	// FieldAlign returns the alignment of struct fields in bytes.
	FieldAlign() int
	// Method returns the i'th exported method, by name. For interface types
	// Func is invalid, and unexported methods count.
	Method(int) Method
	// Methods iterates over what Method returns.
	Methods() iter.Seq[Method]
	// MethodByName returns the method of that name.
	MethodByName(string) (Method, bool)
	// NumMethod returns the number of methods that Method accepts.
	NumMethod() int
	// Name returns the declared name, empty for unnamed types.
	Name() string
	// PkgPath returns the import path of a defined type's package.
	PkgPath() string
	// Size returns the bytes of a value.
	Size() uintptr
	// String returns the type as source would name it; not unique.
	String() string
	// Kind returns the shape.
	Kind() Kind
	// Implements reports whether the type implements interface type u.
	Implements(u Type) bool
	// AssignableTo reports whether values are assignable to type u.
	AssignableTo(u Type) bool
	// ConvertibleTo reports whether values are convertible to type u. The
	// conversion of a particular slice to an array may still panic.
	ConvertibleTo(u Type) bool
	// Comparable reports whether values can be compared; comparing may still panic.
	Comparable() bool
	// Bits returns the size of a numeric type in bits.
	Bits() int
	// ChanDir returns the direction of a channel type.
	ChanDir() ChanDir
	// IsVariadic reports whether a func type's last parameter is variadic.
	IsVariadic() bool
	// Elem returns the element type of an array, channel, map, pointer or slice.
	Elem() Type
	// Field returns the i'th field of a struct type.
	Field(i int) StructField
	// Fields iterates over the fields.
	Fields() iter.Seq[StructField]
	// FieldByIndex follows a path of field indices.
	FieldByIndex(index []int) StructField
	// FieldByName finds a field, promoted ones included.
	FieldByName(name string) (StructField, bool)
	// FieldByNameFunc finds the one field whose name satisfies match.
	FieldByNameFunc(match func(string) bool) (StructField, bool)
	// In returns the type of the i'th parameter.
	In(i int) Type
	// Ins iterates over the parameter types.
	Ins() iter.Seq[Type]
	// Key returns a map type's key type.
	Key() Type
	// Len returns an array type's length.
	Len() int
	// NumField returns the number of fields of a struct type.
	NumField() int
	// NumIn returns the number of parameters.
	NumIn() int
	// NumOut returns the number of results.
	NumOut() int
	// Out returns the type of the i'th result.
	Out(i int) Type
	// Outs iterates over the result types.
	Outs() iter.Seq[Type]
	// OverflowComplex reports whether a complex type cannot represent x.
	OverflowComplex(x complex128) bool
	// OverflowFloat reports whether a float type cannot represent x.
	OverflowFloat(x float64) bool
	// OverflowInt reports whether a signed type cannot represent x.
	OverflowInt(x int64) bool
	// OverflowUint reports whether an unsigned type cannot represent x.
	OverflowUint(x uint64) bool
	// CanSeq reports whether Value.Seq works.
	CanSeq() bool
	// CanSeq2 reports whether Value.Seq2 works.
	CanSeq2() bool

	common() *rtype
}

// TypeOf returns the dynamic type of i, nil for a nil interface.
func TypeOf(i any) Type {
	return toType((*eface)(unsafe.Pointer(&i)).typ)
}

// TypeFor returns the Type of the type argument.
func TypeFor[T any]() Type {
	return TypeOf((*T)(nil)).Elem()
}

func toType(t *rtype) Type {
	if t == nil {
		return nil
	}
	return t
}

func (t *rtype) common() *rtype  { return t }
func (t *rtype) Align() int      { return int(t.align) }
func (t *rtype) FieldAlign() int { return int(t.fieldAlign) }
func (t *rtype) Size() uintptr   { return t.size }
func (t *rtype) String() string  { return t.str }
func (t *rtype) Kind() Kind      { return Kind(t.kind) }

func (t *rtype) Name() string {
	if t.tflag&tflagNamed == 0 {
		return ""
	}
	if t.uncommon != nil {
		return t.uncommon.name
	}
	return t.str
}

func (t *rtype) PkgPath() string {
	if t.tflag&tflagNamed == 0 || t.uncommon == nil {
		return ""
	}
	return t.uncommon.pkgPath
}

func (t *rtype) Comparable() bool { return t.tflag&tflagComparable != 0 }

func (t *rtype) Bits() int {
	k := t.Kind()
	if k < Int || k > Complex128 {
		panic("reflect: Bits of non-arithmetic Type " + t.String())
	}
	return int(t.size) * 8
}

func (t *rtype) ChanDir() ChanDir {
	t.must(Chan, "ChanDir")
	return ChanDir(t.len)
}

func (t *rtype) IsVariadic() bool {
	t.must(Func, "IsVariadic")
	return t.variadic()
}

// must panics unless t is of kind k.
func (t *rtype) must(k Kind, name string) {
	if t.Kind() != k {
		article := "non-" + k.String()
		if k == Chan {
			article = "non-chan"
		}
		panic("reflect: " + name + " of " + article + " type " + t.String())
	}
}

func (t *rtype) Elem() Type {
	switch t.Kind() {
	case Array, Chan, Map, Pointer, Slice:
		return toType(t.elem)
	}
	panic("reflect: Elem of invalid type " + t.String())
}

func (t *rtype) Key() Type {
	t.must(Map, "Key")
	return toType(t.key)
}

func (t *rtype) Len() int {
	t.must(Array, "Len")
	return int(t.len)
}

func (t *rtype) NumField() int {
	t.must(Struct, "NumField")
	return int(t.len)
}

func (t *rtype) NumIn() int {
	t.must(Func, "NumIn")
	return t.inCount()
}

func (t *rtype) NumOut() int {
	t.must(Func, "NumOut")
	return t.outCount()
}

func (t *rtype) In(i int) Type {
	t.must(Func, "In")
	return t.params()[:t.inCount()][i]
}

func (t *rtype) Out(i int) Type {
	t.must(Func, "Out")
	return t.params()[t.inCount():][i]
}

func (t *rtype) Ins() iter.Seq[Type] {
	return func(yield func(Type) bool) {
		for i := range t.NumIn() {
			if !yield(t.In(i)) {
				return
			}
		}
	}
}

func (t *rtype) Outs() iter.Seq[Type] {
	return func(yield func(Type) bool) {
		for i := range t.NumOut() {
			if !yield(t.Out(i)) {
				return
			}
		}
	}
}

func (t *rtype) OverflowComplex(x complex128) bool {
	switch t.Kind() {
	case Complex64:
		return overflowFloat32(real(x)) || overflowFloat32(imag(x))
	case Complex128:
		return false
	}
	panic("reflect: OverflowComplex of non-complex type " + t.String())
}

func (t *rtype) OverflowFloat(x float64) bool {
	switch t.Kind() {
	case Float32:
		return overflowFloat32(x)
	case Float64:
		return false
	}
	panic("reflect: OverflowFloat of non-float type " + t.String())
}

func (t *rtype) OverflowInt(x int64) bool {
	if k := t.Kind(); k >= Int && k <= Int64 {
		shift := 64 - uint(t.size)*8
		return x<<shift>>shift != x
	}
	panic("reflect: OverflowInt of non-int type " + t.String())
}

func (t *rtype) OverflowUint(x uint64) bool {
	if k := t.Kind(); k >= Uint && k <= Uintptr {
		shift := 64 - uint(t.size)*8
		return x<<shift>>shift != x
	}
	panic("reflect: OverflowUint of non-uint type " + t.String())
}

func overflowFloat32(x float64) bool {
	if x < 0 {
		x = -x
	}
	const maxFloat32 = 0x1p127 * (1 + (1 - 0x1p-23))
	return maxFloat32 < x && x <= 1.79769313486231570814527423731704356798070e+308
}

func (t *rtype) CanSeq() bool {
	switch t.Kind() {
	case Int, Int8, Int16, Int32, Int64, Uint, Uint8, Uint16, Uint32, Uint64, Uintptr, Array, Slice, Chan, String, Map:
		return true
	case Func:
		return t.canRangeFunc(1)
	case Pointer:
		return t.elem.Kind() == Array
	}
	return false
}

func (t *rtype) CanSeq2() bool {
	switch t.Kind() {
	case Array, Slice, String, Map:
		return true
	case Func:
		return t.canRangeFunc(2)
	case Pointer:
		return t.elem.Kind() == Array
	}
	return false
}

// canRangeFunc reports whether t is func(yield func(n values) bool).
func (t *rtype) canRangeFunc(n int) bool {
	if t.inCount() != 1 || t.outCount() != 0 {
		return false
	}
	y := t.params()[0]
	return y.Kind() == Func && y.inCount() == n && y.outCount() == 1 && y.params()[n].Kind() == Bool
}

// A Method is one method of a type.
type Method struct {
	// Name is the method's name.
	Name string
	// PkgPath qualifies unexported names; empty for exported ones.
	PkgPath string
	// Type has the receiver as first parameter, unless the type is an interface type.
	Type Type
	// Func takes the receiver as first argument.
	Func Value
	// Index is the argument for Type.Method.
	Index int
}

// IsExported reports whether the method is exported.
func (m Method) IsExported() bool { return m.PkgPath == "" }

// exported returns the exported methods of a type that is not an interface type.
func (t *rtype) exported() []method {
	all := t.methods()
	n := 0
	for i := range all {
		if all[i].pkgPath == "" {
			n++
		}
	}
	if n == len(all) {
		return all
	}
	out := make([]method, 0, n)
	for i := range all {
		if all[i].pkgPath == "" {
			out = append(out, all[i])
		}
	}
	return out
}

func (t *rtype) NumMethod() int {
	if t.Kind() == Interface {
		return int(t.len)
	}
	n := 0
	for i := range t.methods() {
		if t.methods()[i].pkgPath == "" {
			n++
		}
	}
	return n
}

//go:noinline
func (t *rtype) Method(i int) Method {
	if t.Kind() == Interface {
		ms := t.imethods()
		if i < 0 || i >= len(ms) {
			panic("reflect: Method index out of range")
		}
		m := &ms[i]
		return Method{Name: m.name, PkgPath: m.pkgPath, Type: toType(m.typ), Index: i}
	}
	ms := t.exported()
	if i < 0 || i >= len(ms) {
		panic("reflect: Method index out of range")
	}
	m, code := ms[i], t.methodCode(i)
	in := []Type{t}
	for _, p := range code.typ.params()[:code.typ.inCount()] {
		in = append(in, p)
	}
	var out []Type
	for _, p := range code.typ.params()[code.typ.inCount():] {
		out = append(out, p)
	}
	ft := FuncOf(in, out, code.typ.variadic()).(*rtype)
	if ft.aux != nil && code.typ.aux != nil {
		return Method{Name: m.name, Type: ft, Func: Value{ft, methodExpr(t, ft, code.typ, &code.ifn), flag(Func)}, Index: i}
	}
	// Nobody can call it but Call.
	fn := MakeFunc(ft, func(args []Value) []Value {
		call := args[0].Method(i).Call
		if code.typ.variadic() {
			call = args[0].Method(i).CallSlice
		}
		return call(args[1:])
	})
	return Method{Name: m.name, Type: ft, Func: fn, Index: i}
}

//go:noinline
func (t *rtype) Methods() iter.Seq[Method] {
	return func(yield func(Method) bool) {
		for i := range t.NumMethod() {
			if !yield(t.Method(i)) {
				return
			}
		}
	}
}

//go:noinline
func (t *rtype) MethodByName(name string) (Method, bool) {
	if i := t.methodIndex(name); i >= 0 {
		return t.Method(i), true
	}
	return Method{}, false
}

// methodIndex returns the argument for Method, or -1.
func (t *rtype) methodIndex(name string) int {
	if t.Kind() == Interface {
		for i := range t.imethods() {
			if t.imethods()[i].name == name {
				return i
			}
		}
		return -1
	}
	n := 0
	for i := range t.methods() {
		m := &t.methods()[i]
		if m.pkgPath != "" {
			continue
		}
		if m.name == name {
			return n
		}
		n++
	}
	return -1
}

func (t *rtype) Implements(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	return implementsType(t, u.common())
}

// implementsType reports whether t, which may be an interface type, has the
// methods of interface type u.
func implementsType(t, u *rtype) bool {
	if t.Kind() != Interface {
		return implements(t, u)
	}
	have := t.imethods()
	for _, want := range u.imethods() {
		found := false
		for i := range have {
			h := &have[i]
			if h.name == want.name && h.pkgPath == want.pkgPath && h.typ == want.typ {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func (t *rtype) AssignableTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.AssignableTo")
	}
	return assignable(u.common(), t)
}

// assignable reports whether values of type src can be assigned to dst.
func assignable(dst, src *rtype) bool {
	if dst == src || directlyAssignable(dst, src) {
		return true
	}
	return dst.Kind() == Interface && implementsType(src, dst)
}

// directlyAssignable is assignability without change of representation (Go
// specification, "Assignability").
func directlyAssignable(dst, src *rtype) bool {
	if dst == src {
		return true
	}
	if dst.named() && src.named() || dst.Kind() != src.Kind() {
		return false
	}
	if dst.Kind() == Chan && ChanDir(src.len) == BothDir && dst.elem == src.elem {
		return true
	}
	return sameUnderlying(dst, src, true)
}

func (t *rtype) named() bool { return t.tflag&tflagNamed != 0 }

// sameUnderlying reports whether two types have identical underlying types,
// with or without regard to struct tags.
func sameUnderlying(t, u *rtype, tags bool) bool {
	if t == u {
		return true
	}
	if t.Kind() != u.Kind() {
		return false
	}
	same := func(a, b *rtype) bool {
		if tags || a == b {
			return a == b
		}
		return a.Name() == b.Name() && a.PkgPath() == b.PkgPath() && !a.named() && sameUnderlying(a, b, false)
	}
	switch k := t.Kind(); {
	case k >= Bool && k <= Complex128, k == String, k == UnsafePointer:
		return true
	case k == Array:
		return t.len == u.len && same(t.elem, u.elem)
	case k == Chan:
		return t.len == u.len && same(t.elem, u.elem)
	case k == Pointer, k == Slice:
		return same(t.elem, u.elem)
	case k == Map:
		return same(t.key, u.key) && same(t.elem, u.elem)
	case k == Func:
		if t.len != u.len {
			return false
		}
		for i, p := range t.params() {
			if !same(p, u.params()[i]) {
				return false
			}
		}
		return true
	case k == Interface:
		if t.len != u.len {
			return false
		}
		for i := range t.imethods() {
			a, b := &t.imethods()[i], &u.imethods()[i]
			if a.name != b.name || a.pkgPath != b.pkgPath || a.typ != b.typ {
				return false
			}
		}
		return true
	case k == Struct:
		if t.len != u.len {
			return false
		}
		for i := range t.fields() {
			a, b := &t.fields()[i], &u.fields()[i]
			if a.name != b.name || a.pkgPath != b.pkgPath || a.embedded != b.embedded || !same(a.typ, b.typ) || tags && a.tag != b.tag {
				return false
			}
		}
		return true
	}
	return false
}
