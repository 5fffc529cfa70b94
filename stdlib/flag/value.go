// This file holds the kinds of values.

package flag

import (
	"encoding"
	"errors"
	"reflect"
	"strconv"
	"time"
)

// Value is what a flag holds. Set is called for each time that the flag is on
// the command line. String may also be called for a zero value, such as a nil
// pointer.
//
// If it has a method IsBoolFlag() bool that returns true, -name means
// -name=true and takes no argument.
type Value interface {
	String() string
	Set(string) error
}

// Getter is a Value that can be read. All values of this package are Getters,
// but for those of Func and BoolFunc.
type Getter interface {
	Value
	Get() any
}

// boolFlag is a value that needs no argument.
type boolFlag interface {
	Value
	IsBoolFlag() bool
}

// The errors of values that can't be read.
var (
	errParse = errors.New("parse error")
	errRange = errors.New("value out of range")
)

// shorten makes the error of a number one of those.
func shorten(err error) error {
	if e, ok := err.(*strconv.NumError); ok {
		switch e.Err {
		case strconv.ErrSyntax:
			return errParse
		case strconv.ErrRange:
			return errRange
		}
	}
	return err
}

type (
	boolValue     bool
	intValue      int
	int64Value    int64
	uintValue     uint
	uint64Value   uint64
	stringValue   string
	float64Value  float64
	durationValue time.Duration
	textValue     struct{ p encoding.TextUnmarshaler }
	funcValue     func(string) error
	boolFuncValue func(string) error
)

func (b *boolValue) Set(s string) error {
	v, err := strconv.ParseBool(s)
	if err != nil {
		err = errParse
	}
	*b = boolValue(v)
	return err
}

func (i *intValue) Set(s string) error {
	v, err := strconv.ParseInt(s, 0, strconv.IntSize)
	*i = intValue(v)
	return shorten(err)
}

func (i *int64Value) Set(s string) error {
	v, err := strconv.ParseInt(s, 0, 64)
	*i = int64Value(v)
	return shorten(err)
}

func (i *uintValue) Set(s string) error {
	v, err := strconv.ParseUint(s, 0, strconv.IntSize)
	*i = uintValue(v)
	return shorten(err)
}

func (i *uint64Value) Set(s string) error {
	v, err := strconv.ParseUint(s, 0, 64)
	*i = uint64Value(v)
	return shorten(err)
}

func (s *stringValue) Set(v string) error {
	*s = stringValue(v)
	return nil
}

func (f *float64Value) Set(s string) error {
	v, err := strconv.ParseFloat(s, 64)
	*f = float64Value(v)
	return shorten(err)
}

func (d *durationValue) Set(s string) error {
	v, err := time.ParseDuration(s)
	if err != nil {
		err = errParse
	}
	*d = durationValue(v)
	return err
}

func (v textValue) Set(s string) error     { return v.p.UnmarshalText([]byte(s)) }
func (f funcValue) Set(s string) error     { return f(s) }
func (f boolFuncValue) Set(s string) error { return f(s) }

func (b *boolValue) Get() any     { return bool(*b) }
func (i *intValue) Get() any      { return int(*i) }
func (i *int64Value) Get() any    { return int64(*i) }
func (i *uintValue) Get() any     { return uint(*i) }
func (i *uint64Value) Get() any   { return uint64(*i) }
func (s *stringValue) Get() any   { return string(*s) }
func (f *float64Value) Get() any  { return float64(*f) }
func (d *durationValue) Get() any { return time.Duration(*d) }
func (v textValue) Get() any      { return v.p }

func (b *boolValue) String() string     { return strconv.FormatBool(bool(*b)) }
func (i *intValue) String() string      { return strconv.Itoa(int(*i)) }
func (i *int64Value) String() string    { return strconv.FormatInt(int64(*i), 10) }
func (i *uintValue) String() string     { return strconv.FormatUint(uint64(*i), 10) }
func (i *uint64Value) String() string   { return strconv.FormatUint(uint64(*i), 10) }
func (s *stringValue) String() string   { return string(*s) }
func (f *float64Value) String() string  { return strconv.FormatFloat(float64(*f), 'g', -1, 64) }
func (d *durationValue) String() string { return (*time.Duration)(d).String() }
func (f funcValue) String() string      { return "" }
func (f boolFuncValue) String() string  { return "" }

func (v textValue) String() string {
	if m, ok := v.p.(encoding.TextMarshaler); ok {
		if b, err := m.MarshalText(); err == nil {
			return string(b)
		}
	}
	return ""
}

func (b *boolValue) IsBoolFlag() bool    { return true }
func (f boolFuncValue) IsBoolFlag() bool { return true }

// newText sets the variable behind p to val.
func newText(val encoding.TextMarshaler, p encoding.TextUnmarshaler) textValue {
	ptr := reflect.ValueOf(p)
	if ptr.Kind() != reflect.Pointer {
		panic("variable value type must be a pointer")
	}
	def := reflect.ValueOf(val)
	if def.Kind() == reflect.Pointer {
		def = def.Elem()
	}
	if want := ptr.Type().Elem(); def.Type() != want {
		panic("default type does not match variable type: " + def.Type().String() + " != " + want.String())
	}
	ptr.Elem().Set(def)
	return textValue{p}
}
