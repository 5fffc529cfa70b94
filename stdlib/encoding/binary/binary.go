// This file holds the reading and writing of values of fixed size: booleans,
// numbers but int, uint and uintptr, and arrays and structs of those.

package binary

import (
	"errors"
	"io"
	"math"
	"reflect"
	"slices"
	"sync"
)

var errBufferTooSmall = errors.New("buffer too small")

// Read reads data from r, which is a pointer to a value of fixed size or a
// slice of such. Fields named _ are skipped; the others must be exported. A
// boolean is true for any byte but 0. The error is io.EOF only if there is not
// even a byte, and io.ErrUnexpectedEOF if r ends later.
func Read(r io.Reader, order ByteOrder, data any) error {
	if n := fastSize(data); n > 0 {
		b := make([]byte, n)
		if _, err := io.ReadFull(r, b); err != nil {
			return err
		}
		if fastDecode(b, order, data) {
			return nil
		}
	}
	v, size := target(data)
	if size < 0 {
		return errors.New("binary.Read: invalid type " + reflect.TypeOf(data).String())
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(r, b); err != nil {
		return err
	}
	d := coder{order: order, buf: b}
	d.decode(v)
	return nil
}

// Decode reads data from buf as Read does, and returns how many bytes it took.
// If buf is too short that is an error.
func Decode(buf []byte, order ByteOrder, data any) (int, error) {
	if n := fastSize(data); n > 0 && isTarget(data) {
		if len(buf) < n {
			return 0, errBufferTooSmall
		}
		if fastDecode(buf[:n], order, data) {
			return n, nil
		}
	}
	v, size := target(data)
	if size < 0 {
		return 0, errors.New("binary.Decode: invalid type " + reflect.TypeOf(data).String())
	}
	if len(buf) < size {
		return 0, errBufferTooSmall
	}
	d := coder{order: order, buf: buf[:size]}
	d.decode(v)
	return size, nil
}

// Write writes data to w, which is a value of fixed size, a slice of such, or a
// pointer to one of those. Fields named _ are written as zeros.
func Write(w io.Writer, order ByteOrder, data any) error {
	b, err := encode(nil, "binary.Write", order, data)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// Encode writes data to the start of buf as Write does, and returns how many
// bytes that takes. If buf is too short that is an error.
func Encode(buf []byte, order ByteOrder, data any) (int, error) {
	n := fastSize(data)
	if n <= 0 {
		n = sizeOf(reflect.Indirect(reflect.ValueOf(data)))
	}
	if n < 0 {
		return 0, errors.New("binary.Encode: some values are not fixed-sized in type " + reflect.TypeOf(data).String())
	}
	if len(buf) < n {
		return 0, errBufferTooSmall
	}
	if _, err := encode(buf[:0:n], "binary.Encode", order, data); err != nil {
		return 0, err
	}
	return n, nil
}

// Append appends data to buf as Write writes it.
func Append(buf []byte, order ByteOrder, data any) ([]byte, error) {
	return encode(buf, "binary.Append", order, data)
}

// Size returns how many bytes Write writes for v, or -1 if it can't be written.
func Size(v any) int {
	if n := fastSize(v); n >= 0 && v != nil {
		return n
	}
	return sizeOf(reflect.Indirect(reflect.ValueOf(v)))
}

// encode appends data to b.
func encode(b []byte, caller string, order ByteOrder, data any) ([]byte, error) {
	if n := fastSize(data); n > 0 {
		if b == nil {
			b = make([]byte, n)
			fastEncode(b, order, data)
			return b, nil
		}
		at := len(b)
		b = slices.Grow(b, n)[:at+n]
		fastEncode(b[at:], order, data)
		return b, nil
	}
	v := reflect.Indirect(reflect.ValueOf(data))
	size := sizeOf(v)
	if size < 0 {
		return nil, errors.New(caller + ": some values are not fixed-sized in type " + reflect.TypeOf(data).String())
	}
	at := len(b)
	b = slices.Grow(b, size)[:at+size]
	e := coder{order: order, buf: b[at:]}
	e.encode(v)
	return b, nil
}

// target returns the value that data points to, or the slice that it is, and
// its size, which is negative if it can't be read into.
func target(data any) (reflect.Value, int) {
	v := reflect.ValueOf(data)
	switch v.Kind() {
	case reflect.Pointer:
		v = v.Elem()
		return v, sizeOf(v)
	case reflect.Slice:
		return v, sizeOf(v)
	}
	return v, -1
}

// sizeOf returns the size of the value as bytes, or -1 if it has none.
func sizeOf(v reflect.Value) int {
	if !v.IsValid() {
		return -1
	}
	if v.Kind() == reflect.Slice {
		n := typeSize(v.Type().Elem())
		if n < 0 {
			return -1
		}
		return n * v.Len()
	}
	return typeSize(v.Type())
}

// typeSize returns the size of values of the type as bytes, or -1.
func typeSize(t reflect.Type) int {
	switch t.Kind() {
	case reflect.Array:
		if n := typeSize(t.Elem()); n >= 0 {
			return n * t.Len()
		}
	case reflect.Struct:
		return structOf(t).size
	case reflect.Bool, reflect.Int8, reflect.Uint8, reflect.Int16, reflect.Uint16,
		reflect.Int32, reflect.Uint32, reflect.Int64, reflect.Uint64,
		reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return int(t.Size())
	}
	return -1
}

// structInfo is what is known about a struct type.
type structInfo struct {
	// size is that of its values as bytes, or -1.
	size int
	// blank are the fields that are named _.
	blank []bool
}

// structs has the structInfo of each type that was seen.
var structs sync.Map

func structOf(t reflect.Type) *structInfo {
	if s, ok := structs.Load(t); ok {
		return s.(*structInfo)
	}
	s := &structInfo{blank: make([]bool, t.NumField())}
	for i := range t.NumField() {
		f := t.Field(i)
		s.blank[i] = f.Name == "_"
		n := typeSize(f.Type)
		if n < 0 {
			s.size = -1
			break
		}
		s.size += n
	}
	structs.Store(t, s)
	return s
}

// coder goes through bytes and a value together.
type coder struct {
	order ByteOrder
	buf   []byte
}

// next takes n bytes.
func (c *coder) next(n int) []byte {
	b := c.buf[:n]
	c.buf = c.buf[n:]
	return b
}

// number reads an unsigned number of n bytes.
func (c *coder) number(n int) uint64 {
	b := c.next(n)
	switch n {
	case 1:
		return uint64(b[0])
	case 2:
		return uint64(c.order.Uint16(b))
	case 4:
		return uint64(c.order.Uint32(b))
	}
	return c.order.Uint64(b)
}

// put writes the n lowest bytes of x.
func (c *coder) put(n int, x uint64) {
	b := c.next(n)
	switch n {
	case 1:
		b[0] = byte(x)
	case 2:
		c.order.PutUint16(b, uint16(x))
	case 4:
		c.order.PutUint32(b, uint32(x))
	default:
		c.order.PutUint64(b, x)
	}
}

// decode sets v to what the bytes say.
func (c *coder) decode(v reflect.Value) {
	switch v.Kind() {
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			c.decode(v.Index(i))
		}
	case reflect.Struct:
		t := v.Type()
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() || t.Field(i).Name != "_" {
				c.decode(f)
			} else {
				c.next(typeSize(f.Type()))
			}
		}
	case reflect.Bool:
		v.SetBool(c.number(1) != 0)
	case reflect.Int8:
		v.SetInt(int64(int8(c.number(1))))
	case reflect.Int16:
		v.SetInt(int64(int16(c.number(2))))
	case reflect.Int32:
		v.SetInt(int64(int32(c.number(4))))
	case reflect.Int64:
		v.SetInt(int64(c.number(8)))
	case reflect.Uint8:
		v.SetUint(c.number(1))
	case reflect.Uint16:
		v.SetUint(c.number(2))
	case reflect.Uint32:
		v.SetUint(c.number(4))
	case reflect.Uint64:
		v.SetUint(c.number(8))
	case reflect.Float32:
		v.SetFloat(float64(c.float32()))
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(c.number(8)))
	case reflect.Complex64:
		re := float64(c.float32())
		v.SetComplex(complex(re, float64(c.float32())))
	case reflect.Complex128:
		re := math.Float64frombits(c.number(8))
		v.SetComplex(complex(re, math.Float64frombits(c.number(8))))
	}
}

