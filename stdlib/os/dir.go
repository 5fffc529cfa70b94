// This file holds reading of directories.

package os

import (
	"io"
	"io/fs"
	"slices"
	"syscall"
	"unsafe"
)

// DirEntry is a file in a directory.
type DirEntry = fs.DirEntry

// dirReader is where reading of an open directory stands.
type dirReader struct {
	buf  []byte
	rest []byte
}

// entry is a DirEntry.
type entry struct {
	dir  string
	name string
	kind FileMode
	info FileInfo
}

func (e *entry) Name() string   { return e.name }
func (e *entry) IsDir() bool    { return e.kind.IsDir() }
func (e *entry) Type() FileMode { return e.kind }
func (e *entry) String() string { return fs.FormatDirEntry(e) }

func (e *entry) Info() (FileInfo, error) {
	if e.info != nil {
		return e.info, nil
	}
	return Lstat(e.dir + "/" + e.name)
}

// kindOf turns the kernel's kinds into ours; ok is false for one it doesn't know.
func kindOf(d byte) (kind FileMode, ok bool) {
	switch d {
	case 1:
		return ModeNamedPipe, true
	case 2:
		return ModeDevice | ModeCharDevice, true
	case 4:
		return ModeDir, true
	case 6:
		return ModeDevice, true
	case 8:
		return 0, true
	case 10:
		return ModeSymlink, true
	case 12:
		return ModeSocket, true
	}
	return 0, false
}

// next returns the name and kind of the next entry; an empty name at the end.
func (f *File) next() (name string, kind byte, err error) {
	if f.dir == nil {
		f.dir = &dirReader{buf: make([]byte, 8192)}
	}
	d := f.dir
	for {
		if len(d.rest) == 0 {
			n, err := syscall.ReadDirent(f.fd, d.buf)
			if err == syscall.EINTR {
				continue
			}
			if err != nil {
				return "", 0, &PathError{Op: "readdirent", Path: f.name, Err: err}
			}
			if n <= 0 {
				return "", 0, nil
			}
			d.rest = d.buf[:n]
		}
		// Inode and offset of 8 bytes, length of 2, kind of 1, and the name.
		rec := d.rest
		ino := *(*uint64)(unsafe.Pointer(&rec[0]))
		size := int(rec[16]) | int(rec[17])<<8
		d.rest = rec[size:]
		text := rec[19:size]
		if i := slices.Index(text, 0); i >= 0 {
			text = text[:i]
		}
		if ino == 0 || string(text) == "." || string(text) == ".." {
			continue
		}
		return string(text), rec[18], nil
	}
}

// list reads up to n entries (all if n <= 0), calling add with each; add tells
// whether it counts.
func (f *File) list(n int, add func(name string, kind byte) (bool, error)) error {
	if f == nil {
		return ErrInvalid
	}
	if err := f.check("readdir"); err != nil {
		return err
	}
	count := 0
	for n <= 0 || count < n {
		name, kind, err := f.next()
		if err != nil {
			return err
		}
		if name == "" {
			if n > 0 && count == 0 {
				return io.EOF
			}
			return nil
		}
		ok, err := add(name, kind)
		if err != nil {
			return err
		}
		if ok {
			count++
		}
	}
	return nil
}

// ReadDir reads entries in the directory's own order: with n > 0 at most n,
// and io.EOF when there are no more; else all that are left.
func (f *File) ReadDir(n int) ([]DirEntry, error) {
	if f == nil {
		return nil, ErrInvalid
	}
	out := []DirEntry{}
	err := f.list(n, func(name string, kind byte) (bool, error) {
		e := &entry{dir: f.name, name: name}
		var known bool
		if e.kind, known = kindOf(kind); !known {
			fi, err := Lstat(f.name + "/" + name)
			if IsNotExist(err) {
				return false, nil
			}
			if err != nil {
				return false, err
			}
			e.kind, e.info = fi.Mode().Type(), fi
		}
		out = append(out, e)
		return true, nil
	})
	return out, err
}

// Readdir is like ReadDir but describes each file, as Lstat does.
func (f *File) Readdir(n int) ([]FileInfo, error) {
	if f == nil {
		return nil, ErrInvalid
	}
	out := []FileInfo{}
	err := f.list(n, func(name string, _ byte) (bool, error) {
		fi, err := Lstat(f.name + "/" + name)
		if IsNotExist(err) {
			// Removed in the meantime.
			return false, nil
		}
		if err != nil {
			return false, err
		}
		out = append(out, fi)
		return true, nil
	})
	return out, err
}

// Readdirnames is like ReadDir but returns names only.
func (f *File) Readdirnames(n int) (names []string, err error) {
	if f == nil {
		return nil, ErrInvalid
	}
	names = []string{}
	err = f.list(n, func(name string, _ byte) (bool, error) {
		names = append(names, name)
		return true, nil
	})
	return names, err
}

// ReadDir returns all entries of a directory, sorted by name. With an error it
// returns those it could read.
func ReadDir(name string) ([]DirEntry, error) {
	f, err := OpenFile(name, O_RDONLY|syscall.O_DIRECTORY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := f.ReadDir(-1)
	slices.SortFunc(list, func(a, b DirEntry) int {
		switch {
		case a.Name() < b.Name():
			return -1
		case a.Name() > b.Name():
			return +1
		}
		return 0
	})
	return list, err
}
