// Mandelbrot: floating-point arithmetic in a data-dependent loop.
// Group: compute
package main

func main() {
	const n = 1600
	sum := 0
	for y := range n {
		for x := range n {
			cr, ci := 2*float64(x)/n-1.5, 2*float64(y)/n-1
			zr, zi, k := 0.0, 0.0, 0
			for ; k < 50 && zr*zr+zi*zi <= 4; k++ {
				zr, zi = zr*zr-zi*zi+cr, 2*zr*zi+ci
			}
			sum += k
		}
	}
	println(sum)
}
