// This file holds all of package utf16.

// Package utf16 translates between runes and UTF-16 code units.
package utf16

// replacement stands for what has no meaning.
const replacement = '\uFFFD'

// The parts of the surrogate range: high halves from highMin, low halves from
// lowMin, the end of both, and the first rune that needs a pair.
const (
	highMin  = 0xD800
	lowMin   = 0xDC00
	pastLow  = 0xE000
	firstFar = 0x10000
	maxRune  = 0x10FFFF
)

// IsSurrogate reports whether r is one half of a surrogate pair.
func IsSurrogate(r rune) bool { return highMin <= r && r < pastLow }

// RuneLen returns how many code units r takes, or -1 if it has no encoding.
func RuneLen(r rune) int {
	switch {
	case r < 0 || IsSurrogate(r) || r > maxRune:
		return -1
	case r < firstFar:
		return 1
	}
	return 2
}

// DecodeRune returns the rune that the surrogate pair of r1 and r2 stands for,
// or U+FFFD if they are no pair.
func DecodeRune(r1, r2 rune) rune {
	if highMin <= r1 && r1 < lowMin && lowMin <= r2 && r2 < pastLow {
		return ((r1-highMin)<<10 | (r2 - lowMin)) + firstFar
	}
	return replacement
}

// EncodeRune returns the surrogate pair for r, or U+FFFD twice if r is not
// encoded as a pair.
func EncodeRune(r rune) (r1, r2 rune) {
	if r < firstFar || r > maxRune {
		return replacement, replacement
	}
	r -= firstFar
	return highMin + r>>10, lowMin + r&0x3FF
}

// AppendRune appends the encoding of r to a. A rune without an encoding is
// appended as U+FFFD.
func AppendRune(a []uint16, r rune) []uint16 {
	switch RuneLen(r) {
	case 1:
		return append(a, uint16(r))
	case 2:
		r1, r2 := EncodeRune(r)
		return append(a, uint16(r1), uint16(r2))
	}
	return append(a, replacement)
}

// Encode returns the code units that encode s.
func Encode(s []rune) []uint16 {
	n := len(s)
	for _, r := range s {
		if r >= firstFar && r <= maxRune {
			n++
		}
	}
	out := make([]uint16, 0, n)
	for _, r := range s {
		out = AppendRune(out, r)
	}
	return out
}

// Decode returns the runes that s encodes, with U+FFFD for each half of a
// surrogate pair that has no other half.
func Decode(s []uint16) []rune {
	return decode(s, make([]rune, 0, 64))
}

// decode appends the runes that s encodes to out. The caller gives a room of
// fixed size, which need not be on the heap if Decode is inlined.
func decode(s []uint16, out []rune) []rune {
	for i := 0; i < len(s); i++ {
		r := rune(s[i])
		if IsSurrogate(r) {
			pair := rune(replacement)
			if i+1 < len(s) {
				pair = DecodeRune(r, rune(s[i+1]))
			}
			if pair != replacement {
				i++
			}
			r = pair
		}
		out = append(out, r)
	}
	return out
}
