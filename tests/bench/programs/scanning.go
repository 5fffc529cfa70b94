// Lines and words read with bufio.
// Group: io
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func main() {
	text := strings.Repeat("a line with some words in it, and a number 12345\n", 200000)
	lines, words, bytes := 0, 0, 0
	for range 3 {
		s := bufio.NewScanner(strings.NewReader(text))
		for s.Scan() {
			lines++
			bytes += len(s.Text())
		}
		s = bufio.NewScanner(strings.NewReader(text))
		s.Split(bufio.ScanWords)
		for s.Scan() {
			words++
		}
		r := bufio.NewReader(strings.NewReader(text))
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				break
			}
			bytes += len(line)
		}
	}
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for i := range 300000 {
		if i%1000 == 0 {
			fmt.Fprintln(w, i, lines, words, bytes)
		}
		w.WriteByte('.')
	}
}
