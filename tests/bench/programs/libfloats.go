// Floating-point numbers to text: shortest, with a fixed number of digits, and back.
// Group: library
package main

import "strconv"

func main() {
	sum := 0
	var buf [64]byte
	x := 1.0
	for i := range 1000000 {
		f := float64(i) * 1.37
		sum += len(strconv.FormatFloat(f, 'g', -1, 64))
		sum += len(strconv.AppendFloat(buf[:0], f, 'f', 2, 64))
		sum += len(strconv.AppendFloat(buf[:0], x, 'e', -1, 64))
		sum += len(strconv.AppendFloat(buf[:0], x, 'e', 10, 64))
		x *= 1.0007
		if x > 1e300 {
			x = 1e-300
		}
	}
	println(sum)
}
