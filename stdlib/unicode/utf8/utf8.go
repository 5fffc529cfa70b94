// This file holds the constants, encoding, and the checks of single runes and
// bytes.

// Package utf8 translates between runes and their UTF-8 encoding.
package utf8

// The numbers that define the encoding.
const (
	RuneError = '\uFFFD'     // what a faulty encoding decodes to
	RuneSelf  = 0x80         // smaller runes are encoded as themselves, in one byte
	MaxRune   = '\U0010FFFF' // the largest code point
	UTFMax    = 4            // the most bytes that one rune takes
)

// The surrogate code points, which are not encoded in UTF-8.
const (
	surrogateMin = 0xD800
	surrogateMax = 0xDFFF
)

// RuneStart reports whether b can be the first byte of the encoding of a rune,
// be it a faulty one: it is not of the form 10xxxxxx.
func RuneStart(b byte) bool { return b&0xC0 != 0x80 }

// ValidRune reports whether r has an encoding in UTF-8: it is in range and not
// a surrogate.
func ValidRune(r rune) bool {
	return uint32(r) < surrogateMin || (surrogateMax < r && r <= MaxRune)
}

// RuneLen returns how many bytes the encoding of r takes, or -1 if r has none.
func RuneLen(r rune) int {
	switch {
	case r < 0:
		return -1
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case surrogateMin <= r && r <= surrogateMax:
		return -1
	case r < 0x10000:
		return 3
	case r <= MaxRune:
		return 4
	}
	return -1
}

// EncodeRune writes the encoding of r to the start of p, which must have room
// for it, and returns its length. A rune without an encoding is written as
// RuneError.
func EncodeRune(p []byte, r rune) int {
	u := uint32(r)
	if u < 0x80 {
		p[0] = byte(u)
		return 1
	}
	if u < 0x800 {
		_ = p[1]
		p[0] = 0xC0 | byte(u>>6)
		p[1] = 0x80 | byte(u)&0x3F
		return 2
	}
	if u > MaxRune || (surrogateMin <= u && u <= surrogateMax) {
		u = RuneError
	}
	if u < 0x10000 {
		_ = p[2]
		p[0] = 0xE0 | byte(u>>12)
		p[1] = 0x80 | byte(u>>6)&0x3F
		p[2] = 0x80 | byte(u)&0x3F
		return 3
	}
	_ = p[3]
	p[0] = 0xF0 | byte(u>>18)
	p[1] = 0x80 | byte(u>>12)&0x3F
	p[2] = 0x80 | byte(u>>6)&0x3F
	p[3] = 0x80 | byte(u)&0x3F
	return 4
}

// AppendRune appends the encoding of r to p. A rune without an encoding is
// appended as RuneError.
func AppendRune(p []byte, r rune) []byte {
	u := uint32(r)
	if u < 0x80 {
		return append(p, byte(u))
	}
	if u < 0x800 {
		return append(p, 0xC0|byte(u>>6), 0x80|byte(u)&0x3F)
	}
	if u > MaxRune || (surrogateMin <= u && u <= surrogateMax) {
		u = RuneError
	}
	if u < 0x10000 {
		return append(p, 0xE0|byte(u>>12), 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F)
	}
	return append(p, 0xF0|byte(u>>18), 0x80|byte(u>>12)&0x3F, 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F)
}
