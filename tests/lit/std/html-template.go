// Templates of HTML: escapes by context, trusted content, derived templates, comments, and errors.
// RUN: %gosubc run %s | FileCheck %s --match-full-lines
package main

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
)

func show(text string, data any) {
	t, err := template.New("t").Parse(text)
	if err == nil {
		var b strings.Builder
		if err = t.Execute(&b, data); err == nil {
			fmt.Println(strings.ReplaceAll(b.String(), "\n", "~"))
			return
		}
	}
	fmt.Println(err)
	if e := (*template.Error)(nil); errors.As(err, &e) {
		fmt.Println("code", e.ErrorCode, e.Name, e.Line)
	}
}

type pair struct {
	A int
	B string
}

func (pair) String() string { return "<pair>" }

func main() {
	evil := `O'Reilly: <i>"&+`
	// Each context of HTML has its escapes.
	show(`<b {{.}}={{.}} title='{{.}}' alt={{.}}>{{.}}</b>`, evil)
	show(`<title>{{.}}</title><a href="{{.}}"><a href="/x/{{.}}"><a href='?q={{.}}'>`, evil)
	show(`<a href="{{.}}"><a data-href="{{.}}"><a my:src={{.}}><a title={{.}}>`, "javascript:x()")
	show(`<img srcset="{{.}}"><img src="{{.}}">`, "/a.png 2x, vbscript:b 3x")
	show(`<meta http-equiv=refresh content="{{.}}; url={{.}}">`, "javascript:1")
	show(`<input checked {{.}}>`, "on click")
	// CHECK: <b ZgotmplZ=O&#39;Reilly:&#32;&lt;i&gt;&#34;&amp;&#43; title='O&#39;Reilly: &lt;i&gt;&#34;&amp;&#43;' alt=O&#39;Reilly:&#32;&lt;i&gt;&#34;&amp;&#43;>O&#39;Reilly: &lt;i&gt;&#34;&amp;&#43;</b>
	// CHECK-NEXT: <title>O&#39;Reilly: &lt;i&gt;&#34;&amp;&#43;</title><a href="#ZgotmplZ"><a href="/x/O%27Reilly:%20%3ci%3e%22&amp;&#43;"><a href='?q=O%27Reilly%3a%20%3ci%3e%22%26%2b'>
	// CHECK-NEXT: <a href="#ZgotmplZ"><a data-href="#ZgotmplZ"><a my:src=#ZgotmplZ><a title=javascript:x()>
	// CHECK-NEXT: <img srcset="/a.png 2x,#ZgotmplZ"><img src="/a.png%202x,%20vbscript:b%203x">
	// CHECK-NEXT: <meta http-equiv=refresh content="javascript:1; url=#ZgotmplZ">
	// CHECK-NEXT: <input checked ZgotmplZ>

	// JavaScript: values, strings, regular expressions or divisions, template literals.
	show(`<script>f({{.}}, "{{.}}", /{{.}}/g); x = a / {{.}} / 2</script>`, evil)
	show("<script>`{{.}} ${ {a: 1, b: {{.}}} } {{.}}` + {{.}}</script>", evil)
	show(`<a onclick='f({{.}}, "{{.}}")'>`, evil)
	show(`<script>var x = {{.}};</script>`, []any{1, "</script>", nil, map[string]bool{"a": true}})
	show(`<script>var x = {{.}}, y={{.}}</script>`, 42)
	show(`<script>x = {{.}} + '{{.}}'</script>{{.}}`, pair{1, "b"})
	show(`<script>x = {{.}}</script>`, make(chan int))
	show(`<script type="text/x-other">{{.}}</script><script type=module>{{.}}</script>`, evil)
	show(`<script>let a = "<script>{{.}}</script>" + /</script>/</script>`, 1)
	// CHECK-NEXT: <script>f("O'Reilly: \u003ci\u003e\"\u0026+", "O\u0027Reilly: \u003ci\u003e\u0022\u0026\u002b", /O\u0027Reilly: \u003ci\u003e\u0022\u0026\u002b/g); x = a / "O'Reilly: \u003ci\u003e\"\u0026+" / 2</script>
	// CHECK-NEXT: <script>`O\u0027Reilly: \u003ci\u003e\u0022\u0026\u002b ${ {a: 1, b: "O'Reilly: \u003ci\u003e\"\u0026+"} } O\u0027Reilly: \u003ci\u003e\u0022\u0026\u002b` + "O'Reilly: \u003ci\u003e\"\u0026+"</script>
	// CHECK-NEXT: <a onclick='f(&#34;O&#39;Reilly: \u003ci\u003e\&#34;\u0026&#43;&#34;, "O\u0027Reilly: \u003ci\u003e\u0022\u0026\u002b")'>
	// CHECK-NEXT: <script>var x = [1,"\u003c/script\u003e",null,{"a":true}];</script>
	// CHECK-NEXT: <script>var x = 42 , y= 42 </script>
	// CHECK-NEXT: <script>x = "\u003cpair\u003e" + '\u003cpair\u003e'</script>&lt;pair&gt;
	// CHECK-NEXT: <script>x = /* json: unsupported type: chan int */null </script>
	// CHECK-NEXT: <script type="text/x-other">O&#39;Reilly: &lt;i&gt;&#34;&amp;&#43;</script><script type=module>"O'Reilly: \u003ci\u003e\"\u0026+"</script>
	// CHECK-NEXT: <script>let a = "\x3Cscript>1\x3C/script>" + /\x3C/script>/</script>

	// CSS.
	show(`<style>p { color: {{.}}; background: url({{.}}) url("/x?{{.}}"); content: "{{.}}" }</style>`, evil)
	show(`<p style="color: {{.}}; width: {{.}}">`, "rgb1")
	show(`<p style="color: {{.}}">`, "expression(alert)")
	// CHECK-NEXT: <style>p { color: ZgotmplZ; background: url(#ZgotmplZ) url("/x?O%27Reilly%3a%20%3ci%3e%22%26%2b"); content: "O%27Reilly%3a%20%3ci%3e%22%26%2b" }</style>
	// CHECK-NEXT: <p style="color: rgb1; width: rgb1">
	// CHECK-NEXT: <p style="color: ZgotmplZ">

	// Comments are dropped; a < that begins no tag is escaped.
	show("a<!-- {{.}} -->b < c<!DOCTYPE html><script>x /* {{.}} */ y // z\n<!-- w\n</script><style>/* {{.}} */</style>", evil)
	// CHECK-NEXT: ab &lt; c<!DOCTYPE html><script>x y ~~</script><style> </style>

	// Trusted content.
	show(`{{.}}<p title="{{.}}" alt={{.}}>`, template.HTML("<b>x &amp; y</b>"))
	show(`<a href="{{.}}" title="{{.}}">`, template.URL("javascript:x('y')"))
	show(`<script>{{.}} "{{.}}"</script>`, template.JS("f(1)"))
	show(`<script>{{.}} "{{.}}"</script>`, template.JSStr(`a\nb'`))
	show(`<p {{.}}><style>{{.}}</style>`, template.HTMLAttr(` dir="ltr"`))
	show(`<style>{{.}}</style>`, template.CSS("p > a { }"))
	show(`<img srcset="{{.}}">`, template.Srcset("javascript:a 2x"))
	// CHECK-NEXT: <b>x &amp; y</b><p title="x &amp; y" alt=x&#32;&amp;&#32;y>
	// CHECK-NEXT: <a href="javascript:x%28%27y%27%29" title="javascript:x(&#39;y&#39;)">
	// CHECK-NEXT: <script>f(1) "f(1)"</script>
	// CHECK-NEXT: <script>"a\nb'" "a\nb\u0027"</script>
	// CHECK-NEXT: <p dir="ltr"><style>ZgotmplZ</style>
	// CHECK-NEXT: <style>p > a { }</style>
	// CHECK-NEXT: <img srcset="javascript:a 2x">

	// Branches, ranges, and escapers of text/template.
	show(`<a {{if .}}href='{{.}}'{{else}}name{{end}} title={{if .}}{{.}}{{end}}>`, "x y")
	show(`<ul>{{range $i, $x := .}}{{if eq $x "c"}}{{break}}{{end}}<li id=i{{$i}}>{{$x}}{{end}}</ul>`, []string{"a", "<", "c"})
	show(`{{. | html}} {{html . "b"}} <a href="?{{. | urlquery}}" title='{{. | html}}'>`, evil)
	// CHECK-NEXT: <a href='x%20y' title=x&#32;y>
	// CHECK-NEXT: <ul><li id=i0>a<li id=i1>&lt;</ul>
	// CHECK-NEXT: O&#39;Reilly: &lt;i&gt;&#34;&amp;+ O&#39;Reilly: &lt;i&gt;&#34;&amp;+b <a href="?O%27Reilly%3A&#43;%3Ci%3E%22%26%2B" title='O&#39;Reilly: &lt;i&gt;&#34;&amp;+'>

	// Errors.
	for _, text := range []string{
		"{{if .}}<a{{end}}", "\n{{range .}} x='<a{{end}}", "<a href='", "<script>foo();", `<a href="{{if .}}/a?{{else}}/b/{{end}}{{.}}">`,
		`<a onclick="'\`, `<script>/[{{.}}]/`, `<script>{{if .}}x{{end}} /{{.}}/`, `{{template "no"}}`, `<a b=c"d>`, `<a "b">`, `<a =b>`,
		`{{. | html | print}}`, `<p title={{. | html}}>`, "{{range .}}<a{{if .}}{{break}}{{end}}>{{end}}",
		`<script>[{{template "r" .}}]{{define "r"}}{{if .}}{{template "r" .}}{{end}}{{.}}",{{end}}`,
	} {
		show(text, "x")
	}
	// CHECK-NEXT: html/template:t:1:5: {{[{][{]}}if}} branches end in different contexts: {stateTag delimNone urlPartNone jsCtxRegexp [] attrNone elementNone <nil>}, {stateText delimNone urlPartNone jsCtxRegexp [] attrNone elementNone <nil>}
	// CHECK-NEXT: code 3 t 0
	// CHECK-NEXT: html/template:t:2:8: on range loop re-entry: {{[{][{]}}range}} branches end in different contexts: {{.*}}
	// CHECK-NEXT: code 3 t 2
	// CHECK-NEXT: html/template:t: ends in a non-text context: {stateURL delimSingleQuote urlPartNone jsCtxRegexp [] attrURL elementNone <nil>}
	// CHECK-NEXT: code 4 t 0
	// CHECK-NEXT: html/template:t: ends in a non-text context: {stateJS delimNone urlPartNone jsCtxRegexp [] attrNone elementScript <nil>}
	// CHECK-NEXT: code 4 t 0
	// CHECK-NEXT: html/template:t:1:40: {{[{][{]}}.}} appears in an ambiguous context within a URL
	// CHECK-NEXT: code 1 t 1
	// CHECK-NEXT: html/template:t: unfinished escape sequence in JS string: "\\"
	// CHECK-NEXT: code 8 t 0
	// CHECK-NEXT: html/template:t: unfinished JS regexp charset: "["
	// CHECK-NEXT: code 7 t 0
	// CHECK-NEXT: html/template:t: '/' could start a division or regexp: "/"
	// CHECK-NEXT: code 10 t 0
	// CHECK-NEXT: html/template:t:1:11: no such template "no"
	// CHECK-NEXT: code 5 t 1
	// CHECK-NEXT: html/template:t: "\"" in unquoted attr: "c\"d"
	// CHECK-NEXT: code 2 t 0
	// CHECK-NEXT: html/template:t: "\"" in attribute name: " \"b\">"
	// CHECK-NEXT: code 2 t 0
	// CHECK-NEXT: html/template:t: expected space, attr name, or end of tag, but got "=b>"
	// CHECK-NEXT: code 2 t 0
	// CHECK-NEXT: html/template:t:1:2: predefined escaper "html" disallowed in template
	// CHECK-NEXT: code 11 t 1
	// CHECK-NEXT: html/template:t:1:11: predefined escaper "html" disallowed in template
	// CHECK-NEXT: code 11 t 1
	// CHECK-NEXT: html/template:t:1:23: at range loop break: {{[{][{]}}range}} branches end in different contexts: {{.*}}
	// CHECK-NEXT: code 3 t 1
	// CHECK-NEXT: html/template:t{{.*}}: cannot compute output context for template r$htmltemplate_stateJS_elementScript
	// CHECK-NEXT: code 6 t 0

	// Templates that are called in several contexts have a copy for each.
	t := template.Must(template.New("page").Parse(`{{define "v"}}{{.}}{{end}}{{template "v" .}}<p title='{{template "v" .}}'><script>{{template "v" .}}</script>`))
	c := template.Must(t.Clone())
	var b strings.Builder
	fmt.Println(t.Execute(&b, "<x>"), b.String())
	names := strings.Split(strings.TrimPrefix(t.DefinedTemplates(), "; defined templates are: "), ", ")
	slices.Sort(names)
	fmt.Println(names, len(t.Templates()), t.Lookup("v").Tree.Root, t.Tree.Root)
	_, err := t.Parse("x")
	fmt.Println(err)
	_, err = t.Clone()
	fmt.Println(err)
	fmt.Println(c.Tree.Root, t.ExecuteTemplate(io.Discard, "none", 1), template.New("e").Execute(io.Discard, 1))
	template.Must(c.Parse(`{{define "v"}}[{{.}}]{{end}}`))
	b.Reset()
	fmt.Println(c.Execute(&b, "<y>"), b.String())
	_, err = template.ParseFiles()
	fmt.Println(err)
	// CHECK-NEXT: <nil> &lt;x&gt;<p title='&lt;x&gt;'><script>"\u003cx\u003e"</script>
	// CHECK-NEXT: ["page" "v" "v$htmltemplate_stateAttr_delimSingleQuote" "v$htmltemplate_stateJS_elementScript"] 2 {{[{][{]}}. | _html_template_htmlescaper}} {{[{][{]}}template "v" .}}<p title='{{[{][{]}}template "v$htmltemplate_stateAttr_delimSingleQuote" .}}'><script>{{[{][{]}}template "v$htmltemplate_stateJS_elementScript" .}}</script>
	// CHECK-NEXT: html/template: cannot Parse after Execute
	// CHECK-NEXT: html/template: cannot Clone "page" after it has executed
	// CHECK-NEXT: {{[{][{]}}template "v" .}}<p title='{{[{][{]}}template "v" .}}'><script>{{[{][{]}}template "v" .}}</script> html/template: "none" is undefined template: "e" is an incomplete or empty template
	// CHECK-NEXT: <nil> [&lt;y&gt;]<p title='[&lt;y&gt;]'><script>["\u003cy\u003e"]</script>
	// CHECK-NEXT: html/template: no files named in call to ParseFiles
}
