// This file holds the methods that find: the first match, or all in a slice.

package regexp

import (
	"io"
	"unicode/utf8"
)

// groups is the number of positions that matches with all groups have.
func (re *Regexp) groups() int { return 2 * len(re.names) }

// each calls f with the first n matches (all if n < 0) in s, until it returns
// false. The slice is used again.
func (re *Regexp) each(s string, n, ncap int, f func(m []int) bool) {
	var m []int
	end := -1 // of the last match
	for pos := 0; pos <= len(s) && n != 0; {
		m = re.find(s, pos, ncap, m[:0])
		if m == nil {
			return
		}
		empty := m[0] == m[1]
		skip := empty && m[0] == end
		end = m[1]
		if m[1] > pos {
			pos = m[1]
		} else if pos < len(s) {
			_, w := utf8.DecodeRuneInString(s[pos:])
			pos += w
		} else {
			pos++
		}
		if skip {
			continue
		}
		n--
		if !f(m) {
			return
		}
	}
}

// piece is the part of b between two positions; nil if there is none.
func piece(b []byte, from, to int) []byte {
	if from < 0 {
		return nil
	}
	return b[from:to:to]
}

func pieces(b []byte, m []int) [][]byte {
	list := make([][]byte, len(m)/2)
	for i := range list {
		list[i] = piece(b, m[2*i], m[2*i+1])
	}
	return list
}

func strs(s string, m []int) []string {
	list := make([]string, len(m)/2)
	for i := range list {
		if m[2*i] >= 0 {
			list[i] = s[m[2*i]:m[2*i+1]]
		}
	}
	return list
}

// Find returns the text of the first match in b, nil if there is none.
func (re *Regexp) Find(b []byte) []byte {
	var room [2]int
	m := re.find(text(b), 0, 2, room[:0])
	if m == nil {
		return nil
	}
	return piece(b, m[0], m[1])
}

// FindIndex returns where the first match in b is, nil if there is none.
func (re *Regexp) FindIndex(b []byte) []int { return re.find(text(b), 0, 2, nil) }

// FindString returns the text of the first match in s, empty if there is none.
func (re *Regexp) FindString(s string) string {
	var room [2]int
	m := re.find(s, 0, 2, room[:0])
	if m == nil {
		return ""
	}
	return s[m[0]:m[1]]
}

// FindStringIndex is FindIndex for a string.
func (re *Regexp) FindStringIndex(s string) []int { return re.find(s, 0, 2, nil) }

// FindSubmatch returns the texts of the first match in b and of its groups.
func (re *Regexp) FindSubmatch(b []byte) [][]byte {
	var room [8]int
	m := re.find(text(b), 0, re.groups(), room[:0])
	if m == nil {
		return nil
	}
	return pieces(b, m)
}

// FindSubmatchIndex returns where the first match in b and its groups are.
func (re *Regexp) FindSubmatchIndex(b []byte) []int { return re.find(text(b), 0, re.groups(), nil) }

// FindStringSubmatch is FindSubmatch for a string.
func (re *Regexp) FindStringSubmatch(s string) []string {
	var room [8]int
	m := re.find(s, 0, re.groups(), room[:0])
	if m == nil {
		return nil
	}
	return strs(s, m)
}

// FindStringSubmatchIndex is FindSubmatchIndex for a string.
func (re *Regexp) FindStringSubmatchIndex(s string) []int { return re.find(s, 0, re.groups(), nil) }

// FindReaderIndex returns where the first match in what r gives is, in bytes.
func (re *Regexp) FindReaderIndex(r io.RuneReader) []int { return re.findReader(r, 2) }

// FindReaderSubmatchIndex is FindReaderIndex with the groups.
func (re *Regexp) FindReaderSubmatchIndex(r io.RuneReader) []int {
	return re.findReader(r, re.groups())
}

// collect makes the slice of the FindAll methods.
func collect[T any](re *Regexp, s string, n, ncap int, make func(m []int) T) []T {
	var list []T
	re.each(s, n, ncap, func(m []int) bool {
		list = append(list, make(m))
		return true
	})
	return list
}

func clone(m []int) []int { return append([]int(nil), m...) }

// FindAll returns the texts of the first n matches in b.
func (re *Regexp) FindAll(b []byte, n int) [][]byte {
	return collect(re, text(b), n, 2, func(m []int) []byte { return piece(b, m[0], m[1]) })
}

// FindAllIndex returns where the first n matches in b are.
func (re *Regexp) FindAllIndex(b []byte, n int) [][]int { return collect(re, text(b), n, 2, clone) }

// FindAllString returns the texts of the first n matches in s.
func (re *Regexp) FindAllString(s string, n int) []string {
	return collect(re, s, n, 2, func(m []int) string { return s[m[0]:m[1]] })
}

// FindAllStringIndex returns where the first n matches in s are.
func (re *Regexp) FindAllStringIndex(s string, n int) [][]int { return collect(re, s, n, 2, clone) }

// FindAllSubmatch is FindAll with the groups.
func (re *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	return collect(re, text(b), n, re.groups(), func(m []int) [][]byte { return pieces(b, m) })
}

// FindAllSubmatchIndex is FindAllIndex with the groups.
func (re *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return collect(re, text(b), n, re.groups(), clone)
}

// FindAllStringSubmatch is FindAllString with the groups.
func (re *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return collect(re, s, n, re.groups(), func(m []int) []string { return strs(s, m) })
}

// FindAllStringSubmatchIndex is FindAllStringIndex with the groups.
func (re *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return collect(re, s, n, re.groups(), clone)
}
