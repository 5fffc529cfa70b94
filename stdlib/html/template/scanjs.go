// This file holds the states of JavaScript, and the comments that CSS has too.

package template

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// stepJS reads up to a literal or comment.
func stepJS(c context, s []byte) (context, int) {
	i := bytes.IndexAny(s, "\"'`/{}<-#")
	// A # that begins no comment is part of a name.
	for i >= 0 && s[i] == '#' && !bytes.HasPrefix(s[i:], []byte("#!")) {
		n := bytes.IndexAny(s[i+1:], "\"'`/{}<-#")
		if n < 0 {
			i = -1
			break
		}
		i += 1 + n
	}
	if i < 0 {
		c.jsCtx = slashBehind(s, c.jsCtx)
		return c, len(s)
	}
	c.jsCtx = slashBehind(s[:i], c.jsCtx)
	rest := s[i:]
	begins := func(text string) bool { return bytes.HasPrefix(rest, []byte(text)) }
	switch {
	case rest[0] == '"':
		c.state, c.jsCtx = stateJSDqStr, jsCtxRegexp
	case rest[0] == '\'':
		c.state, c.jsCtx = stateJSSqStr, jsCtxRegexp
	case rest[0] == '`':
		c.state, c.jsCtx = stateJSTmplLit, jsCtxRegexp
	case begins("//"), begins("#!"):
		c.state = stateJSLineCmt
		return c, i + 2
	case begins("/*"):
		c.state = stateJSBlockCmt
		return c, i + 2
	case begins("<!--"):
		c.state = stateJSHTMLOpenCmt
		return c, i + 4
	case begins("-->"):
		c.state = stateJSHTMLCloseCmt
		return c, i + 3
	case rest[0] == '/':
		switch c.jsCtx {
		case jsCtxRegexp:
			c.state = stateJSRegexp
		case jsCtxDivOp:
			c.jsCtx = jsCtxRegexp
		default:
			return fail(ErrSlashAmbig, nil, 0, "'/' could start a division or regexp: %.32q", rest), len(s)
		}
	case rest[0] == '{':
		c.jsCtx = jsCtxRegexp
		c.braces = deeper(c.braces, 1)
	case rest[0] == '}':
		if n := len(c.braces); n > 0 && c.braces[n-1] == 0 {
			// The end of ${ }.
			c.state, c.braces = stateJSTmplLit, c.braces[:n-1:n-1]
			break
		}
		c.jsCtx = jsCtxRegexp
		c.braces = deeper(c.braces, -1)
	}
	return c, i + 1
}

// deeper returns the depths with the last one changed. Outside of template
// literals nobody asks for it.
func deeper(braces []int, by int) []int {
	if len(braces) == 0 {
		return nil
	}
	braces = slices.Clone(braces)
	braces[len(braces)-1] += by
	return braces
}

// stepJSTemplate reads in a template literal to its end or an expression.
func stepJSTemplate(c context, s []byte) (context, int) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if i++; i == len(s) {
				return fail(ErrPartialEscape, nil, 0, "unfinished escape sequence in JS string: %q", s), len(s)
			}
		case '$':
			if i+1 < len(s) && s[i+1] == '{' {
				c.state, c.jsCtx = stateJS, jsCtxRegexp
				c.braces = append(c.braces[:len(c.braces):len(c.braces)], 0)
				return c, i + 2
			}
		case '`':
			c.state = stateJS
			return c, i + 1
		}
	}
	return c, len(s)
}

// stepJSLiteral reads in a string or regular expression to its end.
func stepJSLiteral(c context, s []byte) (context, int) {
	end := byte('"')
	switch c.state {
	case stateJSSqStr:
		end = '\''
	case stateJSRegexp:
		end = '/'
	}
	class := false // in [ ]
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			if i++; i == len(s) {
				return fail(ErrPartialEscape, nil, 0, "unfinished escape sequence in JS string: %q", s), len(s)
			}
		case end == '/' && s[i] == '[':
			class = true
		case end == '/' && s[i] == ']':
			class = false
		case s[i] == end && !class:
			if end == '/' && i > 0 && i+7 <= len(s) && strings.EqualFold(string(s[i-1:i+7]), "</script") {
				continue // it will be escaped
			}
			c.state, c.jsCtx = stateJS, jsCtxDivOp
			return c, i + 1
		}
	}
	if class {
		return fail(ErrPartialCharset, nil, 0, "unfinished JS regexp charset: %q", s), len(s)
	}
	return c, len(s)
}

// language is the state behind a comment.
func (s state) language() state {
	switch s {
	case stateCSSBlockCmt, stateCSSLineCmt:
		return stateCSS
	}
	return stateJS
}

func stepBlockComment(c context, s []byte) (context, int) {
	if i := bytes.Index(s, []byte("*/")); i >= 0 {
		c.state = c.state.language()
		return c, i + 2
	}
	return c, len(s)
}

// stepLineComment reads up to the line's end, which is no part of the comment.
func stepLineComment(c context, s []byte) (context, int) {
	ends := "\n\r\u2028\u2029"
	if c.state == stateCSSLineCmt {
		ends = "\n\f\r"
	}
	if i := bytes.IndexAny(s, ends); i >= 0 {
		c.state = c.state.language()
		return c, i
	}
	return c, len(s)
}

// beforeRegexp has the words that an expression follows.
var beforeRegexp = func() map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq("break case continue delete do else finally in instanceof return throw try typeof void yield") {
		m[word] = true
	}
	return m
}()

// slashBehind is the meaning of a slash behind s, which has no literals; before
// is that in front of it.
func slashBehind(s []byte, before jsCtx) jsCtx {
	s = bytes.TrimRightFunc(s, isJSSpace)
	if len(s) == 0 {
		return before
	}
	last := s[len(s)-1]
	switch last {
	case '+', '-':
		// x++ ends an expression, x+ does not. Pairs are taken from the left.
		if run := len(s) - len(bytes.TrimRight(s, string(rune(last)))); run%2 == 0 {
			return jsCtxDivOp
		}
		return jsCtxRegexp
	case '.':
		if len(s) > 1 && isDigit(s[len(s)-2]) {
			return jsCtxDivOp // 42.
		}
		return jsCtxRegexp
	case ',', '<', '>', '=', '*', '%', '&', '|', '^', '?', '!', '~', '(', '[', ':', ';', '{', '}':
		return jsCtxRegexp
	}
	word := s[len(s)-len(trailing(s)):]
	if !beforeRegexp[string(word)] {
		return jsCtxDivOp
	}
	// The name of a property is an operand.
	front := s[:len(s)-len(word)]
	if bytes.HasSuffix(front, []byte("#")) || bytes.HasSuffix(bytes.TrimRightFunc(front, isJSSpace), []byte(".")) {
		return jsCtxDivOp
	}
	return jsCtxRegexp
}

// trailing is the word at the end of s.
func trailing(s []byte) []byte {
	i := len(s)
	for i > 0 && isJSWord(rune(s[i-1])) {
		i--
	}
	return s[i:]
}

// isJSWord reports whether an ASCII character may be in a name.
func isJSWord(r rune) bool {
	return r == '$' || r == '_' || r < utf8.RuneSelf && (isLetter(byte(r)) || isDigit(byte(r)))
}

// isJSSpace reports whether r is white space between tokens.
func isJSSpace(r rune) bool {
	return strings.ContainsRune("\t\n\v\f\r \u00a0\u2028\u2029\ufeff", r)
}
