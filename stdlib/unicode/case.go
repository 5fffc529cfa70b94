// This file holds the mapping of runes from one case to another.

package unicode

// The cases, as indices into the Delta of a CaseRange.
const (
	UpperCase = iota
	LowerCase
	TitleCase
	MaxCase
)

// UpperLower as a Delta says that in the range upper and lower case letters
// take turns, an upper case one first. It cannot be a true delta.
const UpperLower = MaxRune + 1

// d has the number to add to a rune to get each of its cases.
type d [MaxCase]rune

// CaseRange gives the case mapping of the code points from Lo to Hi, both
// included. A Delta of 0 says that the code point is in that case already.
type CaseRange struct {
	Lo    uint32
	Hi    uint32
	Delta d
}

// SpecialCase is a list of case mappings that go before the ordinary ones, for
// one language.
type SpecialCase []CaseRange

// TurkishCase has the case mappings of Turkish.
var TurkishCase = SpecialCase{
	{0x0049, 0x0049, d{0, 0x131 - 0x49, 0}},
	{0x0069, 0x0069, d{0x130 - 0x69, 0, 0x130 - 0x69}},
	{0x0130, 0x0130, d{0, 0x69 - 0x130, 0}},
	{0x0131, 0x0131, d{0x49 - 0x131, 0, 0x49 - 0x131}},
}

// AzeriCase has the case mappings of Azeri, which are those of Turkish.
var AzeriCase = TurkishCase

// mapCase looks r up in ranges. The result is false if nothing maps it.
func mapCase(to int, r rune, ranges []CaseRange) (rune, bool) {
	if uint(to) >= MaxCase {
		return ReplacementChar, false
	}
	lo, hi := 0, len(ranges)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		c := &ranges[mid]
		switch {
		case r < rune(c.Lo):
			hi = mid
		case r > rune(c.Hi):
			lo = mid + 1
		default:
			delta := c.Delta[to]
			if delta <= MaxRune {
				return r + delta, true
			}
			// Upper case letters are at even distance from Lo; title case
			// counts as upper.
			return rune(c.Lo) + (r-rune(c.Lo))&^1 + rune(to&1), true
		}
	}
	return r, false
}

// To maps r to the case: UpperCase, LowerCase or TitleCase.
func To(_case int, r rune) rune {
	r, _ = mapCase(_case, r, CaseRanges)
	return r
}

// ToUpper maps r to upper case.
func ToUpper(r rune) rune {
	if uint32(r) <= MaxASCII {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	return To(UpperCase, r)
}

// ToLower maps r to lower case.
func ToLower(r rune) rune {
	if uint32(r) <= MaxASCII {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return To(LowerCase, r)
}

// ToTitle maps r to title case.
func ToTitle(r rune) rune {
	if uint32(r) <= MaxASCII {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	return To(TitleCase, r)
}

// ToUpper maps r to upper case, by the special mapping where it has one.
func (special SpecialCase) ToUpper(r rune) rune {
	if m, ok := mapCase(UpperCase, r, special); ok {
		return m
	}
	return ToUpper(r)
}

// ToTitle maps r to title case, by the special mapping where it has one.
func (special SpecialCase) ToTitle(r rune) rune {
	if m, ok := mapCase(TitleCase, r, special); ok {
		return m
	}
	return ToTitle(r)
}

// ToLower maps r to lower case, by the special mapping where it has one.
func (special SpecialCase) ToLower(r rune) rune {
	if m, ok := mapCase(LowerCase, r, special); ok {
		return m
	}
	return ToLower(r)
}

// orbit says which rune follows another in the ring of runes that are equal
// under simple case folding.
type orbit struct {
	from uint16
	to   uint16
}

// SimpleFold steps through the runes that are equal to r under simple case
// folding: it returns the smallest one above r, or if there is none, the
// smallest of all. For a rune that is equal only to itself, or that is no code
// point, it returns r.
func SimpleFold(r rune) rune {
	if r < 0 || r > MaxRune {
		return r
	}
	if r <= MaxASCII {
		return rune(asciiOrbit[r])
	}
	lo, hi := 0, len(orbits)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if rune(orbits[mid].from) < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(orbits) && rune(orbits[lo].from) == r {
		return rune(orbits[lo].to)
	}
	// One lower and one upper case only.
	if l := ToLower(r); l != r {
		return l
	}
	return ToUpper(r)
}
