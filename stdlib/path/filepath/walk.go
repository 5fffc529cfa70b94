// This file holds the walks through trees of files.

package filepath

import (
	"io/fs"
	"os"
	"slices"
)

// SkipDir is what a function of a walk returns to leave out the rest of a
// directory.
var SkipDir error = fs.SkipDir

// SkipAll is what a function of a walk returns to leave out all that is left.
var SkipAll error = fs.SkipAll

// WalkFunc is called by Walk for each file and directory, with its path, which
// begins with the root that was given to Walk, and what is known of it.
//
// If it returns SkipDir, the directory is left out, or for a file the rest of
// the directory that it is in. If it returns SkipAll, everything left is left
// out. Any other error ends the walk and is returned.
//
// An err that is not nil tells that something is not known, with a nil info, or
// that a directory can't be read.
type WalkFunc func(path string, info fs.FileInfo, err error) error

// names returns the names in a directory, in order.
func names(dir string) ([]string, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	list, err := f.Readdirnames(-1)
	f.Close()
	if err != nil {
		return nil, err
	}
	slices.Sort(list)
	return list, nil
}

// Walk calls fn for root and, if that is a directory, all that is below it, in
// the order of the names. Errors are given to fn. Symbolic links are not
// followed. WalkDir is faster.
func Walk(root string, fn WalkFunc) error { return unlessSkipped(visit(root, fn)) }

// unlessSkipped returns the error that a walk ended with, if it is one.
func unlessSkipped(err error) error {
	if err == SkipAll || err == SkipDir {
		return nil
	}
	return err
}

// visit walks what is at path. SkipDir comes back only from a file, for the
// directory around it.
func visit(path string, fn WalkFunc) error {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		err = fn(path, nil, err)
	case info.IsDir():
		err = visitDir(path, info, fn)
	default:
		return fn(path, info, nil)
	}
	if err == SkipDir {
		return nil
	}
	return err
}

// visitDir walks a directory. One that can't be read is told with fn's only call
// for it; even if fn does not mind, there is nothing to go on with.
func visitDir(path string, info fs.FileInfo, fn WalkFunc) error {
	list, unread := names(path)
	if err := fn(path, info, unread); err != nil || unread != nil {
		return err
	}
	for _, name := range list {
		if err := visit(Join(path, name), fn); err != nil {
			return err
		}
	}
	return nil
}

// WalkDir calls fn for root and, if that is a directory, all that is below it,
// in the order of the names. Errors are given to fn; see fs.WalkDirFunc.
// Symbolic links are not followed.
func WalkDir(root string, fn fs.WalkDirFunc) error {
	info, err := os.Lstat(root)
	if err != nil {
		return unlessSkipped(fn(root, nil, err))
	}
	return unlessSkipped(visitEntry(root, fs.FileInfoToDirEntry(info), fn))
}

// visitEntry walks what d is. SkipDir comes back only from a file.
func visitEntry(path string, d fs.DirEntry, fn fs.WalkDirFunc) error {
	err := fn(path, d, nil)
	if !d.IsDir() {
		return err
	}
	if err == nil {
		err = visitEntries(path, d, fn)
	}
	if err == SkipDir {
		return nil
	}
	return err
}

// visitEntries walks what is in a directory, as far as it can be read.
func visitEntries(path string, d fs.DirEntry, fn fs.WalkDirFunc) error {
	list, err := os.ReadDir(path)
	if err != nil {
		err = fn(path, d, err)
	}
	for i := 0; i < len(list) && err == nil; i++ {
		err = visitEntry(Join(path, list[i].Name()), list[i], fn)
	}
	return err
}
