// This file says what the values of attributes and the contents of elements
// are.

package template

import (
	"strings"
)

// attrKinds has the attributes of HTML whose values are not plain text. What is
// unsafe can make others mean something else: an action must not name it.
var attrKinds = func() map[string]kind {
	m := map[string]kind{"style": kindCSS, "srcset": kindSrcset, "srclang": kindPlain}
	for name := range strings.FieldsSeq(`action archive background cite classid codebase data formaction href icon longdesc manifest
		poster profile src usemap xmlns`) {
		m[name] = kindURL
	}
	for name := range strings.FieldsSeq(`accept-charset async challenge charset content crossorigin defer enctype form formenctype
		formmethod formnovalidate http-equiv keytype language method novalidate pattern rel sandbox srcdoc type value`) {
		m[name] = kindUnsafe
	}
	return m
}()

// attrKind is the kind of the values of an attribute with the name, which is in
// lower case.
func attrKind(name string) kind {
	if rest, ok := strings.CutPrefix(name, "data-"); ok {
		name = rest // programs give it the meaning of the attribute
	} else if space, rest, ok := strings.Cut(name, ":"); ok {
		if space == "xmlns" {
			return kindURL
		}
		name = rest
	}
	if k, ok := attrKinds[name]; ok {
		return k
	}
	switch {
	case strings.HasPrefix(name, "on"):
		return kindJS
	case strings.Contains(name, "src"), strings.Contains(name, "uri"), strings.Contains(name, "url"):
		return kindURL
	}
	return kindPlain
}

// attrOf is the language of the attribute's value.
func attrOf(e element, name string) attr {
	switch {
	case e == elementScript && name == "type":
		return attrScriptType
	case e == elementMeta && name == "content":
		return attrMetaContent
	}
	switch attrKind(name) {
	case kindCSS:
		return attrStyle
	case kindJS:
		return attrScript
	case kindURL:
		return attrURL
	case kindSrcset:
		return attrSrcset
	}
	return attrNone
}

// elements has the elements that matter, by their names.
var elements = map[string]element{
	"script": elementScript, "style": elementStyle, "textarea": elementTextarea, "title": elementTitle, "meta": elementMeta,
}

// contents is the context behind the tag of an element.
func contents(e element) context {
	switch e {
	case elementScript:
		return context{state: stateJS, element: e}
	case elementStyle:
		return context{state: stateCSS, element: e}
	case elementTextarea, elementTitle:
		return context{state: stateRCDATA, element: e}
	}
	return context{} // meta has no contents
}

// scripts has the types of scripts that are JavaScript or JSON.
var scripts = func() map[string]bool {
	m := map[string]bool{"": true, "module": true}
	for name := range strings.FieldsSeq(`application/ecmascript application/javascript application/json application/ld+json
		application/x-ecmascript application/x-javascript text/ecmascript text/javascript text/javascript1.0 text/javascript1.1
		text/javascript1.2 text/javascript1.3 text/javascript1.4 text/javascript1.5 text/jscript text/livescript text/x-ecmascript
		text/x-javascript`) {
		m[name] = true
	}
	return m
}()

// isScript reports whether the type of a script is one that needs the escapes
// of JavaScript.
func isScript(mime string) bool {
	mime, _, _ = strings.Cut(mime, ";")
	return scripts[strings.TrimSpace(strings.ToLower(mime))]
}
