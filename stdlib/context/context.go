// This file holds the interface, the roots, and contexts with values.

// Package context carries deadlines, cancellation and values of a request
// through calls and goroutines.
package context

import (
	"errors"
	"reflect"
	"time"
)

// A Context tells when work is to be given up. Its methods may be called from
// several goroutines.
type Context interface {
	// Deadline returns when work is to be given up, and whether there is such a time.
	Deadline() (deadline time.Time, ok bool)
	// Done returns a channel that is closed when work is to be given up; nil
	// if that never happens.
	Done() <-chan struct{}
	// Err returns nil until Done is closed, then Canceled or DeadlineExceeded.
	Err() error
	// Value returns what belongs to a key, or nil.
	Value(key any) any
}

// Canceled is the Err of a context that was cancelled.
var Canceled = errors.New("context canceled")

// DeadlineExceeded is the Err of a context whose deadline is over.
var DeadlineExceeded error = deadlineExceededError{}

type deadlineExceededError struct{}

func (deadlineExceededError) Error() string   { return "context deadline exceeded" }
func (deadlineExceededError) Timeout() bool   { return true }
func (deadlineExceededError) Temporary() bool { return true }

// emptyCtx is never cancelled and has no values.
type emptyCtx struct{}

func (emptyCtx) Deadline() (deadline time.Time, ok bool) { return deadline, false }
func (emptyCtx) Done() <-chan struct{}                   { return nil }
func (emptyCtx) Err() error                              { return nil }
func (emptyCtx) Value(key any) any                       { return nil }

type backgroundCtx struct{ emptyCtx }

func (backgroundCtx) String() string { return "context.Background" }

type todoCtx struct{ emptyCtx }

func (todoCtx) String() string { return "context.TODO" }

// Background returns the root of all contexts: never cancelled, without values.
func Background() Context { return backgroundCtx{} }

// TODO is like Background, for where it isn't clear yet which context to use.
func TODO() Context { return todoCtx{} }

// checkParent panics for a nil parent.
func checkParent(parent Context) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
}

// valueCtx has one value more than its parent.
type valueCtx struct {
	Context
	key, val any
}

// WithValue returns a copy of parent in which key has a value. The key should
// be of a type of its own, so that packages don't meet.
func WithValue(parent Context, key, val any) Context {
	checkParent(parent)
	if key == nil {
		panic("nil key")
	}
	if !reflect.TypeOf(key).Comparable() {
		panic("key is not comparable")
	}
	return &valueCtx{parent, key, val}
}

func (c *valueCtx) Value(key any) any { return find(c, key) }

func (c *valueCtx) String() string {
	return nameOf(c.Context) + ".WithValue(" + text(c.key) + ", " + text(c.val) + ")"
}

// withoutCancelCtx has its parent's values only.
type withoutCancelCtx struct{ c Context }

// WithoutCancel returns a copy of parent that isn't cancelled with it.
func WithoutCancel(parent Context) Context {
	checkParent(parent)
	return withoutCancelCtx{parent}
}

func (withoutCancelCtx) Deadline() (deadline time.Time, ok bool) { return deadline, false }
func (withoutCancelCtx) Done() <-chan struct{}                   { return nil }
func (withoutCancelCtx) Err() error                              { return nil }
func (c withoutCancelCtx) Value(key any) any                     { return find(c, key) }
func (c withoutCancelCtx) String() string                        { return nameOf(c.c) + ".WithoutCancel" }

// find looks for a value in the contexts of this package without recursion.
func find(c Context, key any) any {
	for {
		switch x := c.(type) {
		case *valueCtx:
			if key == x.key {
				return x.val
			}
			c = x.Context
		case *cancelCtx:
			if key == &selfKey {
				return x
			}
			c = x.Context
		case *timerCtx:
			if key == &selfKey {
				return &x.cancelCtx
			}
			c = x.Context
		case withoutCancelCtx:
			if key == &selfKey {
				// What is above does not cancel what is below.
				return nil
			}
			c = x.c
		case backgroundCtx, todoCtx:
			return nil
		default:
			return c.Value(key)
		}
	}
}

type stringer interface{ String() string }

// nameOf describes a context.
func nameOf(c Context) string {
	if s, ok := c.(stringer); ok {
		return s.String()
	}
	return reflect.TypeOf(c).String()
}

// text describes a key or value.
func text(v any) string {
	switch x := v.(type) {
	case stringer:
		return x.String()
	case string:
		return x
	case nil:
		return "<nil>"
	}
	return reflect.TypeOf(v).String()
}
