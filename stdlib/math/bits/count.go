// This file holds the counting, reversing and rotating of bits.

// Package bits counts and moves bits in unsigned integers, and gives the
// full results of their arithmetic.
package bits

// UintSize is the number of bits in a uint.
const UintSize = 32 << (^uint(0) >> 63)

// deBruijn has every group of six bits once, so that its product with a single
// bit tells by the top six bits which bit that is.
const deBruijn = 0x03f79d71b4ca8b09

// bitPlace gives the place of the bit for each of those groups.
var bitPlace = [64]uint8{
	0, 1, 56, 2, 57, 49, 28, 3, 61, 58, 42, 50, 38, 29, 17, 4,
	62, 47, 59, 36, 45, 43, 51, 22, 53, 39, 33, 30, 24, 18, 12, 5,
	63, 55, 48, 27, 60, 41, 37, 16, 46, 35, 44, 21, 52, 32, 23, 11,
	54, 26, 40, 15, 34, 20, 31, 10, 25, 14, 19, 9, 13, 8, 7, 6,
}

// LeadingZeros returns how many of the highest bits of x are 0; all for x == 0.
func LeadingZeros(x uint) int { return UintSize - Len(x) }

// LeadingZeros8 returns how many of the highest bits of x are 0; 8 for x == 0.
func LeadingZeros8(x uint8) int { return 8 - Len8(x) }

// LeadingZeros16 returns how many of the highest bits of x are 0; 16 for x == 0.
func LeadingZeros16(x uint16) int { return 16 - Len16(x) }

// LeadingZeros32 returns how many of the highest bits of x are 0; 32 for x == 0.
func LeadingZeros32(x uint32) int { return 32 - Len32(x) }

// LeadingZeros64 returns how many of the highest bits of x are 0; 64 for x == 0.
func LeadingZeros64(x uint64) int { return 64 - Len64(x) }

// TrailingZeros returns how many of the lowest bits of x are 0; all for x == 0.
func TrailingZeros(x uint) int {
	if x == 0 {
		return UintSize
	}
	return TrailingZeros64(uint64(x))
}

// TrailingZeros8 returns how many of the lowest bits of x are 0; 8 for x == 0.
func TrailingZeros8(x uint8) int { return TrailingZeros64(uint64(x) | 1<<8) }

// TrailingZeros16 returns how many of the lowest bits of x are 0; 16 for x == 0.
func TrailingZeros16(x uint16) int { return TrailingZeros64(uint64(x) | 1<<16) }

// TrailingZeros32 returns how many of the lowest bits of x are 0; 32 for x == 0.
func TrailingZeros32(x uint32) int { return TrailingZeros64(uint64(x) | 1<<32) }

// TrailingZeros64 returns how many of the lowest bits of x are 0; 64 for x == 0.
func TrailingZeros64(x uint64) int {
	if x == 0 {
		return 64
	}
	return int(bitPlace[(x&-x)*deBruijn>>58])
}

// OnesCount returns how many bits of x are 1.
func OnesCount(x uint) int { return OnesCount64(uint64(x)) }

// OnesCount8 returns how many bits of x are 1.
func OnesCount8(x uint8) int { return OnesCount64(uint64(x)) }

// OnesCount16 returns how many bits of x are 1.
func OnesCount16(x uint16) int { return OnesCount64(uint64(x)) }

// OnesCount32 returns how many bits of x are 1.
func OnesCount32(x uint32) int { return OnesCount64(uint64(x)) }

// OnesCount64 returns how many bits of x are 1.
func OnesCount64(x uint64) int {
	x -= x >> 1 & 0x5555555555555555
	x = x&0x3333333333333333 + x>>2&0x3333333333333333
	x = (x + x>>4) & 0x0f0f0f0f0f0f0f0f
	return int(x * 0x0101010101010101 >> 56)
}

// RotateLeft turns x left by k bits, or right by -k if k is negative.
func RotateLeft(x uint, k int) uint {
	s := uint(k) & (UintSize - 1)
	return x<<s | x>>(UintSize-s)
}

// RotateLeft8 turns x left by k bits, or right by -k if k is negative.
func RotateLeft8(x uint8, k int) uint8 {
	s := uint(k) & 7
	return x<<s | x>>(8-s)
}

// RotateLeft16 turns x left by k bits, or right by -k if k is negative.
func RotateLeft16(x uint16, k int) uint16 {
	s := uint(k) & 15
	return x<<s | x>>(16-s)
}

// RotateLeft32 turns x left by k bits, or right by -k if k is negative.
func RotateLeft32(x uint32, k int) uint32 {
	s := uint(k) & 31
	return x<<s | x>>(32-s)
}

// RotateLeft64 turns x left by k bits, or right by -k if k is negative.
func RotateLeft64(x uint64, k int) uint64 {
	s := uint(k) & 63
	return x<<s | x>>(64-s)
}

// Reverse returns x with its bits in the opposite order.
func Reverse(x uint) uint { return uint(Reverse64(uint64(x)) >> (64 - UintSize)) }

// Reverse8 returns x with its bits in the opposite order.
func Reverse8(x uint8) uint8 { return uint8(Reverse64(uint64(x)) >> 56) }

// Reverse16 returns x with its bits in the opposite order.
func Reverse16(x uint16) uint16 { return uint16(Reverse64(uint64(x)) >> 48) }

// Reverse32 returns x with its bits in the opposite order.
func Reverse32(x uint32) uint32 { return uint32(Reverse64(uint64(x)) >> 32) }

// Reverse64 returns x with its bits in the opposite order.
func Reverse64(x uint64) uint64 {
	x = x>>1&0x5555555555555555 | x&0x5555555555555555<<1
	x = x>>2&0x3333333333333333 | x&0x3333333333333333<<2
	x = x>>4&0x0f0f0f0f0f0f0f0f | x&0x0f0f0f0f0f0f0f0f<<4
	return ReverseBytes64(x)
}

// ReverseBytes returns x with its bytes in the opposite order.
func ReverseBytes(x uint) uint {
	if UintSize == 32 {
		return uint(ReverseBytes32(uint32(x)))
	}
	return uint(ReverseBytes64(uint64(x)))
}

// ReverseBytes16 returns x with its bytes in the opposite order.
func ReverseBytes16(x uint16) uint16 { return x>>8 | x<<8 }

// ReverseBytes32 returns x with its bytes in the opposite order.
func ReverseBytes32(x uint32) uint32 {
	return x>>24 | x>>8&0xff00 | x&0xff00<<8 | x<<24
}

// ReverseBytes64 returns x with its bytes in the opposite order.
func ReverseBytes64(x uint64) uint64 {
	return uint64(ReverseBytes32(uint32(x)))<<32 | uint64(ReverseBytes32(uint32(x>>32)))
}

// Len returns how many bits are needed to write x; 0 for x == 0.
func Len(x uint) int { return Len64(uint64(x)) }

// Len8 returns how many bits are needed to write x; 0 for x == 0.
func Len8(x uint8) int { return Len64(uint64(x)) }

// Len16 returns how many bits are needed to write x; 0 for x == 0.
func Len16(x uint16) (n int) { return Len64(uint64(x)) }

// Len32 returns how many bits are needed to write x; 0 for x == 0.
func Len32(x uint32) (n int) { return Len64(uint64(x)) }

// Len64 returns how many bits are needed to write x; 0 for x == 0.
func Len64(x uint64) (n int) {
	// Fill all bits below the highest, then count them.
	x |= x >> 1
	x |= x >> 2
	x |= x >> 4
	x |= x >> 8
	x |= x >> 16
	x |= x >> 32
	return OnesCount64(x)
}
