// gzip of text at level 6, and back.
// Group: library
package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"strconv"
)

func main() {
	var text bytes.Buffer
	seed := uint32(1)
	for i := 0; text.Len() < 2<<20; i++ {
		seed = seed*1664525 + 1013904223
		text.WriteString("line " + strconv.Itoa(i) + ": user=" + strconv.Itoa(int(seed>>22)) + " asked for /items/" + strconv.Itoa(int(seed>>12)) + "?view=full\n")
	}
	total := 0
	var packed bytes.Buffer
	for range 4 {
		packed.Reset()
		w := gzip.NewWriter(&packed)
		w.Write(text.Bytes())
		w.Close()
	}
	for range 8 {
		r, err := gzip.NewReader(bytes.NewReader(packed.Bytes()))
		if err != nil {
			panic(err)
		}
		n, err := io.Copy(io.Discard, r)
		if err != nil {
			panic(err)
		}
		total += int(n)
	}
	println(total, packed.Len() < text.Len()/3)
}