// float32 reads a float32.
func (c *coder) float32() float32 { return math.Float32frombits(uint32(c.number(4))) }

// encode writes v.
func (c *coder) encode(v reflect.Value) {
	switch v.Kind() {
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			c.encode(v.Index(i))
		}
	case reflect.Struct:
		s := structOf(v.Type())
		for i := range v.NumField() {
			if f := v.Field(i); !s.blank[i] {
				c.encode(f)
			} else {
				clear(c.next(typeSize(f.Type())))
			}
		}
	case reflect.Bool:
		x := uint64(0)
		if v.Bool() {
			x = 1
		}
		c.put(1, x)
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		c.put(int(v.Type().Size()), uint64(v.Int()))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		c.put(int(v.Type().Size()), v.Uint())
	case reflect.Float32:
		c.put(4, uint64(math.Float32bits(float32(v.Float()))))
	case reflect.Float64:
		c.put(8, math.Float64bits(v.Float()))
	case reflect.Complex64:
		x := v.Complex()
		c.put(4, uint64(math.Float32bits(float32(real(x)))))
		c.put(4, uint64(math.Float32bits(float32(imag(x)))))
	case reflect.Complex128:
		x := v.Complex()
		c.put(8, math.Float64bits(real(x)))
		c.put(8, math.Float64bits(imag(x)))
	}
}
