// This file finds out whether slices share memory in a bad way.

package subtle

import "unsafe"

// overlaps reports whether a and b, which are of one length, share memory
// without being the same.
func overlaps(a, b []byte) bool {
	p, q := uintptr(unsafe.Pointer(&a[0])), uintptr(unsafe.Pointer(&b[0]))
	return p != q && p < q+uintptr(len(b)) && q < p+uintptr(len(a))
}
