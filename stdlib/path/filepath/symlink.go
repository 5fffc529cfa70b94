// This file holds the following of symbolic links.

package filepath

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// EvalSymlinks returns path with all symbolic links followed, clean. If path is
// relative the result is relative to the current directory, unless a link leads
// to an absolute path.
func EvalSymlinks(path string) (string, error) {
	const most = 255
	links := 0
	done := "" // followed already
	if IsAbs(path) {
		done = "/"
	}
	rest := path
	for rest != "" {
		var elem string
		var more bool
		elem, rest, more = strings.Cut(rest, "/")
		switch elem {
		case "", ".":
			continue
		case "..":
			// The parent of what is followed; done has no links in it.
			switch {
			case done == "/":
			case done == "" || Base(done) == "..":
				done = Join(done, "..")
			default:
				done = Dir(done)
				if done == "." {
					done = ""
				}
			}
			continue
		}
		next := Join(done, elem)
		info, err := os.Lstat(next)
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			if !info.IsDir() && more {
				return "", syscall.ENOTDIR
			}
			done = next
			continue
		}
		if links++; links > most {
			return "", errors.New("EvalSymlinks: too many links")
		}
		target, err := os.Readlink(next)
		if err != nil {
			return "", err
		}
		if IsAbs(target) {
			done = "/"
		}
		if more {
			target += "/" + rest
		}
		rest = target
	}
	return Clean(done), nil
}
