// fmt into memory: verbs, widths, structs.
// Group: io
package main

import (
	"bytes"
	"fmt"
)

type point struct {
	X, Y int
	Name string
}

func main() {
	var b bytes.Buffer
	n := 0
	for i := range 300000 {
		b.Reset()
		fmt.Fprintf(&b, "%d %s %5.2f %x %q", i, "text", float64(i)/3, i, "q")
		fmt.Fprintf(&b, "%v %+v", point{i, 2, "p"}, &point{1, i, "q"})
		fmt.Fprintln(&b, i, "and", true, 'x')
		n += b.Len() + len(fmt.Sprint(i, "x", i)) + len(fmt.Sprintf("%08b|%-10s|", i, "left"))
	}
	println(n)
}
