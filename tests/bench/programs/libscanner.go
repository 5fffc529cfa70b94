// bufio.Scanner by lines and by words.
// Group: library
package main

import (
	"bufio"
	"strings"
)

func main() {
	text := strings.Repeat("a line with some words in it, and a number 12345\nshort\n\nanother line, somewhat longer than the first one of the text\n", 20000)
	lines, words, bytes := 0, 0, 0
	for range 12 {
		s := bufio.NewScanner(strings.NewReader(text))
		for s.Scan() {
			lines++
			bytes += len(s.Bytes())
		}
	}
	for range 4 {
		s := bufio.NewScanner(strings.NewReader(text))
		s.Split(bufio.ScanWords)
		for s.Scan() {
			words++
			bytes += len(s.Text())
		}
	}
	println(lines, words, bytes)
}
