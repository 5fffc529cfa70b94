// This file holds what is done with signals, and handing them out.

// Package signal gives programs the signals that they are sent.
package signal

import (
	"context"
	"os"
	"slices"
	"sync"
	"syscall"
)

// numSig is how many signals there are, and one.
const numSig = 65

// What the runtime is told to do with a signal.
const (
	asAtStart = iota
	deliver
	ignore
)

// handler is a channel and the signals it wants.
type handler struct {
	want [numSig]bool
}

var state struct {
	sync.Mutex
	handlers map[chan<- os.Signal]*handler
	// Which the program ignores.
	ignored [numSig]bool
	// How many handlers want each signal.
	count [numSig]int
	once  sync.Once
	// Handing out holds it, so that Stop can wait for its end.
	handing sync.RWMutex
}

func number(sig os.Signal) int {
	if s, ok := sig.(syscall.Signal); ok && s > 0 && s < numSig {
		return int(s)
	}
	return -1
}

// numbers returns the signals meant; none stands for all.
func numbers(sigs []os.Signal) (list []int) {
	if len(sigs) == 0 {
		for n := 1; n < numSig; n++ {
			list = append(list, n)
		}
		return list
	}
	for _, s := range sigs {
		if n := number(s); n >= 0 {
			list = append(list, n)
		}
	}
	return list
}

// Notify sends the signals named, all if none is, to c. A signal that c has no
// room for is dropped.
func Notify(c chan<- os.Signal, sig ...os.Signal) {
	if c == nil {
		panic("os/signal: Notify using nil channel")
	}
	state.once.Do(start)
	state.Lock()
	defer state.Unlock()
	h := state.handlers[c]
	if h == nil {
		if state.handlers == nil {
			state.handlers = map[chan<- os.Signal]*handler{}
		}
		h = new(handler)
		state.handlers[c] = h
	}
	for _, n := range numbers(sig) {
		state.ignored[n] = false
		if h.want[n] {
			continue
		}
		h.want[n] = true
		if state.count[n]++; state.count[n] == 1 {
			set(int32(n), deliver)
		}
	}
}

// Stop ends sending signals to c. When it returns, c gets no more.
func Stop(c chan<- os.Signal) {
	state.Lock()
	h := state.handlers[c]
	delete(state.handlers, c)
	if h != nil {
		for n, want := range h.want {
			if want {
				drop(n)
			}
		}
	}
	state.Unlock()
	state.handing.Lock()
	state.handing.Unlock()
}

// drop counts one handler less. Under the lock.
func drop(n int) {
	if state.count[n]--; state.count[n] == 0 && !state.ignored[n] {
		set(int32(n), asAtStart)
	}
}

// cancel takes signals from all handlers.
func cancel(sigs []os.Signal, mode int32) {
	state.Lock()
	defer state.Unlock()
	for _, n := range numbers(sigs) {
		for c, h := range state.handlers {
			h.want[n] = false
			if !slices.Contains(h.want[:], true) {
				delete(state.handlers, c)
			}
		}
		state.count[n] = 0
		state.ignored[n] = mode == ignore
		set(int32(n), mode)
	}
}

// Ignore makes the program ignore the signals named, all if none is.
func Ignore(sig ...os.Signal) { cancel(sig, ignore) }

// Ignored reports whether the program ignores a signal.
func Ignored(sig os.Signal) bool {
	n := number(sig)
	return n >= 0 && isIgnored(int32(n))
}

// Reset undoes Notify for the signals named, for all if none is.
func Reset(sig ...os.Signal) { cancel(sig, asAtStart) }

// start begins to hand out signals.
func start() {
	fd := signalFD()
	var e int32
	pd := pollOpen(fd, &e)
	if pd == nil {
		panic("os/signal: " + syscall.Errno(e).Error())
	}
	go func() {
		var count [8]byte
		for {
			pollWait(pd, false)
			syscall.Read(int(fd), count[:])
			for bits, n := take(), 0; bits != 0; bits, n = bits>>1, n+1 {
				if bits&1 != 0 {
					hand(n)
				}
			}
		}
	}()
}

// hand sends a signal to all who want it.
func hand(n int) {
	state.handing.RLock()
	defer state.handing.RUnlock()
	state.Lock()
	var list []chan<- os.Signal
	for c, h := range state.handlers {
		if h.want[n] {
			list = append(list, c)
		}
	}
	state.Unlock()
	for _, c := range list {
		select {
		case c <- syscall.Signal(n):
		default:
		}
	}
}

// signalError is the cause of a context that a signal has ended.
type signalError string

func (s signalError) Error() string { return string(s) + " signal received" }

// signalCtx is a context that ends when a signal arrives.
type signalCtx struct {
	context.Context
	stop func()
	sigs []os.Signal
	ch   chan os.Signal
}

// NotifyContext returns a context that ends when one of the signals arrives,
// when stop is called, or when the parent ends.
func NotifyContext(parent context.Context, signals ...os.Signal) (ctx context.Context, stop context.CancelFunc) {
	inner, cancel := context.WithCancelCause(parent)
	c := &signalCtx{Context: inner, sigs: signals, ch: make(chan os.Signal, 1)}
	c.stop = func() {
		cancel(nil)
		Stop(c.ch)
	}
	Notify(c.ch, signals...)
	if inner.Err() == nil {
		go func() {
			select {
			case s := <-c.ch:
				cancel(signalError(s.String()))
			case <-inner.Done():
			}
		}()
	}
	return c, c.stop
}

// String describes the context.
func (c *signalCtx) String() string {
	// Contexts print themselves; take off what is this package's own.
	name := "signal.NotifyContext("
	if s, ok := c.Context.(interface{ String() string }); ok {
		text := s.String()
		if n := len(text) - len(".WithCancel"); n > 0 && text[n:] == ".WithCancel" {
			text = text[:n]
		}
		name += text
	}
	if len(c.sigs) > 0 {
		name += ", ["
		for i, s := range c.sigs {
			if i > 0 {
				name += " "
			}
			name += s.String()
		}
		name += "]"
	}
	return name + ")"
}
