// This file holds access to files by name, with the interfaces for doing it
// better than by Open.

package fs

import (
	"errors"
	"io"
	"slices"
)

// ReadFileFS is a file system that can read whole files.
type ReadFileFS interface {
	FS

	// ReadFile returns the contents of a file, which the caller may change.
	// That the file ends is no error.
	ReadFile(name string) ([]byte, error)
}

// ReadFile returns the contents of a file, by fsys's own method if it has one.
// That the file ends is no error.
func ReadFile(fsys FS, name string) ([]byte, error) {
	if fsys, ok := fsys.(ReadFileFS); ok {
		return fsys.ReadFile(name)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	size := 0
	if info, err := file.Stat(); err == nil {
		if n := info.Size(); int64(int(n)) == n {
			size = int(n)
		}
	}
	data := make([]byte, 0, size+1)
	for {
		if len(data) == cap(data) {
			data = slices.Grow(data, 1)
		}
		n, err := file.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err != nil {
			if err == io.EOF {
				err = nil
			}
			return data, err
		}
	}
}

// ReadDirFS is a file system that can read directories.
type ReadDirFS interface {
	FS

	// ReadDir returns the entries of a directory, sorted by name.
	ReadDir(name string) ([]DirEntry, error)
}

// ReadDir returns the entries of a directory, sorted by name, by fsys's own
// method if it has one.
func ReadDir(fsys FS, name string) ([]DirEntry, error) {
	if fsys, ok := fsys.(ReadDirFS); ok {
		return fsys.ReadDir(name)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	dir, ok := file.(ReadDirFile)
	if !ok {
		return nil, &PathError{Op: "readdir", Path: name, Err: errors.New("not implemented")}
	}
	list, err := dir.ReadDir(-1)
	slices.SortFunc(list, func(a, b DirEntry) int {
		switch x, y := a.Name(), b.Name(); {
		case x < y:
			return -1
		case x > y:
			return +1
		}
		return 0
	})
	return list, err
}

// infoEntry is a DirEntry made from a FileInfo.
type infoEntry struct {
	info FileInfo
}

func (e infoEntry) IsDir() bool             { return e.info.IsDir() }
func (e infoEntry) Type() FileMode          { return e.info.Mode().Type() }
func (e infoEntry) Info() (FileInfo, error) { return e.info, nil }
func (e infoEntry) Name() string            { return e.info.Name() }
func (e infoEntry) String() string          { return FormatDirEntry(e) }

// FileInfoToDirEntry returns a DirEntry that tells what info tells, nil for a
// nil info.
func FileInfoToDirEntry(info FileInfo) DirEntry {
	if info == nil {
		return nil
	}
	return infoEntry{info}
}

// StatFS is a file system that can tell about files without opening them.
type StatFS interface {
	FS

	// Stat tells about a file. Errors should be *PathErrors.
	Stat(name string) (FileInfo, error)
}

// Stat tells about a file, by fsys's own method if it has one.
func Stat(fsys FS, name string) (FileInfo, error) {
	if fsys, ok := fsys.(StatFS); ok {
		return fsys.Stat(name)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return file.Stat()
}

// ReadLinkFS is a file system with symbolic links.
type ReadLinkFS interface {
	FS

	// ReadLink returns where a symbolic link leads. Errors should be
	// *PathErrors.
	ReadLink(name string) (string, error)

	// Lstat tells about a file; if that is a symbolic link, about the link.
	// Errors should be *PathErrors.
	Lstat(name string) (FileInfo, error)
}

// ReadLink returns where a symbolic link leads. It is an error if fsys is not a
// ReadLinkFS.
func ReadLink(fsys FS, name string) (string, error) {
	if fsys, ok := fsys.(ReadLinkFS); ok {
		return fsys.ReadLink(name)
	}
	return "", &PathError{Op: "readlink", Path: name, Err: ErrInvalid}
}

// Lstat tells about a file; if that is a symbolic link, about the link. If fsys
// is not a ReadLinkFS it is the same as Stat.
func Lstat(fsys FS, name string) (FileInfo, error) {
	if fsys, ok := fsys.(ReadLinkFS); ok {
		return fsys.Lstat(name)
	}
	return Stat(fsys, name)
}
