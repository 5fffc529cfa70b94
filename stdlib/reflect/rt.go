// This file declares the runtime's functions that reflection needs.

package reflect

import "unsafe"

//go:linkname unsafeNew gosubc_newobject
func unsafeNew(t *rtype) unsafe.Pointer

//go:linkname unsafeNewArray gosubc_makeslice
func unsafeNewArray(elem *rtype, n int) unsafe.Pointer

//go:linkname typedmemmove gosubc_typedmemmove
func typedmemmove(t *rtype, dst, src unsafe.Pointer)

//go:linkname memmove gosubc_memmove
func memmove(dst, src unsafe.Pointer, n uintptr)

//go:linkname implements gosubc_implements
//go:noescape
func implements(t, inter *rtype) bool

//go:linkname getitab gosubc_getitab
//go:noescape
func getitab(inter, t *rtype) unsafe.Pointer

//go:linkname efaceeq gosubc_efaceeq
//go:noescape
func efaceeq(t *rtype, x, y unsafe.Pointer) bool

// findType returns the descriptor whose unique string is s, whether the
// program was linked with it or registerType noted it, or nil.
//
//go:linkname findType gosubc_find_type
//go:noescape
func findType(s string) *rtype

// registerType notes a descriptor made at run time and returns the one to use.
//
//go:linkname registerType gosubc_register_type
func registerType(t *rtype) *rtype

//go:linkname makechan gosubc_makechan
func makechan(t *rtype, size int) unsafe.Pointer

//go:linkname chanlen gosubc_chanlen
//go:noescape
func chanlen(c unsafe.Pointer) int

//go:linkname chancap gosubc_chancap
//go:noescape
func chancap(c unsafe.Pointer) int

//go:linkname closechan gosubc_closechan
func closechan(c unsafe.Pointer)

// scase is one case of selectgo.
type scase struct {
	c    unsafe.Pointer
	elem unsafe.Pointer
	send uint64
}

//go:linkname selectgo gosubc_selectgo
func selectgo(cases *scase, n int, block bool) (chosen int, ok int)
