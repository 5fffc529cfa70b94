// This file holds Mutex.

// Package sync holds the basic means of synchronisation: locks, waiting for
// groups, once, pools. Values of its types must not be copied after first use.
package sync

import "sync/atomic"

type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// A Locker can be locked and unlocked.
type Locker interface {
	Lock()
	Unlock()
}

// A Mutex is a lock; the zero value is unlocked.
//
// In normal mode a released lock goes to whoever comes first, woken waiters
// included. When a waiter has not got it within a millisecond, the mutex turns
// to starving mode: the lock is handed to the first waiter, and newcomers queue, until
// a waiter that is the last, or did not wait long, gets it.
type Mutex struct {
	// Bits mutexLocked, mutexWoken, mutexStarving; the rest counts waiters.
	state int32
	sema  uint32
}

const (
	mutexLocked   = 1
	mutexWoken    = 2
	mutexStarving = 4
	mutexWaiter   = 8
	// After so many nanoseconds a waiter starves.
	starvationLimit = 1e6
)

// Lock waits until m is unlocked and locks it.
func (m *Mutex) Lock() {
	if !atomic.CompareAndSwapInt32(&m.state, 0, mutexLocked) {
		m.lockSlow()
	}
}

// TryLock locks m if it is unlocked, and reports whether it did.
func (m *Mutex) TryLock() bool {
	old := atomic.LoadInt32(&m.state)
	return old&(mutexLocked|mutexStarving) == 0 && atomic.CompareAndSwapInt32(&m.state, old, old|mutexLocked)
}

func (m *Mutex) lockSlow() {
	var since int64
	starving, woken := false, false
	tries := 0
	old := atomic.LoadInt32(&m.state)
	for {
		if old&(mutexLocked|mutexStarving) == mutexLocked && canSpin(tries) {
			if !woken && old&mutexWoken == 0 && old >= mutexWaiter && atomic.CompareAndSwapInt32(&m.state, old, old|mutexWoken) {
				woken = true
			}
			spin()
			tries++
			old = atomic.LoadInt32(&m.state)
			continue
		}
		next := old
		if old&mutexStarving == 0 {
			next |= mutexLocked
		}
		if old&(mutexLocked|mutexStarving) != 0 {
			next += mutexWaiter
		}
		if starving && old&mutexLocked != 0 {
			next |= mutexStarving
		}
		if woken {
			next &^= mutexWoken
		}
		if !atomic.CompareAndSwapInt32(&m.state, old, next) {
			old = atomic.LoadInt32(&m.state)
			continue
		}
		if old&(mutexLocked|mutexStarving) == 0 {
			return
		}
		again := since != 0
		if !again {
			since = nanotime()
		}
		semacquireFor(&m.sema, again, forMutex)
		starving = starving || nanotime()-since > starvationLimit
		old = atomic.LoadInt32(&m.state)
		if old&mutexStarving != 0 {
			// The lock was handed over: it is still marked free, and we as waiting.
			delta := int32(mutexLocked - mutexWaiter)
			if !starving || old>>3 == 1 {
				delta -= mutexStarving
			}
			atomic.AddInt32(&m.state, delta)
			return
		}
		woken = true
		tries = 0
	}
}

// Unlock unlocks m; that it is not locked is a fatal error. Another goroutine
// than the one that locked it may do so.
func (m *Mutex) Unlock() {
	if next := atomic.AddInt32(&m.state, -mutexLocked); next != 0 {
		m.unlockSlow(next)
	}
}

func (m *Mutex) unlockSlow(next int32) {
	if (next+mutexLocked)&mutexLocked == 0 {
		fatal("sync: unlock of unlocked mutex")
	}
	if next&mutexStarving != 0 {
		semrelease(&m.sema, true)
		return
	}
	for old := next; ; old = atomic.LoadInt32(&m.state) {
		if old < mutexWaiter || old&(mutexLocked|mutexWoken|mutexStarving) != 0 {
			return
		}
		if atomic.CompareAndSwapInt32(&m.state, old, (old-mutexWaiter)|mutexWoken) {
			semrelease(&m.sema, false)
			return
		}
	}
}
