// This file follows the text of a document: a context and what comes next give
// the context behind it. It holds the states of HTML and of URLs.

package template

import (
	"bytes"
	"html"
	"strings"
)

// A step reads some of the text, all or up to where the state changes, and
// returns the context there and how much that was. Text that ends early may go
// on: an action or a branch may be in between.
type step func(c context, s []byte) (context, int)

// steps has the step of each state. It is filled by init since values of
// attributes are read by the steps of other states.
var steps [stateDead + 1]step

func init() {
	steps = [...]step{
		stateText: stepText, stateTag: stepTag, stateAttrName: stepAttrName, stateAfterName: stepAfterName,
		stateBeforeValue: stepBeforeValue, stateHTMLCmt: stepHTMLComment, stateRCDATA: stepEndTag, stateAttr: stepAll,
		stateURL: stepURL, stateSrcset: stepURL, stateJS: stepJS, stateJSDqStr: stepJSLiteral, stateJSSqStr: stepJSLiteral,
		stateJSTmplLit: stepJSTemplate, stateJSRegexp: stepJSLiteral, stateJSBlockCmt: stepBlockComment,
		stateJSLineCmt: stepLineComment, stateJSHTMLOpenCmt: stepLineComment, stateJSHTMLCloseCmt: stepLineComment,
		stateCSS: stepCSS, stateCSSDqStr: stepCSSString, stateCSSSqStr: stepCSSString, stateCSSDqURL: stepCSSString,
		stateCSSSqURL: stepCSSString, stateCSSURL: stepCSSString, stateCSSBlockCmt: stepBlockComment,
		stateCSSLineCmt: stepLineComment, stateError: stepAll, stateMetaContent: stepMeta, stateMetaContentURL: stepMetaURL,
		stateDead: stepAll,
	}
}

// advance reads some text behind c: it is the step of c's state, bounded by the
// end of the element or value around it.
func advance(c context, s []byte) (context, int) {
	if c.delim != delimNone {
		return advanceValue(c, s)
	}
	end, n := stepEndTag(c, s)
	if n == 0 {
		return end, 0
	}
	return steps[c.state](c, s[:n])
}

// valueEnds has the characters that end a value.
var valueEnds = [...]string{delimDoubleQuote: `"`, delimSingleQuote: "'", delimSpaceOrTagEnd: " \t\n\f\r>"}

// advanceValue reads in an attribute's value, to its end if it is there.
func advanceValue(c context, s []byte) (context, int) {
	n := bytes.IndexAny(s, valueEnds[c.delim])
	if n < 0 {
		n = len(s)
	}
	if c.delim == delimSpaceOrTagEnd {
		// Browsers differ in what these mean without quotes.
		if i := bytes.IndexAny(s[:n], "\"'<=`"); i >= 0 {
			return fail(ErrBadHTML, nil, 0, "%q in unquoted attr: %q", s[i:i+1], s[:n]), len(s)
		}
	}
	if n == len(s) {
		for rest := []byte(html.UnescapeString(string(s))); len(rest) > 0; {
			next, used := steps[c.state](c, rest)
			c, rest = next, rest[used:]
		}
		return c, len(s)
	}
	e := c.element
	if c.state == stateAttr && e == elementScript && c.attr == attrScriptType && !isScript(string(s[:n])) {
		e = elementNone
	}
	if c.delim != delimSpaceOrTagEnd {
		n++
	}
	return context{state: stateTag, element: e}, n
}

// stepAll stays in the state.
func stepAll(c context, s []byte) (context, int) { return c, len(s) }

// stepText reads up to the name of a tag or into a comment.
func stepText(c context, s []byte) (context, int) {
	for i := 0; ; {
		n := bytes.IndexByte(s[i:], '<')
		if n < 0 || i+n+1 == len(s) {
			return c, len(s)
		}
		i += n
		if bytes.HasPrefix(s[i:], []byte("<!--")) {
			return context{state: stateHTMLCmt}, i + 4
		}
		i++
		closing := s[i] == '/'
		if closing {
			if i+1 == len(s) {
				return c, len(s)
			}
			i++
		}
		if n := tagName(s[i:]); n > 0 {
			e := elements[strings.ToLower(string(s[i:i+n]))]
			if closing {
				e = elementNone
			}
			return context{state: stateTag, element: e}, i + n
		}
	}
}

// tagName is the length of the name that s begins with, 0 if there is none.
// Parts of a name are joined by a colon or hyphen.
func tagName(s []byte) int {
	if len(s) == 0 || !isLetter(s[0]) {
		return 0
	}
	i := 1
	for ; i < len(s); i++ {
		if isLetter(s[i]) || isDigit(s[i]) {
			continue
		}
		if (s[i] == ':' || s[i] == '-') && i+1 < len(s) && (isLetter(s[i+1]) || isDigit(s[i+1])) {
			continue
		}
		break
	}
	return i
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

// isSpace reports whether c is white space of HTML.
func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }

