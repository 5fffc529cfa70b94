// Who asks reflection for any method keeps all exported ones of all types that interface values may have: by number,
// from a template, through embedding or a method value (by a computed name: methods-computed.go).
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: llvm-nm %t | FileCheck %s --check-prefix=GONE
package main

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"text/template"
)

type user struct{ first, last string }

func (u user) Name() string             { return u.first + " " + u.last }
func (u *user) Greet(how string) string { return how + " " + u.first }
func (u *user) Pair() (string, error)   { return u.last, nil }
func (u *user) private() string         { return "private" }
func (u user) Friend(name string) *user { return &user{name, u.last} }

type embedding struct{ reflect.Value }

func main() {
	u := &user{"Ada", "Lovelace"}
	t := template.Must(template.New("").Parse("{{.Name}}, {{.Greet \"hello\"}}, {{.Pair}}, {{(.Friend \"Bob\").Name}}\n"))
	// CHECK: Ada Lovelace, hello Ada, Lovelace, Bob Lovelace
	if err := t.Execute(os.Stdout, u); err != nil {
		fmt.Println(err)
	}
	v := reflect.ValueOf(u)
	// CHECK: Friend func(string) *main.user
	// CHECK: Greet func(string) string
	// CHECK: Name func() string
	// CHECK: Pair func() (string, error)
	for i := range v.NumMethod() {
		fmt.Println(v.Type().Method(i).Name, v.Method(i).Type())
	}
	byName := v.MethodByName
	// CHECK: hi Ada
	fmt.Println(byName(strings.Title("greet")).Call([]reflect.Value{reflect.ValueOf("hi")})[0])
	// CHECK: Lovelace
	fmt.Println(embedding{v}.Method(3).Call(nil)[0])
	var s fmt.Stringer = stringer{u}
	// CHECK: stringer String
	fmt.Println(s, reflect.TypeOf(&s).Elem().Method(0).Name)
	iv := reflect.ValueOf(&s).Elem()
	// CHECK: stringer
	fmt.Println(iv.Method(0).Call(nil)[0])
}

type stringer struct{ u *user }

func (stringer) String() string { return "stringer" }

// GONE-NOT: main.(*user).private
