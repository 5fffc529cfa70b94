// This file holds the coding of the simple types and slices of them, which
// needs no reflection.

package binary

import "math"

// isTarget reports whether data is not just a value but a place.
func isTarget(data any) bool {
	switch data.(type) {
	case bool, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64:
		return false
	}
	return true
}

// fastSize returns the size of data if it is a number, a pointer to one, or a
// slice of them, and otherwise -1. A nil pointer has none.
func fastSize(data any) int {
	switch d := data.(type) {
	case bool, int8, uint8:
		return 1
	case int16, uint16:
		return 2
	case int32, uint32, float32:
		return 4
	case int64, uint64, float64:
		return 8
	case *bool:
		if d != nil {
			return 1
		}
	case []bool:
		return len(d)
	case *int8:
		if d != nil {
			return 1
		}
	case []int8:
		return len(d)
	case *uint8:
		if d != nil {
			return 1
		}
	case []uint8:
		return len(d)
	case *int16:
		if d != nil {
			return 2
		}
	case []int16:
		return 2 * len(d)
	case *uint16:
		if d != nil {
			return 2
		}
	case []uint16:
		return 2 * len(d)
	case *int32:
		if d != nil {
			return 4
		}
	case []int32:
		return 4 * len(d)
	case *uint32:
		if d != nil {
			return 4
		}
	case []uint32:
		return 4 * len(d)
	case *int64:
		if d != nil {
			return 8
		}
	case []int64:
		return 8 * len(d)
	case *uint64:
		if d != nil {
			return 8
		}
	case []uint64:
		return 8 * len(d)
	case *float32:
		if d != nil {
			return 4
		}
	case []float32:
		return 4 * len(d)
	case *float64:
		if d != nil {
			return 8
		}
	case []float64:
		return 8 * len(d)
	}
	return -1
}

// fastDecode reads data from b, which has its size. It reports false if data is
// a value, which can't be read.
func fastDecode(b []byte, order ByteOrder, data any) bool {
	switch d := data.(type) {
	case *bool:
		*d = b[0] != 0
	case []bool:
		for i, x := range b {
			d[i] = x != 0
		}
	case *int8:
		*d = int8(b[0])
	case []int8:
		for i, x := range b {
			d[i] = int8(x)
		}
	case *uint8:
		*d = b[0]
	case []uint8:
		copy(d, b)
	case *int16:
		*d = int16(order.Uint16(b))
	case []int16:
		for i := range d {
			d[i] = int16(order.Uint16(b[2*i:]))
		}
	case *uint16:
		*d = order.Uint16(b)
	case []uint16:
		for i := range d {
			d[i] = order.Uint16(b[2*i:])
		}
	case *int32:
		*d = int32(order.Uint32(b))
	case []int32:
		for i := range d {
			d[i] = int32(order.Uint32(b[4*i:]))
		}
	case *uint32:
		*d = order.Uint32(b)
	case []uint32:
		for i := range d {
			d[i] = order.Uint32(b[4*i:])
		}
	case *int64:
		*d = int64(order.Uint64(b))
	case []int64:
		for i := range d {
			d[i] = int64(order.Uint64(b[8*i:]))
		}
	case *uint64:
		*d = order.Uint64(b)
	case []uint64:
		for i := range d {
			d[i] = order.Uint64(b[8*i:])
		}
	case *float32:
		*d = math.Float32frombits(order.Uint32(b))
	case []float32:
		for i := range d {
			d[i] = math.Float32frombits(order.Uint32(b[4*i:]))
		}
	case *float64:
		*d = math.Float64frombits(order.Uint64(b))
	case []float64:
		for i := range d {
			d[i] = math.Float64frombits(order.Uint64(b[8*i:]))
		}
	default:
		return false
	}
	return true
}

// fastEncode writes data to b, which has its size.
func fastEncode(b []byte, order ByteOrder, data any) {
	switch d := data.(type) {
	case bool:
		putBool(b, d)
	case *bool:
		putBool(b, *d)
	case []bool:
		for i, x := range d {
			putBool(b[i:], x)
		}
	case int8:
		b[0] = uint8(d)
	case *int8:
		b[0] = uint8(*d)
	case []int8:
		for i, x := range d {
			b[i] = byte(x)
		}
	case uint8:
		b[0] = d
	case *uint8:
		b[0] = *d
	case []uint8:
		copy(b, d)
	case int16:
		order.PutUint16(b, uint16(d))
	case *int16:
		order.PutUint16(b, uint16(*d))
	case []int16:
		for i, x := range d {
			order.PutUint16(b[2*i:], uint16(x))
		}
	case uint16:
		order.PutUint16(b, d)
	case *uint16:
		order.PutUint16(b, *d)
	case []uint16:
		for i, x := range d {
			order.PutUint16(b[2*i:], x)
		}
	case int32:
		order.PutUint32(b, uint32(d))
	case *int32:
		order.PutUint32(b, uint32(*d))
	case []int32:
		for i, x := range d {
			order.PutUint32(b[4*i:], uint32(x))
		}
	case uint32:
		order.PutUint32(b, d)
	case *uint32:
		order.PutUint32(b, *d)
	case []uint32:
		for i, x := range d {
			order.PutUint32(b[4*i:], x)
		}
	case int64:
		order.PutUint64(b, uint64(d))
	case *int64:
		order.PutUint64(b, uint64(*d))
	case []int64:
		for i, x := range d {
			order.PutUint64(b[8*i:], uint64(x))
		}
	case uint64:
		order.PutUint64(b, d)
	case *uint64:
		order.PutUint64(b, *d)
	case []uint64:
		for i, x := range d {
			order.PutUint64(b[8*i:], x)
		}
	case float32:
		order.PutUint32(b, math.Float32bits(d))
	case *float32:
		order.PutUint32(b, math.Float32bits(*d))
	case []float32:
		for i, x := range d {
			order.PutUint32(b[4*i:], math.Float32bits(x))
		}
	case float64:
		order.PutUint64(b, math.Float64bits(d))
	case *float64:
		order.PutUint64(b, math.Float64bits(*d))
	case []float64:
		for i, x := range d {
			order.PutUint64(b[8*i:], math.Float64bits(x))
		}
	}
}

// putBool writes 1 for true and 0 for false.
func putBool(b []byte, x bool) {
	b[0] = 0
	if x {
		b[0] = 1
	}
}
