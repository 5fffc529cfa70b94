// This file holds the order in which maps are printed.

// Package fmtsort orders the entries of a map by key, for printing.
package fmtsort

import (
	"cmp"
	"reflect"
	"slices"
)

// Entry is an entry of a map.
type Entry struct {
	Key, Value reflect.Value
}

// Sort returns the entries of a map by ascending keys: numbers, strings and
// addresses by value, false before true, NaN before all floats, complex numbers
// by real, then imaginary part, structs and arrays part by part, interfaces
// first by the type they hold. Others keep the order they come in.
func Sort(m reflect.Value) []Entry {
	entries := make([]Entry, 0, m.Len())
	for it := m.MapRange(); it.Next(); {
		entries = append(entries, Entry{it.Key(), it.Value()})
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return compare(a.Key, b.Key) })
	return entries
}

func compare(a, b reflect.Value) int {
	if a.Type() != b.Type() {
		return -1
	}
	switch a.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return cmp.Compare(a.Int(), b.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return cmp.Compare(a.Uint(), b.Uint())
	case reflect.String:
		return cmp.Compare(a.String(), b.String())
	case reflect.Float32, reflect.Float64:
		return cmp.Compare(a.Float(), b.Float())
	case reflect.Complex64, reflect.Complex128:
		x, y := a.Complex(), b.Complex()
		return cmp.Or(cmp.Compare(real(x), real(y)), cmp.Compare(imag(x), imag(y)))
	case reflect.Bool:
		switch x, y := a.Bool(), b.Bool(); {
		case x == y:
			return 0
		case y:
			return -1
		}
		return 1
	case reflect.Pointer, reflect.UnsafePointer:
		return cmp.Compare(a.Pointer(), b.Pointer())
	case reflect.Chan:
		if c, ok := nilFirst(a, b); ok {
			return c
		}
		return cmp.Compare(a.Pointer(), b.Pointer())
	case reflect.Struct:
		for i := range a.NumField() {
			if c := compare(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
		return 0
	case reflect.Array:
		for i := range a.Len() {
			if c := compare(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
		return 0
	case reflect.Interface:
		if c, ok := nilFirst(a, b); ok {
			return c
		}
		x, y := a.Elem(), b.Elem()
		if c := compare(reflect.ValueOf(x.Type()), reflect.ValueOf(y.Type())); c != 0 {
			return c
		}
		return compare(x, y)
	}
	return 0
}

// nilFirst orders nil before all else; it reports false if neither is nil.
func nilFirst(a, b reflect.Value) (int, bool) {
	switch {
	case a.IsNil() && b.IsNil():
		return 0, true
	case a.IsNil():
		return -1, true
	case b.IsNil():
		return 1, true
	}
	return 0, false
}
