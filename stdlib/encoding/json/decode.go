// This file stores JSON values in Go values: for each type there is a function
// that stores the value at an index at an address. The text was checked before,
// so that the functions need not look for errors of syntax.

package json

import (
	"encoding"
	"encoding/base64"
	"errors"
	"reflect"
	"strconv"
	"sync"
	"unsafe"
)

// decFunc stores the value at d.data[d.i:], where no space is, at p, and moves
// d.i behind it.
type decFunc func(d *decodeState, p unsafe.Pointer)

// decodeState is one Unmarshal.
type decodeState struct {
	data  []byte
	i     int
	start int // where the root value starts
	scan  scanner
	buf   []byte
	err   error // the first
	root  reflect.Type
	// Options of a Decoder, and what its data is offset by.
	useNumber bool
	strict    bool
	offset    int64
	keys      keyCache
}

var decodeStates = sync.Pool{New: func() any { return new(decodeState) }}

func newDecodeState() *decodeState { return decodeStates.Get().(*decodeState) }

func (d *decodeState) free() {
	d.data, d.scan.data, d.err, d.root = nil, nil, nil, nil
	d.useNumber, d.strict, d.offset = false, false, 0
	decodeStates.Put(d)
}

// unmarshal decodes the value at data[start:].
func (d *decodeState) unmarshal(data []byte, start int, v any) error {
	rv := reflect.ValueOf(v)
	if rv.Kind() != reflect.Pointer || rv.IsNil() {
		return &InvalidUnmarshalError{reflect.TypeOf(v)}
	}
	d.data, d.i, d.start, d.err = data, start, start, nil
	d.root = rv.Type().Elem()
	decoderOf(d.root)(d, rv.UnsafePointer())
	return d.err
}

// fail notes an error, if it is the first.
func (d *decodeState) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// mismatch notes that the value which starts at start does not fit t, and
// skips it.
func (d *decodeState) mismatch(start int, t reflect.Type, value string, err error) {
	d.i = start
	d.skip()
	if d.err != nil {
		return
	}
	end := d.i
	switch d.data[start] {
	case '{', '[':
		end = start + 1
	}
	if value == "" {
		value = kindName(d.data[start])
	}
	d.fail(&UnmarshalTypeError{
		Value: value, Type: t, Offset: d.offset + int64(end), Err: err,
		Struct: d.root.Name(), Field: pathTo(d.data, d.start, start),
	})
	if e := d.err.(*UnmarshalTypeError); e.Field == "" {
		e.Struct = ""
	}
}

// kindName names the kind of the value that starts with c.
func kindName(c byte) string {
	switch c {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "bool"
	case 'n':
		return "null"
	}
	return "number"
}

// skip moves behind the value.
func (d *decodeState) skip() { d.i = valueEnd(d.data, d.i) }

// valueEnd returns the index behind the value at i, which was checked.
func valueEnd(data []byte, i int) int {
	depth := 0
	for {
		switch c := data[i]; c {
		case '"':
			i = stringEnd(data, i)
		case '{', '[':
			depth++
			i++
		case '}', ']':
			depth--
			i++
		case 't', 'n':
			i += 4
		case 'f':
			i += 5
		case ',', ':', ' ', '\t', '\r', '\n':
			i++
			continue
		default:
			i = numberEnd(data, i)
		}
		if depth == 0 {
			return i
		}
	}
}

func numberEnd(data []byte, i int) int {
	for i < len(data) {
		if c := data[i]; !isDigit(c) && c != '-' && c != '+' && c != '.' && c|0x20 != 'e' {
			break
		}
		i++
	}
	return i
}

// pathTo returns the names and indices that lead from the value at i to that
// at or around target, with points between them.
func pathTo(data []byte, i, target int) string {
	var path []byte
	for i < target {
		open := data[i]
		if open != '{' && open != '[' {
			break
		}
		i = skipSpace(data, i+1)
		for n := 0; ; n++ {
			key := i
			if open == '{' {
				i = skipSpace(data, stringEnd(data, i))
				i = skipSpace(data, i+1)
			}
			end := valueEnd(data, i)
			if end > target {
				if len(path) > 0 {
					path = append(path, '.')
				}
				if open == '[' {
					path = strconv.AppendInt(path, int64(n), 10)
					break
				}
				name, _ := unquote(data, key, nil)
				for _, c := range name {
					switch c {
					case '~':
						path = append(path, "~0"...)
					case '/':
						path = append(path, "~1"...)
					default:
						path = append(path, c)
					}
				}
				break
			}
			i = skipSpace(data, end)
			i = skipSpace(data, i+1) // behind the comma
		}
	}
	return string(path)
}

