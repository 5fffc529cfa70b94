// This file holds the hash functions that the intrinsic hash is made of.

package maps

import (
	"math/bits"
	"unsafe"
)

const (
	prime1 = 0x9e3779b97f4a7c15
	prime2 = 0xd6e8feb86659fd93
	prime3 = 0xa0761d6478bd642f
)

// fold multiplies to 128 bits and adds both halves without carries, so that
// every bit of x and y reaches all of the result.
func fold(x, y uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	return hi ^ lo
}

// hashWord is the hash of keys of up to eight bytes.
func hashWord(x uint64, seed uintptr) uintptr {
	return uintptr(fold(x^uint64(seed), prime1))
}

// hashString is the hash of strings.
func hashString(s string, seed uintptr) uintptr {
	return hashMemory(unsafe.Pointer(unsafe.StringData(s)), uintptr(len(s)), seed)
}

// hashMemory is the hash of n bytes.
func hashMemory(p unsafe.Pointer, n, seed uintptr) uintptr {
	a, b, s := uint64(0), uint64(0), uint64(seed)
	switch {
	case n > 16:
		return hashLong(p, n, seed)
	case n >= 8:
		a, b = load64(p, 0), load64(p, n-8)
	case n >= 4:
		a, b = load32(p, 0), load32(p, n-4)
	case n > 0:
		a = uint64(*(*byte)(p))<<16 | uint64(*(*byte)(unsafe.Add(p, n/2)))<<8 |
			uint64(*(*byte)(unsafe.Add(p, n-1)))
	}
	return uintptr(fold(fold(a^prime2, b^s)^uint64(n), prime1))
}

// hashLong is the hash of more than 16 bytes: blocks of 32 in two lanes, then
// the last 32 or 16, which may overlap them.
func hashLong(p unsafe.Pointer, n, seed uintptr) uintptr {
	x, y := uint64(seed), uint64(seed)^prime3
	left := n
	for ; left > 32; left -= 32 {
		x = fold(load64(p, 0)^prime2, load64(p, 8)^x)
		y = fold(load64(p, 16)^prime3, load64(p, 24)^y)
		p = unsafe.Add(p, 32)
	}
	if left > 16 {
		x = fold(load64(p, 0)^prime2, load64(p, 8)^x)
	}
	end := unsafe.Add(p, int(left)-16)
	y = fold(load64(end, 0)^prime3, load64(end, 8)^y)
	return uintptr(fold(x^y^uint64(n), prime1))
}

func load64(p unsafe.Pointer, off uintptr) uint64 { return *(*uint64)(unsafe.Add(p, off)) }

func load32(p unsafe.Pointer, off uintptr) uint64 { return uint64(*(*uint32)(unsafe.Add(p, off))) }
