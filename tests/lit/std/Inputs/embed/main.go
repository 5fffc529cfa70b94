package main

import (
	"embed"
	"fmt"
	"io/fs"
	"testing/fstest"
)

//go:embed hello.txt
var hello string

// All that is a page.
//
//go:embed site
//go:embed *.txt
var site embed.FS

var (
	//go:embed data.bin
	data []byte

	//go:embed "all:site"
	all embed.FS

	size = len(hello) // depends on what is embedded
)

type text string

//go:embed hello.txt
var named text

var none embed.FS

func main() {
	fmt.Printf("%q %q %d %t\n", hello, data, size, string(named) == hello)
	fs.WalkDir(site, ".", func(path string, d fs.DirEntry, err error) error {
		fmt.Println(path, d, err)
		return nil
	})
	_, err := site.ReadFile("site/_draft.html")
	fmt.Println(err)
	draft, err := all.ReadFile("site/_draft.html")
	fmt.Printf("%q %v\n", draft, err)
	fmt.Println(fstest.TestFS(site, "hello.txt", "site/index.html", "site/css/a.css"), fstest.TestFS(none))
	_, err = site.ReadDir("hello.txt")
	fmt.Println(err)
	_, err = none.Open("x")
	fmt.Println(err)
	b, _ := site.ReadFile("hello.txt")
	b[0] = 'J'
	c, _ := site.ReadFile("hello.txt")
	fmt.Println(string(c) == hello, fstest.TestFS(site, "nope"))
	panic("line 55")
}
