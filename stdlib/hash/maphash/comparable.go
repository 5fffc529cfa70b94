// This file holds the hash of comparable values.

package maphash

import (
	"math"
	"reflect"
)

// Comparable returns a hash of v: equal values have equal ones. It panics if an
// interface in v holds something that is not comparable.
func Comparable[T comparable](seed Seed, v T) uint64 {
	var h Hash
	h.SetSeed(seed)
	WriteComparable(&h, v)
	return h.Sum64()
}

// WriteComparable adds v to h.
func WriteComparable[T comparable](h *Hash, x T) {
	switch v := any(x).(type) {
	case string:
		h.word(uint64(len(v)))
		h.WriteString(v)
	case int:
		h.word(uint64(v))
	default:
		h.value(reflect.ValueOf(&x).Elem())
	}
}

// word adds eight bytes.
func (h *Hash) word(x uint64) {
	var b [8]byte
	for i := range b {
		b[i] = byte(x >> (8 * i))
	}
	h.Write(b[:])
}

func (h *Hash) float(f float64) {
	switch {
	case f == 0:
		h.word(0) // of either sign
	case f != f:
		h.word(rand64()) // equal to nothing
	default:
		h.word(math.Float64bits(f))
	}
}

// value adds what decides whether v equals another value of its type.
func (h *Hash) value(v reflect.Value) {
	switch k := v.Kind(); {
	case k == reflect.Bool:
		if v.Bool() {
			h.word(1)
		} else {
			h.word(0)
		}
	case v.CanInt():
		h.word(uint64(v.Int()))
	case v.CanUint():
		h.word(v.Uint())
	case v.CanFloat():
		h.float(v.Float())
	case v.CanComplex():
		h.float(real(v.Complex()))
		h.float(imag(v.Complex()))
	case k == reflect.String:
		h.word(uint64(v.Len()))
		h.WriteString(v.String())
	case k == reflect.Pointer, k == reflect.UnsafePointer, k == reflect.Chan:
		h.word(uint64(v.Pointer()))
	case k == reflect.Array:
		for i := range v.Len() {
			h.value(v.Index(i))
		}
	case k == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "_" {
				h.value(v.Field(i))
			}
		}
	case k == reflect.Interface:
		if v.IsNil() {
			h.word(0)
			return
		}
		h.WriteString(v.Elem().Type().String())
		h.value(v.Elem())
	default:
		panic("maphash: hash of unhashable type " + v.Type().String())
	}
}

// Hasher says how the values of a type are hashed and compared: equal ones must
// have the same hash.
type Hasher[T any] interface {
	Hash(*Hash, T)
	Equal(x, y T) bool
}

// ComparableHasher is the Hasher that goes with ==.
type ComparableHasher[T comparable] struct {
	_ [0]func(T) // no conversions between instances
}

// Hash adds v to h.
func (ComparableHasher[T]) Hash(h *Hash, v T) { WriteComparable(h, v) }

// Equal reports x == y.
func (ComparableHasher[T]) Equal(x, y T) bool { return x == y }
