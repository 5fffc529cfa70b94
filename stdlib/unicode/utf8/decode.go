// This file holds decoding, and the counting and checking of whole texts.

package utf8

import "unsafe"

// view returns p as a string that shares its memory.
func view(p []byte) string {
	return unsafe.String(unsafe.SliceData(p), len(p))
}

// second returns the lowest and highest byte that may follow the leading byte
// b, and the length of the encoding that b begins. The length is 0 if b begins
// none. It is meant for b >= 0x80.
func second(b byte) (lo, hi byte, size int) {
	switch {
	case b < 0xC2:
		return 0, 0, 0
	case b < 0xE0:
		return 0x80, 0xBF, 2
	case b < 0xF0:
		switch b {
		case 0xE0:
			return 0xA0, 0xBF, 3
		case 0xED:
			return 0x80, 0x9F, 3
		}
		return 0x80, 0xBF, 3
	case b < 0xF5:
		switch b {
		case 0xF0:
			return 0x90, 0xBF, 4
		case 0xF4:
			return 0x80, 0x8F, 4
		}
		return 0x80, 0xBF, 4
	}
	return 0, 0, 0
}

// DecodeRune decodes the rune at the start of p and returns it with the length
// of its encoding. An empty p gives (RuneError, 0), a faulty encoding
// (RuneError, 1); neither can come from a correct one. Faulty are also
// encodings that are longer than needed, of surrogates, and out of range.
func DecodeRune(p []byte) (r rune, size int) {
	if len(p) > 0 && p[0] < RuneSelf {
		return rune(p[0]), 1
	}
	return decodeLong(view(p))
}

// DecodeRuneInString is DecodeRune for a string.
func DecodeRuneInString(s string) (r rune, size int) {
	if len(s) > 0 && s[0] < RuneSelf {
		return rune(s[0]), 1
	}
	return decodeLong(s)
}

// decodeLong decodes a rune of which it is known that it is not an ASCII one,
// or that nothing is there.
func decodeLong(s string) (rune, int) {
	if len(s) < 2 {
		if len(s) == 0 {
			return RuneError, 0
		}
		return RuneError, 1
	}
	b0, b1 := s[0], s[1]
	if b1&0xC0 != 0x80 {
		return RuneError, 1
	}
	switch {
	case b0 < 0xC2:
		return RuneError, 1
	case b0 < 0xE0:
		return rune(b0&0x1F)<<6 | rune(b1&0x3F), 2
	case b0 < 0xF0:
		if len(s) < 3 || s[2]&0xC0 != 0x80 {
			return RuneError, 1
		}
		r := rune(b0&0x0F)<<12 | rune(b1&0x3F)<<6 | rune(s[2]&0x3F)
		if r < 0x800 || (surrogateMin <= r && r <= surrogateMax) {
			return RuneError, 1
		}
		return r, 3
	case b0 < 0xF5:
		if len(s) < 4 || s[2]&0xC0 != 0x80 || s[3]&0xC0 != 0x80 {
			return RuneError, 1
		}
		r := rune(b0&0x07)<<18 | rune(b1&0x3F)<<12 | rune(s[2]&0x3F)<<6 | rune(s[3]&0x3F)
		if r < 0x10000 || r > MaxRune {
			return RuneError, 1
		}
		return r, 4
	}
	return RuneError, 1
}

// FullRune reports whether p starts with a whole encoding of a rune. A faulty
// encoding counts as whole, since it decodes as an error of length 1.
func FullRune(p []byte) bool { return FullRuneInString(view(p)) }

// FullRuneInString is FullRune for a string.
func FullRuneInString(s string) bool {
	if len(s) == 0 {
		return false
	}
	if s[0] < RuneSelf {
		return true
	}
	lo, hi, size := second(s[0])
	if len(s) >= size {
		return true
	}
	// What is there is too short; it is whole only if it is already wrong.
	if len(s) > 1 && (s[1] < lo || hi < s[1]) {
		return true
	}
	return len(s) > 2 && s[2]&0xC0 != 0x80
}

// DecodeLastRune decodes the rune at the end of p and returns it with the
// length of its encoding. An empty p gives (RuneError, 0), a faulty encoding
// (RuneError, 1).
func DecodeLastRune(p []byte) (r rune, size int) {
	return DecodeLastRuneInString(view(p))
}

// DecodeLastRuneInString is DecodeLastRune for a string.
func DecodeLastRuneInString(s string) (r rune, size int) {
	end := len(s)
	if end == 0 {
		return RuneError, 0
	}
	start := end - 1
	if s[start] < RuneSelf {
		return rune(s[start]), 1
	}
	// Step back to where the encoding can begin, four bytes at most.
	lim := max(end-UTFMax, 0)
	for start--; start >= lim; start-- {
		if RuneStart(s[start]) {
			break
		}
	}
	if start < 0 {
		start = 0
	}
	r, size = DecodeRuneInString(s[start:])
	if start+size != end {
		return RuneError, 1
	}
	return r, size
}

// asciiPrefix returns the length of a prefix of s that is all ASCII. The
// prefix ends at most seven bytes before the first other byte.
func asciiPrefix(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))
		if w&0x8080808080808080 != 0 {
			break
		}
	}
	return i
}

// RuneCount returns the number of runes in p. Each byte of a faulty encoding
// counts as one.
func RuneCount(p []byte) int { return RuneCountInString(view(p)) }

// RuneCountInString is RuneCount for a string.
func RuneCountInString(s string) (n int) {
	for len(s) > 0 {
		if s[0] < RuneSelf {
			k := asciiPrefix(s)
			for k < len(s) && s[k] < RuneSelf {
				k++
			}
			n += k
			s = s[k:]
			continue
		}
		_, size := decodeLong(s)
		n++
		s = s[size:]
	}
	return n
}

// Valid reports whether all of p is correct UTF-8.
func Valid(p []byte) bool { return ValidString(view(p)) }

// ValidString is Valid for a string.
func ValidString(s string) bool {
	for len(s) > 0 {
		if s[0] < RuneSelf {
			k := asciiPrefix(s)
			for k < len(s) && s[k] < RuneSelf {
				k++
			}
			s = s[k:]
			continue
		}
		r, size := decodeLong(s)
		if r == RuneError && size == 1 {
			return false
		}
		s = s[size:]
	}
	return true
}
