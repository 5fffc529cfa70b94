// The three forms of defer behave alike.
// RUN: %gosubc run %s > %t.open
// RUN: %gosubc run -d=nodeferopen %s > %t.stack
// RUN: %gosubc run -d=nodeferopen,nodeferstack %s > %t.heap
// RUN: %gosubc run -O0 %s > %t.O0
// RUN: diff %t.open %t.stack
// RUN: diff %t.open %t.heap
// RUN: diff %t.open %t.O0
// RUN: FileCheck %s < %t.open
package main

import "fmt"

func conditional(n int) (r string) {
	if n&1 != 0 {
		defer func() { r += "a" }()
	}
	if n&2 != 0 {
		defer func() { r += "b" }()
	}
	if n&4 != 0 {
		defer func() {
			if x := recover(); x != nil {
				r += fmt.Sprint("<", x, ">")
			}
		}()
		panic(n)
	}
	return "r"
}

func nested(depth int) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("%d: %v", depth, x)
			if depth < 3 {
				panic(err)
			}
		}
	}()
	if depth == 0 {
		var m map[string]int
		m["x"] = 1
	}
	return nested(depth - 1)
}

// CHECK: r ra rb rba <4> <5>a <6>b <7>ba
// CHECK-NEXT: 3: 2: 1: 0: assignment to entry in nil map
func main() {
	for i := range 8 {
		fmt.Print(conditional(i), " ")
	}
	fmt.Println()
	fmt.Println(nested(3))
}
