// This file holds the error values that os, syscall and io/fs share.

// Package oserror has the errors of file systems.
package oserror

import "errors"

// The errors. Package io/fs exports them.
var (
	ErrInvalid    = errors.New("invalid argument")
	ErrPermission = errors.New("permission denied")
	ErrExist      = errors.New("file already exists")
	ErrNotExist   = errors.New("file does not exist")
	ErrClosed     = errors.New("file already closed")
)
