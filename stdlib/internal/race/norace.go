//go:build !race

// This file holds the package as most programs have it: it does nothing.

// Package race is what the library tells the race detector: which memory it
// uses on behalf of its callers, and what happens before what. Without -race
// Enabled is false, and the functions do nothing.
package race

import "unsafe"

// Enabled reports whether the program is built with -race.
const Enabled = false

// Acquire does nothing without -race.
func Acquire(p unsafe.Pointer) {}

// Release does nothing without -race.
func Release(p unsafe.Pointer) {}

// ReleaseMerge does nothing without -race.
func ReleaseMerge(p unsafe.Pointer) {}

// Disable does nothing without -race.
func Disable() {}

// Enable does nothing without -race.
func Enable() {}

// Read does nothing without -race.
func Read(p unsafe.Pointer) {}

// Write does nothing without -race.
func Write(p unsafe.Pointer) {}

// ReadRange does nothing without -race.
func ReadRange(p unsafe.Pointer, n int) {}

// WriteRange does nothing without -race.
func WriteRange(p unsafe.Pointer, n int) {}

// Errors returns 0 without -race.
func Errors() int { return 0 }
