// This file escapes text for HTML, JavaScript and URLs.

package template

import (
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

var htmlEscapes = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "'", "&#39;", "&", "&amp;", "<", "&lt;", ">", "&gt;")

// HTMLEscape writes b escaped for HTML to w.
func HTMLEscape(w io.Writer, b []byte) { io.WriteString(w, HTMLEscapeString(string(b))) }

// HTMLEscapeString returns s escaped for HTML.
func HTMLEscapeString(s string) string { return htmlEscapes.Replace(s) }

// HTMLEscaper returns the text of its arguments escaped for HTML.
func HTMLEscaper(args ...any) string { return HTMLEscapeString(evalArgs(args)) }

// JSEscape writes b escaped for a string of JavaScript to w.
func JSEscape(w io.Writer, b []byte) { io.WriteString(w, JSEscapeString(string(b))) }

// JSEscapeString returns s escaped for a string of JavaScript.
func JSEscapeString(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' || r >= utf8.RuneSelf || strings.ContainsRune(`'"\<>&=`, r)
	}) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\\' || r == '\'' || r == '"':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || strings.ContainsRune("<>&=", r):
			fmt.Fprintf(&b, `\u%04X`, r)
		case r >= utf8.RuneSelf && !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// JSEscaper returns the text of its arguments escaped for JavaScript.
func JSEscaper(args ...any) string { return JSEscapeString(evalArgs(args)) }

// URLQueryEscaper returns the text of its arguments escaped for a URL's query.
func URLQueryEscaper(args ...any) string { return url.QueryEscape(evalArgs(args)) }

// evalArgs is the text of arguments as print would write it.
func evalArgs(args []any) string {
	if len(args) == 1 {
		if s, ok := args[0].(string); ok {
			return s
		}
	}
	list := make([]any, len(args))
	for i, arg := range args {
		list[i] = arg
		if v, ok := printable(reflect.ValueOf(arg)); ok {
			list[i] = v
		}
	}
	return fmt.Sprint(list...)
}
