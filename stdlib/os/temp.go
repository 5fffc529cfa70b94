// This file holds temporary files and directories.

package os

import (
	"errors"
	"strconv"
)

// TempDir returns the directory for temporary files: $TMPDIR or /tmp.
func TempDir() string {
	if dir := Getenv("TMPDIR"); dir != "" {
		return dir
	}
	return "/tmp"
}

var errPatternHasSeparator = errors.New("pattern contains path separator")

// CreateTemp makes a file in dir (TempDir if empty) and opens it for reading
// and writing. Its name is pattern with a random number in the place of the
// last star, or at the end.
func CreateTemp(dir, pattern string) (*File, error) {
	var f *File
	err := temporary("createtemp", dir, pattern, func(name string) (err error) {
		f, err = OpenFile(name, O_RDWR|O_CREATE|O_EXCL, 0600)
		return err
	})
	return f, err
}

// MkdirTemp makes a directory named like the file of CreateTemp and returns its name.
func MkdirTemp(dir, pattern string) (string, error) {
	var made string
	err := temporary("mkdirtemp", dir, pattern, func(name string) error {
		err := Mkdir(name, 0700)
		if err == nil {
			made = name
		}
		return err
	})
	if IsNotExist(err) {
		// Blame the directory above if it is what's missing.
		d := dir
		if d == "" {
			d = TempDir()
		}
		if _, e := Stat(d); IsNotExist(e) {
			err = e
		}
	}
	return made, err
}

// temporary calls try with random names until one does not exist yet.
func temporary(op, dir, pattern string, try func(name string) error) error {
	if dir == "" {
		dir = TempDir()
	}
	prefix, suffix := pattern, ""
	for i := len(pattern) - 1; i >= 0; i-- {
		if pattern[i] == '/' {
			return &PathError{Op: op, Path: pattern, Err: errPatternHasSeparator}
		}
		if pattern[i] == '*' && len(prefix) == len(pattern) && suffix == "" {
			prefix, suffix = pattern[:i], pattern[i+1:]
		}
	}
	if dir == "" || dir[len(dir)-1] != '/' {
		dir += "/"
	}
	for range 10000 {
		var b [4]byte
		random(&b[0], len(b))
		n := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
		err := try(dir + prefix + strconv.FormatUint(uint64(n), 10) + suffix)
		if !IsExist(err) {
			return err
		}
	}
	return &PathError{Op: op, Path: dir + prefix + "*" + suffix, Err: ErrExist}
}
