// A name that is computed keeps all exported methods.
// RUN: %gosubc build -o %t %s
// RUN: %t Name | FileCheck %s
// RUN: %t Greet | FileCheck %s --check-prefix=GREET
// RUN: llvm-nm %t | FileCheck %s --check-prefix=GONE
package main

import (
	"fmt"
	"os"
	"reflect"
)

type user struct{ name string }

func (u user) Name() string   { return u.name }
func (u *user) Greet() string { return "hello " + u.name }

//go:noinline
func (u *user) private() string { return "private" }

func main() {
	// CHECK: Ada
	// GREET: hello Ada
	fmt.Println(reflect.ValueOf(&user{"Ada"}).MethodByName(os.Args[1]).Call(nil)[0])
}

// GONE-NOT: main.(*user).private
