// This file holds what is done to files by name.

package os

import (
	"syscall"
	"time"
)

// The system's separators and its file that is always empty.
const (
	PathSeparator     = '/'
	PathListSeparator = ':'
	DevNull           = "/dev/null"
)

// Numbers for Seek, those of package io.
//
// Deprecated: use io.SeekStart, io.SeekCurrent and io.SeekEnd.
const (
	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2
)

// IsPathSeparator reports whether c is a slash.
func IsPathSeparator(c uint8) bool { return c == PathSeparator }

// LinkError names the operation and the two files that an error came from.
type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

func (e *LinkError) Error() string { return e.Op + " " + e.Old + " " + e.New + ": " + e.Err.Error() }

// Unwrap returns the error itself.
func (e *LinkError) Unwrap() error { return e.Err }

// onPath repeats f while signals interrupt it and names operation and file in its error.
func onPath(op, name string, f func() error) error {
	if err := again(f); err != nil {
		return &PathError{Op: op, Path: name, Err: err}
	}
	return nil
}

// onLink is onPath for two names.
func onLink(op, oldname, newname string, f func() error) error {
	if err := again(f); err != nil {
		return &LinkError{op, oldname, newname, err}
	}
	return nil
}

// Mkdir makes a directory.
func Mkdir(name string, perm FileMode) error {
	return onPath("mkdir", name, func() error { return syscall.Mkdir(name, sysMode(perm)) })
}

// MkdirAll makes a directory and those above it. It is fine if it exists.
func MkdirAll(path string, perm FileMode) error {
	if fi, err := Stat(path); err == nil {
		if fi.IsDir() {
			return nil
		}
		return &PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
	}
	i := len(path)
	for i > 0 && path[i-1] == '/' {
		i--
	}
	for i > 0 && path[i-1] != '/' {
		i--
	}
	for i > 1 && path[i-1] == '/' {
		i--
	}
	if parent := path[:i]; parent != "" && parent != "/" {
		if err := MkdirAll(parent, perm); err != nil {
			return err
		}
	}
	err := Mkdir(path, perm)
	if err != nil {
		if fi, e := Lstat(path); e == nil && fi.IsDir() {
			return nil
		}
	}
	return err
}

// Remove removes a file or an empty directory.
func Remove(name string) error {
	err := again(func() error { return syscall.Unlink(name) })
	if err == nil {
		return nil
	}
	dirErr := again(func() error { return syscall.Rmdir(name) })
	if dirErr == nil {
		return nil
	}
	// ENOTDIR comes from a name that isn't a directory: the first error tells more.
	if dirErr != syscall.ENOTDIR {
		err = dirErr
	}
	return &PathError{Op: "remove", Path: name, Err: err}
}

// RemoveAll removes a file or a directory with all that is in it. It is fine
// if there is none. It goes on behind errors and returns the first.
func RemoveAll(path string) error {
	if path == "" {
		return nil
	}
	if path == "." || len(path) > 1 && path[len(path)-2:] == "/." {
		return &PathError{Op: "RemoveAll", Path: path, Err: syscall.EINVAL}
	}
	err := Remove(path)
	if err == nil || IsNotExist(err) {
		return nil
	}
	for len(path) > 1 && path[len(path)-1] == '/' {
		path = path[:len(path)-1]
	}
	dir := "."
	if b := base(path); len(b) < len(path) {
		dir = path[:len(path)-len(b)]
	}
	parent, err := Open(dir)
	if IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer parent.Close()
	return removeBelow(parent.fd, base(path), path)
}

