// This file holds the questions for the class of a rune.

package unicode

// The bits of the classes of a Latin-1 rune in the table latin. A rune with
// both letter bits is a letter without case.
const (
	isControl = 1 << iota
	isPunct
	isNumber
	isSymbol
	isSpaceMark
	isUpperLetter
	isLowerLetter
	isPrintable
	isAnyLetter = isUpperLetter | isLowerLetter
)

// GraphicRanges has the tables whose members IsGraphic accepts.
var GraphicRanges = []*RangeTable{
	&tabL, &tabM, &tabN, &tabP, &tabS, &tabZs,
}

// PrintRanges has the tables whose members IsPrint accepts, beside the ASCII
// space.
var PrintRanges = []*RangeTable{
	&tabL, &tabM, &tabN, &tabP, &tabS,
}

// IsGraphic reports whether r is shown as a mark or a blank: a letter, mark,
// number, punctuation, symbol or space, of categories L, M, N, P, S, Zs.
func IsGraphic(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin[uint8(r)]&(isPrintable|isSpaceMark) != 0
	}
	return In(r, GraphicRanges...)
}

// IsPrint reports whether r is printable: graphic, but of the spaces only the
// ASCII one.
func IsPrint(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin[uint8(r)]&isPrintable != 0
	}
	return In(r, PrintRanges...)
}

// IsControl reports whether r is a control character, of category Cc.
func IsControl(r rune) bool {
	return uint32(r) <= MaxLatin1 && latin[uint8(r)]&isControl != 0
}

// IsLetter reports whether r is a letter, of category L.
func IsLetter(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin[uint8(r)]&isAnyLetter != 0
	}
	return isBeyondLatin(&tabL, r)
}

// IsMark reports whether r is a mark, of category M.
func IsMark(r rune) bool {
	return isBeyondLatin(&tabM, r)
}

// IsNumber reports whether r is a number, of category N.
func IsNumber(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin[uint8(r)]&isNumber != 0
	}
	return isBeyondLatin(&tabN, r)
}

// IsDigit reports whether r is a decimal digit.
func IsDigit(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return '0' <= r && r <= '9'
	}
	return isBeyondLatin(&tabNd, r)
}

// IsPunct reports whether r is punctuation, of category P.
func IsPunct(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin[uint8(r)]&isPunct != 0
	}
	return isBeyondLatin(&tabP, r)
}

// IsSymbol reports whether r is a symbol, of category S.
func IsSymbol(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin[uint8(r)]&isSymbol != 0
	}
	return isBeyondLatin(&tabS, r)
}

// IsSpace reports whether r has the property White_Space. Among the Latin-1
// runes those are '\t', '\n', '\v', '\f', '\r', ' ', U+0085 and U+00A0.
func IsSpace(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return r == ' ' || '\t' <= r && r <= '\r' || r == 0x85 || r == 0xA0
	}
	return isBeyondLatin(&tabWhite_Space, r)
}

// IsUpper reports whether r is an upper case letter.
func IsUpper(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin[uint8(r)]&isAnyLetter == isUpperLetter
	}
	return isBeyondLatin(&tabLu, r)
}

// IsLower reports whether r is a lower case letter.
func IsLower(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return latin[uint8(r)]&isAnyLetter == isLowerLetter
	}
	return isBeyondLatin(&tabLl, r)
}

// IsTitle reports whether r is a title case letter.
func IsTitle(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return false
	}
	return isBeyondLatin(&tabLt, r)
}
