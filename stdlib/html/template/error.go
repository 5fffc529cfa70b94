// This file holds the errors of templates that cannot be escaped.

package template

import (
	"fmt"
	"text/template/parse"
)

// Error says why a template cannot be escaped.
type Error struct {
	ErrorCode ErrorCode
	Node      parse.Node // nil if unknown
	Name      string     // of the template
	Line      int        // in its text, 0 if unknown
	// Description says what is wrong.
	Description string
}

// ErrorCode tells the kinds of errors apart.
type ErrorCode int

// The kinds of errors.
const (
	OK                   ErrorCode = iota // no error
	ErrAmbigContext                       // an action in a URL whose part is unknown
	ErrBadHTML                            // a tag that is not well formed
	ErrBranchEnd                          // branches that end in different contexts
	ErrEndContext                         // the end is not in text
	ErrNoSuchTemplate                     // a call of a template that is not there
	ErrOutputContext                      // a recursive template whose end cannot be computed
	ErrPartialCharset                     // an action in [ ] of a regular expression
	ErrPartialEscape                      // an action behind a backslash
	ErrRangeLoopReentry                   // the next round of a range begins in another context
	ErrSlashAmbig                         // a slash that may divide or begin a regular expression
	ErrPredefinedEscaper                  // html or urlquery inside of a pipeline
	// ErrJSTemplate stood for actions in template literals, which are escaped now.
	ErrJSTemplate
)

// Error returns the message with the place.
func (e *Error) Error() string {
	switch {
	case e.Node != nil:
		place, _ := (*parse.Tree)(nil).ErrorContext(e.Node)
		return fmt.Sprintf("html/template:%s: %s", place, e.Description)
	case e.Line != 0:
		return fmt.Sprintf("html/template:%s:%d: %s", e.Name, e.Line, e.Description)
	case e.Name != "":
		return fmt.Sprintf("html/template:%s: %s", e.Name, e.Description)
	}
	return "html/template: " + e.Description
}
