// This file holds the flags and the errors of the parser.

package syntax

// Flags change what the parser accepts, and say in the tree what held where a
// node stood.
type Flags uint16

// The flags.
const (
	FoldCase      Flags = 1 << iota // upper and lower case are the same
	Literal                         // the pattern is plain text
	ClassNL                         // [^a-z] and [[:space:]] may match a newline
	DotNL                           // . may match a newline
	OneLine                         // ^ and $ match at the ends of the text only
	NonGreedy                       // repetitions prefer less
	PerlX                           // what Perl has beyond POSIX
	UnicodeGroups                   // \p{Han} and \P{Han}
	WasDollar                       // OpEndText was written $, not \z
	Simple                          // no counted repetition within

	MatchNL = ClassNL | DotNL

	Perl        = ClassNL | OneLine | PerlX | UnicodeGroups // as near to Perl as can be
	POSIX Flags = 0                                         // POSIX only
)

// Error says what is wrong with an expression, and where.
type Error struct {
	Code ErrorCode
	Expr string
}

// Error returns the whole message.
func (e *Error) Error() string {
	return "error parsing regexp: " + e.Code.String() + ": `" + e.Expr + "`"
}

// ErrorCode is the kind of an error, and its text.
type ErrorCode string

// The kinds of errors.
const (
	ErrInternalError         ErrorCode = "regexp/syntax: internal error"
	ErrInvalidCharClass      ErrorCode = "invalid character class"
	ErrInvalidCharRange      ErrorCode = "invalid character class range"
	ErrInvalidEscape         ErrorCode = "invalid escape sequence"
	ErrInvalidNamedCapture   ErrorCode = "invalid named capture"
	ErrInvalidPerlOp         ErrorCode = "invalid or unsupported Perl syntax"
	ErrInvalidRepeatOp       ErrorCode = "invalid nested repetition operator"
	ErrInvalidRepeatSize     ErrorCode = "invalid repeat count"
	ErrInvalidUTF8           ErrorCode = "invalid UTF-8"
	ErrMissingBracket        ErrorCode = "missing closing ]"
	ErrMissingParen          ErrorCode = "missing closing )"
	ErrMissingRepeatArgument ErrorCode = "missing argument to repetition operator"
	ErrTrailingBackslash     ErrorCode = "trailing backslash at end of expression"
	ErrUnexpectedParen       ErrorCode = "unexpected )"
	ErrNestingDepth          ErrorCode = "expression nests too deeply"
	ErrLarge                 ErrorCode = "expression too large"
)

// String returns the text.
func (e ErrorCode) String() string { return string(e) }
