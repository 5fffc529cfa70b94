// This file writes Go values as JSON: for each type there is a function that
// writes the value at an address.

package json

import (
	"encoding"
	"encoding/base64"
	"errors"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unsafe"
)

// encOpts are what a value is written with.
type encOpts uint8

const (
	escapeHTML encOpts = 1 << iota
	// Inside a string, because of the option "string".
	quoted
	// The value may be changed through its address, so that methods of the
	// pointer may be called.
	addressable
)

// encFunc appends the value at p to e.buf, or sets e.err.
type encFunc func(e *encodeState, p unsafe.Pointer, o encOpts)

// encodeState is one Marshal.
type encodeState struct {
	buf   []byte
	err   error
	depth int
	// Pointers under way, noted when the depth makes a cycle likely.
	seen map[visit]bool
	// Entries of maps under way, and space to sort them.
	entries []entry
	tmp     []byte
}

type visit struct {
	typ *byte
	p   unsafe.Pointer
	n   int
}

// cycleDepth is the depth from which cycles are looked for.
const cycleDepth = 1000

// entry is an entry of a map, written to buf[start:end].
type entry struct {
	key        string
	start, end int
}

var encodeStates = sync.Pool{New: func() any { return new(encodeState) }}

func newEncodeState() *encodeState { return encodeStates.Get().(*encodeState) }

func (e *encodeState) free() {
	if cap(e.buf) > 1<<20 || cap(e.tmp) > 1<<20 {
		return
	}
	clear(e.entries[:cap(e.entries)])
	*e = encodeState{buf: e.buf[:0], tmp: e.tmp[:0], entries: e.entries[:0]}
	encodeStates.Put(e)
}

func (e *encodeState) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *encodeState) null() { e.buf = append(e.buf, "null"...) }

// enter notes that the value behind the pointer p, of type t, is being
// written; n is its length if it is a slice.
func (e *encodeState) enter(t reflect.Type, p unsafe.Pointer, n int) (entered bool) {
	e.depth++
	if e.depth <= cycleDepth {
		return true
	}
	v := visit{typePointer(t), p, n}
	if e.seen[v] {
		e.depth--
		e.fail(&UnsupportedValueError{reflect.Zero(t), "encountered a cycle via " + t.String()})
		return false
	}
	if e.seen == nil {
		e.seen = map[visit]bool{}
	}
	e.seen[v] = true
	return true
}

func (e *encodeState) leave(t reflect.Type, p unsafe.Pointer, n int) {
	if e.depth > cycleDepth {
		delete(e.seen, visit{typePointer(t), p, n})
	}
	e.depth--
}

// typePointer is the address of t's descriptor.
func typePointer(t reflect.Type) *byte { return (*eface)(unsafe.Pointer(&t)).data }

func efaceOf(v *any) *eface { return (*eface)(unsafe.Pointer(v)) }

// any writes the value in *v.
func (e *encodeState) any(v *any, o encOpts) {
	switch v := (*v).(type) {
	case nil:
		e.null()
		return
	case string:
		e.buf = appendString(e.buf, v, o&escapeHTML != 0)
		return
	case float64:
		e.float(v, 64)
		return
	case int:
		e.buf = strconv.AppendInt(e.buf, int64(v), 10)
		return
	case bool:
		e.buf = strconv.AppendBool(e.buf, v)
		return
	}
	w := efaceOf(v)
	p := unsafe.Pointer(w.data)
	if w.typ.tflag&tflagDirect != 0 {
		p = unsafe.Pointer(&w.data)
	}
	encoderOf(reflect.TypeOf(*v))(e, p, o&escapeHTML)
}

// encoders holds the encFunc of each type.
var encoders sync.Map

func encoderOf(t reflect.Type) encFunc {
	if f, ok := encoders.Load(t); ok {
		return f.(encFunc)
	}
	// Types may contain themselves: this one is known before it is made.
	var f encFunc
	var wg sync.WaitGroup
	wg.Add(1)
	known, loaded := encoders.LoadOrStore(t, encFunc(func(e *encodeState, p unsafe.Pointer, o encOpts) {
		wg.Wait()
		f(e, p, o)
	}))
	if loaded {
		return known.(encFunc)
	}
	f = makeEncoder(t)
	wg.Done()
	encoders.Store(t, f)
	return f
}

