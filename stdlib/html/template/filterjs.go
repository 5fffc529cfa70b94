// This file holds the escapers of JavaScript.

package template

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// The tables for strings, template literals and regular expressions. Those of
// source leave its escapes as they are.
var (
	jsSourceTable = func() *table {
		var t table
		for c := range byte(' ') {
			t[c] = fmt.Sprintf(`\u%04x`, c)
		}
		for _, c := range []byte("\"&'+<>`") {
			t[c] = fmt.Sprintf(`\u%04x`, c)
		}
		return t.with("\t", `\t`, "\n", `\n`, "\f", `\f`, "\r", `\r`, "/", `\/`)
	}()
	jsStringTable   = jsSourceTable.with(`\`, `\\`)
	jsTemplateTable = jsStringTable.with("$", `\u0024`, "{", `\u007b`, "}", `\u007d`)
	jsRegexpTable   = jsStringTable.with("`", "", "$", `\$`, "(", `\(`, ")", `\)`, "*", `\*`, "-", `\-`, ".", `\.`, "?", `\?`, "[", `\[`,
		"]", `\]`, "^", `\^`, "{", `\{`, "|", `\|`, "}", `\}`)
)

// lineEnd gives escapes for the ends of lines beyond ASCII.
func lineEnd(r rune, size int) string {
	switch r {
	case '\u2028':
		return `\u2028`
	case '\u2029':
		return `\u2029`
	}
	return ""
}

// jsStringEscaper escapes for a string in quotes.
func jsStringEscaper(args ...any) string {
	s, k := textOf(args)
	if k == kindJSStr {
		return jsSourceTable.replace(s, lineEnd)
	}
	return jsStringTable.replace(s, lineEnd)
}

// jsTemplateEscaper escapes for a template literal.
func jsTemplateEscaper(args ...any) string {
	s, _ := textOf(args)
	return jsTemplateTable.replace(s, lineEnd)
}

// jsRegexpEscaper escapes for a regular expression, in which the text stands
// for itself. An empty one would make a comment.
func jsRegexpEscaper(args ...any) string {
	s, _ := textOf(args)
	if s == "" {
		return "(?:)"
	}
	return jsRegexpTable.replace(s, lineEnd)
}

// marshalsItself reports whether the value says what it is in JSON.
func marshalsItself(a any) bool {
	_, ok := a.(json.Marshaler)
	return ok
}

// jsValueEscaper writes its argument as an expression.
func jsValueEscaper(args ...any) string {
	var value any
	if len(args) == 1 {
		value = pointee(args[0], marshalsItself)
		switch v := value.(type) {
		case JS:
			return string(v)
		case JSStr:
			return `"` + string(v) + `"`
		case json.Marshaler:
		case fmt.Stringer:
			value = v.String()
		}
	} else {
		list := make([]any, len(args))
		for i, arg := range args {
			list[i] = pointee(arg, marshalsItself)
		}
		value = fmt.Sprint(list...)
	}
	b, err := json.Marshal(value)
	if err != nil {
		// The text may be anything: it must not end the comment or script.
		text := strings.ReplaceAll(err.Error(), "*/", "* /")
		return fmt.Sprintf(" /* %s */null ", escapeTags(text, strings.ToLower))
	}
	if len(b) == 0 {
		return " null "
	}
	s := strings.NewReplacer("\u2028", `\u2028`, "\u2029", `\u2029`).Replace(string(b))
	// A word must not run into the words around it.
	if isJSWord(rune(s[0])) || isJSWord(rune(s[len(s)-1])) {
		s = " " + s + " "
	}
	return s
}

// scriptTag matches what changes the state of a script in HTML.
var scriptTag = regexp.MustCompile(`(?i)<(?:/?script|!--)`)

// escapeTags escapes tags of scripts and comments in a literal.
func escapeTags(s string, name func(string) string) string {
	return scriptTag.ReplaceAllStringFunc(s, func(tag string) string { return `\x3C` + name(tag[1:]) })
}
