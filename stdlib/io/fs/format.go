// This file holds the formatting of what is known of files.

package fs

import "time"

// FormatFileInfo returns a line for people to read, like
//
//	-rw-r--r-- 100 1970-01-01 12:00:00 hello.go
func FormatFileInfo(info FileInfo) string {
	name := info.Name()
	b := make([]byte, 0, 40+len(name))
	b = append(b, info.Mode().String()...)
	b = append(b, ' ')
	size := info.Size()
	u := uint64(size)
	if size < 0 {
		b = append(b, '-')
		u = -u
	}
	var digits [20]byte
	i := len(digits)
	for {
		i--
		digits[i] = byte('0' + u%10)
		u /= 10
		if u == 0 {
			break
		}
	}
	b = append(b, digits[i:]...)
	b = append(b, ' ')
	b = append(b, info.ModTime().Format(time.DateTime)...)
	b = append(b, ' ')
	b = append(b, name...)
	if info.IsDir() {
		b = append(b, '/')
	}
	return string(b)
}

// FormatDirEntry returns a line for people to read, like
//
//	d subdir/
//	- hello.go
func FormatDirEntry(dir DirEntry) string {
	mode := dir.Type().String()
	// Of the permissions nothing is known.
	mode = mode[:len(mode)-len("rwxrwxrwx")]
	s := mode + " " + dir.Name()
	if dir.IsDir() {
		s += "/"
	}
	return s
}