// makeEncoder is the encFunc of t, where its methods come first.
func makeEncoder(t reflect.Type) encFunc {
	if t == numberType {
		return encodeNumber
	}
	plain := kindEncoder(t)
	pt := reflect.PointerTo(t)
	inter := t.Kind() == reflect.Interface
	if inter {
		pt = t
	}
	switch {
	case t.Implements(marshalerType):
		plain = methodEncoder(t, marshalJSON)
	case !inter && pt.Implements(marshalerType):
		plain = ifAddressable(methodEncoder(t, marshalJSON), textEncoder(t, plain))
	default:
		plain = textEncoder(t, plain)
	}
	return plain
}

func textEncoder(t reflect.Type, plain encFunc) encFunc {
	pt := reflect.PointerTo(t)
	switch {
	case t.Implements(textAppenderType):
		return methodEncoder(t, appendText)
	case t.Kind() != reflect.Interface && pt.Implements(textAppenderType):
		return ifAddressable(methodEncoder(t, appendText), plain)
	case t.Implements(textMarshalerType):
		return methodEncoder(t, marshalText)
	case t.Kind() != reflect.Interface && pt.Implements(textMarshalerType):
		return ifAddressable(methodEncoder(t, marshalText), plain)
	}
	return plain
}

// ifAddressable chooses by whether the value is addressable.
func ifAddressable(yes, no encFunc) encFunc {
	return func(e *encodeState, p unsafe.Pointer, o encOpts) {
		if o&addressable != 0 {
			yes(e, p, o)
		} else {
			no(e, p, o)
		}
	}
}

// methodEncoder calls a method of the value, or writes null for a nil one.
func methodEncoder(t reflect.Type, call func(e *encodeState, v any, t reflect.Type, o encOpts)) encFunc {
	switch t.Kind() {
	case reflect.Pointer, reflect.Interface:
		return func(e *encodeState, p unsafe.Pointer, o encOpts) {
			if *(*unsafe.Pointer)(p) == nil {
				e.null()
				return
			}
			v := reflect.NewAt(t, p).Elem().Interface()
			call(e, v, reflect.TypeOf(v), o)
		}
	}
	// The methods of the pointer include those of the value.
	pt := reflect.PointerTo(t)
	return func(e *encodeState, p unsafe.Pointer, o encOpts) {
		call(e, reflect.NewAt(t, p).Interface(), pt, o)
	}
}

func marshalJSON(e *encodeState, v any, t reflect.Type, o encOpts) {
	b, err := v.(Marshaler).MarshalJSON()
	if err == nil {
		var s scanner
		if _, _, err = s.document(b); err == nil {
			e.buf = appendCompact(e.buf, b, o&escapeHTML != 0)
			return
		}
	}
	e.fail(&MarshalerError{t, err, "MarshalJSON"})
}

func marshalText(e *encodeState, v any, t reflect.Type, o encOpts) {
	b, err := v.(encoding.TextMarshaler).MarshalText()
	if err != nil {
		e.fail(&MarshalerError{t, err, "MarshalText"})
		return
	}
	e.buf = appendString(e.buf, asString(b), o&escapeHTML != 0)
}

func appendText(e *encodeState, v any, t reflect.Type, o encOpts) {
	b, err := v.(encoding.TextAppender).AppendText(e.tmp[:0])
	e.tmp = nil // not ours while the method of another value may run
	if err != nil {
		e.fail(&MarshalerError{t, err, "AppendText"})
		return
	}
	e.buf = appendString(e.buf, asString(b), o&escapeHTML != 0)
	e.tmp = b
}

