// Matmul: three nested loops over slices of slices.
// Group: compute
package main

func matrix(n int, seed float64) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		for j := range m[i] {
			m[i][j] = seed * float64(i-j) * float64(i+j) / float64(n) / float64(n)
		}
	}
	return m
}

func mul(a, b [][]float64) [][]float64 {
	n := len(a)
	c := matrix(n, 0)
	for i, row := range a {
		out := c[i]
		for k, x := range row {
			for j, y := range b[k] {
				out[j] += x * y
			}
		}
	}
	return c
}

func main() {
	n := 700
	a, b := matrix(n, 1), matrix(n, 2)
	var c [][]float64
	for range 4 {
		c = mul(a, b)
	}
	println(int(c[n/2][n/2] * 1000))
}
