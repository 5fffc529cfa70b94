// fmt.Fprintf with the usual verbs.
// Group: library
package main

import (
	"fmt"
	"io"
)

type point struct{ X, Y int }

func main() {
	w := io.Discard
	n := 0
	for i := range 500000 {
		k, _ := fmt.Fprintf(w, "%d: %s = %v\n", i, "name", i*2)
		n += k
		k, _ = fmt.Fprintf(w, "%6.2f|%-8s|%08x|%q|%t\n", float64(i)/7, "left", i, "quoted", i&1 == 0)
		n += k
		k, _ = fmt.Fprintf(w, "%v %+v %T\n", point{i, 1}, &point{2, i}, i)
		n += k
	}
	println(n)
}
