// This file holds the less common methods of File.

package os

import (
	"io"
	"syscall"
)

// on checks f, repeats call while signals interrupt it, and names operation and file in errors.
func (f *File) on(op string, call func() error) error {
	if err := f.check(op); err != nil {
		return err
	}
	return f.wrap(op, again(call))
}

// Chdir makes the directory the working directory.
func (f *File) Chdir() error { return f.on("chdir", func() error { return syscall.Fchdir(f.fd) }) }

// Chmod sets the permissions.
func (f *File) Chmod(mode FileMode) error {
	return f.on("chmod", func() error { return syscall.Fchmod(f.fd, sysMode(mode)) })
}

// Chown sets the owner.
func (f *File) Chown(uid, gid int) error {
	return f.on("chown", func() error { return syscall.Fchown(f.fd, uid, gid) })
}

// Sync writes what was written to the file to the disk.
func (f *File) Sync() error { return f.on("sync", func() error { return syscall.Fsync(f.fd) }) }

// Truncate cuts or lengthens the file; the offset stays.
func (f *File) Truncate(size int64) error {
	return f.on("truncate", func() error { return syscall.Ftruncate(f.fd, size) })
}

// bare hides a File's ReadFrom and WriteTo from io.Copy.
type bare struct{ f *File }

func (b bare) Read(p []byte) (int, error)  { return b.f.Read(p) }
func (b bare) Write(p []byte) (int, error) { return b.f.Write(p) }

// ReadFrom writes all that r has to the file.
func (f *File) ReadFrom(r io.Reader) (n int64, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if src, ok := r.(*File); ok {
		r = bare{src}
	}
	return io.Copy(struct{ io.Writer }{bare{f}}, r)
}

// WriteTo writes all that is left of the file to w.
func (f *File) WriteTo(w io.Writer) (n int64, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if dst, ok := w.(*File); ok {
		w = bare{dst}
	}
	return io.Copy(w, struct{ io.Reader }{bare{f}})
}

// Pipe returns a pipe: what is written to w is read from r.
func Pipe() (r *File, w *File, err error) {
	var p [2]int
	if e := syscall.Pipe2(p[:], syscall.O_CLOEXEC|syscall.O_NONBLOCK); e != nil {
		return nil, nil, NewSyscallError("pipe2", e)
	}
	r = &File{fd: p[0], name: "|0", wait: waits, nonblock: true}
	w = &File{fd: p[1], name: "|1", wait: waits, nonblock: true}
	return r, w, nil
}

// rawConn is the descriptor below a File.
type rawConn struct{ f *File }

// SyscallConn returns the descriptor below the file.
func (f *File) SyscallConn() (syscall.RawConn, error) {
	if err := f.check("SyscallConn"); err != nil {
		return nil, err
	}
	return rawConn{f}, nil
}

func (c rawConn) Control(f func(uintptr)) error {
	if err := c.f.check("SyscallConn"); err != nil {
		return err
	}
	f(uintptr(c.f.fd))
	return nil
}

func (c rawConn) Read(f func(uintptr) bool) error  { return c.until(f, false) }
func (c rawConn) Write(f func(uintptr) bool) error { return c.until(f, true) }

func (c rawConn) until(f func(uintptr) bool, write bool) error {
	for {
		if err := c.f.check("SyscallConn"); err != nil {
			return err
		}
		if f(uintptr(c.f.fd)) {
			return nil
		}
		if err := c.f.park(write); err != nil {
			return err
		}
	}
}
