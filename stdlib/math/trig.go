// This file holds sine, cosine and tangent.

package math

import "math/bits"

// The parts of pi/4 that arguments are reduced by.
const (
	pi4A = 7.85398125648498535156e-1
	pi4B = 3.77489470793079817668e-8
	pi4C = 2.69515142907905952645e-15

	// farArgument is where these parts no longer do.
	farArgument = 1 << 29
)

// octant takes multiples of pi/4 away from x >= 0. It returns how many, modulo
// 8 and made even, and what is left.
func octant(x float64) (j uint64, z float64) {
	if x >= farArgument {
		return octantFar(x)
	}
	j = uint64(x * (4 / Pi))
	y := float64(j)
	if j&1 == 1 {
		j++
		y++
	}
	return j & 7, ((x - y*pi4A) - y*pi4B) - y*pi4C
}

// octantFar is octant for large x, after Payne and Hanek: x is multiplied by
// those digits of 4/pi that matter.
func octantFar(x float64) (j uint64, z float64) {
	b := Float64bits(x)
	exp := int(b>>fracBits&expMask) - expBias - fracBits
	m := b&fracMask | 1<<fracBits
	word, shift := uint(exp+61)/64, uint(exp+61)%64
	z0 := fourOverPi[word]<<shift | fourOverPi[word+1]>>(64-shift)
	z1 := fourOverPi[word+1]<<shift | fourOverPi[word+2]>>(64-shift)
	z2 := fourOverPi[word+2]<<shift | fourOverPi[word+3]>>(64-shift)
	z2hi, _ := bits.Mul64(z2, m)
	z1hi, z1lo := bits.Mul64(z1, m)
	lo, carry := bits.Add64(z1lo, z2hi, 0)
	hi, _ := bits.Add64(z0*m, z1hi, carry)
	// The top three bits are the octant, the others what is left.
	j = hi >> 61
	hi = hi<<3 | lo>>61
	zeros := uint(bits.LeadingZeros64(hi))
	e := uint64(expBias - (zeros + 1))
	hi = hi<<(zeros+1) | lo>>(64-(zeros+1))
	hi >>= 64 - fracBits
	z = Float64frombits(hi | e<<fracBits)
	if j&1 == 1 {
		j = (j + 1) & 7
		z--
	}
	return j, z * (Pi / 4)
}

// sinSeries returns the sine of a small z, after Cephes.
func sinSeries(z float64) float64 {
	zz := z * z
	return z + z*zz*((((((1.58962301576546568060e-10*zz)+-2.50507477628578072866e-8)*zz+2.75573136213857245213e-6)*zz+-1.98412698295895385996e-4)*zz+8.33333333332211858878e-3)*zz+-1.66666666666666307295e-1)
}

// cosSeries returns the cosine of a small z, after Cephes.
func cosSeries(z float64) float64 {
	zz := z * z
	return 1.0 - 0.5*zz + zz*zz*((((((-1.13585365213876817300e-11*zz)+2.08757008419747316778e-9)*zz+-2.75573141792967388112e-7)*zz+2.48015872888517045348e-5)*zz+-1.38888888888730564116e-3)*zz+4.16666666666665929218e-2)
}

// Cos returns the cosine of x, which is in radians. That of an infinity is a
// NaN.
func Cos(x float64) float64 {
	if x != x || IsInf(x, 0) {
		return NaN()
	}
	j, z := octant(Abs(x))
	neg := false
	if j > 3 {
		j -= 4
		neg = true
	}
	if j > 1 {
		neg = !neg
	}
	var y float64
	if j == 2 {
		y = sinSeries(z)
	} else {
		y = cosSeries(z)
	}
	if neg {
		return -y
	}
	return y
}

// Sin returns the sine of x, which is in radians. That of an infinity is a NaN.
func Sin(x float64) float64 {
	switch {
	case x == 0 || x != x:
		return x
	case IsInf(x, 0):
		return NaN()
	}
	j, z := octant(Abs(x))
	neg := x < 0
	if j > 3 {
		j -= 4
		neg = !neg
	}
	var y float64
	if j == 2 {
		y = cosSeries(z)
	} else {
		y = sinSeries(z)
	}
	if neg {
		return -y
	}
	return y
}

// Sincos returns Sin(x) and Cos(x).
func Sincos(x float64) (sin, cos float64) {
	switch {
	case x == 0:
		return x, 1
	case x != x || IsInf(x, 0):
		return NaN(), NaN()
	}
	j, z := octant(Abs(x))
	negSin, negCos := x < 0, false
	if j > 3 {
		j -= 4
		negSin, negCos = !negSin, true
	}
	if j > 1 {
		negCos = !negCos
	}
	sin, cos = sinSeries(z), cosSeries(z)
	if j == 2 {
		sin, cos = cos, sin
	}
	if negCos {
		cos = -cos
	}
	if negSin {
		sin = -sin
	}
	return sin, cos
}

// Tan returns the tangent of x, which is in radians. That of an infinity is a
// NaN.
func Tan(x float64) float64 {
	switch {
	case x == 0 || x != x:
		return x
	case IsInf(x, 0):
		return NaN()
	}
	j, z := octant(Abs(x))
	zz := z * z
	y := z
	if zz > 1e-14 {
		p := ((-1.30936939181383777646e4*zz)+1.15351664838587416140e6)*zz + -1.79565251976484877988e7
		q := (((zz+1.36812963470692954678e4)*zz+-1.32089234440210967447e6)*zz+2.50083801823357915839e7)*zz + -5.38695755929454629881e7
		y = z + z*(zz*p/q)
	}
	if j&2 == 2 {
		y = -1 / y
	}
	if x < 0 {
		y = -y
	}
	return y
}

// fourOverPi has the binary digits of 4/pi; the first word is before the point.
var fourOverPi = [...]uint64{
	0x0000000000000001,
	0x45f306dc9c882a53,
	0xf84eafa3ea69bb81,
	0xb6c52b3278872083,
	0xfca2c757bd778ac3,
	0x6e48dc74849ba5c0,
	0x0c925dd413a32439,
	0xfc3bd63962534e7d,
	0xd1046bea5d768909,
	0xd338e04d68befc82,
	0x7323ac7306a673e9,
	0x3908bf177bf25076,
	0x3ff12fffbc0b301f,
	0xde5e2316b414da3e,
	0xda6cfd9e4f96136e,
	0x9e8c7ecd3cbfd45a,
	0xea4f758fd7cbe2f6,
	0x7a0e73ef14a525d4,
	0xd7f6bf623f1aba10,
	0xac06608df8f6d757,
}
