// This file holds the errors.

// Package strconv converts numbers, booleans and quoted strings from and to
// their text.
package strconv

import (
	"errors"
	"unsafe"
)

// ErrRange says that a value does not fit into the type.
var ErrRange = errors.New("value out of range")

// ErrSyntax says that a text is not of the form that the type needs.
var ErrSyntax = errors.New("invalid syntax")

// NumError is the error of a conversion that failed.
type NumError struct {
	Func string // the function: ParseBool, ParseInt, ParseUint, ParseFloat, ParseComplex or Atoi
	Num  string // the text
	Err  error  // the reason, such as ErrRange or ErrSyntax
}

// Error tells the function, the text and the reason.
func (e *NumError) Error() string {
	return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *NumError) Unwrap() error { return e.Err }

// clone copies s, so that an error does not keep a large input alive.
func clone(s string) string { return string([]byte(s)) }

func syntaxError(fn, str string) *NumError { return &NumError{fn, clone(str), ErrSyntax} }

func rangeError(fn, str string) *NumError { return &NumError{fn, clone(str), ErrRange} }

func baseError(fn, str string, base int) *NumError {
	return &NumError{fn, clone(str), errors.New("invalid base " + Itoa(base))}
}

func bitSizeError(fn, str string, bitSize int) *NumError {
	return &NumError{fn, clone(str), errors.New("invalid bit size " + Itoa(bitSize))}
}

// own returns b as a string without a copy. Nothing may change b any more.
func own(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
