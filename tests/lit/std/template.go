// Templates: values, control, functions, trimming, and the errors of both stages.
// RUN: %gosubc run %s | FileCheck %s
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"text/template"
)

type item struct {
	Name  string
	Price float64
	Tags  []string
	Next  *item
	Stock map[string]int
}

func (i item) Upper() string           { return strings.ToUpper(i.Name) }
func (i *item) Rename(s string) string { return i.Name + " to " + s }
func (i item) Broken() (string, error) { return "", errors.New("broken") }

func main() {
	data := &item{"pen", 1.5, []string{"a", "b", "c"}, &item{Name: "ink"}, map[string]int{"x": 1, "y": 2}}
	funcs := template.FuncMap{"join": strings.Join}
	for _, text := range []string{
		`{{.Name}} {{.Upper}} {{.Rename "pin"}} {{printf "%.2f" .Price}} {{.Next.Name}} {{.Stock.x}} {{.Stock.z}}`,
		`{{range $i, $t := .Tags}}{{if $i}}, {{end}}{{$i}}={{$t}}{{end}};{{range $k, $v := .Stock}} {{$k}}{{$v}}{{else}}none{{end}}`,
		`{{with $x := .Next}}{{$x.Name}} {{$.Name}}{{else with .Tags}}no{{end}} {{range 3}}{{if eq . 1}}{{continue}}{{end}}{{.}}{{end}}`,
		"a  {{- /* gone */ -}}  b {{- 1 -}} c",
		`{{define "s"}}<{{.}}>{{end}}{{template "s" .Name}}{{block "u" 3}}[{{.}}]{{end}} {{join .Tags "+" | html}} {{"<" | html | len}}`,
		`{{and 1 0 .Broken}} {{or "" "x" .Broken}} {{eq 1 2 1}} {{lt 1.5 2.5}} {{not true}} {{index .Tags 1}} {{slice .Name 1 2}} {{js "it's"}} {{urlquery "a b"}}`,
		`{{$v := 1}}{{if true}}{{$v = 2}}{{$v := 3}}{{$v}}{{end}}{{$v}} {{'a'}} {{0x10}} {{1e3}} {{1_000}}`,
		`{{.Broken}}`, `{{.Nope}}`, `{{.Next.Next.Name}}`, `{{index .Tags 7}}`, `{{template "q"}}`, `{{.Name.X}}`, `{{eq 1 "a"}}`, `{{join 1}}`,
		`{{if}}{{end}}`, `{{nope}}`, "a\n{{if 1}}", `{{$x}}`, `{{break}}`, `{{"a}}`, `{{1 | 2}}`, `{{/* x }}`, `{{end}}`, `{{.A .}}{{define "z"}}`,
	} {
		t, err := template.New("t").Funcs(funcs).Parse(text)
		if err == nil {
			err = t.Execute(os.Stdout, data)
		}
		fmt.Println("|", err)
	}
	// CHECK: pen PEN pen to pin 1.50 ink 1 <no value>| <nil>
	// CHECK-NEXT: 0=a, 1=b, 2=c; x1 y2| <nil>
	// CHECK-NEXT: ink pen 02| <nil>
	// CHECK-NEXT: ab1c| <nil>
	// CHECK-NEXT: <pen>[3] a+b+c 4| <nil>
	// CHECK-NEXT: 0 x true true false b e it\'s a+b| <nil>
	// CHECK-NEXT: 32 97 16 1000 1000| <nil>
	// CHECK-NEXT: | template: t:1:2: executing "t" at <.Broken>: error calling Broken: broken
	// CHECK-NEXT: | template: t:1:2: executing "t" at <.Nope>: can't evaluate field Nope in type *main.item
	// CHECK-NEXT: | template: t:1:7: executing "t" at <.Next.Next.Name>: nil pointer evaluating *main.item.Name
	// CHECK-NEXT: | template: t:1:2: executing "t" at <index .Tags 7>: error calling index: index out of range: 7
	// CHECK-NEXT: | template: t:1:11: executing "t" at <{{[{][{]}}template "q"}}>: template "q" not defined
	// CHECK-NEXT: | template: t:1:7: executing "t" at <.Name.X>: can't evaluate field X in type string
	// CHECK-NEXT: | template: t:1:2: executing "t" at <eq 1 "a">: error calling eq: incompatible types for comparison: int and string
	// CHECK-NEXT: | template: t:1:2: executing "t" at <join>: wrong number of args for join: want 2 got 1
	// CHECK-NEXT: | template: t:1: missing value for if
	// CHECK-NEXT: | template: t:1: function "nope" not defined
	// CHECK-NEXT: | template: t:2: unexpected EOF
	// CHECK-NEXT: | template: t:1: undefined variable "$x"
	// CHECK-NEXT: | template: t:1: {{[{][{]}}break}} outside {{[{][{]}}range}}
	// CHECK-NEXT: | template: t:1: unterminated quoted string
	// CHECK-NEXT: | template: t:1: non executable command in pipeline stage 2
	// CHECK-NEXT: | template: t:1: unclosed comment
	// CHECK-NEXT: | template: t:1: unexpected {{[{][{]}}end}}
	// CHECK-NEXT: | template: t:1: unexpected EOF
}
