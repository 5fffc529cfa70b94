// This file holds conversions between types.

package reflect

import "unsafe"

func (t *rtype) ConvertibleTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.ConvertibleTo")
	}
	return converter(u.common(), t) != nil
}

// CanConvert reports whether Convert works, for this very value.
func (v Value) CanConvert(t Type) bool {
	if !v.Type().ConvertibleTo(t) {
		return false
	}
	if v.Kind() == Slice {
		switch {
		case t.Kind() == Array:
			return v.Len() >= t.Len()
		case t.Kind() == Pointer && t.Elem().Kind() == Array:
			return v.Len() >= t.Elem().Len()
		}
	}
	return true
}

// Convert converts v to type t as a conversion expression does.
func (v Value) Convert(t Type) Value {
	if v.flag&flagMethod != 0 {
		v = v.methodFunc("Convert")
	}
	f := converter(t.common(), v.typ)
	if f == nil {
		panic("reflect.Value.Convert: value of type " + v.typ.String() + " cannot be converted to type " + t.String())
	}
	out := f(v, t.common())
	out.flag |= v.flag.ro()
	return out
}

func isInt(k Kind) bool     { return k >= Int && k <= Int64 }
func isUint(k Kind) bool    { return k >= Uint && k <= Uintptr }
func isFloat(k Kind) bool   { return k == Float32 || k == Float64 }
func isComplex(k Kind) bool { return k == Complex64 || k == Complex128 }

// newOf returns a variable of type t as a settable Value.
func newOf(t *rtype) Value {
	return Value{t, unsafeNew(t), flagIndir | flagAddr | flag(t.kind)}
}

// fixed drops the right to change v.
func fixed(v Value) Value {
	v.flag &^= flagAddr
	return v
}

// converter returns the function that converts src to dst, or nil (Go
// specification, "Conversions").
func converter(dst, src *rtype) func(v Value, t *rtype) Value {
	d, s := dst.Kind(), src.Kind()
	switch {
	case (isInt(s) || isUint(s)) && (isInt(d) || isUint(d)):
		return func(v Value, t *rtype) Value {
			out := newOf(t)
			var bits uint64
			if isInt(v.Kind()) {
				bits = uint64(v.Int())
			} else {
				bits = v.Uint()
			}
			if isInt(t.Kind()) {
				out.SetInt(int64(bits))
			} else {
				out.SetUint(bits)
			}
			return fixed(out)
		}
	case (isInt(s) || isUint(s)) && isFloat(d):
		return func(v Value, t *rtype) Value {
			out := newOf(t)
			if isInt(v.Kind()) {
				out.SetFloat(float64(v.Int()))
			} else {
				out.SetFloat(float64(v.Uint()))
			}
			return fixed(out)
		}
	case isFloat(s) && (isInt(d) || isUint(d)):
		return func(v Value, t *rtype) Value {
			out := newOf(t)
			if isInt(t.Kind()) {
				out.SetInt(int64(v.Float()))
			} else {
				out.SetUint(uint64(v.Float()))
			}
			return fixed(out)
		}
	case isFloat(s) && isFloat(d):
		return func(v Value, t *rtype) Value {
			out := newOf(t)
			out.SetFloat(v.Float())
			return fixed(out)
		}
	case isComplex(s) && isComplex(d):
		return func(v Value, t *rtype) Value {
			out := newOf(t)
			out.SetComplex(v.Complex())
			return fixed(out)
		}
	case (isInt(s) || isUint(s)) && d == String:
		return func(v Value, t *rtype) Value {
			r := rune(0xfffd)
			if isInt(v.Kind()) {
				if x := v.Int(); int64(rune(x)) == x {
					r = rune(x)
				}
			} else if x := v.Uint(); uint64(rune(x)) == x {
				r = rune(x)
			}
			out := newOf(t)
			out.SetString(string(r))
			return fixed(out)
		}
	case s == Slice && d == String && src.elem.PkgPath() == "" && src.elem.Kind() == Uint8:
		return func(v Value, t *rtype) Value {
			out := newOf(t)
			out.SetString(string(*(*[]byte)(v.ptr)))
			return fixed(out)
		}
	case s == Slice && d == String && src.elem.PkgPath() == "" && src.elem.Kind() == Int32:
		return func(v Value, t *rtype) Value {
			out := newOf(t)
			out.SetString(string(*(*[]rune)(v.ptr)))
			return fixed(out)
		}
	case s == String && d == Slice && dst.elem.PkgPath() == "" && dst.elem.Kind() == Uint8:
		return func(v Value, t *rtype) Value {
			out := newOf(t)
			*(*[]byte)(out.ptr) = []byte(*(*string)(v.ptr))
			return fixed(out)
		}
	case s == String && d == Slice && dst.elem.PkgPath() == "" && dst.elem.Kind() == Int32:
		return func(v Value, t *rtype) Value {
			out := newOf(t)
			*(*[]rune)(out.ptr) = []rune(*(*string)(v.ptr))
			return fixed(out)
		}
	case s == Slice && d == Pointer && dst.elem.Kind() == Array && src.elem == dst.elem.elem:
		return func(v Value, t *rtype) Value {
			checkArrayLen(v, t.elem)
			return Value{t, (*sliceHeader)(v.ptr).data, flag(Pointer)}
		}
	case s == Slice && d == Array && src.elem == dst.elem:
		return func(v Value, t *rtype) Value {
			checkArrayLen(v, t)
			return loaded(t, (*sliceHeader)(v.ptr).data, 0)
		}
	case s == Chan && d == Chan && ChanDir(src.len) == BothDir && src.elem == dst.elem && (!src.named() || !dst.named()):
		return retyped
	case sameUnderlying(dst, src, false):
		return retyped
	case d == Pointer && s == Pointer && !dst.named() && !src.named() && sameUnderlying(dst.elem, src.elem, false):
		return retyped
	case d == Interface && implementsType(src, dst):
		return func(v Value, t *rtype) Value {
			if v.Kind() == Interface && v.IsNil() {
				return Zero(t)
			}
			return toInterface(t, v.iface("Convert", false))
		}
	}
	return nil
}

func checkArrayLen(v Value, array *rtype) {
	if n := int(array.len); v.Len() < n {
		kind := "array"
		panic("reflect: cannot convert slice with length " + itoa(v.Len()) + " to " + kind + " with length " + itoa(n))
	}
}

// retyped gives v's representation another type.
func retyped(v Value, t *rtype) Value {
	if v.flag&flagAddr != 0 {
		c := unsafeNew(t)
		typedmemmove(t, c, v.ptr)
		return Value{t, c, flagIndir | flag(t.kind)}
	}
	return Value{t, unsafe.Pointer(v.ptr), v.flag&flagIndir | flag(t.kind)}
}
