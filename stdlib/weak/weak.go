// This file holds all of package weak.

// Package weak has pointers that do not keep what they point to in memory.
package weak

import (
	"runtime"
	"unsafe"
)

// Pointer is a weak pointer to a T; the zero Pointer is nil. Two of them are
// equal if the pointers that they were made of are, even after the collection of
// what these pointed to.
type Pointer[T any] struct {
	_ [0]*T
	// cell has the address of the object until the collector frees it.
	cell   *uintptr
	offset uintptr
}

//go:linkname weakHandle gosubc_weak_handle
func weakHandle(p unsafe.Pointer) *uintptr

// The object may be unreachable, and the collector at work.
//
//go:linkname weakValue gosubc_weak_value
func weakValue(cell *uintptr) unsafe.Pointer

//go:linkname objectBase gosubc_object_base
func objectBase(p unsafe.Pointer) uintptr

// Make returns a weak pointer to what ptr points to.
func Make[T any](ptr *T) Pointer[T] {
	if ptr == nil {
		return Pointer[T]{}
	}
	p := unsafe.Pointer(ptr)
	base := objectBase(p)
	if base == 0 {
		base = uintptr(p) // a variable of the program, which is never freed
	}
	w := Pointer[T]{cell: weakHandle(unsafe.Pointer(base)), offset: uintptr(p) - base}
	runtime.KeepAlive(ptr)
	return w
}

// Value returns the pointer, or nil if its object is gone.
func (p Pointer[T]) Value() *T {
	if p.cell == nil {
		return nil
	}
	base := weakValue(p.cell)
	if base == nil {
		return nil
	}
	return (*T)(unsafe.Add(base, p.offset))
}
