// This file holds Once and the functions made of it.

package sync

import "sync/atomic"

// Once runs one function once.
type Once struct {
	_    noCopy
	done atomic.Bool
	m    Mutex
}

// Do calls f unless Do has been called before on o. It returns when that
// first call has returned, even by a panic.
func (o *Once) Do(f func()) {
	if !o.done.Load() {
		o.slow(f)
	}
}

func (o *Once) slow(f func()) {
	o.m.Lock()
	defer o.m.Unlock()
	if !o.done.Load() {
		defer o.done.Store(true)
		f()
	}
}

// OnceFunc returns a function that calls f the first time only. If f panics,
// so does every call.
func OnceFunc(f func()) func() {
	g := OnceValue(func() struct{} {
		f()
		return struct{}{}
	})
	return func() { g() }
}

// OnceValue returns a function that calls f the first time and returns its
// result each time. If f panics, so does every call.
func OnceValue[T any](f func() T) func() T {
	var (
		once  Once
		valid bool
		p     any
		value T
	)
	run := func() {
		defer func() {
			f = nil
			p = recover()
			if !valid {
				panic(p)
			}
		}()
		value = f()
		valid = true
	}
	return func() T {
		once.Do(run)
		if !valid {
			panic(p)
		}
		return value
	}
}

// OnceValues is OnceValue for two results.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	type pair struct {
		a T1
		b T2
	}
	g := OnceValue(func() pair {
		a, b := f()
		return pair{a, b}
	})
	return func() (T1, T2) {
		r := g()
		return r.a, r.b
	}
}
