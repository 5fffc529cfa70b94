// This file declares the runtime's functions that synchronisation needs.

package sync

import "unsafe"

// semacquire waits until *s is above 0 and decrements it; the goroutine
// parks meanwhile, in front of others if lifo.
//
//go:linkname semacquire gosubc_semacquire
//go:noescape
func semacquire(s *uint32, lifo bool)

// semacquireFor does the same and says for what, for tracebacks.
//
//go:linkname semacquireFor gosubc_semacquire_for
func semacquireFor(s *uint32, lifo bool, what int)

const (
	forMutex = 1 + iota
	forRLock
	forLock
	forWaitGroup
)

// notifyTicket draws a ticket, with which notifyWait waits until it is called;
// notifyOne calls the oldest, notifyAll all that have been drawn.
//
//go:linkname notifyTicket gosubc_notify_ticket
func notifyTicket(t *tickets) uint32

//go:linkname notifyWait gosubc_notify_wait
func notifyWait(t *tickets, ticket uint32)

//go:linkname notifyOne gosubc_notify_one
func notifyOne(t *tickets)

//go:linkname notifyAll gosubc_notify_all
func notifyAll(t *tickets)

// pin keeps the goroutine on its processor, whose number it returns, until unpin.
//
//go:linkname pin gosubc_pin
func pin() int

//go:linkname unpin gosubc_unpin
func unpin()

// maxProcs with 0 returns GOMAXPROCS.
//
//go:linkname maxProcs gosubc_gomaxprocs
func maxProcs(n int) int

// semrelease increments *s and wakes a goroutine that waits for it; with
// handoff that one runs at once.
//
//go:linkname semrelease gosubc_semrelease
//go:noescape
func semrelease(s *uint32, handoff bool)

// nanotime is the monotonic clock.
//
//go:linkname nanotime gosubc_nanotime
func nanotime() int64

// fatal ends the program with Go's fatal error text.
//
//go:linkname fatal gosubc_fatal
func fatal(s string)

// canSpin reports whether other processors could release a lock soon.
//
//go:linkname canSpin gosubc_can_spin
func canSpin(i int) bool

// spin passes a little time.
//
//go:linkname spin gosubc_spin
func spin()

// addCleanup calls f after the collection that finds what p points to unreachable.
//
//go:linkname addCleanup gosubc_add_cleanup
func addCleanup(p unsafe.Pointer, f func()) uint64