// kindEncoder is the encFunc by t's kind.
func kindEncoder(t reflect.Type) encFunc {
	switch t.Kind() {
	case reflect.Bool:
		return func(e *encodeState, p unsafe.Pointer, o encOpts) {
			e.quote(o)
			e.buf = strconv.AppendBool(e.buf, *(*bool)(p))
			e.quote(o)
		}
	case reflect.Int:
		return encodeInt[int]
	case reflect.Int8:
		return encodeInt[int8]
	case reflect.Int16:
		return encodeInt[int16]
	case reflect.Int32:
		return encodeInt[int32]
	case reflect.Int64:
		return encodeInt[int64]
	case reflect.Uint:
		return encodeUint[uint]
	case reflect.Uint8:
		return encodeUint[uint8]
	case reflect.Uint16:
		return encodeUint[uint16]
	case reflect.Uint32:
		return encodeUint[uint32]
	case reflect.Uint64:
		return encodeUint[uint64]
	case reflect.Uintptr:
		return encodeUint[uintptr]
	case reflect.Float32:
		return func(e *encodeState, p unsafe.Pointer, o encOpts) {
			e.quote(o)
			e.float(float64(*(*float32)(p)), 32)
			e.quote(o)
		}
	case reflect.Float64:
		return func(e *encodeState, p unsafe.Pointer, o encOpts) {
			e.quote(o)
			e.float(*(*float64)(p), 64)
			e.quote(o)
		}
	case reflect.String:
		return encodeString
	case reflect.Interface:
		return interfaceEncoder(t)
	case reflect.Struct:
		return structEncoder(t)
	case reflect.Map:
		return mapEncoder(t)
	case reflect.Slice:
		return sliceEncoder(t)
	case reflect.Array:
		return arrayEncoder(t)
	case reflect.Pointer:
		return pointerEncoder(t)
	}
	return func(e *encodeState, p unsafe.Pointer, o encOpts) { e.fail(&UnsupportedTypeError{t}) }
}

// quote writes the quote of the option "string".
func (e *encodeState) quote(o encOpts) {
	if o&quoted != 0 {
		e.buf = append(e.buf, '"')
	}
}

func encodeInt[T int | int8 | int16 | int32 | int64](e *encodeState, p unsafe.Pointer, o encOpts) {
	e.quote(o)
	e.buf = strconv.AppendInt(e.buf, int64(*(*T)(p)), 10)
	e.quote(o)
}

func encodeUint[T uint | uint8 | uint16 | uint32 | uint64 | uintptr](e *encodeState, p unsafe.Pointer, o encOpts) {
	e.quote(o)
	e.buf = strconv.AppendUint(e.buf, uint64(*(*T)(p)), 10)
	e.quote(o)
}

// float writes a number as ECMAScript does.
func (e *encodeState) float(f float64, bits int) {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		v := reflect.ValueOf(f)
		if bits == 32 {
			v = reflect.ValueOf(float32(f))
		}
		e.fail(&UnsupportedValueError{v, strconv.FormatFloat(f, 'g', -1, bits)})
		return
	}
	e.buf = appendFloat(e.buf, f, bits)
}

