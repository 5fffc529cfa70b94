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

var errProfile = errors.New("profiles are not supported by this version of gosubc")

// StartCPUProfile would begin a profile of processor time.
func (TestDeps) StartCPUProfile(io.Writer) error { return errProfile }

// StopCPUProfile would end it.
func (TestDeps) StopCPUProfile() {}

// WriteProfileTo would write the profile of that name.
func (TestDeps) WriteProfileTo(name string, w io.Writer, debug int) error { return errProfile }
