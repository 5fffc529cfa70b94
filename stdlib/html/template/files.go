// This file parses files into templates.

package template

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// file is a template's name and text.
type file struct {
	name string
	read func() ([]byte, error)
}

// ParseFiles parses files into templates named after them; the first is the
// result.
func ParseFiles(filenames ...string) (*Template, error) { return parseFiles(nil, osFiles(filenames)) }

// ParseFiles parses files into templates associated with t.
func (t *Template) ParseFiles(filenames ...string) (*Template, error) {
	return parseFiles(t, osFiles(filenames))
}

// ParseGlob is ParseFiles for the files that match a pattern.
func ParseGlob(pattern string) (*Template, error) { return parseGlob(nil, pattern) }

// ParseGlob is ParseFiles for the files that match a pattern.
func (t *Template) ParseGlob(pattern string) (*Template, error) { return parseGlob(t, pattern) }

// ParseFS is ParseGlob for patterns in a file system.
func ParseFS(fs fs.FS, patterns ...string) (*Template, error) { return parseFS(nil, fs, patterns) }

// ParseFS is ParseGlob for patterns in a file system.
func (t *Template) ParseFS(fs fs.FS, patterns ...string) (*Template, error) {
	return parseFS(t, fs, patterns)
}

func osFiles(names []string) []file {
	var files []file
	for _, name := range names {
		files = append(files, file{filepath.Base(name), func() ([]byte, error) { return os.ReadFile(name) }})
	}
	return files
}

func parseFiles(t *Template, files []file) (*Template, error) {
	if err := t.canParse(); err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("html/template: no files named in call to ParseFiles")
	}
	for _, f := range files {
		b, err := f.read()
		if err != nil {
			return nil, err
		}
		if t == nil {
			t = New(f.name)
		}
		n := t
		if f.name != t.Name() {
			n = t.New(f.name)
		}
		if _, err := n.Parse(string(b)); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func parseGlob(t *Template, pattern string) (*Template, error) {
	if err := t.canParse(); err != nil {
		return nil, err
	}
	names, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("html/template: pattern matches no files: %#q", pattern)
	}
	return parseFiles(t, osFiles(names))
}

func parseFS(t *Template, fsys fs.FS, patterns []string) (*Template, error) {
	var files []file
	for _, pattern := range patterns {
		names, err := fs.Glob(fsys, pattern)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("template: pattern matches no files: %#q", pattern)
		}
		for _, name := range names {
			files = append(files, file{path.Base(name), func() ([]byte, error) { return fs.ReadFile(fsys, name) }})
		}
	}
	return parseFiles(t, files)
}
