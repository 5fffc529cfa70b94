// This file holds the few reflective operations that low packages need.

// Package reflectlite looks into interface values and type descriptors for
// packages that sit below reflect.
package reflectlite

import "unsafe"

// Kinds as reflect numbers them; only those used here.
const (
	kindInterface = 20
	kindPointer   = 22
	kindSlice     = 23
)

// eface is the layout of a value of an interface type without methods.
type eface struct {
	typ  unsafe.Pointer
	data unsafe.Pointer
}

// iface is the layout of a value of an interface type with methods.
type iface struct {
	tab  unsafe.Pointer
	data unsafe.Pointer
}

// unpack gives the two words of v.
func unpack(v any) eface {
	return *(*eface)(unsafe.Pointer(&v))
}

// Comparable reports whether the dynamic type of v has an == that can be
// used. It is false for a nil v.
func Comparable(v any) bool {
	t := unpack(v).typ
	return t != nil && typeComparable(t)
}

// Place is a typed variable in memory that a value can be stored into.
type Place struct {
	typ  unsafe.Pointer
	addr unsafe.Pointer
}

// PlaceOf returns the variable that ptr points to. It reports false if ptr
// does not hold a pointer, or holds a nil one.
func PlaceOf(ptr any) (Place, bool) {
	e := unpack(ptr)
	if e.typ == nil || e.data == nil || typeKind(e.typ) != kindPointer {
		return Place{}, false
	}
	return Place{typeElem(e.typ), e.data}, true
}

// IsInterface reports whether the variable is of an interface type.
func (p Place) IsInterface() bool {
	return typeKind(p.typ) == kindInterface
}

// Implements reports whether the type of the variable implements the
// interface type that inter is a pointer to.
func (p Place) Implements(inter any) bool {
	return implements(p.typ, typeElem(unpack(inter).typ))
}

// Store assigns v to the variable if its type allows that, and reports
// whether it did.
func (p Place) Store(v any) bool {
	e := unpack(v)
	if e.typ == nil {
		return false
	}
	if e.typ == p.typ {
		if typeDirect(e.typ) {
			*(*unsafe.Pointer)(p.addr) = e.data
		} else {
			typedmemmove(e.typ, p.addr, e.data)
		}
		return true
	}
	if typeKind(p.typ) != kindInterface {
		return false
	}
	if typeNumMethod(p.typ) == 0 {
		*(*eface)(p.addr) = e
		return true
	}
	tab := getitab(p.typ, e.typ)
	if tab == nil {
		return false
	}
	*(*iface)(p.addr) = iface{tab, e.data}
	return true
}
