// This file holds slices, maps and channels.

package reflect

import "unsafe"

// MakeSlice returns a new slice of type typ.
func MakeSlice(typ Type, len, cap int) Value {
	if typ.Kind() != Slice {
		panic("reflect.MakeSlice of non-slice type")
	}
	if len < 0 {
		panic("reflect.MakeSlice: negative len")
	}
	if cap < 0 {
		panic("reflect.MakeSlice: negative cap")
	}
	if len > cap {
		panic("reflect.MakeSlice: len > cap")
	}
	t := typ.common()
	s := &sliceHeader{unsafeNewArray(t.elem, cap), len, cap}
	return Value{t, unsafe.Pointer(s), flagIndir | flag(Slice)}
}

// SliceAt returns the slice over n elements of type typ at p.
func SliceAt(typ Type, p unsafe.Pointer, n int) Value {
	if n < 0 || n > 0 && p == nil {
		panic("reflect.SliceAt: invalid length or pointer")
	}
	s := &sliceHeader{p, n, n}
	return Value{SliceOf(typ).common(), unsafe.Pointer(s), flagIndir | flag(Slice)}
}

// grown returns the header of slice v with room for n more elements.
func (v Value) grown(n int) sliceHeader {
	s := *(*sliceHeader)(v.ptr)
	need := s.len + n
	if need < 0 {
		panic("reflect.Value.Grow: slice overflow")
	}
	if need <= s.cap {
		return s
	}
	newCap := s.cap * 2
	if s.cap >= 256 {
		newCap = s.cap + (s.cap+3*256)/4
	}
	newCap = max(newCap, need)
	p := unsafeNewArray(v.typ.elem, newCap)
	memmove(p, s.data, uintptr(s.len)*v.typ.elem.size)
	return sliceHeader{p, s.len, newCap}
}

// Grow makes room for n more elements in an addressable slice.
func (v Value) Grow(n int) {
	v.mustBeAssignable("Grow")
	v.mustBe(Slice, "Grow")
	if n < 0 {
		panic("reflect.Value.Grow: negative len")
	}
	*(*sliceHeader)(v.ptr) = v.grown(n)
}

// extended returns a copy of slice v with n more elements.
func (v Value) extended(n int) Value {
	v.mustBeExported("Append")
	v.mustBe(Slice, "Append")
	h := v.grown(n)
	h.len += n
	return Value{v.typ, unsafe.Pointer(&h), flagIndir | v.flag&flagRO | flag(Slice)}
}

// Append appends x to a slice and returns the result.
func Append(s Value, x ...Value) Value {
	s.mustBe(Slice, "Append")
	n := s.Len()
	s = s.extended(len(x))
	for i, e := range x {
		s.Index(n + i).Set(e)
	}
	return s
}

// AppendSlice appends the elements of t to s.
func AppendSlice(s, t Value) Value {
	s.mustBe(Slice, "AppendSlice")
	t.mustBe(Slice, "AppendSlice")
	if s.typ.elem != t.typ.elem {
		panic("reflect.AppendSlice: " + s.typ.String() + " != " + t.typ.String())
	}
	n := s.Len()
	s = s.extended(t.Len())
	Copy(s.Slice(n, s.Len()), t)
	return s
}

// Copy copies elements from src to dst until one of them ends, and returns
// how many. src may be a string if dst has bytes.
func Copy(dst, src Value) int {
	var to sliceHeader
	switch dst.Kind() {
	case Array:
		dst.mustBeAssignable("Copy")
		to = sliceHeader{dst.ptr, dst.Len(), dst.Len()}
	case Slice:
		to = *(*sliceHeader)(dst.ptr)
	default:
		panic(&ValueError{"reflect.Copy", dst.Kind()})
	}
	dst.mustBeExported("Copy")
	src.mustBeExported("Copy")
	var from sliceHeader
	switch src.Kind() {
	case Array:
		from = sliceHeader{src.addr(), src.Len(), src.Len()}
	case Slice:
		from = *(*sliceHeader)(src.ptr)
	case String:
		if dst.typ.elem.Kind() != Uint8 {
			panic(&ValueError{"reflect.Copy", src.Kind()})
		}
		s := *(*string)(src.ptr)
		from = sliceHeader{unsafe.Pointer(unsafe.StringData(s)), len(s), len(s)}
	default:
		panic(&ValueError{"reflect.Copy", src.Kind()})
	}
	if src.Kind() != String && dst.typ.elem != src.typ.elem {
		panic("reflect.Copy: " + dst.typ.elem.String() + " != " + src.typ.elem.String())
	}
	n := min(to.len, from.len)
	memmove(to.data, from.data, uintptr(n)*dst.typ.elem.size)
	return n
}

