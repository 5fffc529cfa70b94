// This file splits the text of a template into tokens, one at a time.

package parse

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind int

const (
	tokError kind = iota
	tokEOF
	tokText
	tokComment
	tokLeft  // {{
	tokRight // }}
	tokSpace
	tokBool
	tokChar
	tokNumber
	tokString
	tokRaw
	tokIdent
	tokField    // .name
	tokVariable // $name
	tokAssign   // =
	tokDeclare  // :=
	tokPipe     // |
	tokOpen     // (
	tokClose    // )
	tokOther    // any other ASCII character
	tokKeyword  // and those after it
	tokBlock
	tokBreak
	tokContinue
	tokDefine
	tokElse
	tokEnd
	tokIf
	tokRange
	tokTemplate
	tokWith
	tokDot
	tokNil
)

var keywords = map[string]kind{
	".": tokDot, "block": tokBlock, "break": tokBreak, "continue": tokContinue, "define": tokDefine, "else": tokElse,
	"end": tokEnd, "if": tokIf, "range": tokRange, "nil": tokNil, "template": tokTemplate, "with": tokWith,
	"true": tokBool, "false": tokBool,
}

type token struct {
	kind kind
	pos  Pos
	text string
	line int
}

// String is the token in an error.
func (t token) String() string {
	switch {
	case t.kind == tokEOF:
		return "EOF"
	case t.kind == tokError:
		return t.text
	case t.kind > tokKeyword:
		return fmt.Sprintf("<%s>", t.text)
	case len(t.text) > 10:
		return fmt.Sprintf("%.10q...", t.text)
	}
	return fmt.Sprintf("%q", t.text)
}

const spaces = " \t\r\n"

// lexer holds where it is.
type lexer struct {
	in          string
	left, right string // delimiters
	pos         int
	line        int
	inside      bool // an action
	depth       int  // of parentheses
	trim        bool // space at the beginning of the next text goes
	comments    bool // are tokens
	// break and continue are functions where the template has such.
	breakOK, continueOK bool
}

// emit makes a token of the text up to end.
func (l *lexer) emit(k kind, end int) token {
	t := token{k, Pos(l.pos), l.in[l.pos:end], l.line}
	l.pos = end
	l.line += strings.Count(t.text, "\n")
	return t
}

func (l *lexer) fail(format string, args ...any) token {
	return token{tokError, Pos(l.pos), fmt.Sprintf(format, args...), l.line}
}

// skip goes on without a token.
func (l *lexer) skip(n int) { l.emit(tokText, l.pos+n) }

func (l *lexer) next() token {
	if l.inside {
		return l.action()
	}
	for {
		t, ok := l.text()
		if ok {
			return t
		}
	}
}

// text lexes outside of actions; it reports whether there is a token.
func (l *lexer) text() (token, bool) {
	if l.trim {
		rest := l.in[l.pos:]
		l.skip(len(rest) - len(strings.TrimLeft(rest, spaces)))
		l.trim = false
	}
	i := strings.Index(l.in[l.pos:], l.left)
	if i < 0 {
		if l.pos == len(l.in) {
			return token{tokEOF, Pos(l.pos), "", l.line}, true
		}
		return l.emit(tokText, len(l.in)), true
	}
	if i > 0 {
		end := l.pos + i
		kept := end
		if trimsLeft(l.in[end+len(l.left):]) {
			kept = l.pos + len(strings.TrimRight(l.in[l.pos:end], spaces))
		}
		if kept > l.pos {
			t := l.emit(tokText, kept)
			l.skip(end - kept)
			return t, true
		}
		l.skip(end - kept)
	}
	// At a delimiter.
	mark := len(l.left)
	if trimsLeft(l.in[l.pos+mark:]) {
		mark += 2
	}
	if !strings.HasPrefix(l.in[l.pos+mark:], "/*") {
		t := l.emit(tokLeft, l.pos+len(l.left))
		l.skip(mark - len(l.left))
		l.inside, l.depth = true, 0
		return t, true
	}
	l.skip(mark)
	n := strings.Index(l.in[l.pos:], "*/")
	if n < 0 {
		return l.fail("unclosed comment"), true
	}
	after := l.in[l.pos+n+2:]
	trim := trimsRight(after)
	if trim {
		after = after[2:]
	}
	if !strings.HasPrefix(after, l.right) {
		return l.fail("comment ends before closing delimiter"), true
	}
	t := l.emit(tokComment, l.pos+n+2)
	if trim {
		l.skip(2)
	}
	l.skip(len(l.right))
	l.trim = trim
	return t, l.comments
}

// trimsLeft reports whether s begins with a minus and a space.
func trimsLeft(s string) bool {
	return len(s) >= 2 && s[0] == '-' && strings.IndexByte(spaces, s[1]) >= 0
}

// trimsRight reports whether s begins with a space and a minus.
func trimsRight(s string) bool {
	return len(s) >= 2 && strings.IndexByte(spaces, s[0]) >= 0 && s[1] == '-'
}

