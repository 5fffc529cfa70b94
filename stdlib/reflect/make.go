// This file makes types at run time.

package reflect

import (
	"strconv"
	"unsafe"
)

// PointerTo returns the type *t.
func PointerTo(t Type) Type { return t.common().pointer() }

// PtrTo is the former name of PointerTo.
//
// Deprecated: use PointerTo.
func PtrTo(t Type) Type { return PointerTo(t) }

func (t *rtype) pointer() *rtype {
	if t.ptrToThis != nil {
		return t.ptrToThis
	}
	p := madeType(Pointer, "*"+t.str, "*"+t.uniqueString(), func(p *rtype) {
		p.pointerShaped()
		p.elem = t
	})
	return p
}

// wordBits is the pointer bitmap of a type whose first word, only, is a pointer; twoWords of
// one with two.
var (
	wordBits = [1]byte{1}
	twoWords = [1]byte{3}
)

// Descriptors from which run-time ones take the functions of equal representation.
var (
	pointerModel   = TypeFor[*byte]().common()
	stringModel    = TypeFor[string]().common()
	interfaceModel = TypeFor[interface{ M() }]().common()
	emptyModel     = TypeFor[any]().common()
)

// madeType finds or makes the type with that unique string; fill completes a
// new descriptor.
func madeType(k Kind, str, unique string, fill func(t *rtype)) *rtype {
	if t := findType(unique); t != nil {
		return t
	}
	t := new(rtype)
	t.kind = uint8(k)
	t.str = str
	u := append([]byte(unique), 0)
	t.unique = &u[0]
	t.hash = 2166136261
	for i := 0; i < len(unique); i++ {
		t.hash = (t.hash ^ uint32(unique[i])) * 16777619
	}
	fill(t)
	return registerType(t)
}

// pointerShaped makes t one word that is a pointer, comparable by it.
func (t *rtype) pointerShaped() {
	t.size, t.ptrdata, t.align, t.fieldAlign = 8, 8, 8, 8
	t.gcdata = &wordBits[0]
	t.tflag = tflagDirect | tflagComparable | tflagMemEqual
	t.equal, t.hashfn = pointerModel.equal, pointerModel.hashfn
}

// SliceOf returns the type []t.
func SliceOf(t Type) Type {
	e := t.common()
	return madeType(Slice, "[]"+e.str, "[]"+e.uniqueString(), func(s *rtype) {
		s.size, s.ptrdata, s.align, s.fieldAlign = 24, 8, 8, 8
		s.gcdata = &wordBits[0]
		s.elem = e
	})
}

// ChanOf returns the channel type of that direction and element type.
func ChanOf(dir ChanDir, t Type) Type {
	e := t.common()
	if e.size >= 1<<16 {
		panic("reflect.ChanOf: element size too large")
	}
	var prefix string
	switch dir {
	case SendDir, RecvDir, BothDir:
		prefix = dir.String() + " "
	default:
		panic("reflect.ChanOf: invalid dir")
	}
	wrap := func(s string) string {
		if dir != SendDir && len(s) > 1 && s[0] == '<' {
			return prefix + "(" + s + ")"
		}
		return prefix + s
	}
	return madeType(Chan, wrap(e.str), wrap(e.uniqueString()), func(c *rtype) {
		c.pointerShaped()
		c.elem = e
		c.len = uintptr(dir)
	})
}

// MapOf returns the map type of those key and element types. The program must
// have that type somewhere: its operations are compiled, not made up.
func MapOf(key, elem Type) Type {
	k, e := key.common(), elem.common()
	if !k.Comparable() {
		panic("reflect.MapOf: invalid key type " + k.str)
	}
	t := findType("map[" + k.uniqueString() + "]" + e.uniqueString())
	if t == nil {
		panic("reflect.MapOf: type map[" + k.str + "]" + e.str + " does not occur in the program")
	}
	return t
}

