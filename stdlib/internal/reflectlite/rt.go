// This file holds what is known of type descriptors: their layout, as
// compiler/ABI.md has it, and the runtime's functions on them.

package reflectlite

import "unsafe"

// descriptor is the part of a type descriptor that is used here.
type descriptor struct {
	size    uintptr
	ptrdata uintptr
	hash    uint32
	flags   uint8
	align   uint8
	falign  uint8
	kind    uint8
	_       [7]uintptr
	elem    unsafe.Pointer
	key     unsafe.Pointer
	len     int
}

// Bits of a descriptor's flags.
const (
	flagDirect     = 4
	flagComparable = 8
)

//go:noescape
//go:linkname implements gosubc_implements
func implements(typ, inter unsafe.Pointer) bool

//go:noescape
//go:linkname getitab gosubc_getitab
func getitab(inter, typ unsafe.Pointer) unsafe.Pointer

//go:linkname typedmemmove gosubc_typedmemmove
func typedmemmove(typ, dst, src unsafe.Pointer)

// typeKind returns the kind, numbered as in reflect.
func typeKind(typ unsafe.Pointer) int { return int((*descriptor)(typ).kind) }

// typeElem returns the element type of a pointer, slice or array.
func typeElem(typ unsafe.Pointer) unsafe.Pointer { return (*descriptor)(typ).elem }

// typeSize returns the size of a value.
func typeSize(typ unsafe.Pointer) uintptr { return (*descriptor)(typ).size }

// typeDirect reports whether an interface holds a value itself rather than a
// pointer to it.
func typeDirect(typ unsafe.Pointer) bool { return (*descriptor)(typ).flags&flagDirect != 0 }

// typeNumMethod returns the number of methods of an interface type.
func typeNumMethod(typ unsafe.Pointer) int { return (*descriptor)(typ).len }

// typeComparable reports whether values have an ==.
func typeComparable(typ unsafe.Pointer) bool { return (*descriptor)(typ).flags&flagComparable != 0 }
