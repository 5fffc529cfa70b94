// This file finds the fields that a struct type has in JSON.

package json

import (
	"cmp"
	"encoding"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// field is a struct field that takes part.
type field struct {
	name      string
	nameText  []byte // `"name":`
	htmlText  []byte // the same, escaped for HTML
	fold      string
	typ       reflect.Type
	index     []int
	path      []step
	tagged    bool
	omitEmpty bool
	omitZero  bool
	quoted    bool
	enc       encFunc
	dec       decFunc
	isEmpty   func(p unsafe.Pointer) bool
	isZero    func(p unsafe.Pointer) bool
}

// step leads from a struct to one of its fields; if the struct is embedded
// through a pointer, deref is the struct's type.
type step struct {
	offset uintptr
	deref  reflect.Type
	// Whether the pointer that leads to the struct cannot be set.
	hidden bool
}

// structFields are the fields of a type.
type structFields struct {
	typ    reflect.Type
	list   []field
	byName map[string]*field
	byFold map[string]*field
}

// parseTag splits a tag as it is under the key "json".
func parseTag(tag string) (name string, opts []string) {
	name, rest, _ := strings.Cut(tag, ",")
	if i := strings.IndexAny(name, "\"'`\\"); i >= 0 {
		name = name[:i]
	}
	if rest != "" {
		opts = strings.Split(rest, ",")
	}
	return name, opts
}

// candidate is an embedded struct yet to be looked into.
type candidate struct {
	typ   reflect.Type
	index []int
	path  []step
}

// fieldsOf lists the fields of t, a struct type, in the order of their
// declaration, embedded ones in place: breadth first, so that the fields of a
// level are known before those below.
func fieldsOf(t reflect.Type) *structFields {
	var found []field
	next := []candidate{{typ: t, path: []step{{}}}}
	visited := map[reflect.Type]bool{}
	var count, nextCount map[reflect.Type]int
	for len(next) > 0 {
		level := next
		next = nil
		count, nextCount = nextCount, map[reflect.Type]int{}
		for _, c := range level {
			if visited[c.typ] {
				continue
			}
			visited[c.typ] = true
			for i := range c.typ.NumField() {
				sf := c.typ.Field(i)
				if sf.Anonymous {
					ft := sf.Type
					if ft.Kind() == reflect.Pointer {
						ft = ft.Elem()
					}
					if !sf.IsExported() && ft.Kind() != reflect.Struct {
						continue
					}
				} else if !sf.IsExported() {
					continue
				}
				tag := sf.Tag.Get("json")
				if tag == "-" {
					continue
				}
				name, opts := parseTag(tag)
				index := append(slices.Clone(c.index), i)
				path := slices.Clone(c.path)
				path[len(path)-1].offset += sf.Offset
				ft := sf.Type
				if ft.Name() == "" && ft.Kind() == reflect.Pointer {
					ft = ft.Elem()
				}
				if sf.Anonymous && name == "" && ft.Kind() == reflect.Struct {
					nextCount[ft]++
					if nextCount[ft] == 1 {
						if sf.Type.Kind() == reflect.Pointer {
							path = append(path, step{deref: ft, hidden: !sf.IsExported()})
						}
						next = append(next, candidate{ft, index, path})
					}
					continue
				}
				f := field{name: name, typ: sf.Type, index: index, path: path, tagged: name != ""}
				if name == "" {
					f.name = sf.Name
				}
				for _, o := range opts {
					switch strings.TrimSpace(o) {
					case "omitempty":
						f.omitEmpty = true
					case "omitzero":
						f.omitZero = true
					case "string":
						switch k := ft.Kind(); k {
						case reflect.String:
							f.quoted = true
						default:
							f.quoted = k >= reflect.Bool && k <= reflect.Float64
						}
					}
				}
				found = append(found, f)
				if count[c.typ] > 1 {
					// The type is embedded more than once on this level: its
					// fields hide each other.
					found = append(found, f)
				}
			}
		}
	}

	// Of the fields of one name keep the dominant one, if there is one.
	slices.SortStableFunc(found, func(a, b field) int {
		if c := strings.Compare(a.name, b.name); c != 0 {
			return c
		}
		if c := cmp.Compare(len(a.index), len(b.index)); c != 0 {
			return c
		}
		if a.tagged != b.tagged {
			if a.tagged {
				return -1
			}
			return 1
		}
		return slices.Compare(a.index, b.index)
	})
	s := &structFields{typ: t}
	for i := 0; i < len(found); {
		j := i + 1
		for j < len(found) && found[j].name == found[i].name {
			j++
		}
		if j == i+1 || len(found[i].index) != len(found[i+1].index) || found[i].tagged != found[i+1].tagged {
			s.list = append(s.list, found[i])
		}
		i = j
	}
	slices.SortFunc(s.list, func(a, b field) int { return slices.Compare(a.index, b.index) })

	s.byName = make(map[string]*field, len(s.list))
	s.byFold = make(map[string]*field, len(s.list))
	for i := range s.list {
		f := &s.list[i]
		f.nameText = append(appendString(nil, f.name, false), ':')
		f.htmlText = append(appendString(nil, f.name, true), ':')
		f.fold = string(appendFold(nil, []byte(f.name)))
		s.byName[f.name] = f
		if s.byFold[f.fold] == nil {
			s.byFold[f.fold] = f
		}
		f.isEmpty = emptyFunc(f.typ)
		f.isZero = zeroFunc(f.typ)
	}
	return s
}

// fieldCache holds the structFields of types.
var fieldCache sync.Map

func cachedFields(t reflect.Type) *structFields {
	if s, ok := fieldCache.Load(t); ok {
		return s.(*structFields)
	}
	s, _ := fieldCache.LoadOrStore(t, fieldsOf(t))
	return s.(*structFields)
}

// appendFold appends what names that differ only in case have in common.
func appendFold(b, name []byte) []byte {
	for i := 0; i < len(name); {
		c := name[i]
		if c < utf8.RuneSelf {
			if 'a' <= c && c <= 'z' {
				c -= 'a' - 'A'
			}
			b = append(b, c)
			i++
			continue
		}
		r, n := utf8.DecodeRune(name[i:])
		// The smallest of the runes that fold into each other.
		low := r
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			low = min(low, f)
		}
		b = utf8.AppendRune(b, low)
		i += n
	}
	return b
}