// null takes null if it is there. (Nothing else starts with n.)
func (d *decodeState) null() bool {
	if d.data[d.i] == 'n' {
		d.i += 4
		return true
	}
	return false
}

// space skips spaces. There is always something behind them.
func (d *decodeState) space() {
	for isSpace(d.data[d.i]) {
		d.i++
	}
}

// more moves from the end of an element to the next one, or behind the end
// of the array or object.
func (d *decodeState) more() bool {
	d.space()
	c := d.data[d.i]
	d.i++
	if c != ',' {
		return false
	}
	d.space()
	return true
}

// open moves to the first element of an array or object, or behind it if it
// is empty.
func (d *decodeState) open() bool {
	d.i++
	d.space()
	if c := d.data[d.i]; c == ']' || c == '}' {
		d.i++
		return false
	}
	return true
}

// name reads a member's name and moves to its value. It may be a part of
// d.data or d.buf.
func (d *decodeState) name() []byte {
	b, end := unquote(d.data, d.i, d.buf)
	d.keep(b)
	d.i = end
	d.space()
	d.i++ // the colon
	d.space()
	return b
}

// keep keeps b's memory for later if it does not belong to d.data.
func (d *decodeState) keep(b []byte) {
	if cap(b) > cap(d.buf) && !(len(d.data) > 0 && uintptr(unsafe.Pointer(unsafe.SliceData(b)))-uintptr(unsafe.Pointer(unsafe.SliceData(d.data))) < uintptr(len(d.data))) {
		d.buf = b[:0]
	}
}

// decoders holds the decFunc of each type.
var decoders sync.Map

func decoderOf(t reflect.Type) decFunc {
	if f, ok := decoders.Load(t); ok {
		return f.(decFunc)
	}
	var f decFunc
	var wg sync.WaitGroup
	wg.Add(1)
	known, loaded := decoders.LoadOrStore(t, decFunc(func(d *decodeState, p unsafe.Pointer) {
		wg.Wait()
		f(d, p)
	}))
	if loaded {
		return known.(decFunc)
	}
	f = makeDecoder(t)
	wg.Done()
	decoders.Store(t, f)
	return f
}

// makeDecoder is the decFunc of t, where its methods come first.
func makeDecoder(t reflect.Type) decFunc {
	if t == numberType {
		return decodeNumber
	}
	plain := kindDecoder(t)
	if k := t.Kind(); k == reflect.Interface || k == reflect.Pointer && t.Name() == "" {
		return plain
	}
	pt := reflect.PointerTo(t)
	switch {
	case pt.Implements(unmarshalerType):
		isTime := t.String() == "time.Time"
		return func(d *decodeState, p unsafe.Pointer) {
			start := d.i
			if c := d.data[start]; isTime && c != '"' && c != 'n' {
				d.mismatch(start, t, "", nil)
				return
			}
			d.skip()
			if err := reflect.NewAt(t, p).Interface().(Unmarshaler).UnmarshalJSON(d.data[start:d.i:d.i]); err != nil {
				d.fail(err)
			}
		}
	case pt.Implements(textUnmarshalerType):
		return func(d *decodeState, p unsafe.Pointer) {
			if d.null() {
				return
			}
			if d.data[d.i] != '"' {
				d.mismatch(d.i, t, "", errors.New("JSON value must be string type"))
				return
			}
			b, end := unquote(d.data, d.i, nil)
			d.i = end
			if err := reflect.NewAt(t, p).Interface().(encoding.TextUnmarshaler).UnmarshalText(b[:len(b):len(b)]); err != nil {
				d.fail(err)
			}
		}
	}
	return plain
}