// Slice returns v[i:j] of a slice, string or addressable array.
func (v Value) Slice(i, j int) Value {
	switch v.Kind() {
	case String:
		s := *(*string)(v.ptr)
		if i < 0 || j < i || j > len(s) {
			panic("reflect.Value.Slice: string slice index out of bounds")
		}
		t := s[i:j]
		return Value{v.typ, unsafe.Pointer(&t), v.flag &^ flagAddr}
	case Slice, Array:
		base, t := v.sliceable("Slice")
		if i < 0 || j < i || j > base.cap {
			panic("reflect.Value.Slice: slice index out of bounds")
		}
		return resliced(t, base, i, j, base.cap, v.flag.ro())
	}
	panic(&ValueError{"reflect.Value.Slice", v.Kind()})
}

// Slice3 returns v[i:j:k] of a slice or addressable array.
func (v Value) Slice3(i, j, k int) Value {
	switch v.Kind() {
	case Slice, Array:
		base, t := v.sliceable("Slice3")
		if i < 0 || j < i || k < j || k > base.cap {
			panic("reflect.Value.Slice3: slice index out of bounds")
		}
		return resliced(t, base, i, j, k, v.flag.ro())
	}
	panic(&ValueError{"reflect.Value.Slice3", v.Kind()})
}

// sliceable returns an array's or slice's header, and the slice type.
func (v Value) sliceable(name string) (sliceHeader, *rtype) {
	if v.Kind() == Slice {
		return *(*sliceHeader)(v.ptr), v.typ
	}
	if v.flag&flagAddr == 0 {
		panic("reflect.Value." + name + ": slice of unaddressable array")
	}
	return sliceHeader{v.ptr, v.Len(), v.Len()}, SliceOf(v.typ.elem).common()
}

func resliced(t *rtype, base sliceHeader, i, j, k int, ro flag) Value {
	s := &sliceHeader{base.data, j - i, k - i}
	if k > i {
		s.data = unsafe.Add(base.data, uintptr(i)*t.elem.size)
	}
	return Value{t, unsafe.Pointer(s), ro | flagIndir | flag(Slice)}
}

// Swapper returns a function that exchanges two elements of a slice.
func Swapper(slice any) func(i, j int) {
	v := ValueOf(slice)
	if v.Kind() != Slice {
		panic(&ValueError{"Swapper", v.Kind()})
	}
	s := *(*sliceHeader)(v.ptr)
	size := v.typ.elem.size
	tmp := unsafeNew(v.typ.elem)
	return func(i, j int) {
		if uint(i) >= uint(s.len) || uint(j) >= uint(s.len) {
			panic("reflect: slice index out of range")
		}
		p, q := unsafe.Add(s.data, uintptr(i)*size), unsafe.Add(s.data, uintptr(j)*size)
		memmove(tmp, p, size)
		memmove(p, q, size)
		memmove(q, tmp, size)
	}
}

// Clear empties a map or zeroes the elements of a slice.
func (v Value) Clear() {
	switch v.Kind() {
	case Slice:
		zero := Zero(v.typ.elem)
		for i := range v.Len() {
			e := v.Index(i)
			Value{e.typ, zero.ptr, zero.flag}.store(e.ptr)
		}
	case Map:
		if m := v.pointer(); m != nil {
			code[func(m unsafe.Pointer)](&v.typ.mapFuncs().clear)(m)
		}
	default:
		panic(&ValueError{"reflect.Value.Clear", v.Kind()})
	}
}

func (t *rtype) mapFuncs() *mapFuncs { return (*mapFuncs)(t.aux) }

// MakeMap returns a new map of type typ.
func MakeMap(typ Type) Value { return MakeMapWithSize(typ, 0) }

// MakeMapWithSize returns a new map with room for about n entries.
func MakeMapWithSize(typ Type, n int) Value {
	if typ.Kind() != Map {
		panic("reflect.MakeMapWithSize of non-map type")
	}
	t := typ.common()
	m := code[func(hint int) unsafe.Pointer](&t.mapFuncs().make)(n)
	return Value{t, m, flag(Map)}
}

// MapIndex returns the element for key, or the zero Value.
func (v Value) MapIndex(key Value) Value {
	v.mustBe(Map, "MapIndex")
	key = key.assignTo("reflect.Value.MapIndex", v.typ.key)
	m := v.pointer()
	if m == nil {
		return Value{}
	}
	e := code[func(m, k unsafe.Pointer) unsafe.Pointer](&v.typ.mapFuncs().get)(m, key.addr())
	if e == nil {
		return Value{}
	}
	return loaded(v.typ.elem, e, (v.flag | key.flag).ro())
}