// The interfaces that types may implement.
var (
	marshalerType       = reflect.TypeFor[Marshaler]()
	textMarshalerType   = reflect.TypeFor[encoding.TextMarshaler]()
	textAppenderType    = reflect.TypeFor[encoding.TextAppender]()
	unmarshalerType     = reflect.TypeFor[Unmarshaler]()
	textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
	isZeroerType        = reflect.TypeFor[isZeroer]()
	numberType          = reflect.TypeFor[Number]()
	floatType           = reflect.TypeFor[float64]()
)

type isZeroer interface{ IsZero() bool }

// emptyFunc tells values that omitempty leaves out.
func emptyFunc(t reflect.Type) func(p unsafe.Pointer) bool {
	switch t.Kind() {
	case reflect.String, reflect.Slice:
		// The length is the second word of both.
		return func(p unsafe.Pointer) bool { return (*[2]int)(p)[1] == 0 }
	case reflect.Map:
		return func(p unsafe.Pointer) bool { return reflect.NewAt(t, p).Elem().Len() == 0 }
	case reflect.Array:
		return func(p unsafe.Pointer) bool { return t.Len() == 0 }
	case reflect.Bool, reflect.Int8, reflect.Uint8:
		return func(p unsafe.Pointer) bool { return *(*uint8)(p) == 0 }
	case reflect.Int16, reflect.Uint16:
		return func(p unsafe.Pointer) bool { return *(*uint16)(p) == 0 }
	case reflect.Int32, reflect.Uint32:
		return func(p unsafe.Pointer) bool { return *(*uint32)(p) == 0 }
	case reflect.Int64, reflect.Uint64, reflect.Int, reflect.Uint, reflect.Uintptr, reflect.Pointer, reflect.Interface:
		return func(p unsafe.Pointer) bool { return *(*uint64)(p) == 0 }
	case reflect.Float32, reflect.Float64:
		return func(p unsafe.Pointer) bool { return reflect.NewAt(t, p).Elem().Float() == 0 }
	}
	return func(p unsafe.Pointer) bool { return false }
}

// zeroFunc tells values that omitzero leaves out.
func zeroFunc(t reflect.Type) func(p unsafe.Pointer) bool {
	switch {
	case t.Kind() == reflect.Interface && t.Implements(isZeroerType):
		return func(p unsafe.Pointer) bool {
			v := reflect.NewAt(t, p).Elem()
			return v.IsNil() || v.Elem().Kind() == reflect.Pointer && v.Elem().IsNil() || v.Interface().(isZeroer).IsZero()
		}
	case t.Kind() == reflect.Pointer && t.Implements(isZeroerType):
		return func(p unsafe.Pointer) bool {
			v := reflect.NewAt(t, p).Elem()
			return v.IsNil() || v.Interface().(isZeroer).IsZero()
		}
	case reflect.PointerTo(t).Implements(isZeroerType):
		return func(p unsafe.Pointer) bool {
			return reflect.NewAt(t, p).Interface().(isZeroer).IsZero()
		}
	}
	return func(p unsafe.Pointer) bool { return reflect.NewAt(t, p).Elem().IsZero() }
}
