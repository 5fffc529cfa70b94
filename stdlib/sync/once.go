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
	s := &struct {
		onceState
		f func()
	}{f: f}
	return func() {
		if !s.done.Load() {
			s.run(func() {
				defer func() { s.f = nil }()
				s.f()
			})
		}
		s.check()
	}
}

// OnceValue returns a function that calls f the first time and returns its
// result each time. If f panics, so does every call.
func OnceValue[T any](f func() T) func() T {
	s := &struct {
		onceState
		f     func() T
		value T
	}{f: f}
	return func() T {
		if !s.done.Load() {
			s.run(func() {
				defer func() { s.f = nil }()
				s.value = s.f()
			})
		}
		s.check()
		return s.value
	}
}

// OnceValues is OnceValue for two results.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	s := &struct {
		onceState
		f  func() (T1, T2)
		v1 T1
		v2 T2
	}{f: f}
	return func() (T1, T2) {
		if !s.done.Load() {
			s.run(func() {
				defer func() { s.f = nil }()
				s.v1, s.v2 = s.f()
			})
		}
		s.check()
		return s.v1, s.v2
	}
}

// onceState is what came of a call that is made once.
type onceState struct {
	once  Once
	done  atomic.Bool
	valid bool // it returned
	p     any  // or it panicked
}

// run makes the call, unless it has been made.
func (s *onceState) run(call func()) {
	s.once.Do(func() {
		defer func() {
			if !s.valid {
				s.p = recover()
			}
			s.done.Store(true)
			if !s.valid {
				panic(s.p)
			}
		}()
		call()
		s.valid = true
	})
}

// check panics if the call did.
func (s *onceState) check() {
	if !s.valid {
		panic(s.p)
	}
}
