// This file holds the Zipf distribution.

package rand

import "math"

// Zipf draws numbers of a Zipf distribution.
type Zipf struct {
	r      *Rand
	imax   float64
	v      float64
	q      float64
	s      float64
	minusQ float64 // 1 - q
	inv    float64 // 1 / (1 - q)
	hxm    float64
	span   float64 // h(x0) - h(imax)
}

// h is the integral of the density.
func (z *Zipf) h(x float64) float64 {
	return math.Exp(z.minusQ*math.Log(z.v+x)) * z.inv
}

// hinv is the inverse of h.
func (z *Zipf) hinv(x float64) float64 {
	return math.Exp(z.inv*math.Log(z.minusQ*x)) - z.v
}

// NewZipf returns a Zipf that draws numbers k from 0 to imax, with
// probabilities proportional to (v+k)**-s. For s <= 1 or v < 1 it returns nil.
func NewZipf(r *Rand, s float64, v float64, imax uint64) *Zipf {
	if s <= 1.0 || v < 1 {
		return nil
	}
	// Rejection-inversion, after Hörmann and Derflinger.
	z := &Zipf{r: r, imax: float64(imax), v: v, q: s}
	z.minusQ = 1.0 - z.q
	z.inv = 1.0 / z.minusQ
	z.hxm = z.h(z.imax + 0.5)
	z.span = z.h(0.5) - math.Exp(math.Log(z.v)*(-z.q)) - z.hxm
	z.s = 1 - z.hinv(z.h(1.5)-math.Exp(-z.q*math.Log(z.v+1.0)))
	return z
}

// Uint64 draws a number.
func (z *Zipf) Uint64() uint64 {
	if z == nil {
		panic("rand: nil Zipf")
	}
	for {
		u := z.hxm + z.r.Float64()*z.span
		x := z.hinv(u)
		k := math.Floor(x + 0.5)
		if k-x <= z.s || u >= z.h(k+0.5)-math.Exp(-math.Log(k+z.v)*z.q) {
			return uint64(k)
		}
	}
}
