// A constant name given to MethodByName keeps the methods of that name, through Value and Type; a template or any other computed name keeps all
// that are exported (methods-computed.go, methods-reflect.go).
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: llvm-nm %t | FileCheck %s --check-prefix=KEPT
// RUN: llvm-nm %t | FileCheck %s --check-prefix=GONE
package main

import (
	"fmt"
	"reflect"
)

type T struct{ n int }

//go:noinline
func (t T) Twice() int { return 2 * t.n }

//go:noinline
func (t *T) Add(more ...int) int {
	for _, m := range more {
		t.n += m
	}
	return t.n
}

//go:noinline
func (t *T) Unused() int { return t.n + 4 }

func main() {
	v := reflect.ValueOf(&T{20})
	// CHECK: 40
	fmt.Println(v.MethodByName("Twice").Call(nil)[0])
	m, ok := v.Type().MethodByName("Add")
	// CHECK: Add func(*main.T, ...int) int true
	fmt.Println(m.Name, m.Type, ok)
	// CHECK: 23
	fmt.Println(m.Func.Call([]reflect.Value{v, reflect.ValueOf(1), reflect.ValueOf(2)})[0])
	f := v.MethodByName("Twice").Interface().(func() int)
	// CHECK: 46 3
	fmt.Println(f(), v.NumMethod())
	// CHECK: false
	fmt.Println(v.MethodByName("Missing").IsValid())
}

// KEPT-DAG: main.(*T).Add
// KEPT-DAG: main.T.Twice
// GONE-NOT: main.(*T).Unused
