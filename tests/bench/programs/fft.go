// Fast Fourier transform over complex numbers.
// Group: compute
package main

import "math"

func fft(a []complex128, invert bool) {
	n := len(a)
	for i, j := 1, 0; i < n; i++ {
		bit := n >> 1
		for ; j&bit != 0; bit >>= 1 {
			j ^= bit
		}
		j ^= bit
		if i < j {
			a[i], a[j] = a[j], a[i]
		}
	}
	for size := 2; size <= n; size *= 2 {
		angle := 2 * math.Pi / float64(size)
		if invert {
			angle = -angle
		}
		root := complex(math.Cos(angle), math.Sin(angle))
		for i := 0; i < n; i += size {
			w := complex(1, 0)
			for j := 0; j < size/2; j++ {
				u, v := a[i+j], a[i+j+size/2]*w
				a[i+j], a[i+j+size/2] = u+v, u-v
				w *= root
			}
		}
	}
}

func main() {
	a := make([]complex128, 1<<16)
	for i := range a {
		a[i] = complex(float64(i%17), float64(i%5))
	}
	for range 20 {
		fft(a, false)
		fft(a, true)
		for i := range a {
			a[i] /= complex(float64(len(a)), 0)
		}
	}
	println(int(real(a[16])*1000+0.5), int(imag(a[4])*1000+0.5))
}
