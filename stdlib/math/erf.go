// This file holds the error functions and their inverses.

package math

// Constants of FreeBSD's erf.
const (
	erfX  = 8.45062911510467529297e-01
	erfE  = 1.28379167095512586316e-01
	erfE8 = 1.02703333676410069053e+00
)

// erfTail returns what is left to 1, but for a division by x, for the error
// function of x >= 1.25.
func erfTail(x float64) float64 {
	s := 1 / (x * x)
	var r, q float64
	if x < 1/0.35 {
		r, q = up(s, erfRA[:]), up(s, erfSA[:])
	} else {
		r, q = up(s, erfRB[:]), up(s, erfSB[:])
	}
	z := Float64frombits(Float64bits(x) & 0xffffffff00000000)
	return Exp(-z*z-0.5625) * Exp((z-x)*(z+x)+r/q)
}

// Erf returns the error function of x.
func Erf(x float64) float64 {
	const (
		veryTiny = 2.848094538889218e-306
		small    = 1.0 / (1 << 28)
	)
	if x != x {
		return NaN()
	}
	neg := x < 0
	if neg {
		x = -x
	}
	var y float64
	switch {
	case x < veryTiny:
		y = 0.125 * (8.0*x + erfE8*x)
	case x < small:
		y = x + erfE*x
	case x < 0.84375:
		z := x * x
		y = x + x*(up(z, erfPP[:])/up(z, erfQQ[:]))
	case x < 1.25:
		s := x - 1
		y = erfX + up(s, erfPA[:])/up(s, erfQA[:])
	case x >= 6:
		y = 1
	default:
		y = 1 - erfTail(x)/x
	}
	if neg {
		return -y
	}
	return y
}

// Erfc returns 1 - Erf(x), more exactly for large x.
func Erfc(x float64) float64 {
	const tiny = 1.0 / (1 << 56)
	if x != x {
		return NaN()
	}
	neg := x < 0
	if neg {
		x = -x
	}
	switch {
	case x < 0.84375:
		y := x
		if x >= tiny {
			z := x * x
			f := up(z, erfPP[:]) / up(z, erfQQ[:])
			if x < 0.25 {
				y = x + x*f
			} else {
				y = 0.5 + (x*f + (x - 0.5))
			}
		}
		if neg {
			return 1 + y
		}
		return 1 - y
	case x < 1.25:
		s := x - 1
		f := up(s, erfPA[:]) / up(s, erfQA[:])
		if neg {
			return 1 + erfX + f
		}
		return 1 - erfX - f
	case x < 28 && !(neg && x > 6):
		r := erfTail(x) / x
		if neg {
			return 2 - r
		}
		return r
	}
	if neg {
		return 2
	}
	return 0
}

// Coefficients of Wichura's algorithm AS 241, scaled for the error function;
// the constant term first. The fractions are for: x up to 0.85; larger ones;
// and those next to 1.
var (
	inverseA = [...]float64{
		1.1975323115670912564578e0, 4.7072688112383978012285e1, 6.9706266534389598238465e2, 4.8548868893843886794648e3,
		1.6235862515167575384252e4, 2.3782041382114385731252e4, 1.1819493347062294404278e4, 8.8709406962545514830200e2,
	}
	inverseB = [...]float64{
		1.0000000000000000000e0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
		2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
	}
	inverseC = [...]float64{
		1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
		1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
	}
	inverseD = [...]float64{
		1.4142135623730950488016887e0, 2.9036514445419946173133295e0, 2.3707661626024532365971225e0, 9.7547832001787427186894837e-1,
		2.0945065210512749128288442e-1, 2.1494160384252876777097297e-2, 7.7441459065157709165577218e-4, 1.4859850019840355905497876e-9,
	}
	inverseE = [...]float64{
		6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
		2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
	}
	inverseF = [...]float64{
		1.414213562373095048801689e0, 8.482908416595164588112026e-1, 1.936480946950659106176712e-1, 2.103693768272068968719679e-2,
		1.112800997078859844711555e-3, 2.611088405080593625138020e-5, 2.010321207683943062279931e-7, 2.891024605872965461538222e-15,
	}
)

// Erfinv returns the inverse of the error function. It is infinite for 1 and
// -1, and a NaN beyond.
func Erfinv(x float64) float64 {
	if x != x || x <= -1 || x >= 1 {
		if x == -1 || x == 1 {
			return Inf(int(x))
		}
		return NaN()
	}
	neg := x < 0
	if neg {
		x = -x
	}
	var y float64
	if x <= 0.85 {
		r := 0.180625 - 0.25*x*x
		y = (x * up(r, inverseA[:])) / up(r, inverseB[:])
	} else {
		r := Sqrt(Ln2 - Log(1.0-x))
		if r <= 5.0 {
			r -= 1.6
			y = up(r, inverseC[:]) / up(r, inverseD[:])
		} else {
			r -= 5.0
			y = up(r, inverseE[:]) / up(r, inverseF[:])
		}
	}
	if neg {
		return -y
	}
	return y
}

// Erfcinv returns the inverse of Erfc. It is infinite for 0 and 2, and a NaN
// beyond.
func Erfcinv(x float64) float64 { return Erfinv(1 - x) }
