// Package templatefile finds and reads the files of text/template and
// html/template.
package templatefile

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// File is a template's name and text.
type File struct {
	name string
	read func() ([]byte, error)
}

// OS has the files of these names.
func OS(names []string) []File {
	var files []File
	for _, name := range names {
		files = append(files, File{filepath.Base(name), func() ([]byte, error) { return os.ReadFile(name) }})
	}
	return files
}

// Glob has the files that match a pattern; pkg is in front of an error.
func Glob(pkg, pattern string) ([]File, error) {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: pattern matches no files: %#q", pkg, pattern)
	}
	return OS(names), nil
}

// FS has the files of a file system that match patterns.
func FS(fsys fs.FS, patterns []string) ([]File, error) {
	var files []File
	for _, pattern := range patterns {
		names, err := fs.Glob(fsys, pattern)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("template: pattern matches no files: %#q", pattern)
		}
		for _, name := range names {
			files = append(files, File{path.Base(name), func() ([]byte, error) { return fs.ReadFile(fsys, name) }})
		}
	}
	return files, nil
}

// Parse calls parse with each file's name and text; pkg is in front of an error.
func Parse(pkg string, files []File, parse func(name, text string) error) error {
	if len(files) == 0 {
		return fmt.Errorf("%s: no files named in call to ParseFiles", pkg)
	}
	for _, f := range files {
		b, err := f.read()
		if err != nil {
			return err
		}
		if err := parse(f.name, string(b)); err != nil {
			return err
		}
	}
	return nil
}
