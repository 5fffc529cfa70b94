// Spectralnorm: divisions in a nested loop.
// Group: compute
package main

import "math"

func a(i, j int) float64 { return 1 / float64((i+j)*(i+j+1)/2+i+1) }

func times(v, u []float64) {
	for i := range v {
		var s float64
		for j, x := range u {
			s += a(i, j) * x
		}
		v[i] = s
	}
}

func timesTransposed(v, u []float64) {
	for i := range v {
		var s float64
		for j, x := range u {
			s += a(j, i) * x
		}
		v[i] = s
	}
}

func main() {
	n := 2000
	u, v, t := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range u {
		u[i] = 1
	}
	for range 10 {
		times(t, u)
		timesTransposed(v, t)
		times(t, v)
		timesTransposed(u, t)
	}
	var vbv, vv float64
	for i := range v {
		vbv += u[i] * v[i]
		vv += v[i] * v[i]
	}
	println(int(math.Sqrt(vbv/vv) * 1e9))
}
