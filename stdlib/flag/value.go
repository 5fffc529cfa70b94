// This file holds the kinds of values.

package flag

import (
	"encoding"
	"errors"
	"fmt"
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

// kind is what the values of a type have in common.
type kind[T any] struct {
	word string // for the help
	read func(string) (T, error)
}

// scalar is a value of one of the kinds that the package has.
type scalar[T any] struct {
	at *T
	*kind[T]
}

// boolean is a scalar that needs no argument.
type boolean struct{ scalar[bool] }

func (boolean) IsBoolFlag() bool { return true }

// A value that can't be read is set nevertheless, to the zero or nearest value.
func (s scalar[T]) Set(text string) error {
	v, err := s.read(text)
	*s.at = v
	switch {
	case errors.Is(err, strconv.ErrRange):
		return errRange
	case err != nil:
		return errParse
	}
	return nil
}

func (s scalar[T]) Get() any { return *s.at }

// String of a scalar without a variable is that of the type's zero value.
func (s scalar[T]) String() string {
	var zero T
	if s.at == nil {
		return fmt.Sprint(zero)
	}
	return fmt.Sprint(*s.at)
}

// typeWord returns the word for the type in the help.
func (s scalar[T]) typeWord() string { return s.word }

var (
	bools     = kind[bool]{"", strconv.ParseBool}
	strs      = kind[string]{"string", func(s string) (string, error) { return s, nil }}
	durations = kind[time.Duration]{"duration", time.ParseDuration}
	floats    = kind[float64]{"float", func(s string) (float64, error) { return strconv.ParseFloat(s, 64) }}
	int64s    = kind[int64]{"int", func(s string) (int64, error) { return strconv.ParseInt(s, 0, 64) }}
	uint64s   = kind[uint64]{"uint", func(s string) (uint64, error) { return strconv.ParseUint(s, 0, 64) }}
	ints      = kind[int]{"int", func(s string) (int, error) {
		n, err := strconv.ParseInt(s, 0, strconv.IntSize)
		return int(n), err
	}}
	uints = kind[uint]{"uint", func(s string) (uint, error) {
		n, err := strconv.ParseUint(s, 0, strconv.IntSize)
		return uint(n), err
	}}
)

// define defines a flag for the variable behind p.
func define[T any](f *FlagSet, k *kind[T], p *T, name string, value T, usage string) {
	*p = value
	f.Var(scalar[T]{p, k}, name, usage)
}

// fresh defines a flag for a new variable.
func fresh[T any](f *FlagSet, k *kind[T], name string, value T, usage string) *T {
	p := new(T)
	define(f, k, p, name, value, usage)
	return p
}

// call is the value of Func, switchCall that of BoolFunc.
type (
	call       func(string) error
	switchCall struct{ call }
)

func (c call) Set(s string) error { return c(s) }
func (c call) String() string     { return "" }

func (switchCall) IsBoolFlag() bool { return true }

// text is the value of TextVar.
type text struct{ p encoding.TextUnmarshaler }

func (t text) Get() any           { return t.p }
func (t text) Set(s string) error { return t.p.UnmarshalText([]byte(s)) }

func (t text) String() string {
	m, ok := t.p.(encoding.TextMarshaler)
	if !ok {
		return ""
	}
	b, err := m.MarshalText()
	if err != nil {
		return ""
	}
	return string(b)
}

// textOf makes the variable behind p a value, and sets it to initial.
func textOf(p encoding.TextUnmarshaler, initial encoding.TextMarshaler) text {
	at := reflect.ValueOf(p)
	if at.Kind() != reflect.Pointer {
		panic("variable value type must be a pointer")
	}
	v := reflect.Indirect(reflect.ValueOf(initial))
	if have, want := v.Type(), at.Type().Elem(); have != want {
		panic("default type does not match variable type: " + have.String() + " != " + want.String())
	}
	at.Elem().Set(v)
	return text{p}
}
