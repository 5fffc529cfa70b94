// This file holds the types of the tables and the look-up in them.

// Package unicode tells the classes and the case mappings of code points.
package unicode

// Limits of code points, and the one that stands for an invalid one.
const (
	MaxRune         = '\U0010FFFF' // the largest code point
	ReplacementChar = '\uFFFD'     // stands for invalid code points
	MaxASCII        = '\u007F'     // the largest ASCII value
	MaxLatin1       = '\u00FF'     // the largest Latin-1 value
)

// Version is the edition of Unicode that the tables are made from.
const Version = "17.0.0"

// Range16 is every Stride-th code point from Lo to Hi, both included.
type Range16 struct {
	Lo     uint16
	Hi     uint16
	Stride uint16
}

// Range32 is every Stride-th code point from Lo to Hi, both included, for code
// points of 1<<16 and above.
type Range32 struct {
	Lo     uint32
	Hi     uint32
	Stride uint32
}

// RangeTable is a set of code points. Both lists of ranges are in order and
// without overlap.
type RangeTable struct {
	R16         []Range16
	R32         []Range32
	LatinOffset int // how many ranges of R16 have Hi <= MaxLatin1
}

// shortTable is the length from which on a list is searched by halving.
const shortTable = 18

// in16 reports whether r is in one of the ranges.
func in16(ranges []Range16, r uint16) bool {
	lo, hi := 0, len(ranges)
	if hi <= shortTable || r <= MaxLatin1 {
		for i := range ranges {
			t := &ranges[i]
			if r < t.Lo {
				return false
			}
			if r <= t.Hi {
				return t.Stride == 1 || (r-t.Lo)%t.Stride == 0
			}
		}
		return false
	}
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		t := &ranges[mid]
		switch {
		case r < t.Lo:
			hi = mid
		case r > t.Hi:
			lo = mid + 1
		default:
			return t.Stride == 1 || (r-t.Lo)%t.Stride == 0
		}
	}
	return false
}

// in32 reports whether r is in one of the ranges.
func in32(ranges []Range32, r uint32) bool {
	lo, hi := 0, len(ranges)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		t := &ranges[mid]
		switch {
		case r < t.Lo:
			hi = mid
		case r > t.Hi:
			lo = mid + 1
		default:
			return t.Stride == 1 || (r-t.Lo)%t.Stride == 0
		}
	}
	return false
}

// Is reports whether r is in the table.
func Is(rangeTab *RangeTable, r rune) bool {
	r16 := rangeTab.R16
	// A negative rune is out of every range once it is taken as unsigned.
	if n := len(r16); n > 0 && uint32(r) <= uint32(r16[n-1].Hi) {
		return in16(r16, uint16(r))
	}
	r32 := rangeTab.R32
	if len(r32) > 0 && uint32(r) >= r32[0].Lo {
		return in32(r32, uint32(r))
	}
	return false
}

// isBeyondLatin is Is for a rune that is known not to be a Latin-1 one.
func isBeyondLatin(rangeTab *RangeTable, r rune) bool {
	r16 := rangeTab.R16
	off := rangeTab.LatinOffset
	if n := len(r16); n > off && uint32(r) <= uint32(r16[n-1].Hi) {
		return in16(r16[off:], uint16(r))
	}
	r32 := rangeTab.R32
	if len(r32) > 0 && uint32(r) >= r32[0].Lo {
		return in32(r32, uint32(r))
	}
	return false
}

// In reports whether r is in one of the tables.
func In(r rune, ranges ...*RangeTable) bool {
	return IsOneOf(ranges, r)
}

// IsOneOf reports whether r is in one of the tables. In does the same.
func IsOneOf(ranges []*RangeTable, r rune) bool {
	for _, t := range ranges {
		if Is(t, r) {
			return true
		}
	}
	return false
}
