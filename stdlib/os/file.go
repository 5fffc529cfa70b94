// This file holds File.

// Package os is the interface to the operating system.
package os

import (
	"io"
	"io/fs"
	"syscall"
	"time"
)

// Flags of OpenFile.
const (
	O_RDONLY int = syscall.O_RDONLY
	O_WRONLY int = syscall.O_WRONLY
	O_RDWR   int = syscall.O_RDWR
	O_APPEND int = syscall.O_APPEND
	O_CREATE int = syscall.O_CREAT
	O_EXCL   int = syscall.O_EXCL
	O_SYNC   int = syscall.O_SYNC
	O_TRUNC  int = syscall.O_TRUNC
)

// PathError names the operation and the file that an error came from.
type PathError = fs.PathError

// FileMode is a file's kind and permissions.
type FileMode = fs.FileMode

// A File is an open file.
type File struct {
	fd     int
	name   string
	append bool
	closed bool
	// Reading of a directory.
	dir *dirReader
	// Whether reads and writes may take long, and fail instead of waiting.
	wait     uint8
	nonblock bool
	// Of reads and of writes.
	deadlines [2]deadline
}

// The standard streams.
var (
	Stdin  = NewFile(0, "/dev/stdin")
	Stdout = NewFile(1, "/dev/stdout")
	Stderr = NewFile(2, "/dev/stderr")
)

// NewFile returns a File for a descriptor that is open.
func NewFile(fd uintptr, name string) *File {
	if int(fd) < 0 {
		return nil
	}
	return &File{fd: int(fd), name: name}
}

// Open opens a file for reading.
func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

// Create makes or empties a file and opens it for reading and writing.
func Create(name string) (*File, error) {
	return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666)
}

// OpenFile opens a file with flags, making it with perm if O_CREATE says so.
func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	for {
		fd, err := syscall.Open(name, flag|syscall.O_CLOEXEC, sysMode(perm))
		if err == nil {
			return &File{fd: fd, name: name, append: flag&O_APPEND != 0}, nil
		}
		if err != syscall.EINTR {
			return nil, &PathError{Op: "open", Path: name, Err: err}
		}
	}
}

// Name returns the name the file was opened with.
func (f *File) Name() string { return f.name }

// Fd returns the descriptor, made to wait in reads and writes.
func (f *File) Fd() uintptr {
	if f == nil || f.closed {
		return ^uintptr(0)
	}
	if f.nonblock {
		f.nonblock = false
		syscall.SetNonblock(f.fd, false)
	}
	return uintptr(f.fd)
}

// check returns the error of using f when it is nil or closed.
func (f *File) check(op string) error {
	if f == nil {
		return ErrInvalid
	}
	if f.closed {
		return &PathError{Op: op, Path: f.name, Err: ErrClosed}
	}
	return nil
}

// wrap names operation and file in an error.
func (f *File) wrap(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return &PathError{Op: op, Path: f.name, Err: err}
}

// maxIO bounds single reads and writes, as the kernel does.
const maxIO = 1 << 30

// Read reads up to len(b) bytes; at the end of the file it returns 0, io.EOF.
func (f *File) Read(b []byte) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if len(b) == 0 {
		return 0, nil
	}
	if len(b) > maxIO {
		b = b[:maxIO]
	}
	if err := f.beforeRead(); err != nil {
		return 0, f.wrap("read", err)
	}
	for {
		n, err = syscall.Read(f.fd, b)
		if err == syscall.EINTR {
			continue
		}
		if err == syscall.EAGAIN && f.nonblock {
			if err := f.park(false); err != nil {
				return 0, f.wrap("read", err)
			}
			if f.closed {
				return 0, f.wrap("read", ErrClosed)
			}
			continue
		}
		if err != nil {
			return 0, f.wrap("read", err)
		}
		if n == 0 {
			return 0, io.EOF
		}
		return n, nil
	}
}

// ReadAt reads len(b) bytes from an offset.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, &PathError{Op: "readat", Path: f.name, Err: errNegativeOffset}
	}
	for len(b) > 0 {
		m, e := syscall.Pread(f.fd, b, off)
		if e == syscall.EINTR {
			continue
		}
		if e != nil {
			return n, f.wrap("read", e)
		}
		if m == 0 {
			return n, io.EOF
		}
		n += m
		b = b[m:]
		off += int64(m)
	}
	return n, nil
}

// Write writes all of b.
func (f *File) Write(b []byte) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if d := f.deadlines[1].at; !d.IsZero() && !time.Now().Before(d) {
		return 0, f.wrap("write", ErrDeadlineExceeded)
	}
	for len(b) > 0 {
		m, e := syscall.Write(f.fd, b[:min(len(b), maxIO)])
		if e == syscall.EINTR {
			continue
		}
		if e != nil {
			if e == syscall.EAGAIN && f.nonblock {
				e = f.park(true)
				if e == nil && f.closed {
					e = ErrClosed
				}
				if e == nil {
					continue
				}
			}
			if e == syscall.EPIPE && (f.fd == 1 || f.fd == 2) {
				sigpipe()
			}
			return n, f.wrap("write", e)
		}
		n += m
		b = b[m:]
	}
	return n, nil
}

// WriteAt writes all of b at an offset.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if f.append {
		return 0, errWriteAtInAppendMode
	}
	if off < 0 {
		return 0, &PathError{Op: "writeat", Path: f.name, Err: errNegativeOffset}
	}
	for len(b) > 0 {
		m, e := syscall.Pwrite(f.fd, b, off)
		if e == syscall.EINTR {
			continue
		}
		if e != nil {
			return n, f.wrap("write", e)
		}
		n += m
		b = b[m:]
		off += int64(m)
	}
	return n, nil
}

// WriteString writes all of s.
func (f *File) WriteString(s string) (n int, err error) { return f.Write([]byte(s)) }

// Seek sets the offset of the next Read or Write.
func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.check("seek"); err != nil {
		return 0, err
	}
	f.dir = nil
	ret, err = syscall.Seek(f.fd, offset, whence)
	if err != nil {
		return 0, f.wrap("seek", err)
	}
	return ret, nil
}

// Close closes the file.
func (f *File) Close() error {
	if err := f.check("close"); err != nil {
		return err
	}
	f.closed = true
	if f.wait == waits {
		pollClose(f.fd)
	}
	for i := range f.deadlines {
		if t := f.deadlines[i].timer; t != nil {
			t.Stop()
		}
	}
	return f.wrap("close", syscall.Close(f.fd))
}

// ReadFile returns the content of a file.
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, 0, 512)
	for {
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if err != nil {
			if err == io.EOF {
				err = nil
			}
			return b, err
		}
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
	}
}

// WriteFile makes or empties a file and writes data to it.
func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if e := f.Close(); e != nil && err == nil {
		err = e
	}
	return err
}
