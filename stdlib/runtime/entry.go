// This file holds the functions that the Rust part of the runtime calls, by
// their symbols. They build panic values and panic.

package runtime

import "unsafe"

// panicBounds panics because of an index or slice expression out of range.
func panicBounds(x int64, signed bool, y int, code uint8) {
	panic(boundsError{x: x, y: y, signed: signed, code: code})
}

// panicError panics with a runtime error that has the given text. The address
// is part of the value: errors with constant texts are always the same one, which
// is printed once where it comes again.
func panicError(text *errorString) {
	panic(*(*any)(unsafe.Pointer(&eface{typeOf(errorString("")), unsafe.Pointer(text)})))
}

// panicPlain panics with a runtime error whose text has no prefix.
func panicPlain(text *plainError) {
	panic(*(*any)(unsafe.Pointer(&eface{typeOf(plainError("")), unsafe.Pointer(text)})))
}

// panicMemory panics because of a nil pointer.
func panicMemory() {
	panic(memoryError)
}

// memoryError is the value of all nil dereferences.
var memoryError error = errorString("invalid memory address or nil pointer dereference")

// nilError stores what panic(nil) panics with.
func nilError(value *any) {
	*value = new(PanicNilError)
}

// panicAssert panics because of a type assertion. The types are descriptors;
// iface and have may be nil, missing may be empty.
func panicAssert(iface, have, want unsafe.Pointer, missing *string) {
	panic(&TypeAssertionError{(*descriptor)(iface), (*descriptor)(have), (*descriptor)(want), *missing})
}

// panicText stores what the Error or String method of a panic value returns,
// and reports whether there is one.
func panicText(v any, text *string) bool {
	defer panicInText()
	switch v := v.(type) {
	case error:
		*text = v.Error()
	case stringer:
		*text = v.String()
	default:
		return false
	}
	return true
}

type stringer interface {
	String() string
}

// panicInText ends the program if the method of a panic value panics itself.
func panicInText() {
	const text = "panic while printing panic value"
	switch r := recover().(type) {
	case nil:
	case string:
		throw(text + ": " + r)
	default:
		throw(text + ": type " + typeOf(r).name())
	}
}
