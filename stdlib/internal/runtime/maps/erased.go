// This file holds the functions that type descriptors of maps refer to, for
// package reflect and the runtime: all over unsafe.Pointer.

package maps

import "unsafe"

func erasedMake[K comparable, V any](hint int) unsafe.Pointer {
	return unsafe.Pointer(New[K, V](hint))
}

func erasedGet[K comparable, V any](m, key unsafe.Pointer) unsafe.Pointer {
	return unsafe.Pointer(Get((*Map[K, V])(m), *(*K)(key)))
}

func erasedPut[K comparable, V any](m, key unsafe.Pointer) unsafe.Pointer {
	return unsafe.Pointer(Put((*Map[K, V])(m), *(*K)(key)))
}

func erasedDelete[K comparable, V any](m, key unsafe.Pointer) {
	Delete((*Map[K, V])(m), *(*K)(key))
}

func erasedClear[K comparable, V any](m unsafe.Pointer) {
	Clear((*Map[K, V])(m))
}

func erasedIter[K comparable, V any](m unsafe.Pointer) unsafe.Pointer {
	it := new(Iter[K, V])
	Init(it, (*Map[K, V])(m))
	return unsafe.Pointer(it)
}

func erasedNext[K comparable, V any](it unsafe.Pointer) (key, elem unsafe.Pointer) {
	k, e := Next((*Iter[K, V])(it))
	return unsafe.Pointer(k), unsafe.Pointer(e)
}
