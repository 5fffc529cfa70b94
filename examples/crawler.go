// Crawler follows the links of HTML files in a tree of folders, with several
// workers at once, and reports the pages that it reached, those that nothing
// leads to, and links that lead nowhere. Without a folder it makes a small tree
// and crawls that.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

var link = regexp.MustCompile(`(?i)<a\s[^>]*href\s*=\s*["']([^"'#?]*)[^"']*["']`)

// page is what a worker found.
type page struct {
	name  string
	depth int
	bytes int
	links []string
	err   error
}

// read reads a page and its links to other pages of the tree.
func read(tree fs.FS, name string, depth int) page {
	p := page{name: name, depth: depth}
	b, err := fs.ReadFile(tree, name)
	if err != nil {
		p.err = err
		return p
	}
	p.bytes = len(b)
	for _, m := range link.FindAllSubmatch(b, -1) {
		to := string(m[1])
		if to == "" || strings.Contains(to, ":") {
			continue // within the page, or to another host
		}
		if !strings.HasPrefix(to, "/") {
			to = path.Join(path.Dir(name), to)
		}
		p.links = append(p.links, strings.TrimPrefix(path.Clean(to), "/"))
	}
	return p
}

// crawl follows links from one page on.
func crawl(tree fs.FS, start string, workers int) map[string]page {
	type job struct {
		name  string
		depth int
	}
	jobs := make(chan job)
	results := make(chan page)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				results <- read(tree, j.name, j.depth)
			}
		})
	}
	seen := map[string]bool{start: true}
	done := map[string]page{}
	level := []job{{start, 0}}
	// One level after another, so that a page's depth is its distance.
	for len(level) > 0 {
		go func() {
			for _, j := range level {
				jobs <- j
			}
		}()
		var next []job
		for range level {
			p := <-results
			done[p.name] = p
			for _, to := range p.links {
				if !seen[to] {
					seen[to] = true
					next = append(next, job{to, p.depth + 1})
				}
			}
		}
		level = next
	}
	close(jobs)
	wg.Wait()
	return done
}

// sample makes a tree to crawl.
func sample() string {
	dir, err := os.MkdirTemp("", "crawler")
	if err != nil {
		log.Fatal(err)
	}
	pages := map[string]string{
		"index.html":       `<h1>Start</h1> <a href="a/one.html">one</a> <A HREF='/b/two.html#top'>two</A> <a href="https://go.dev">out</a>`,
		"a/one.html":       `<a href="../index.html">back</a> <a class="x" href="three.html?q=1">three</a>`,
		"a/three.html":     `<a href="missing.html">nothing</a> <a href="#here">here</a>`,
		"b/two.html":       `<a href="deep/four.html">four</a> <a href="../a/one.html">one</a>`,
		"b/deep/four.html": strings.Repeat("<p>text</p>\n", 100),
		"b/lonely.html":    `<a href="two.html">two</a>`,
	}
	for i := range 50 {
		pages[fmt.Sprintf("n/%d.html", i)] = fmt.Sprintf(`<a href="%d.html">next</a> <a href="%d.html">other</a>`, (i+1)%50, i*7%50)
	}
	pages["b/deep/four.html"] += `<a href="/n/0.html">chain</a>`
	for name, text := range pages {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			log.Fatal(err)
		}
	}
	return dir
}

func main() {
	dir := ""
	if len(os.Args) > 1 {
		dir = os.Args[1]
	} else {
		dir = sample()
		defer os.RemoveAll(dir)
	}
	tree := os.DirFS(dir)
	found := crawl(tree, "index.html", 8)

	byDepth := map[int]int{}
	size, links, deepest := 0, 0, 0
	var broken []string
	for _, p := range found {
		switch {
		case errors.Is(p.err, fs.ErrNotExist):
			broken = append(broken, p.name)
			continue
		case p.err != nil:
			broken = append(broken, p.name+": "+p.err.Error())
			continue
		}
		byDepth[p.depth]++
		size += p.bytes
		links += len(p.links)
		deepest = max(deepest, p.depth)
	}
	var lonely []string
	fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if _, ok := found[name]; err == nil && !ok && !d.IsDir() && path.Ext(name) == ".html" {
			lonely = append(lonely, name)
		}
		return nil
	})
	fmt.Printf("%d pages, %d bytes, %d links\n", len(found)-len(broken), size, links)
	for d := range deepest + 1 {
		fmt.Printf("distance %d: %d\n", d, byDepth[d])
	}
	slices.SortFunc(broken, cmp.Compare)
	fmt.Println("broken:", strings.Join(broken, ", "))
	fmt.Println("never reached:", strings.Join(lonely, ", "))
}