// SetMapIndex sets the element for key, or deletes it if elem is the zero Value.
func (v Value) SetMapIndex(key, elem Value) {
	v.mustBe(Map, "SetMapIndex")
	v.mustBeExported("SetMapIndex")
	key.mustBeExported("SetMapIndex")
	key = key.assignTo("reflect.Value.SetMapIndex", v.typ.key)
	m := v.pointer()
	if elem.typ == nil {
		if m != nil {
			code[func(m, k unsafe.Pointer)](&v.typ.mapFuncs().delete)(m, key.addr())
		}
		return
	}
	elem.mustBeExported("SetMapIndex")
	elem = elem.assignTo("reflect.Value.SetMapIndex", v.typ.elem)
	elem.store(code[func(m, k unsafe.Pointer) unsafe.Pointer](&v.typ.mapFuncs().put)(m, key.addr()))
}

// MapKeys returns a map's keys in no particular order.
func (v Value) MapKeys() []Value {
	v.mustBe(Map, "MapKeys")
	keys := make([]Value, 0, v.Len())
	for it := v.MapRange(); it.Next(); {
		keys = append(keys, it.Key())
	}
	return keys
}

// A MapIter iterates over a map. Call Next before each entry.
type MapIter struct {
	m    Value
	it   unsafe.Pointer
	key  unsafe.Pointer
	elem unsafe.Pointer
	done bool
}

// MapRange returns an iterator over a map.
func (v Value) MapRange() *MapIter {
	if v.Kind() != Map {
		panic(&ValueError{"reflect.Value.MapRange", v.Kind()})
	}
	return &MapIter{m: v}
}

// Next moves on and reports whether there is an entry.
func (iter *MapIter) Next() bool {
	if !iter.m.IsValid() {
		panic("MapIter.Next called on an iterator that does not have an associated map Value")
	}
	if iter.done {
		panic("MapIter.Next called on exhausted iterator")
	}
	m := iter.m.pointer()
	if m == nil {
		iter.done = true
		return false
	}
	f := iter.m.typ.mapFuncs()
	if iter.it == nil {
		iter.it = code[func(m unsafe.Pointer) unsafe.Pointer](&f.iter)(m)
	}
	iter.key, iter.elem = code[func(it unsafe.Pointer) (k, e unsafe.Pointer)](&f.next)(iter.it)
	iter.done = iter.key == nil
	return !iter.done
}

func (iter *MapIter) check(name string) {
	if iter.it == nil {
		panic("MapIter." + name + " called before Next")
	}
	if iter.done {
		panic("MapIter." + name + " called on exhausted iterator")
	}
}

// Key returns the current entry's key.
func (iter *MapIter) Key() Value {
	iter.check("Key")
	return loaded(iter.m.typ.key, iter.key, iter.m.flag.ro())
}

// Value returns the current entry's element.
func (iter *MapIter) Value() Value {
	iter.check("Value")
	return loaded(iter.m.typ.elem, iter.elem, iter.m.flag.ro())
}

// Reset makes the iterator one over v; the zero Value lets go of the map.
func (iter *MapIter) Reset(v Value) {
	if v.IsValid() {
		v.mustBe(Map, "MapIter.Reset")
	}
	*iter = MapIter{m: v}
}

// SetIterKey assigns the iterator's key to v.
func (v Value) SetIterKey(iter *MapIter) { v.Set(iter.Key()) }

// SetIterValue assigns the iterator's element to v.
func (v Value) SetIterValue(iter *MapIter) { v.Set(iter.Value()) }

// MakeChan returns a new channel of type typ.
func MakeChan(typ Type, buffer int) Value {
	if typ.Kind() != Chan {
		panic("reflect.MakeChan of non-chan type")
	}
	if buffer < 0 {
		panic("reflect.MakeChan: negative buffer size")
	}
	if typ.ChanDir() != BothDir {
		panic("reflect.MakeChan: unidirectional channel type")
	}
	t := typ.common()
	return Value{t, makechan(t, buffer), flag(Chan)}
}

// Close closes a channel.
func (v Value) Close() {
	v.mustBe(Chan, "Close")
	v.mustBeExported("Close")
	if ChanDir(v.typ.len)&SendDir == 0 {
		panic("reflect: close of receive-only channel")
	}
	closechan(v.pointer())
}

