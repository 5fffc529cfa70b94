// This file holds WaitGroup and Cond.

package sync

import (
	"sync/atomic"
	"unsafe"
)

// A WaitGroup waits for a number of tasks to be done.
type WaitGroup struct {
	_ noCopy
	// High half: tasks; low half: waiters.
	state atomic.Uint64
	sema  uint32
}

// Add changes the number of tasks; when it comes to 0, waiters go on. It must not
// become negative.
func (wg *WaitGroup) Add(delta int) {
	s := wg.state.Add(uint64(delta) << 32)
	tasks, waiters := int32(s>>32), uint32(s)
	if tasks < 0 {
		panic("sync: negative WaitGroup counter")
	}
	if waiters != 0 && delta > 0 && tasks == int32(delta) {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	if tasks > 0 || waiters == 0 {
		return
	}
	if wg.state.Load() != s {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	wg.state.Store(0)
	for ; waiters > 0; waiters-- {
		semrelease(&wg.sema, false)
	}
}

// Done is Add(-1).
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait waits until there are no tasks.
func (wg *WaitGroup) Wait() {
	s := wg.state.Load()
	for s>>32 != 0 {
		// One more waiter, who the last task wakes.
		if !wg.state.CompareAndSwap(s, s+1) {
			s = wg.state.Load()
			continue
		}
		semacquireFor(&wg.sema, false, forWaitGroup)
		if s = wg.state.Load(); s != 0 {
			panic("sync: WaitGroup is reused before previous Wait has returned")
		}
	}
}

// Go runs f in a new goroutine as one more task.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go wg.run(f)
}

// run does a task.
func (wg *WaitGroup) run(f func()) {
	defer wg.ended()
	f()
}

// ended is deferred by a task. A panic ends the program; Done must not let it
// seem over before.
func (wg *WaitGroup) ended() {
	if reason := recover(); reason != nil {
		panic(reason)
	}
	wg.Done()
}

// A Cond lets goroutines wait for something to happen under the lock L.
type Cond struct {
	_ noCopy
	// L is held when the condition is looked at or changed.
	L Locker
	t tickets
	// Where the Cond was first used, to find copies.
	self atomic.Uintptr
}

// tickets counts those who waited and those who were called, in turn.
type tickets struct {
	waiting, called uint32
}

// NewCond returns a Cond with lock l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

func (c *Cond) check() {
	here := uintptr(unsafe.Pointer(c))
	if c.self.Load() != here && !c.self.CompareAndSwap(0, here) && c.self.Load() != here {
		panic("sync.Cond is copied")
	}
}

// Wait unlocks c.L, waits to be woken, and locks it again. The condition may
// not hold when it returns: call it in a loop.
func (c *Cond) Wait() {
	c.check()
	t := notifyTicket(&c.t)
	c.L.Unlock()
	notifyWait(&c.t, t)
	c.L.Lock()
}

// Signal wakes the one that waits longest, if there are any.
func (c *Cond) Signal() {
	c.check()
	notifyOne(&c.t)
}

// Broadcast wakes all waiters.
func (c *Cond) Broadcast() {
	c.check()
	notifyAll(&c.t)
}
