// This file holds the errors of the package.

package json

import (
	"reflect"
	"strconv"
	"strings"
)

// SyntaxError says what is wrong with JSON text.
type SyntaxError struct {
	msg    string
	Offset int64 // the bytes read when it was found
}

func (e *SyntaxError) Error() string { return e.msg }

// UnmarshalTypeError says which JSON value does not fit its Go value.
type UnmarshalTypeError struct {
	Value  string       // the JSON value: "bool", "array", "number -5"
	Type   reflect.Type // the Go type it does not fit
	Offset int64        // the bytes read when it was found
	Struct string       // the name of the root type
	Field  string       // the path from the root to the value
	Err    error        // more about it, or nil
}

func (e *UnmarshalTypeError) Error() string {
	var b strings.Builder
	b.WriteString("json: cannot unmarshal")
	if e.Value != "" {
		b.WriteString(" " + e.Value)
	}
	b.WriteString(" into")
	if e.Struct == "" && e.Field == "" {
		b.WriteString(" Go value")
	} else {
		// The last step of the path is an index if it is a number.
		last := e.Field[strings.LastIndexByte(e.Field, '.')+1:]
		if last == "" || strings.Trim(last, "0123456789") != "" {
			b.WriteString(" Go struct field")
		}
		b.WriteString(" " + e.Struct + "." + e.Field)
	}
	b.WriteString(" of type " + e.Type.String())
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap returns Err.
func (e *UnmarshalTypeError) Unwrap() error { return e.Err }

// UnmarshalFieldError is of no use any more.
//
// Deprecated: nothing returns it.
type UnmarshalFieldError struct {
	Key   string
	Type  reflect.Type
	Field reflect.StructField
}

func (e *UnmarshalFieldError) Error() string {
	return "json: cannot unmarshal object key " + strconv.Quote(e.Key) +
		" into unexported field " + e.Field.Name + " of type " + e.Type.String()
}

// InvalidUnmarshalError says that Unmarshal was given no non-nil pointer.
type InvalidUnmarshalError struct {
	Type reflect.Type
}

func (e *InvalidUnmarshalError) Error() string {
	switch {
	case e.Type == nil:
		return "json: Unmarshal(nil)"
	case e.Type.Kind() != reflect.Pointer:
		return "json: Unmarshal(non-pointer " + e.Type.String() + ")"
	}
	return "json: Unmarshal(nil " + e.Type.String() + ")"
}

// UnsupportedTypeError says that values of a type have no JSON form.
type UnsupportedTypeError struct {
	Type reflect.Type
}

func (e *UnsupportedTypeError) Error() string {
	return "json: unsupported type: " + e.Type.String()
}

// UnsupportedValueError says that a value has no JSON form.
type UnsupportedValueError struct {
	Value reflect.Value
	Str   string
}

func (e *UnsupportedValueError) Error() string {
	return "json: unsupported value: " + e.Str
}

// InvalidUTF8Error is of no use any more.
//
// Deprecated: Marshal replaces invalid UTF-8.
type InvalidUTF8Error struct {
	S string
}

func (e *InvalidUTF8Error) Error() string {
	return "json: invalid UTF-8 in string: " + strconv.Quote(e.S)
}

// MarshalerError is the error of a MarshalJSON or MarshalText method.
type MarshalerError struct {
	Type       reflect.Type
	Err        error
	sourceFunc string
}

func (e *MarshalerError) Error() string {
	name := e.sourceFunc
	if name == "" {
		name = "MarshalJSON"
	}
	return "json: error calling " + name + " for type " + e.Type.String() + ": " + e.Err.Error()
}

// Unwrap returns the method's error.
func (e *MarshalerError) Unwrap() error { return e.Err }
