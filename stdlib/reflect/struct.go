// This file holds struct fields and the search for them.

package reflect

import "iter"

// A StructField is one field of a struct type.
type StructField struct {
	// Name is the field's name.
	Name string
	// PkgPath qualifies unexported names; empty for exported ones.
	PkgPath string
	// Type is the field's type.
	Type Type
	// Tag is the string behind the field.
	Tag StructTag
	// Offset is the place within the struct, in bytes.
	Offset uintptr
	// Index is the path for Type.FieldByIndex.
	Index []int
	// Anonymous: an embedded field.
	Anonymous bool
}

// IsExported reports whether the field is exported.
func (f StructField) IsExported() bool { return f.PkgPath == "" }

func (t *rtype) Field(i int) StructField {
	t.must(Struct, "Field")
	if i < 0 || i >= int(t.len) {
		panic("reflect: Field index out of bounds")
	}
	f := &t.fields()[i]
	return StructField{
		Name:      f.name,
		PkgPath:   f.pkgPath,
		Type:      toType(f.typ),
		Tag:       StructTag(f.tag),
		Offset:    f.offset,
		Index:     []int{i},
		Anonymous: f.embedded != 0,
	}
}

func (t *rtype) Fields() iter.Seq[StructField] {
	return func(yield func(StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

func (t *rtype) FieldByIndex(index []int) StructField {
	t.must(Struct, "FieldByIndex")
	var f StructField
	var at Type = t
	for i, x := range index {
		if i > 0 {
			if at.Kind() == Pointer && at.Elem().Kind() == Struct {
				at = at.Elem()
			}
		}
		f = at.Field(x)
		at = f.Type
	}
	if len(index) > 0 {
		f.Index = append([]int(nil), index...)
	}
	return f
}

func (t *rtype) FieldByName(name string) (StructField, bool) {
	t.must(Struct, "FieldByName")
	if name != "" {
		for i := range t.fields() {
			if t.fields()[i].name == name {
				return t.Field(i), true
			}
		}
	}
	return t.FieldByNameFunc(func(s string) bool { return s == name })
}

func (t *rtype) FieldByNameFunc(match func(string) bool) (result StructField, ok bool) {
	t.must(Struct, "FieldByNameFunc")
	// Breadth first over embedded structs; the shallowest match wins if it is
	// the only one at its depth (Go specification, "Selectors").
	type place struct {
		typ   *rtype
		index []int
		times int
	}
	level := []place{{typ: t, times: 1}}
	seen := map[*rtype]bool{}
	for len(level) > 0 && !ok {
		var next []place
		matches := 0
		for _, p := range level {
			if seen[p.typ] {
				continue
			}
			seen[p.typ] = true
			for i := range p.typ.fields() {
				f := &p.typ.fields()[i]
				if match(f.name) {
					matches += p.times
					result = p.typ.Field(i)
					result.Index = append(append([]int(nil), p.index...), i)
					continue
				}
				if f.embedded == 0 {
					continue
				}
				e := f.typ
				if e.Kind() == Pointer {
					e = e.elem
				}
				if e.Kind() != Struct {
					continue
				}
				dup := false
				for j := range next {
					if next[j].typ == e {
						next[j].times++
						dup = true
					}
				}
				if !dup {
					next = append(next, place{e, append(append([]int(nil), p.index...), i), p.times})
				}
			}
		}
		if matches > 1 {
			return StructField{}, false
		}
		ok = matches == 1
		level = next
	}
	return result, ok
}

// VisibleFields returns all the fields of struct type t that can be reached
// by their name, promoted ones included, with fields of embedded structs behind
// the embedded field.
func VisibleFields(t Type) []StructField {
	if t == nil {
		panic("reflect: VisibleFields(nil)")
	}
	if t.Kind() != Struct {
		panic("reflect.VisibleFields of non-struct type")
	}
	v := &visible{byName: map[string]int{}, on: map[Type]bool{}}
	v.walk(t, nil)
	var out []StructField
	for _, f := range v.fields {
		if f.Name != "" {
			out = append(out, f)
		}
	}
	return out
}

// visible collects fields; hidden ones have their name cleared.
type visible struct {
	fields []StructField
	byName map[string]int
	on     map[Type]bool
}

func (v *visible) walk(t Type, path []int) {
	if v.on[t] {
		return
	}
	v.on[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		f.Index = append(append([]int(nil), path...), i)
		add := true
		if old, found := v.byName[f.Name]; found {
			o := &v.fields[old]
			switch {
			case len(f.Index) == len(o.Index):
				o.Name = ""
				add = false
			case len(f.Index) < len(o.Index):
				o.Name = ""
			default:
				add = false
			}
		}
		if add {
			v.byName[f.Name] = len(v.fields)
			v.fields = append(v.fields, f)
		}
		if f.Anonymous {
			e := f.Type
			if e.Kind() == Pointer {
				e = e.Elem()
			}
			if e.Kind() == Struct {
				v.walk(e, f.Index)
			}
		}
	}
	delete(v.on, t)
}
