// This file holds iteration over Values.

package reflect

import "iter"

// Seq returns an iterator as range with one variable makes it: over an
// integer's numbers, a func's values, the indices of arrays, slices and
// strings, a map's keys, what a channel delivers.
func (v Value) Seq() iter.Seq[Value] {
	if !v.Type().CanSeq() {
		panic("reflect: " + v.Type().String() + " cannot produce iter.Seq[Value]")
	}
	switch k := v.Kind(); {
	case k == Func:
		return func(yield func(Value) bool) {
			rf := MakeFunc(v.Type().In(0), func(in []Value) []Value {
				return []Value{ValueOf(yield(in[0]))}
			})
			v.Call([]Value{rf})
		}
	case isInt(k):
		return func(yield func(Value) bool) {
			for i := int64(0); i < v.Int(); i++ {
				if !yield(ValueOf(i).Convert(v.typ)) {
					return
				}
			}
		}
	case isUint(k):
		return func(yield func(Value) bool) {
			for i := uint64(0); i < v.Uint(); i++ {
				if !yield(ValueOf(i).Convert(v.typ)) {
					return
				}
			}
		}
	case k == Map:
		return func(yield func(Value) bool) {
			for it := v.MapRange(); it.Next(); {
				if !yield(it.Key()) {
					return
				}
			}
		}
	case k == Chan:
		return func(yield func(Value) bool) {
			for x, ok := v.Recv(); ok; x, ok = v.Recv() {
				if !yield(x) {
					return
				}
			}
		}
	case k == String:
		return func(yield func(Value) bool) {
			for i := range v.String() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	}
	return func(yield func(Value) bool) {
		for i := range v.Len() {
			if !yield(ValueOf(i)) {
				return
			}
		}
	}
}

// Seq2 returns an iterator as range with two variables makes it.
func (v Value) Seq2() iter.Seq2[Value, Value] {
	if !v.Type().CanSeq2() {
		panic("reflect: " + v.Type().String() + " cannot produce iter.Seq2[Value, Value]")
	}
	switch v.Kind() {
	case Func:
		return func(yield func(Value, Value) bool) {
			rf := MakeFunc(v.Type().In(0), func(in []Value) []Value {
				return []Value{ValueOf(yield(in[0], in[1]))}
			})
			v.Call([]Value{rf})
		}
	case Map:
		return func(yield func(Value, Value) bool) {
			for it := v.MapRange(); it.Next(); {
				if !yield(it.Key(), it.Value()) {
					return
				}
			}
		}
	case String:
		return func(yield func(Value, Value) bool) {
			for i, r := range v.String() {
				if !yield(ValueOf(i), ValueOf(r)) {
					return
				}
			}
		}
	case Pointer:
		v = v.Elem()
	}
	return func(yield func(Value, Value) bool) {
		for i := range v.Len() {
			if !yield(ValueOf(i), v.Index(i)) {
				return
			}
		}
	}
}
