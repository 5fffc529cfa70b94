// This file declares the functions of the Rust part of the runtime.

package runtime

import "unsafe"

//go:linkname throw gosubc_throw
func throw(text string)

//go:linkname gosched gosubc_gosched
func gosched()

//go:linkname goexit gosubc_goexit
func goexit()

//go:linkname numGoroutine gosubc_numgoroutine
func numGoroutine() int

//go:linkname numCPU gosubc_numcpu
func numCPU() int

//go:linkname setMaxProcs gosubc_gomaxprocs
func setMaxProcs(n int) int

//go:linkname lockThread gosubc_lock_thread
func lockThread()

//go:linkname unlockThread gosubc_unlock_thread
func unlockThread()

//go:linkname collect gosubc_gc
func collect()

//go:linkname readMemStats gosubc_read_mem_stats
//go:noescape
func readMemStats(s *memStats)

//go:linkname setFinalizer gosubc_set_finalizer
func setFinalizer(obj, typ, f, a, b unsafe.Pointer) bool

//go:linkname addCleanup gosubc_add_cleanup
func addCleanup(obj unsafe.Pointer, f func()) uint64

//go:linkname stopCleanup gosubc_stop_cleanup
func stopCleanup(obj uintptr, id uint64)

//go:linkname objectBase gosubc_object_base
//go:noescape
func objectBase(p unsafe.Pointer) uintptr

//go:linkname getitab gosubc_getitab
//go:noescape
func getitab(inter, typ *descriptor) unsafe.Pointer

//go:linkname callers gosubc_callers
//go:noescape
func callers(skip int, pcs *uintptr, max int) int

//go:linkname frame gosubc_frame
//go:noescape
func frame(pc uintptr, out *frameData) bool

//go:linkname stack gosubc_stack
//go:noescape
func stack(buf *byte, n int, all bool) int