// kindDecoder is the decFunc by t's kind.
func kindDecoder(t reflect.Type) decFunc {
	switch k := t.Kind(); k {
	case reflect.Bool:
		return func(d *decodeState, p unsafe.Pointer) {
			switch d.data[d.i] {
			case 'n':
				d.i += 4
			case 't':
				*(*bool)(p) = true
				d.i += 4
			case 'f':
				*(*bool)(p) = false
				d.i += 5
			default:
				d.mismatch(d.i, t, "", nil)
			}
		}
	case reflect.Int, reflect.Int64:
		return intDecoder[int64](t)
	case reflect.Int8:
		return intDecoder[int8](t)
	case reflect.Int16:
		return intDecoder[int16](t)
	case reflect.Int32:
		return intDecoder[int32](t)
	case reflect.Uint, reflect.Uint64, reflect.Uintptr:
		return uintDecoder[uint64](t)
	case reflect.Uint8:
		return uintDecoder[uint8](t)
	case reflect.Uint16:
		return uintDecoder[uint16](t)
	case reflect.Uint32:
		return uintDecoder[uint32](t)
	case reflect.Float32, reflect.Float64:
		return floatDecoder(t)
	case reflect.String:
		return func(d *decodeState, p unsafe.Pointer) {
			if d.null() {
				return
			}
			if d.data[d.i] != '"' {
				d.mismatch(d.i, t, "", nil)
				return
			}
			*(*string)(p) = d.str()
		}
	case reflect.Interface:
		return interfaceDecoder(t)
	case reflect.Struct:
		return structDecoder(t)
	case reflect.Map:
		return mapDecoder(t)
	case reflect.Slice:
		return sliceDecoder(t)
	case reflect.Array:
		return arrayDecoder(t)
	case reflect.Pointer:
		elem := decoderOf(t.Elem())
		return func(d *decodeState, p unsafe.Pointer) {
			to := (*unsafe.Pointer)(p)
			if d.null() {
				*to = nil
				return
			}
			if *to == nil {
				*to = reflect.New(t.Elem()).UnsafePointer()
			}
			elem(d, *to)
		}
	}
	return func(d *decodeState, p unsafe.Pointer) {
		if d.data[d.i] == 'n' {
			d.i += 4
			return
		}
		d.mismatch(d.i, t, "", nil)
	}
}

// str reads a string.
func (d *decodeState) str() string {
	b, end := unquote(d.data, d.i, d.buf)
	d.keep(b)
	d.i = end
	return string(b)
}

// number returns the text of the number that is there, or nothing.
func (d *decodeState) number() []byte {
	if c := d.data[d.i]; !isDigit(c) && c != '-' {
		return nil
	}
	end := numberEnd(d.data, d.i)
	return d.data[d.i:end]
}

