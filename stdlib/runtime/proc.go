// This file holds what concerns goroutines and the process.

// Package runtime is the part of the runtime that programs can see. Most of the
// runtime itself is not written in Go: see the directory runtime of gosubc.
package runtime

// GOOS and GOARCH say what the program was compiled for.
const (
	GOOS   string = "linux"
	GOARCH string = "amd64"
)

// Compiler names the compiler.
const Compiler = "gosubc"

// Version is the version of the language and library that this is.
func Version() string { return "go1.27.3" }

// GOROOT returns nothing: programs don't know where they were built.
func GOROOT() string { return "" }

// Gosched lets other goroutines run.
func Gosched() { gosched() }

// Goexit ends the calling goroutine after it has run its deferred calls.
func Goexit() { goexit() }

// NumGoroutine is the number of goroutines that exist.
func NumGoroutine() int { return numGoroutine() }

// NumCPU is the number of processors that the program may use.
func NumCPU() int { return numCPU() }

// NumCgoCall is always 0: there is no cgo.
func NumCgoCall() int64 { return 0 }

// GOMAXPROCS sets how many processors may run Go code at a time, if n is above
// 0, and returns the number before.
func GOMAXPROCS(n int) int { return setMaxProcs(n) }

// SetDefaultGOMAXPROCS goes back to the number of processors.
func SetDefaultGOMAXPROCS() { setMaxProcs(numCPU()) }

// LockOSThread ties the goroutine to its thread, which runs nothing else, until
// UnlockOSThread has been called as often.
func LockOSThread() { lockThread() }

// UnlockOSThread undoes one LockOSThread.
func UnlockOSThread() { unlockThread() }

// Breakpoint stops the program under a debugger.
func Breakpoint() { throw("breakpoint") }

// SetCPUProfileRate does nothing: there is no profiler.
func SetCPUProfileRate(hz int) {}

// SetBlockProfileRate does nothing: there is no profiler.
func SetBlockProfileRate(rate int) {}

// SetMutexProfileFraction does nothing: there is no profiler.
func SetMutexProfileFraction(rate int) int { return 0 }

// MemProfileRate would say how often allocations are sampled.
var MemProfileRate int = 512 * 1024
