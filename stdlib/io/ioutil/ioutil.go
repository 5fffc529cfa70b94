// This file holds the whole package: former places of functions of io and os.

// Package ioutil has older names for functions of packages io and os.
//
// Deprecated: use io and os.
package ioutil

import (
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Discard takes and forgets everything.
//
// Deprecated: use io.Discard.
var Discard io.Writer = io.Discard

// ReadAll reads r to its end.
//
// Deprecated: use io.ReadAll.
func ReadAll(r io.Reader) ([]byte, error) { return io.ReadAll(r) }

// NopCloser adds a Close that does nothing.
//
// Deprecated: use io.NopCloser.
func NopCloser(r io.Reader) io.ReadCloser { return io.NopCloser(r) }

// ReadFile returns the content of a file.
//
// Deprecated: use os.ReadFile.
func ReadFile(filename string) ([]byte, error) { return os.ReadFile(filename) }

// WriteFile makes or empties a file and writes data to it.
//
// Deprecated: use os.WriteFile.
func WriteFile(filename string, data []byte, perm fs.FileMode) error {
	return os.WriteFile(filename, data, perm)
}

// TempFile makes a new file whose name has the pattern.
//
// Deprecated: use os.CreateTemp.
func TempFile(dir, pattern string) (f *os.File, err error) { return os.CreateTemp(dir, pattern) }

// TempDir makes a new folder whose name has the pattern.
//
// Deprecated: use os.MkdirTemp.
func TempDir(dir, pattern string) (name string, err error) { return os.MkdirTemp(dir, pattern) }

// ReadDir lists a folder, sorted by name.
//
// Deprecated: use os.ReadDir.
func ReadDir(dirname string) ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(dirname)
	if err != nil {
		return nil, err
	}
	list := make([]fs.FileInfo, 0, len(entries))
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		list = append(list, info)
	}
	slices.SortFunc(list, func(a, b fs.FileInfo) int { return strings.Compare(a.Name(), b.Name()) })
	return list, nil
}
