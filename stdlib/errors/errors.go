// This file holds the basic error value and the joined error.

// Package errors creates error values and inspects the trees that error
// wrapping builds. An error wraps others when its type has a method
// Unwrap() error or Unwrap() []error; Is, As and AsType walk the tree that
// results in pre-order.
package errors

// errorString is the type behind New. It is used by pointer, so that two errors
// with one text stay distinct. Its name and field show under %T and %#v.
type errorString struct {
	s string
}

// Error returns the text the error was made from.
func (e *errorString) Error() string { return e.s }

// New makes an error that reads as text. Every call yields a new value that
// equals no other.
func New(text string) error {
	return &errorString{text}
}

// ErrUnsupported says that an operation was asked for that cannot be done
// because it is not supported. Functions wrap it, or give their error an Is
// method that recognises it, rather than return it bare.
var ErrUnsupported = New("unsupported operation")

// joinError is the error that Join returns.
type joinError struct {
	parts []error
}

// Error puts the texts of the parts on one line each.
func (j *joinError) Error() string {
	if len(j.parts) == 1 {
		return j.parts[0].Error()
	}
	var text []byte
	for i, e := range j.parts {
		if i > 0 {
			text = append(text, '\n')
		}
		text = append(text, e.Error()...)
	}
	return string(text)
}

// Unwrap returns the parts.
func (j *joinError) Unwrap() []error { return j.parts }

// Join wraps all the errors in errs that are not nil into one error, whose
// text has one line for each of them. With nothing but nils it returns nil.
func Join(errs ...error) error {
	count := 0
	for _, e := range errs {
		if e != nil {
			count++
		}
	}
	if count == 0 {
		return nil
	}
	parts := make([]error, 0, count)
	for _, e := range errs {
		if e != nil {
			parts = append(parts, e)
		}
	}
	return &joinError{parts}
}
