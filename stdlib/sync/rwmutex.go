// This file holds RWMutex.

package sync

import "sync/atomic"

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

// RLock locks for reading.
func (rw *RWMutex) RLock() {
	if rw.readers.Add(1) < 0 {
		semacquireFor(&rw.readerSem, false, forRLock)
	}
}

// TryRLock locks for reading if no writer has or wants the lock.
func (rw *RWMutex) TryRLock() bool {
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
	n := rw.readers.Add(-1)
	if n >= 0 {
		return
	}
	if n+1 == 0 || n+1 == -maxReaders {
		fatal("sync: RUnlock of unlocked RWMutex")
	}
	if rw.leaving.Add(-1) == 0 {
		semrelease(&rw.writerSem, false)
	}
}

// Lock locks for writing.
func (rw *RWMutex) Lock() {
	rw.w.Lock()
	n := rw.readers.Add(-maxReaders) + maxReaders
	if n != 0 && rw.leaving.Add(n) != 0 {
		semacquireFor(&rw.writerSem, false, forLock)
	}
}

// TryLock locks for writing if nobody holds the lock.
func (rw *RWMutex) TryLock() bool {
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
	n := rw.readers.Add(maxReaders)
	if n >= maxReaders {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	for range n {
		semrelease(&rw.readerSem, false)
	}
	rw.w.Unlock()
}

// RLocker returns a Locker that locks for reading.
func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }
