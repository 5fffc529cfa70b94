// This file writes a tree as a pattern that parses to an equal one.

package syntax

import (
	"strconv"
	"strings"
	"unicode"
)

// String returns a pattern for the expression, to be parsed with the flags
// Perl. It need not be the one it was parsed from.
func (re *Regexp) String() string {
	var b strings.Builder
	re.write(&b)
	return b.String()
}

func (re *Regexp) write(b *strings.Builder) {
	switch re.Op {
	case OpNoMatch:
		b.WriteString(`[^\x00-\x{10FFFF}]`)
	case OpEmptyMatch:
		b.WriteString(`(?:)`)
	case OpLiteral:
		if re.Flags&FoldCase != 0 {
			b.WriteString(`(?i:`)
		}
		for _, r := range re.Rune {
			writeRune(b, r, false)
		}
		if re.Flags&FoldCase != 0 {
			b.WriteString(`)`)
		}
	case OpCharClass:
		writeClass(b, re.Rune)
	case OpAnyCharNotNL:
		b.WriteString(`(?-s:.)`)
	case OpAnyChar:
		b.WriteString(`(?s:.)`)
	case OpBeginLine:
		b.WriteString(`(?m:^)`)
	case OpEndLine:
		b.WriteString(`(?m:$)`)
	case OpBeginText:
		b.WriteString(`\A`)
	case OpEndText:
		if re.Flags&WasDollar != 0 {
			b.WriteString(`(?-m:$)`)
		} else {
			b.WriteString(`\z`)
		}
	case OpWordBoundary:
		b.WriteString(`\b`)
	case OpNoWordBoundary:
		b.WriteString(`\B`)
	case OpCapture:
		if re.Name != "" {
			b.WriteString(`(?P<` + re.Name + `>`)
		} else {
			b.WriteString(`(`)
		}
		if re.Sub[0].Op != OpEmptyMatch {
			re.Sub[0].write(b)
		}
		b.WriteString(`)`)
	case OpStar, OpPlus, OpQuest, OpRepeat:
		re.writeRepeat(b)
	case OpConcat:
		for _, sub := range re.Sub {
			if sub.Op == OpAlternate {
				b.WriteString(`(?:`)
				sub.write(b)
				b.WriteString(`)`)
			} else {
				sub.write(b)
			}
		}
	case OpAlternate:
		for i, sub := range re.Sub {
			if i > 0 {
				b.WriteString(`|`)
			}
			sub.write(b)
		}
	default:
		b.WriteString("<invalid op" + decimal(int(re.Op)) + ">")
	}
}

func (re *Regexp) writeRepeat(b *strings.Builder) {
	sub := re.Sub[0]
	if sub.Op > OpCapture || sub.Op == OpLiteral && len(sub.Rune) > 1 {
		b.WriteString(`(?:`)
		sub.write(b)
		b.WriteString(`)`)
	} else {
		sub.write(b)
	}
	switch re.Op {
	case OpStar:
		b.WriteByte('*')
	case OpPlus:
		b.WriteByte('+')
	case OpQuest:
		b.WriteByte('?')
	case OpRepeat:
		b.WriteString("{" + strconv.Itoa(re.Min))
		if re.Max != re.Min {
			b.WriteByte(',')
			if re.Max >= 0 {
				b.WriteString(strconv.Itoa(re.Max))
			}
		}
		b.WriteByte('}')
	}
	if re.Flags&NonGreedy != 0 {
		b.WriteByte('?')
	}
}

func writeClass(b *strings.Builder, ranges []rune) {
	if len(ranges) == 0 {
		b.WriteString(`[^\x00-\x{10FFFF}]`)
		return
	}
	b.WriteByte('[')
	// What has both ends of all runes is shorter by what it leaves out.
	if ranges[0] == 0 && ranges[len(ranges)-1] == maxRune && len(ranges) > 2 {
		b.WriteByte('^')
		rest := class(append([]rune(nil), ranges...))
		rest.negate()
		ranges = rest
	}
	for i := 0; i+1 < len(ranges); i += 2 {
		lo, hi := ranges[i], ranges[i+1]
		writeRune(b, lo, lo == '-')
		if lo != hi {
			if hi != lo+1 {
				b.WriteByte('-')
			}
			writeRune(b, hi, hi == '-')
		}
	}
	b.WriteByte(']')
}

const meta = `\.+*?()|[]{}^$`

func writeRune(b *strings.Builder, r rune, force bool) {
	if unicode.IsPrint(r) {
		if force || strings.ContainsRune(meta, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		return
	}
	switch r {
	case '\a':
		b.WriteString(`\a`)
	case '\f':
		b.WriteString(`\f`)
	case '\n':
		b.WriteString(`\n`)
	case '\r':
		b.WriteString(`\r`)
	case '\t':
		b.WriteString(`\t`)
	case '\v':
		b.WriteString(`\v`)
	default:
		h := strconv.FormatInt(int64(r), 16)
		if r >= 0x100 {
			b.WriteString(`\x{` + h + `}`)
			return
		}
		if len(h) == 1 {
			h = "0" + h
		}
		b.WriteString(`\x` + h)
	}
}
