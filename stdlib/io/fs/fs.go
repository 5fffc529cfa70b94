// This file holds the interfaces of file systems, modes and errors.

// Package fs has the interfaces of file systems. Their paths have elements
// between forward slashes and begin at the root, which is "." itself; see
// ValidPath.
package fs

import (
	"internal/oserror"
	"time"
	"unicode/utf8"
)

// FS is a file system, at the least.
//
// Open opens a file, which must be closed in the end. Its errors should be
// *PathErrors with Op "open", the name as Path, and the reason as Err. A name
// that is not a valid path is one, with ErrInvalid or ErrNotExist.
type FS interface {
	Open(name string) (File, error)
}

// ValidPath reports whether name can be opened: it is UTF-8, has elements
// between slashes that are neither empty nor "." nor "..", and no slash at
// either end; or it is ".", the root.
func ValidPath(name string) bool {
	if !utf8.ValidString(name) {
		return false
	}
	if name == "." {
		return true
	}
	for {
		i := 0
		for i < len(name) && name[i] != '/' {
			i++
		}
		if elem := name[:i]; elem == "" || elem == "." || elem == ".." {
			return false
		}
		if i == len(name) {
			return true
		}
		name = name[i+1:]
	}
}

// File is an open file, at the least. That of a directory should be a
// ReadDirFile.
type File interface {
	Stat() (FileInfo, error)
	Read([]byte) (int, error)
	Close() error
}

// DirEntry is an entry of a directory.
type DirEntry interface {
	// Name returns the name in the directory, without a path.
	Name() string

	// IsDir reports whether the entry is a directory itself.
	IsDir() bool

	// Type returns the type bits of the mode.
	Type() FileMode

	// Info returns more about the file, as it was when the directory was read
	// or as it is now. In the latter case the file may be gone, which is an
	// error that is ErrNotExist. A symbolic link is not followed.
	Info() (FileInfo, error)
}

// ReadDirFile is a directory whose entries can be read.
type ReadDirFile interface {
	File

	// ReadDir returns the next entries, in the order of the directory. For
	// n > 0 those are at most n, and if there are none there is an error,
	// which is io.EOF itself at the end. Otherwise it returns all that are
	// left, with an error if something went wrong before the end.
	ReadDir(n int) ([]DirEntry, error)
}

// The errors of file systems, to be found with errors.Is.
var (
	ErrInvalid    = oserror.ErrInvalid    // "invalid argument"
	ErrPermission = oserror.ErrPermission // "permission denied"
	ErrExist      = oserror.ErrExist      // "file already exists"
	ErrNotExist   = oserror.ErrNotExist   // "file does not exist"
	ErrClosed     = oserror.ErrClosed     // "file already closed"
)

// FileInfo tells about a file.
type FileInfo interface {
	Name() string       // the name without a path
	Size() int64        // the length of an ordinary file in bytes
	Mode() FileMode     // type and permissions
	ModTime() time.Time // when it was changed
	IsDir() bool        // the same as Mode().IsDir()
	Sys() any           // where it is from; may be nil
}

// FileMode has the type and the permissions of a file as bits, the same on all
// systems.
type FileMode uint32

// The bits of a FileMode beside the nine for permissions. The letters are those
// of String.
const (
	ModeDir        FileMode = 1 << (31 - iota) // d: a directory
	ModeAppend                                 // a: only to be appended to
	ModeExclusive                              // l: for one user at a time
	ModeTemporary                              // T: temporary
	ModeSymlink                                // L: a symbolic link
	ModeDevice                                 // D: a device
	ModeNamedPipe                              // p: a named pipe
	ModeSocket                                 // S: a socket
	ModeSetuid                                 // u: setuid
	ModeSetgid                                 // g: setgid
	ModeCharDevice                             // c: a character device, with ModeDevice
	ModeSticky                                 // t: sticky
	ModeIrregular                              // ?: something else

	// ModeType has all the bits for types. An ordinary file has none of them.
	ModeType = ModeDir | ModeSymlink | ModeNamedPipe | ModeSocket | ModeDevice | ModeCharDevice | ModeIrregular

	// ModePerm has the bits for permissions.
	ModePerm FileMode = 0777
)

// String returns the mode with a letter for each bit.
func (m FileMode) String() string {
	const letters = "dalTLDpSugct?"
	const perms = "rwxrwxrwx"
	var buf [32]byte
	n := 0
	for i := range letters {
		if m&(ModeDir>>uint(i)) != 0 {
			buf[n] = letters[i]
			n++
		}
	}
	if n == 0 {
		buf[0] = '-'
		n = 1
	}
	for i := range perms {
		buf[n] = '-'
		if m&(1<<uint(8-i)) != 0 {
			buf[n] = perms[i]
		}
		n++
	}
	return string(buf[:n])
}

// IsDir reports whether m is the mode of a directory.
func (m FileMode) IsDir() bool { return m&ModeDir != 0 }

// IsRegular reports whether m is the mode of an ordinary file.
func (m FileMode) IsRegular() bool { return m&ModeType == 0 }

// Perm returns the bits for permissions.
func (m FileMode) Perm() FileMode { return m & ModePerm }

// Type returns the bits for the type.
func (m FileMode) Type() FileMode { return m & ModeType }

// PathError is an error with what was done and the path that it was done to.
type PathError struct {
	Op   string
	Path string
	Err  error
}

// Error tells the operation, the path and the error.
func (e *PathError) Error() string { return e.Op + " " + e.Path + ": " + e.Err.Error() }

// Unwrap returns the error without the path.
func (e *PathError) Unwrap() error { return e.Err }

// Timeout reports whether the error is that time ran out.
func (e *PathError) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}
