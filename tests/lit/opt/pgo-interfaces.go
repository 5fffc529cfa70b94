// A hot call through an interface looks for the type that the profile expects, and calls its method directly, whether that takes a
// pointer or a value. Other types, nil, and calls that the profile doesn't know are as ever.
// RUN: printf 'GO PREPROFILE V1\nmain.total\nmain.(*circle).area\n3 900\nmain.total\nmain.square.area\n5 500\nmain.total\nmain.(*circle).area\n5 90\nmain.total\nmain.named.area\n6 89\n' > %t.pgo
// RUN: %gosubc build -pgo=%t.pgo --emit=ir -o - %s | FileCheck %s
// RUN: %gosubc build -pgo=%t.pgo -m -o %t.exe %s 2>&1 | FileCheck --check-prefix=SAID %s
// RUN: %gosubc build --emit=ir -o - %s | FileCheck --check-prefix=PLAIN %s
// RUN: %gosubc build -pgo=off --emit=ir -o - %s | FileCheck --check-prefix=PLAIN %s
// RUN: %gosubc build -pgo=%t.pgo -gcflags=-l --emit=ir -o - %s | FileCheck --check-prefix=PLAIN %s
// RUN: %gosubc build -O1 -pgo=%t.pgo --emit=ir -o - %s | FileCheck --check-prefix=PLAIN %s
// RUN: %t.exe 2>&1 | FileCheck --check-prefix=OUT %s
// RUN: %gosubc run -pgo=%t.pgo --verify -O3 %s 2>&1 | FileCheck --check-prefix=OUT %s
// RUN: %gosubc run %s 2>&1 | FileCheck --check-prefix=OUT %s
// PLAIN-NOT: likely
package main

import "fmt"

type shape interface {
	area() int
	name() string
}

type circle struct{ r int }

func (c *circle) area() int    { return 3 * c.r * c.r }
func (c *circle) name() string { return "circle" }

type square struct{ a, b int }

func (s square) area() int    { return s.a * s.b }
func (s square) name() string { return "square" }

type named map[string]int

func (n named) area() int    { return n["area"] }
func (n named) name() string { return "named" }

// CHECK-LABEL: func @"main.total"
// CHECK: if likely 100 %
// CHECK: if likely 85 %
// CHECK: if likely 100 %
// CHECK-NOT: if likely
// CHECK-NOT: call @"main.(*circle).area"
// CHECK-NOT: call @"main.square.area"
// CHECK-LABEL: func @
//
//go:noinline
func total(shapes []shape) (t, u int) {
	for _, s := range shapes {
		// SAID: pgo-interfaces.go:[[#@LINE+1]]:{{.*}}PGO devirtualizing interface call s.area to (*circle).area
		t += s.area()
		// SAID: pgo-interfaces.go:[[#@LINE+1]]:{{.*}}PGO devirtualizing interface call s.area to square.area
		u += s.area()
		u += s.area() + len(s.name())
	}
	return
}

func main() {
	fmt.Println(total([]shape{&circle{2}, square{3, 4}, named{"area": 5}, &square{1, 1}}))
	defer func() { fmt.Println(recover()) }()
	total([]shape{&circle{2}, nil})
}

// OUT: 30 83
// OUT-NEXT: runtime error: invalid memory address or nil pointer dereference
