// This file holds the work on paths as text.

// Package filepath works on file names of the operating system, here with the
// separator '/'. For other paths with slashes there is package path.
package filepath

import (
	"errors"
	"os"
	"path"
	"strings"
)

const (
	Separator     = os.PathSeparator     // between the elements of a path
	ListSeparator = os.PathListSeparator // between the paths of a list
)

// Clean returns the shortest path that is equivalent to path if no element is a
// link: without repeated separators, "." elements, and elements followed by
// "..". An empty path becomes ".".
func Clean(path_ string) string { return path.Clean(path_) }

// IsLocal reports whether path stays in the directory that it is used in: it is
// not empty, not absolute, and does not lead out by "..". Links are not looked
// at.
func IsLocal(path string) bool {
	if path == "" || path[0] == '/' {
		return false
	}
	depth := 0
	for elem := range strings.SplitSeq(path, "/") {
		switch elem {
		case "", ".":
		case "..":
			if depth--; depth < 0 {
				return false
			}
		default:
			depth++
		}
	}
	return true
}

// Localize turns a path with slashes, which must be valid as io/fs has it, into
// one of the operating system. If that can't be, it is an error.
func Localize(path string) (string, error) {
	if !validPath(path) || strings.IndexByte(path, 0) >= 0 {
		return "", errors.New("invalid path")
	}
	return path, nil
}

// ToSlash returns path with slashes for separators.
func ToSlash(path string) string { return path }

// FromSlash returns path with separators for slashes.
func FromSlash(path string) string { return path }

// SplitList cuts a list of paths, as in PATH, into paths. An empty list has
// none.
func SplitList(path string) []string {
	if path == "" {
		return []string{}
	}
	return strings.Split(path, string(ListSeparator))
}

// Split cuts path behind its last separator. Both parts together are path.
func Split(path_ string) (dir, file string) { return path.Split(path_) }

// Join puts the elements together with separators between them, leaving out
// empty ones, and cleans the result. If all are empty it returns "".
func Join(elem ...string) string { return path.Join(elem...) }

// Ext returns the extension of the last element, from its last dot on, or "" if
// it has no dot.
func Ext(path_ string) string { return path.Ext(path_) }

// Base returns the last element of path, without separators at the end. For an
// empty path that is ".", for one of separators only a separator.
func Base(path_ string) string { return path.Base(path_) }

// Dir returns all but the last element of path, cleaned. For an empty path that
// is ".".
func Dir(path_ string) string { return path.Dir(path_) }

// IsAbs reports whether path is absolute.
func IsAbs(path string) bool { return strings.HasPrefix(path, "/") }

// VolumeName returns the volume that path begins with, which on this system is
// always "".
func VolumeName(path string) string { return "" }

// HasPrefix reports whether p begins with prefix.
//
// Deprecated: it does not look at where elements end.
func HasPrefix(p, prefix string) bool { return strings.HasPrefix(p, prefix) }

// Abs returns an absolute path for path, which if it is not absolute is taken
// from the current directory. The result is clean.
func Abs(path string) (string, error) {
	if IsAbs(path) {
		return Clean(path), nil
	}
	wd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	return Join(wd, path), nil
}

// Rel returns a path that leads from basePath to targPath:
// Join(basePath, Rel(basePath, targPath)) is equivalent to targPath. Both must
// be absolute or both relative, and basePath must not begin with more ".." than
// targPath; otherwise it is an error. The result is clean.
func Rel(basePath, targPath string) (string, error) {
	base, targ := Clean(basePath), Clean(targPath)
	if targ == base {
		return ".", nil
	}
	if base == "." {
		base = ""
	}
	if IsAbs(base) != IsAbs(targ) {
		return "", errors.New("Rel: can't make " + targPath + " relative to " + basePath)
	}
	// Go on over the elements that are equal.
	b, t := 0, 0 // where the next elements begin
	for b < len(base) && t < len(targ) {
		be, te := elemEnd(base, b), elemEnd(targ, t)
		if base[b:be] != targ[t:te] {
			break
		}
		b, t = min(be+1, len(base)), min(te+1, len(targ))
	}
	if base[b:] == ".." || strings.HasPrefix(base[b:], "../") {
		return "", errors.New("Rel: can't make " + targPath + " relative to " + basePath)
	}
	if b == len(base) {
		return targ[t:], nil
	}
	out := ".." + strings.Repeat("/..", strings.Count(base[b:], "/"))
	if t < len(targ) {
		out += "/" + targ[t:]
	}
	return out, nil
}

// elemEnd returns where the element that begins at i ends.
func elemEnd(path string, i int) int {
	if k := strings.IndexByte(path[i:], '/'); k >= 0 {
		return i + k
	}
	return len(path)
}
