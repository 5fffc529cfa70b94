// This file holds coverage: counters that instrumented packages register, and the profile that is written from them.

package testing

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"sync/atomic"
)

// CoverBlock is a range of source that is executed as a whole.
type CoverBlock struct {
	Line0 uint32 // of its begin
	Col0  uint16
	Line1 uint32 // of its end
	Col1  uint16
	Stmts uint16 // statements in it
}

// Cover is what instrumented packages count.
type Cover struct {
	Mode            string // set, count or atomic
	Counters        map[string][]uint32
	Blocks          map[string][]CoverBlock
	CoveredPackages string
}

var cover Cover

// RegisterCover is called by the main function that `gosubc test -cover` makes.
func RegisterCover(c Cover) { cover = c }

// CoverMode returns the value of -covermode, or "" without coverage.
func CoverMode() string { return cover.Mode }

// Coverage returns the part of statements that were executed so far, between 0 and 1; 0 without coverage.
func Coverage() float64 {
	var hit, total int
	for name, counts := range cover.Counters {
		for i := range counts {
			n := int(cover.Blocks[name][i].Stmts)
			total += n
			if atomic.LoadUint32(&counts[i]) > 0 {
				hit += n
			}
		}
	}
	if total == 0 {
		return 0
	}
	return float64(hit) / float64(total)
}

// reportCoverage prints the percentage and writes the profile.
func reportCoverage() {
	if cover.Mode == "" {
		return
	}
	if flags.coverProfile != "" {
		if err := writeCoverProfile(inOutputDir(flags.coverProfile)); err != nil {
			fmt.Fprintf(os.Stderr, "testing: %v\n", err)
			os.Exit(2)
		}
	}
	statements := 0
	for _, blocks := range cover.Blocks {
		for _, b := range blocks {
			statements += int(b.Stmts)
		}
	}
	if statements == 0 {
		fmt.Println("coverage: [no statements]")
		return
	}
	fmt.Printf("coverage: %.1f%% of statements%s\n", 100*Coverage(), cover.CoveredPackages)
}

func writeCoverProfile(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, "mode: %s\n", cover.Mode)
	names := make([]string, 0, len(cover.Counters))
	for name := range cover.Counters {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		counts := cover.Counters[name]
		for i, b := range cover.Blocks[name] {
			n := atomic.LoadUint32(&counts[i])
			fmt.Fprintf(w, "%s:%d.%d,%d.%d %d %d\n", name, b.Line0, b.Col0, b.Line1, b.Col1, b.Stmts, n)
		}
	}
	return w.Flush()
}
