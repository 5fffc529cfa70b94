//go:build race

// This file holds the package as programs built with -race have it: the
// runtime's functions.

// Package race is what the library tells the race detector: which memory it
// uses on behalf of its callers, and what happens before what. Without -race
// Enabled is false, and the functions do nothing.
package race

import "unsafe"

// Enabled reports whether the program is built with -race.
const Enabled = true

// Acquire makes what follows happen after what was released at p.
//
//go:noescape
//go:linkname Acquire gosubc_race_acquire
func Acquire(p unsafe.Pointer)

// Release makes what came before happen before later acquires at p. Earlier
// releases at p are forgotten.
//
//go:noescape
//go:linkname Release gosubc_race_release
func Release(p unsafe.Pointer)

// ReleaseMerge is Release, but earlier releases at p stay.
//
//go:noescape
//go:linkname ReleaseMerge gosubc_race_release_merge
func ReleaseMerge(p unsafe.Pointer)

// Disable lets no synchronisation of this goroutine count until Enable is
// called as often.
//
//go:linkname Disable gosubc_race_disable
func Disable()

// Enable undoes one Disable.
//
//go:linkname Enable gosubc_race_enable
func Enable()

// Read says that the function that calls it reads the word at p.
//
//go:noescape
//go:linkname Read gosubc_race_read
func Read(p unsafe.Pointer)

// Write says that it writes the word.
//
//go:noescape
//go:linkname Write gosubc_race_write
func Write(p unsafe.Pointer)

// ReadRange says that it reads n bytes.
//
//go:noescape
//go:linkname ReadRange gosubc_race_read_range
func ReadRange(p unsafe.Pointer, n int)

// WriteRange says that it writes n bytes.
//
//go:noescape
//go:linkname WriteRange gosubc_race_write_range
func WriteRange(p unsafe.Pointer, n int)

// Errors returns how many races have been found so far.
//
//go:linkname Errors gosubc_race_errors
func Errors() int
