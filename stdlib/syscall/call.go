// This file holds the system calls themselves.

package syscall

import (
	"internal/race"
	"unsafe"
)

const atFdcwd = ^uintptr(99)

// result splits what the kernel returned.
func result(r int) (int, error) {
	if r < 0 && r > -4096 {
		return -1, Errno(-r)
	}
	return r, nil
}

// Syscall makes a system call with three arguments.
func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) {
	return Syscall6(trap, a1, a2, a3, 0, 0, 0)
}

// Syscall6 makes a system call with six arguments.
func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) {
	r := syscall6(trap, a1, a2, a3, a4, a5, a6)
	if r < 0 && r > -4096 {
		return ^uintptr(0), 0, Errno(-r)
	}
	return uintptr(r), 0, 0
}

// BytePtrFromString returns s with a NUL behind it; a NUL within is an error.
func BytePtrFromString(s string) (*byte, error) {
	b := make([]byte, len(s)+1)
	copy(b, s)
	for _, c := range b[:len(s)] {
		if c == 0 {
			return nil, EINVAL
		}
	}
	return &b[0], nil
}

// Open opens a file.
func Open(path string, mode int, perm uint32) (fd int, err error) {
	p, err := BytePtrFromString(path)
	if err != nil {
		return -1, err
	}
	return result(syscall6(SYS_OPENAT, atFdcwd, uintptr(unsafe.Pointer(p)), uintptr(mode), uintptr(perm), 0, 0))
}

// ioSync is where, for the race detector, what was written is released and
// what was read is acquired: whoever reads it is behind whoever wrote it.
var ioSync uint64

// sending tells the race detector that the system reads p.
func sending(p []byte) {
	race.ReleaseMerge(unsafe.Pointer(&ioSync))
	if len(p) > 0 {
		race.ReadRange(unsafe.Pointer(unsafe.SliceData(p)), len(p))
	}
}

// received tells it that the system has written n bytes to p.
func received(p []byte, n int) {
	if n > 0 {
		race.WriteRange(unsafe.Pointer(unsafe.SliceData(p)), n)
	}
	if n >= 0 {
		race.Acquire(unsafe.Pointer(&ioSync))
	}
}

// Read reads from a file descriptor.
func Read(fd int, p []byte) (n int, err error) {
	n, err = result(syscall6(SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)), 0, 0, 0))
	if race.Enabled {
		received(p, n)
	}
	return n, err
}

// Write writes to a file descriptor.
func Write(fd int, p []byte) (n int, err error) {
	if race.Enabled {
		sending(p)
	}
	return result(syscall6(SYS_WRITE, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)), 0, 0, 0))
}

// Pread reads at an offset.
func Pread(fd int, p []byte, offset int64) (n int, err error) {
	n, err = result(syscall6(SYS_PREAD64, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)), uintptr(offset), 0, 0))
	if race.Enabled {
		received(p, n)
	}
	return n, err
}

// Pwrite writes at an offset.
func Pwrite(fd int, p []byte, offset int64) (n int, err error) {
	if race.Enabled {
		sending(p)
	}
	return result(syscall6(SYS_PWRITE64, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)), uintptr(offset), 0, 0))
}

// Seek moves a file's offset.
func Seek(fd int, offset int64, whence int) (off int64, err error) {
	n, err := result(syscall6(SYS_LSEEK, uintptr(fd), uintptr(offset), uintptr(whence), 0, 0, 0))
	return int64(n), err
}

// Close closes a file descriptor.
func Close(fd int) error {
	_, err := result(syscall6(SYS_CLOSE, uintptr(fd), 0, 0, 0, 0, 0))
	return err
}

// Exit ends the process.
func Exit(code int) { exit(code) }

// Args returns the program's arguments, its name first.
func Args() []string {
	args := make([]string, argCount())
	for i := range args {
		args[i] = arg(i)
	}
	return args
}

// Environ0 returns the environment as it was at the start.
func Environ0() []string {
	list := make([]string, envCount())
	for i := range list {
		list[i] = env(i)
	}
	return list
}
