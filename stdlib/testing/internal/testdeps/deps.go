// Package testdeps gives package testing what it must not import itself; the main function that `gosubc test` makes
// passes [TestDeps] to testing.MainStart.
package testdeps

import (
	"errors"
	"io"
)

// ImportPath is that of the package under test.
var ImportPath string

// TestDeps is an implementation of the interface that testing.MainStart takes.
type TestDeps struct{}

// ImportPath returns the path of the package under test.
func (TestDeps) ImportPath() string { return ImportPath }

var (
	lastPattern string
	last        *program
)

// MatchString reports whether the string has a match of the regular expression.
func (TestDeps) MatchString(pat, str string) (bool, error) {
	if last == nil || lastPattern != pat {
		p, err := compile(pat)
		if err != nil {
			return false, err
		}
		last, lastPattern = p, pat
	}
	return last.match(str), nil
}

// These make profiles. Package testprofile sets them: only binaries that were built for profiles carry what it takes.
var (
	StartProfile = func(io.Writer) error { return errProfile }
	StopProfile  = func() {}
	WriteProfile = func(name string, w io.Writer, debug int) error { return errProfile }
)

var errProfile = errors.New("build the test with -c or -cpuprofile")

// StartCPUProfile begins a profile of processor time.
func (TestDeps) StartCPUProfile(w io.Writer) error { return StartProfile(w) }

// StopCPUProfile ends it.
func (TestDeps) StopCPUProfile() { StopProfile() }

// WriteProfileTo writes the profile of that name.
func (TestDeps) WriteProfileTo(name string, w io.Writer, debug int) error {
	return WriteProfile(name, w, debug)
}
