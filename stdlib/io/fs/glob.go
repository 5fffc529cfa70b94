// This file holds the finding of files by pattern.

package fs

import "path"

// GlobFS is a file system that can find files by pattern.
type GlobFS interface {
	FS

	// Glob returns the names that match the pattern, as the function Glob does.
	Glob(pattern string) ([]string, error)
}

// Glob returns the names of all files that match pattern, by fsys's own method
// if it has one. Patterns are those of path.Match, and may have several
// elements. The only error is path.ErrBadPattern; directories that can't be
// read are left out.
func Glob(fsys FS, pattern string) (matches []string, err error) {
	if fsys, ok := fsys.(GlobFS); ok {
		return fsys.Glob(pattern)
	}
	return glob(fsys, pattern, 0)
}

// glob does the work of Glob. A pattern of too many elements is an error.
func glob(fsys FS, pattern string, depth int) (matches []string, err error) {
	if depth > 10000 {
		return nil, path.ErrBadPattern
	}
	if _, err := path.Match(pattern, ""); err != nil {
		return nil, err
	}
	if !special(pattern) {
		if _, err := Stat(fsys, pattern); err != nil {
			return nil, nil
		}
		return []string{pattern}, nil
	}
	dir, file := path.Split(pattern)
	if dir == "" {
		dir = "."
	} else {
		dir = dir[:len(dir)-1]
	}
	if !special(dir) {
		return globDir(fsys, dir, file, nil)
	}
	if dir == pattern {
		return nil, path.ErrBadPattern
	}
	dirs, err := glob(fsys, dir, depth+1)
	if err != nil {
		return nil, err
	}
	for _, d := range dirs {
		matches, err = globDir(fsys, d, file, matches)
		if err != nil {
			return matches, err
		}
	}
	return matches, nil
}

// globDir appends the files of a directory that match.
func globDir(fsys FS, dir, pattern string, matches []string) ([]string, error) {
	list, err := ReadDir(fsys, dir)
	if err != nil {
		return matches, nil
	}
	for _, e := range list {
		ok, err := path.Match(pattern, e.Name())
		if err != nil {
			return matches, err
		}
		if ok {
			matches = append(matches, path.Join(dir, e.Name()))
		}
	}
	return matches, nil
}

// special reports whether the pattern has characters that mean something.
func special(pattern string) bool {
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '*', '?', '[', '\\':
			return true
		}
	}
	return false
}
