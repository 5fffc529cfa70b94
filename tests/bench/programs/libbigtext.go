// Large integers to decimal text and back.
// Group: library
package main

import "math/big"

func main() {
	x := new(big.Int).Exp(big.NewInt(7), big.NewInt(30000), nil)
	small := new(big.Int).Exp(big.NewInt(7), big.NewInt(60), nil)
	total := 0
	for range 40 {
		s := x.String()
		total += len(s)
		y, ok := new(big.Int).SetString(s, 10)
		if !ok || y.Cmp(x) != 0 {
			panic("differs")
		}
	}
	for range 500000 {
		total += len(small.String())
	}
	println(total)
}
