// This file holds the types of run-time panics.

package runtime

import "unsafe"

// Error is a run-time error: the value of the panics that the language itself
// raises.
type Error interface {
	error

	// RuntimeError does nothing. It tells run-time errors from others.
	RuntimeError()
}

// descriptor is a type descriptor, as far as errors need it.
type descriptor struct {
	size     uintptr
	ptrdata  uintptr
	hash     uint32
	flags    uint8
	align    uint8
	falign   uint8
	kind     uint8
	equal    unsafe.Pointer
	hashfn   unsafe.Pointer
	gcdata   unsafe.Pointer
	str      string
	ptrTo    unsafe.Pointer
	uncommon *uncommon
	elem     *descriptor
	key      *descriptor
	len      uint64
	list     unsafe.Pointer
	pkgpath  string
}

// uncommon is what descriptors of defined types have besides.
type uncommon struct {
	name    string
	pkgpath string
}

func (t *descriptor) name() string { return t.str }

// path is the import path of the type's package.
func (t *descriptor) path() string {
	if t.uncommon != nil {
		return t.uncommon.pkgpath
	}
	return t.pkgpath
}

// eface is the layout of a value of an interface type without methods.
type eface struct {
	typ  *descriptor
	data unsafe.Pointer
}

// typeOf is the descriptor of the dynamic type of v.
func typeOf(v any) *descriptor {
	return (*eface)(unsafe.Pointer(&v)).typ
}

// TypeAssertionError is the value of the panic of a failed type assertion.
type TypeAssertionError struct {
	iface   *descriptor
	have    *descriptor
	want    *descriptor
	missing string
}

// RuntimeError marks a run-time error.
func (*TypeAssertionError) RuntimeError() {}

// Error says which type was found and which one was wanted.
func (e *TypeAssertionError) Error() string {
	const prefix = "interface conversion: "
	iface := "interface"
	if e.iface != nil {
		iface = e.iface.name()
	}
	want := e.want.name()
	if e.have == nil {
		return prefix + iface + " is nil, not " + want
	}
	have := e.have.name()
	if e.missing != "" {
		return prefix + have + " is not " + want + ": missing method " + e.missing
	}
	text := prefix + iface + " is " + have + ", not " + want
	if have == want {
		if e.have.path() != e.want.path() {
			text += " (types from different packages)"
		} else {
			text += " (types from different scopes)"
		}
	}
	return text
}

// errorString is a run-time error that is a constant text.
type errorString string

// RuntimeError marks a run-time error.
func (e errorString) RuntimeError() {}

// Error puts the usual prefix before the text.
func (e errorString) Error() string { return "runtime error: " + string(e) }

// plainError is a run-time error whose text stands alone.
type plainError string

// RuntimeError marks a run-time error.
func (e plainError) RuntimeError() {}

// Error is the text.
func (e plainError) Error() string { return string(e) }

// PanicNilError is the value of a panic whose argument was nil.
type PanicNilError struct {
	// Of size zero, so that all are one value in a chain of panics.
	_ [0]*PanicNilError
}

// RuntimeError marks a run-time error.
func (*PanicNilError) RuntimeError() {}

// Error is a constant text.
func (*PanicNilError) Error() string {
	return "runtime error: panic called with nil argument"
}

// boundsError is an index or slice expression out of range. The codes are those
// of SliceError in the compiler, then two more.
type boundsError struct {
	x      int64
	y      int
	signed bool
	code   uint8
}

// The texts by code: %x is the offending value, %y what it should be within.
var boundsTexts = [...]string{
	"slice bounds out of range [:%x] with length %y",
	"slice bounds out of range [:%x] with capacity %y",
	"slice bounds out of range [%x:%y]",
	"slice bounds out of range [::%x] with length %y",
	"slice bounds out of range [::%x] with capacity %y",
	"slice bounds out of range [:%x:%y]",
	"slice bounds out of range [%x:%y:]",
	"index out of range [%x] with length %y",
	"cannot convert slice with length %x to array or pointer to array with length %y",
}

// The same for negative values, which are wrong whatever the limit.
var negativeTexts = [...]string{
	"slice bounds out of range [:%x]",
	"slice bounds out of range [:%x]",
	"slice bounds out of range [%x:]",
	"slice bounds out of range [::%x]",
	"slice bounds out of range [::%x]",
	"slice bounds out of range [:%x:]",
	"slice bounds out of range [%x::]",
	"index out of range [%x]",
	"cannot convert slice with length %x to array or pointer to array with length %y",
}

// RuntimeError marks a run-time error.
func (e boundsError) RuntimeError() {}

// Error fills in the text of the code.
func (e boundsError) Error() string {
	text := boundsTexts[e.code]
	if e.signed && e.x < 0 {
		text = negativeTexts[e.code]
	}
	out := append(make([]byte, 0, 100), "runtime error: "...)
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			out = append(out, text[i])
			continue
		}
		i++
		if text[i] == 'x' {
			out = appendInt(out, e.x, e.signed)
		} else {
			out = appendInt(out, int64(e.y), true)
		}
	}
	return string(out)
}

// appendInt appends the decimal digits of v.
func appendInt(out []byte, v int64, signed bool) []byte {
	u := uint64(v)
	if signed && v < 0 {
		out = append(out, '-')
		u = -u
	}
	var digits [20]byte
	i := len(digits)
	for {
		i--
		digits[i] = byte('0' + u%10)
		u /= 10
		if u == 0 {
			return append(out, digits[i:]...)
		}
	}
}