// FuncOf returns the func type with those parameters and results. Calls of
// functions of a type that occurs nowhere in the program panic.
func FuncOf(in, out []Type, variadic bool) Type {
	if variadic && (len(in) == 0 || in[len(in)-1].Kind() != Slice) {
		panic("reflect.FuncOf: last arg of variadic func must be slice")
	}
	types := make([]*rtype, 0, len(in)+len(out))
	for _, t := range in {
		types = append(types, t.common())
	}
	for _, t := range out {
		types = append(types, t.common())
	}
	text := func(name func(*rtype) string) string {
		s := "func("
		for i, t := range types[:len(in)] {
			if i > 0 {
				s += ", "
			}
			if variadic && i == len(in)-1 {
				s += "..." + name(t.elem)
			} else {
				s += name(t)
			}
		}
		s += ")"
		res := types[len(in):]
		switch len(res) {
		case 0:
			return s
		case 1:
			return s + " " + name(res[0])
		}
		s += " ("
		for i, t := range res {
			if i > 0 {
				s += ", "
			}
			s += name(t)
		}
		return s + ")"
	}
	return madeType(Func, text((*rtype).String), text((*rtype).uniqueString), func(f *rtype) {
		f.pointerShaped()
		f.tflag &^= tflagComparable | tflagMemEqual
		f.equal, f.hashfn = nil, nil
		f.len = uintptr(len(in)) | uintptr(len(out))<<16
		if variadic {
			f.len |= 1 << 32
		}
		f.list = unsafe.Pointer(unsafe.SliceData(types))
	})
}

// ArrayOf returns the array type of that length.
func ArrayOf(length int, elem Type) Type {
	if length < 0 {
		panic("reflect: negative length passed to ArrayOf")
	}
	e := elem.common()
	if e.size > 0 && uintptr(length) > (1<<47)/e.size {
		panic("reflect.ArrayOf: array size would exceed virtual address space")
	}
	prefix := "[" + strconv.Itoa(length) + "]"
	return madeType(Array, prefix+e.str, prefix+e.uniqueString(), func(a *rtype) {
		a.size = e.size * uintptr(length)
		a.align, a.fieldAlign = e.align, e.fieldAlign
		a.elem, a.len = e, uintptr(length)
		if length > 0 && e.ptrdata > 0 {
			a.ptrdata = e.size*uintptr(length-1) + e.ptrdata
			if a.size <= 16<<10 {
				b := newBitmap(a.ptrdata)
				for i := range length {
					b.add(e, e.size*uintptr(i))
				}
				a.gcdata = &b[0]
			}
		}
		if length == 1 && e.direct() {
			a.tflag |= tflagDirect
		}
		if e.Comparable() {
			a.tflag |= tflagComparable
			a.comparedBy(func(p, q unsafe.Pointer) bool {
				for i := range uintptr(length) {
					if !e.equalAt(unsafe.Add(p, i*e.size), unsafe.Add(q, i*e.size)) {
						return false
					}
				}
				return true
			}, func(p unsafe.Pointer, h uintptr) uintptr {
				for i := range uintptr(length) {
					h = e.hashAt(unsafe.Add(p, i*e.size), h)
				}
				return h
			})
		}
	})
}

// bitmap is a pointer bitmap.
type bitmap []byte

func newBitmap(ptrdata uintptr) bitmap {
	return make(bitmap, (ptrdata/8+7)/8)
}

// add notes the pointers of a t at offset.
func (b bitmap) add(t *rtype, offset uintptr) {
	if t.ptrdata == 0 {
		return
	}
	if t.gcdata == nil {
		for i := range t.len {
			b.add(t.elem, offset+i*t.elem.size)
		}
		return
	}
	for w := range t.ptrdata / 8 {
		if *(*byte)(unsafe.Add(unsafe.Pointer(t.gcdata), w/8))>>(w%8)&1 != 0 {
			at := offset/8 + w
			b[at/8] |= 1 << (at % 8)
		}
	}
}

// comparedBy sets the functions for comparison and hashing. A descriptor has
// code there, which gets no closure: the closures are kept in aux and found
// again through the descriptor's address, so only types made here can do so.
func (t *rtype) comparedBy(eq func(p, q unsafe.Pointer) bool, hash func(p unsafe.Pointer, h uintptr) uintptr) {
	t.aux = unsafe.Pointer(&madeCompare{eq, hash})
}

// madeCompare holds the comparison of struct and array types made at run time.
type madeCompare struct {
	eq   func(p, q unsafe.Pointer) bool
	hash func(p unsafe.Pointer, h uintptr) uintptr
}

// equalAt compares two values of type t.
func (t *rtype) equalAt(p, q unsafe.Pointer) bool {
	if t.equal != nil {
		return code[func(p, q unsafe.Pointer) bool](&t.equal)(p, q)
	}
	return (*madeCompare)(t.aux).eq(p, q)
}

