// This file holds the taking apart and putting together of paths.

// Package path works on paths with forward slashes, such as those of URLs. For
// paths of the operating system there is path/filepath.
package path

import "internal/bytealg"

// Clean returns the shortest path that is equivalent to path if no element is a
// link: it has no repeated slashes, no "." elements, no element followed by
// "..", no ".." at the root, and no slash at the end but that of the root. An
// empty path becomes ".".
func Clean(path string) string {
	if path == "" {
		return "."
	}
	rooted := path[0] == '/'
	// As long as the result is a prefix of path, nothing is copied; n is its
	// length.
	var b []byte
	n, i := 0, 0
	floor := 0 // ".." does not go back beyond this
	put := func(c byte) {
		if b == nil {
			if n < len(path) && path[n] == c {
				n++
				return
			}
			b = make([]byte, len(path))
			copy(b, path[:n])
		}
		b[n] = c
		n++
	}
	if rooted {
		put('/')
		i, floor = 1, 1
	}
	for i < len(path) {
		end := i
		for end < len(path) && path[end] != '/' {
			end++
		}
		elem := path[i:end]
		i = end + 1
		switch {
		case elem == "" || elem == ".":
		case elem == ".." && n > floor:
			// Take off the last element.
			n--
			for n > floor && (b == nil && path[n] != '/' || b != nil && b[n] != '/') {
				n--
			}
		case elem == ".." && rooted:
		default:
			if n > 1 || n == 1 && !rooted {
				put('/')
			}
			for k := 0; k < len(elem); k++ {
				put(elem[k])
			}
			if elem == ".." {
				floor = n
			}
		}
	}
	if n == 0 {
		return "."
	}
	if b == nil {
		return path[:n]
	}
	return string(b[:n])
}

// Split cuts path behind its last slash. Both parts together are path.
func Split(path string) (dir, file string) {
	i := bytealg.LastIndexByte(path, '/')
	return path[:i+1], path[i+1:]
}

// Join puts the elements together with slashes between them, leaving out empty
// ones, and cleans the result. If all are empty it returns "".
func Join(elem ...string) string {
	n := 0
	for _, e := range elem {
		n += len(e) + 1
	}
	b := make([]byte, 0, n)
	for _, e := range elem {
		if len(b) > 0 || e != "" {
			if len(b) > 0 {
				b = append(b, '/')
			}
			b = append(b, e...)
		}
	}
	if len(b) == 0 {
		return ""
	}
	return Clean(string(b))
}

// Ext returns the extension of the last element, from its last dot on, or "" if
// it has no dot.
func Ext(path string) string {
	for i := len(path) - 1; i >= 0 && path[i] != '/'; i-- {
		if path[i] == '.' {
			return path[i:]
		}
	}
	return ""
}

// Base returns the last element of path, without slashes at the end. For an
// empty path that is ".", for one of slashes only "/".
func Base(path string) string {
	if path == "" {
		return "."
	}
	for len(path) > 0 && path[len(path)-1] == '/' {
		path = path[:len(path)-1]
	}
	path = path[bytealg.LastIndexByte(path, '/')+1:]
	if path == "" {
		return "/"
	}
	return path
}

// IsAbs reports whether path begins at the root.
func IsAbs(path string) bool { return len(path) > 0 && path[0] == '/' }

// Dir returns all but the last element of path, cleaned. For an empty path that
// is ".", for an element at the root "/".
func Dir(path string) string {
	dir, _ := Split(path)
	return Clean(dir)
}
