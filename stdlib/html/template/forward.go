// This file holds the functions that are those of text/template.

package template

import (
	"io"
	"text/template"
)

// HTMLEscape writes b escaped for HTML to w.
func HTMLEscape(w io.Writer, b []byte) { template.HTMLEscape(w, b) }

// HTMLEscapeString returns s escaped for HTML.
func HTMLEscapeString(s string) string { return template.HTMLEscapeString(s) }

// HTMLEscaper returns the text of its arguments escaped for HTML.
func HTMLEscaper(args ...any) string { return template.HTMLEscaper(args...) }

// JSEscape writes b escaped for a string of JavaScript to w.
func JSEscape(w io.Writer, b []byte) { template.JSEscape(w, b) }

// JSEscapeString returns s escaped for a string of JavaScript.
func JSEscapeString(s string) string { return template.JSEscapeString(s) }

// JSEscaper returns the text of its arguments escaped for JavaScript.
func JSEscaper(args ...any) string { return template.JSEscaper(args...) }

// URLQueryEscaper returns the text of its arguments escaped for a URL's query.
func URLQueryEscaper(args ...any) string { return template.URLQueryEscaper(args...) }

// IsTrue reports whether the value is true as if sees it, and whether that can
// be said of it.
func IsTrue(val any) (truth, ok bool) { return template.IsTrue(val) }