func (v Value) recv(block bool) (Value, bool, bool) {
	v.mustBeExported("Recv")
	if ChanDir(v.typ.len)&RecvDir == 0 {
		panic("reflect: recv on send-only channel")
	}
	p := unsafeNew(v.typ.elem)
	c := scase{c: v.pointer(), elem: p}
	chosen, ok := selectgo(&c, 1, block)
	if chosen < 0 {
		return Value{}, false, false
	}
	if ok == 0 {
		return Zero(v.typ.elem), false, true
	}
	return loaded(v.typ.elem, p, 0), true, true
}

// Recv receives from a channel; ok is false if it is closed.
func (v Value) Recv() (x Value, ok bool) {
	v.mustBe(Chan, "Recv")
	x, ok, _ = v.recv(true)
	return x, ok
}

// TryRecv receives without waiting; x is the zero Value if it would have to.
func (v Value) TryRecv() (x Value, ok bool) {
	v.mustBe(Chan, "TryRecv")
	x, ok, _ = v.recv(false)
	return x, ok
}

func (v Value) send(x Value, block bool) bool {
	v.mustBeExported("Send")
	if ChanDir(v.typ.len)&SendDir == 0 {
		panic("reflect: send on recv-only channel")
	}
	x.mustBeExported("Send")
	x = x.assignTo("reflect.Value.Send", v.typ.elem)
	c := scase{c: v.pointer(), elem: x.addr(), send: 1}
	chosen, _ := selectgo(&c, 1, block)
	return chosen >= 0
}

// Send sends x on a channel.
func (v Value) Send(x Value) {
	v.mustBe(Chan, "Send")
	v.send(x, true)
}

// TrySend sends without waiting and reports whether it did.
func (v Value) TrySend(x Value) bool {
	v.mustBe(Chan, "TrySend")
	return v.send(x, false)
}

// SelectDir is the direction of a SelectCase.
type SelectDir int

// The directions.
const (
	_ SelectDir = iota
	SelectSend
	SelectRecv
	SelectDefault
)

// A SelectCase is one case of Select: Dir, the channel (the zero Value: never
// ready), and for SelectSend the value.
type SelectCase struct {
	Dir  SelectDir
	Chan Value
	Send Value
}

// Select is the select statement over cases. It returns the chosen index, and
// for a receive the value and whether it was sent.
func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool) {
	if len(cases) > 65536 {
		panic("reflect.Select: too many cases (max 65536)")
	}
	list := make([]scase, 0, len(cases))
	where := make([]int, 0, len(cases))
	def := -1
	for i, c := range cases {
		switch c.Dir {
		case SelectDefault:
			if def >= 0 {
				panic("reflect.Select: multiple default cases")
			}
			def = i
			if c.Chan.IsValid() {
				panic("reflect.Select: default case has Chan value")
			}
			if c.Send.IsValid() {
				panic("reflect.Select: default case has Send value")
			}
		case SelectSend:
			if !c.Chan.IsValid() {
				break
			}
			c.Chan.mustBe(Chan, "Select")
			c.Chan.mustBeExported("Select")
			if ChanDir(c.Chan.typ.len)&SendDir == 0 {
				panic("reflect.Select: SendDir case using recv-only channel")
			}
			if !c.Send.IsValid() {
				panic("reflect.Select: SendDir case missing Send value")
			}
			c.Send.mustBeExported("Select")
			x := c.Send.assignTo("reflect.Select", c.Chan.typ.elem)
			list = append(list, scase{c: c.Chan.pointer(), elem: x.addr(), send: 1})
			where = append(where, i)
		case SelectRecv:
			if c.Send.IsValid() {
				panic("reflect.Select: RecvDir case has Send value")
			}
			if !c.Chan.IsValid() {
				break
			}
			c.Chan.mustBe(Chan, "Select")
			c.Chan.mustBeExported("Select")
			if ChanDir(c.Chan.typ.len)&RecvDir == 0 {
				panic("reflect.Select: RecvDir case using send-only channel")
			}
			list = append(list, scase{c: c.Chan.pointer(), elem: unsafeNew(c.Chan.typ.elem)})
			where = append(where, i)
		default:
			panic("reflect.Select: invalid Dir")
		}
	}
	got, ok := selectgo(unsafe.SliceData(list), len(list), def < 0)
	if got < 0 {
		return def, Value{}, false
	}
	chosen = where[got]
	if cases[chosen].Dir == SelectRecv {
		recvOK = ok != 0
		recv = loaded(cases[chosen].Chan.typ.elem, list[got].elem, 0)
	}
	return chosen, recv, recvOK
}