// digits reads a number of at most 18 digits and a sign.
func digits(b []byte) (n int64, ok bool) {
	i := 0
	if b[0] == '-' {
		i = 1
	}
	if len(b)-i > 18 {
		return 0, false
	}
	for _, c := range b[i:] {
		if !isDigit(c) {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if i == 1 {
		n = -n
	}
	return n, true
}

func intDecoder[T int8 | int16 | int32 | int64](t reflect.Type) decFunc {
	return func(d *decodeState, p unsafe.Pointer) {
		b := d.number()
		if b == nil {
			if !d.null() {
				d.mismatch(d.i, t, "", nil)
			}
			return
		}
		n, ok := digits(b)
		if !ok {
			var err error
			n, err = strconv.ParseInt(asString(b), 10, 64)
			ok = err == nil
		}
		if !ok || int64(T(n)) != n {
			d.mismatch(d.i, t, "number "+string(b), nil)
			return
		}
		*(*T)(p) = T(n)
		d.i += len(b)
	}
}

func uintDecoder[T uint8 | uint16 | uint32 | uint64](t reflect.Type) decFunc {
	return func(d *decodeState, p unsafe.Pointer) {
		b := d.number()
		if b == nil {
			if !d.null() {
				d.mismatch(d.i, t, "", nil)
			}
			return
		}
		s, ok := digits(b)
		n := uint64(s)
		if !ok || b[0] == '-' {
			var err error
			n, err = strconv.ParseUint(asString(b), 10, 64)
			ok = err == nil
		}
		if !ok || uint64(T(n)) != n {
			d.mismatch(d.i, t, "number "+string(b), nil)
			return
		}
		*(*T)(p) = T(n)
		d.i += len(b)
	}
}

func floatDecoder(t reflect.Type) decFunc {
	bits := t.Bits()
	return func(d *decodeState, p unsafe.Pointer) {
		b := d.number()
		if b == nil {
			if !d.null() {
				d.mismatch(d.i, t, "", nil)
			}
			return
		}
		f, err := strconv.ParseFloat(asString(b), bits)
		if err != nil {
			d.mismatch(d.i, t, "number "+string(b), nil)
			return
		}
		if bits == 32 {
			*(*float32)(p) = float32(f)
		} else {
			*(*float64)(p) = f
		}
		d.i += len(b)
	}
}

// decodeNumber stores a number's text, or that of a string that is a number.
func decodeNumber(d *decodeState, p unsafe.Pointer) {
	if b := d.number(); b != nil {
		*(*string)(p) = string(b)
		d.i += len(b)
		return
	}
	switch d.data[d.i] {
	case 'n':
		d.i += 4
	case '"':
		s := d.str()
		if s != "" && !validNumber(s) {
			d.fail(&UnmarshalTypeError{Value: "string " + strconv.Quote(s), Type: numberType, Err: strconv.ErrSyntax})
			return
		}
		*(*string)(p) = s
	default:
		d.mismatch(d.i, numberType, "", nil)
	}
}

func interfaceDecoder(t reflect.Type) decFunc {
	return func(d *decodeState, p unsafe.Pointer) {
		if d.data[d.i] == 'n' {
			reflect.NewAt(t, p).Elem().SetZero()
			d.i += 4
			return
		}
		if *(*unsafe.Pointer)(p) != nil {
			// A pointer in the interface leads to the value to store to.
			if v := reflect.NewAt(t, p).Elem().Elem(); v.Kind() == reflect.Pointer && !v.IsNil() && v.UnsafePointer() != p {
				decoderOf(v.Type().Elem())(d, v.UnsafePointer())
				return
			}
		}
		if t.NumMethod() == 0 {
			*(*any)(p) = d.any()
			return
		}
		start := d.i
		d.skip()
		d.fail(&UnmarshalTypeError{Value: kindName(d.data[start]), Type: t})
	}
}

// errHidden is about pointers to embedded structs without an exported name.
var errHidden = errors.New("cannot set embedded pointer to unexported struct type")

func structDecoder(t reflect.Type) decFunc {
	s := cachedFields(t)
	decs := make([]decFunc, len(s.list))
	for i := range s.list {
		f := &s.list[i]
		if decs[i] = decoderOf(f.typ); f.quoted {
			decs[i] = quotedDecoder(f.typ, decs[i])
		}
	}
	return func(d *decodeState, p unsafe.Pointer) {
		if d.data[d.i] != '{' {
			if !d.null() {
				d.mismatch(d.i, t, "", nil)
			}
			return
		}
		next := 0 // the field likely to come next
		for more := d.open(); more; more = d.more() {
			name := d.name()
			var f *field
			if next < len(s.list) && s.list[next].name == string(name) {
				f = &s.list[next]
				next++
			} else {
				f = s.byName[asString(name)]
				if f == nil {
					var fold [64]byte
					f = s.byFold[asString(appendFold(fold[:0], name))]
				}
				if f == nil {
					if d.strict {
						d.fail(errors.New("json: unknown field " + strconv.Quote(string(name))))
					}
					d.skip()
					continue
				}
				next = f.order(s) + 1
			}
			fp := unsafe.Add(p, f.path[0].offset)
			if len(f.path) > 1 {
				ok := true
				for _, st := range f.path[1:] {
					to := (*unsafe.Pointer)(fp)
					if *to == nil {
						if st.hidden {
							d.mismatch(d.i, t, "", errHidden)
							ok = false
							break
						}
						*to = reflect.New(st.deref).UnsafePointer()
					}
					fp = unsafe.Add(*to, st.offset)
				}
				if !ok {
					continue
				}
			}
			decs[f.order(s)](d, fp)
		}
	}
}

// order is f's index in s.list.
func (f *field) order(s *structFields) int {
	return int((uintptr(unsafe.Pointer(f)) - uintptr(unsafe.Pointer(&s.list[0]))) / unsafe.Sizeof(*f))
}

// quotedDecoder is for fields with the option "string": a JSON value inside
// a string.
func quotedDecoder(t reflect.Type, plain decFunc) decFunc {
	base := t
	if t.Kind() == reflect.Pointer {
		base = t.Elem()
	}
	return func(d *decodeState, p unsafe.Pointer) {
		start := d.i
		if d.data[start] == 'n' {
			plain(d, p)
			return
		}
		if d.data[start] != '"' {
			d.mismatch(start, base, "", nil)
			return
		}
		b, end := unquote(d.data, start, nil)
		inner := newDecodeState()
		defer inner.free()
		from, to, err := inner.scan.document(b)
		k := base.Kind()
		isNumber := k >= reflect.Int && k <= reflect.Float64
		bad := err != nil || from != 0 || to != len(b)
		if !bad {
			switch c := b[0]; {
			case c == 'n':
			case isNumber || base == numberType:
				bad = c != '-' && !isDigit(c)
			case k == reflect.String:
				bad = c != '"'
			default:
				bad = c != 't' && c != 'f'
			}
		}
		if !bad {
			inner.data, inner.start, inner.i, inner.err, inner.root = b, 0, 0, nil, base
			plain(inner, p)
			bad = inner.err != nil
			err = nil
		}
		if !bad {
			d.i = end
			return
		}
		switch {
		case isNumber:
			d.mismatch(start, base, "number "+string(b), nil)
		case k == reflect.Bool:
			d.mismatch(start, base, "string "+strconv.Quote(string(b)), strconv.ErrSyntax)
		default:
			d.mismatch(start, base, "string", err)
		}
	}
}

func arrayDecoder(t reflect.Type) decFunc {
	elem, n, size := decoderOf(t.Elem()), t.Len(), t.Elem().Size()
	return func(d *decodeState, p unsafe.Pointer) {
		if d.data[d.i] != '[' {
			if !d.null() {
				d.mismatch(d.i, t, "", nil)
			}
			return
		}
		i := 0
		for more := d.open(); more; more = d.more() {
			if i < n {
				elem(d, unsafe.Add(p, uintptr(i)*size))
			} else {
				d.skip()
			}
			i++
		}
		for ; i < n; i++ {
			reflect.NewAt(t.Elem(), unsafe.Add(p, uintptr(i)*size)).Elem().SetZero()
		}
	}
}

func sliceDecoder(t reflect.Type) decFunc {
	et := t.Elem()
	elem, size := decoderOf(et), et.Size()
	bytes := et.Kind() == reflect.Uint8
	return func(d *decodeState, p unsafe.Pointer) {
		s := (*[]byte)(p) // of a wrong element type, only for its header
		switch d.data[d.i] {
		case '[':
		case 'n':
			d.i += 4
			*s = nil
			return
		case '"':
			if bytes {
				src, end := unquote(d.data, d.i, nil)
				dst := make([]byte, base64.StdEncoding.DecodedLen(len(src)))
				n, err := base64.StdEncoding.Decode(dst, src)
				if err != nil {
					d.mismatch(d.i, t, "", err)
					return
				}
				*s = dst[:n]
				d.i = end
				return
			}
			fallthrough
		default:
			d.mismatch(d.i, t, "", nil)
			return
		}
		if !d.open() {
			reflect.NewAt(t, p).Elem().Set(reflect.MakeSlice(t, 0, 0))
			return
		}
		// Elements behind the length, if there is room, keep their values.
		h := (*sliceHeader)(p)
		n := 0
		for more := true; more; more = d.more() {
			if n == h.cap {
				h.len = n
				reflect.NewAt(t, p).Elem().Grow(max(4, n))
			}
			elem(d, unsafe.Add(h.data, uintptr(n)*size))
			n++
		}
		h.len = n
	}
}

// sliceHeader is the layout of a slice.
type sliceHeader struct {
	data unsafe.Pointer
	len  int
	cap  int
}

func mapDecoder(t reflect.Type) decFunc {
	key := keyDecoder(t.Key())
	elem := decoderOf(t.Elem())
	if t.Key() == reflect.TypeFor[string]() && t.Elem() == reflect.TypeFor[any]() {
		return func(d *decodeState, p unsafe.Pointer) {
			m := (*map[string]any)(p)
			switch d.data[d.i] {
			case '{':
				if *m == nil {
					*m = map[string]any{}
				}
				d.object(*m)
			case 'n':
				*m = nil
				d.i += 4
			default:
				d.mismatch(d.i, t, "", nil)
			}
		}
	}
	return func(d *decodeState, p unsafe.Pointer) {
		switch d.data[d.i] {
		case '{':
		case 'n':
			reflect.NewAt(t, p).Elem().SetZero()
			d.i += 4
			return
		default:
			d.mismatch(d.i, t, "", nil)
			return
		}
		m := reflect.NewAt(t, p).Elem()
		if m.IsNil() {
			m.Set(reflect.MakeMap(t))
		}
		k, v := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
		vp := v.Addr().UnsafePointer()
		for more := d.open(); more; more = d.more() {
			nameAt := d.i
			name := d.name()
			valueAt := d.i
			k.SetZero()
			ok := key(d, k, name, nameAt)
			d.i = valueAt
			v.SetZero()
			elem(d, vp)
			if ok {
				m.SetMapIndex(k, v)
			}
		}
	}
}

// keyDecoder returns the function that makes a map key of type t of a name.
func keyDecoder(t reflect.Type) func(d *decodeState, k reflect.Value, name []byte, at int) bool {
	k := t.Kind()
	if reflect.PointerTo(t).Implements(textUnmarshalerType) {
		return func(d *decodeState, k reflect.Value, name []byte, at int) bool {
			if err := k.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(name); err != nil {
				d.fail(err)
				return false
			}
			return true
		}
	}
	bad := func(d *decodeState, name []byte, at int, value string) bool {
		if d.err == nil {
			_, end := unquote(d.data, at, nil)
			path := pathTo(d.data, d.start, d.i)
			d.fail(&UnmarshalTypeError{Value: value, Type: t, Offset: d.offset + int64(end), Struct: d.root.Name(), Field: path})
		}
		return false
	}
	switch {
	case k == reflect.String:
		return func(d *decodeState, k reflect.Value, name []byte, at int) bool {
			k.SetString(string(name))
			return true
		}
	case k >= reflect.Int && k <= reflect.Int64:
		return func(d *decodeState, k reflect.Value, name []byte, at int) bool {
			n, err := strconv.ParseInt(string(name), 10, 64)
			if err != nil || k.OverflowInt(n) {
				return bad(d, name, at, "number "+string(name))
			}
			k.SetInt(n)
			return true
		}
	case k >= reflect.Uint && k <= reflect.Uintptr:
		return func(d *decodeState, k reflect.Value, name []byte, at int) bool {
			n, err := strconv.ParseUint(string(name), 10, 64)
			if err != nil || k.OverflowUint(n) {
				return bad(d, name, at, "number "+string(name))
			}
			k.SetUint(n)
			return true
		}
	case k == reflect.Float32 || k == reflect.Float64:
		return func(d *decodeState, k reflect.Value, name []byte, at int) bool {
			f, err := strconv.ParseFloat(string(name), t.Bits())
			if err != nil || !validNumber(string(name)) {
				return bad(d, name, at, "number "+string(name))
			}
			k.SetFloat(f)
			return true
		}
	}
	return func(d *decodeState, k reflect.Value, name []byte, at int) bool {
		return bad(d, name, at, "string")
	}
}

// any reads a value of any kind.
func (d *decodeState) any() any {
	switch d.data[d.i] {
	case '"':
		return d.str()
	case '{':
		m := map[string]any{}
		d.object(m)
		return m
	case '[':
		s := []any{}
		for more := d.open(); more; more = d.more() {
			if s == nil || cap(s) == 0 {
				s = make([]any, 0, 4)
			}
			s = append(s, d.any())
		}
		return s
	case 't':
		d.i += 4
		return true
	case 'f':
		d.i += 5
		return false
	case 'n':
		d.i += 4
		return nil
	}
	b := d.number()
	if d.useNumber {
		d.i += len(b)
		return Number(b)
	}
	if n, ok := digits(b); ok && len(b) < 16 && n != 0 {
		d.i += len(b)
		return float64(n)
	}
	f, err := strconv.ParseFloat(asString(b), 64)
	if err != nil {
		d.mismatch(d.i, floatType, "number "+string(b), nil)
		return nil
	}
	d.i += len(b)
	return f
}

// object reads an object's members to m.
func (d *decodeState) object(m map[string]any) {
	for more := d.open(); more; more = d.more() {
		key := d.keys.get(d.name())
		if old, ok := m[key]; ok && old != nil {
			// A pointer that is there is followed only for a fresh value.
			delete(m, key)
		}
		m[key] = d.any()
	}
}

// keyCache has names that were read lately, so that the same name need not be
// allocated again.
type keyCache struct {
	names [256]string
}

func (c *keyCache) get(b []byte) string {
	n := len(b)
	if n == 0 || n > 32 {
		return string(b)
	}
	h := uint32(b[0])*31 + uint32(b[n/2])*131 + uint32(b[n-1])*517 + uint32(n)*7
	p := &c.names[(h^h>>8)&255]
	if *p != string(b) {
		*p = string(b)
	}
	return *p
}
