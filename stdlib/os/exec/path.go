// This file finds programs in the folders of PATH.

package exec

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// ErrNotFound says that no folder of PATH has the program.
var ErrNotFound = errors.New("executable file not found in $PATH")

// ErrDot says that a program was found relative to the working directory,
// because PATH has such a folder.
var ErrDot = errors.New("cannot run executable found relative to current directory")

// Error is an error of LookPath.
type Error struct {
	Name string // of the program
	Err  error
}

// Error returns the whole message.
func (e *Error) Error() string { return "exec: " + strconv.Quote(e.Name) + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// executable returns an error if a file cannot be executed.
func executable(file string) error {
	i, err := os.Stat(file)
	if err != nil {
		return err
	}
	if i.IsDir() {
		return syscall.EISDIR
	}
	if i.Mode()&0o111 == 0 {
		return fs.ErrPermission
	}
	return nil
}

// LookPath returns the path of a program. A name with a slash is one itself.
func LookPath(file string) (string, error) {
	if strings.Contains(file, "/") {
		if err := executable(file); err != nil {
			return "", &Error{file, err}
		}
		return file, nil
	}
	if file == "" || file == "." || file == ".." {
		return "", &Error{file, ErrNotFound}
	}
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if dir == "" {
			dir = "."
		}
		path := filepath.Join(dir, file)
		if executable(path) != nil {
			continue
		}
		if !filepath.IsAbs(path) {
			return "./" + path, &Error{file, ErrDot}
		}
		return path, nil
	}
	return "", &Error{file, ErrNotFound}
}
