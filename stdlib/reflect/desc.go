// This file holds the layout of type descriptors, as compiler/ABI.md has it.

package reflect

import "unsafe"

// rtype is a type descriptor: the implementation of Type.
type rtype struct {
	size       uintptr
	ptrdata    uintptr
	hash       uint32
	tflag      uint8
	align      uint8
	fieldAlign uint8
	kind       uint8
	equal      unsafe.Pointer
	hashfn     unsafe.Pointer
	gcdata     *byte
	str        string
	ptrToThis  *rtype
	uncommon   *uncommon
	elem       *rtype
	key        *rtype
	len        uintptr
	list       unsafe.Pointer
	pkgPath    string
	aux        unsafe.Pointer
	unique     *byte
}

// Bits of rtype.tflag.
const (
	tflagUncommon   = 1
	tflagNamed      = 2
	tflagDirect     = 4
	tflagComparable = 8
	tflagMemEqual   = 16
)

// uncommon describes the name and the methods of a type.
type uncommon struct {
	name    string
	pkgPath string
	count   int
	methods *method
	code    *methodCode
}

// method is an entry of the sorted method table of a type.
type method struct {
	name    string
	pkgPath string
}

// methodCode is what can be called of a method: the func type without receiver (nil where no interface
// of the program has the method and nobody asks reflect for it) and the code.
type methodCode struct {
	typ *rtype
	ifn unsafe.Pointer
}

// imethod is a method of an interface type.
type imethod struct {
	name    string
	pkgPath string
	typ     *rtype
}

// structField is a field of a struct type.
type structField struct {
	name     string
	pkgPath  string
	typ      *rtype
	tag      string
	offset   uintptr
	embedded uintptr
}

// mapFuncs are the operations of a map type; each word is code, so that the
// address of a word is a func value.
type mapFuncs struct {
	make   unsafe.Pointer
	get    unsafe.Pointer
	put    unsafe.Pointer
	delete unsafe.Pointer
	clear  unsafe.Pointer
	iter   unsafe.Pointer
	next   unsafe.Pointer
}

// funcAux are the entry points for calls of a func type.
type funcAux struct {
	// call is func(fn, args, results unsafe.Pointer).
	call unsafe.Pointer
	// makefunc is the code of closures {makefunc, handler, type}.
	makefunc unsafe.Pointer
	// callmethod is func(code, recv, args, results unsafe.Pointer), where code
	// is the address of a word that holds the method's code.
	callmethod unsafe.Pointer
}

// eface and iface are the layouts of interface values.
type eface struct {
	typ  *rtype
	data unsafe.Pointer
}

type iface struct {
	tab  *itab
	data unsafe.Pointer
}

type itab struct {
	inter *rtype
	typ   *rtype
	hash  uint32
	_     uint32
	fun   [1]unsafe.Pointer
}

// sliceHeader is the layout of a slice.
type sliceHeader struct {
	data unsafe.Pointer
	len  int
	cap  int
}

func (t *rtype) methods() []method {
	if t.uncommon == nil {
		return nil
	}
	return unsafe.Slice(t.uncommon.methods, t.uncommon.count)
}

// methodCode returns what can be called of the i-th of the exported methods.
func (t *rtype) methodCode(i int) *methodCode {
	for j, m := range t.methods() {
		if m.pkgPath != "" {
			continue
		}
		if i == 0 {
			return &unsafe.Slice(t.uncommon.code, t.uncommon.count)[j]
		}
		i--
	}
	panic("reflect: Method index out of range")
}

func (t *rtype) imethods() []imethod {
	return unsafe.Slice((*imethod)(t.list), int(t.len))
}

func (t *rtype) fields() []structField {
	return unsafe.Slice((*structField)(t.list), int(t.len))
}

func (t *rtype) inCount() int   { return int(t.len & 0xffff) }
func (t *rtype) outCount() int  { return int(t.len >> 16 & 0xffff) }
func (t *rtype) variadic() bool { return t.len>>32 != 0 }

// params returns the types of parameters, then of results.
func (t *rtype) params() []*rtype {
	return unsafe.Slice((**rtype)(t.list), t.inCount()+t.outCount())
}

// direct reports whether an interface's data word holds values themselves.
func (t *rtype) direct() bool { return t.tflag&tflagDirect != 0 }

// uniqueString is the program-wide unique name.
func (t *rtype) uniqueString() string {
	n := 0
	for *(*byte)(unsafe.Add(unsafe.Pointer(t.unique), n)) != 0 {
		n++
	}
	return unsafe.String(t.unique, n)
}

// code makes a func value of the word that p points to.
func code[F any](p *unsafe.Pointer) F {
	return *(*F)(unsafe.Pointer(&p))
}
