// This file shows an archive as a file system.

package zip

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// tree has the files and directories of an archive by their paths.
type tree struct {
	once    sync.Once
	entries map[string]*entry
}

// entry is a file or directory. Directories need not be in the archive.
type entry struct {
	path  string
	file  *File // nil if the archive only has files in it
	isDir bool
	twice bool // the archive has it several times
	list  []*entry
}

// load fills the tree. Paths that leave the archive's root are taken from there.
func (t *tree) load(files []*File) {
	t.entries = map[string]*entry{".": {path: "./", isDir: true}}
	for _, f := range files {
		p := validPath(f.Name)
		if p == "" {
			continue
		}
		if old := t.entries[p]; old != nil {
			old.twice = true
			continue
		}
		t.entries[p] = &entry{path: p, file: f, isDir: strings.HasSuffix(f.Name, "/")}
	}
	for _, p := range slices.Collect(maps.Keys(t.entries)) {
		if p != "." {
			t.attach(p, t.entries[p])
		}
	}
	for _, e := range t.entries {
		slices.SortFunc(e.list, func(a, b *entry) int { return strings.Compare(a.path, b.path) })
	}
}

// attach puts an entry into the list of its directory, which it makes if the
// archive has none.
func (t *tree) attach(p string, e *entry) {
	above := path.Dir(p)
	dir := t.entries[above]
	switch {
	case dir == nil:
		dir = &entry{path: above, isDir: true}
		t.entries[above] = dir
		t.attach(above, dir)
	case !dir.isDir:
		dir.twice = true // a file and a directory
	}
	dir.list = append(dir.list, e)
}

// validPath is the path of a name in an archive as io/fs has paths, "" if it is
// the root.
func validPath(name string) string {
	p := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	p = strings.TrimPrefix(p, "/")
	for strings.HasPrefix(p, "../") {
		p = p[len("../"):]
	}
	return p
}

// Open opens a file or directory of the archive, as io/fs wants it: with
// slashes, and without one at the start or end.
func (r *Reader) Open(name string) (fs.File, error) {
	r.tree.once.Do(func() { r.tree.load(r.File) })
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	e := r.tree.entries[name]
	if e == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if e.isDir {
		return &openDir{entry: e}, nil
	}
	f, err := e.file.Open()
	if err != nil {
		return nil, err
	}
	return f.(fs.File), nil
}

func (e *entry) Name() string               { return path.Base(e.path) }
func (e *entry) Size() int64                { return 0 }
func (e *entry) Mode() fs.FileMode          { return fs.ModeDir | 0o555 }
func (e *entry) IsDir() bool                { return e.isDir }
func (e *entry) Sys() any                   { return nil }
func (e *entry) String() string             { return fs.FormatDirEntry(e) }
func (e *entry) Info() (fs.FileInfo, error) { return e.stat() }

func (e *entry) Type() fs.FileMode {
	if e.isDir {
		return fs.ModeDir
	}
	return 0
}

func (e *entry) ModTime() time.Time {
	if e.file == nil {
		return time.Time{}
	}
	return e.file.Modified.UTC()
}

func (e *entry) stat() (fs.FileInfo, error) {
	switch {
	case e.twice:
		return nil, errors.New(e.path + ": duplicate entries in zip file")
	case e.isDir:
		return e, nil
	}
	return e.file.FileInfo(), nil
}

// openDir is a directory that is being read.
type openDir struct {
	*entry
	next int
}

func (d *openDir) Close() error               { return nil }
func (d *openDir) Stat() (fs.FileInfo, error) { return d.stat() }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.path, Err: errors.New("is a directory")}
}

// ReadDir returns up to n entries, all if n is not positive.
func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := d.list[d.next:]
	if n > 0 {
		if len(rest) == 0 {
			return nil, io.EOF
		}
		rest = rest[:min(n, len(rest))]
	}
	list := make([]fs.DirEntry, len(rest))
	for i, e := range rest {
		info, err := e.stat()
		if err != nil {
			return nil, err
		}
		list[i] = info.(fs.DirEntry)
	}
	d.next += len(rest)
	return list, nil
}
