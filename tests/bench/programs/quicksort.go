// Quicksort and insertion sort of ints.
// Group: compute
package main

func sort(a []int) {
	for len(a) > 12 {
		p := a[len(a)/2]
		i, j := 0, len(a)-1
		for i <= j {
			for a[i] < p {
				i++
			}
			for a[j] > p {
				j--
			}
			if i <= j {
				a[i], a[j] = a[j], a[i]
				i++
				j--
			}
		}
		if j+1 < len(a)-i {
			sort(a[:j+1])
			a = a[i:]
		} else {
			sort(a[i:])
			a = a[:j+1]
		}
	}
	for i := 1; i < len(a); i++ {
		for j := i; j > 0 && a[j] < a[j-1]; j-- {
			a[j], a[j-1] = a[j-1], a[j]
		}
	}
}

func main() {
	a := make([]int, 1000000)
	sum := 0
	seed := uint64(1)
	for range 6 {
		for i := range a {
			seed = seed*6364136223846793005 + 1442695040888963407
			a[i] = int(seed >> 33)
		}
		sort(a)
		sum += a[len(a)/2]
	}
	println(sum)
}
