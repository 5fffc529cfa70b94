// Package testlog is what the testing package tells package os: whether os.Exit(0) in the middle of a test is a mistake.
package testlog

import "sync/atomic"

var panicOnExit0 atomic.Bool

// PanicOnExit0 reports whether os.Exit(0) must panic.
func PanicOnExit0() bool { return panicOnExit0.Load() }

// SetPanicOnExit0 says whether os.Exit(0) must panic: set while tests run, so that a test binary that ends early is not
// taken for one that passed.
func SetPanicOnExit0(v bool) { panicOnExit0.Store(v) }
