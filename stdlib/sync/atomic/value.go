// This file holds Value.

package atomic

import "unsafe"

// A Value holds a value of any one type; the zero Value holds nil. Storing a
// value of another type, or nil, panics.
type Value struct {
	v unsafe.Pointer
}

// box is what a Value points to; it never changes.
type box struct{ x any }

// typeWord returns what tells the dynamic types of interfaces apart.
func typeWord(x any) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&x)) }

// Load returns the value, nil if there is none.
func (v *Value) Load() (val any) {
	if b := (*box)(LoadPointer(&v.v)); b != nil {
		return b.x
	}
	return nil
}

// Store sets the value.
func (v *Value) Store(val any) {
	if val == nil {
		panic("sync/atomic: store of nil value into Value")
	}
	b := &box{val}
	for {
		old := (*box)(LoadPointer(&v.v))
		if old != nil && typeWord(old.x) != typeWord(val) {
			panic("sync/atomic: store of inconsistently typed value into Value")
		}
		if CompareAndSwapPointer(&v.v, unsafe.Pointer(old), unsafe.Pointer(b)) {
			return
		}
	}
}

// Swap sets the value and returns the one before, nil if there was none.
func (v *Value) Swap(new any) (old any) {
	if new == nil {
		panic("sync/atomic: swap of nil value into Value")
	}
	b := &box{new}
	for {
		o := (*box)(LoadPointer(&v.v))
		if o != nil && typeWord(o.x) != typeWord(new) {
			panic("sync/atomic: swap of inconsistently typed value into Value")
		}
		if CompareAndSwapPointer(&v.v, unsafe.Pointer(o), unsafe.Pointer(b)) {
			if o == nil {
				return nil
			}
			return o.x
		}
	}
}

// CompareAndSwap sets the value to new if it equals old, and reports whether it did.
func (v *Value) CompareAndSwap(old, new any) (swapped bool) {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	if old != nil && typeWord(old) != typeWord(new) {
		panic("sync/atomic: compare and swap of inconsistently typed values")
	}
	b := &box{new}
	for {
		o := (*box)(LoadPointer(&v.v))
		if o == nil {
			if old != nil {
				return false
			}
		} else {
			if typeWord(o.x) != typeWord(new) {
				panic("sync/atomic: compare and swap of inconsistently typed value into Value")
			}
			if o.x != old {
				return false
			}
		}
		if CompareAndSwapPointer(&v.v, unsafe.Pointer(o), unsafe.Pointer(b)) {
			return true
		}
	}
}
