// A package-level map of constants and static values that nothing refers to isn't part of the program; the others are made in their order.
// RUN: %gosubc build --emit=ir -o - %s | FileCheck --check-prefix=IR %s
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: grep -c "of the kept map" %t
// RUN: not grep -c "of the dropped map" %t
// RUN: %gosubc build -O0 -static -o %t %s
// RUN: %t | FileCheck %s
// RUN: not grep -c "of the dropped map" %t
package main

import "fmt"

// IR: func @"main.init.dropped" internal
// IR-NEXT: fills @"main.dropped"
var dropped = map[string]string{"key": "value of the dropped map"}

var kept = map[string]string{"key": "value of the kept map"}

// Both are complete when this runs.
var sum = len(kept) + len(funcs)

var funcs = map[string]func() int{
	"one": func() int { return 1 },
	"two": func() int { return len(kept) + 1 },
}

// A value that code makes is made in every program.
// IR-NOT: fills @"main.computed"
var computed = map[string]int{"sum": announce()}

func announce() int {
	fmt.Println("computed")
	return 5
}

func main() {
	// CHECK: computed
	// CHECK-NEXT: value of the kept map
	// CHECK-NEXT: 3 1 2
	fmt.Println(kept["key"])
	fmt.Println(sum, funcs["one"](), funcs["two"]())
}
