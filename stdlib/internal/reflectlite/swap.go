// This file holds the swapping of elements of a slice of any type.

package reflectlite

import "unsafe"

// header is the layout of a slice.
type header struct {
	data unsafe.Pointer
	len  int
	cap  int
}

// Slice is a slice of which only the element size is known.
type Slice struct {
	data unsafe.Pointer
	n    int
	size uintptr
}

// SliceOf views v, which must hold a slice. Otherwise it reports false.
func SliceOf(v any) (Slice, bool) {
	e := unpack(v)
	if e.typ == nil || typeKind(e.typ) != kindSlice {
		return Slice{}, false
	}
	h := (*header)(e.data)
	elem := typeElem(e.typ)
	return Slice{data: h.data, n: h.len, size: typeSize(elem)}, true
}

// Len returns the number of elements.
func (s *Slice) Len() int { return s.n }

// Swapper returns a function that exchanges two elements of the slice. The
// common sizes get a function of their own.
func (s *Slice) Swapper() func(i, j int) {
	switch s.size {
	case 0:
		n := s.n
		return func(i, j int) { check(i, j, n) }
	case 1:
		return swapperOf[uint8](s)
	case 2:
		return swapperOf[uint16](s)
	case 4:
		return swapperOf[uint32](s)
	case 8:
		return swapperOf[unsafe.Pointer](s)
	case 16:
		return swapperOf[[2]unsafe.Pointer](s)
	case 24:
		return swapperOf[[3]unsafe.Pointer](s)
	case 32:
		return swapperOf[[4]unsafe.Pointer](s)
	}
	data, n, size := s.data, s.n, s.size
	if size%8 == 0 {
		words := int(size / 8)
		return func(i, j int) {
			check(i, j, n)
			a := unsafe.Slice((*unsafe.Pointer)(unsafe.Add(data, uintptr(i)*size)), words)
			b := unsafe.Slice((*unsafe.Pointer)(unsafe.Add(data, uintptr(j)*size)), words)
			for k := range a {
				a[k], b[k] = b[k], a[k]
			}
		}
	}
	return func(i, j int) {
		check(i, j, n)
		a := unsafe.Slice((*byte)(unsafe.Add(data, uintptr(i)*size)), size)
		b := unsafe.Slice((*byte)(unsafe.Add(data, uintptr(j)*size)), size)
		for k := range a {
			a[k], b[k] = b[k], a[k]
		}
	}
}

// swapperOf makes the exchange function for elements as large as a T.
func swapperOf[T any](s *Slice) func(i, j int) {
	list := unsafe.Slice((*T)(s.data), s.n)
	return func(i, j int) { list[i], list[j] = list[j], list[i] }
}

// check panics for an index outside of the slice.
func check(i, j, n int) {
	if uint(i) >= uint(n) || uint(j) >= uint(n) {
		panic("reflect: slice index out of range")
	}
}
