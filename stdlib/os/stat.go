// This file holds FileInfo and the functions that return it.

package os

import (
	"io/fs"
	"syscall"
	"time"
)

// FileInfo describes a file.
type FileInfo = fs.FileInfo

// Bits of a FileMode: the kind, and the permissions in the low nine.
const (
	ModeDir        = fs.ModeDir        // a directory
	ModeAppend     = fs.ModeAppend     // written at the end only
	ModeExclusive  = fs.ModeExclusive  // for one user at a time
	ModeTemporary  = fs.ModeTemporary  // temporary (Plan 9)
	ModeSymlink    = fs.ModeSymlink    // a symbolic link
	ModeDevice     = fs.ModeDevice     // a device
	ModeNamedPipe  = fs.ModeNamedPipe  // a named pipe
	ModeSocket     = fs.ModeSocket     // a socket
	ModeSetuid     = fs.ModeSetuid     // runs as its owner
	ModeSetgid     = fs.ModeSetgid     // runs as its group
	ModeCharDevice = fs.ModeCharDevice // with ModeDevice: a character device
	ModeSticky     = fs.ModeSticky     // the sticky bit
	ModeIrregular  = fs.ModeIrregular  // something else

	ModeType = fs.ModeType // the bits of the kind
	ModePerm = fs.ModePerm // the permissions
)

// info is what the kernel says about a file.
type info struct {
	name string
	mode FileMode
	st   syscall.Stat_t
}

func (i *info) Name() string       { return i.name }
func (i *info) Size() int64        { return i.st.Size }
func (i *info) Mode() FileMode     { return i.mode }
func (i *info) ModTime() time.Time { return time.Unix(i.st.Mtim.Sec, i.st.Mtim.Nsec) }
func (i *info) IsDir() bool        { return i.mode.IsDir() }
func (i *info) Sys() any           { return &i.st }

// setMode turns the kernel's mode into a FileMode.
func (i *info) setMode() {
	m := i.st.Mode
	i.mode = FileMode(m & 0777)
	switch m & syscall.S_IFMT {
	case syscall.S_IFDIR:
		i.mode |= ModeDir
	case syscall.S_IFLNK:
		i.mode |= ModeSymlink
	case syscall.S_IFIFO:
		i.mode |= ModeNamedPipe
	case syscall.S_IFSOCK:
		i.mode |= ModeSocket
	case syscall.S_IFBLK:
		i.mode |= ModeDevice
	case syscall.S_IFCHR:
		i.mode |= ModeDevice | ModeCharDevice
	}
	if m&syscall.S_ISUID != 0 {
		i.mode |= ModeSetuid
	}
	if m&syscall.S_ISGID != 0 {
		i.mode |= ModeSetgid
	}
	if m&syscall.S_ISVTX != 0 {
		i.mode |= ModeSticky
	}
}

// sysMode turns permissions and their companions into the kernel's.
func sysMode(m FileMode) uint32 {
	bits := uint32(m.Perm())
	if m&ModeSetuid != 0 {
		bits |= syscall.S_ISUID
	}
	if m&ModeSetgid != 0 {
		bits |= syscall.S_ISGID
	}
	if m&ModeSticky != 0 {
		bits |= syscall.S_ISVTX
	}
	return bits
}

// again calls f until no signal interrupts it.
func again(f func() error) error {
	for {
		if err := f(); err != syscall.EINTR {
			return err
		}
	}
}

// base returns what is behind the last slash of a path.
func base(name string) string {
	for len(name) > 1 && name[len(name)-1] == '/' {
		name = name[:len(name)-1]
	}
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' && len(name) > 1 {
			return name[i+1:]
		}
	}
	return name
}

func statAt(op string, dir int, name string, flags int) (FileInfo, error) {
	i := &info{name: base(name)}
	err := again(func() error { return syscall.Fstatat(dir, name, &i.st, flags) })
	if err != nil {
		return nil, &PathError{Op: op, Path: name, Err: err}
	}
	i.setMode()
	return i, nil
}

const (
	atFdcwd           = -100
	atSymlinkNofollow = 0x100
)

// Stat describes a file; of a symbolic link, the file that it leads to.
func Stat(name string) (FileInfo, error) { return statAt("stat", atFdcwd, name, 0) }

// Lstat describes a file; a symbolic link is described itself.
func Lstat(name string) (FileInfo, error) {
	return statAt("lstat", atFdcwd, name, atSymlinkNofollow)
}

// Stat describes the open file.
func (f *File) Stat() (FileInfo, error) {
	if err := f.check("stat"); err != nil {
		return nil, err
	}
	i := &info{name: base(f.name)}
	if err := again(func() error { return syscall.Fstat(f.fd, &i.st) }); err != nil {
		return nil, f.wrap("stat", err)
	}
	i.setMode()
	return i, nil
}

// SameFile reports whether two descriptions, made by this package, are of the same file.
func SameFile(fi1, fi2 FileInfo) bool {
	a, ok1 := fi1.(*info)
	b, ok2 := fi2.(*info)
	return ok1 && ok2 && a.st.Dev == b.st.Dev && a.st.Ino == b.st.Ino
}
