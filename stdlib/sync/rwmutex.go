// This file holds RWMutex.

package sync

import (
	"internal/race"
	"sync/atomic"
	"unsafe"
)

// An RWMutex can be held by any number of readers or one writer; the zero
// value is unlocked. A waiting writer keeps new readers out.
type RWMutex struct {
	w Mutex
	// Where a writer waits for readers, and readers for a writer.
	writerSem, readerSem uint32
	// Readers that hold or want the lock; less maxReaders while a writer does.
	readers atomic.Int32
	// Readers that the writer has yet to wait for.
	leaving atomic.Int32
}

const maxReaders = 1 << 30

// For the race detector, writers release at readerSem, readers at writerSem;
// the counters don't order readers among each other.

// RLock locks for reading.
func (rw *RWMutex) RLock() {
	if race.Enabled {
		race.Disable()
	}
	if rw.readers.Add(1) < 0 {
		semacquireFor(&rw.readerSem, false, forRLock)
	}
	if race.Enabled {
		race.Enable()
		race.Acquire(unsafe.Pointer(&rw.readerSem))
	}
}

// TryRLock locks for reading if no writer has or wants the lock.
func (rw *RWMutex) TryRLock() bool {
	if race.Enabled {
		race.Disable()
	}
	ok := rw.tryRLock()
	if race.Enabled {
		race.Enable()
		if ok {
			race.Acquire(unsafe.Pointer(&rw.readerSem))
		}
	}
	return ok
}

func (rw *RWMutex) tryRLock() bool {
	for {
		n := rw.readers.Load()
		if n < 0 {
			return false
		}
		if rw.readers.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// RUnlock undoes one RLock.
func (rw *RWMutex) RUnlock() {
	if race.Enabled {
		race.ReleaseMerge(unsafe.Pointer(&rw.writerSem))
		race.Disable()
	}
	if n := rw.readers.Add(-1); n < 0 {
		rw.lastRUnlock(n)
	}
	if race.Enabled {
		race.Enable()
	}
}

// lastRUnlock lets the writer go on that waits, if this was the last reader
// that it waited for.
func (rw *RWMutex) lastRUnlock(n int32) {
	if n+1 == 0 || n+1 == -maxReaders {
		fatal("sync: RUnlock of unlocked RWMutex")
	}
	if rw.leaving.Add(-1) == 0 {
		semrelease(&rw.writerSem, false)
	}
}

// Lock locks for writing.
func (rw *RWMutex) Lock() {
	if race.Enabled {
		race.Disable()
	}
	rw.w.Lock()
	n := rw.readers.Add(-maxReaders) + maxReaders
	if n != 0 && rw.leaving.Add(n) != 0 {
		semacquireFor(&rw.writerSem, false, forLock)
	}
	if race.Enabled {
		race.Enable()
		rw.acquired()
	}
}

// acquired tells the race detector that a writer has the lock.
func (rw *RWMutex) acquired() {
	race.Acquire(unsafe.Pointer(&rw.readerSem))
	race.Acquire(unsafe.Pointer(&rw.writerSem))
}

// TryLock locks for writing if nobody holds the lock.
func (rw *RWMutex) TryLock() bool {
	if race.Enabled {
		race.Disable()
	}
	ok := rw.tryLock()
	if race.Enabled {
		race.Enable()
		if ok {
			rw.acquired()
		}
	}
	return ok
}

func (rw *RWMutex) tryLock() bool {
	if !rw.w.TryLock() {
		return false
	}
	if !rw.readers.CompareAndSwap(0, -maxReaders) {
		rw.w.Unlock()
		return false
	}
	return true
}

// Unlock undoes Lock.
func (rw *RWMutex) Unlock() {
	if race.Enabled {
		race.Release(unsafe.Pointer(&rw.readerSem))
		race.Disable()
	}
	n := rw.readers.Add(maxReaders)
	if n >= maxReaders {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	for range n {
		semrelease(&rw.readerSem, false)
	}
	rw.w.Unlock()
	if race.Enabled {
		race.Enable()
	}
}

// RLocker returns a Locker that locks for reading.
func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }
