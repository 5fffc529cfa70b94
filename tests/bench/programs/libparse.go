// Text to floating-point numbers and integers.
// Group: library
package main

import "strconv"

func main() {
	texts := []string{"3.25", "1e100", "0.1", "123456.789", "6.02214076e23", "2.2250738585072014e-308", "17", "-0.000123"}
	ints := []string{"0", "42", "-1234567", "9223372036854775807", "0x7f", "1_000"}
	sum, n := 0.0, int64(0)
	for i := range 4000000 {
		f, err := strconv.ParseFloat(texts[i%len(texts)], 64)
		if err != nil {
			panic(err)
		}
		if f < 1e6 {
			sum += f
		}
		v, err := strconv.ParseInt(ints[i%len(ints)], 0, 64)
		if err != nil {
			panic(err)
		}
		n += v
	}
	println(int(sum), n)
}
