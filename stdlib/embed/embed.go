// This file holds file systems of files that are part of the program.

// Package embed gives programs the contents of files as they were when the
// program was built: a directive //go:embed with patterns above a variable of
// type string, []byte or FS. A file that has such variables imports embed.
//
// Patterns are those of path.Match, relative to the folder of the package. A
// folder stands for all files below it whose names do not begin with . or _;
// with all: before the pattern, for those too.
package embed

import (
	"errors"
	"internal/embedfs"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// FS is a file system that does not change.
type FS struct {
	files *[]embedfs.File // sorted by name; as in embedfs.Tree
}

var (
	_ fs.ReadDirFS  = FS{}
	_ fs.ReadFileFS = FS{}
)

// lookup finds a file, or what is in a folder.
func (f FS) lookup(op, name string) (*info, []fs.DirEntry, error) {
	if !fs.ValidPath(name) {
		return nil, nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	var files []embedfs.File
	if f.files != nil {
		files = *f.files
	}
	prefix := name + "/"
	if name == "." {
		prefix = ""
	}
	var entries []fs.DirEntry
	last := ""
	for i := range files {
		file := &files[i]
		if file.Name == name {
			return &info{name: path.Base(name), data: file.Data}, nil, nil
		}
		rest, ok := strings.CutPrefix(file.Name, prefix)
		if !ok {
			continue
		}
		if first, _, deeper := strings.Cut(rest, "/"); deeper {
			if first != last {
				entries = append(entries, &info{name: first, dir: true})
			}
			last = first
		} else {
			entries = append(entries, &info{name: rest, data: file.Data})
		}
	}
	if entries == nil && name != "." {
		return nil, nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	// Folders and files sort together, and one folder may come in two places.
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	entries = slices.CompactFunc(entries, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() })
	return &info{name: path.Base(name), dir: true}, entries, nil
}

// Open opens a file or folder.
func (f FS) Open(name string) (fs.File, error) {
	i, entries, err := f.lookup("open", name)
	if err != nil {
		return nil, err
	}
	if i.dir {
		return &openDir{i, name, entries}, nil
	}
	return &openFile{strings.NewReader(i.data), i, name}, nil
}

// ReadFile returns the contents of a file.
func (f FS) ReadFile(name string) ([]byte, error) {
	i, _, err := f.lookup("open", name)
	if err != nil {
		return nil, err
	}
	if i.dir {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("is a directory")}
	}
	return []byte(i.data), nil
}

// ReadDir returns what is in a folder, sorted by name.
func (f FS) ReadDir(name string) ([]fs.DirEntry, error) {
	i, entries, err := f.lookup("open", name)
	if err != nil {
		return nil, err
	}
	if !i.dir {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("not a directory")}
	}
	return entries, nil
}

// info describes a file or folder.
type info struct {
	name string
	data string
	dir  bool
}

func (i *info) Name() string               { return i.name }
func (i *info) Size() int64                { return int64(len(i.data)) }
func (i *info) ModTime() time.Time         { return time.Time{} }
func (i *info) IsDir() bool                { return i.dir }
func (i *info) Sys() any                   { return nil }
func (i *info) Type() fs.FileMode          { return i.Mode().Type() }
func (i *info) Info() (fs.FileInfo, error) { return i, nil }
func (i *info) String() string             { return fs.FormatFileInfo(i) }

func (i *info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// openFile is a file being read.
type openFile struct {
	r    *strings.Reader
	info *info
	name string
}

func (f *openFile) Stat() (fs.FileInfo, error)            { return f.info, nil }
func (f *openFile) Read(b []byte) (int, error)            { return f.r.Read(b) }
func (f *openFile) ReadAt(b []byte, o int64) (int, error) { return f.r.ReadAt(b, o) }
func (f *openFile) Close() error                          { return nil }
func (f *openFile) Seek(o int64, whence int) (int64, error) {
	n, err := f.r.Seek(o, whence)
	if err != nil || n > int64(len(f.info.data)) {
		return 0, &fs.PathError{Op: "seek", Path: f.name, Err: fs.ErrInvalid}
	}
	return n, nil
}

// openDir is a folder being read.
type openDir struct {
	info    *info
	name    string
	entries []fs.DirEntry // that are left
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openDir) Close() error               { return nil }
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a directory")}
}

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(d.entries) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(d.entries) {
		n = len(d.entries)
	}
	list := d.entries[:n:n]
	d.entries = d.entries[n:]
	return list, nil
}
