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
	p.wraps = true
	p.printf(format, a)
	// Operands wrap in their order, each once.
	slices.Sort(p.wrapped)
	verbs := len(p.wrapped)
	var errs []error
	for _, i := range slices.Compact(p.wrapped) {
		if err, ok := a[i].(error); ok {
			errs = append(errs, err)
		}
	}
	text := p.result()
	switch {
	case verbs == 0:
		return errors.New(text)
	case verbs > 1:
		return &wrapErrors{text, errs}
	case len(errs) == 0:
		return &wrapError{text, nil}
	}
	return &wrapError{text, errs[0]}
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
