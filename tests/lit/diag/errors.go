// RUN: %exits 1 %gosubc build -error-format=short -o %t %s 2>&1 | FileCheck %s
// RUN: %exits 1 %gosubc check -error-format=json %s 2>&1 | FileCheck %s --check-prefix=JSON
// RUN: not test -e %t
package main

import (
	"fmt"
	"os"
)

// CHECK: errors.go:[[#@LINE - 3]]:2: "os" imported and not used
// CHECK: errors.go:[[#@LINE + 4]]:2: declared and not used: x
// CHECK: errors.go:[[#@LINE + 4]]:14: undefined: y
// JSON: "code":"UnusedImport"
func f() int {
	x := 1
	fmt.Println(y)
	// CHECK: errors.go:[[#@LINE + 1]]:1: missing return
}

func main() {
	// CHECK: errors.go:[[#@LINE + 1]]:14: cannot use "s" (untyped string constant) as int value in variable declaration
	var n int = "s"
	_ = n
}
