// This file holds file systems that are a part of another.

package fs

import (
	"errors"
	"path"
)

// SubFS is a file system that can make its parts file systems.
type SubFS interface {
	FS

	// Sub returns the part below dir.
	Sub(dir string) (FS, error)
}

// Sub returns the part of fsys below dir as a file system, by fsys's own method
// if it has one; for "." that is fsys. Whether dir exists is not checked. It is
// not a barrier: symbolic links may lead out of it.
func Sub(fsys FS, dir string) (FS, error) {
	if !ValidPath(dir) {
		return nil, &PathError{Op: "sub", Path: dir, Err: ErrInvalid}
	}
	if dir == "." {
		return fsys, nil
	}
	if fsys, ok := fsys.(SubFS); ok {
		return fsys.Sub(dir)
	}
	return &part{fsys, dir}, nil
}

// part is the part of a file system below a directory.
type part struct {
	fsys FS
	dir  string
}

// outer returns the name in the whole file system.
func (p *part) outer(op, name string) (string, error) {
	if !ValidPath(name) {
		return "", &PathError{Op: op, Path: name, Err: ErrInvalid}
	}
	return path.Join(p.dir, name), nil
}

// inner returns the name in the part, if it is in it.
func (p *part) inner(name string) (string, bool) {
	if name == p.dir {
		return ".", true
	}
	n := len(p.dir)
	if len(name) >= n+2 && name[:n] == p.dir && name[n] == '/' {
		return name[n+1:], true
	}
	return "", false
}

// correct makes the path in an error one of the part.
func (p *part) correct(err error) error {
	if e, ok := err.(*PathError); ok {
		if name, ok := p.inner(e.Path); ok {
			e.Path = name
		}
	}
	return err
}

// Open opens a file.
func (p *part) Open(name string) (File, error) {
	full, err := p.outer("open", name)
	if err != nil {
		return nil, err
	}
	file, err := p.fsys.Open(full)
	return file, p.correct(err)
}

// ReadDir reads a directory.
func (p *part) ReadDir(name string) ([]DirEntry, error) {
	full, err := p.outer("read", name)
	if err != nil {
		return nil, err
	}
	list, err := ReadDir(p.fsys, full)
	return list, p.correct(err)
}

// ReadFile reads a file.
func (p *part) ReadFile(name string) ([]byte, error) {
	full, err := p.outer("read", name)
	if err != nil {
		return nil, err
	}
	data, err := ReadFile(p.fsys, full)
	return data, p.correct(err)
}

// ReadLink returns where a symbolic link leads.
func (p *part) ReadLink(name string) (string, error) {
	full, err := p.outer("readlink", name)
	if err != nil {
		return "", err
	}
	target, err := ReadLink(p.fsys, full)
	if err != nil {
		return "", p.correct(err)
	}
	return target, nil
}

// Lstat tells about a file or link.
func (p *part) Lstat(name string) (FileInfo, error) {
	full, err := p.outer("lstat", name)
	if err != nil {
		return nil, err
	}
	info, err := Lstat(p.fsys, full)
	if err != nil {
		return nil, p.correct(err)
	}
	return info, nil
}

// Glob finds files by pattern.
func (p *part) Glob(pattern string) ([]string, error) {
	if _, err := path.Match(pattern, ""); err != nil {
		return nil, err
	}
	if pattern == "." {
		return []string{"."}, nil
	}
	// The directory goes before the pattern, so it must not be one itself.
	quoted := make([]byte, 0, len(p.dir)+1+len(pattern))
	for i := 0; i < len(p.dir); i++ {
		switch c := p.dir[i]; c {
		case '*', '?', '[', '\\':
			quoted = append(quoted, '\\', c)
		default:
			quoted = append(quoted, c)
		}
	}
	quoted = append(quoted, '/')
	list, err := Glob(p.fsys, string(append(quoted, pattern...)))
	for i, name := range list {
		short, ok := p.inner(name)
		if !ok {
			return nil, errors.New("invalid result from inner fsys Glob: " + name + " not in " + p.dir)
		}
		list[i] = short
	}
	return list, p.correct(err)
}

// Sub returns a part of the part.
func (p *part) Sub(dir string) (FS, error) {
	if dir == "." {
		return p, nil
	}
	full, err := p.outer("sub", dir)
	if err != nil {
		return nil, err
	}
	return &part{p.fsys, full}, nil
}
