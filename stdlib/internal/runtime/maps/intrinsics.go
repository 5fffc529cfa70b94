// This file declares what the compiler and the runtime provide.

package maps

import "unsafe"

// hash returns the hash of a key. Keys that are equal have equal hashes; a key
// that doesn't equal itself has a random one. It panics if the key is an
// interface with a value that can't be compared. Made by the compiler for each
// type.
func hash[K comparable](key K, seed uintptr) uintptr

// hashPanics reports whether hash can panic for keys of type K: a constant for
// the compiler.
func hashPanics[K comparable]() bool

// updatesKey reports whether keys of type K can be equal and yet different, as
// 0.0 and -0.0 are: an assignment then replaces the key too. A constant for the
// compiler.
func updatesKey[K comparable]() bool

// noescape returns p, unseen by escape analysis: for pointers into a map that
// only the map itself and iterations over it keep.
func noescape(p unsafe.Pointer) unsafe.Pointer

// rand64 returns random bits.
//
//go:linkname rand64 gosubc_rand64
func rand64() uint64

// fatal ends the program with an error that can't be recovered.
//
//go:linkname fatal gosubc_fatal
func fatal(text string)