// hashAt hashes a value of type t.
func (t *rtype) hashAt(p unsafe.Pointer, h uintptr) uintptr {
	if t.hashfn != nil {
		return code[func(p unsafe.Pointer, h uintptr) uintptr](&t.hashfn)(p, h)
	}
	return (*madeCompare)(t.aux).hash(p, h)
}

// StructOf returns the struct type with those fields; Offset and Index are ignored.
// Methods of embedded fields are not promoted.
func StructOf(fields []StructField) Type {
	fs := make([]structField, len(fields))
	str, unique, pkgPath := "struct {", "struct {", ""
	names := map[string]bool{}
	for i, f := range fields {
		if f.Name == "" {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no name")
		}
		if f.Type == nil {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no type")
		}
		if !f.IsExported() && f.PkgPath == "" || f.PkgPath == "" && !isExportedName(f.Name) {
			panic("reflect.StructOf: field \"" + f.Name + "\" is unexported but missing PkgPath")
		}
		if names[f.Name] && f.Name != "_" {
			panic("reflect.StructOf: duplicate field " + f.Name)
		}
		names[f.Name] = true
		t := f.Type.common()
		fs[i] = structField{name: f.Name, pkgPath: f.PkgPath, typ: t, tag: string(f.Tag)}
		if f.PkgPath != "" {
			pkgPath = f.PkgPath
		}
		if f.Anonymous {
			fs[i].embedded = 1
		}
		if i > 0 {
			str += ";"
			unique += ";"
		}
		str += " "
		unique += " "
		if !f.Anonymous {
			str += f.Name + " "
			if f.PkgPath != "" {
				unique += f.PkgPath + "."
			}
			unique += f.Name + " "
		}
		str += t.str
		unique += t.uniqueString()
		if f.Tag != "" {
			str += " " + strconv.Quote(string(f.Tag))
			unique += " " + strconv.Quote(string(f.Tag))
		}
	}
	if len(fields) > 0 {
		str += " "
		unique += " "
	}
	str += "}"
	unique += "}"
	return madeType(Struct, str, unique, func(s *rtype) { s.layout(fs, pkgPath) })
}

// layout completes a struct type.
func (t *rtype) layout(fs []structField, pkgPath string) {
	t.align = 1
	comparable := true
	for i := range fs {
		f := &fs[i]
		a := uintptr(f.typ.fieldAlign)
		t.align = max(t.align, f.typ.fieldAlign)
		f.offset = (t.size + a - 1) / a * a
		t.size = f.offset + f.typ.size
		if f.typ.ptrdata > 0 {
			t.ptrdata = f.offset + f.typ.ptrdata
		}
		comparable = comparable && f.typ.Comparable()
	}
	if n := len(fs); n > 0 && t.size > 0 && fs[n-1].typ.size == 0 {
		t.size++
	}
	a := uintptr(t.align)
	t.size = (t.size + a - 1) / a * a
	t.fieldAlign = t.align
	t.len = uintptr(len(fs))
	t.list = unsafe.Pointer(unsafe.SliceData(fs))
	t.pkgPath = pkgPath
	if t.ptrdata > 0 {
		b := newBitmap(t.ptrdata)
		for i := range fs {
			b.add(fs[i].typ, fs[i].offset)
		}
		t.gcdata = &b[0]
	}
	if len(fs) == 1 && fs[0].typ.direct() {
		t.tflag |= tflagDirect
	}
	if comparable {
		t.tflag |= tflagComparable
		t.comparedBy(func(p, q unsafe.Pointer) bool {
			for i := range fs {
				f := &fs[i]
				if f.name != "_" && !f.typ.equalAt(unsafe.Add(p, f.offset), unsafe.Add(q, f.offset)) {
					return false
				}
			}
			return true
		}, func(p unsafe.Pointer, h uintptr) uintptr {
			for i := range fs {
				if fs[i].name != "_" {
					h = fs[i].typ.hashAt(unsafe.Add(p, fs[i].offset), h)
				}
			}
			return h
		})
	}
}

func isExportedName(s string) bool {
	return s != "" && (s[0] >= 'A' && s[0] <= 'Z' || s[0] >= 0x80)
}
