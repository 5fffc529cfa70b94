// This file holds the printing of values by reflection: by their kinds, without
// asking their own types (their parts' types are asked).

package fmt

import (
	"internal/fmtsort"
	"reflect"
)

// kind prints v; the result says whether the verb is one for such values. The
// verb may be none for their parts, which report it themselves. Only a value
// that is an operand itself (top) prints what it points to.
func (p *printer) kind(v reflect.Value, verb rune, top bool) bool {
	switch v.Kind() {
	case reflect.Bool:
		return p.boolean(v.Bool(), verb)
	case reflect.String:
		return p.string(v.String(), verb)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return p.signed(v.Int(), verb)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return p.unsigned(v.Uint(), verb)
	case reflect.Float32, reflect.Float64:
		return p.float(v.Float(), v.Type().Bits(), verb)
	case reflect.Complex64, reflect.Complex128:
		return p.complex(v.Complex(), v.Type().Bits(), verb)
	case reflect.Pointer:
		if !top || v.IsNil() || !composite(v.Type().Elem().Kind()) {
			return p.pointer(v, verb)
		}
		p.out = append(p.out, '&')
		p.part(v.Elem(), verb)
	case reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return p.pointer(v, verb)
	case reflect.Interface:
		if !v.IsNil() {
			p.part(v.Elem(), verb)
		} else if p.has(syntax) {
			p.text(v.Type().String() + "(nil)")
		} else {
			p.text("<nil>")
		}
	case reflect.Struct:
		p.structure(v, verb)
	case reflect.Map:
		if p.head(v, v.IsNil()) {
			p.entries(v, verb)
		}
	case reflect.Slice:
		if !p.asBytes(v, verb) && p.head(v, v.IsNil()) {
			p.elements(v, verb)
		}
	case reflect.Array:
		if !p.asBytes(v, verb) && p.head(v, false) {
			p.elements(v, verb)
		}
	}
	return true
}

// composite reports whether pointers to values of a kind print as what they
// point to.
func composite(k reflect.Kind) bool {
	return k == reflect.Struct || k == reflect.Array || k == reflect.Slice || k == reflect.Map
}

// head prints what comes before a composite value's parts in Go syntax: its type,
// and no parts if it is nil.
func (p *printer) head(v reflect.Value, null bool) (parts bool) {
	if !p.has(syntax) {
		return true
	}
	p.text(v.Type().String())
	if null {
		p.text("(nil)")
	}
	return !null
}

// structure prints a struct.
func (p *printer) structure(v reflect.Value, verb rune) {
	p.head(v, false)
	p.open("{")
	t := v.Type()
	for i := range t.NumField() {
		p.separate(i)
		if p.has(fields | syntax) {
			p.text(t.Field(i).Name)
			p.out = append(p.out, ':')
		}
		p.part(v.Field(i), verb)
	}
	p.close('}')
}

// entries prints a map, its keys in order.
func (p *printer) entries(v reflect.Value, verb rune) {
	p.open("map[")
	for i, e := range fmtsort.Sort(v) {
		p.separate(i)
		p.part(e.Key, verb)
		p.out = append(p.out, ':')
		p.part(e.Value, verb)
	}
	p.close(']')
}

// elements prints a slice or array.
func (p *printer) elements(v reflect.Value, verb rune) {
	p.open("[")
	for i := range v.Len() {
		p.separate(i)
		p.part(v.Index(i), verb)
	}
	p.close(']')
}

// asBytes prints a slice or array of bytes for a verb that takes it as text.
func (p *printer) asBytes(v reflect.Value, verb rune) bool {
	if verb != 's' && verb != 'q' && verb != 'x' && verb != 'X' || v.Type().Elem().Kind() != reflect.Uint8 {
		return false
	}
	var b []byte
	if v.Kind() == reflect.Slice || v.CanAddr() {
		b = v.Bytes()
	} else {
		b = make([]byte, v.Len())
		for i := range b {
			b[i] = byte(v.Index(i).Uint())
		}
	}
	return p.bytes(b, verb, "")
}

// pointer prints an address; the result says whether v has one and the verb is
// one for it.
func (p *printer) pointer(v reflect.Value, verb rune) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.UnsafePointer, reflect.Map, reflect.Chan, reflect.Func, reflect.Slice:
	default:
		return false
	}
	address := uint64(uintptr(v.UnsafePointer()))
	switch verb {
	case 'p':
		p.address(address, !p.has(sharp))
	case 'b', 'o', 'd', 'x', 'X':
		p.integer(address, false, verb)
	case 'v':
		switch {
		case p.has(syntax):
			p.text("(" + v.Type().String() + ")(")
			if address == 0 {
				p.text("nil")
			} else {
				p.address(address, true)
			}
			p.out = append(p.out, ')')
		case address == 0:
			p.word("<nil>")
		default:
			// In a report on %#d the flag is still there.
			p.address(address, !p.has(sharp))
		}
	default:
		return false
	}
	return true
}
