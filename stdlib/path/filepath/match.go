// This file holds the matching and finding by pattern.

package filepath

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// ErrBadPattern says that a pattern is malformed.
var ErrBadPattern = path.ErrBadPattern

// validPath is fs.ValidPath.
func validPath(name string) bool { return fs.ValidPath(name) }

// Match reports whether the shell pattern matches all of name, as path.Match
// does. The only error is ErrBadPattern.
func Match(pattern, name string) (matched bool, err error) { return path.Match(pattern, name) }

// special reports whether the pattern has characters that mean something.
func special(pattern string) bool { return strings.ContainsAny(pattern, `*?[\`) }

// Glob returns the names of all files that match pattern. Patterns are those of
// Match, and may have several elements. The only error is ErrBadPattern;
// directories that can't be read are left out.
func Glob(pattern string) (matches []string, err error) { return glob(pattern, 0) }

// glob does the work of Glob. A pattern of too many elements is an error.
func glob(pattern string, depth int) (matches []string, err error) {
	if depth > 10000 {
		return nil, ErrBadPattern
	}
	if _, err := Match(pattern, ""); err != nil {
		return nil, err
	}
	if !special(pattern) {
		if _, err = os.Lstat(pattern); err != nil {
			return nil, nil
		}
		return []string{pattern}, nil
	}
	dir, file := Split(pattern)
	switch {
	case dir == "":
		dir = "."
	case dir != "/":
		dir = dir[:len(dir)-1]
	}
	if !special(dir) {
		return globDir(dir, file, nil)
	}
	if dir == pattern {
		return nil, ErrBadPattern
	}
	dirs, err := glob(dir, depth+1)
	if err != nil {
		return nil, err
	}
	for _, d := range dirs {
		if matches, err = globDir(d, file, matches); err != nil {
			return matches, err
		}
	}
	return matches, nil
}

// globDir appends the files of a directory that match, in order.
func globDir(dir, pattern string, matches []string) ([]string, error) {
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return matches, nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return matches, nil
	}
	defer d.Close()
	names, _ := d.Readdirnames(-1)
	slices.Sort(names)
	for _, n := range names {
		ok, err := Match(pattern, n)
		if err != nil {
			return matches, err
		}
		if ok {
			matches = append(matches, Join(dir, n))
		}
	}
	return matches, nil
}
