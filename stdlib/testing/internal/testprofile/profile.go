// Package testprofile lets a test binary write profiles.
package testprofile

import (
	"io"
	"runtime/pprof"
	"testing/internal/testdeps"
)

func init() {
	testdeps.StartProfile = pprof.StartCPUProfile
	testdeps.StopProfile = pprof.StopCPUProfile
	testdeps.WriteProfile = func(name string, w io.Writer, debug int) error {
		return pprof.Lookup(name).WriteTo(w, debug)
	}
}
