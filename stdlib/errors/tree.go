// This file holds the functions that look through a tree of wrapped errors.

package errors

import "internal/reflectlite"

// Unwrap returns what err's method Unwrap() error returns, or nil if err has
// no such method. It does not look into errors that wrap several others.
func Unwrap(err error) error {
	if w, ok := err.(interface{ Unwrap() error }); ok {
		return w.Unwrap()
	}
	return nil
}

// Is reports whether err or an error it wraps, directly or not, equals target
// or has a method Is(error) bool that says so. The target must be comparable
// to be found by equality.
func Is(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	return findEqual(err, target, reflectlite.Comparable(target))
}

// wrapped returns what err wraps: at most one error, or several, some of which may
// be nil.
func wrapped(err error) (one error, several []error) {
	switch w := err.(type) {
	case interface{ Unwrap() error }:
		one = w.Unwrap()
	case interface{ Unwrap() []error }:
		several = w.Unwrap()
	}
	return one, several
}

// findEqual does the walk for Is. It loops along single wrapping and recurs
// for multiple wrapping.
func findEqual(err, target error, comparable bool) bool {
	for err != nil {
		if comparable && err == target {
			return true
		}
		if m, ok := err.(interface{ Is(error) bool }); ok && m.Is(target) {
			return true
		}
		one, several := wrapped(err)
		for _, e := range several {
			if findEqual(e, target, comparable) {
				return true
			}
		}
		err = one
	}
	return false
}

// As looks for the first error in err's tree whose value can be assigned to
// what target points to, or whose method As(any) bool accepts target. If there
// is one, target has been set and the result is true.
//
// As panics unless target is a non-nil pointer to an interface type or to a
// type that implements error.
func As(err error, target any) bool {
	if err == nil {
		return false
	}
	if target == nil {
		panic("errors: target cannot be nil")
	}
	place, ok := reflectlite.PlaceOf(target)
	if !ok {
		panic("errors: target must be a non-nil pointer")
	}
	if !place.IsInterface() && !place.Implements((*error)(nil)) {
		panic("errors: *target must be interface or implement error")
	}
	return findInto(err, target, place)
}

// findInto does the walk for As.
func findInto(err error, target any, place reflectlite.Place) bool {
	for err != nil {
		if place.Store(err) {
			return true
		}
		if m, ok := err.(interface{ As(any) bool }); ok && m.As(target) {
			return true
		}
		one, several := wrapped(err)
		for _, e := range several {
			if findInto(e, target, place) {
				return true
			}
		}
		err = one
	}
	return false
}

// AsType looks for the first error in err's tree that is an E, or whose method
// As(any) bool accepts a *E, and returns it. Without one it returns the zero E
// and false.
func AsType[E error](err error) (E, bool) {
	if err == nil {
		var none E
		return none, false
	}
	var spare *E
	return findType(err, &spare)
}

// findType does the walk for AsType. The place that As methods write to is
// allocated once, when the first such method is met.
func findType[E error](err error, spare **E) (found E, ok bool) {
	for err != nil {
		if e, ok := err.(E); ok {
			return e, true
		}
		if m, ok := err.(interface{ As(any) bool }); ok {
			if *spare == nil {
				*spare = new(E)
			}
			if m.As(*spare) {
				return **spare, true
			}
		}
		one, several := wrapped(err)
		for _, e := range several {
			if found, ok := findType(e, spare); ok {
				return found, true
			}
		}
		err = one
	}
	return found, false
}
