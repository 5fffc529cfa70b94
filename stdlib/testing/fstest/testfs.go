// This file tests file systems.

package fstest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing/iotest"
)

// TestFS walks a file system, opens all files and checks that everything
// agrees: folders, descriptions, contents, globs. The files expected must be
// there; if none are, there must be no file at all.
func TestFS(fsys fs.FS, expected ...string) error {
	if err := testFS(fsys, expected); err != nil {
		return err
	}
	// Once more below the first expected folder.
	for _, name := range expected {
		i := strings.Index(name, "/")
		if i < 0 {
			continue
		}
		dir := name[:i]
		var below []string
		for _, name := range expected {
			if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
				below = append(below, rest)
			}
		}
		sub, err := fs.Sub(fsys, dir)
		if err != nil {
			return err
		}
		if err := testFS(sub, below); err != nil {
			return fmt.Errorf("testing fs.Sub(fsys, %s): %w", dir, err)
		}
		break
	}
	return nil
}

// tester collects what is wrong.
type tester struct {
	fsys  fs.FS
	errs  []error
	files []string
	dirs  []string
}

func (t *tester) errorf(format string, args ...any) {
	t.errs = append(t.errs, fmt.Errorf(format, args...))
}

func testFS(fsys fs.FS, expected []string) error {
	t := &tester{fsys: fsys}
	t.dir(".")
	t.open(".")
	for _, name := range expected {
		if !slices.Contains(t.files, name) && !slices.Contains(t.dirs, name) {
			t.errorf("expected but not found: %s", name)
		}
	}
	if len(expected) == 0 && len(t.files) > 0 {
		list := t.files
		if len(list) > 15 {
			list = append(list[:10:10], "...")
		}
		t.errorf("expected empty file system but found files:\n%s", strings.Join(list, "\n"))
	}
	if len(t.errs) == 0 {
		return nil
	}
	return fmt.Errorf("TestFS found errors:\n%w", errors.Join(t.errs...))
}

// open checks that a path in other forms cannot be opened.
func (t *tester) open(name string) {
	bad := []string{"/" + name, name + "/.", name + "/"}
	if name == "." {
		bad = []string{"/", "./", "/."}
	}
	if i := strings.Index(name, "/"); i >= 0 {
		bad = append(bad, name[:i]+"//"+name[i+1:], name[:i]+"/./"+name[i+1:], name[:i]+"/../"+name)
	}
	for _, b := range bad {
		if f, err := t.fsys.Open(b); err == nil {
			f.Close()
			t.errorf("%s: Open(%s) succeeded, want error", name, b)
		}
	}
}

// dir checks a folder and all below it.
func (t *tester) dir(dir string) {
	t.dirs = append(t.dirs, dir)
	f, err := t.fsys.Open(dir)
	if err != nil {
		t.errorf("%s: Open: %w", dir, err)
		return
	}
	d, ok := f.(fs.ReadDirFile)
	if !ok {
		f.Close()
		t.errorf("%s: Open returned File type %T, not a fs.ReadDirFile", dir, f)
		return
	}
	list, err := d.ReadDir(-1)
	f.Close()
	if err != nil {
		t.errorf("%s: ReadDir(-1): %w", dir, err)
		return
	}
	for _, e := range list {
		name := path.Join(dir, e.Name())
		if n := e.Name(); n == "" || n == "." || n == ".." || strings.ContainsAny(n, "/\\") {
			t.errorf("%s: ReadDir: child has invalid name: %q", dir, n)
			continue
		}
		t.entry(name, e)
		t.open(name)
		switch {
		case e.IsDir():
			t.dir(name)
		case e.Type() == fs.ModeSymlink:
			t.files = append(t.files, name)
		default:
			t.file(name)
		}
	}
	t.again(dir, list)
}