// action lexes inside of an action.
func (l *lexer) action() token {
	rest := l.in[l.pos:]
	if trimsRight(rest) && strings.HasPrefix(rest[2:], l.right) {
		l.skip(2)
		l.trim = true
		rest = rest[2:]
	}
	if strings.HasPrefix(rest, l.right) {
		if l.depth > 0 {
			return l.fail("unclosed left paren")
		}
		l.inside = false
		return l.emit(tokRight, l.pos+len(l.right))
	}
	if rest == "" {
		return l.fail("unclosed action")
	}
	c, n := utf8.DecodeRuneInString(rest)
	switch {
	case strings.IndexByte(spaces, rest[0]) >= 0:
		end := l.pos
		for end < len(l.in) && strings.IndexByte(spaces, l.in[end]) >= 0 {
			// The space of a mark belongs to the mark.
			if trimsRight(l.in[end:]) && strings.HasPrefix(l.in[end+2:], l.right) {
				break
			}
			end++
		}
		return l.emit(tokSpace, end)
	case c == '=':
		return l.emit(tokAssign, l.pos+1)
	case c == ':':
		if !strings.HasPrefix(rest, ":=") {
			return l.fail("expected :=")
		}
		return l.emit(tokDeclare, l.pos+2)
	case c == '|':
		return l.emit(tokPipe, l.pos+1)
	case c == '"':
		return l.quoted('"', tokString, "unterminated quoted string")
	case c == '\'':
		return l.quoted('\'', tokChar, "unterminated character constant")
	case c == '`':
		i := strings.IndexByte(rest[1:], '`')
		if i < 0 {
			return l.fail("unterminated raw quoted string")
		}
		return l.emit(tokRaw, l.pos+i+2)
	case c == '$':
		return l.name(tokVariable, 1)
	case c == '.' && (len(rest) < 2 || rest[1] < '0' || rest[1] > '9'):
		return l.name(tokField, 1)
	case c == '+' || c == '-' || c == '.' || '0' <= c && c <= '9':
		return l.number()
	case alphanumeric(c):
		return l.name(tokIdent, 0)
	case c == '(':
		l.depth++
		return l.emit(tokOpen, l.pos+1)
	case c == ')':
		l.depth--
		if l.depth < 0 {
			return l.fail("unexpected right paren")
		}
		return l.emit(tokClose, l.pos+1)
	case c < utf8.RuneSelf && unicode.IsPrint(c):
		return l.emit(tokOther, l.pos+n)
	}
	return l.fail("unrecognized character in action: %#U", c)
}

func alphanumeric(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// quoted lexes a string or character on one line.
func (l *lexer) quoted(quote byte, k kind, message string) token {
	for i := l.pos + 1; i < len(l.in) && l.in[i] != '\n'; i++ {
		switch l.in[i] {
		case '\\':
			i++
			if i < len(l.in) && l.in[i] == '\n' {
				return l.fail("%s", message)
			}
		case quote:
			return l.emit(k, i+1)
		}
	}
	return l.fail("%s", message)
}

// name lexes a name behind n characters.
func (l *lexer) name(k kind, n int) token {
	end := l.pos + n
	for end < len(l.in) {
		r, w := utf8.DecodeRuneInString(l.in[end:])
		if !alphanumeric(r) {
			break
		}
		end += w
	}
	word := l.in[l.pos:end]
	if !l.ends(end) {
		r, _ := utf8.DecodeRuneInString(l.in[end:])
		return l.fail("bad character %#U", r)
	}
	if word == "." {
		k = tokDot
	}
	if k == tokIdent {
		if kw, ok := keywords[word]; ok && (kw != tokBreak || l.breakOK) && (kw != tokContinue || l.continueOK) {
			k = kw
		}
	}
	return l.emit(k, end)
}

// ends reports whether a name may end at a position.
func (l *lexer) ends(at int) bool {
	return at == len(l.in) || strings.IndexByte(spaces+".,|:)(", l.in[at]) >= 0 || strings.HasPrefix(l.in[at:], l.right)
}

// number lexes a number: the parser finds out whether it is right.
func (l *lexer) number() token {
	end := l.pos
	accept := func(set string) bool {
		if end < len(l.in) && strings.IndexByte(set, l.in[end]) >= 0 {
			end++
			return true
		}
		return false
	}
	part := func() bool {
		accept("+-")
		digits := "0123456789_"
		exponent := "eE"
		if accept("0") {
			if accept("xX") {
				digits, exponent = "0123456789abcdefABCDEF_", "pP"
			} else if accept("oO") {
				digits = "01234567_"
			} else if accept("bB") {
				digits = "01_"
			}
		}
		for accept(digits) {
		}
		if accept(".") {
			for accept(digits) {
			}
		}
		if accept(exponent) {
			accept("+-")
			for accept("0123456789_") {
			}
		}
		accept("i")
		if r, w := utf8.DecodeRuneInString(l.in[end:]); w > 0 && alphanumeric(r) {
			end += w
			return false
		}
		return true
	}
	ok := part()
	if ok && end < len(l.in) && (l.in[end] == '+' || l.in[end] == '-') {
		// A complex number has two parts.
		ok = part() && l.in[end-1] == 'i'
	}
	if !ok {
		return l.fail("bad number syntax: %q", l.in[l.pos:end])
	}
	return l.emit(tokNumber, end)
}
