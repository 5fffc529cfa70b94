// This file declares the runtime's functions that synchronisation needs.

package sync

// semacquire waits until *s is above 0 and decrements it; the goroutine
// parks meanwhile, in front of others if lifo.
//
//go:linkname semacquire gosubc_semacquire
//go:noescape
func semacquire(s *uint32, lifo bool)

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
