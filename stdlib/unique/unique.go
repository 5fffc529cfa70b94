// This file holds all of package unique.

// Package unique makes values canonical, so that comparing them is comparing
// pointers.
package unique

import (
	"runtime"
	"sync"
	"weak"
)

// Handle stands for a value: handles are equal if and only if the values are
// that they were made of.
type Handle[T comparable] struct {
	value *T
}

// Value returns a copy of the value.
func (h Handle[T]) Value() T { return *h.value }

// table has the values of all types, each with a weak pointer to its one copy.
var (
	lock  sync.Mutex
	table = map[any]any{}
)

// Make returns the handle of value.
func Make[T comparable](value T) Handle[T] {
	lock.Lock()
	defer lock.Unlock()
	if w, ok := table[value]; ok {
		if p := w.(weak.Pointer[T]).Value(); p != nil {
			return Handle[T]{p}
		}
	}
	p := newValue(value)
	w := weak.Make(p)
	table[value] = w
	runtime.AddCleanup(p, forget[T], entry[T]{value, w})
	return Handle[T]{p}
}

// newValue returns the address of memory of its own, even for values without
// size.
func newValue[T comparable](value T) *T {
	p := new(struct {
		value T
		_     byte
	})
	p.value = value
	return &p.value
}

// entry is an entry of the table.
type entry[T comparable] struct {
	value T
	w     weak.Pointer[T]
}

// forget drops an entry whose copy is gone, unless there is a new one.
func forget[T comparable](e entry[T]) {
	lock.Lock()
	defer lock.Unlock()
	if table[e.value] == any(e.w) {
		delete(table, e.value)
	}
}