// again reads a folder in other ways: in pieces, by fs.ReadDir, by a glob.
func (t *tester) again(dir string, list []fs.DirEntry) {
	if f, err := t.fsys.Open(dir); err != nil {
		t.errorf("%s: second Open: %w", dir, err)
	} else {
		var pieces []fs.DirEntry
		for {
			some, err := f.(fs.ReadDirFile).ReadDir(2)
			pieces = append(pieces, some...)
			if err == io.EOF {
				break
			}
			if err != nil || len(some) == 0 {
				t.errorf("%s: ReadDir(2): %d entries, %w", dir, len(some), err)
				break
			}
		}
		f.Close()
		t.same(dir, "ReadDir(2)", list, pieces, false)
	}
	byFS, err := fs.ReadDir(t.fsys, dir)
	if err != nil {
		t.errorf("%s: fs.ReadDir: %w", dir, err)
		return
	}
	t.same(dir, "fs.ReadDir", list, byFS, true)
	var want []string
	for _, e := range byFS {
		want = append(want, path.Join(dir, e.Name()))
	}
	if strings.ContainsAny(dir, `*?[\`) {
		return
	}
	got, err := fs.Glob(t.fsys, path.Join(dir, "*"))
	if err != nil {
		t.errorf("%s: Glob: %w", dir, err)
	} else if slices.Sort(got); !slices.Equal(got, want) {
		t.errorf("%s: Glob(*) = %q, want %q", dir, got, want)
	}
}

// same compares two lists of a folder.
func (t *tester) same(dir, what string, a, b []fs.DirEntry, sorted bool) {
	text := func(list []fs.DirEntry) []string {
		var lines []string
		for _, e := range list {
			lines = append(lines, fs.FormatDirEntry(e))
		}
		slices.Sort(lines)
		return lines
	}
	if x, y := text(a), text(b); !slices.Equal(x, y) {
		t.errorf("%s: diff %s vs ReadDir(-1):\n%q\n%q", dir, what, y, x)
	}
	if sorted && !slices.IsSortedFunc(b, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) }) {
		t.errorf("%s: %s: list is not sorted by name", dir, what)
	}
}

// entry checks that a folder's entry and the file itself agree.
func (t *tester) entry(name string, e fs.DirEntry) {
	i, err := e.Info()
	if err != nil {
		t.errorf("%s: entry.Info: %w", name, err)
		return
	}
	if i.Name() != e.Name() || i.IsDir() != e.IsDir() || i.Mode().Type() != e.Type() {
		t.errorf("%s: entry %s but its Info %s", name, fs.FormatDirEntry(e), fs.FormatFileInfo(i))
	}
	if e.Type() == fs.ModeSymlink {
		if links, ok := t.fsys.(fs.ReadLinkFS); ok {
			if _, err := links.ReadLink(name); err != nil {
				t.errorf("%s: ReadLink: %w", name, err)
			}
		}
		return
	}
	f, err := t.fsys.Open(name)
	if err != nil {
		t.errorf("%s: Open: %w", name, err)
		return
	}
	opened, err := f.Stat()
	f.Close()
	if err != nil {
		t.errorf("%s: Stat: %w", name, err)
		return
	}
	stat, err := fs.Stat(t.fsys, name)
	if err != nil {
		t.errorf("%s: fs.Stat: %w", name, err)
		return
	}
	want := fs.FormatFileInfo(i)
	for what, other := range map[string]fs.FileInfo{"file.Stat": opened, "fs.Stat": stat} {
		if got := fs.FormatFileInfo(other); got != want && !i.IsDir() {
			t.errorf("%s: mismatch:\n\tentry.Info() = %s\n\t%s() = %s", name, want, what, got)
		}
	}
}

// file checks the contents of a file.
func (t *tester) file(name string) {
	t.files = append(t.files, name)
	f, err := t.fsys.Open(name)
	if err != nil {
		t.errorf("%s: Open: %w", name, err)
		return
	}
	data, err := io.ReadAll(f)
	if err != nil {
		f.Close()
		t.errorf("%s: Open+ReadAll: %w", name, err)
		return
	}
	if err := f.Close(); err != nil {
		t.errorf("%s: Close: %w", name, err)
	}
	again, err := fs.ReadFile(t.fsys, name)
	if err != nil {
		t.errorf("%s: fs.ReadFile: %w", name, err)
	} else if !bytes.Equal(again, data) {
		t.errorf("%s: ReadAll vs fs.ReadFile: different contents", name)
	} else {
		// The bytes are the caller's.
		for i := range again {
			again[i]++
		}
		if third, err := fs.ReadFile(t.fsys, name); err != nil || !bytes.Equal(third, data) {
			t.errorf("%s: ReadFile returned memory of its own", name)
		}
	}
	if f, err = t.fsys.Open(name); err != nil {
		t.errorf("%s: second Open: %w", name, err)
		return
	}
	defer f.Close()
	if err := iotest.TestReader(f, data); err != nil {
		t.errorf("%s: failed TestReader:\n\t%s", name, strings.ReplaceAll(err.Error(), "\n", "\n\t"))
	}
}
