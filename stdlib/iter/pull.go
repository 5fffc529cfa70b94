// This file turns push iterators into pull iterators. The iterator runs on a
// goroutine of its own, and the two hand the processor to each other by
// semaphores: one of them always waits.

package iter

import (
	"runtime"
	_ "unsafe"
)

//go:linkname semacquire gosubc_semacquire
func semacquire(s *uint32, lifo bool)

//go:linkname semrelease gosubc_semrelease
func semrelease(s *uint32, handoff bool)

// puller is the state that both sides share. Only the side that runs touches
// it.
type puller struct {
	resume  uint32 // lets the iterator go on
	arrived uint32 // lets the caller go on
	started bool
	done    bool // no more values, or none wanted
	inside  bool // the iterator runs
	failed  any  // what the iterator panicked with
	exited  bool // the iterator called runtime.Goexit
}

// advance runs the iterator up to its next value or its end.
func (p *puller) advance(run func()) {
	if p.inside {
		panic("iter.Pull: next or stop called by the iterator itself")
	}
	p.inside = true
	if p.started {
		semrelease(&p.resume, true)
	} else {
		p.started = true
		go p.main(run)
	}
	semacquire(&p.arrived, false)
	p.inside = false
	if x := p.failed; x != nil {
		p.failed = nil
		panic(x)
	}
	if p.exited {
		p.exited = false
		runtime.Goexit()
	}
}

// main is the goroutine of the iterator.
func (p *puller) main(run func()) {
	returned := false
	defer func() {
		p.failed = recover()
		p.exited = !returned && p.failed == nil
		p.done = true
		semrelease(&p.arrived, true)
	}()
	run()
	returned = true
}

// pause gives the caller a value that lies ready, and waits to be resumed. It
// reports whether more are wanted.
func (p *puller) pause() bool {
	semrelease(&p.arrived, true)
	semacquire(&p.resume, false)
	return !p.done
}

// stop ends the iteration.
func (p *puller) stop(run func()) {
	if p.done {
		return
	}
	p.done = true
	if p.started {
		p.advance(run)
	}
}

// Pull makes a pull iterator of seq. Each call of next returns the next value
// and true, or the zero value and false at the end and ever after. The caller
// calls stop when it wants no more values before the end came; it may call it
// at any time, and more than once. If seq panics, the call of next or stop
// that runs it panics with the same value. Two goroutines must not call next
// or stop at the same time.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	var (
		p     puller
		v     V
		ready bool
	)
	run := func() {
		seq(func(x V) bool {
			if p.done {
				return false
			}
			v, ready = x, true
			return p.pause()
		})
	}
	next = func() (V, bool) {
		var zero V
		if p.done {
			return zero, false
		}
		p.advance(run)
		x, ok := v, ready
		v, ready = zero, false
		return x, ok
	}
	stop = func() { p.stop(run) }
	return next, stop
}

// Pull2 is Pull for an iterator of pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	type pair struct {
		k K
		v V
	}
	one, stop := Pull(func(yield func(pair) bool) {
		seq(func(k K, v V) bool { return yield(pair{k, v}) })
	})
	next = func() (K, V, bool) {
		x, ok := one()
		return x.k, x.v, ok
	}
	return next, stop
}
