// Wordcount counts lines, words and letters of its input files (or of a text of
// its own) and lists the most frequent words.
package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"
)

const sample = `It was the best of times, it was the worst of times,
it was the age of wisdom, it was the age of foolishness,
it was the epoch of belief, it was the epoch of incredulity,
it was the season of Light, it was the season of Darkness`

// Stats is what is counted.
type Stats struct {
	Lines, Words, Letters int
	Freq                  map[string]int
}

// Add counts what r has.
func (s *Stats) Add(r io.Reader) error {
	in := bufio.NewScanner(r)
	for in.Scan() {
		s.Lines++
		for _, w := range strings.FieldsFunc(in.Text(), func(r rune) bool { return !unicode.IsLetter(r) }) {
			s.Words++
			s.Letters += len([]rune(w))
			s.Freq[strings.ToLower(w)]++
		}
	}
	return in.Err()
}

func main() {
	s := Stats{Freq: map[string]int{}}
	if len(os.Args) < 2 {
		s.Add(strings.NewReader(sample))
	}
	for _, name := range os.Args[1:] {
		f, err := os.Open(name)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := s.Add(f); err != nil {
			fmt.Fprintln(os.Stderr, name, err)
		}
		f.Close()
	}
	fmt.Printf("%d lines, %d words, %d letters, %d different words\n", s.Lines, s.Words, s.Letters, len(s.Freq))
	words := slices.SortedFunc(maps.Keys(s.Freq), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.Freq[b], s.Freq[a]), strings.Compare(a, b))
	})
	for _, w := range words[:min(8, len(words))] {
		fmt.Printf("%6d %-10s %s\n", s.Freq[w], w, strings.Repeat("#", s.Freq[w]))
	}
}
