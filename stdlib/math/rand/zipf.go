// This file holds the Zipf distribution.

package rand

import "math"

// Zipf draws numbers of a Zipf distribution.
type Zipf struct {
	r *Rand
	decay
	// Numbers x with x's integral in this range are drawn.
	from, extent float64
	// So near above a drawn number, it is accepted without a look at the decay.
	near float64
}

// decay is the function 1/(v+x)**q.
type decay struct{ v, q, p, invP float64 } // p is 1-q, invP 1/p

func (d *decay) at(x float64) float64 { return math.Exp(-d.q * math.Log(d.v+x)) }

// integral is the function's, from infinity.
func (d *decay) integral(x float64) float64 { return math.Exp(d.p*math.Log(d.v+x)) * d.invP }

// where returns what has a given integral.
func (d *decay) where(integral float64) float64 {
	return math.Exp(d.invP*math.Log(d.p*integral)) - d.v
}

// NewZipf returns a Zipf that draws numbers k from 0 to imax, with
// probabilities proportional to (v+k)**-s. For s <= 1 or v < 1 it returns nil.
func NewZipf(r *Rand, s float64, v float64, imax uint64) *Zipf {
	if v < 1 || s <= 1 {
		return nil
	}
	// Rejection-inversion, after Hörmann and Derflinger: the bar for k stands
	// between k-1/2 and k+1/2, that for 0 is cut to its height.
	d := decay{v: v, q: s, p: 1 - s, invP: 1 / (1 - s)}
	from := d.integral(float64(imax) + 0.5)
	return &Zipf{
		r:      r,
		decay:  d,
		from:   from,
		extent: d.integral(0.5) - d.at(0) - from,
		near:   1 - d.where(d.integral(1.5)-d.at(1)),
	}
}

// Uint64 draws a number.
func (z *Zipf) Uint64() uint64 {
	if z == nil {
		panic("rand: nil Zipf")
	}
	for {
		area := z.from + z.extent*z.r.Float64()
		x := z.where(area)
		k := math.Floor(x + 0.5)
		if k-x <= z.near || area >= z.integral(k+0.5)-z.at(k) {
			return uint64(k)
		}
	}
}
