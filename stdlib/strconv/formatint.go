// This file holds the formatting of integers.

package strconv

import "math/bits"

// digits has all digits, up to base 36.
const digits = "0123456789abcdefghijklmnopqrstuvwxyz"

// twos has the decimal numbers of two digits in a row.
const twos = "00010203040506070809" +
	"10111213141516171819" +
	"20212223242526272829" +
	"30313233343536373839" +
	"40414243444546474849" +
	"50515253545556575859" +
	"60616263646566676869" +
	"70717273747576777879" +
	"80818283848586878889" +
	"90919293949596979899"

// small returns the decimal text of u < 100, without allocating.
func small(u uint64) string {
	if u < 10 {
		return digits[u : u+1]
	}
	return twos[2*u : 2*u+2]
}

// FormatUint returns i in the base, from 2 to 36, with the letters a to z for
// digits from 10 on.
func FormatUint(i uint64, base int) string {
	if i < 100 && base == 10 {
		return small(i)
	}
	if base == 10 {
		var buf [20]byte
		return string(buf[decimal(&buf, i):])
	}
	var buf [64]byte
	return string(buf[inBase(&buf, i, base):])
}

// FormatInt returns i in the base, from 2 to 36, with the letters a to z for
// digits from 10 on.
func FormatInt(i int64, base int) string {
	if base == 10 {
		if 0 <= i && i < 100 {
			return small(uint64(i))
		}
		var buf [21]byte
		u := uint64(i)
		if i < 0 {
			u = -u
		}
		at := decimal((*[20]byte)(buf[1:]), u) + 1
		if i < 0 {
			at--
			buf[at] = '-'
		}
		return string(buf[at:])
	}
	return string(AppendInt(nil, i, base))
}

// Itoa returns i in decimal.
func Itoa(i int) string { return FormatInt(int64(i), 10) }

// AppendInt appends to dst what FormatInt returns for i.
func AppendInt(dst []byte, i int64, base int) []byte {
	u := uint64(i)
	if i < 0 {
		dst = append(dst, '-')
		u = -u
	}
	return AppendUint(dst, u, base)
}

// AppendUint appends to dst what FormatUint returns for i.
func AppendUint(dst []byte, i uint64, base int) []byte {
	if base == 10 {
		if i < 100 {
			return append(dst, small(i)...)
		}
		var buf [20]byte
		return append(dst, buf[decimal(&buf, i):]...)
	}
	var buf [64]byte
	return append(dst, buf[inBase(&buf, i, base):]...)
}

// decimal writes u to the end of buf and returns where it starts.
func decimal(buf *[20]byte, u uint64) int {
	at := len(buf)
	for u >= 10000 {
		r := uint32(u % 10000)
		u /= 10000
		hi, lo := r/100*2, r%100*2
		at -= 4
		buf[at+3] = twos[lo+1]
		buf[at+2] = twos[lo]
		buf[at+1] = twos[hi+1]
		buf[at] = twos[hi]
	}
	r := uint32(u)
	if r >= 100 {
		lo := r % 100 * 2
		r /= 100
		at -= 2
		buf[at+1] = twos[lo+1]
		buf[at] = twos[lo]
	}
	if r >= 10 {
		at -= 2
		buf[at+1] = twos[r*2+1]
		buf[at] = twos[r*2]
	} else {
		at--
		buf[at] = byte('0' + r)
	}
	return at
}

// inBase writes u in the base to the end of buf and returns where it starts.
func inBase(buf *[64]byte, u uint64, base int) int {
	if base < 2 || base > len(digits) {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
	at := len(buf)
	b := uint64(base)
	if b&(b-1) == 0 {
		shift := uint(bits.TrailingZeros64(b)) & 7
		for u >= b {
			at--
			buf[at] = digits[u&(b-1)]
			u >>= shift
		}
	} else {
		for u >= b {
			q := u / b
			at--
			buf[at] = digits[u-q*b]
			u = q
		}
	}
	at--
	buf[at] = digits[u]
	return at
}