// space is the length of the white space that s begins with.
func space(s []byte) int { return len(s) - len(bytes.TrimLeft(s, " \t\n\f\r")) }

// tagNames has the names of the elements whose contents go on to their end tag.
var tagNames = [...]string{elementScript: "script", elementStyle: "style", elementTextarea: "textarea", elementTitle: "title", elementMeta: ""}

// stepEndTag reads up to the end tag of c's element. Literals and comments of
// scripts go over it: what they hold is escaped.
func stepEndTag(c context, s []byte) (context, int) {
	name := tagNames[c.element]
	if name == "" || c.element == elementScript && (c.state.isScriptLiteral() || c.state.isComment()) {
		return c, len(s)
	}
	if i := endTag(s, name); i >= 0 {
		return context{}, i
	}
	return c, len(s)
}

// endTag is the index of the end tag of the name, -1 if there is none.
func endTag(s []byte, name string) int {
	for i := 0; ; i++ {
		n := bytes.Index(s[i:], []byte("</"))
		if n < 0 {
			return -1
		}
		i += n
		rest := s[i+2:]
		if len(rest) > len(name) && strings.EqualFold(string(rest[:len(name)]), name) && strings.IndexByte("> \t\n\f/", rest[len(name)]) >= 0 {
			return i
		}
	}
}

// stepTag reads up to the tag's end or into an attribute's name.
func stepTag(c context, s []byte) (context, int) {
	i := space(s)
	if i == len(s) {
		return c, len(s)
	}
	if s[i] == '>' {
		return contents(c.element), i + 1
	}
	n, err := attrName(s, i)
	switch {
	case err != nil:
		return context{state: stateError, err: err}, len(s)
	case n == 0:
		return fail(ErrBadHTML, nil, 0, "expected space, attr name, or end of tag, but got %q", s[i:]), len(s)
	}
	c = context{state: stateAfterName, element: c.element, attr: attrOf(c.element, strings.ToLower(string(s[i:i+n])))}
	if i+n == len(s) {
		c.state = stateAttrName
	}
	return c, i + n
}

// attrName is the length of the attribute's name at s[i:].
func attrName(s []byte, i int) (int, *Error) {
	for n, c := range s[i:] {
		switch {
		case isSpace(c) || c == '=' || c == '>':
			return n, nil
		case c == '\'' || c == '"' || c == '<':
			// Two quotes or a tag's start: more likely a mistake than a name.
			return 0, fail(ErrBadHTML, nil, 0, "%q in attribute name: %.32q", s[i+n:i+n+1], s).err
		}
	}
	return len(s) - i, nil
}

func stepAttrName(c context, s []byte) (context, int) {
	n, err := attrName(s, 0)
	if err != nil {
		return context{state: stateError, err: err}, len(s)
	}
	if n < len(s) {
		c.state = stateAfterName
	}
	return c, n
}

func stepAfterName(c context, s []byte) (context, int) {
	i := space(s)
	switch {
	case i == len(s):
		return c, i
	case s[i] != '=':
		c.state = stateTag // an attribute without value
		return c, i
	}
	c.state = stateBeforeValue
	return c, i + 1
}

func stepBeforeValue(c context, s []byte) (context, int) {
	i := space(s)
	if i == len(s) {
		return c, i
	}
	c.state, c.delim = valueStates[c.attr], delimSpaceOrTagEnd
	switch s[i] {
	case '"':
		c.delim = delimDoubleQuote
		i++
	case '\'':
		c.delim = delimSingleQuote
		i++
	}
	return c, i
}

func stepHTMLComment(c context, s []byte) (context, int) {
	if i := bytes.Index(s, []byte("-->")); i >= 0 {
		return context{}, i + 3
	}
	return c, len(s)
}

// stepURL reads a URL's text, all of it.
func stepURL(c context, s []byte) (context, int) {
	c.urlPart = c.urlPart.behind(s)
	return c, len(s)
}

// behind is the part of a URL that follows when s has been written. White space
// does not begin one.
func (p urlPart) behind(s []byte) urlPart {
	switch {
	case bytes.ContainsAny(s, "#?"):
		return urlPartQueryOrFrag
	case p == urlPartNone && space(s) < len(s):
		return urlPartPreQuery
	}
	return p
}

// stepMeta reads the content of meta up to a URL, which is behind "url=".
func stepMeta(c context, s []byte) (context, int) {
	for i := 0; i+3 <= len(s); i++ {
		if !strings.EqualFold(string(s[i:i+3]), "url") {
			continue
		}
		if n := i + 3 + space(s[i+3:]); n < len(s) && s[n] == '=' {
			c.state = stateMetaContentURL
			return c, n + 1
		}
	}
	return c, len(s)
}

func stepMetaURL(c context, s []byte) (context, int) {
	if i := bytes.IndexByte(s, ';'); i >= 0 {
		c.state = stateMetaContent
		return c, i + 1
	}
	return c, len(s)
}
