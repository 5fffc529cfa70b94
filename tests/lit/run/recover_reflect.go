// Functions that reflect makes of methods and by MakeFunc pass on the right to recover; Call does not. As with Go 1.27.3.
// RUN: %gosubc run %s | FileCheck %s
// RUN: %gosubc run -O0 %s | FileCheck %s
package main

import (
	"fmt"
	"reflect"
)

type small int
type large struct{ a, b, c [3]int }
type outer struct{ *large }

func (s small) M()         { fmt.Println("small", s, recover()) }
func (l *large) M()        { fmt.Println("large", l.a, recover()) }
func (l large) V(n int)    { fmt.Println("value", l.b, n, recover()) }
func (l large) Help(n int) { helper(n) }

//go:noinline
func helper(n int) { fmt.Println("helper", n, recover()) }

type iface interface{ M() }

func try(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(name, "left", e)
		}
	}()
	func() {
		defer f()
		panic(name)
	}()
}

func main() {
	try("method value small", reflect.ValueOf(small(3)).Method(0).Interface().(func()))
	try("method value pointer", reflect.ValueOf(&large{}).MethodByName("M").Interface().(func()))
	try("promoted", reflect.ValueOf(outer{&large{}}).MethodByName("M").Interface().(func()))
	var i iface = small(4)
	try("interface", reflect.ValueOf(&i).Elem().Method(0).Interface().(func()))
	f := reflect.ValueOf(large{}).MethodByName("V").Interface().(func(int))
	try("closure around", func() { f(1) })
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		defer f(2)
		panic("with argument")
	}()
	h := reflect.ValueOf(large{}).MethodByName("Help").Interface().(func(int))
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		defer h(3)
		panic("helper")
	}()
	g := reflect.TypeOf(small(0)).Method(0).Func.Interface().(func(small))
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		defer g(5)
		panic("method expression")
	}()
	e := reflect.TypeOf((*large)(nil)).Method(1).Func.Interface().(func(*large))
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		defer e(&large{})
		panic("method expression of a pointer")
	}()
	try("MakeFunc", reflect.MakeFunc(reflect.TypeOf(func() {}), func(args []reflect.Value) []reflect.Value {
		fmt.Println("handler", recover())
		return nil
	}).Interface().(func()))
	k := reflect.MakeFunc(reflect.TypeOf(func(int, string) int { return 0 }), func(args []reflect.Value) []reflect.Value {
		fmt.Println("handler", args[0], args[1], recover())
		return []reflect.Value{args[0]}
	}).Interface().(func(int, string) int)
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		defer k(7, "x")
		panic("MakeFunc with results")
	}()
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		defer reflect.ValueOf(small(6)).Method(0).Call(nil)
		panic("Call")
	}()
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		defer reflect.ValueOf(helper).Call([]reflect.Value{reflect.ValueOf(1)})
		panic("Call of a function")
	}()
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		defer reflect.ValueOf(func() { fmt.Println("by reflect", recover()) }).Interface().(func())()
		panic("function from a Value")
	}()
}
// CHECK: small 3 method value small
// CHECK-NEXT: large [0 0 0] method value pointer
// CHECK-NEXT: large [0 0 0] promoted
// CHECK-NEXT: small 4 interface
// CHECK-NEXT: value [0 0 0] 1 <nil>
// CHECK-NEXT: closure around left closure around
// CHECK-NEXT: value [0 0 0] 2 with argument
// CHECK-NEXT: outer <nil>
// CHECK-NEXT: helper 3 <nil>
// CHECK-NEXT: outer helper
// CHECK-NEXT: small 5 method expression
// CHECK-NEXT: outer <nil>
// CHECK-NEXT: large [0 0 0] method expression of a pointer
// CHECK-NEXT: outer <nil>
// CHECK-NEXT: handler MakeFunc
// CHECK-NEXT: handler 7 x MakeFunc with results
// CHECK-NEXT: outer <nil>
// CHECK-NEXT: small 6 <nil>
// CHECK-NEXT: outer Call
// CHECK-NEXT: helper 1 <nil>
// CHECK-NEXT: outer Call of a function
// CHECK-NEXT: by reflect function from a Value
// CHECK-NEXT: outer <nil>
