// This file declares what the runtime does for package os.

package os

// pollWait parks the goroutine until the descriptor is ready; false if it
// cannot be waited for or was unblocked.
//
//go:linkname pollWait gosubc_poll_wait
func pollWait(fd int, write bool) bool

// pollUnblock ends waits for the descriptor.
//
//go:linkname pollUnblock gosubc_poll_unblock
func pollUnblock(fd int, read bool, write bool)

// pollClose forgets a descriptor that is about to be closed.
//
//go:linkname pollClose gosubc_poll_close
func pollClose(fd int)

// sigpipe dies of the signal that a broken pipe sends.
//
//go:linkname sigpipe gosubc_sigpipe
func sigpipe()

// random fills n bytes.
//
//go:linkname random gosubc_random
//go:noescape
func random(p *byte, n int)
