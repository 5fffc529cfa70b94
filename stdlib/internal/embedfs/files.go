// This file holds what variables of type embed.FS are made of. The driver
// writes calls of New into programs with //go:embed directives.

package embedfs

// File is an embedded file.
type File struct {
	Name string // its path
	Data string
}

// Tree has the layout of embed.FS.
type Tree struct {
	Files *[]File // sorted by name
}

// New makes a tree of files that are sorted by their names.
func New(files ...File) *Tree { return &Tree{&files} }
