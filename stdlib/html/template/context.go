// This file holds contexts: where in a document an action stands.

package template

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"
)

// state is the syntax that the next character belongs to.
type state uint8

const (
	stateText           state = iota // between tags
	stateTag                         // in a tag, before an attribute or the end
	stateAttrName                    // in an attribute's name
	stateAfterName                   // before a = or the next attribute
	stateBeforeValue                 // behind =
	stateHTMLCmt                     // <!-- -->
	stateRCDATA                      // text of title and textarea
	stateAttr                        // a value of plain text
	stateURL                         // a value that is a URL
	stateSrcset                      // a value that is a list of URLs
	stateJS                          // JavaScript
	stateJSDqStr                     // "string"
	stateJSSqStr                     // 'string'
	stateJSTmplLit                   // `template literal`
	stateJSRegexp                    // /regexp/
	stateJSBlockCmt                  // /* comment */
	stateJSLineCmt                   // // comment, #! comment
	stateJSHTMLOpenCmt               // <!-- is a comment of a line in JavaScript
	stateJSHTMLCloseCmt              // and so is -->
	stateCSS                         // CSS
	stateCSSDqStr                    // "string"
	stateCSSSqStr                    // 'string'
	stateCSSDqURL                    // url("u")
	stateCSSSqURL                    // url('u')
	stateCSSURL                      // url(u)
	stateCSSBlockCmt                 // /* comment */
	stateCSSLineCmt                  // // comment
	stateError                       // the context has an error
	stateMetaContent                 // content of meta
	stateMetaContentURL              // behind url= in it
	stateDead                        // behind break and continue
)

// delim ends an attribute's value.
type delim uint8

const (
	delimNone delim = iota // in no value
	delimDoubleQuote
	delimSingleQuote
	delimSpaceOrTagEnd
)

// urlPart is the part of a URL that follows.
type urlPart uint8

const (
	urlPartNone        urlPart = iota // the start
	urlPartPreQuery                   // scheme, host or path
	urlPartQueryOrFrag                // behind ? or #
	urlPartUnknown                    // depends on what was executed
)

// jsCtx is what a slash means in JavaScript.
type jsCtx uint8

const (
	jsCtxRegexp jsCtx = iota
	jsCtxDivOp
	jsCtxUnknown
)

// element is an element whose contents are special.
type element uint8

const (
	elementNone element = iota
	elementScript
	elementStyle
	elementTextarea
	elementTitle
	elementMeta
)

// attr is the language of an attribute's value.
type attr uint8

const (
	attrNone attr = iota
	attrScript
	attrScriptType
	attrStyle
	attrURL
	attrSrcset
	attrMetaContent
)

// The names in messages and in those of derived templates.
var (
	stateNames = [...]string{
		"stateText", "stateTag", "stateAttrName", "stateAfterName", "stateBeforeValue", "stateHTMLCmt", "stateRCDATA",
		"stateAttr", "stateURL", "stateSrcset", "stateJS", "stateJSDqStr", "stateJSSqStr", "stateJSTmplLit", "stateJSRegexp",
		"stateJSBlockCmt", "stateJSLineCmt", "stateJSHTMLOpenCmt", "stateJSHTMLCloseCmt", "stateCSS", "stateCSSDqStr",
		"stateCSSSqStr", "stateCSSDqURL", "stateCSSSqURL", "stateCSSURL", "stateCSSBlockCmt", "stateCSSLineCmt", "stateError",
		"stateMetaContent", "stateMetaContentURL", "stateDead",
	}
	delimNames   = [...]string{"delimNone", "delimDoubleQuote", "delimSingleQuote", "delimSpaceOrTagEnd"}
	urlPartNames = [...]string{"urlPartNone", "urlPartPreQuery", "urlPartQueryOrFrag", "urlPartUnknown"}
	jsCtxNames   = [...]string{"jsCtxRegexp", "jsCtxDivOp", "jsCtxUnknown"}
	elementNames = [...]string{"elementNone", "elementScript", "elementStyle", "elementTextarea", "elementTitle", "elementMeta"}
	attrNames    = [...]string{"attrNone", "attrScript", "attrScriptType", "attrStyle", "attrURL", "attrSrcset", "attrMetaContent"}
)

// context is the place that a prefix of a document ends at.
type context struct {
	state   state
	delim   delim
	urlPart urlPart
	jsCtx   jsCtx
	// braces has the depth of { } in each ${ } that is open. It is shared by
	// contexts and never changed.
	braces  []int
	attr    attr
	element element
	node    parse.Node // the break or continue that ended the list here
	err     *Error
}

