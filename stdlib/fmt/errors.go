// This file holds Errorf.

package fmt

import (
	"errors"
	"slices"
)

// Errorf returns an error with the formatted text. Operands of %w verbs must
// be errors; the result wraps them.
func Errorf(format string, a ...any) error {
	p := newPrinter()
	p.wrapErrs = true
	p.printf(format, a)
	s := string(p.buf)
	var err error
	switch len(p.wrapped) {
	case 0:
		err = errors.New(s)
	case 1:
		w := &wrapError{msg: s}
		w.err, _ = a[p.wrapped[0]].(error)
		err = w
	default:
		slices.Sort(p.wrapped)
		w := &wrapErrors{msg: s}
		for i, n := range p.wrapped {
			if i > 0 && p.wrapped[i-1] == n {
				continue
			}
			if e, ok := a[n].(error); ok {
				w.errs = append(w.errs, e)
			}
		}
		err = w
	}
	p.free()
	return err
}

// wrapError wraps one error.
type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

// wrapErrors wraps several errors.
type wrapErrors struct {
	msg  string
	errs []error
}

func (e *wrapErrors) Error() string   { return e.msg }
func (e *wrapErrors) Unwrap() []error { return e.errs }