func appendFloat(b []byte, f float64, bits int) []byte {
	if i := int64(f); float64(i) == f && i < 1<<53 && i > -1<<53 && (i != 0 || !math.Signbit(f)) && bits == 64 {
		return strconv.AppendInt(b, i, 10)
	}
	abs := math.Abs(f)
	small, large := abs < 1e-6, abs >= 1e21
	if bits == 32 {
		small, large = float32(abs) < 1e-6, float32(abs) >= 1e21
	}
	if abs == 0 || !small && !large {
		return strconv.AppendFloat(b, f, 'f', -1, bits)
	}
	b = strconv.AppendFloat(b, f, 'e', -1, bits)
	if n := len(b); b[n-4] == 'e' && b[n-3] == '-' && b[n-2] == '0' {
		// e-09 is e-9.
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}

func encodeString(e *encodeState, p unsafe.Pointer, o encOpts) {
	s := *(*string)(p)
	html := o&escapeHTML != 0
	if o&quoted != 0 {
		s = string(appendString(nil, s, html))
		html = false
	}
	e.buf = appendString(e.buf, s, html)
}

func encodeNumber(e *encodeState, p unsafe.Pointer, o encOpts) {
	n := *(*string)(p)
	switch {
	case n == "":
		n = "0"
	case !validNumber(n):
		e.fail(&MarshalerError{
			reflect.PointerTo(numberType),
			errors.New("cannot parse " + strconv.Quote(n) + " as JSON number: invalid syntax"),
			"MarshalJSONTo",
		})
		return
	}
	e.quote(o)
	e.buf = append(e.buf, n...)
	e.quote(o)
}

func interfaceEncoder(t reflect.Type) encFunc {
	if t.NumMethod() == 0 {
		return func(e *encodeState, p unsafe.Pointer, o encOpts) { e.any((*any)(p), o) }
	}
	return func(e *encodeState, p unsafe.Pointer, o encOpts) {
		if v := reflect.NewAt(t, p).Elem(); v.IsNil() {
			e.null()
		} else {
			i := v.Elem().Interface()
			e.any(&i, o)
		}
	}
}

func pointerEncoder(t reflect.Type) encFunc {
	elem := encoderOf(t.Elem())
	return func(e *encodeState, p unsafe.Pointer, o encOpts) {
		to := *(*unsafe.Pointer)(p)
		if to == nil {
			e.null()
			return
		}
		if e.enter(t, to, 0) {
			elem(e, to, o|addressable)
			e.leave(t, to, 0)
		}
	}
}

func structEncoder(t reflect.Type) encFunc {
	s := cachedFields(t)
	encs := make([]encFunc, len(s.list))
	for i := range s.list {
		encs[i] = encoderOf(s.list[i].typ)
	}
	return func(e *encodeState, p unsafe.Pointer, o encOpts) {
		sep := byte('{')
		for i := range s.list {
			f := &s.list[i]
			fp := unsafe.Add(p, f.path[0].offset)
			fo := o &^ quoted
			if len(f.path) > 1 {
				for _, st := range f.path[1:] {
					if fp = *(*unsafe.Pointer)(fp); fp == nil {
						break
					}
					fp = unsafe.Add(fp, st.offset)
					fo |= addressable
				}
				if fp == nil {
					continue
				}
			}
			if f.omitEmpty && f.isEmpty(fp) || f.omitZero && f.isZero(fp) {
				continue
			}
			e.buf = append(e.buf, sep)
			sep = ','
			if o&escapeHTML != 0 {
				e.buf = append(e.buf, f.htmlText...)
			} else {
				e.buf = append(e.buf, f.nameText...)
			}
			if f.quoted {
				fo |= quoted
			}
			encs[i](e, fp, fo)
			if e.err != nil {
				return
			}
		}
		if sep == '{' {
			e.buf = append(e.buf, '{')
		}
		e.buf = append(e.buf, '}')
	}
}

// elements writes n values that are size bytes apart.
func (e *encodeState) elements(elem encFunc, p unsafe.Pointer, n int, size uintptr, o encOpts) {
	e.buf = append(e.buf, '[')
	for i := range n {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		elem(e, unsafe.Add(p, uintptr(i)*size), o)
		if e.err != nil {
			return
		}
	}
	e.buf = append(e.buf, ']')
}

func arrayEncoder(t reflect.Type) encFunc {
	elem, n, size := encoderOf(t.Elem()), t.Len(), t.Elem().Size()
	return func(e *encodeState, p unsafe.Pointer, o encOpts) { e.elements(elem, p, n, size, o&^quoted) }
}

func sliceEncoder(t reflect.Type) encFunc {
	et := t.Elem()
	if et.Kind() == reflect.Uint8 {
		pt := reflect.PointerTo(et)
		if !pt.Implements(marshalerType) && !pt.Implements(textMarshalerType) {
			return encodeBytes
		}
	}
	elem, size := encoderOf(et), et.Size()
	return func(e *encodeState, p unsafe.Pointer, o encOpts) {
		s := *(*[]byte)(p) // of a wrong element type, but length and address are right
		if s == nil {
			e.null()
			return
		}
		data := unsafe.Pointer(unsafe.SliceData(s))
		if e.enter(t, data, len(s)) {
			e.elements(elem, data, len(s), size, o&^quoted|addressable)
			e.leave(t, data, len(s))
		}
	}
}

func encodeBytes(e *encodeState, p unsafe.Pointer, o encOpts) {
	s := *(*[]byte)(p)
	if s == nil {
		e.null()
		return
	}
	e.buf = append(e.buf, '"')
	e.buf = base64.StdEncoding.AppendEncode(e.buf, s)
	e.buf = append(e.buf, '"')
}

// mapEncoder writes entries in the map's order first and sorts the pieces.
func mapEncoder(t reflect.Type) encFunc {
	name := keyEncoder(t.Key())
	if name == nil {
		kt := t.Key()
		if k := kt.Kind(); k == reflect.Bool {
			return func(e *encodeState, p unsafe.Pointer, o encOpts) {
				v := reflect.NewAt(t, p).Elem()
				switch {
				case v.IsNil():
					e.null()
				case v.Len() == 0:
					e.buf = append(e.buf, "{}"...)
				default:
					e.fail(&UnsupportedValueError{v, "jsontext: object member name must be a string after offset 2"})
				}
			}
		}
		return func(e *encodeState, p unsafe.Pointer, o encOpts) { e.fail(&UnsupportedTypeError{t}) }
	}
	elem := encoderOf(t.Elem())
	walk := func(e *encodeState, p unsafe.Pointer, put func(key string, elem unsafe.Pointer)) {
		it := reflect.NewAt(t, p).Elem().MapRange()
		v := reflect.New(t.Elem())
		for it.Next() && e.err == nil {
			v.Elem().SetIterValue(it)
			put(name(e, it.Key()), v.UnsafePointer())
		}
	}
	anyElem := t.Elem() == reflect.TypeFor[any]()
	if k := t.Key(); k.Kind() == reflect.String && k == reflect.TypeFor[string]() {
		switch {
		case anyElem:
			walk = func(e *encodeState, p unsafe.Pointer, put func(key string, elem unsafe.Pointer)) {
				for k, v := range *(*map[string]any)(p) {
					put(k, unsafe.Pointer(&v))
					if e.err != nil {
						return
					}
				}
			}
		case t.Elem() == reflect.TypeFor[string]():
			walk = func(e *encodeState, p unsafe.Pointer, put func(key string, elem unsafe.Pointer)) {
				for k, v := range *(*map[string]string)(p) {
					put(k, unsafe.Pointer(&v))
				}
			}
		}
	}
	return func(e *encodeState, p unsafe.Pointer, o encOpts) {
		m := *(*unsafe.Pointer)(p)
		if m == nil {
			e.null()
			return
		}
		if !e.enter(t, m, 0) {
			return
		}
		o = o & escapeHTML
		base, start := len(e.entries), len(e.buf)
		walk(e, p, func(key string, v unsafe.Pointer) {
			from := len(e.buf)
			e.buf = append(appendString(e.buf, key, o&escapeHTML != 0), ':')
			elem(e, v, o)
			e.entries = append(e.entries, entry{key, from, len(e.buf)})
		})
		e.leave(t, m, 0)
		if e.err == nil {
			e.sortEntries(base, start)
		}
		e.entries = e.entries[:base]
	}
}

// sortEntries makes an object of the entries from base on, whose text is
// buf[start:].
func (e *encodeState) sortEntries(base, start int) {
	list := e.entries[base:]
	slices.SortFunc(list, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	tmp := append(e.tmp[:0], '{')
	for i, x := range list {
		if i > 0 {
			tmp = append(tmp, ',')
		}
		tmp = append(tmp, e.buf[x.start:x.end]...)
	}
	tmp = append(tmp, '}')
	e.buf = append(e.buf[:start], tmp...)
	e.tmp = tmp
}

// keyEncoder returns the function that names map keys of type t, or nil.
func keyEncoder(t reflect.Type) func(e *encodeState, v reflect.Value) string {
	if t.Kind() == reflect.String {
		return func(e *encodeState, v reflect.Value) string { return v.String() }
	}
	if t.Implements(textMarshalerType) {
		return func(e *encodeState, v reflect.Value) string {
			if v.Kind() == reflect.Pointer && v.IsNil() {
				return ""
			}
			b, err := v.Interface().(encoding.TextMarshaler).MarshalText()
			if err != nil {
				t := v.Type()
				if t.Kind() != reflect.Pointer {
					t = reflect.PointerTo(t)
				}
				e.fail(&MarshalerError{t, err, "MarshalText"})
			}
			return string(b)
		}
	}
	switch k := t.Kind(); {
	case k >= reflect.Int && k <= reflect.Int64:
		return func(e *encodeState, v reflect.Value) string { return strconv.FormatInt(v.Int(), 10) }
	case k >= reflect.Uint && k <= reflect.Uintptr:
		return func(e *encodeState, v reflect.Value) string { return strconv.FormatUint(v.Uint(), 10) }
	case k == reflect.Float32 || k == reflect.Float64:
		return func(e *encodeState, v reflect.Value) string {
			f := v.Float()
			if math.IsInf(f, 0) || math.IsNaN(f) {
				e.fail(&UnsupportedValueError{v, strconv.FormatFloat(f, 'g', -1, t.Bits())})
				return ""
			}
			return string(appendFloat(nil, f, t.Bits()))
		}
	}
	return nil
}
