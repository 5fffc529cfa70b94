// This file holds DeepEqual.

package reflect

import "unsafe"

// visit is a pair of addresses that is being compared.
type visit struct {
	p, q unsafe.Pointer
	typ  *rtype
}

// DeepEqual reports whether x and y are equal in content: of one type, with
// arrays, slices, maps, structs, pointers and interfaces compared by what they
// hold. Funcs are equal only if both are nil; nil and empty slices differ, as
// do nil and empty maps; NaNs differ, except that identical pointers, slices and
// maps are taken to be equal. Cycles are fine.
func DeepEqual(x, y any) bool {
	if x == nil || y == nil {
		return x == y
	}
	v, w := ValueOf(x), ValueOf(y)
	if v.typ != w.typ {
		return false
	}
	return deepEqual(v, w, make(map[visit]bool))
}

func deepEqual(v, w Value, seen map[visit]bool) bool {
	if !v.IsValid() || !w.IsValid() {
		return v.IsValid() == w.IsValid()
	}
	if v.typ != w.typ {
		return false
	}
	var key visit
	switch v.Kind() {
	case Pointer, Map:
		key = visit{v.pointer(), w.pointer(), v.typ}
	case Slice:
		key = visit{v.ptr, w.ptr, v.typ}
		if v.flag&flagAddr == 0 {
			key.p = nil
		}
	}
	if key.p != nil && key.q != nil {
		if uintptr(key.p) > uintptr(key.q) {
			key.p, key.q = key.q, key.p
		}
		if seen[key] {
			return true
		}
		seen[key] = true
	}
	switch v.Kind() {
	case Array:
		for i := range v.Len() {
			if !deepEqual(v.Index(i), w.Index(i), seen) {
				return false
			}
		}
		return true
	case Slice:
		if v.IsNil() != w.IsNil() || v.Len() != w.Len() {
			return false
		}
		if v.unsafePointer("") == w.unsafePointer("") {
			return true
		}
		if v.typ.elem.Kind() == Uint8 {
			return string(*(*[]byte)(v.ptr)) == string(*(*[]byte)(w.ptr))
		}
		for i := range v.Len() {
			if !deepEqual(v.Index(i), w.Index(i), seen) {
				return false
			}
		}
		return true
	case Interface:
		if v.IsNil() || w.IsNil() {
			return v.IsNil() == w.IsNil()
		}
		return deepEqual(v.Elem(), w.Elem(), seen)
	case Pointer:
		return v.pointer() == w.pointer() || deepEqual(v.Elem(), w.Elem(), seen)
	case Struct:
		for i := range v.NumField() {
			if !deepEqual(v.Field(i), w.Field(i), seen) {
				return false
			}
		}
		return true
	case Map:
		if v.IsNil() != w.IsNil() || v.Len() != w.Len() {
			return false
		}
		if v.pointer() == w.pointer() {
			return true
		}
		for it := v.MapRange(); it.Next(); {
			a, b := it.Value(), w.MapIndex(it.Key())
			if !b.IsValid() || !deepEqual(a, b, seen) {
				return false
			}
		}
		return true
	case Func:
		return v.IsNil() && w.IsNil()
	}
	return v.typ.equalAt(v.addr(), w.addr())
}
