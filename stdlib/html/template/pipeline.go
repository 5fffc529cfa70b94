// This file puts escapers into pipelines.

package template

import (
	"text/template"
	"text/template/parse"
)

// The names of the escapers in templates.
const (
	nameAttr       = "_html_template_attrescaper"
	nameComment    = "_html_template_commentescaper"
	nameCSSString  = "_html_template_cssescaper"
	nameCSSValue   = "_html_template_cssvaluefilter"
	nameHTML       = "_html_template_htmlescaper"
	nameHTMLName   = "_html_template_htmlnamefilter"
	nameJSRegexp   = "_html_template_jsregexpescaper"
	nameJSString   = "_html_template_jsstrescaper"
	nameJSTemplate = "_html_template_jstmpllitescaper"
	nameJSValue    = "_html_template_jsvalescaper"
	nameNospace    = "_html_template_nospaceescaper"
	nameRCDATA     = "_html_template_rcdataescaper"
	nameSrcset     = "_html_template_srcsetescaper"
	nameURLQuery   = "_html_template_urlescaper"
	nameURLFilter  = "_html_template_urlfilter"
	nameURL        = "_html_template_urlnormalizer"
	nameArgs       = "_eval_args_"
)

// escapers are the functions of all templates that are executed.
var escapers = template.FuncMap{
	nameAttr: attrEscaper, nameComment: commentEscaper, nameCSSString: cssEscaper, nameCSSValue: cssFilter, nameHTML: htmlEscaper,
	nameHTMLName: nameFilter, nameJSRegexp: jsRegexpEscaper, nameJSString: jsStringEscaper, nameJSTemplate: jsTemplateEscaper,
	nameJSValue: jsValueEscaper, nameNospace: nospaceEscaper, nameRCDATA: rcdataEscaper, nameSrcset: srcsetEscaper,
	nameURLQuery: urlEscaper, nameURLFilter: urlFilter, nameURL: urlNormalizer, nameArgs: evalArgs,
}

// predefined has the escapers of text/template, which older programs call.
var predefined = map[string]bool{"html": true, "urlquery": true}

// sameAs has the predefined escaper that does the work of one of ours.
var sameAs = map[string]string{nameAttr: "html", nameHTML: "html", nameRCDATA: "html", nameURLQuery: "urlquery", nameURL: "urlquery"}

// leavesNoMarkup has the escapers whose results need no escape in a value with
// quotes.
var leavesNoMarkup = map[string]bool{nameComment: true, nameCSSString: true, nameJSRegexp: true, nameJSString: true, nameJSTemplate: true}

// plainName is the name of an escaper or of the predefined one that equals it.
func plainName(name string) string {
	if same, ok := sameAs[name]; ok {
		return same
	}
	return name
}

// function is the name of the function that a command calls, "" if it calls
// none by a name.
func function(cmd *parse.CommandNode) string {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return id.Ident
	}
	return ""
}

// call is a command that calls the function with the pipeline's value.
func call(name string, pos parse.Pos) *parse.CommandNode {
	id := parse.NewIdentifier(name).SetTree(nil).SetPos(pos)
	return &parse.CommandNode{NodeType: parse.NodeCommand, Args: []parse.Node{id}}
}

// addEscapers appends the escapers that the pipeline does not have. A
// predefined escaper at its end takes the place of the equal one of them, else
// it stays in front of them.
func addEscapers(p *parse.PipeNode, names []string) {
	if len(names) == 0 || len(p.Cmds) == 0 {
		return
	}
	cmds := p.Cmds
	last := cmds[len(cmds)-1]
	if name := function(last); predefined[name] {
		// html .X .Y has its values as arguments: let them come from a command.
		if len(cmds) == 1 && len(last.Args) > 1 {
			last.Args[0] = parse.NewIdentifier(nameArgs).SetTree(nil).SetPos(last.Args[0].Position())
			cmds = append(cmds, call(name, p.Position()))
		}
		replaced := false
		mine := make([]string, len(names))
		for i, n := range names {
			if mine[i] = n; plainName(n) == name {
				mine[i], replaced = name, true
			}
		}
		names = mine
		if replaced {
			cmds = cmds[:len(cmds)-1]
		}
	}
	has := map[string]bool{}
	for _, cmd := range cmds {
		if name := function(cmd); name != "" {
			has[plainName(name)] = true
		}
	}
	cmds = append([]*parse.CommandNode(nil), cmds...)
	for _, name := range names {
		if has[plainName(name)] || name == nameAttr && leavesNoMarkup[function(cmds[len(cmds)-1])] {
			continue
		}
		cmds = append(cmds, call(name, p.Position()))
	}
	p.Cmds = cmds
}
