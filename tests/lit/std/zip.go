// RUN: %gosubc run %s | sed 's/0x[0-9a-f]*/PTR/g' | diff %S/Inputs/zip.out -
// Package zip: reading a whole, a cut and a damaged archive, as Go does.

package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"testing/fstest"
)

func show(d []byte) {
	z, err := zip.NewReader(bytes.NewReader(d), int64(len(d)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%q %d\n", z.Comment, len(z.File))
	for _, f := range z.File {
		off, err := f.DataOffset()
		fmt.Println(f.Name, f.Comment, f.NonUTF8, f.Method, f.Mode(), f.Modified, f.ModTime(), f.CRC32, f.CompressedSize64, f.UncompressedSize64, f.Flags, f.FileInfo().Name(), f.FileInfo().IsDir(), off, err)
		r, err := f.Open()
		if err != nil {
			fmt.Println(err)
			continue
		}
		b, err := io.ReadAll(r)
		fmt.Println(len(b), crc32.ChecksumIEEE(b), err, r.Close())
	}
}

func main() {
	d, _ := base64.StdEncoding.DecodeString("UEsDBBQAAAAIAAU5plDzMaINDgAAAFgCAAAHAAAAYS9iLnR4dMtIzcnJV8gYJUdJqpIAUEsDBBQAAAAAAAU5plIAAAAAAAAAAAAAAAAEAAAAZGlyL1BLAwQUAAAIAAB9v58nc4wFKQABAAAAAQAABgAAAMOpLmJpbgABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9AQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5/gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp+goaKjpKWmp6ipqqusra6vsLGys7S1tre4ubq7vL2+v8DBwsPExcbHyMnKy8zNzs/Q0dLT1NXW19jZ2tvc3d7f4OHi4+Tl5ufo6err7O3u7/Dx8vP09fb3+Pn6+/z9/v9QSwECFAMUAAAACAAFOaZQ8zGiDQ4AAABYAgAABwAAAAAAAAAAAAAApIEAAAAAYS9iLnR4dFBLAQIUAxQAAAAAAAU5plIAAAAAAAAAAAAAAAAEAAAAAAAAAAAAEADtQTMAAABkaXIvUEsBAhQDFAAACAAAfb+fJ3OMBSkAAQAAAAEAAAYAAAABAAAAAAAAAO2JVQAAAMOpLmJpbmNQSwUGAAAAAAMAAwCcAAAAeQEAAAsAdGhlIGNvbW1lbnQ=")
	show(d)
	show(append([]byte("prefix"), d...))
	show(append(bytes.Clone(d), 0, 0))
	for _, n := range []int{0, 10, 100, len(d) - 1, len(d) - 12} {
		show(d[:n])
	}
	for i := 0; i < len(d); i += 43 {
		b := bytes.Clone(d)
		b[i] ^= 0x11
		show(b)
	}
	tree(d)
}

// tree shows the archive as a file system.
func tree(d []byte) {
	z, _ := zip.NewReader(bytes.NewReader(d), int64(len(d)))
	fs.WalkDir(z, ".", func(p string, d fs.DirEntry, err error) error {
		info, err2 := d.Info()
		fmt.Println(p, d, err, info.Name(), info.Size(), info.Mode(), info.ModTime(), err2)
		return nil
	})
	b, err := fs.ReadFile(z, "a/b.txt")
	fmt.Println(len(b), err)
	for _, name := range []string{"", "a/", "../a", "b", "a/b.txt/c"} {
		_, err := z.Open(name)
		fmt.Println(err)
	}
	dir, _ := z.Open("a")
	_, err = dir.Read(nil)
	fmt.Println(err)
	list, err := dir.(fs.ReadDirFile).ReadDir(1)
	fmt.Println(list, err)
	list, err = dir.(fs.ReadDirFile).ReadDir(1)
	fmt.Println(list, err)
	fmt.Println(fstest.TestFS(z, "a/b.txt"))
}
