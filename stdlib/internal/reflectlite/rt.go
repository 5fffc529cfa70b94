// This file declares the runtime functions that read type descriptors.

package reflectlite

import "unsafe"

//go:noescape
//go:linkname implements gosubc_implements
func implements(typ, inter unsafe.Pointer) bool

//go:noescape
//go:linkname getitab gosubc_getitab
func getitab(inter, typ unsafe.Pointer) unsafe.Pointer

//go:noescape
//go:linkname typeKind gosubc_type_kind
func typeKind(typ unsafe.Pointer) int

//go:noescape
//go:linkname typeElem gosubc_type_elem
func typeElem(typ unsafe.Pointer) unsafe.Pointer

//go:noescape
//go:linkname typeSize gosubc_type_size
func typeSize(typ unsafe.Pointer) uintptr

//go:noescape
//go:linkname typeDirect gosubc_type_direct
func typeDirect(typ unsafe.Pointer) bool

//go:noescape
//go:linkname typeNumMethod gosubc_type_nummethod
func typeNumMethod(typ unsafe.Pointer) int

//go:noescape
//go:linkname typeComparable gosubc_type_comparable
func typeComparable(typ unsafe.Pointer) bool

//go:linkname typedmemmove gosubc_typedmemmove
func typedmemmove(typ, dst, src unsafe.Pointer)
