// This file holds the walk through a tree of files.

package fs

import (
	"errors"
	"path"
)

// SkipDir is what a WalkDirFunc returns to leave out the rest of a directory.
var SkipDir = errors.New("skip this directory")

// SkipAll is what a WalkDirFunc returns to leave out all that is left.
var SkipAll = errors.New("skip everything and stop the walk")

// WalkDirFunc is called by WalkDir for each file and directory, with its path,
// which begins with the root that was given to WalkDir, and its entry.
//
// If it returns SkipDir, the directory is left out, or for a file the rest of
// the directory that it is in. If it returns SkipAll, everything left is left
// out. Any other error ends the walk and is returned.
//
// An err that is not nil tells that a directory will not be gone into. That
// happens if the root is not known, with d nil; and if a directory can't be
// read, for which the function has been called before, without the error.
type WalkDirFunc func(path string, d DirEntry, err error) error

// WalkDir calls fn for root and, if that is a directory, all that is below it,
// in the order of the names. Errors are given to fn. Symbolic links are not
// followed, but for root.
func WalkDir(fsys FS, root string, fn WalkDirFunc) error {
	info, err := Stat(fsys, root)
	if err != nil {
		err = fn(root, nil, err)
	} else {
		err = walk(fsys, root, FileInfoToDirEntry(info), fn)
	}
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

// walk does the work of WalkDir.
func walk(fsys FS, name string, d DirEntry, fn WalkDirFunc) error {
	if err := fn(name, d, nil); err != nil || !d.IsDir() {
		if err == SkipDir && d.IsDir() {
			err = nil
		}
		return err
	}
	list, err := ReadDir(fsys, name)
	if err != nil {
		if err = fn(name, d, err); err != nil {
			if err == SkipDir {
				err = nil
			}
			return err
		}
	}
	for _, e := range list {
		if err := walk(fsys, path.Join(name, e.Name()), e, fn); err != nil {
			if err == SkipDir {
				break
			}
			return err
		}
	}
	return nil
}
