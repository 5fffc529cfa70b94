// Queens: backtracking with bit masks.
// Group: compute
package main

func place(n int, cols, left, right uint) int {
	all := uint(1)<<n - 1
	if cols == all {
		return 1
	}
	count := 0
	for free := all &^ (cols | left | right); free != 0; free &= free - 1 {
		bit := free & -free
		count += place(n, cols|bit, (left|bit)<<1, (right|bit)>>1)
	}
	return count
}

func main() { println(place(14, 0, 0, 0)) }
