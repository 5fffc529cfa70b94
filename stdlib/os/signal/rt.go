// This file declares what the runtime does for package signal.

package signal

import "unsafe"

// signalFD makes the descriptor that is readable when signals have arrived.
//
//go:linkname signalFD gosubc_signal_fd
func signalFD() int32

// take takes the signals that have arrived, as bits.
//
//go:linkname take gosubc_signal_take
func take() uint64

// set says what becomes of a signal.
//
//go:linkname set gosubc_signal_set
func set(sig, mode int32)

// isIgnored reports whether a signal is ignored.
//
//go:linkname isIgnored gosubc_signal_ignored
func isIgnored(sig int32) bool

//go:linkname pollOpen gosubc_polldesc_open
//go:noescape
func pollOpen(fd int32, errno *int32) unsafe.Pointer

//go:linkname pollWait gosubc_polldesc_wait
func pollWait(pd unsafe.Pointer, write bool) bool
