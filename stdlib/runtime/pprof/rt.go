// This file declares functions of the runtime.

package pprof

import "unsafe"

// frameData is what the runtime knows about a frame.
type frameData struct {
	name   string
	file   string
	line   int
	start  int // the line where the function begins
	entry  uintptr
	hidden bool // a wrapper that the compiler made
}

//go:linkname profileStart gosubc_profile_start
func profileStart(hz int) bool

//go:linkname profileStop gosubc_profile_stop
func profileStop()

//go:linkname profileRead gosubc_profile_read
//go:noescape
func profileRead(buf *uint64, max int) int

//go:linkname profileLost gosubc_profile_lost
func profileLost() uint64

//go:linkname profileFrame gosubc_profile_frame
//go:noescape
func profileFrame(pc uintptr, index int, out *frameData) bool

//go:linkname goroutineProfile gosubc_goroutine_profile
//go:noescape
func goroutineProfile(buf *uint64, max int) int

//go:linkname labels gosubc_labels
func labels() unsafe.Pointer

//go:linkname setLabels gosubc_set_labels
func setLabels(p unsafe.Pointer)
