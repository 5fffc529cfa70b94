// This file holds error numbers.

// Package syscall holds Linux system calls, error numbers and signals, as far
// as the library needs them.
package syscall

import (
	"errors"
	"internal/oserror"
)

// An Errno is an error number of the kernel.
type Errno uintptr

// Error returns the C library's text.
func (e Errno) Error() string {
	if e == 0 || e == 41 || e == 58 || e > 132 {
		return "errno " + itoa(int(e))
	}
	var buf [128]byte
	if n := strerror(int(e), &buf[0], len(buf)); n > 0 {
		return string(buf[:n])
	}
	return "errno " + itoa(int(e))
}

// Is makes errors.Is work with the portable errors.
func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case oserror.ErrNotExist:
		return e == ENOENT
	case errors.ErrUnsupported:
		return e == ENOSYS || e == ENOTSUP || e == EOPNOTSUPP
	}
	return false
}

// Temporary reports whether trying again may help.
func (e Errno) Temporary() bool {
	return e == EINTR || e == EMFILE || e == ENFILE || e.Timeout()
}

// Timeout reports whether time ran out.
func (e Errno) Timeout() bool { return e == EAGAIN || e == ETIMEDOUT }

func itoa(i int) string {
	if i < 0 {
		return "-" + itoa(-i)
	}
	if i < 10 {
		return string(rune('0' + i))
	}
	return itoa(i/10) + string(rune('0'+i%10))
}
