// This file holds WaitGroup and Cond.

package sync

import (
	"internal/race"
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
	if race.Enabled {
		if delta < 0 {
			race.ReleaseMerge(unsafe.Pointer(wg))
		}
		race.Disable()
	}
	wg.add(delta)
	if race.Enabled {
		race.Enable()
	}
}

func (wg *WaitGroup) add(delta int) {
	s := wg.state.Add(uint64(delta) << 32)
	tasks, waiters := int32(s>>32), uint32(s)
	if race.Enabled && delta > 0 && tasks == int32(delta) {
		// The first task and the first waiter must not come at the same time.
		race.Read(unsafe.Pointer(&wg.sema))
	}
	if tasks < 0 {
		misused("negative WaitGroup counter")
	}
	if waiters != 0 && delta > 0 && tasks == int32(delta) {
		misused("WaitGroup misuse: Add called concurrently with Wait")
	}
	if tasks > 0 || waiters == 0 {
		return
	}
	if wg.state.Load() != s {
		misused("WaitGroup misuse: Add called concurrently with Wait")
	}
	wg.state.Store(0)
	for ; waiters > 0; waiters-- {
		semrelease(&wg.sema, false)
	}
}

// misused panics while the race detector is disabled.
func misused(how string) {
	if race.Enabled {
		race.Enable()
	}
	panic("sync: " + how)
}

// Done is Add(-1).
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait waits until there are no tasks.
func (wg *WaitGroup) Wait() {
	if race.Enabled {
		race.Disable()
	}
	wg.wait()
	if race.Enabled {
		race.Enable()
		race.Acquire(unsafe.Pointer(wg))
	}
}

func (wg *WaitGroup) wait() {
	s := wg.state.Load()
	for s>>32 != 0 {
		// One more waiter, who the last task wakes.
		if !wg.state.CompareAndSwap(s, s+1) {
			s = wg.state.Load()
			continue
		}
		if race.Enabled && uint32(s) == 0 {
			race.Write(unsafe.Pointer(&wg.sema))
		}
		semacquireFor(&wg.sema, false, forWaitGroup)
		if s = wg.state.Load(); s != 0 {
			misused("WaitGroup is reused before previous Wait has returned")
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