// String returns the context as messages show it.
func (c context) String() string {
	err := "<nil>"
	if c.err != nil {
		err = c.err.Error()
	}
	return fmt.Sprintf("{%s %s %s %s %v %s %s %s}", stateNames[c.state], delimNames[c.delim], urlPartNames[c.urlPart],
		jsCtxNames[c.jsCtx], c.braces, attrNames[c.attr], elementNames[c.element], err)
}

func (c context) eq(d context) bool {
	return c.state == d.state && c.delim == d.delim && c.urlPart == d.urlPart && c.jsCtx == d.jsCtx &&
		slices.Equal(c.braces, d.braces) && c.attr == d.attr && c.element == d.element && c.err == d.err
}

// fail is the context behind an error.
func fail(code ErrorCode, node parse.Node, line int, format string, args ...any) context {
	return context{state: stateError, err: &Error{ErrorCode: code, Node: node, Line: line, Description: fmt.Sprintf(format, args...)}}
}

// derivedName is the name of the copy of a template for calls in the context.
func (c context) derivedName(name string) string {
	if c.state == stateText {
		return name
	}
	var b strings.Builder
	b.WriteString(name + "$htmltemplate_" + stateNames[c.state])
	if c.delim != delimNone {
		b.WriteString("_" + delimNames[c.delim])
	}
	if c.urlPart != urlPartNone {
		b.WriteString("_" + urlPartNames[c.urlPart])
	}
	if c.jsCtx != jsCtxRegexp {
		b.WriteString("_" + jsCtxNames[c.jsCtx])
	}
	if len(c.braces) > 0 {
		fmt.Fprintf(&b, "_jsBraceDepth(%v)", c.braces)
	}
	if c.attr != attrNone {
		b.WriteString("_" + attrNames[c.attr])
	}
	if c.element != elementNone {
		b.WriteString("_" + elementNames[c.element])
	}
	return b.String()
}

// isComment reports whether what follows is dropped from the output.
func (s state) isComment() bool {
	switch s {
	case stateHTMLCmt, stateJSBlockCmt, stateJSLineCmt, stateJSHTMLOpenCmt, stateJSHTMLCloseCmt, stateCSSBlockCmt, stateCSSLineCmt:
		return true
	}
	return false
}

// isScriptLiteral reports whether tags need an escape, which the program's
// author may have left out.
func (s state) isScriptLiteral() bool {
	switch s {
	case stateJSDqStr, stateJSSqStr, stateJSTmplLit, stateJSRegexp:
		return true
	}
	return false
}

// isTag reports whether the state is one of a tag outside of values.
func (s state) isTag() bool {
	switch s {
	case stateTag, stateAttrName, stateAfterName, stateBeforeValue, stateAttr:
		return true
	}
	return false
}

// valueStates has the state that a value of an attribute begins in.
var valueStates = [...]state{
	attrNone: stateAttr, attrScript: stateJS, attrScriptType: stateAttr, attrStyle: stateCSS, attrURL: stateURL,
	attrSrcset: stateSrcset, attrMetaContent: stateMetaContent,
}

// forAction is the context of an action that stands here: between the parts of
// a tag it begins a name or a value.
func (c context) forAction() context {
	switch c.state {
	case stateTag:
		c.state = stateAttrName
	case stateBeforeValue:
		c.state, c.delim, c.attr = valueStates[c.attr], delimSpaceOrTagEnd, attrNone
	case stateAfterName:
		c.state, c.attr = stateAttrName, attrNone
	}
	return c
}

// join is the context behind a node whose branches end in a and b.
func join(a, b context, node parse.Node, name string) context {
	switch {
	case a.state == stateError:
		return a
	case b.state == stateError:
		return b
	case a.state == stateDead:
		return b
	case b.state == stateDead, a.eq(b):
		return a
	}
	// Some differences matter only if an action follows that needs to know.
	c := a
	if c.urlPart = b.urlPart; c.eq(b) {
		c.urlPart = urlPartUnknown
		return c
	}
	c = a
	if c.jsCtx = b.jsCtx; c.eq(b) {
		c.jsCtx = jsCtxUnknown
		return c
	}
	// An action may have begun the name or value that the other branch could
	// still begin.
	if c, d := a.forAction(), b.forAction(); !c.eq(a) || !d.eq(b) {
		if e := join(c, d, node, name); e.state != stateError {
			return e
		}
	}
	return fail(ErrBranchEnd, node, 0, "{{%s}} branches end in different contexts: %v, %v", name, a, b)
}
