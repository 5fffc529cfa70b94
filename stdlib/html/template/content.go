// This file holds the types of trusted content, and how the values of a
// pipeline become text.

package template

import (
	"fmt"
	"reflect"
)

// The types mark text that the program vouches for. Where a template expects
// that kind of content, it is written as it is.
type (
	// CSS is a stylesheet, a rule, declarations or a value of CSS.
	CSS string
	// HTML is a fragment of a document.
	HTML string
	// HTMLAttr is an attribute with its value, such as ` dir="ltr"`.
	HTMLAttr string
	// JS is an expression of JavaScript.
	JS string
	// JSStr is what stands between the quotes of a string of JavaScript.
	JSStr string
	// URL is a URL or a part of one.
	URL string
	// Srcset is the value of an attribute srcset.
	Srcset string
)

// kind is what a text is known to be.
type kind uint8

const (
	kindPlain kind = iota
	kindCSS
	kindHTML
	kindHTMLAttr
	kindJS
	kindJSStr
	kindURL
	kindSrcset
	kindUnsafe // of attributes: what would change the meaning of others
)

// textOf is the text of a pipeline's values, and what it is. Only a value alone
// can be of a trusted kind.
func textOf(args []any) (string, kind) {
	if len(args) == 1 {
		switch s := pointee(args[0], nil).(type) {
		case string:
			return s, kindPlain
		case CSS:
			return string(s), kindCSS
		case HTML:
			return string(s), kindHTML
		case HTMLAttr:
			return string(s), kindHTMLAttr
		case JS:
			return string(s), kindJS
		case JSStr:
			return string(s), kindJSStr
		case URL:
			return string(s), kindURL
		case Srcset:
			return string(s), kindSrcset
		}
	}
	// A nil is no text at all.
	var values []any
	for _, arg := range args {
		if arg != nil {
			values = append(values, pointee(arg, printsItself))
		}
	}
	return fmt.Sprint(values...), kindPlain
}

// evalArgs is the text of the arguments of a call of html or urlquery, as
// text/template sees them: nil has a text.
func evalArgs(args ...any) string {
	if len(args) == 1 {
		if s, ok := args[0].(string); ok {
			return s
		}
	}
	values := make([]any, len(args))
	for i, arg := range args {
		values[i] = pointee(arg, printsItself)
	}
	return fmt.Sprint(values...)
}

// pointee follows pointers until nil or a value that stop accepts.
func pointee(a any, stop func(any) bool) any {
	if a == nil || reflect.TypeOf(a).Kind() != reflect.Pointer {
		return a
	}
	v := reflect.ValueOf(a)
	for v.Kind() == reflect.Pointer && !v.IsNil() && (stop == nil || !stop(v.Interface())) {
		v = v.Elem()
	}
	return v.Interface()
}

// printsItself reports whether fmt asks the value for its text.
func printsItself(a any) bool {
	switch a.(type) {
	case fmt.Stringer, error:
		return true
	}
	return false
}
