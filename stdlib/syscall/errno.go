// This file holds error numbers.

// Package syscall holds Linux system calls, error numbers and signals, as far
// as the library needs them.
package syscall

import "internal/oserror"

// An Errno is an error number of the kernel.
type Errno uintptr

// The error numbers that the library tells apart.
const (
	EPERM  Errno = 1
	ENOENT Errno = 2
	EINTR  Errno = 4
	EIO    Errno = 5
	EBADF  Errno = 9
	EAGAIN Errno = 11
	ENOMEM Errno = 12
	EACCES Errno = 13
	EEXIST Errno = 17
	ENOTDIR   Errno = 20
	EISDIR    Errno = 21
	EINVAL    Errno = 22
	ENOSPC    Errno = 28
	ESPIPE    Errno = 29
	EPIPE     Errno = 32
	ENOSYS    Errno = 38
	ENOTEMPTY Errno = 39
	ETIMEDOUT Errno = 110
)

// Error returns the C library's text.
func (e Errno) Error() string {
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
	}
	return false
}

// Temporary reports whether trying again may help.
func (e Errno) Temporary() bool { return e == EINTR || e == EAGAIN || e == ETIMEDOUT }

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
