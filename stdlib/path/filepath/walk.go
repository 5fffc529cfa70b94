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
func Walk(root string, fn WalkFunc) error {
	info, err := os.Lstat(root)
	if err != nil {
		err = fn(root, nil, err)
	} else {
		err = walk(root, info, fn)
	}
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

// walk does the work of Walk.
func walk(path string, info fs.FileInfo, fn WalkFunc) error {
	if !info.IsDir() {
		return fn(path, info, nil)
	}
	list, err := names(path)
	// A directory that can't be read is told with fn's only call for it. Even
	// if fn does not mind, there is nothing to go on with.
	err1 := fn(path, info, err)
	if err != nil || err1 != nil {
		return err1
	}
	for _, name := range list {
		file := Join(path, name)
		info, err := os.Lstat(file)
		if err != nil {
			if err := fn(file, info, err); err != nil && err != SkipDir {
				return err
			}
			continue
		}
		if err := walk(file, info, fn); err != nil {
			if !info.IsDir() || err != SkipDir {
				return err
			}
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
		err = fn(root, nil, err)
	} else {
		err = walkDir(root, fs.FileInfoToDirEntry(info), fn)
	}
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

// walkDir does the work of WalkDir.
func walkDir(path string, d fs.DirEntry, fn fs.WalkDirFunc) error {
	if err := fn(path, d, nil); err != nil || !d.IsDir() {
		if err == SkipDir && d.IsDir() {
			err = nil
		}
		return err
	}
	list, err := os.ReadDir(path)
	if err != nil {
		if err = fn(path, d, err); err != nil {
			if err == SkipDir && d.IsDir() {
				err = nil
			}
			return err
		}
	}
	for _, e := range list {
		if err := walkDir(Join(path, e.Name()), e, fn); err != nil {
			if err == SkipDir {
				break
			}
			return err
		}
	}
	return nil
}
