// This file declares what the runtime does for package net.

package net

import "unsafe"

// pollOpen registers a non-blocking descriptor with the poller; nil, and the
// error number, if it can't wait for it.
//
//go:linkname pollOpen gosubc_polldesc_open
//go:noescape
func pollOpen(fd int32, errno *int32) unsafe.Pointer

// pollWait parks the goroutine until the descriptor may be ready for reading
// or writing; true if such waits have been ended.
//
//go:linkname pollWait gosubc_polldesc_wait
func pollWait(pd unsafe.Pointer, write bool) bool

// pollEnd ends waits to read, to write or both, and those to come, or allows
// them again.
//
//go:linkname pollEnd gosubc_polldesc_end
func pollEnd(pd unsafe.Pointer, read, write, end bool)

// pollClose forgets a descriptor before it is closed.
//
//go:linkname pollClose gosubc_polldesc_close
func pollClose(pd unsafe.Pointer)

// sysCall makes a system call that doesn't block; the result is the kernel's.
//
//go:linkname sysCall gosubc_rawsyscall6
//go:noescape
func sysCall(nr, a1, a2, a3, a4, a5, a6 uintptr) int

//go:linkname semacquire gosubc_semacquire
func semacquire(s *uint32, lifo bool)

//go:linkname semrelease gosubc_semrelease
func semrelease(s *uint32, handoff bool)

// randUint64 returns a random number.
//
//go:linkname randUint64 gosubc_rand_uint64
func randUint64() uint64