// removeBelow removes name in the open directory; path is for errors.
func removeBelow(dir int, name, path string) error {
	const removeDir = 0x200
	err := again(func() error { return syscall.Unlinkat(dir, name, 0) })
	if err == nil || err == syscall.ENOENT {
		return nil
	}
	// Directories fail with one of these; a file may, too.
	if err != syscall.EISDIR && err != syscall.EPERM && err != syscall.EACCES {
		return &PathError{Op: "unlinkat", Path: path, Err: err}
	}
	first := err
	var inner error
	for {
		fd := -1
		err = again(func() (e error) {
			fd, e = syscall.Openat(dir, name, O_RDONLY|syscall.O_CLOEXEC|syscall.O_DIRECTORY|syscall.O_NOFOLLOW, 0)
			return e
		})
		switch {
		case err == syscall.ENOENT:
			return nil
		case err == syscall.ENOTDIR || err == syscall.ELOOP:
			return &PathError{Op: "unlinkat", Path: path, Err: first}
		case err != nil:
			inner = &PathError{Op: "openfdat", Path: path, Err: err}
		}
		if err != nil {
			break
		}
		f := &File{fd: fd, name: path}
		names, err := f.Readdirnames(-1)
		if err != nil && inner == nil {
			inner = err
		}
		failed := 0
		for _, n := range names {
			if e := removeBelow(fd, n, path+"/"+n); e != nil {
				failed++
				if inner == nil {
					inner = e
				}
			}
		}
		f.Close()
		// Removing while reading may have hidden entries: look again.
		if len(names) == failed {
			break
		}
		err = again(func() error { return syscall.Unlinkat(dir, name, removeDir) })
		if err == nil || err == syscall.ENOENT {
			return nil
		}
		if failed > 0 {
			break
		}
	}
	err = again(func() error { return syscall.Unlinkat(dir, name, removeDir) })
	if err == nil || err == syscall.ENOENT {
		return nil
	}
	if inner != nil {
		return inner
	}
	return &PathError{Op: "unlinkat", Path: path, Err: err}
}

// Rename gives a file another name, taking the place of a file that has it.
func Rename(oldpath, newpath string) error {
	// A directory must not be replaced.
	if to, err := Lstat(newpath); err == nil && to.IsDir() {
		from, err := Lstat(oldpath)
		if err != nil {
			return &LinkError{"rename", oldpath, newpath, underlying(err)}
		}
		if newpath == oldpath || !SameFile(to, from) {
			return &LinkError{"rename", oldpath, newpath, syscall.EEXIST}
		}
	}
	return onLink("rename", oldpath, newpath, func() error { return syscall.Rename(oldpath, newpath) })
}

// Link gives a file one more name.
func Link(oldname, newname string) error {
	return onLink("link", oldname, newname, func() error { return syscall.Link(oldname, newname) })
}

// Symlink makes newname a symbolic link to oldname.
func Symlink(oldname, newname string) error {
	return onLink("symlink", oldname, newname, func() error { return syscall.Symlink(oldname, newname) })
}

// Readlink returns what a symbolic link holds.
func Readlink(name string) (string, error) { return readlinkAt(atFdcwd, name) }

func readlinkAt(dir int, name string) (string, error) {
	for size := 128; ; size *= 2 {
		b := make([]byte, size)
		var n int
		err := onPath("readlink", name, func() (e error) {
			n, e = syscall.Readlinkat(dir, name, b)
			return e
		})
		if err != nil {
			return "", err
		}
		if n < size {
			return string(b[:n]), nil
		}
	}
}

// Chdir changes the working directory.
func Chdir(dir string) error {
	return onPath("chdir", dir, func() error { return syscall.Chdir(dir) })
}

// Chmod sets a file's permissions.
func Chmod(name string, mode FileMode) error {
	return onPath("chmod", name, func() error { return syscall.Chmod(name, sysMode(mode)) })
}

// Chown sets a file's owner; -1 leaves user or group as it is.
func Chown(name string, uid, gid int) error {
	return onPath("chown", name, func() error { return syscall.Chown(name, uid, gid) })
}

// Lchown is Chown that does not follow a symbolic link.
func Lchown(name string, uid, gid int) error {
	return onPath("lchown", name, func() error { return syscall.Lchown(name, uid, gid) })
}

// Chtimes sets the times of a file's last access and change; a zero Time leaves one as it is.
func Chtimes(name string, atime time.Time, mtime time.Time) error {
	ts := [2]syscall.Timespec{timespec(atime), timespec(mtime)}
	return onPath("chtimes", name, func() error { return syscall.UtimesNanoAt(atFdcwd, name, ts, 0) })
}

func timespec(t time.Time) syscall.Timespec {
	const omit = 1<<30 - 2
	if t.IsZero() {
		return syscall.Timespec{Nsec: omit}
	}
	return syscall.NsecToTimespec(t.UnixNano())
}

// Truncate cuts or lengthens a file.
func Truncate(name string, size int64) error {
	return onPath("truncate", name, func() error { return syscall.Truncate(name, size) })
}
