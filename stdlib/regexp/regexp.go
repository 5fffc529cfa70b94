// This file holds the type Regexp and what does not search.

// Package regexp searches with regular expressions, in time linear in the
// text. The syntax is that of package regexp/syntax.
//
// Text is UTF-8; each byte of what is not counts as a U+FFFD. The methods that
// find have names after the pattern Find(All)?(String)?(Submatch)?(Index)?:
// with All it is the first n matches that do not overlap (all if n < 0), else
// the first. String is for strings instead of []byte. Submatch gives the groups
// of each match as well, Index positions instead of texts.
package regexp

import (
	"io"
	"regexp/syntax"
	"strconv"
	"strings"
	"unsafe"
)

// Regexp is a compiled regular expression. Goroutines may share it, but for
// the method Longest.
type Regexp struct {
	expr     string
	names    []string // of the groups; the first is the whole
	prefix   string   // what each match begins with
	complete bool     // and there is nothing else in it
	anchored bool     // matches begin at the beginning of the text only
	longest  bool
	engine   *engine
	_        [0]func() // not comparable
}

// Compile parses an expression. Its matches are the leftmost, and of those the
// one that a search with backtracking would find first.
func Compile(expr string) (*Regexp, error) { return compile(expr, syntax.Perl, false) }

// CompilePOSIX is Compile for the syntax of POSIX egrep; its matches are the
// leftmost and of those the longest.
func CompilePOSIX(expr string) (*Regexp, error) { return compile(expr, syntax.POSIX, true) }

func compile(expr string, flags syntax.Flags, longest bool) (*Regexp, error) {
	tree, err := syntax.Parse(expr, flags)
	if err != nil {
		return nil, err
	}
	names := tree.CapNames()
	tree = tree.Simplify()
	prog, err := syntax.Compile(tree)
	if err != nil {
		return nil, err
	}
	re := &Regexp{expr: expr, names: names, longest: longest, engine: newEngine(tree, prog)}
	re.prefix, re.complete = prog.Prefix()
	re.anchored = prog.StartCond()&syntax.EmptyBeginText != 0
	return re, nil
}

// MustCompile is Compile for expressions that are known to be right: it
// panics if there is an error.
func MustCompile(str string) *Regexp {
	re, err := Compile(str)
	if err != nil {
		panic("regexp: Compile(" + quote(str) + "): " + err.Error())
	}
	return re
}

// MustCompilePOSIX is MustCompile for CompilePOSIX.
func MustCompilePOSIX(str string) *Regexp {
	re, err := CompilePOSIX(str)
	if err != nil {
		panic("regexp: CompilePOSIX(" + quote(str) + "): " + err.Error())
	}
	return re
}

func quote(s string) string {
	if strconv.CanBackquote(s) {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}

// String returns the text that the expression was compiled from.
func (re *Regexp) String() string { return re.expr }

// Copy returns a copy, on which Longest can be called alone.
//
// Deprecated: goroutines may share a Regexp.
func (re *Regexp) Copy() *Regexp {
	c := *re
	return &c
}

// Longest makes the searches to come prefer the longest of the leftmost
// matches.
func (re *Regexp) Longest() { re.longest = true }

// NumSubexp returns the number of groups.
func (re *Regexp) NumSubexp() int { return len(re.names) - 1 }

// SubexpNames returns the names of the groups by their index; that of the
// whole, and of groups without a name, is empty.
func (re *Regexp) SubexpNames() []string { return re.names }

// SubexpIndex returns the index of the first group with the name, or -1.
func (re *Regexp) SubexpIndex(name string) int {
	if name != "" {
		for i, n := range re.names {
			if n == name {
				return i
			}
		}
	}
	return -1
}

// LiteralPrefix returns the text that each match begins with, and whether it
// is the whole match.
func (re *Regexp) LiteralPrefix() (prefix string, complete bool) {
	if !re.anchored {
		return re.prefix, re.complete
	}
	// Behind the anchor, as Go has it: a text and nothing else, complete if there
	// is an anchor at the end, too.
	inst := re.engine.prog.Inst
	i := &inst[re.engine.prog.Start]
	if i.Op != syntax.InstEmptyWidth {
		return "", false
	}
	var b strings.Builder
	for i = &inst[i.Out]; i.Op == syntax.InstRune1; i = &inst[i.Out] {
		b.WriteRune(i.Rune[0])
	}
	if b.Len() == 0 {
		return "", false
	}
	complete = i.Op == syntax.InstEmptyWidth && inst[i.Out].Op == syntax.InstMatch
	// What follows must be a chain that the end of the text ends.
	for atEnd := false; ; i = &inst[i.Out] {
		switch i.Op {
		case syntax.InstMatch:
			if !atEnd {
				return "", false
			}
			return b.String(), complete
		case syntax.InstEmptyWidth:
			atEnd = syntax.EmptyOp(i.Arg) == syntax.EmptyEndText
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			atEnd = false
		case syntax.InstCapture, syntax.InstNop:
		default:
			return "", false
		}
	}
}

// AppendText appends the expression's text to b.
func (re *Regexp) AppendText(b []byte) ([]byte, error) { return append(b, re.expr...), nil }

// MarshalText returns the expression's text.
func (re *Regexp) MarshalText() ([]byte, error) { return re.AppendText(nil) }

// UnmarshalText compiles text.
func (re *Regexp) UnmarshalText(text []byte) error {
	n, err := Compile(string(text))
	if err != nil {
		return err
	}
	*re = *n
	return nil
}

// MatchString reports whether s has a match.
func (re *Regexp) MatchString(s string) bool { return re.find(s, 0, 0, nil) != nil }

// Match reports whether b has a match.
func (re *Regexp) Match(b []byte) bool { return re.find(text(b), 0, 0, nil) != nil }

// MatchReader reports whether what r gives has a match.
func (re *Regexp) MatchReader(r io.RuneReader) bool { return re.findReader(r, 0) != nil }

// MatchString compiles the pattern and reports whether s has a match of it.
func MatchString(pattern string, s string) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchString(s), nil
}

// Match is MatchString for bytes.
func Match(pattern string, b []byte) (matched bool, err error) { return MatchString(pattern, text(b)) }

// MatchReader is MatchString for what r gives.
func MatchReader(pattern string, r io.RuneReader) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchReader(r), nil
}

// QuoteMeta returns an expression that matches the text s.
func QuoteMeta(s string) string {
	const special = `\.+*?()|[]{}^$`
	n := 0
	for i := range len(s) {
		if strings.IndexByte(special, s[i]) >= 0 {
			n++
		}
	}
	if n == 0 {
		return s
	}
	b := make([]byte, 0, len(s)+n)
	for i := range len(s) {
		if strings.IndexByte(special, s[i]) >= 0 {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return string(b)
}

// text is b as a string that nobody keeps longer than b stays the same.
func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
