// This file parses files into templates.

package template

import (
	"internal/templatefile"
	"io/fs"
)

// ParseFiles parses files into templates named after them; the first is the
// result.
func ParseFiles(filenames ...string) (*Template, error) {
	return parseFiles(nil, templatefile.OS(filenames))
}

// ParseFiles parses files into templates associated with t.
func (t *Template) ParseFiles(filenames ...string) (*Template, error) {
	return parseFiles(t, templatefile.OS(filenames))
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

func parseFiles(t *Template, files []templatefile.File) (*Template, error) {
	if err := t.canParse(); err != nil {
		return nil, err
	}
	err := templatefile.Parse("html/template", files, func(name, text string) error {
		if t == nil {
			t = New(name)
		}
		n := t
		if name != t.Name() {
			n = t.New(name)
		}
		_, err := n.Parse(text)
		return err
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

func parseGlob(t *Template, pattern string) (*Template, error) {
	if err := t.canParse(); err != nil {
		return nil, err
	}
	files, err := templatefile.Glob("html/template", pattern)
	if err != nil {
		return nil, err
	}
	return parseFiles(t, files)
}

func parseFS(t *Template, fsys fs.FS, patterns []string) (*Template, error) {
	files, err := templatefile.FS(fsys, patterns)
	if err != nil {
		return nil, err
	}
	return parseFiles(t, files)
}
