// This file follows the text between actions, and drops comments from it.

package template

import (
	"bytes"
	"strings"
	"text/template/parse"
)

// text walks a text. A < that begins no tag is escaped, and so are tags in
// literals of scripts; comments become what separates tokens as they do.
func (e *escaper) text(c context, n *parse.TextNode) context {
	s := n.Text
	var b bytes.Buffer
	written := 0 // what is in b, or dropped
	for i := 0; i < len(s); {
		next, used := advance(c, s[i:])
		end := i + used
		switch {
		case c.state == stateText || c.state == stateRCDATA:
			stop := end
			if next.state != c.state {
				if tag := bytes.LastIndexByte(s[i:end], '<'); tag >= 0 {
					stop = i + tag
				}
			}
			for j := i; j < stop; j++ {
				if s[j] == '<' && !isDoctype(s[j:]) {
					b.Write(s[written:j])
					b.WriteString("&lt;")
					written = j + 1
				}
			}
		case c.delim == delimNone && c.state == stateJSBlockCmt:
			// A line end in a comment may end a statement.
			if bytes.ContainsAny(s[written:end], "\n\r\u2028\u2029") {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
			written = end
		case c.delim == delimNone && c.state == stateCSSBlockCmt:
			b.WriteByte(' ')
			written = end
		case c.delim == delimNone && c.state.isComment():
			written = end
		}
		if next.state != c.state && next.state.isComment() && next.delim == delimNone {
			// Without the mark that begins the comment.
			b.Write(s[written : end-markLen(next.state)])
			written = end
		}
		if c.state.isScriptLiteral() && scriptTag.Match(s[i:end]) {
			b.Write(s[written:i])
			b.WriteString(escapeTags(string(s[i:end]), func(name string) string { return name }))
			written = end
		}
		if used == 0 && next.state == c.state {
			panic("html/template: no progress in " + c.String() + ": " + string(s[i:]))
		}
		c, i = next, end
	}
	if written > 0 && c.state != stateError {
		if !c.state.isComment() || c.delim != delimNone {
			b.Write(s[written:])
		}
		e.texts[n] = b.Bytes()
	}
	return c
}

// markLen is the length of the mark that begins a comment.
func markLen(s state) int {
	switch s {
	case stateHTMLCmt, stateJSHTMLOpenCmt:
		return len("<!--")
	case stateJSHTMLCloseCmt:
		return len("-->")
	}
	return len("/*")
}

func isDoctype(s []byte) bool {
	const start = "<!doctype"
	return len(s) >= len(start) && strings.EqualFold(string(s[:len(start)]), start)
}
