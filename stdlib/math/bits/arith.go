// This file holds arithmetic with carries and with double-width results.

package bits

// arithError is a run-time error of the arithmetic here.
type arithError string

// Error returns the text of the error.
func (e arithError) Error() string { return "runtime error: " + string(e) }

// RuntimeError marks the error as one of the runtime.
func (e arithError) RuntimeError() {}

// The two ways that a division can fail.
var (
	errZero  error = arithError("integer divide by zero")
	errLarge error = arithError("integer overflow")
)

// Add returns x + y + carry and the carry out of the sum. The carry must be 0
// or 1.
func Add(x, y, carry uint) (sum, carryOut uint) {
	s, c := Add64(uint64(x), uint64(y), uint64(carry))
	return uint(s), uint(c)
}

// Add32 returns x + y + carry and the carry out of the sum. The carry must be
// 0 or 1.
func Add32(x, y, carry uint32) (sum, carryOut uint32) {
	s := uint64(x) + uint64(y) + uint64(carry)
	return uint32(s), uint32(s >> 32)
}

// Add64 returns x + y + carry and the carry out of the sum. The carry must be
// 0 or 1.
func Add64(x, y, carry uint64) (sum, carryOut uint64) {
	sum = x + y + carry
	// A carry leaves the top if both tops are set, or one is and the sum's is not.
	carryOut = (x&y | (x|y)&^sum) >> 63
	return
}

// Sub returns x - y - borrow and the borrow out of the difference. The borrow
// must be 0 or 1.
func Sub(x, y, borrow uint) (diff, borrowOut uint) {
	d, b := Sub64(uint64(x), uint64(y), uint64(borrow))
	return uint(d), uint(b)
}

// Sub32 returns x - y - borrow and the borrow out of the difference. The borrow
// must be 0 or 1.
func Sub32(x, y, borrow uint32) (diff, borrowOut uint32) {
	d := uint64(x) - uint64(y) - uint64(borrow)
	return uint32(d), uint32(d >> 63)
}

// Sub64 returns x - y - borrow and the borrow out of the difference. The borrow
// must be 0 or 1.
func Sub64(x, y, borrow uint64) (diff, borrowOut uint64) {
	diff = x - y - borrow
	borrowOut = (^x&y | ^(x^y)&diff) >> 63
	return
}

// Mul returns the full product of x and y, its upper half first.
func Mul(x, y uint) (hi, lo uint) {
	h, l := Mul64(uint64(x), uint64(y))
	return uint(h), uint(l)
}

// Mul32 returns the full product of x and y, its upper half first.
func Mul32(x, y uint32) (hi, lo uint32) {
	p := uint64(x) * uint64(y)
	return uint32(p >> 32), uint32(p)
}

// Mul64 returns the full product of x and y, its upper half first.
func Mul64(x, y uint64) (hi, lo uint64) {
	xl, xh := x&0xffffffff, x>>32
	yl, yh := y&0xffffffff, y>>32
	mid := xh*yl + xl*yl>>32
	mid2 := xl*yh + mid&0xffffffff
	return xh*yh + mid>>32 + mid2>>32, x * y
}

// Div returns the quotient and the remainder of the double-width number
// (hi, lo) by y. It panics if y is 0 or the quotient does not fit.
func Div(hi, lo, y uint) (quo, rem uint) {
	q, r := Div64(uint64(hi), uint64(lo), uint64(y))
	return uint(q), uint(r)
}

// Div32 returns the quotient and the remainder of the double-width number
// (hi, lo) by y. It panics if y is 0 or the quotient does not fit.
func Div32(hi, lo, y uint32) (quo, rem uint32) {
	if y == 0 {
		panic(errZero)
	}
	if y <= hi {
		panic(errLarge)
	}
	n := uint64(hi)<<32 | uint64(lo)
	return uint32(n / uint64(y)), uint32(n % uint64(y))
}

// Div64 returns the quotient and the remainder of the double-width number
// (hi, lo) by y. It panics if y is 0 or the quotient does not fit.
func Div64(hi, lo, y uint64) (quo, rem uint64) {
	if y == 0 {
		panic(errZero)
	}
	if y <= hi {
		panic(errLarge)
	}
	if hi == 0 {
		return lo / y, lo % y
	}
	return divide(hi, lo, y)
}

// divide returns quotient and remainder of a number that is larger than a word,
// where hi < y. The compiler has an instruction for its calls.
func divide(hi, lo, y uint64) (quo, rem uint64) {
	// Long division in base 1<<32, after moving the top bit of y to the left
	// end so that an estimated digit is at most two too large.
	shift := uint(LeadingZeros64(y))
	y <<= shift
	n2 := hi<<shift | lo>>(64-shift)
	if shift == 0 {
		n2 = hi
	}
	n10 := lo << shift
	q1, r1 := digit(n2, n10>>32, y)
	q0, r0 := digit(r1, n10&0xffffffff, y)
	return q1<<32 | q0, r0 >> shift
}

// digit divides n<<32 + next by y, where n < y and the top bit of y is set.
func digit(n, next, y uint64) (q, r uint64) {
	yh, yl := y>>32, y&0xffffffff
	q = n / yh
	rest := n % yh
	for q > 0xffffffff || q*yl > rest<<32|next {
		q--
		rest += yh
		if rest > 0xffffffff {
			break
		}
	}
	return q, n<<32 + next - q*y
}

// Rem returns the remainder of (hi, lo) by y. Unlike Div it does not mind a
// quotient that does not fit. It panics if y is 0.
func Rem(hi, lo, y uint) uint {
	return uint(Rem64(uint64(hi), uint64(lo), uint64(y)))
}

// Rem32 returns the remainder of (hi, lo) by y. Unlike Div32 it does not mind
// a quotient that does not fit. It panics if y is 0.
func Rem32(hi, lo, y uint32) uint32 {
	return uint32((uint64(hi)<<32 | uint64(lo)) % uint64(y))
}

// Rem64 returns the remainder of (hi, lo) by y. Unlike Div64 it does not mind
// a quotient that does not fit. It panics if y is 0.
func Rem64(hi, lo, y uint64) uint64 {
	_, rem := Div64(hi%y, lo, y)
	return rem
}
