// This file holds file systems that are maps.

// Package fstest has file systems for tests, and tests of file systems.
package fstest

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// MapFS is a file system of the files in a map, by their paths. Folders need
// not be there, but may be. The map must not change during an operation.
type MapFS map[string]*MapFile

// MapFile is a file, folder or symbolic link in a MapFS.
type MapFile struct {
	Data    []byte      // contents, or where the link leads
	Mode    fs.FileMode // as of its FileInfo
	ModTime time.Time
	Sys     any
}

var (
	_ fs.FS         = MapFS(nil)
	_ fs.ReadLinkFS = MapFS(nil)
	_ fs.File       = (*openFile)(nil)
)

// resolve follows symbolic links in all elements of a path but the last.
func (fsys MapFS) resolve(name string) (string, bool) {
	for range 40 {
		dir, elem := path.Split(name)
		dir = strings.TrimSuffix(dir, "/")
		if dir != "" {
			parent, ok := fsys.follow(dir)
			if !ok {
				return "", false
			}
			name = path.Join(parent, elem)
		}
		return name, true
	}
	return "", false
}

// follow resolves a path with all its links.
func (fsys MapFS) follow(name string) (string, bool) {
	for range 40 {
		var ok bool
		if name, ok = fsys.resolve(name); !ok {
			return "", false
		}
		file := fsys[name]
		if file == nil || file.Mode.Type() != fs.ModeSymlink {
			return name, true
		}
		target := string(file.Data)
		if path.IsAbs(target) {
			return "", false
		}
		if name = path.Join(path.Dir(name), target); !fs.ValidPath(name) {
			return "", false
		}
	}
	return "", false
}

// lookup is the file of a resolved path; a folder that files need is made.
func (fsys MapFS) lookup(name string) *MapFile {
	file := fsys[name]
	if file != nil {
		return file
	}
	if name == "." {
		return &MapFile{Mode: fs.ModeDir | 0o555}
	}
	for other := range fsys {
		if strings.HasPrefix(other, name+"/") {
			return &MapFile{Mode: fs.ModeDir | 0o555}
		}
	}
	return nil
}

// Open opens a file, following links.
func (fsys MapFS) Open(name string) (fs.File, error) {
	fail := &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	if !fs.ValidPath(name) {
		return nil, fail
	}
	real, ok := fsys.follow(name)
	if !ok {
		return nil, fail
	}
	file := fsys.lookup(real)
	if file == nil {
		return nil, fail
	}
	i := &info{path.Base(name), file}
	if file.Mode.IsDir() {
		return &openDir{i, name, fsys.entries(real)}, nil
	}
	return &openFile{info: i, path: name}, nil
}

// entries lists a folder, sorted by name.
func (fsys MapFS) entries(dir string) []fs.DirEntry {
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	names := map[string]bool{}
	for name := range fsys {
		if rest, ok := strings.CutPrefix(name, prefix); ok && name != "." {
			first, _, _ := strings.Cut(rest, "/")
			names[first] = true
		}
	}
	var list []fs.DirEntry
	for name := range names {
		list = append(list, &info{name, fsys.lookup(prefix + name)})
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list
}

// ReadLink returns where a symbolic link leads.
func (fsys MapFS) ReadLink(name string) (string, error) {
	i, err := fsys.lstat("readlink", name)
	if err != nil {
		return "", err
	}
	if i.Mode().Type() != fs.ModeSymlink {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	return string(i.file.Data), nil
}

// Lstat describes a file; of a link, the link itself.
func (fsys MapFS) Lstat(name string) (fs.FileInfo, error) {
	i, err := fsys.lstat("lstat", name)
	if err != nil {
		return nil, err
	}
	return i, nil
}

func (fsys MapFS) lstat(op, name string) (*info, error) {
	if fs.ValidPath(name) {
		if real, ok := fsys.resolve(name); ok {
			if file := fsys.lookup(real); file != nil {
				return &info{path.Base(name), file}, nil
			}
		}
	}
	return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// plain has no method but Open, so that package fs does the work.
type plain struct{ fs.FS }

// ReadFile returns the contents of a file.
func (fsys MapFS) ReadFile(name string) ([]byte, error) { return fs.ReadFile(plain{fsys}, name) }

// Stat describes a file, following links.
func (fsys MapFS) Stat(name string) (fs.FileInfo, error) { return fs.Stat(plain{fsys}, name) }

// ReadDir lists a folder.
func (fsys MapFS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(plain{fsys}, name) }

// Glob returns the paths that match a pattern.
func (fsys MapFS) Glob(pattern string) ([]string, error) { return fs.Glob(plain{fsys}, pattern) }

// noSub is a MapFS without its method Sub.
type noSub struct{ MapFS }

// Sub hides the method of the MapFS.
func (noSub) Sub() {}

// Sub returns the file system below a folder.
func (fsys MapFS) Sub(dir string) (fs.FS, error) { return fs.Sub(noSub{fsys}, dir) }

// info describes a file.
type info struct {
	name string
	file *MapFile
}

func (i *info) Name() string               { return i.name }
func (i *info) Size() int64                { return int64(len(i.file.Data)) }
func (i *info) Mode() fs.FileMode          { return i.file.Mode }
func (i *info) Type() fs.FileMode          { return i.file.Mode.Type() }
func (i *info) ModTime() time.Time         { return i.file.ModTime }
func (i *info) IsDir() bool                { return i.file.Mode.IsDir() }
func (i *info) Sys() any                   { return i.file.Sys }
func (i *info) Info() (fs.FileInfo, error) { return i, nil }
func (i *info) String() string             { return fs.FormatFileInfo(i) }

// openFile is a file being read.
type openFile struct {
	*info
	path   string
	offset int64
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

func (f *openFile) Read(b []byte) (int, error) {
	if f.offset >= int64(len(f.file.Data)) {
		return 0, io.EOF
	}
	n := copy(b, f.file.Data[f.offset:])
	f.offset += int64(n)
	return n, nil
}

func (f *openFile) ReadAt(b []byte, offset int64) (int, error) {
	if offset < 0 || offset > int64(len(f.file.Data)) {
		return 0, &fs.PathError{Op: "read", Path: f.path, Err: fs.ErrInvalid}
	}
	n := copy(b, f.file.Data[offset:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *openFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.offset
	case io.SeekEnd:
		offset += int64(len(f.file.Data))
	}
	if offset < 0 || offset > int64(len(f.file.Data)) {
		return 0, &fs.PathError{Op: "seek", Path: f.path, Err: fs.ErrInvalid}
	}
	f.offset = offset
	return offset, nil
}

// openDir is a folder being read.
type openDir struct {
	*info
	path    string
	entries []fs.DirEntry // that are left
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openDir) Close() error               { return nil }
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.path, Err: fs.ErrInvalid}
}

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(d.entries) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(d.entries) {
		n = len(d.entries)
	}
	list := slices.Clone(d.entries[:n])
	d.entries = d.entries[n:]
	return list, nil
}
