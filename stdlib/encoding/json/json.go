// This file holds the entry points, and types with JSON of their own.

// Package json encodes Go values as JSON and back, as RFC 8259 has it.
package json

import (
	"bytes"
	"errors"
	"strconv"
)

// Marshaler writes itself as JSON.
type Marshaler interface {
	MarshalJSON() ([]byte, error)
}

// Unmarshaler reads itself from a JSON value, which it must copy to keep.
type Unmarshaler interface {
	UnmarshalJSON([]byte) error
}

// Marshal returns v as JSON.
func Marshal(v any) ([]byte, error) {
	e := newEncodeState()
	defer e.free()
	e.any(&v, escapeHTML)
	if e.err != nil {
		return nil, e.err
	}
	return bytes.Clone(e.buf), nil
}

// MarshalIndent is Marshal followed by Indent.
func MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	e := newEncodeState()
	defer e.free()
	e.any(&v, escapeHTML)
	if e.err != nil {
		return nil, e.err
	}
	return appendIndent(make([]byte, 0, 2*len(e.buf)), e.buf, prefix, indent), nil
}

// Unmarshal stores the JSON value in data in what v points to. Nothing is
// stored if data is not well-formed. What does not fit is left out, and the
// error is about the first such value.
func Unmarshal(data []byte, v any) error {
	d := newDecodeState()
	defer d.free()
	start, _, err := d.scan.document(data)
	if err != nil {
		return err
	}
	return d.unmarshal(data, start, v)
}

// RawMessage is JSON text: encoded as it is, decoded by copying.
type RawMessage []byte

// String returns the text.
func (m RawMessage) String() string {
	if m == nil {
		return "null"
	}
	return string(m)
}

// MarshalJSON returns m, null if it is nil.
func (m RawMessage) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte("null"), nil
	}
	return m, nil
}

// UnmarshalJSON copies data to m.
func (m *RawMessage) UnmarshalJSON(data []byte) error {
	if m == nil {
		return errors.New("json.RawMessage: UnmarshalJSON on nil pointer")
	}
	*m = append((*m)[:0], data...)
	return nil
}

// Number is a number as it was written.
type Number string

// String returns the number as it was written.
func (n Number) String() string { return string(n) }

// Float64 returns the number as a float64.
func (n Number) Float64() (float64, error) { return strconv.ParseFloat(string(n), 64) }

// Int64 returns the number as an int64.
func (n Number) Int64() (int64, error) { return strconv.ParseInt(string(n), 10, 64) }

// validNumber reports whether s is a JSON number.
func validNumber(s string) bool {
	if s == "" || s[0] != '-' && !isDigit(s[0]) {
		return false
	}
	sc := scanner{data: []byte(s)}
	end, err := sc.number(0)
	return err == nil && end == len(s)
}

// eface is the layout of a value of type any.
type eface struct {
	typ  *typeHead
	data *byte
}

// typeHead is the start of a type descriptor, as compiler/ABI.md has it.
type typeHead struct {
	_     [2]uintptr
	_     uint32
	tflag uint8
}

// tflagDirect is set for types whose values lie in the interface itself.
const tflagDirect = 4
